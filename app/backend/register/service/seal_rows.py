"""A registered seal as whoever works with it may see it, without the imprint, and the letter that asks about it."""

from datetime import date

from app.backend.register.ports import Resident
from app.backend.register.service.copies import Seal
from app.domain.era import wareki
from app.domain.seal_rules import SealRules
from app.wire.certificate import Page, PageBlock, PageRow
from app.wire.seal import SealRow

ASKED, ACTIVE, CANCELLED = "asked", "active", "cancelled"
_MAY = {ASKED: ("answer", "cancel"), ACTIVE: ("cancel",), CANCELLED: ()}
LETTER_FORM = "seal_letter"


def seal_row(rules: SealRules, seal: Seal) -> SealRow:
    """A line of the list."""
    title, _ = rules.reasons.get(seal.cancelled_why, (seal.cancelled_why, ""))
    return SealRow(
        seal_id=seal.seal_id,
        business_number=seal.business_number,
        state=seal.state,
        way=seal.way,
        text=seal.text,
        card=seal.card,
        registered_on=seal.registered_on,
        letter=seal.letter,
        letter_until=seal.letter_until,
        cancelled_on=seal.cancelled_on,
        cancelled_why=title,
        fee=seal.fee,
        may=_MAY[seal.state],
        version=seal.version,
    )


def letter_of(rules: SealRules, seal: Seal, person: Resident, day: date) -> Page:
    """照会書: it goes to the registered address and asks whether the person wants this seal."""
    until = "" if seal.letter_until is None else wareki(seal.letter_until)
    stated = (
        ("number", seal.letter), ("name", person.name), ("address", person.address), ("text", seal.text),
        ("until", until), ("answer", "　"),
    )  # fmt: skip
    rows = tuple(PageRow(item=name, label=rules.letter[name], value=value) for name, value in stated)
    return Page(
        form=LETTER_FORM,
        title=rules.letter["title"],
        number=seal.letter,
        day=day,
        statement=rules.letter["statement"],
        blocks=(PageBlock(title="", rows=rows),),
    )
