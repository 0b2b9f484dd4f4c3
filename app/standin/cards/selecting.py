"""The chip goes into an application or to a file (card.md 2.2)."""

from app.standin.cards.command import Command, CommandFault
from app.standin.cards.contents import Application
from app.standin.cards.session import Session
from app.standin.cards.status import NOT_FOUND, WRONG_LENGTH, WRONG_PARAMETERS

CARD_AID = bytes.fromhex("A0000001510000")
"""The card's own manager, selected at power-up."""
_NEXT = 0x02
_LEAST_NAME_BYTES, _NUMBER_BYTES = 5, 2


def select(session: Session, command: Command) -> bytes:
    """Errors: CommandFault 6A82, 6A86, 6700."""
    match command.p1:
        case 0x04:
            session.enter(_application(session, command))
        case 0x02:
            _select_file(session, command.data)
        case 0x00:
            _select_master(session, command.data)
        case _:
            raise CommandFault(WRONG_PARAMETERS)
    return b""


def _application(session: Session, command: Command) -> Application | None:
    """By its name or the beginning of it; with P2 bit 2 the next one after the present that fits."""
    if command.data == CARD_AID:
        return None
    fitting = [each for each in session.applications if each.aid.startswith(command.data)]
    if command.p2 & _NEXT and session.application in fitting:
        fitting = fitting[fitting.index(session.application) + 1 :]
    if len(command.data) < _LEAST_NAME_BYTES or not fitting:
        raise CommandFault(NOT_FOUND)
    return fitting[0]


def _select_file(session: Session, name: bytes) -> None:
    if len(name) != _NUMBER_BYTES:
        raise CommandFault(WRONG_LENGTH)
    number = int.from_bytes(name, "big")
    session.find(number)
    session.number = number


def _select_master(session: Session, name: bytes) -> None:
    """Refused straight after power-up; later 9000 without any effect: there is no way back up."""
    if name:
        raise CommandFault(NOT_FOUND)
    if session.application is None:
        raise CommandFault(WRONG_PARAMETERS)
