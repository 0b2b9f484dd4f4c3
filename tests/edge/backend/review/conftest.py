"""A register and a desk whose acts a review reads, on both engines."""

from dataclasses import dataclass

import pytest

from app.backend.desk import store as desk_store
from app.backend.register import store as register_store
from app.backend.register.service import RegisterService
from app.backend.review import store
from app.backend.review.service import Extracts, ReviewService
from app.domain.access_rules import load_access_rules
from app.domain.disclosure import load_disclosure
from app.server.access_review import LocalActs
from tests.edge.backend.desk.conftest import CLAIM, office_on
from tests.edge.backend.desk.conftest import Office as DeskOffice
from tests.edge.backend.register.conftest import CITY, FOLDER
from tests.support.slices import MORNING, MovedClock, OpenSlice, SliceOpener
from tests.support.source import ROOT

RULES = ROOT / "resources" / "tables" / "disclosure.toml"


@dataclass(frozen=True)
class Ledgered:
    """A slice as the review's source is made of it."""

    opened: OpenSlice

    @property
    def database(self):
        return self.opened.database

    @property
    def book(self):
        return self.opened.logbook

    @property
    def signing(self):
        return self.opened.signing


@dataclass(frozen=True)
class Office:
    register: RegisterService
    desk: DeskOffice
    review: ReviewService
    extracts: Extracts
    own: OpenSlice
    clock: MovedClock


def open_office(slice_opener: SliceOpener, clock: MovedClock) -> Office:
    """A register, a desk and a review on slices that ``slice_opener`` opens."""
    of_register, of_desk = slice_opener("register", register_store), slice_opener("desk", desk_store)
    own = slice_opener("review", store)
    book = register_store.RegisterStore(of_register.database, of_register.cells, of_register.pen, of_register.index_key)
    register = RegisterService(book, FOLDER)
    register.load(CITY, MORNING, "load")
    desk = office_on(of_desk)
    kept = store.ReviewStore(own.database, own.cells, own.answers, own.pen)
    rules = load_access_rules(ROOT / "resources" / "tables" / "access_review.toml")
    sources = [LocalActs(Ledgered(of_register)), LocalActs(Ledgered(of_desk))]
    review = ReviewService(kept, sources, rules, lambda _: {"001": "窓口　明子"}, frozenset({CLAIM}))
    return Office(register, desk, review, Extracts(kept, review, load_disclosure(RULES), own.signing), own, clock)


@pytest.fixture
def office(slice_opener: SliceOpener, clock: MovedClock) -> Office:
    return open_office(slice_opener, clock)
