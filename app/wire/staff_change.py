"""Messages of administrators: what is known of staff and terminals, and changes that a second one decides."""

from datetime import date, datetime

import msgspec

from app.wire.message import Message
from app.wire.staff import RightRow


class PostRow(Message, frozen=True):
    """配属: ``since`` to ``until``, both days included; None: no bound."""

    department: str
    since: date | None = None
    until: date | None = None


class PersonChange(Message, frozen=True, tag="person", tag_field="kind"):
    """A person is entered, renamed, let go or taken back. Somebody new has neither post nor right.

    ``municipality_name`` and ``office`` as screens and papers write them. ``new_password``: the person forgot theirs
    and is given a first one once more, to be changed at the next sign-in.
    """

    staff_id: str
    name: str
    municipality_name: str
    office: str
    active: bool = True
    new_password: bool = False


class DepartmentChange(Message, frozen=True, tag="department", tag_field="kind"):
    """A department with all that it is in charge of and all its rights, in place of what was known."""

    department: str
    sections: tuple[str, ...]
    rights: tuple[RightRow, ...]


class PostsChange(Message, frozen=True, tag="posts", tag_field="kind"):
    """All posts of a person, in place of those that were known."""

    staff_id: str
    posts: tuple[PostRow, ...]


class RightsChange(Message, frozen=True, tag="rights", tag_field="kind"):
    """All rights of a person's own, in place of those that were known."""

    staff_id: str
    rights: tuple[RightRow, ...]


class TerminalChange(Message, frozen=True, tag="terminal", tag_field="kind"):
    """A terminal is enrolled, enrolled anew or, ``revoked``, shut out.

    ``certificate``: SHA-256 (hex) of the certificate that alone is let in; "": the first one to come.
    ``display_hidden``: the proposer confirms that its display can't be seen from outside.
    """

    terminal: str
    window: str
    certificate: str = ""
    display_hidden: bool = False
    revoked: bool = False


class Transfer(Message, frozen=True):
    """異動: a person leaves ``leaves`` and begins in ``department`` on ``on``; "" for one of the two: comes or goes.

    ``until``: the last day there, for contracts. ``rights``: the person's own from that day; those before it end.
    """

    staff_id: str
    leaves: str
    department: str
    on: date
    until: date | None = None
    rights: tuple[RightRow, ...] = ()


class ScheduleChange(Message, frozen=True, tag="schedule", tag_field="kind"):
    """Transfers of many persons, all or none."""

    transfers: tuple[Transfer, ...]


PartChange = PersonChange | DepartmentChange | PostsChange | RightsChange | TerminalChange
"""What may stand in one proposal beside others."""


class BundleChange(Message, frozen=True, tag="bundle", tag_field="kind"):
    """Several changes that one decision makes together, all or none; each subject and kind once, one new person."""

    parts: tuple[PartChange, ...]


AnyChange = PartChange | ScheduleChange | BundleChange


class ProposeChange(Message, frozen=True):
    """変更の申請. ``reason``: why, in the proposer's words."""

    change: AnyChange
    reason: str


class ChangeRow(Message, frozen=True):
    """A change and what became of it. ``outcome``: waiting, approved, rejected, withdrawn or expired.

    ``first_password``: for whoever was entered by this approval, said once and kept nowhere in clear; else "".
    ``enrolment_codes``: terminal → the code with which its PC enrols itself, by this approval, likewise said once.
    ``decision_reason``: why it was rejected. ``stale``: it waits, but what it would replace is no more as it was.
    """

    change_id: str
    subject: str
    change: AnyChange
    reason: str
    proposed_by: str
    proposed_at: datetime
    expires_at: datetime
    outcome: str
    decided_by: str = ""
    decided_at: datetime | None = None
    first_password: str = ""
    decision_reason: str = ""
    stale: bool = False
    enrolment_codes: dict[str, str] = msgspec.field(default_factory=dict)


class AskChanges(Message, frozen=True):
    """Those that wait, or ``decided``: those that do no more."""

    decided: bool = False


class Changes(Message, frozen=True):
    """Changes, the newest first."""

    rows: tuple[ChangeRow, ...]


class DecideChange(Message, frozen=True):
    """A change is approved by the second administrator, or withdrawn by who proposed it; two endpoints."""

    change_id: str


class RejectChange(Message, frozen=True):
    """The second administrator turns a change down. ``reason``: why, for who proposed it."""

    change_id: str
    reason: str


class AskPlan(Message, frozen=True):
    """What would these transfers make of everybody? Nothing is changed."""

    transfers: tuple[Transfer, ...]


class PlannedRow(Message, frozen=True):
    """One transfer in the order asked. ``refused``: why the office would not take it, as a refusal's reason; else "".

    ``rights_off``: rights that end or change, ``rights_on``: as they are then.
    """

    staff_id: str
    refused: str = ""
    posts: tuple[PostRow, ...] = ()
    posts_after: tuple[PostRow, ...] = ()
    rights_off: tuple[RightRow, ...] = ()
    rights_on: tuple[RightRow, ...] = ()


class Plan(Message, frozen=True):
    """A row for each transfer."""

    rows: tuple[PlannedRow, ...]


class AskSignIns(Message, frozen=True):
    """The last tries to sign in or unlock; ``refused``: only those that did not succeed."""

    refused: bool = False


class SignInRow(Message, frozen=True):
    """A try. ``staff_id``: "" where nobody of that number is known. ``purpose``: sign_in or unlock.

    ``cause``: why it was refused, "" where it succeeded; then ``second_factor`` says what was shown.
    """

    at: datetime
    staff_id: str
    terminal: str
    purpose: str
    cause: str
    second_factor: str


class SignIns(Message, frozen=True):
    """Tries, the newest first, at most 500."""

    rows: tuple[SignInRow, ...]


class AskRoster(Message, frozen=True):
    """Everybody, every department and terminal, as of today."""


class PersonRow(Message, frozen=True):
    """A person with posts and own rights. ``effective``: what may be done today, walls and departments counted in."""

    staff_id: str
    name: str
    office: str
    active: bool
    posts: tuple[PostRow, ...]
    rights: tuple[RightRow, ...]
    effective: tuple[RightRow, ...]


class DepartmentRow(Message, frozen=True):
    """A department as it stands."""

    department: str
    sections: tuple[str, ...]
    rights: tuple[RightRow, ...]


class TerminalRow(Message, frozen=True):
    """A terminal as it stands. ``certificate``: "" while none is bound."""

    terminal: str
    window: str
    enrolled_at: datetime
    revoked_at: datetime | None
    certificate: str
    display_checked_by: str


class SessionRow(Message, frozen=True):
    """An open session."""

    staff_id: str
    terminal: str
    started_at: datetime
    expires_at: datetime


class Roster(Message, frozen=True):
    """What administrators see. ``sections``: procedure → the section in charge."""

    people: tuple[PersonRow, ...]
    departments: tuple[DepartmentRow, ...]
    terminals: tuple[TerminalRow, ...]
    sessions: tuple[SessionRow, ...]
    sections: dict[str, str]
