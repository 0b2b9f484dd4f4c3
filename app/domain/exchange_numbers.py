"""Numbers of the exchange: 団体内統合宛名番号, 処理通番 and 符号."""

from datetime import datetime
from operator import mul

from app.domain.clock import Random, business_date
from app.domain.number import business_check_digit
from app.domain.secret import Secret
from app.errors import BadFormat

_SERIAL_DIGITS = 14
_WEIGHTS = tuple(2 + (_SERIAL_DIGITS - 1 - place) % 6 for place in range(_SERIAL_DIGITS))
"""Of the digits from the left, as in ``business_check_digit``: a city's file has a million numbers."""
_ZERO = ord("0")
_OF_ZEROS = _ZERO * sum(_WEIGHTS)
CODE_SIZE = 18
"""Key version (2 bytes) and 128 bits. Source: decided in peers-exchange.md section 7."""


def addressee_number(serial: int) -> str | None:
    """団体内統合宛名番号 for a serial: 15 digits, the last one checks; None for serials that have no digit."""
    digits = f"{serial:0{_SERIAL_DIGITS}}"
    check = business_check_digit(digits)
    return None if check is None else f"{digits}{check}"


def is_addressee_number(written: str) -> bool:
    """Whether ``written`` can be a 団体内統合宛名番号: 15 digits, the last one right."""
    if len(written) != _SERIAL_DIGITS + 1 or not (written.isascii() and written.isdigit()):
        return False
    raw = written.encode()
    total: int = sum(map(mul, raw, _WEIGHTS))
    remainder = (total - _OF_ZEROS) % 11
    return remainder != 1 and raw[_SERIAL_DIGITS] - _ZERO == (11 - remainder) % 11


def new_process_number(municipality: str, random: Random, now: datetime) -> str:
    """処理通番 of one exchange: municipality, business date, 12 random digits. The official format is not public."""
    return f"{municipality}{business_date(now):%Y%m%d}{random.token(6).hex()}"


class LinkCode(Secret):
    """符号 (情報提供用個人識別符号): one person at one body. Never shown, never a search key for people."""

    __slots__ = ()

    def __init__(self, value: bytes) -> None:
        if len(value) != CODE_SIZE:
            raise BadFormat(field="link_code")
        super().__init__(value)

    @property
    def key_version(self) -> int:
        """Of the core's key that it was made with."""
        return int.from_bytes(self.reveal()[:2], "big")
