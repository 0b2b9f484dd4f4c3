"""One's own password, changed at work: both factors, and the work on this PC hangs on the new one from then on."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain.secret import Secret
from app.errors import AppError
from app.services.ports.seat import Session
from app.ui.background import Lane
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screens.password import PasswordScreen

ChangePassword = Callable[[Session, Secret, Secret, Secret | None], None]
"""Session, present password, new one, and the card's PIN where there is a card; runs on the lane."""


class PasswordFlow(QObject):
    """Works between ``begin`` and ``end``."""

    def __init__(self, kit: Kit, screen: PasswordScreen, lane: Lane, change: ChangePassword) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._lane, self._change = kit, screen, lane, change
        self._errands = Errands(self)
        self._session: Session | None = None
        screen.change_asked.connect(self._on_change)

    def begin(self, session: Session) -> None:
        """The screen is open."""
        self._session = session
        self._screen.show_for(is_given=False, has_card=session.second_factor != "not_asked")

    def end(self) -> None:
        """Nothing typed stays."""
        self._errands.drop()
        self._session = None
        self._screen.wipe()

    def _on_change(self, present: Secret, new: Secret, pin: Secret | None) -> None:
        session = self._session
        if session is None:
            return
        self._screen.show_busy()

        def change() -> None:
            try:
                self._change(session, present, new, pin)
            finally:
                for one in (present, new, pin):
                    if one is not None:
                        one.wipe()

        self._errands.run(self._lane, change, lambda _: self._screen.show_done(), self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        self._screen.show_error(self._kit.messages.of(error))
