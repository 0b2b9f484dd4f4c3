"""The chip compares codes: VERIFY, the question for the tries left, CHANGE. Counters outlive power."""

from app.standin.cards.command import Command, CommandFault
from app.standin.cards.session import Session
from app.standin.cards.status import BLOCKED, CLOSED, TRIES, WRONG_LENGTH, WRONG_PARAMETERS

_MOST_CODE_BYTES = 16
_REPLACES_VERIFIED = 0x01


def verify(session: Session, command: Command) -> bytes:
    """Errors: CommandFault 63Cx, also to the bare question even right after a right code (card.md 4.4), 6984.

    A code of wrong but possible length spends a try (card.md 4.3, assumed).
    """
    if command.p1:
        raise CommandFault(WRONG_PARAMETERS)
    number, code = session.code(session.named(command.p2))
    if not command.data:
        raise CommandFault(TRIES | code.left)
    if len(command.data) > _MOST_CODE_BYTES:
        raise CommandFault(WRONG_LENGTH)
    if code.left == 0:
        raise CommandFault(BLOCKED)
    right = command.data == code.code
    code.left = code.most if right else code.left - 1
    session.note(number, right=right)
    if not right:
        raise CommandFault(TRIES | code.left)
    return b""


def change(session: Session, command: Command) -> bytes:
    """``00 24 01 80``: a new code after the old one was verified in this selection (card.md 4.5)."""
    if command.p1 != _REPLACES_VERIFIED:
        raise CommandFault(WRONG_PARAMETERS)
    return replace_code(session, command)


def replace_code(session: Session, command: Command) -> bytes:
    """JICSAP's ``80 32 00 80``, and what ``change`` does. Errors: CommandFault 6982 unverified, 6700."""
    number, code = session.code(session.named(command.p2))
    if not session.is_open(number):
        raise CommandFault(CLOSED)
    if not 0 < len(command.data) <= _MOST_CODE_BYTES:
        raise CommandFault(WRONG_LENGTH)
    code.code = command.data
    return b""
