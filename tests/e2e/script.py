"""Scenarios in words: lines of a text file that somebody at a counter could read, each one deed or one look."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "scenarios"
TITLE, WHO, MOST_KEYS, APART = "題：", "本人：", "打鍵：", "プログラム："
_GIVEN = re.compile(r"\{(?:(\w+):)?(\w+)\}")
_AS = re.compile(r"「(.+)」のとおりにする")


@dataclass(frozen=True)
class Line:
    """One line and where it stands."""

    place: str
    words: str


@dataclass(frozen=True)
class Script:
    """A scenario. ``who``: the persona it is about; ``most_keys``: how many it may take; ``None``: nothing agreed.

    ``apart``: how the window runs otherwise than in the process of the test; "" for within it.
    """

    name: str
    title: str
    who: str
    most_keys: int | None
    apart: str
    lines: tuple[Line, ...]


def scripts() -> list[Script]:
    """All scenarios, in the order of their files."""
    return [read(path) for path in sorted(FOLDER.glob("*.txt"))]


def read(path: Path) -> Script:
    """A scenario's file: title, who, perhaps a number of keys, then its lines; ``#`` begins a remark.

    「…」のとおりにする takes in the lines of ``parts/….txt``, which many scenarios share.
    """
    said: dict[str, str] = {}
    lines = list[Line]()
    for line in _lines(path):
        head = next((one for one in (TITLE, WHO, MOST_KEYS, APART) if line.words.startswith(one)), "")
        if head:
            said[head] = line.words.removeprefix(head)
        elif shared := _AS.fullmatch(line.words):
            lines += _lines(path.parent / "parts" / f"{shared[1]}.txt")
        else:
            lines.append(line)
    if TITLE not in said or not lines:
        raise ValueError(f"{path.name}: a scenario has a title and lines")
    most = int(said[MOST_KEYS]) if MOST_KEYS in said else None
    return Script(path.stem, said[TITLE], said.get(WHO, ""), most, said.get(APART, ""), tuple(lines))


def _lines(path: Path) -> list[Line]:
    texts = enumerate(path.read_text("utf-8").splitlines(), 1)
    told = ((number, text.strip()) for number, text in texts)
    return [Line(f"{path.name}:{number}", words) for number, words in told if words and not words.startswith("#")]


Deed = Callable[..., None]


@dataclass
class Language:
    """The sentences that a scenario may use, each with what it does. A sentence that nobody knows is an error."""

    _deeds: list[tuple[re.Pattern[str], Deed]] = field(default_factory=list)

    def says(self, pattern: str) -> Callable[[Deed], Deed]:
        """``pattern``: a whole line; its groups are handed to what it does."""

        def bind(deed: Deed) -> Deed:
            self._deeds.append((re.compile(pattern), deed))
            return deed

        return bind

    def found(self, words: str) -> tuple[Deed, tuple[str, ...]]:
        """What a line does. Errors: LookupError when no sentence or more than one fits."""
        fitting = [(deed, one.groups()) for pattern, deed in self._deeds if (one := pattern.fullmatch(words))]
        if len(fitting) != 1:
            raise LookupError(f"{len(fitting)} sentences fit: {words}")
        return fitting[0]

    def unknown(self, script: Script) -> Iterator[str]:
        """Lines of a scenario that can't be played, found without playing it."""
        for line in script.lines:
            try:
                self.found(_GIVEN.sub("x", line.words))
            except LookupError as error:
                yield f"{line.place}: {error}"

    def play(self, script: Script, stage: Any, given: Callable[[str, str], str]) -> None:
        """Do line after line. ``given``: what stands for ``{氏名:persona}``, or for ``{persona}`` alone."""

        def filled(one: re.Match[str]) -> str:
            persona = script.who if one[2] == WHO.rstrip("：") else one[2]
            return given(one[1], persona) if one[1] else persona

        for line in script.lines:
            words = _GIVEN.sub(filled, line.words)
            deed, groups = self.found(words)
            try:
                deed(stage, *groups)
            except AssertionError as error:
                raise AssertionError(f"{line.place}: {line.words}\n{error}") from error
