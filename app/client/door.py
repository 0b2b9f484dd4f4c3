"""The door of the window: who comes in and back in, with both factors, through the use cases of one counter."""

from collections.abc import Callable
from dataclasses import dataclass

from app.client.counter import Counter
from app.domain.secret import Secret
from app.services.entrance import Given
from app.services.ports.seat import Press, Session
from app.services.ports.staff_card import CardAsked
from app.services.sign_in import Held
from app.services.unlock import Needed
from app.ui.flows.threshold import ThresholdActs


@dataclass(frozen=True, slots=True)
class SignedInHere:
    """An open session as the sign-in flow hands it on; ``held`` where something has to be decided before it begins."""

    session: Session
    held: Held | None = None

    @property
    def staff_id(self) -> str:
        return self.session.actor.staff_id

    @property
    def name(self) -> str:
        return self.session.actor.name

    @property
    def office(self) -> str:
        return self.session.office


class Door:
    """Signing in and unlocking; each blocks for the office and the card, so it runs on a lane."""

    def __init__(self, counter: Counter, press: Callable[[], Press]) -> None:
        self._cases, self._press = counter.cases, press

    def ask_card(self, staff_id: str) -> CardAsked | None:
        """What this person's staff card is to be asked."""
        return self._cases.sign_in.ask_card(self._press(), staff_id)

    def sign_in(self, staff_id: str, given: Given) -> SignedInHere:
        """A session, or one that waits. Errors: those of ``SignIn.admit``."""
        found = self._cases.sign_in.admit(self._press(), staff_id, given)
        return SignedInHere(found.session, found) if isinstance(found, Held) else SignedInHere(found)

    def threshold(self) -> ThresholdActs:
        """What is done with a session that waits."""
        sign_in, press = self._cases.sign_in, self._press
        return ThresholdActs(
            end_elsewhere=lambda held: sign_in.end_elsewhere(press(), held),
            change=self._change_given,
            begin=lambda held, former: sign_in.begin(press(), held, former),
            stop=lambda held: sign_in.give_up(press(), held, "not_continued"),
        )

    def change_password(self, session: Session, present: Secret, new: Secret, pin: Secret | None) -> None:
        """Take another password. Errors: those of ``ChangePassword``."""
        given = Given(present, self._card(session, pin))
        self._cases.change_password(self._press(), session, given, new)

    def _change_given(self, held: Held, new: Secret, pin: Secret | None) -> Held:
        card = self._card(held.session, pin)
        return self._cases.change_password.first(self._press(), held, card, new)

    def _card(self, session: Session, pin: Secret | None) -> tuple[CardAsked, Secret] | None:
        asked = self._cases.change_password.ask_card(self._press(), session) if pin is not None else None
        return (asked, pin) if asked is not None and pin is not None else None

    def needed(self, session: Session | None) -> Needed:
        """What unlocking asks for now."""
        return Needed(card=False, password=True) if session is None else self._cases.unlock.needed(session)

    def unlock(self, session: Session | None, password: Secret, pin: Secret | None) -> None:
        """Open the work again; nothing without a session. Errors: those of ``Unlock``."""
        if session is None:
            return
        unlock = self._cases.unlock
        asked = unlock.ask_card(self._press(), session) if pin is not None else None
        card = (asked, pin) if asked is not None and pin is not None else None
        unlock(self._press(), session, Given(password, card))
