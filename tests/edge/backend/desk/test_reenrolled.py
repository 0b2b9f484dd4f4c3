"""C-09, R-023: a terminal enrolled anew by proposal begins a new journal beside the old one; on both engines."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from app.backend.desk import store
from app.backend.desk.service import Neighbours, desk_service
from app.errors import NotAllowed, Refused
from tests.edge.backend.desk.conftest import KeptAnswers, Office, Registered
from tests.edge.backend.desk.test_journal import CLERK, TerminalLog, keep, terminal
from tests.support.documents import RULES
from tests.support.slices import KITA, MORNING, OpenSlice, SliceOpener, acts

__all__ = ["terminal"]


@dataclass
class Enrolled:
    """When the staff slice says that terminals were enrolled."""

    at: dict[str, datetime] = field(default_factory=dict)

    def enrolled_at(self, municipality: str, terminal: str) -> datetime | None:
        return self.at.get(f"{municipality}/{terminal}")


@pytest.fixture
def enrolled() -> Enrolled:
    return Enrolled({f"{KITA}/T-1": MORNING - timedelta(days=90)})


@pytest.fixture
def office(slice_opener: SliceOpener, enrolled: Enrolled) -> Office:
    opened: OpenSlice = slice_opener("desk", store)
    book = store.DeskStore(opened.database, opened.cells, opened.answers, opened.pen, opened.logbook)
    relay, register = KeptAnswers(), Registered()
    return Office(desk_service(book, {}, RULES, Neighbours(relay, register, enrolled)), opened, relay, register)


def anew(records: int = 1) -> TerminalLog:
    """The same terminal with a new keyring."""
    made = TerminalLog()
    for _ in range(records):
        made.write("session.opened")
    return made


def test_after_two_administrators_agreed_the_new_key_closes_the_old_journal_at_its_last_checkpoint(
    office: Office, terminal: TerminalLog, enrolled: Enrolled
) -> None:
    keep(office, terminal.sync())
    office.slice.clock.move(hours=1)
    enrolled.at[f"{KITA}/T-1"] = office.slice.clock.at
    office.slice.clock.move(minutes=1)
    assert keep(office, anew(3).sync()).size == 3
    closed = [(kind, detail) for kind, detail in acts(office.slice, KITA) if kind == "terminal.reenrolled"]
    assert [(detail["about"], detail["size"], detail["staff"]) for _, detail in closed] == [("T-1", 2, "slice:desk")]
    with pytest.raises(Refused, match="journal_other_key"):
        keep(office, terminal.sync())


def test_without_a_new_enrolment_no_other_key_is_taken(office: Office, terminal: TerminalLog) -> None:
    keep(office, terminal.sync())
    office.slice.clock.move(hours=1)
    with pytest.raises(Refused, match="journal_other_key"):
        keep(office, anew().sync())


def test_one_enrolment_lets_one_new_key_in(office: Office, terminal: TerminalLog, enrolled: Enrolled) -> None:
    keep(office, terminal.sync())
    office.slice.clock.move(hours=1)
    enrolled.at[f"{KITA}/T-1"] = office.slice.clock.at
    office.slice.clock.move(minutes=1)
    keep(office, anew().sync())
    office.slice.clock.move(minutes=1)
    with pytest.raises(Refused, match="journal_other_key"):
        keep(office, anew().sync())


def test_a_terminal_that_only_moved_to_another_window_goes_on_in_its_journal(
    office: Office, terminal: TerminalLog, enrolled: Enrolled
) -> None:
    keep(office, terminal.sync())
    office.slice.clock.move(hours=1)
    enrolled.at[f"{KITA}/T-1"] = office.slice.clock.at
    terminal.write("session.opened")
    assert keep(office, terminal.sync(2)).size == 3
    assert "terminal.reenrolled" not in [kind for kind, _ in acts(office.slice, KITA)]


def test_who_may_not_write_journals_closes_none(office: Office, terminal: TerminalLog, enrolled: Enrolled) -> None:
    keep(office, terminal.sync())
    enrolled.at[f"{KITA}/T-1"] = office.slice.clock.at + timedelta(hours=1)
    with pytest.raises(NotAllowed):
        office.desk.journals.keep(office.call(replace(CLERK, rights=())), anew().sync())
    assert "terminal.reenrolled" not in [kind for kind, _ in acts(office.slice, KITA)]
