"""Sign in: the office checks password and staff card, then the person's own work on this PC is opened."""

from contextlib import suppress
from dataclasses import dataclass

from app.domain.act import Act, Detail
from app.domain.secret import Secret
from app.errors import AppError, CardNeedsOffice, OfficeError, PasswordChanged, SignInRefused, Unreachable
from app.services.ports.memory import Journal, LockMemory, LockState, Postbox, WorkStore
from app.services.ports.office import Shown, StaffOffice
from app.services.ports.seat import Press, Seat, Session
from app.services.ports.staff_card import CardAsked, StaffCards
from app.services.work_alone import WorkAlone

NOT_ASKED = "not_asked"
"""``Session.second_factor`` of who has no card."""


@dataclass(frozen=True, slots=True)
class Former:
    """How work sealed under an earlier password is dealt with: ``password`` opens it; None leaves it sealed."""

    password: Secret | None


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gives at the door: the password, and the card with its PIN or a supervisor's pass."""

    password: Secret
    card: tuple[CardAsked, Secret] | None = None
    one_time_pass: Secret | None = None


@dataclass(frozen=True, slots=True)
class Entrance:
    """The door: the office behind it, the reader for staff cards beside it, where it is, and what holds without it."""

    office: StaffOffice
    cards: StaffCards
    seat: Seat
    alone: WorkAlone

    def shown(self, given: Given) -> Shown:
        """What goes to the office; the card answers now. Errors: those of ``StaffCards``."""
        if given.card is None:
            return Shown(given.password, one_time_pass=given.one_time_pass)
        asked, pin = given.card
        return Shown(given.password, asked.asked, self.cards.answer(asked, pin).assertion)


class SignIn:
    """The use case. Blocks for the office's answer and two password checks (0.5 s)."""

    def __init__(self, door: Entrance, work: WorkStore, postbox: Postbox, journal: Journal, locks: LockMemory) -> None:
        self._door = door
        self._work = work
        self._postbox = postbox
        self._journal = journal
        self._locks = locks

    def ask_card(self, press: Press, staff_id: str) -> CardAsked | None:
        """What this person's staff card is to be asked; None where none is wanted.

        Errors without a line: UnknownHere, the lease's, CardNeedsOffice where the person has a card.
        """
        try:
            return self._door.office.ask_key(press, staff_id)
        except Unreachable:
            self._demand_lease(staff_id)
            return None

    def __call__(self, press: Press, staff_id: str, given: Given, former: Former | None = None) -> Session:
        """A session with this person's work open; ``Session.second_factor`` says what was shown.

        Errors: those of the staff card, after which the same may be asked again; SignInRefused, TooManyTries,
        without a line those of the lease (UnknownHere first of all); PasswordChanged: come again with ``former``;
        LedgerError when the desk's log has another key than this terminal knows.
        """
        try:
            session = self._door.office.sign_in(press, staff_id, self._door.shown(given))
        except Unreachable:
            return self._alone(press, staff_id, given)
        except AppError as error:
            self._journal.write(self._refused(press, error))
            raise
        try:
            self._open_work(session, given.password, former)
            self._postbox.serve(session)
        except AppError as error:
            self._give_up(press, session, error)
            raise
        self._locks.set_lock_state(LockState(session.actor.staff_id, None))
        self._journal.write(session.act(press, "session.opened", second_factor=session.second_factor))
        self._door.alone.settle(press, session)
        return session

    def _alone(self, press: Press, staff_id: str, given: Given) -> Session:
        """Without the office: whoever has a lease here, by the password that opens the work."""
        try:
            self._demand_lease(staff_id)
            session = self._door.alone.session(press, staff_id)
            open_alone(self._door.alone, self._work, staff_id, given.password)
        except AppError as error:
            self._journal.write(self._refused(press, error))
            raise
        self._postbox.serve(session)
        self._locks.set_lock_state(LockState(staff_id, None))
        self._journal.write(session.act(press, "session.opened.alone"))
        return session

    def _demand_lease(self, staff_id: str) -> None:
        if self._door.alone.demand(staff_id).second_factor != NOT_ASKED:
            raise CardNeedsOffice

    def _give_up(self, press: Press, session: Session, error: AppError) -> None:
        self._work.close()
        self._journal.write(session.act(press, "session.opened.refused", code=error.code))
        with suppress(OfficeError):
            self._door.office.sign_out(press, session)

    def _open_work(self, session: Session, password: Secret, former: Former | None) -> None:
        staff_id = session.actor.staff_id
        if former is not None and former.password is None:
            self._work.set_aside(staff_id)
        self._work.open(staff_id, password, former.password if former else None)

    def _refused(self, press: Press, error: AppError) -> Act:
        """Without the staff number: what was typed there may have been something else; the office's log has it."""
        what: tuple[tuple[str, Detail], ...] = (("code", error.code),)
        seat = self._door.seat
        return Act("session.opened.refused", press.at, seat.municipality, "", seat.terminal, press.trace, what=what)


def open_alone(alone: WorkAlone, work: WorkStore, staff_id: str, password: Secret) -> None:
    """Open the work by the password alone; who can't is counted. Errors: SignInRefused."""
    try:
        work.open(staff_id, password, None)
    except PasswordChanged as error:
        alone.failed(staff_id)
        raise SignInRefused from error
    alone.proved(staff_id)
