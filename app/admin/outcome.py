"""Which exit code an error is: 1 the thing checked does not hold, 2 wrong use, 3 a part is missing."""

from app.errors import (
    AppError,
    BadFormat,
    CardBusy,
    CardSilent,
    KeyringLocked,
    KeyringMissing,
    NoCard,
    NoReader,
    PartMissing,
    ServiceDown,
    Unreachable,
    WhichReader,
    WrongKey,
)

DONE, FAILED, WRONG_USE, PART_MISSING = 0, 1, 2, 3

_WRONG_USE = (BadFormat, WhichReader)
_MISSING = (
    CardBusy,
    CardSilent,
    KeyringLocked,
    KeyringMissing,
    NoCard,
    NoReader,
    PartMissing,
    ServiceDown,
    Unreachable,
    WrongKey,
)


def exit_code(error: AppError) -> int:
    """The exit code for an error that ended a command."""
    if isinstance(error, _WRONG_USE):
        return WRONG_USE
    return PART_MISSING if isinstance(error, _MISSING) else FAILED
