"""The door: what somebody gives, what is shown of it to the office, and how it is checked here without the office."""

from dataclasses import dataclass

from app.domain.act import Detail
from app.domain.secret import Secret
from app.errors import AppError, CardNeedsOffice, PasswordChanged, SecondFactorRefused, SignInRefused
from app.services.card_alone import CardAlone
from app.services.password_clock import PasswordClock
from app.services.ports.memory import Journal, WorkStore
from app.services.ports.office import Shown, StaffOffice
from app.services.ports.seat import Press, Seat, Session
from app.services.ports.staff_card import Answered, CardAsked, StaffCards
from app.services.ports.work_cards import CardKept, WorkCards
from app.services.work_alone import WorkAlone

KEY, NOT_ASKED = "key", "not_asked"
"""``Session.second_factor`` of who showed a card, and of who has none."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gives at the door: the password, and the card with its PIN or a supervisor's pass.

    ``password`` is empty where only the card is asked for: at a lock, see ``app.services.unlock``.
    """

    password: Secret
    card: tuple[CardAsked, Secret] | None = None
    one_time_pass: Secret | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What goes to the office, and what the card gave besides, which stays here; wipe it after use."""

    shown: Shown
    kept: CardKept | None = None

    def wipe(self) -> None:
        """Overwrite what the card gave."""
        if self.kept is not None:
            self.kept.kept.wipe()


@dataclass(frozen=True, slots=True)
class Entrance:
    """The office behind the door, the reader for staff cards beside it, where it is, and what holds without the office.

    ``slots``: which cards open the work here; ``password``: when a lock wants the password besides the card.
    """

    office: StaffOffice
    cards: StaffCards
    seat: Seat
    alone: WorkAlone
    slots: WorkCards
    card_alone: CardAlone
    password: PasswordClock

    def prove(self, staff_id: str, given: Given) -> Proof:
        """What goes to the office; the card answers now. Errors: those of ``StaffCards``."""
        if given.card is None:
            return Proof(Shown(given.password, one_time_pass=given.one_time_pass))
        asked, pin = given.card
        salt = self.slots.salt(staff_id)
        answer = self.cards.answer(asked, pin, salt)
        return Proof(Shown(given.password, asked.asked, answer.assertion), _kept(answer, salt))

    def ask_alone(self, staff_id: str) -> CardAsked | None:
        """What the person's card is asked without the office; None where none is needed. Errors: those of the lease."""
        cards = self.alone.cards(staff_id)
        return self.card_alone.ask(cards) if cards.cards else None

    def prove_alone(self, staff_id: str, given: Given) -> Proof:
        """The card checked here; nothing of it where none is needed.

        Errors: those of the lease and of ``StaffCards``; CardNeedsOffice; SignInRefused, whose cause says why.
        """
        cards = self.alone.cards(staff_id)
        if not cards.needed:
            return Proof(Shown(given.password))
        if given.card is None:
            raise CardNeedsOffice
        asked, pin = given.card
        if not self.card_alone.is_own(asked):
            asked = self.card_alone.ask(cards)  # the line broke in between: what the office asked can't be judged here
        salt = self.slots.salt(staff_id)
        answer = self.cards.answer(asked, pin, salt)
        try:
            counter = self.card_alone.check(cards, self.alone.counters(staff_id), asked, answer)
        except SecondFactorRefused as error:
            self.alone.failed(staff_id)
            raise SignInRefused from error
        self.alone.showed(staff_id, answer.key, counter)
        return Proof(Shown(given.password, asked.asked, answer.assertion), _kept(answer, salt))

    def open_by_password(self, work: WorkStore, staff_id: str, password: Secret) -> None:
        """Without the office: the password that opens the work is right; who has another is counted.

        Errors: SignInRefused, whose cause says why.
        """
        try:
            work.open(staff_id, password, None)
        except PasswordChanged as error:
            self.alone.failed(staff_id)
            raise SignInRefused from error
        self.alone.proved(staff_id)

    def settle(self, press: Press, session: Session, journal: Journal, *, anew: bool) -> None:
        """After the office admitted the person: a new lease, and cards that it does not name open nothing any more.

        ``anew``: a session begins, so the rules are asked for too.
        """
        renew = self.alone.settle if anew else self.alone.renew
        stated = renew(press, session)
        if stated is None:
            return
        good = [self.card_alone.name_of(card) for card in stated.cards]
        for gone in self.slots.keep(session.actor.staff_id, good):
            journal.write(session.act(press, "work.card_dropped", card=gone))


def part_of(error: AppError) -> dict[str, Detail]:
    """Which part was wrong, for the record: it is told to nobody at the door."""
    cause = error.__cause__
    if not isinstance(error, SignInRefused):
        return {}
    if isinstance(cause, SecondFactorRefused):
        return {"part": str(cause.data["reason"])}
    return {"part": "password"} if isinstance(cause, PasswordChanged) else {}


def _kept(answer: Answered, salt: bytes) -> CardKept | None:
    return None if answer.kept is None else CardKept(answer.key, salt, answer.kept)
