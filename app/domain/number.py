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


class MyNumber(Secret):
    """個人番号: 12 digits whose last one checks. Never formatted or logged; each showing is on purpose and recorded."""

    __slots__ = ()

    def __init__(self, digits: str) -> None:
        if len(digits) != 12 or not (digits.isascii() and digits.isdigit()):  # noqa: PLR2004
            raise BadFormat(field="my_number")
        if my_number_check_digit(digits[:11]) != int(digits[11]):
            raise BadFormat(field="my_number_check_digit")
        super().__init__(digits.encode())
