"""Labelled queries: entries as they are made at a counter, and who in the city must be found by each."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tests.quality.second import Characters, one_wrong, spoken, swapped, wareki

HELD_OUT = "swapped_kana"
"""The slip that nothing in the product was made for."""
_WRONG = "アカサタナハマヤラワイキシチニヒミリウクスツヌフムユル"


@dataclass(frozen=True)
class Somebody:
    """A person as plain text, present names first; ``former``: a past address in the city, "" for none."""

    number: str
    names: tuple[str, ...]
    kana: tuple[str, ...]
    birth: date
    sex: str
    address: str
    former: str
    is_guarded: bool


@dataclass(frozen=True)
class Query:
    """What is typed, of which class, and who must be found; ``birth`` in an era's years."""

    kind: str
    labels: frozenset[str]
    name: str = ""
    kana: str = ""
    address: str = ""
    birth: str = ""
    sex: str = ""


@dataclass
class Asker:
    """Makes queries about ``people``; the same seed makes the same ones."""

    people: Sequence[Somebody]
    seed: int
    characters: Characters = field(default_factory=Characters)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._heard = {one.number: [spoken(kana) for kana in one.kana] for one in self.people}
        self._seen = {one.number: [self.characters.common(name) for name in one.names] for one in self.people}
        self._two = [one for one in self.people if len(one.names[0].split()[0]) == 2]
        self._makers: dict[str, Callable[[Somebody], Query | None]] = {
            "surname": self._surname,
            "voiced_kana": lambda one: self._kana("voiced_kana", one, self._voiced),
            "small_kana": lambda one: self._kana("small_kana", one, self._small),
            "long_kana": lambda one: self._kana("long_kana", one, self._long),
            "spaced_kana": lambda one: self._kana("spaced_kana", one, self._spaced),
            "variant": self._variant,
            "given_name": self._given,
            "other_name": self._other_name,
            "kana_prefix": self._prefix,
            "part_of_name": self._part,
            "four_in_wareki": self._four,
            "past_address": self._past_address,
            "wrong_kana": self._wrong,
            HELD_OUT: self._swapped,
        }

    def queries(self, count: int) -> list[Query]:
        """``count`` queries, classes in turn; three quarters about people whose surname has two characters."""
        made: list[Query] = []
        kinds = list(self._makers)
        while len(made) < count:
            kind = "surname" if len(made) % 4 == 0 else kinds[len(made) % len(kinds)]
            made.append(self._one(kind, self._two if len(made) % 4 < 3 else self.people))
        return made

    def _one(self, kind: str, people: Sequence[Somebody]) -> Query:
        for _ in range(10_000):
            if (found := self._makers[kind](self._chance.choice(people))) is not None:
                assert found.labels, kind
                return found
        raise AssertionError(f"nobody for {kind}")

    def _labels(self, *, kana: str = "", name: str = "", birth: date | None = None) -> frozenset[str]:
        heard, seen = spoken(kana), self.characters.common(name)
        return frozenset(
            one.number
            for one in self.people
            if (birth is None or one.birth == birth)
            and (not kana or any(heard in other for other in self._heard[one.number]))
            and (not name or any(seen in other for other in self._seen[one.number]))
        )

    def _surname(self, one: Somebody) -> Query:
        """A surname alone, one in three with a character in another shape."""
        name = one.names[0].split()[0]
        if self._chance.random() < 1 / 3:
            name = self._reshaped(name) or name
        return Query("surname", self._labels(name=name), name=name)

    def _kana(self, kind: str, one: Somebody, change: Callable[[str], str]) -> Query | None:
        typed = change(one.kana[0]) if one.kana else ""
        return None if typed in ("", one.kana[0]) else Query(kind, self._labels(kana=typed), kana=typed)

    def _voiced(self, kana: str) -> str:
        return self._exchanged(
            kana,
            (
                "ガカ",
                "ギキ",
                "グク",
                "ゴコ",
                "ザサ",
                "ジシ",
                "ズス",
                "ダタ",
                "デテ",
                "ドト",
                "バハ",
                "ビヒ",
                "ブフ",
                "ベヘ",
                "ボホ",
            ),
        )

    def _small(self, kana: str) -> str:
        return self._exchanged(kana, ("ョヨ", "ュユ", "ャヤ", "ッツ"))

    def _long(self, kana: str) -> str:
        return self._exchanged(
            kana,
            (
                "ロウロー",
                "トウトオ",
                "ドウドー",
                "コウコー",
                "ユウユー",
                "ヨウヨー",
                "ソウソオ",
                "ョウョー",
                "オオオー",
                "ュウュー",
            ),
        )

    def _exchanged(self, kana: str, pairs: Iterable[str]) -> str:
        """``kana`` with one piece replaced by its counterpart, either way."""
        both = [(pair[: len(pair) // 2], pair[len(pair) // 2 :]) for pair in pairs]
        there = [(a, b) for one, other in both for a, b in ((one, other), (other, one)) if a in kana]
        if not there:
            return ""
        return kana.replace(*self._chance.choice(there), 1)

    def _spaced(self, kana: str) -> str:
        hiragana = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヴ" else c for c in kana)
        return self._chance.choice(("".join(kana.split()), " ".join(hiragana.split()), hiragana.replace("\u3000", "")))

    def _variant(self, one: Somebody) -> Query | None:
        name = self._reshaped(one.names[0])
        return None if not name else Query("variant", self._labels(name=name), name=name)

    def _reshaped(self, name: str) -> str:
        """The name with one character in another shape, "" where it has none."""
        places = [at for at, character in enumerate(name) if self.characters.shapes(character)]
        if not places:
            return ""
        at = self._chance.choice(places)
        return name[:at] + self._chance.choice(self.characters.shapes(name[at])) + name[at + 1 :]

    def _given(self, one: Somebody) -> Query | None:
        if len(one.names[0].split()) != 2 or not one.kana:
            return None
        if self._chance.random() < 1 / 2 and len(one.names[0].split()[1]) > 1:
            name = one.names[0].split()[1]
            return Query("given_name", self._labels(name=name), name=name)
        kana = one.kana[0].split()[-1]
        return Query("given_name", self._labels(kana=kana), kana=kana)

    def _other_name(self, one: Somebody) -> Query | None:
        """A past name, 旧氏, 通称 or Latin name."""
        if len(one.names) == 1:
            return None
        name = self._chance.choice(one.names[1:])
        return Query("other_name", self._labels(name=name), name=name)

    def _prefix(self, one: Somebody) -> Query | None:
        if not one.kana:
            return None
        kana = "".join(one.kana[0].split())
        typed = kana[: self._chance.randint(3, max(3, len(kana) - 1))]
        return Query("kana_prefix", self._labels(kana=typed), kana=typed)

    def _part(self, one: Somebody) -> Query | None:
        name = "".join(one.names[0].split())
        if len(name) < 3:
            return None
        at = self._chance.randint(0, len(name) - 2)
        return Query("part_of_name", self._labels(name=name[at : at + 2]), name=name[at : at + 2])

    def _four(self, one: Somebody) -> Query:
        labels = self._labels(name=one.names[0], birth=one.birth)
        return Query("four_in_wareki", labels, one.names[0], "", one.address, wareki(one.birth), one.sex)

    def _past_address(self, one: Somebody) -> Query | None:
        """Somebody's birth date and where they lived before; the name they gave is another one by now."""
        if not one.former or one.is_guarded:
            return None
        labels = (
            other for other in self.people if other.birth == one.birth and one.former in {other.former, other.address}
        )
        found = frozenset(other.number for other in labels if not other.is_guarded)
        return Query("past_address", found, address=one.former, birth=wareki(one.birth))

    def _wrong(self, one: Somebody) -> Query | None:
        """One kana is another one, and nobody has that reading."""
        reading = "".join(one.kana[0].split()) if one.kana else ""
        if len(reading) < 5:
            return None
        at = self._chance.randrange(len(reading))
        typed = spoken(reading[:at] + self._chance.choice(_WRONG) + reading[at + 1 :])
        labels = frozenset(n for n, heard in self._heard.items() if any(one_wrong(typed, other) for other in heard))
        return Query("wrong_kana", labels, kana=typed) if labels and not self._labels(kana=typed) else None

    def _swapped(self, one: Somebody) -> Query | None:
        """Two neighbouring kana are in each other's place, and nobody has that reading."""
        reading = "".join(one.kana[0].split()) if one.kana else ""
        if len(reading) < 5:
            return None
        typed = self._chance.choice(sorted(swapped(spoken(reading))))
        meant = swapped(typed)
        labels = frozenset(n for n, heard in self._heard.items() if meant & set(heard))
        return Query(HELD_OUT, labels, kana=typed) if labels and not self._labels(kana=typed) else None
