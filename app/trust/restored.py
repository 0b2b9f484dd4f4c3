"""A declared restore: the one way back that witnesses accept, signed by the log and by two of the three guardians."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from app.errors import LedgerError
from app.trust.checkpoint import Checkpoint
from app.trust.guardianship import Roster, Signers, guardian_lines, in_office
from app.trust.merkle import HASH_SIZE
from app.trust.note import Note, NoteKey, from_base64, parse_note, sign_note, to_base64
from app.trust.sign import SigningKey

RESTORED = "log.restored"
"""The act under which the statement stands in the restored log, and what its ``visit`` is, so that it is found."""
_HEAD = "madoguchi/restored/v1"
_LINES = 8


@dataclass(frozen=True, slots=True)
class Restored:
    """Log ``kept.origin`` was set back to ``kept``; what anybody saw beyond it, to size ``lost``, is declared lost.

    ``approvers``: the two administrators; ``at``: UTC, whole seconds.
    """

    kept: Checkpoint
    lost: int
    approvers: tuple[str, str]
    at: datetime

    @property
    def text(self) -> str:
        """The lines that are signed."""
        kept, at = self.kept, int(self.at.timestamp())
        lines = (_HEAD, kept.origin, kept.size, to_base64(kept.root), self.lost, *self.approvers, at)
        return "".join(f"{line}\n" for line in lines)

    def covers(self, seen: Checkpoint) -> bool:
        """Whether somebody who saw ``seen`` may go back to ``kept``."""
        return seen.origin == self.kept.origin and self.kept.size < seen.size <= self.lost


def declare(restored: Restored, key: SigningKey, signers: Signers) -> bytes:
    """The statement under the log's own key and those of ``signers``, the two guardians who declare it.

    Errors: LedgerError ``restored_format`` unless two people declare it.
    """
    first, second = restored.approvers
    if not first or not second or first == second or restored.lost <= restored.kept.size:
        raise LedgerError(kind="restored_format", place=restored.kept.origin)
    own = sign_note(restored.text, restored.kept.origin, key)
    return Note(restored.text, (own, *guardian_lines(restored.text, signers))).to_bytes()


def open_restored(data: bytes, key: NoteKey, guardians: Sequence[Roster]) -> Restored:
    """The statement, once the log's signature is proved, and those of both guardians who declare it.

    ``guardians``: the lists of guardians, of which the one counts that held when the restore was declared.

    Errors: LedgerError ``restored_format``, ``note_format``; ``restored_guardians`` where one of the two has not
    signed, or is not a guardian.
    """
    note = parse_note(data)
    restored = _read(note.text, key.name)
    if restored is None or restored.text != note.text or not note.signed_by(key):
        raise LedgerError(kind="restored_format", place=key.name)
    roster = in_office(guardians, restored.at)
    if roster is None or not roster.signed(note, restored.approvers):
        raise LedgerError(kind="restored_guardians", place=key.name)
    return restored


def kept_in(data: bytes) -> Checkpoint:
    """What a statement of one's own keeps, its signature not proved. Errors: LedgerError ``restored_format``."""
    note = parse_note(data)
    restored = _read(note.text, (*note.text.split("\n"), "")[1])
    if restored is None:
        raise LedgerError(kind="restored_format", place="")
    return restored.kept


def _read(text: str, origin: str) -> Restored | None:
    lines = text.split("\n")
    if len(lines) != _LINES + 1 or lines[:2] != [_HEAD, origin]:
        return None
    root, numbers = from_base64(lines[3]), (lines[2], lines[4], lines[7])
    if root is None or len(root) != HASH_SIZE or not all(number.isdecimal() for number in numbers):
        return None
    size, lost, at = map(int, numbers)
    if lost <= size or not lines[5] or not lines[6] or lines[5] == lines[6]:
        return None
    return Restored(Checkpoint(origin, size, root), lost, (lines[5], lines[6]), datetime.fromtimestamp(at, UTC))
