"""法人番号: thirteen digits, the first of which checks."""

from app.errors import BadFormat

_LENGTH = 13


def corporate_check_digit(body: str) -> int:
    """The first digit of a 法人番号 for the twelve that follow it.

    9 minus (sum of digit × 1, 2, 1, 2 … from the lowest digit, modulo 9).
    Source: 法人番号の指定等に関する省令2条, published.
    """
    return 9 - sum(int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(body))) % 9


def demand_corporate_number(digits: str) -> str:
    """``digits`` if they are a 法人番号. Errors: BadFormat naming what does not hold."""
    if len(digits) != _LENGTH or not (digits.isascii() and digits.isdigit()):
        raise BadFormat(field="corporate_number")
    if corporate_check_digit(digits[1:]) != int(digits[0]):
        raise BadFormat(field="corporate_number_check_digit")
    return digits
