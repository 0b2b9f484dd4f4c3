"""What the intermediary needs kept: codes, enquiries it sent, replica, provisions it made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.act import Act
from app.domain.exchange_numbers import LinkCode
from app.wire.letter import Letter

T = TypeVar("T")
Value = str | int | bool | None

OPEN, ANSWERED, REFUSED = "open", "answered", "refused"


@dataclass(frozen=True, slots=True)
class Enquiry:
    """情報提供等記録, asker's side: one exchange by its 処理通番. ``answer``: the provider's letter once it came."""

    municipality: str
    enquiry_id: str
    process_number: str
    addressee_number: str
    provider: str
    information: str
    tax_year: int
    request_digest: bytes
    state: str
    reason: str
    answer: Letter | None
    asked_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Provision:
    """情報提供等記録, provider's side: one answer per 処理通番, kept so that a repeated delivery gets the same one."""

    municipality: str
    process_number: str
    requester: str
    permit_id: str
    request_digest: bytes
    information: str
    tax_year: int
    kind: str
    answer: Letter
    provided_at: datetime


@dataclass(frozen=True, slots=True)
class ReplicaRow:
    """副本: one person's information of one year. ``kind``: value or undeclared (未申告).

    ``no_auto_answer``: 自動応答不可フラグ, a person decides first. ``non_disclosure``: 不開示フラグ.
    """

    municipality: str
    addressee_number: str
    information: str
    tax_year: int
    kind: str
    items: dict[str, Value]
    no_auto_answer: bool = False
    non_disclosure: bool = False


@dataclass(frozen=True, slots=True)
class CodeState:
    """A person's code, or the 処理通番 under which it is being acquired."""

    code: LinkCode | None
    process_number: str


ReplicaKey = tuple[str, str, int]
"""統合宛名番号, information, tax year."""


class IntermediaryUnit(Protocol):
    """What can be done inside one transaction; everything is of one municipality."""

    def enquiries(self, municipality: str, enquiry_ids: Sequence[str]) -> dict[str, Enquiry]: ...
    def add_enquiries(self, enquiries: Sequence[Enquiry]) -> None: ...
    def finish(self, enquiries: Sequence[Enquiry]) -> None: ...
    def codes(self, municipality: str, addressee_numbers: Sequence[str]) -> dict[str, CodeState]: ...
    def ask_codes(self, municipality: str, wanted: Sequence[tuple[str, str]], at: datetime) -> None:
        """Lay down 統合宛名番号 and 処理通番 of codes that are to be acquired."""
        ...

    def put_codes(self, municipality: str, codes: Sequence[tuple[str, LinkCode]], at: datetime) -> None: ...
    def persons(self, municipality: str, codes: Sequence[LinkCode]) -> list[str | None]:
        """統合宛名番号 of each code."""
        ...

    def replica(self, municipality: str, keys: Sequence[ReplicaKey]) -> dict[ReplicaKey, ReplicaRow]: ...
    def put_replica(self, rows: Sequence[ReplicaRow], at: datetime) -> None: ...
    def provisions(self, municipality: str, process_numbers: Sequence[str]) -> dict[str, Provision]: ...
    def add_provisions(self, provisions: Sequence[Provision]) -> None: ...
    def record(self, acts: Sequence[Act]) -> tuple[str, ...]: ...


class IntermediaryBook(Protocol):
    """Opens units of work."""

    def write(self, work: Callable[[IntermediaryUnit], T]) -> T: ...
    def read(self, work: Callable[[IntermediaryUnit], T]) -> T: ...
