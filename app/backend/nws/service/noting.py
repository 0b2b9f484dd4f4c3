"""A letter that the core refuses is a record, under the institution it says it is from, or under none."""

from collections.abc import Container
from datetime import datetime

from app.backend.nws.ports import CoreBook
from app.domain.act import Act
from app.errors import AppError
from app.link.letters import municipality_of, refusal_of
from app.wire.letter import Letter

NATION = "000000"
"""In place of a municipality, for what is of all of them or of none."""


def note_refusal(book: CoreBook, at: datetime, what: tuple[Letter, AppError], known: Container[str]) -> None:
    """Keep what was refused and why. ``known``: institutions that have a log here."""
    said, place = refusal_of(*what), municipality_of(what[0])
    act = Act(
        "letter.refused",
        at,
        place if place in known else NATION,
        "slice:nws",
        "",
        "letter",
        what=tuple(sorted(said.items())),
    )
    book.write(lambda unit: unit.record([act]))
