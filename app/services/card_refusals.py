"""Which error a refused code is: what helps depends on whether it is printed on the card, and on whose card it is."""

from app.errors import CodeBlocked, LastPinTry, LastTry, LicenceBlocked, WrongCode, WrongPin
from app.services.card_values import Key

_PRINTED = frozenset({Key.FACE_A, Key.FACE_B, Key.ATTRIBUTES_A, Key.ATTRIBUTES_B})
_LICENCE = frozenset({Key.LICENCE_PIN_1, Key.LICENCE_PIN_2})


def wrong(key: Key, left: int) -> WrongCode:
    """The card has compared and says no; ``left`` tries remain."""
    return WrongCode(left, key) if key in _PRINTED else WrongPin(left, key)


def last_try(key: Key) -> LastTry:
    """One try is left, and nothing was sent."""
    return LastTry(key=key) if key in _PRINTED else LastPinTry(key=key)


def blocked(key: Key) -> CodeBlocked:
    """The card compares no more."""
    return LicenceBlocked(key=key) if key in _LICENCE else CodeBlocked(key=key)
