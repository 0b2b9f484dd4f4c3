"""個人番号 and other numbers with check digits."""

from app.domain.secret import Secret
from app.errors import BadFormat

_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def my_number_check_digit(first_eleven: str) -> int:
    """The 12th digit of a 個人番号.

    11 minus (sum of digit × weight mod 11); 0 for remainders 0 and 1.
    Source: 番号法施行令8条, 平成26年総務省令第85号5条, published.
    """
    remainder = sum(int(digit) * weight for digit, weight in zip(first_eleven, _WEIGHTS, strict=True)) % 11
    return 0 if remainder <= 1 else 11 - remainder


def business_check_digit(serial: str) -> int | None:
    """The 15th digit of 宛名番号, 世帯番号 and 団体内統合宛名番号; None for a serial that may not be issued.

    Modulus 11, weights 2 to 7 from the lowest digit; remainder 1 has no digit.
    Source: 共通機能標準仕様書 2.1, published.
    """
    total = sum(int(digit) * (2 + at % 6) for at, digit in enumerate(reversed(serial)))
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
        if len(digits) != 12 or not (digits.isascii() and digits.isdigit()):  # noqa: PLR2004
            raise BadFormat(field="my_number")
        if my_number_check_digit(digits[:11]) != int(digits[11]):
            raise BadFormat(field="my_number_check_digit")
        super().__init__(digits.encode())
