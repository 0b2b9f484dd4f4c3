"""Messages of the staff slice: sign-in, session, rights."""

from datetime import date, datetime

from app.wire.message import Message


class AskKey(Message, frozen=True):
    """Before signing in: what this person's staff card is to be asked."""

    staff_id: str


class AskUnlockKey(Message, frozen=True):
    """Before unlocking: what the staff card of the session's person is to be asked."""


class KeyAsked(Message, frozen=True):
    """``options``: WebAuthn's request as JSON; "" where no second factor is asked. ``asked`` names it, once."""

    asked: str
    options: str


class SignIn(Message, frozen=True):
    """Both factors. ``assertion``: the card's answer (WebAuthn JSON) to what ``asked`` names.

    ``one_time_pass`` stands in for a lost card.
    """

    staff_id: str
    password: str
    asked: str = ""
    assertion: str = ""
    one_time_pass: str = ""


class RightRow(Message, frozen=True):
    """A right as it travels."""

    act: str
    procedure: str
    item_class: str
    since: date | None = None
    until: date | None = None


class OtherSession(Message, frozen=True):
    """The same person's session at another terminal. ``window``: that counter window's number."""

    terminal: str
    window: str
    started_at: datetime


class SignedIn(Message, frozen=True):
    """An open session. ``token`` goes with every request.

    ``second_factor`` tells what was shown: "key", "one_time_pass", or "not_asked". While somebody is signed in
    ``elsewhere`` too, or ``must_change`` a password that an administrator gave, nothing but one's own session is let
    through.
    """

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
    elsewhere: tuple[OtherSession, ...] = ()
    must_change: bool = False


class AskStanding(Message, frozen=True):
    """How one's own session stands; asked again and again. ``locked``: whether the terminal is locked now."""

    locked: bool = False


class Standing(Message, frozen=True):
    """Where the same person is signed in besides."""

    elsewhere: tuple[OtherSession, ...] = ()


class EndElsewhere(Message, frozen=True):
    """End all other sessions of one's own."""


class AskSeats(Message, frozen=True):
    """Who of one's own departments is signed in where."""


class SeatRow(Message, frozen=True):
    """An open session. ``session`` names it; ``locked_at``: since when its terminal is locked, None while it is not."""

    session: str
    staff_id: str
    name: str
    terminal: str
    window: str
    started_at: datetime
    locked_at: datetime | None = None


class Seats(Message, frozen=True):
    """Open sessions, the oldest first."""

    rows: tuple[SeatRow, ...]


class EndSession(Message, frozen=True):
    """A supervisor ends somebody's session; the work there stays sealed."""

    session: str


class AskChangeKey(Message, frozen=True):
    """Before changing the password: what the staff card of the session's person is to be asked."""


class ChangePassword(Message, frozen=True):
    """The session's person takes another password. Both factors as in ``SignIn``."""

    password: str
    new_password: str
    asked: str = ""
    assertion: str = ""


class Reauthenticate(Message, frozen=True):
    """Both factors again, or the card alone (``password`` ""), to unlock a session that goes on."""

    password: str
    asked: str = ""
    assertion: str = ""


class AskRegistration(Message, frozen=True):
    """An administrator registers a card of ``staff_id``, who is there with it."""

    staff_id: str


class RegisterKey(Message, frozen=True):
    """The new card's answer. ``label``: what it is called among this person's cards."""

    staff_id: str
    asked: str
    answer: str
    label: str


class KeyRow(Message, frozen=True):
    """A registered card. It is good once a second administrator has approved it and until it is revoked."""

    key_id: str
    staff_id: str
    label: str
    registered_at: datetime
    registered_by: str
    approved_by: str = ""
    revoked_at: datetime | None = None


class AskKeys(Message, frozen=True):
    """All cards of a person; "" for everybody's that wait for approval."""

    staff_id: str


class Keys(Message, frozen=True):
    """Cards, the oldest first."""

    rows: tuple[KeyRow, ...]


class ApproveKey(Message, frozen=True):
    """The second administrator agrees."""

    key_id: str


class RevokeKey(Message, frozen=True):
    """A lost or given-back card is good no more, from now on."""

    key_id: str


class IssuePass(Message, frozen=True):
    """A supervisor lets ``staff_id`` in once without a card. ``reason``: lost, forgotten, broken."""

    staff_id: str
    reason: str


class PassIssued(Message, frozen=True):
    """Said once, aloud; kept nowhere in clear."""

    one_time_pass: str
    expires_at: datetime


class SignOut(Message, frozen=True):
    """End the session of ``token``."""

    token: str
