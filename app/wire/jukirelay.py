"""Messages between the resident register and its boundary to the resident network (jukirelay): what the register says.

The register opens every connection: it tells, and fetches what waits for it. All go as letters to one path.
"""

from datetime import date, datetime

from app.wire.jukinet import MovedIn, MovingOutData
from app.wire.message import Message
from app.wire.resident_base import RegisterChange, ResidentItems

MOST = 64
"""Things in one letter. Assumed: as what slices do together elsewhere."""


class OpenLine(Message, frozen=True):
    """kind ``relay-open/1``: a system proves who it is by ID and password. The answer: ``LineOpened``."""

    municipality: str
    system: str
    password: str


class LineOpened(Message, frozen=True):
    """kind ``relay-opened/1``. ``token``: to be shown with each letter until ``until``.

    ``renew``: the password ends soon, the system shall take another one now.
    """

    token: str
    until: datetime
    password_until: date
    renew: bool


class RenewPassword(Message, frozen=True):
    """kind ``relay-renew/1``, answered by ``relay-opened/1``: the system takes another password, knowing the old."""

    municipality: str
    system: str
    password: str
    new_password: str


class AskStanding(Message, frozen=True):
    """kind ``relay-standing/1``: how far jukirelay is. ``changes``, ``restraints``: where the register's lines end.

    Being asked is how jukirelay knows that it misses nothing.
    """

    municipality: str
    token: str
    changes: int
    restraints: int


class Standing(Message, frozen=True):
    """kind ``relay-stands/1``: what jukirelay has, durably. ``loaded``: the last 宛名番号 of the first load, or whole.

    ``is_loaded``: nothing of the first load is missing. ``waiting``: things that wait for the register.
    """

    municipality: str
    changes: int
    restraints: int
    loaded: str
    is_loaded: bool
    waiting: int


class HeldMark(Message, frozen=True):
    """A restraint as far as it matters outside: which act, from which day on. Why stands nowhere."""

    act: str
    level: str
    since: date


class HeldPerson(Message, frozen=True):
    """All restraints of one person as they are now, none where the last was lifted; the newer ``position`` counts."""

    position: int
    subject: str
    marks: tuple[HeldMark, ...]


class TellRestraints(Message, frozen=True):
    """kind ``relay-restraints/1``, answered by ``relay-stands/1``: sent before any change that waits, at most 64."""

    municipality: str
    token: str
    persons: tuple[HeldPerson, ...]


class LoadedRecord(Message, frozen=True):
    """A record as it stands, with its restraints and all that was told up to ``position``."""

    subject: str
    position: int
    items: ResidentItems
    marks: tuple[HeldMark, ...] = ()


class LoadRecords(Message, frozen=True):
    """kind ``relay-load/1``, answered by ``relay-stands/1``: records by 宛名番号. ``last``: none come after these.

    ``begins``: the places in the lines of changes and restraints after which the register still has them to tell; what
    came before is in the records.
    """

    municipality: str
    token: str
    records: tuple[LoadedRecord, ...]
    last: bool
    begins: tuple[int, int] = (0, 0)


class TellChanges(Message, frozen=True):
    """kind ``relay-changes/1``, answered by ``relay-stands/1``: approved changes, in the order of the line."""

    municipality: str
    token: str
    changes: tuple[RegisterChange, ...]


class FetchArrivals(Message, frozen=True):
    """kind ``relay-fetch/1``: what waits for the register. ``done``: what it has kept, to be forgotten here."""

    municipality: str
    token: str
    done: tuple[str, ...] = ()


class BeginAnew(Message, frozen=True):
    """kind ``relay-anew/1``: the register was filled past its line of changes: its records are to be loaded anew."""

    municipality: str
    token: str


class CardTold(Message, frozen=True):
    """What became of somebody's 個人番号カード: a ``CardState`` since ``day``. The card's own number stays outside."""

    subject: str
    event_id: str
    state: str
    day: date


class IssueTold(Message, frozen=True):
    """One request of another municipality for a wide-area copy, and whether it was issued. ``reason``: why not."""

    request_id: str
    asked_by: str
    subjects: tuple[str, ...]
    issued_at: datetime
    reason: str = ""


class Arrival(Message, frozen=True):
    """One thing for the register; exactly one of the others is there, or ``erased``: whose data are to be erased."""

    arrival_id: str
    moving_out: MovingOutData | None = None
    moved_in: MovedIn | None = None
    card: CardTold | None = None
    issue: IssueTold | None = None
    erased: str = ""


class ArrivalsForRegister(Message, frozen=True):
    """kind ``relay-arrivals/1``: oldest first, at most 64; ``more``: others wait."""

    municipality: str
    arrivals: tuple[Arrival, ...]
    more: bool = False
