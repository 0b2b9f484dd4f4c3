"""Whom a card is made for, and what is printed on it."""

from dataclasses import dataclass
from datetime import date

from app.domain.person import Sex

_ERAS = ((date(2019, 5, 1), 2018), (date(1989, 1, 8), 1988), (date(1926, 12, 25), 1925), (date(1912, 7, 30), 1911))
"""First day and year zero, the later era on the day of change (card.md 4.1 has no word on such days: assumed)."""

_PASSWORD = "TEST1234"  # noqa: S105 - everybody may know it


@dataclass(frozen=True, slots=True)
class Holder:
    """One holder. ``security_code``: 4 digits; ``my_number``: 12 digits; ``pin``: 4 digits; ``municipality``: 5 digits.

    ``password``: 6-16 capitals and digits; ``gregorian_code``: code B begins with the Gregorian year, as is assumed for
    foreign residents (card.md 4.1); ``substitutes``: characters as written that a certificate can't carry, each with
    the one that stands for it there (代替文字).
    """

    name: str
    address: str
    birth: date
    sex: Sex
    my_number: str
    expiry: date
    security_code: str
    pin: str = "1234"
    municipality: str = "99000"
    gregorian_code: bool = False
    password: str = _PASSWORD
    substitutes: tuple[tuple[str, str], ...] = ()

    @property
    def code_b(self) -> str:
        """照合番号B as it can be read off the face."""
        return f"{self.birth_key}{self.expiry.year:04d}{self.security_code}"

    @property
    def birth_key(self) -> str:
        """YYMMDD, YY in the Japanese era."""
        return f"{self._short_year():02d}{self.birth:%m%d}"

    @property
    def era(self) -> int:
        """The era of the registered birth date: 1 Meiji to 5 Reiwa, 0 where none is registered (card.md 6.2)."""
        if self.gregorian_code:
            return 0
        return next((5 - index for index, (first, _) in enumerate(_ERAS) if first <= self.birth), 1)

    @property
    def certified_name(self) -> str:
        """The name as certificates state it."""
        return self._certified(self.name)

    @property
    def certified_address(self) -> str:
        """The address as certificates state it."""
        return self._certified(self.address)

    def _certified(self, text: str) -> str:
        for character, substitute in self.substitutes:
            text = text.replace(character, substitute)
        return text

    def _short_year(self) -> int:
        if self.gregorian_code:
            return self.birth.year % 100
        return next((self.birth.year - zero for first, zero in _ERAS if first <= self.birth), self.birth.year - 1867)
