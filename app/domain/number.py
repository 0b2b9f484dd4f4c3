"""個人番号 and other numbers with check digits."""

from collections.abc import Callable
from itertools import cycle
from operator import mul

from app.domain.secret import Secret
from app.errors import BadFormat

_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_BUSINESS_WEIGHTS = (2, 3, 4, 5, 6, 7)
_TRAINING_SHIFT = 5
_VALUES = bytes.maketrans(b"0123456789", bytes(range(10)))


def my_number_check_digit(first_eleven: str) -> int:
    """The 12th digit of a 個人番号.

    11 minus (sum of digit × weight mod 11); 0 for remainders 0 and 1.
    Source: 番号法施行令8条, 平成26年総務省令第85号5条, published.
    """
    if len(first_eleven) != len(_WEIGHTS):
        raise ValueError
    remainder = sum(map(mul, _digits(first_eleven), _WEIGHTS)) % 11
    return 0 if remainder <= 1 else 11 - remainder


def training_check_digit(first_eleven: str) -> int:
    """The 12th digit of a 個人番号 of training: five more than the right one, modulo 10, so that nobody can have it."""
    return (my_number_check_digit(first_eleven) + _TRAINING_SHIFT) % 10


def business_check_digit(serial: str) -> int | None:
    """The 15th digit of 宛名番号, 世帯番号 and 団体内統合宛名番号; None for a serial that may not be issued.

    Modulus 11, weights 2 to 7 from the lowest digit; remainder 1 has no digit.
    Source: 共通機能標準仕様書 2.1, published.
    """
    total = sum(map(mul, reversed(_digits(serial)), cycle(_BUSINESS_WEIGHTS)))
    remainder = total % 11
    if remainder == 1:
        return None
    return 0 if remainder == 0 else 11 - remainder


def business_number(serial: int) -> str | None:
    """The 15 digits of a 宛名番号 for a serial number; None if that serial must be skipped."""
    body = f"{serial:014}"
    digit = business_check_digit(body)
    return None if digit is None else f"{body}{digit}"


class MyNumber(Secret):
    """個人番号: 12 digits whose last one checks. Never formatted or logged; each showing is on purpose and recorded."""

    __slots__ = ()

    def __init__(self, digits: str) -> None:
        super().__init__(_checked(digits, my_number_check_digit))


class TrainingNumber(MyNumber):
    """A 個人番号 of training: its last digit is five more than the right one, so nobody can have it.

    Training takes these and no others; service takes none of them.
    """

    __slots__ = ()

    def __init__(self, digits: str) -> None:
        Secret.__init__(self, _checked(digits, training_check_digit))


ReadNumber = Callable[[str], MyNumber]
"""Makes a number of 12 digits, or raises BadFormat: ``MyNumber`` in service, ``TrainingNumber`` in training."""


def kept_number(digits: str) -> MyNumber:
    """A number of either kind, such as one that was taken in before, or stands on a card. Errors: BadFormat."""
    return TrainingNumber(digits) if is_training_number(digits) else MyNumber(digits)


def is_training_number(digits: str) -> bool:
    """Whether the 12 digits are a number of training."""
    return _is_twelve(digits) and training_check_digit(digits[:11]) == int(digits[11])


def number_reader(*, is_training: bool) -> ReadNumber:
    """What a program reads numbers with."""
    return TrainingNumber if is_training else MyNumber


def _digits(number: str) -> bytes:
    """The value of each digit. Errors: ValueError for anything else."""
    if not (number.isascii() and number.isdigit()):
        raise ValueError
    return number.encode().translate(_VALUES)


def _checked(digits: str, check: Callable[[str], int]) -> bytes:
    if not _is_twelve(digits):
        raise BadFormat(field="my_number")
    if check(digits[:11]) != int(digits[11]):
        raise BadFormat(field="my_number_check_digit")
    return digits.encode()


def _is_twelve(digits: str) -> bool:
    return len(digits) == 12 and digits.isascii() and digits.isdigit()  # noqa: PLR2004
