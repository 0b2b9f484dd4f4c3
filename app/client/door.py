"""The door of the window: who comes in and back in, with both factors, through the use cases of one counter."""

from collections.abc import Callable
from dataclasses import dataclass

from app.client.counter import Counter
from app.domain.secret import Secret
from app.services.entrance import Given
from app.services.ports.seat import Press, Session
from app.services.ports.staff_card import CardAsked
from app.services.unlock import Needed


@dataclass(frozen=True, slots=True)
class SignedInHere:
    """An open session as the sign-in flow hands it on."""

    session: Session

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
        """A session. Errors: those of ``SignIn``."""
        return SignedInHere(self._cases.sign_in(self._press(), staff_id, given))

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
