"""What opens a driving licence and a residence card, checked before a card is asked."""

import re

from app.domain.secret import Secret
from app.errors import BadFormat

_WIDTHS = {0xFF01 + i: 0x21 + i for i in range(94)}
_PIN_DIGITS = 4
_CARD_NUMBER = re.compile("[A-Z]{2}[0-9]{8}[A-Z]{2}")
_NONE_SET = b"****"


class LicencePin(Secret):
    """運転免許証の暗証番号 (first or second): 4 digits. Source: NPA specification V7-V10, published; card.md 8.1.

    Errors: BadFormat with field ``pin_length`` or ``pin_digits``.
    """

    __slots__ = ()

    def __init__(self, entry: str) -> None:
        digits = entry.translate(_WIDTHS)
        if len(digits) != _PIN_DIGITS:
            raise BadFormat(field="pin_length")
        if not (digits.isascii() and digits.isdigit()):
            raise BadFormat(field="pin_digits")
        super().__init__(digits.encode())

    @classmethod
    def none_set(cls) -> Secret:
        """What is presented where the holder set no PIN: four asterisks (card.md 8.1, published by several readers)."""
        return Secret(_NONE_SET)


class ResidenceCardNumber(Secret):
    """在留カード番号 / 特別永住者証明書番号: two letters, eight digits, two letters, printed on the face.

    Typed in any width and case. Source: MOJ specification V1.3 3.4.1 (12 bytes), published; the pattern of letters and
    digits is that of its example. Errors: BadFormat with field ``residence_number``.
    """

    __slots__ = ()

    def __init__(self, entry: str) -> None:
        plain = "".join(entry.translate(_WIDTHS).split()).upper()
        if not _CARD_NUMBER.fullmatch(plain):
            raise BadFormat(field="residence_number")
        super().__init__(plain.encode())
