"""全国地方公共団体コード: the municipality that is part of every key."""

from dataclasses import dataclass

from app.errors import BadFormat


def municipality_check_digit(first_five: str) -> int:
    """The sixth digit: last digit of 11 - (sum of digit × 6,5,4,3,2 mod 11). Source: 総務省 code list, published."""
    total = sum(int(digit) * weight for digit, weight in zip(first_five, (6, 5, 4, 3, 2), strict=True))
    return (11 - total % 11) % 10


@dataclass(frozen=True, slots=True)
class MunicipalityCode:
    """Six digits, the last one checks."""

    digits: str

    def __post_init__(self) -> None:
        if len(self.digits) != 6 or not (self.digits.isascii() and self.digits.isdigit()):  # noqa: PLR2004
            raise BadFormat(field="municipality")
        if municipality_check_digit(self.digits[:5]) != int(self.digits[5]):
            raise BadFormat(field="municipality_check_digit")

    def __str__(self) -> str:
        return self.digits
