"""Sign in: the office checks the password, then the person's own work on this PC is opened with it."""

from contextlib import suppress
from dataclasses import dataclass

from app.domain.act import Act, Detail
from app.domain.secret import Secret
from app.errors import AppError, OfficeError
from app.services.ports.memory import Journal, LockMemory, LockState, Postbox, WorkStore
from app.services.ports.office import StaffOffice
from app.services.ports.seat import Press, Seat, Session


@dataclass(frozen=True, slots=True)
class Former:
    """How work sealed under an earlier password is dealt with: ``password`` opens it; None leaves it sealed."""

    password: Secret | None


class SignIn:
    """The use case. Blocks for the office's answer and two password checks (0.5 s)."""

    def __init__(
        self, office: StaffOffice, work: WorkStore, postbox: Postbox, journal: Journal, locks: LockMemory, seat: Seat
    ) -> None:
        self._office = office
        self._work = work
        self._postbox = postbox
        self._journal = journal
        self._locks = locks
        self._seat = seat

    def __call__(self, press: Press, staff_id: str, password: Secret, former: Former | None = None) -> Session:
        """A session with this person's work open.

        The second factor will be asked between the two steps; ``Session.second_factor`` says what was asked.
        Errors: SignInRefused, TooManyTries, Unreachable; PasswordChanged: come again with ``former``; LedgerError when
        the desk's log has another key than this terminal knows.
        """
        try:
            session = self._office.sign_in(press, staff_id, password)
        except AppError as error:
            self._journal.write(self._refused(press, error))
            raise
        try:
            self._open_work(session, password, former)
            self._postbox.serve(session)
        except AppError as error:
            self._give_up(press, session, error)
            raise
        self._locks.set_lock_state(LockState(session.actor.staff_id, None))
        self._journal.write(session.act(press, "session.opened", second_factor=session.second_factor))
        return session

    def _give_up(self, press: Press, session: Session, error: AppError) -> None:
        self._work.close()
        self._journal.write(session.act(press, "session.opened.refused", code=error.code))
        with suppress(OfficeError):
            self._office.sign_out(press, session)

    def _open_work(self, session: Session, password: Secret, former: Former | None) -> None:
        staff_id = session.actor.staff_id
        if former is not None and former.password is None:
            self._work.set_aside(staff_id)
        self._work.open(staff_id, password, former.password if former else None)

    def _refused(self, press: Press, error: AppError) -> Act:
        """Without the staff number: what was typed there may have been something else; the office's log has it."""
        what: tuple[tuple[str, Detail], ...] = (("code", error.code),)
        seat = self._seat
        return Act("session.opened.refused", press.at, seat.municipality, "", seat.terminal, press.trace, what=what)
