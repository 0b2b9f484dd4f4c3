"""Interviews as shipped, over the shipped procedures; read once, since nothing in them changes."""

from functools import cache

from app.client.interview import shipped_carrying, shipped_guidance_words, shipped_interview
from app.domain.carrying import Carrying
from app.domain.form import FormContent, Pressed
from app.domain.interview import Interview
from app.domain.procedure import Procedure
from app.domain.procedure_data import parse_procedure
from app.services.compose_form import Issuer
from app.services.hold_interview import HoldInterview
from app.services.known_facts import Relations
from app.services.ports.memory import Journal
from app.shipped import read_toml, resource
from tests.support.claims import HERE
from tests.support.documents import CAPACITIES

ISSUER = Issuer("見本市長", "見本市", "見本県", {HERE: "見本市"})


@cache
def procedures() -> dict[str, Procedure]:
    files = sorted(resource("procedures").glob("*.toml"))
    found = (parse_procedure(read_toml("procedures", file.name), file.name) for file in files)
    return {one.id: one for one in found}


@cache
def interview() -> Interview:
    return shipped_interview(procedures())


@cache
def carrying() -> Carrying:
    return shipped_carrying(procedures(), interview())


def relations() -> Relations:
    return Relations.parse(read_toml("tables", "relations.toml"))


class Words:
    """``PagePress`` whose pages are the words that stand on them."""

    def press(self, content: FormContent) -> bytes:
        return self.press_checked(content).pages[0]

    def press_checked(self, content: FormContent, dots_per_inch: float = 0) -> Pressed:
        lines = [content.title, content.number, content.lead]
        for section in content.sections:
            lines += [section.title, *(f"{row.label} {row.value}" for row in section.rows)]
        return Pressed(("\n".join((*lines, *content.instruction)).encode(),), ())


def held(journal: Journal) -> HoldInterview:
    """The use case, with papers that are words only."""
    return HoldInterview(
        journal, interview(), (relations(), CAPACITIES), (Words(), shipped_guidance_words(), ISSUER, "")
    )
