"""Messages by which staff see and steer what goes to the resident network: state, calendar, systems, records."""

from datetime import date, datetime

from app.wire.message import Message


class AskForwarding(Message, frozen=True):
    """How far changes are on their way. ``subject``: of one person, ``entry_id``: of one entry; "" for any."""

    subject: str = ""
    entry_id: str = ""


class ForwardingRow(Message, frozen=True):
    """One thing on its way out. ``kind``: identity, delivery, card, moving_out or moved_in.

    ``state``: waiting, taken (the network has it), done (it is where it belongs), stopped or closed. ``goes_at``: when
    it is expected to go (None: not known, or gone); ``cause``: closed, stop, busy or what delayed the last try.
    """

    item_id: str
    kind: str
    state: str
    made_at: datetime
    entry_id: str = ""
    goes_at: datetime | None = None
    cause: str = ""


class Forwarding(Message, frozen=True):
    """The newest first. ``open_now``: the network takes something; ``opens_at``: when it does next (None: not known).

    ``waiting``: how much waits in all, ``oldest_at``: since when; ``heard_at``: when the register was heard of last.
    """

    rows: tuple[ForwardingRow, ...]
    open_now: bool
    opens_at: datetime | None
    waiting: int
    heard_at: datetime | None
    oldest_at: datetime | None = None


class AskHalted(Message, frozen=True):
    """Ask for what was given up."""


class HaltedRow(Message, frozen=True):
    """One that nothing happens with by itself. ``cause``: why it was given up; nothing in it names the person."""

    item_id: str
    kind: str
    entry_id: str
    made_at: datetime
    cause: str


class Halted(Message, frozen=True):
    """All of them, oldest first."""

    rows: tuple[HaltedRow, ...]


class SettleHalted(Message, frozen=True):
    """Send it again, or close it. ``outcome``: again or close (with a reason).

    ``municipality``: the code that was missing, where that was why.
    """

    item_id: str
    outcome: str
    reason: str = ""
    municipality: str = ""


class HaltedSettled(Message, frozen=True):
    """It is kept. ``proof``: the receipt of its record."""

    proof: str


class ProposeSpan(Message, frozen=True):
    """運用停止 or 臨時運用: ask that the network rest (``stop``) or run (``extra``) from ``since`` to ``until``.

    ``until``: None until further notice, for a stop only. It counts once another person has approved it.
    """

    span_id: str
    kind: str
    since: datetime
    until: datetime | None
    reason: str


class EndSpan(Message, frozen=True):
    """Ask that a span that counts end at ``until``; counts once another person has approved it."""

    span_id: str
    version: int
    until: datetime


class DecideSpan(Message, frozen=True):
    """Another person decides what was asked for. ``outcome``: approved or refused."""

    span_id: str
    version: int
    outcome: str


class SpanRow(Message, frozen=True):
    """``state``: proposed, approved, refused; ``end_asked``: to when somebody asked to shorten it."""

    span_id: str
    kind: str
    state: str
    since: datetime
    until: datetime | None
    reason: str
    asked_by: str
    decided_by: str
    version: int
    end_asked: datetime | None = None


class AskCalendar(Message, frozen=True):
    """Ask for the network's hours and for spans that are not over."""


class SideHours(Message, frozen=True):
    """``opens``, ``closes``: as HH:MM in Tokyo; ``closed_days``: whether it rests on closed days."""

    opens: str
    closes: str
    closed_days: bool
    open_now: bool


class CalendarView(Message, frozen=True):
    """``opens``, ``closes``: as HH:MM in Tokyo; ``closed_days``: whether it rests on closed days.

    ``register``: the hours of the other side, 既存住基; while it rests, copies are issued from what is kept here.
    ``is_loaded``: nothing of what is kept here is missing.
    """

    opens: str
    closes: str
    closed_days: bool
    spans: tuple[SpanRow, ...]
    open_now: bool
    opens_at: datetime | None
    register: SideHours | None = None
    is_loaded: bool = True


class EnterSystem(Message, frozen=True):
    """Give a system an ID and a first password, or a new password where the old one is lost; ends its sessions."""

    system: str


class SystemPassword(Message, frozen=True):
    """The password, shown this once. ``until``: the last day on which it opens a line."""

    system: str
    password: str
    until: date


class CloseSystem(Message, frozen=True):
    """Nobody opens a line as this system any more; open ones are closed."""

    system: str


class AskSystems(Message, frozen=True):
    """Ask which systems there are."""


class SystemRow(Message, frozen=True):
    """``state``: open, ended (its password), waits (too many wrong ones) or closed; ``last_at``: its last line."""

    system: str
    state: str
    password_until: date
    last_at: datetime | None


class Systems(Message, frozen=True):
    """All of them, by ID."""

    rows: tuple[SystemRow, ...]


class ReloadReplica(Message, frozen=True):
    """Have the register tell every record anew, as after a load of the register; no copy is issued meanwhile."""


class AskLinkage(Message, frozen=True):
    """情報連携記録: what passed on ``since`` to ``until``, of one person or all. ``kind``: "" for any record."""

    since: date
    until: date
    subject: str = ""
    kind: str = ""
    visit_id: str = ""


class LinkageRow(Message, frozen=True):
    """One event. ``place``: in the ledger; ``what``: codes and identifiers, as they stand in the record."""

    place: int
    kind: str
    at: datetime
    about: str
    what: tuple[tuple[str, str], ...]


class Linkage(Message, frozen=True):
    """Oldest first, at most 200; ``more``: that the list was cut."""

    rows: tuple[LinkageRow, ...]
    more: bool = False


class ReportCard(Message, frozen=True):
    """What happened to somebody's 個人番号カード at the counter. ``step``: a ``CardStep``."""

    event_id: str
    subject: str
    card_number: str
    step: str
    day: date
    lost: bool = False
    visit_id: str = ""


class AskDelivery(Message, frozen=True):
    """Have 交付申請書 sent to the address in the register's data. ``place``: 居所 where it shall go instead."""

    delivery_id: str
    subject: str
    place: str = ""
    visit_id: str = ""


class Queued(Message, frozen=True):
    """It is kept and goes out. ``goes_at``: when that is expected (None: not known)."""

    item_id: str
    goes_at: datetime | None
    proof: str
