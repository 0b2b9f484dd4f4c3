"""副本のファイル: a business system's parts get the platform's numbers and go on; nothing of them is kept here."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from app.errors import AppError, NotAllowed, NotUnderstood, Refused
from app.link.letters import Correspondent, Neighbour, Noted, answer_each, municipality_of
from app.trust.file_chain import part_digest
from app.wire.addressee import Translate, Translations
from app.wire.desk import Scalar
from app.wire.letter import Letter
from app.wire.message import Message
from app.wire.replica_file import (
    PART_ROWS,
    AskRejectedRows,
    AskReplicaFile,
    BeginReplicaFile,
    PutReplicaPart,
    RejectedLines,
    ReplicaFileState,
)

TOGETHER = 1000
"""Numbers that are translated at once. Assumed."""
_UNREADABLE = "!"
"""In place of a row in which no number can be told from the rest: none reaches the platform."""
A = TypeVar("A", bound=Message)
Row = list[Scalar | None]


class ReplicaFiles:
    """Called by business systems. ``files``: path → the intermediary's door there; ``is_open``: the platform's hours.

    ``sources``: information → the systems that may register files of it. A system that is told ``out_of_hours`` or
    ``Unreachable`` goes on later with the part that is awaited: the platform knows which one.
    """

    def __init__(
        self,
        post: Correspondent,
        lines: tuple[Neighbour, dict[str, Neighbour]],
        sources: dict[str, frozenset[str]],
        is_open: Callable[[], bool],
        noted: Noted,
    ) -> None:
        self._post = post
        self._translate, self._files = lines
        self._sources = sources
        self._is_open = is_open
        self._noted = noted

    def answers(self, system: str, path: str) -> Callable[[Sequence[Letter]], list[Letter | AppError]]:
        """What answers letters of ``system`` at ``path``: "", part, state or rejected."""
        does = {"": self._begin, "part": self._part, "state": self._state, "rejected": self._rejected}[path]
        return lambda letters: answer_each(letters, lambda letter: does(system, letter), self._noted)

    def known(self, place: str, file_id: str) -> ReplicaFileState:
        """How far a file has come. Errors: NotAllowed where there is none; Refused ``out_of_hours``; Unreachable."""
        return self._asked(place, "state", AskReplicaFile(municipality=place, file_id=file_id), ReplicaFileState)

    def pass_part(self, part: PutReplicaPart) -> ReplicaFileState:
        """Rows by 宛名番号 go on by 統合宛名番号; the digest stays that of the rows as they came.

        Errors: Refused ``part_altered``, ``out_of_hours``; NotUnderstood; Unreachable.
        """
        if part_digest(part.lines) != part.digest:
            raise Refused(reason="part_altered")
        lines = self._translated(part.municipality, part.lines)
        translated = msgspec.structs.replace(part, lines=lines)
        return self._asked(part.municipality, "part", translated, ReplicaFileState)

    def _begin(self, system: str, letter: Letter) -> Letter:
        asked = self._post.read(letter, "begin-replica-file/1", BeginReplicaFile, system)
        place = self._own(letter, asked.municipality)
        if system not in self._sources.get(asked.information, frozenset()):
            raise NotAllowed
        return self._passed(place, "", asked, ReplicaFileState)

    def _part(self, system: str, letter: Letter) -> Letter:
        asked = self._post.read(letter, "put-replica-part/1", PutReplicaPart, system)
        place = self._own(letter, asked.municipality)
        self._demand_mine(system, place, asked.file_id)
        return self._answer(place, self.pass_part(asked))

    def _state(self, system: str, letter: Letter) -> Letter:
        asked = self._post.read(letter, "ask-replica-file/1", AskReplicaFile, system)
        place = self._own(letter, asked.municipality)
        return self._answer(place, self._demand_mine(system, place, asked.file_id))

    def _rejected(self, system: str, letter: Letter) -> Letter:
        asked = self._post.read(letter, "ask-rejected-rows/1", AskRejectedRows, system)
        place = self._own(letter, asked.municipality)
        self._demand_mine(system, place, asked.file_id)
        return self._passed(place, "rejected", asked, RejectedLines)

    def _demand_mine(self, system: str, place: str, file_id: str) -> ReplicaFileState:
        """How far the file has come. Errors: NotAllowed for a file of information that is another system's."""
        state = self.known(place, file_id)
        if system not in self._sources.get(state.information, frozenset()):
            raise NotAllowed
        return state

    def _translated(self, place: str, lines: str) -> str:
        """The rows with 統合宛名番号 in place of 宛名番号; "" for who has none: the platform rejects it and tells."""
        reader = msgspec.json.Decoder(Row)
        rows = [_read(reader, text) for text in lines.splitlines()]
        if len(rows) > PART_ROWS:
            raise NotUnderstood(what="rows")
        numbers = list(dict.fromkeys(str(row[0]) for row in rows if row))
        known: dict[str, str] = {}
        for start in range(0, len(numbers), TOGETHER):
            some = tuple(numbers[start : start + TOGETHER])
            asked = Translate(municipality=place, business_numbers=some)
            letter = self._post.write(f"relay@{place}", "translate/1", asked)
            found = self._post.read(self._translate.ask(letter), "translations/1", Translations, "addressee").found
            if len(found) != len(some):
                raise NotUnderstood(what="found")
            known |= {number: one.addressee_number for number, one in zip(some, found, strict=True)}
        encoder = msgspec.json.Encoder()
        return "\n".join(
            encoder.encode([known[str(row[0])], *row[1:]]).decode() if row else _UNREADABLE for row in rows
        )

    def _passed(self, place: str, path: str, message: Message, gives: type[A]) -> Letter:
        return self._answer(place, self._asked(place, path, message, gives))

    def _asked(self, place: str, path: str, message: Message, gives: type[A]) -> A:
        """What the platform says. Errors: Refused ``out_of_hours``; Unreachable; what the platform refused."""
        if not self._is_open():
            raise Refused(reason="out_of_hours")
        kinds = {"": "begin-replica-file/1", "part": "put-replica-part/1", "state": "ask-replica-file/1"}
        letter = self._post.write(f"relay@{place}", kinds.get(path, "ask-rejected-rows/1"), message)
        answer = "rejected-lines/1" if path == "rejected" else "replica-file-state/1"
        return self._post.read(self._files[path].ask(letter), answer, gives, "intermediary")

    def _answer(self, place: str, message: Message) -> Letter:
        kind = "rejected-lines/1" if isinstance(message, RejectedLines) else "replica-file-state/1"
        return self._post.write(f"relay@{place}", kind, message)

    def _own(self, letter: Letter, place: str) -> str:
        if municipality_of(letter) != place or not self._post.serves(f"relay@{place}"):
            raise NotAllowed
        return place


def _read(reader: msgspec.json.Decoder[Row], text: str) -> Row:
    """The values of a row; none for one that can't be read, or does not begin with a number of digits."""
    try:
        row = reader.decode(text)
    except (msgspec.MsgspecError, UnicodeError):
        return []
    return row if row and isinstance(row[0], str) and row[0].isdigit() else []
