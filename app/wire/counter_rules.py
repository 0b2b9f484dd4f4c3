"""Messages about counters: the rules an office decides for them, and the lease to go on without it; both signed."""

from datetime import datetime

from app.domain.counter_rules import CounterRules
from app.wire.message import Message
from app.wire.staff import RightRow


class RulesRow(Message, frozen=True):
    """窓口の設定 as they travel; the words are those of ``app.domain.counter_rules``."""

    lock_after_s: int
    sign_out_after_s: int
    lease_s: int
    second_factor: bool
    staff_readers: tuple[str, ...]
    older_copy_rule: bool
    password_after_s: int = CounterRules().password_after_s
    session_s: int = CounterRules().session_s


class StatedRules(Message, frozen=True):
    """What is signed: the rules of ``version`` (0: nothing was decided yet), for one terminal."""

    municipality: str
    terminal: str
    version: int
    issued_at: datetime
    rules: RulesRow


class StatedCard(Message, frozen=True):
    """A staff card in public: what its authenticator attested (credential id, public key), the counter last shown."""

    attested: bytes
    counter: int


class StatedCards(Message, frozen=True):
    """The person's approved cards and the name (``rp_id``) that they answer to. ``needed``: nobody comes in without."""

    rp_id: str
    needed: bool
    cards: tuple[StatedCard, ...] = ()


class StatedLease(Message, frozen=True):
    """What is signed: this person may go on at this terminal without the office for ``lasts_s`` from ``granted_at``."""

    municipality: str
    terminal: str
    staff_id: str
    name: str
    department: str
    rights: tuple[RightRow, ...]
    granted_at: datetime
    lasts_s: int
    cards: StatedCards


class AskRules(Message, frozen=True):
    """The rules for the calling terminal."""


class AskLease(Message, frozen=True):
    """A lease for the session's person at the calling terminal."""


class Statement(Message, frozen=True):
    """``note``: a signed note (C2SP) around the JSON of a message."""

    note: str


class ProposeRules(Message, frozen=True):
    """An administrator wants these rules. ``version``: the one that they are to replace."""

    version: int
    rules: RulesRow


class ApproveRules(Message, frozen=True):
    """Another administrator agrees to what was proposed as ``version``: it holds from now on."""

    version: int


class AskRulesKept(Message, frozen=True):
    """All rules that were ever proposed."""


class KeptRules(Message, frozen=True):
    """Rules as kept. They hold once ``approved_by`` somebody, until a later version does."""

    version: int
    rules: RulesRow
    proposed_by: str
    proposed_at: datetime
    approved_by: str = ""
    approved_at: datetime | None = None


class RulesKept(Message, frozen=True):
    """The newest first. ``version``: which one holds, 0 while none was approved."""

    version: int
    rows: tuple[KeptRules, ...]


def row_of(rules: CounterRules) -> RulesRow:
    """The rules as they travel."""
    return RulesRow(**{name: getattr(rules, name) for name in CounterRules.__slots__})


def rules_of(row: RulesRow) -> CounterRules:
    """The rules that travelled."""
    return CounterRules(**{name: getattr(row, name) for name in CounterRules.__slots__})
