"""Where what a card states and what the register states differ, field by field and character by character."""

from dataclasses import dataclass

from app.domain.comparison import CharacterPair, Comparison, explain_addresses, explain_names
from app.domain.names import Agreement, NameFolder
from app.domain.person import BasicFour


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One field of both sides as written there, dates in ISO form, and how they agree.

    ``field`` is one of name, address, birth, sex; its label stands under ``[basic.<field>]``. ``characters``: where
    name or address differ, and why.
    """

    field: str
    card: str
    register: str
    agreement: Agreement
    characters: tuple[CharacterPair, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether a clerk has to look: identical characters, apart from spacing, need no look."""
        return self.agreement not in {Agreement.IDENTICAL, Agreement.SPACING}


def differences(card: BasicFour, register: BasicFour, folder: NameFolder) -> tuple[DifferenceRow, ...]:
    """All four fields in the order of the card, equal ones too."""
    birth = (card.birth.isoformat(), register.birth.isoformat())
    sex = (card.sex.value, register.sex.value)
    return (
        _row("name", (card.name, register.name), explain_names(card.name, register.name, folder)),
        _row("address", (card.address, register.address), explain_addresses(card.address, register.address, folder)),
        DifferenceRow("birth", *birth, _equal(*birth)),
        DifferenceRow("sex", *sex, _equal(*sex)),
    )


def _row(field: str, sides: tuple[str, str], found: Comparison) -> DifferenceRow:
    return DifferenceRow(field, *sides, found.agreement, found.characters)


def _equal(left: str, right: str) -> Agreement:
    return Agreement.IDENTICAL if left == right else Agreement.DIFFERENT
