"""Where each person printed each kind of paper last: names of printers, in terminal.db."""

from app.domain.printing import PrintChoice
from app.store.memos import read_message, write_message
from app.store.terminal import Terminal
from app.wire.message import Message

_NAME = "print_choice:"


class _Kept(Message, frozen=True):
    printer: str
    tray: str
    copies: int


class PrintChoiceBook:
    """``PrintChoices`` on this PC."""

    def __init__(self, terminal: Terminal) -> None:
        self._database = terminal.database

    def choice(self, staff_id: str, form: str) -> PrintChoice | None:
        kept = self._database.read(lambda connection: read_message(connection, _name(staff_id, form), _Kept))
        return None if kept is None else PrintChoice(kept.printer, kept.tray, kept.copies)

    def keep_choice(self, staff_id: str, form: str, choice: PrintChoice) -> None:
        kept = _Kept(printer=choice.printer, tray=choice.tray, copies=choice.copies)
        self._database.write(lambda connection: write_message(connection, _name(staff_id, form), kept))


def _name(staff_id: str, form: str) -> str:
    return f"{_NAME}{staff_id}:{form}"
