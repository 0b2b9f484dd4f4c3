"""Signing in: the screen asks, the office answers on its lane, the next flow takes over. The model for other flows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.secret import Secret
from app.errors import AppError, CardError, StaffCardError
from app.services.entrance import Given
from app.services.ports.staff_card import CardAsked
from app.ui.background import Lane
from app.ui.kit import Kit
from app.ui.screens.sign_in import SignInScreen


class SignedIn(Protocol):
    """What the window needs to know of an open session; the use case's own value fits."""

    @property
    def staff_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def office(self) -> str: ...


@dataclass(frozen=True, slots=True)
class SignInActs:
    """What signing in means beneath the window; both run on the lane. ``ask_card`` None: no second factor is wanted."""

    ask_card: Callable[[str], CardAsked | None]
    sign_in: Callable[[str, Given], SignedIn]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Who has given a password and is now asked for the card."""

    staff_id: str
    password: Secret
    asked: CardAsked


class SignInFlow(QObject):
    """``signed_in`` carries what the use case returned. One try at a time; every secret is wiped after it."""

    signed_in = Signal(object)

    def __init__(self, kit: Kit, screen: SignInScreen, lane: Lane, acts: SignInActs) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._lane, self._acts = kit, screen, lane, acts
        self._waiting: _Waiting | None = None
        screen.sign_in_asked.connect(self._on_sign_in_asked)
        screen.card_asked.connect(self._on_card_asked)
        screen.pass_asked.connect(self._on_pass_asked)
        screen.left.connect(self._forget)

    def _on_sign_in_asked(self, staff_id: str, password: Secret) -> None:
        self._screen.show_busy()
        self._lane.run(
            partial(self._begin, staff_id, password), owner=self, done=self._on_begun, failed=self._on_failed
        )

    def _begin(self, staff_id: str, password: Secret) -> "_Waiting | SignedIn":
        """Signed in where the password is enough; else what the card is asked. The password lives until it answers."""
        try:
            asked = self._acts.ask_card(staff_id)
            if asked is not None:
                return _Waiting(staff_id, Secret(password.reveal()), asked)
            return self._acts.sign_in(staff_id, Given(password))
        finally:
            password.wipe()

    def _on_begun(self, found: "_Waiting | SignedIn") -> None:
        if isinstance(found, _Waiting):
            self._waiting = found
            self._screen.show_card_step()
        else:
            self._on_signed_in(found)

    def _on_card_asked(self, pin: Secret) -> None:
        self._go_on(lambda waiting: Given(waiting.password, card=(waiting.asked, pin)), pin)

    def _on_pass_asked(self, one_time_pass: Secret) -> None:
        self._go_on(lambda waiting: Given(waiting.password, one_time_pass=one_time_pass), one_time_pass)

    def _go_on(self, made: Callable[[_Waiting], Given], spent: Secret) -> None:
        waiting = self._waiting
        if waiting is None:
            spent.wipe()
            return
        self._screen.show_busy()

        def sign_in() -> SignedIn:
            try:
                return self._acts.sign_in(waiting.staff_id, made(waiting))
            finally:
                spent.wipe()

        self._lane.run(sign_in, owner=self, done=self._on_signed_in, failed=self._on_card_failed)

    def _on_signed_in(self, session: SignedIn) -> None:
        self._forget()
        self._screen.wipe()
        self.signed_in.emit(session)

    def _on_card_failed(self, error: AppError) -> None:
        """The card's own trouble leaves the password given; what the office refuses begins anew."""
        if isinstance(error, (StaffCardError, CardError)):
            self._screen.show_card_error(self._kit.messages.of(error))
        else:
            self._on_failed(error)

    def _on_failed(self, error: AppError) -> None:
        self._forget()
        self._screen.show_error(self._kit.messages.of(error))

    def _forget(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.password.wipe()
