"""住民票コード: eleven digits that stand for one person in the resident network."""

from app.domain.secret import Secret
from app.errors import BadFormat

DIGITS = 11


class ResidentCode(Secret):
    """住民票コード: ten digits drawn by chance and one that checks them.

    The formula of the check digit stands in a notice of the minister (住基法施行規則1条) that was not found: a code is
    held to its eleven digits, and whether there is one is said by the network. Gap.
    """

    __slots__ = ()

    def __init__(self, digits: str) -> None:
        if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
            raise BadFormat(field="resident_code")
        super().__init__(digits.encode())
