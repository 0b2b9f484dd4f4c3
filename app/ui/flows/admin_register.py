"""Registering a staff card: the office asks, the card answers for its holder, the office keeps it until approved."""

from dataclasses import replace

from PySide6.QtCore import QObject

from app.domain.secret import Secret
from app.errors import AppError, StaffCardAbsent, StaffCardUnknown, StaffPinBlocked
from app.services.ports.seat import Session
from app.ui.flows.admin_acts import AdminActs
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screens.admin_register import AdminRegisterScreen
from app.wire.staff import KeyRow


class RegisterFlow(QObject):
    """Works between ``begin`` and ``end``; the PIN is wiped after each try."""

    def __init__(self, kit: Kit, screen: AdminRegisterScreen, acts: AdminActs) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._acts = kit, screen, acts
        self._errands = Errands(self)
        self._session: Session | None = None
        screen.register_asked.connect(self._on_register)

    def begin(self, session: Session, staff_id: str) -> None:
        """The screen is open, for a card of ``staff_id`` ("": yet to be typed)."""
        self._session = session
        self._screen.wipe()
        self._screen.show_person(staff_id)

    def end(self) -> None:
        """Nothing that was typed stays; a card that is at work finishes unseen and is in the list."""
        self._errands.drop()
        self._session = None
        self._screen.wipe()

    def _on_register(self, staff_id: str, label: str, pin: Secret) -> None:
        session = self._session
        if session is None:
            pin.wipe()
            return
        self._screen.show_busy()
        press = self._acts.press()

        def register() -> KeyRow:
            try:
                return self._acts.cards.register(press, session, (staff_id, label), pin)
            finally:
                pin.wipe()

        self._errands.run(self._acts.lane, register, self._on_registered, self._on_failed)

    def _on_registered(self, row: KeyRow) -> None:
        self._screen.show_done(row.staff_id, row.label)

    def _on_failed(self, error: AppError) -> None:
        self._screen.show_error(register_message(self._kit, error))


def register_message(kit: Kit, error: AppError) -> Message:
    """The error's message; where it speaks to somebody who signs in, what to do at registering instead."""
    message, words = kit.messages.of(error), kit.texts.admin_register
    match error:
        case StaffCardAbsent():
            return replace(message, next=words.absent_next)
        case StaffPinBlocked():
            return replace(message, next=words.blocked_next)
        case StaffCardUnknown():
            return Message(words.unknown_title, words.unknown_why, words.unknown_next, message.code)
        case _:
            return message
