"""口座: the form of bank, branch and account numbers, and of the holder's name as transfers write it."""

import re
from dataclasses import dataclass
from enum import StrEnum

import jaconv

from app.domain.kana import to_katakana
from app.errors import BadFormat

_BANK, _BRANCH, _NUMBER = re.compile("[0-9]{4}"), re.compile("[0-9]{3}"), re.compile("[0-9]{1,7}")
_DIGITS = 7
_HOLDER = re.compile("[0-9A-Z \uff66\uff71-\uff9d\uff9e\uff9f().,/\uff62\uff63¥-]{1,30}")
"""What a name in a transfer is made of. Source: 全銀協 record layout of 総合振込 (受取人名, 30 characters), known."""
_SMALL = {0xFF67 + at: 0xFF71 + at for at in range(5)} | {0xFF6C + at: 0xFF94 + at for at in range(3)}
_SMALL |= {0xFF6F: 0xFF82, 0xFF70: ord("-")}
_LAST_SHOWN = 2


class AccountKind(StrEnum):
    """預金種目 as transfers code it. Source: 全銀協 record layout, known."""

    ORDINARY = "1"
    CURRENT = "2"
    SAVINGS = "4"


@dataclass(frozen=True, slots=True)
class BankAccount:
    """A place to pay to. ``bank``: 4 digits; ``branch``: 3; ``number``: 7, filled up with zeros in front."""

    bank: str
    branch: str
    kind: AccountKind
    number: str
    holder: str

    def masked(self) -> str:
        """The number as it is shown to who may not see it: its last two digits."""
        return "*" * (_DIGITS - _LAST_SHOWN) + self.number[-_LAST_SHOWN:]


def bank_account(bank: str, branch: str, kind: str, number: str, holder: str) -> BankAccount:
    """An account in the one form. Errors: BadFormat naming the field; whether the bank exists is not known here."""
    for field, pattern, value in (("bank", _BANK, bank), ("branch", _BRANCH, branch), ("number", _NUMBER, number)):
        if not pattern.fullmatch(value):
            raise BadFormat(field=field)
    if kind not in set(AccountKind):
        raise BadFormat(field="account_kind")
    return BankAccount(bank, branch, AccountKind(kind), number.zfill(_DIGITS), holder_name(holder))


def holder_name(text: str) -> str:
    """A name in kana as transfers write it: half width, small kana as large ones, a long mark as a hyphen.

    Errors: BadFormat for a name that is not in kana, or longer than 30 characters.
    """
    half = jaconv.z2h(to_katakana(text.replace("\u3000", " ")), kana=True, ascii=True, digit=True).upper()
    name = " ".join(half.translate(_SMALL).split())
    if not _HOLDER.fullmatch(name):
        raise BadFormat(field="account_holder")
    return name
