"""What the intermediary needs kept, and how it is opened: units of work on one store."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from app.backend.intermediary.ports.files import FileRow, RejectedRow, ReplicaFile
from app.backend.intermediary.ports.held import Case, ErrorNote, Expired, Flag, ReceivedNote, RecordMark
from app.backend.intermediary.ports.kept import (
    ANSWERED,
    OPEN,
    REFUSED,
    CodeState,
    Enquiry,
    Provision,
    ReplicaKey,
    ReplicaRow,
    Value,
)
from app.domain.act import Act
from app.domain.call import Call
from app.domain.exchange_numbers import LinkCode
from app.wire.message import Message

T = TypeVar("T")
A = TypeVar("A", bound=Message)

__all__ = [
    "ANSWERED",
    "OPEN",
    "REFUSED",
    "CaseUnit",
    "CodeState",
    "Enquiry",
    "FileUnit",
    "FlagUnit",
    "IntermediaryBook",
    "IntermediaryUnit",
    "NoteUnit",
    "PastUnit",
    "Provision",
    "ReplicaKey",
    "ReplicaRow",
    "ReplicaUnit",
    "Value",
]


class ReplicaUnit(Protocol):
    """The replica of one municipality."""

    def put(self, rows: Sequence[ReplicaRow], at: datetime) -> int:
        """Register rows; how many differ from what is there. A row that says the same keeps its version."""
        ...

    def of(self, municipality: str, addressee_number: str) -> tuple[ReplicaRow, ...]:
        """All that is registered of one person."""
        ...

    def delete(self, municipality: str, keys: Sequence[ReplicaKey]) -> int: ...
    def delete_file(self, municipality: str, file_id: str, limit: int) -> int:
        """Delete rows that came last with this file, at most ``limit``; how many."""
        ...

    def delete_before(self, municipality: str, information: str, tax_year: int, limit: int) -> int:
        """Delete rows of years before ``tax_year``, at most ``limit``; how many."""
        ...


class FileUnit(Protocol):
    """Replica files of one municipality."""

    def one(self, municipality: str, file_id: str) -> ReplicaFile | None:
        """The file as it stands; nobody else changes it until the unit ends."""
        ...

    def by_digest(self, municipality: str, digest: bytes) -> ReplicaFile | None: ...
    def listed(self, municipality: str, information: Sequence[str], limit: int) -> tuple[ReplicaFile, ...]:
        """The newest files of these kinds of information, newest first."""
        ...

    def keep(self, file: ReplicaFile) -> None: ...
    def take(self, file: ReplicaFile, rows: Sequence[FileRow], at: datetime) -> int:
        """Register rows of one part; how many differ from what was there."""
        ...

    def reject(self, file: ReplicaFile, rows: Sequence[RejectedRow]) -> None: ...
    def rejected(self, municipality: str, file_id: str, after: int, limit: int) -> tuple[RejectedRow, ...]:
        """Those with a line beyond ``after``, in order."""
        ...


class FlagUnit(Protocol):
    """Marks of one municipality."""

    def held(self, municipality: str, addressee_numbers: Sequence[str]) -> tuple[Flag, ...]:
        """What is set for any of these persons, and for everybody."""
        ...

    def listed(self, municipality: str) -> tuple[Flag, ...]:
        """Everything that is or was set, newest first."""
        ...

    def one(self, municipality: str, flag_id: str) -> Flag | None: ...
    def keep(self, flag: Flag) -> None:
        """Write a new one, or the next version of one. Errors: Conflict when it is not the next."""
        ...


class CaseUnit(Protocol):
    """Enquiries that wait for a person."""

    def many(self, municipality: str, process_numbers: Sequence[str]) -> dict[str, Case]: ...
    def waiting(self, municipality: str, owners: Sequence[str]) -> tuple[Case, ...]:
        """Those that are not decided, the most urgent first."""
        ...

    def due(self, now: datetime, limit: int) -> tuple[Case, ...]:
        """Those of any municipality whose time is over."""
        ...

    def add(self, cases: Sequence[Case]) -> None: ...
    def keep(self, case: Case) -> None:
        """Write the next version. Errors: Conflict when it is not the next."""
        ...


class NoteUnit(Protocol):
    """Error notes, sent and received."""

    def add(self, notes: Sequence[ErrorNote]) -> None: ...
    def of(self, municipality: str, process_numbers: Sequence[str]) -> tuple[ErrorNote, ...]: ...
    def listed(self, municipality: str, owners: Sequence[str]) -> tuple[ErrorNote, ...]:
        """Newest first."""
        ...

    def due(self, now: datetime, lease_until: datetime, limit: int) -> tuple[ErrorNote, ...]:
        """What is to be told or asked about now, of one municipality to one receiver, taken until ``lease_until``."""
        ...

    def keep(self, note: ErrorNote) -> None: ...
    def receive(self, notes: Sequence[ReceivedNote]) -> None:
        """Keep those that are new."""
        ...

    def received(self, municipality: str, process_numbers: Sequence[str]) -> tuple[ReceivedNote, ...]: ...
    def received_for(self, municipality: str, tasks: Sequence[str]) -> tuple[ReceivedNote, ...]:
        """Newest first."""
        ...

    def acknowledge(self, note: ReceivedNote) -> None: ...


class PastUnit(Protocol):
    """Records of both sides."""

    def asked(self, municipality: str, addressee_number: str) -> tuple[Enquiry, ...]:
        """What this municipality asked about a person, newest first."""
        ...

    def provided(self, municipality: str, addressee_number: str) -> tuple[Provision, ...]: ...
    def provided_from(self, municipality: str, file_id: str, limit: int) -> tuple[Provision, ...]:
        """What was provided from rows of one file, oldest first."""
        ...

    def by_process(self, municipality: str, process_numbers: Sequence[str]) -> dict[str, Enquiry]:
        """Enquiries of this municipality by 処理通番."""
        ...

    def marks(self, municipality: str, process_numbers: Sequence[str]) -> tuple[RecordMark, ...]:
        """Oldest first."""
        ...

    def mark(self, mark: RecordMark) -> None: ...
    def expire(self, municipality: str, before: datetime, limit: int) -> Expired:
        """Delete records of both sides that began before an instant, with what hangs on them; a portion."""
        ...

    def forget_keys(self, municipality: str, month: str) -> int:
        """Forget the data keys of records of months before ``month`` (six digits); how many."""
        ...


class HeldUnit(Protocol):
    """The parts of a unit, each with its own rows."""

    @property
    def replicas(self) -> ReplicaUnit: ...
    @property
    def files(self) -> FileUnit: ...
    @property
    def flags(self) -> FlagUnit: ...
    @property
    def cases(self) -> CaseUnit: ...
    @property
    def notes(self) -> NoteUnit: ...
    @property
    def past(self) -> PastUnit: ...


class CodesUnit(Protocol):
    """Who has which code, inside one transaction; everything is of one municipality."""

    def codes(self, municipality: str, addressee_numbers: Sequence[str]) -> dict[str, CodeState]: ...
    def ask_codes(self, municipality: str, wanted: Sequence[tuple[str, str]], at: datetime) -> None:
        """Lay down 統合宛名番号 and 処理通番 of codes that are to be acquired."""
        ...

    def put_codes(self, municipality: str, codes: Sequence[tuple[str, LinkCode]], at: datetime) -> tuple[str, ...]:
        """Keep codes that came; 統合宛名番号 of those whose code is another person's here, and is kept for that one."""
        ...

    def given_up(self, municipality: str, codes: Sequence[LinkCode]) -> list[bool]:
        """Whether each code was given up with a correction, and is nobody's yet."""
        ...

    def persons(self, municipality: str, codes: Sequence[LinkCode]) -> list[str | None]:
        """統合宛名番号 of each code."""
        ...


class IntermediaryUnit(HeldUnit, CodesUnit, Protocol):
    """What can be done inside one transaction; everything is of one municipality."""

    def enquiries(self, municipality: str, enquiry_ids: Sequence[str]) -> dict[str, Enquiry]: ...
    def add_enquiries(self, enquiries: Sequence[Enquiry]) -> None: ...
    def finish(self, enquiries: Sequence[Enquiry]) -> None: ...
    def replica(self, municipality: str, keys: Sequence[ReplicaKey]) -> dict[ReplicaKey, ReplicaRow]: ...
    def provisions(self, municipality: str, process_numbers: Sequence[str]) -> dict[str, Provision]: ...
    def add_provisions(self, provisions: Sequence[Provision]) -> None: ...
    def record(self, acts: Sequence[Act]) -> tuple[str, ...]: ...
    def note(self, acts: Sequence[Act]) -> None:
        """As ``record`` where nobody is given the receipts."""
        ...

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A:
        """``work()``, or what it gave when the call's key came before. Errors: Conflict for another message."""
        ...


class IntermediaryBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[IntermediaryUnit], T]) -> T: ...
    def read(self, work: Callable[[IntermediaryUnit], T]) -> T: ...
