"""Sign in: the office checks password and staff card, then the person's own work on this PC is opened."""

from contextlib import suppress
from dataclasses import dataclass, replace

from app.domain.act import Act, Detail
from app.domain.secret import Secret
from app.errors import AppError, OfficeError, PasswordChanged, Refused, Unreachable
from app.services.entrance import KEY, Entrance, Given, Proof, part_of
from app.services.ports.memory import Journal, LockMemory, LockState, Postbox, WorkStore
from app.services.ports.seat import Press, Session
from app.services.ports.staff_card import CardAsked


@dataclass(frozen=True, slots=True)
class Former:
    """How work sealed under an earlier password is dealt with: ``password`` opens it; None leaves it sealed."""

    password: Secret | None


@dataclass(frozen=True, slots=True)
class Held:
    """A session that waits for a decision: somebody elsewhere, a given password, or (``needs_former``) the work here.

    ``proof`` is what was shown; it opens the work once it is decided.
    """

    session: Session
    proof: Proof
    needs_former: bool = False

    def with_password(self, new: Secret) -> "Held":
        """The same after the password was changed."""
        shown = replace(self.proof.shown, password=Secret(new.reveal()))
        return replace(self, session=replace(self.session, must_change=False), proof=replace(self.proof, shown=shown))

    def wipe(self) -> None:
        """Overwrite what the card gave and the password."""
        self.proof.wipe()
        self.proof.shown.password.wipe()


def held_of(session: Session, proof: Proof) -> Held:
    """With a password of its own: whoever gave it wipes theirs."""
    shown = replace(proof.shown, password=Secret(proof.shown.password.reveal()))
    return Held(session, replace(proof, shown=shown))


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
        """``admit``, and nothing is asked in between: a session of this person elsewhere is ended.

        Errors besides: PasswordChanged: come again with ``former``; Refused ``password_given``.
        """
        found = self.admit(press, staff_id, given)
        if isinstance(found, Session):
            return found
        try:
            if found.session.elsewhere:
                found = self.end_elsewhere(press, found)
            if found.session.must_change:
                raise Refused("password_given")
            return self.begin(press, found, former)
        except AppError as error:
            self.give_up(press, found, error.code)
            raise

    def admit(self, press: Press, staff_id: str, given: Given) -> "Session | Held":
        """A session with this person's work open, or one that can't begin before something is decided.

        ``Session.second_factor`` says what was shown. Errors: those of the staff card, after which the same may be
        asked again; SignInRefused, TooManyTries, without a line those of the lease (UnknownHere first of all);
        LedgerError when the desk's log has another key than this terminal knows.
        """
        admitted = self._admitted(press, staff_id, given)
        if admitted is None:
            return self._alone(press, staff_id, given)
        held = held_of(*admitted)
        if held.session.is_held:
            return held
        try:
            return self.begin(press, held)
        except PasswordChanged:
            return replace(held, needs_former=True)
        except AppError as error:
            self.give_up(press, held, error.code)
            raise

    def end_elsewhere(self, press: Press, held: "Held") -> "Held":
        """The person goes on here: the other sessions end, and their terminals are told."""
        ended = self._door.office.end_elsewhere(press, held.session)
        terminals = ",".join(one.terminal for one in ended)
        self._journal.write(held.session.act(press, "session.taken_here", terminals=terminals))
        return replace(held, session=replace(held.session, elsewhere=()))

    def give_up(self, press: Press, held: "Held", code: str) -> None:
        """The session ends before it began; sessions elsewhere go on."""
        self._work.close()
        held.wipe()
        self._journal.write(held.session.act(press, "session.opened.refused", code=code))
        with suppress(OfficeError):
            self._door.office.sign_out(press, held.session)

    def begin(self, press: Press, held: "Held", former: Former | None = None) -> Session:
        """Open the work and go on. Errors: PasswordChanged: ask for the former one, ``held`` is still good."""
        session = held.session
        self._open_work(session, held.proof, former)
        self._postbox.serve(session)
        held.wipe()
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
