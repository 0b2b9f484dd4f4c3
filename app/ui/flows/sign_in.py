"""Signing in: the screen asks, the office answers on its lane, the next flow takes over. The model for other flows."""

from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from app.domain.secret import Secret
from app.errors import AppError
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


S = TypeVar("S", bound=SignedIn)


class SignInFlow(QObject):
    """``signed_in`` carries what the use case returned. One try at a time; the password is wiped after it."""

    signed_in = Signal(object)

    def __init__(self, kit: Kit, screen: SignInScreen, lane: Lane, sign_in: Callable[[str, Secret], SignedIn]) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._lane, self._sign_in = kit, screen, lane, sign_in
        screen.sign_in_asked.connect(self._on_sign_in_asked)

    def _on_sign_in_asked(self, staff_id: str, password: Secret) -> None:
        self._screen.show_busy()
        self._lane.run(
            partial(_spend, password, partial(self._sign_in, staff_id)),
            owner=self,
            done=self._on_signed_in,
            failed=self._on_failed,
        )

    def _on_signed_in(self, session: SignedIn) -> None:
        self._screen.wipe()
        self.signed_in.emit(session)

    def _on_failed(self, error: AppError) -> None:
        self._screen.show_error(self._kit.messages.of(error))


def _spend(password: Secret, use: Callable[[Secret], S]) -> S:
    try:
        return use(password)
    finally:
        password.wipe()
