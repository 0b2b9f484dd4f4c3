"""The office behind the line, split by slice. Every method is one request; messages are those of ``app.wire``.

Errors of all: Unreachable, SessionEnded, NotAllowed, Refused(reason), Conflict, NotUnderstood, ServerFault, StoreBusy.
The same ``press`` sent again gives the same answer.
"""

from dataclasses import dataclass, field
from typing import Protocol

from app.domain.number import MyNumber
from app.domain.secret import Secret
from app.services.ports.seat import Elsewhere, Press, Session, Visit
from app.services.ports.staff_card import CardAsked
from app.wire.desk import (
    ApplicationView,
    AskQueue,
    CheckReception,
    Decide,
    Examine,
    JournalKept,
    Queue,
    Restorations,
    StepDone,
    SyncJournal,
    Timeline,
)
from app.wire.desk_review import BatchDone, HoldCase, PassBatch
from app.wire.parcel import Parcel, ParcelKey
from app.wire.register import Hits, Record, SearchByFour, SearchHabits


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody shows at the door. ``asked`` and ``assertion``: the card's answer; or a supervisor's pass."""

    password: Secret
    asked: str = ""
    assertion: str = field(default="", repr=False)
    one_time_pass: Secret | None = None


class StaffOffice(Protocol):
    """The staff slice."""

    def ask_key(self, press: Press, staff_id: str) -> CardAsked | None:
        """What this person's staff card is to be asked; None where no second factor is wanted."""
        ...

    def ask_unlock_key(self, press: Press, session: Session) -> CardAsked | None:
        """As ``ask_key``, for the session's own person before unlocking."""
        ...

    def sign_in(self, press: Press, staff_id: str, shown: Shown) -> Session:
        """Open a session. Errors besides: SignInRefused, TooManyTries."""
        ...

    def unlock(self, press: Press, session: Session, shown: Shown) -> None:
        """Check both factors of the session's own person again. Errors besides: SignInRefused, TooManyTries."""
        ...

    def standing(self, press: Press, session: Session, *, locked: bool) -> tuple[Elsewhere, ...]:
        """Where the same person is signed in besides. Errors besides: SessionEnded with how it ended."""
        ...

    def end_elsewhere(self, press: Press, session: Session) -> tuple[Elsewhere, ...]:
        """End the person's sessions at other terminals; gives which ones."""
        ...

    def ask_change_key(self, press: Press, session: Session) -> CardAsked | None:
        """As ``ask_key``, for the session's own person before changing the password."""
        ...

    def change_password(self, press: Press, session: Session, shown: Shown, new: Secret) -> None:
        """Errors besides: SignInRefused, TooManyTries; Refused ``password_*`` for one that is not taken."""
        ...

    def sign_out(self, press: Press, session: Session) -> None:
        """End the session. Blocks for about a second at most: a line that is down is no reason to stay."""
        ...


class RegisterOffice(Protocol):
    """The resident register."""

    def search_by_four(self, press: Press, session: Session, asked: SearchByFour) -> Hits: ...

    def search_by_number(self, press: Press, session: Session, number: MyNumber, visit: Visit) -> Hits:
        """M-6: one hit or none."""
        ...

    def open_record(
        self, press: Press, session: Session, business_number: str, visit: Visit, procedure: str = ""
    ) -> Record:
        """``procedure``: for which guarded items are to be shown, "" for none."""
        ...

    def habits(self, press: Press, session: Session) -> SearchHabits:
        """What this person searched for lately, and the wards."""
        ...


class DeskOffice(Protocol):
    """The desk, as far as it is asked while somebody waits; what must arrive goes through the postbox."""

    def queue(self, press: Press, session: Session, asked: AskQueue) -> Queue: ...

    def open_application(self, press: Press, session: Session, application_id: str) -> ApplicationView: ...

    def check_reception(self, press: Press, session: Session, step: CheckReception) -> StepDone: ...

    def examine(self, press: Press, session: Session, step: Examine) -> StepDone: ...

    def decide(self, press: Press, session: Session, step: Decide) -> StepDone: ...

    def hold(self, press: Press, session: Session, asked: HoldCase) -> None: ...

    def let_go(self, press: Press, session: Session, application_id: str) -> None: ...

    def pass_batch(self, press: Press, session: Session, asked: PassBatch) -> BatchDone: ...

    def timeline(self, press: Press, session: Session, visit_id: str) -> Timeline: ...


@dataclass(frozen=True, slots=True)
class Carriage:
    """Under which trace number and key something goes that no key press waits for."""

    trace: str
    key: str


class DeskCarrier(Protocol):
    """The desk, as far as this PC's postbox and journal go there by themselves."""

    def parcel_key(self, session: Session, way: Carriage) -> ParcelKey: ...

    def carry(self, session: Session, way: Carriage, parcel: Parcel) -> bytes:
        """Deliver; what the endpoint answered, as JSON. The same ``way.key`` again gives the same answer."""
        ...

    def sync_journal(self, session: Session, way: Carriage, gained: SyncJournal) -> JournalKept: ...

    def restorations(self, session: Session, way: Carriage) -> Restorations:
        """The restores that the desk declares of its own log."""
        ...
