"""Unlock: the same person's staff card, checked by the office; the password besides where it is due."""

from dataclasses import dataclass

from app.domain.act import Detail
from app.errors import (
    AppError,
    OtherPerson,
    PasswordDue,
    SignInRefused,
    StaffCardUnknown,
    StaffPinBlocked,
    StaffPinWrong,
    Unreachable,
)
from app.services.entrance import NOT_ASKED, Entrance, Given, Proof, part_of
from app.services.ports.memory import Journal, LockMemory, LockState, WorkStore
from app.services.ports.seat import Press, Session
from app.services.ports.staff_card import CardAsked

_TRIES = (SignInRefused, StaffPinWrong, StaffPinBlocked, StaffCardUnknown)
"""What counts as a failed try. A card that is absent or a line that breaks does not."""


@dataclass(frozen=True, slots=True)
class Needed:
    """What unlocking asks for now: the staff card with its PIN, the password, or both."""

    card: bool
    password: bool


class Unlock:
    """The use case."""

    def __init__(self, door: Entrance, work: WorkStore, locks: LockMemory, journal: Journal) -> None:
        self._door = door
        self._work = work
        self._locks = locks
        self._journal = journal

    def needed(self, session: Session) -> Needed:
        """What the session's person is asked for, as of now; from this PC alone."""
        if session.second_factor == NOT_ASKED:
            return Needed(card=False, password=True)
        staff_id = session.actor.staff_id
        return Needed(card=True, password=not self._door.slots.has(staff_id) or self._door.password.is_due(staff_id))

    def ask_card(self, press: Press, session: Session) -> CardAsked | None:
        """What the staff card is to be asked; None where none is wanted. Without a line this PC asks, by the lease.

        Errors: SessionEnded; without a line those of the lease, CardNeedsOffice.
        """
        try:
            return self._door.office.ask_unlock_key(press, session)
        except Unreachable:
            pass
        try:
            return self._door.ask_alone(session.actor.staff_id)
        except AppError as error:
            self._journal.write(session.act(press, "session.unlocked.refused", code=error.code))
            raise

    def __call__(self, press: Press, session: Session, given: Given) -> None:
        """Open the work again. Without a line the lease tells which card counts, while it runs.

        Errors: those of the staff card; SignInRefused, TooManyTries, SessionEnded (sign in again), PasswordChanged,
        PasswordDue (come again with it), OtherPerson; without a line those of the lease.
        """
        state = self._locks.lock_state()
        where, staff_id = state.visit_id if state else "", session.actor.staff_id
        try:
            if state is not None and state.staff_id != staff_id:
                raise OtherPerson
            was_asked = self._open(press, session, given)
        except AppError as error:
            if isinstance(error, _TRIES):
                self._door.password.failed(staff_id)
            why: dict[str, Detail] = {"code": error.code, **part_of(error)}
            self._journal.write(session.act(press, "session.unlocked.refused", visit=where, about="", **why))
            raise
        what: dict[str, Detail] = {
            "office_asked": was_asked,
            "card": given.card is not None,
            "password": bool(given.password),
        }
        self._journal.write(session.act(press, "session.unlocked", visit=where, about="", **what))
        self._locks.set_lock_state(LockState(staff_id, None, where, state.draft_id if state else ""))

    def settle(self, press: Press, session: Session) -> None:
        """After it is open: a new lease; the person does not wait for it. Without a line nothing changes."""
        self._door.settle(press, session, self._journal, anew=False)

    def _open(self, press: Press, session: Session, given: Given) -> bool:
        """Whether the office was asked."""
        staff_id = session.actor.staff_id
        if not given.password and (given.card is None or self.needed(session).password):
            self._door.password.demand(staff_id)
            raise PasswordDue
        proof = None
        try:
            if given.card is None or not self._door.card_alone.is_own(given.card[0]):
                proof = self._door.prove(staff_id, given)
                self._door.office.unlock(press, session, proof.shown)
                self._unseal(staff_id, proof)
                return True
        except Unreachable:
            pass
        finally:
            if proof is not None:
                proof.wipe()
        self._open_alone(staff_id, given)
        return False

    def _open_alone(self, staff_id: str, given: Given) -> None:
        proof = self._door.prove_alone(staff_id, given)
        try:
            if given.password:
                self._door.open_by_password(self._work, staff_id, given.password)
                self._door.password.given(staff_id)
            else:
                self._unseal(staff_id, proof)
                self._door.alone.proved(staff_id)
        finally:
            proof.wipe()

    def _unseal(self, staff_id: str, proof: Proof) -> None:
        """Open the work of somebody whose factors hold. Errors: PasswordDue where the card does not open it."""
        password, kept = proof.shown.password, proof.kept
        if kept is None or not self._door.slots.open(staff_id, kept):
            if not password:
                self._door.password.demand(staff_id)
                raise PasswordDue
            self._work.open(staff_id, password, None)
            if kept is not None:
                self._door.slots.admit(staff_id, kept)
        if password:
            self._door.password.given(staff_id)
        else:
            self._door.password.passed(staff_id)
