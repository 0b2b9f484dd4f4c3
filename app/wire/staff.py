"""Messages of the staff slice: sign-in, session, rights."""

from datetime import date, datetime

from app.wire.message import Message


class SignIn(Message, frozen=True):
    """First factor. The second factor's place is ``assertion``; empty while none is asked."""

    staff_id: str
    password: str
    assertion: str = ""


class RightRow(Message, frozen=True):
    """A right as it travels."""

    act: str
    procedure: str
    item_class: str
    since: date | None = None
    until: date | None = None


class SignedIn(Message, frozen=True):
    """An open session. ``token`` goes with every request; ``second_factor`` tells what was asked ("not_asked")."""

    token: str
    municipality: str
    municipality_name: str
    office: str
    staff_id: str
    name: str
    department: str
    rights: tuple[RightRow, ...]
    started_at: datetime
    expires_at: datetime
    second_factor: str
    elsewhere: str = ""


class Reauthenticate(Message, frozen=True):
    """The password again, to unlock a session that goes on."""

    password: str


class SignOut(Message, frozen=True):
    """End the session of ``token``."""

    token: str
