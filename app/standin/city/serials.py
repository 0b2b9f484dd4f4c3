"""Numbers of a large city's people: every portion has a range of its own, so that portions need not know each other."""

from app.domain.number import business_number, training_check_digit

_RANGE = 2048
"""Serials of one portion: a thousand residents, who was removed, and those without a check digit (one of eleven)."""
_PREFIX = "9998"


class Serials:
    """Hands out the numbers of portion ``index``."""

    def __init__(self, index: int) -> None:
        self._person = self._household = index * _RANGE
        self._end = (index + 1) * _RANGE

    def person(self) -> tuple[int, str]:
        """A serial and its 宛名番号."""
        while True:
            self._person += 1
            made = business_number(self._person)
            if made is not None:
                return self._within(self._person), made

    def household(self) -> str:
        """A 世帯番号."""
        while True:
            self._household += 1
            made = business_number(self._household)
            if made is not None:
                self._within(self._household)
                return made

    def _within(self, serial: int) -> int:
        if serial >= self._end:
            raise OverflowError
        return serial


def my_number(serial: int) -> str:
    """A 個人番号 that nobody can have: its last digit is the one that training numbers carry."""
    body = f"{_PREFIX}{serial:07}"
    return f"{body}{training_check_digit(body)}"


def resident_code(serial: int) -> str:
    """A 住民票コード, plainly invented."""
    return f"98{serial:09}"
