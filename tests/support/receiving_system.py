"""A business system that is told of residents: it keeps what it takes, and can be away, forget an answer, lose rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.errors import AppError, Unreachable
from app.link.letters import Correspondent, answer_each
from app.wire.letter import Letter
from app.wire.resident_base import NotUsed, ResidentChange, ResidentChanges, Taken, fresh


@dataclass
class ReceivingSystem:
    """``kept``: what it has, by municipality; ``messages``: how many changes each message held."""

    name: str
    post: Correspondent
    kept: dict[str, list[ResidentChange]] = field(default_factory=dict)
    messages: list[int] = field(default_factory=list)
    letters: list[bytes] = field(default_factory=list)
    away: bool = False
    forgets_answer: bool = False
    not_used: frozenset[int] = frozenset()

    def take(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        return answer_each(letters, self._take)

    def sequences(self, municipality: str) -> list[int]:
        return [one.sequence for one in self.kept.get(municipality, [])]

    def _take(self, letter: Letter) -> Letter:
        if self.away:
            raise Unreachable
        sent = self.post.read(letter, "resident-changes/1", ResidentChanges, "residentbase")
        assert sent.system == self.name
        self.messages.append(len(sent.changes))
        self.letters.append(letter.body)
        kept = self.kept.setdefault(sent.municipality, [])
        found = fresh(len(kept), sent)
        kept.extend(found.changes)
        if self.forgets_answer:
            self.forgets_answer = False
            raise Unreachable
        refused = tuple(
            NotUsed(sequence=one.sequence, reason="no_such_address")
            for one in found.changes
            if one.sequence in self.not_used
        )
        answer = Taken(
            municipality=sent.municipality,
            system=self.name,
            up_to=found.up_to,
            missing=found.missing,
            not_used=refused,
        )
        return self.post.write(f"{self.name}@{sent.municipality}", "taken/1", answer)
