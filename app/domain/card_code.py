"""What opens a My Number card: printed codes, PINs and the password, their form checked before a card is asked."""

from datetime import date

from app.domain.number import MyNumber, ReadNumber
from app.domain.secret import Secret
from app.errors import BadFormat

_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_FULL_WIDTH_LATIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SHORTEST_PASSWORD, _LONGEST_PASSWORD = 6, 16
_LEAP_YEAR = 2000
_FIRST_EXPIRY, _LAST_EXPIRY = 2016, 2099
"""Cards were first handed out in January 2016 (published); the upper end only catches slips of the finger (assumed)."""


def _digits(entry: str, length: int, field: str) -> str:
    digits = entry.translate(_FULL_WIDTH)
    if len(digits) != length:
        raise BadFormat(field=f"{field}_length")
    if not (digits.isascii() and digits.isdigit()):
        raise BadFormat(field=f"{field}_digits")
    return digits


class VerificationCodeB(Secret):
    """照合番号B: 14 digits, birth YYMMDD, year of expiry YYYY, 4 digits of security code (all printed on the face).

    YY is the year of the Japanese era; foreign residents' cards are thought to print the Gregorian year, so any YY is
    taken. Source: card.md 4.1: composition and era year published by readers, the foreign form assumed.
    Errors: BadFormat with field ``code_b_length``, ``code_b_digits``, ``code_b_birth`` or ``code_b_expiry``.
    """

    __slots__ = ()

    def __init__(self, entry: str) -> None:
        digits = _digits(entry, 14, "code_b")
        try:
            date(_LEAP_YEAR, int(digits[2:4]), int(digits[4:6]))
        except ValueError:
            raise BadFormat(field="code_b_birth") from None
        if not _FIRST_EXPIRY <= int(digits[6:10]) <= _LAST_EXPIRY:
            raise BadFormat(field="code_b_expiry")
        super().__init__(digits.encode())

    @property
    def expiry_year(self) -> int:
        """The Gregorian year of expiry; a card that accepts the code confirms it."""
        return int(self.text()[6:10])


class VerificationCodeA(Secret):
    """照合番号A: the 12 digits of the 個人番号 used as a key to the card. Source: card.md 4.1, published by readers.

    ``read``: which numbers are taken. Errors: BadFormat with field ``my_number`` or ``my_number_check_digit``.
    """

    __slots__ = ()

    def __init__(self, entry: str, read: ReadNumber = MyNumber) -> None:
        super().__init__(read(entry.translate(_FULL_WIDTH)).reveal())


class AttributePin(Secret):
    """券面事項入力補助用暗証番号: the holder's 4 digits for number and attributes. Source: card.md 4.1, published.

    Errors: BadFormat with field ``pin_length`` or ``pin_digits``.
    """

    __slots__ = ()

    def __init__(self, entry: str) -> None:
        super().__init__(_digits(entry, 4, "pin").encode())


class UserPin(Secret):
    """利用者証明用電子証明書の暗証番号: the holder's 4 digits for proving who holds the card (card.md 4.1, published).

    Errors: BadFormat with field ``pin_length`` or ``pin_digits``.
    """

    __slots__ = ()

    def __init__(self, entry: str) -> None:
        super().__init__(_digits(entry, 4, "pin").encode())


class SignPassword(Secret):
    """署名用電子証明書の暗証番号: 6 to 16 of A-Z and 0-9, at least one of each (card.md 4.1, published).

    Small letters and full width become what the card knows; ``folded`` says that this was done, so that the holder can
    be told. Nothing is cut off: a blank at an end is a character too many, not one to be forgiven.
    Errors: BadFormat with field ``sign_password_length``, ``sign_password_characters`` or ``sign_password_mix``.
    """

    __slots__ = ("folded",)

    def __init__(self, entry: str) -> None:
        plain = entry.translate(_FULL_WIDTH_LATIN).upper()
        if not _SHORTEST_PASSWORD <= len(plain) <= _LONGEST_PASSWORD:
            raise BadFormat(field="sign_password_length")
        if not (plain.isascii() and plain.isalnum()):
            raise BadFormat(field="sign_password_characters")
        if plain.isdigit() or plain.isalpha():
            raise BadFormat(field="sign_password_mix")
        self.folded = plain != entry
        super().__init__(plain.encode())
