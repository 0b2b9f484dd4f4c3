"""Sign in: the office checks password and staff card, then the person's own work on this PC is opened."""

from contextlib import suppress
from dataclasses import dataclass

from app.domain.act import Act, Detail
from app.domain.secret import Secret
from app.errors import AppError, OfficeError, Unreachable
from app.services.entrance import KEY, Entrance, Given, Proof, part_of
from app.services.ports.memory import Journal, LockMemory, LockState, Postbox, WorkStore
from app.services.ports.seat import Press, Session
from app.services.ports.staff_card import CardAsked


@dataclass(frozen=True, slots=True)
class Former:
    """How work sealed under an earlier password is dealt with: ``password`` opens it; None leaves it sealed."""

    password: Secret | None


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

        Without a line this PC asks, by the lease. Errors then: UnknownHere, the lease's, CardNeedsOffice.
        """
        try:
            return self._door.office.ask_key(press, staff_id)
        except Unreachable:
            return self._door.ask_alone(staff_id)

    def __call__(self, press: Press, staff_id: str, given: Given, former: Former | None = None) -> Session:
        """A session with this person's work open; ``Session.second_factor`` says what was shown.

        Errors: those of the staff card, after which the same may be asked again; SignInRefused, TooManyTries,
        without a line those of the lease (UnknownHere first of all); PasswordChanged: come again with ``former``;
        LedgerError when the desk's log has another key than this terminal knows.
        """
        admitted = self._admitted(press, staff_id, given)
        if admitted is None:
            return self._alone(press, staff_id, given)
        session, proof = admitted
        try:
            self._open_work(session, proof, former)
            self._postbox.serve(session)
        except AppError as error:
            self._give_up(press, session, error)
            raise
        finally:
            proof.wipe()
        self._locks.set_lock_state(LockState(session.actor.staff_id, None))
        self._journal.write(session.act(press, "session.opened", second_factor=session.second_factor))
        self._door.password.given(session.actor.staff_id)
        self._door.settle(press, session, self._journal, anew=True)
        return session

    def _admitted(self, press: Press, staff_id: str, given: Given) -> tuple[Session, Proof] | None:
        """By the office; None without a line, and where the card was asked by this PC."""
        if given.card is not None and self._door.card_alone.is_own(given.card[0]):
            return None
        proof = None
        try:
            proof = self._door.prove(staff_id, given)
            return self._door.office.sign_in(press, staff_id, proof.shown), proof
        except AppError as error:
            if proof is not None:
                proof.wipe()
            if isinstance(error, Unreachable):
                return None
            self._journal.write(self._refused(press, error))
            raise

    def _alone(self, press: Press, staff_id: str, given: Given) -> Session:
        """Without the office: whoever has a lease here, by the card it names and the password that opens the work."""
        try:
            session = self._door.alone.session(press, staff_id)
            self._door.prove_alone(staff_id, given).wipe()
            self._door.open_by_password(self._work, staff_id, given.password)
        except AppError as error:
            self._journal.write(self._refused(press, error))
            raise
        self._postbox.serve(session)
        self._locks.set_lock_state(LockState(staff_id, None))
        self._door.password.given(staff_id)
        self._journal.write(session.act(press, "session.opened.alone", card=given.card is not None))
        return session

    def _give_up(self, press: Press, session: Session, error: AppError) -> None:
        self._work.close()
        self._journal.write(session.act(press, "session.opened.refused", code=error.code))
        with suppress(OfficeError):
            self._door.office.sign_out(press, session)

    def _open_work(self, session: Session, proof: Proof, former: Former | None) -> None:
        """By the card where it opens the work; then the password that the office took opens it too, from now on.

        By the password otherwise; then the card that the office took opens it too.
        """
        staff_id, password, slots = session.actor.staff_id, proof.shown.password, self._door.slots
        if former is not None and former.password is None:
            self._work.set_aside(staff_id)
        if proof.kept is not None and slots.open(staff_id, proof.kept):
            slots.carry(staff_id, password)
            return
        self._work.open(staff_id, password, former.password if former else None)
        if proof.kept is not None and session.second_factor == KEY:
            slots.admit(staff_id, proof.kept)

    def _refused(self, press: Press, error: AppError) -> Act:
        """Without the staff number: what was typed there may have been something else; the office's log has it."""
        what: tuple[tuple[str, Detail], ...] = (("code", error.code), *part_of(error).items())
        seat = self._door.seat
        return Act("session.opened.refused", press.at, seat.municipality, "", seat.terminal, press.trace, what=what)
