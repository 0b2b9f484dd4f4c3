"""What the intermediary keeps, as plain values: enquiries, provisions, replica rows and the state of codes."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.exchange_numbers import LinkCode
from app.wire.letter import Letter

Value = str | int | bool | None

OPEN, ANSWERED, REFUSED = "open", "answered", "refused"


@dataclass(frozen=True, slots=True)
class Enquiry:
    """情報提供等記録, asker's side: one exchange by its 処理通番. ``answer``: the provider's letter once it came.

    ``task``, ``items``: for which task which items were asked; "" and none in records from before that was kept.
    ``since``, ``until``: the period asked about, if it was one.
    """

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
    task: str = ""
    items: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """情報提供等記録, provider's side: one answer per 処理通番, kept so that a repeated delivery gets the same one.

    ``replica_version``, ``file_id``: which version of the replica was told, and with which file it had come; 0 and ""
    for none. ``told``: the items as they were sent, for who has to say later what a receiver was told.
    ``since``, ``until``: the period asked about, if it was one.
    """

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
    addressee_number: str = ""
    task: str = ""
    replica_version: int = 0
    file_id: str = ""
    told: tuple[tuple[str, Value], ...] = ()
    released_by: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ReplicaRow:
    """副本: one person's information of one year. ``kind``: value or undeclared (未申告).

    ``no_auto_answer``: 自動応答不可フラグ, a person decides first. ``non_disclosure``: 不開示フラグ. ``version``:
    counts up with each change, 0 for a row to be registered; ``file_id``: with which file it came, "" for none.
    """

    municipality: str
    addressee_number: str
    information: str
    tax_year: int
    kind: str
    items: dict[str, Value]
    no_auto_answer: bool = False
    non_disclosure: bool = False
    version: int = 0
    file_id: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CodeState:
    """A person's code, or the 処理通番 under which it is being acquired."""

    code: LinkCode | None
    process_number: str


ReplicaKey = tuple[str, str, int]
"""統合宛名番号, information, tax year."""
