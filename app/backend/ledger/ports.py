"""What the ledger slice needs: the slices' logs to look at, and a place to remember what it saw."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.domain.call import Call
from app.trust.checkpoint import Checkpoint
from app.trust.note import NoteSignature
from app.trust.sign import VerifyKey
from app.wire.message import Message

T = TypeVar("T")
A = TypeVar("A", bound=Message)


class SliceLogs(Protocol):
    """The logs of one slice, here or at another address. ``log``: the slice's name; ``key``: its public key."""

    @property
    def log(self) -> str: ...
    @property
    def key(self) -> VerifyKey: ...
    def municipalities(self) -> tuple[str, ...]: ...
    def checkpoint(self, municipality: str) -> bytes:
        """The newest signed checkpoint; empty before the first leaf."""
        ...

    def consistency(self, municipality: str, first: int, second: int) -> tuple[bytes, ...]: ...
    def restorations(self, municipality: str) -> tuple[bytes, ...]:
        """The signed statements of all restores that the log declares of itself."""
        ...

    def faults(self, municipality: str, seen: Checkpoint | None) -> tuple[tuple[str, str], ...]:
        """Code and place of everything that is not as it was written. ``seen``: what the log must still lead to."""
        ...

    def keep(self, municipality: str, size: int, cosigned: bytes, at: datetime) -> None:
        """Give the cosigned checkpoint back to the slice."""
        ...


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A checkpoint that was found consistent with all seen before. ``note``: with the witness's line.

    ``after``: the size it was compared with, -1 for the first; no two follow the same one, so witnessing can't fork.
    """

    municipality: str
    log: str
    size: int
    after: int
    note: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Alarm:
    """A log that did not hold what it had said before. ``note``: what it said this time.

    ``municipality``: who is to look after it; ``log``: a slice, ``<municipality>/<slice>`` for a counterpart's.
    ``found_by``: the terminal or the counterpart that told it; "" for this witness.
    """

    municipality: str
    log: str
    kind: str
    size: int
    note: bytes
    at: datetime
    found_by: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """タイムスタンプ over the checkpoint ``note``: ``token`` proves that it existed ``at`` (the stamper's time)."""

    municipality: str
    log: str
    size: int
    note: bytes
    token: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class AlarmNote:
    """Somebody took note of an alarm. ``note``: in that person's words."""

    staff_id: str
    staff_name: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """An own log as ``counterpart`` cosigned it last: ``note`` with its line, ``at`` our time."""

    municipality: str
    counterpart: str
    log: str
    size: int
    note: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Foreign:
    """A counterpart's log as ``witness``, a municipality served here, saw it last. ``key``: the log's, 32 bytes."""

    witness: str
    municipality: str
    log: str
    size: int
    root: bytes
    key: bytes
    note: bytes
    at: datetime


class Stamper(Protocol):
    """A time-stamping authority, by whatever way."""

    def stamp(self, note: bytes) -> tuple[bytes, datetime]:
        """A proved stamp over a checkpoint, and its time. Errors: Unreachable; LedgerError (no proof)."""
        ...


class LedgerUnit(Protocol):
    """What can be done inside one transaction."""

    def newest(self, municipality: str, log: str) -> Witnessed | None: ...
    def logs(self, municipality: str) -> tuple[Witnessed, ...]:
        """The newest of every log."""
        ...

    def alarms(self, municipality: str) -> tuple[Alarm, ...]: ...
    def add(self, witnessed: Witnessed) -> bool:
        """Keep it; False when another process has witnessed the log in the meantime."""
        ...

    def cosign(self, where: tuple[str, str, int], text: str, line: NoteSignature) -> Witnessed | None:
        """Add a line to the checkpoint ``text`` witnessed at ``where`` (municipality, log, size), if it was."""
        ...

    def places(self) -> tuple[tuple[str, str], ...]:
        """Municipality and log of everything that was ever witnessed."""
        ...

    def stamp(self, municipality: str, log: str) -> Stamp | None:
        """The newest stamp of a log."""
        ...

    def add_stamp(self, stamp: Stamp) -> None: ...

    def set_back(self, municipality: str, log: str, size: int) -> tuple[Witnessed, ...]:
        """Forget what was witnessed beyond ``size``, after a declared restore; what was forgotten."""
        ...

    def raise_alarm(self, alarm: Alarm) -> None:
        """Keep an alarm; the same one is kept once."""
        ...


class CounterpartUnit(LedgerUnit, Protocol):
    """What can be done besides, for what institutions witness of each other."""

    def shown(self, municipality: str, counterpart: str) -> tuple[Shown, ...]: ...
    def keep_shown(self, shown: Shown) -> None: ...
    def foreign(self, witness: str, municipality: str, log: str) -> Foreign | None:
        """What is remembered of a counterpart's log, held until the transaction ends."""
        ...

    def keep_foreign(self, foreign: Foreign, before: int) -> bool:
        """Remember it in the place of size ``before`` (-1: of nothing); False when another process was first."""
        ...

    def guardians(self, witness: str, municipality: str) -> tuple[str, ...]:
        """A counterpart's signed lists of guardians, as they were met."""
        ...

    def keep_guardians(self, witness: str, municipality: str, lists: tuple[str, ...], at: datetime) -> None: ...


class AlarmUnit(CounterpartUnit, Protocol):
    """What can be done besides, for supervisors."""

    def notes(self, alarm: Alarm) -> tuple[AlarmNote, ...]:
        """Who took note of it, the first first."""
        ...

    def add_note(self, alarm: Alarm, number: int, note: AlarmNote) -> bool:
        """Keep a note as the ``number``-th; False when somebody was first."""
        ...

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A: ...
    def record(self, act: Act) -> str:
        """Write ``act`` into the ledger slice's own log, in this transaction; the receipt as text."""
        ...


class LedgerBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[LedgerUnit], T]) -> T: ...
    def read(self, work: Callable[[LedgerUnit], T]) -> T: ...


class CounterpartBook(LedgerBook, Protocol):
    """Opens units of work that know of counterparts too."""

    def write(self, work: Callable[[CounterpartUnit], T]) -> T: ...
    def read(self, work: Callable[[CounterpartUnit], T]) -> T: ...


class AlarmBook(Protocol):
    """Opens units of work for supervisors."""

    def write(self, work: Callable[[AlarmUnit], T]) -> T: ...
