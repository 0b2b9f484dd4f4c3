"""What besides its own files an exported log must agree with: witnesses, guardians, and what it was on another day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.errors import LedgerError
from app.trust.checkpoint import Checkpoint, open_checkpoint
from app.trust.guardianship import Roster
from app.trust.manifest import CHECKPOINT, COSIGNED, RESTORED
from app.trust.note import NoteKey
from app.trust.restored import Restored, kept_in, open_restored

Found = tuple[str, str, int | None]
"""Kind of a fault, the file it stands in, and the place there."""


@dataclass(frozen=True, slots=True)
class Demands:
    """``required``: witnesses, by name, without whose cosignature a log does not count.

    ``behind``: how many leaves may lie beyond what the last required witness cosigned, None for any number.
    ``guardians``: who may declare a restore; ``earlier``: the log's checkpoint of another day, b"" for none.
    """

    required: tuple[str, ...] = ()
    behind: int | None = None
    guardians: Sequence[Roster] = ()
    earlier: bytes = b""


def witness_faults(demands: Demands, size: int, cosigned: Mapping[str, int]) -> Iterator[Found]:
    """Witnesses that are missing or too far behind. ``cosigned``: name → largest size that it truly cosigned."""
    for name in demands.required:
        if name not in cosigned:
            yield "cosignature_missing", COSIGNED, None
        elif demands.behind is not None and size - cosigned[name] > demands.behind:
            yield "cosignature_behind", COSIGNED, cosigned[name]


def kept_sizes(statements: Sequence[bytes]) -> list[int]:
    """The sizes that statements speak of: their roots are to be compared."""
    sizes = []
    for statement in statements:
        try:
            sizes.append(kept_in(statement).size)
        except LedgerError:
            continue
    return sizes


class WaysBack:
    """The restores that a log declares of itself, against its tree. ``roots``: size → root, as rebuilt."""

    def __init__(self, key: NoteKey, demands: Demands, statements: Sequence[bytes], roots: Mapping[int, bytes]) -> None:
        self._key, self._demands, self._roots = key, demands, roots
        self._statements = statements
        self._lawful: list[Restored] = []

    def faults(self, size: int) -> Iterator[Found]:
        """Statements that prove nothing, and a day that the log of ``size`` does not lead on from.

        A log of another size or root than on that day must lead on from it, or declare it lost by a lawful restore.
        """
        for number, statement in enumerate(self._statements):
            try:
                restored = open_restored(statement, self._key, self._demands.guardians)
            except LedgerError as error:
                yield str(error.data["kind"]), RESTORED, number
                continue
            if restored.kept.size and self._roots.get(restored.kept.size) != restored.kept.root:
                yield "restored_differs", RESTORED, number
            else:
                self._lawful.append(restored)
        yield from self._earlier_faults(size)

    def _earlier_faults(self, size: int) -> Iterator[Found]:
        if not self._demands.earlier:
            return
        try:
            earlier = open_checkpoint(self._demands.earlier, self._key)
        except LedgerError as error:
            yield f"earlier_{error.data['kind']}", CHECKPOINT, None
            return
        if self._leads_on(earlier) or any(restored.covers(earlier) for restored in self._lawful):
            return
        yield "rolled_back" if size < earlier.size else "forked", CHECKPOINT, earlier.size

    def _leads_on(self, earlier: Checkpoint) -> bool:
        return earlier.size == 0 or self._roots.get(earlier.size) == earlier.root
