"""Visits begin and end, drafts are kept for take-over, a visit is read as one timeline; on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.errors import Conflict, NotAllowed
from app.wire.desk import AskTimeline, CloseVisit, DraftCopy, OpenVisit
from tests.edge.backend.desk.conftest import AUTHOR, CHECKER, Office
from tests.support.slices import KITA, MINAMI, MORNING, acts, person

CLERK = person("001", "visit.open", "draft.keep", "application.receive")
SUPERVISOR = person("007", "visit.read")
VISIT = OpenVisit(visit_id="v1", ticket="A12", opened_at=MORNING)


def draft(sealed: bytes, minutes: int = 0) -> DraftCopy:
    saved_at = MORNING + timedelta(minutes=minutes)
    return DraftCopy(draft_id="d1", visit_id="v1", sealed=sealed, saved_at=saved_at)


def kept(office: Office) -> bytes:
    found = office.desk.visits._book.read(lambda unit: unit.draft(KITA, "d1"))
    return b"" if found is None else found.sealed


def test_a_visit_begins_once_and_ends(office: Office) -> None:
    office.desk.visits.open(office.call(CLERK, "key-v"), VISIT)
    office.desk.visits.open(office.call(CLERK, "key-v"), VISIT)
    with pytest.raises(Conflict):
        office.desk.visits.open(office.call(CLERK), VISIT)
    office.desk.visits.close(office.call(CLERK), CloseVisit(visit_id="v1", closed_at=MORNING))
    assert [kind for kind, _ in acts(office.slice, KITA)] == ["visit.opened", "visit.open_refused", "visit.closed"]


def test_a_visit_that_there_is_not_can_not_end(office: Office) -> None:
    office.desk.visits.open(office.call(CLERK), VISIT)
    with pytest.raises(NotAllowed):
        office.desk.visits.close(
            office.call(replace(CLERK, municipality=MINAMI)), CloseVisit(visit_id="v1", closed_at=MORNING)
        )


def test_the_newest_copy_of_a_draft_is_kept(office: Office) -> None:
    office.desk.visits.keep_draft(office.call(CLERK), draft(b"one", 1))
    office.desk.visits.keep_draft(office.call(CLERK), draft(b"two", 2))
    office.desk.visits.keep_draft(office.call(CLERK), draft(b"late arrival", 0))
    assert kept(office) == b"two"


def test_nobody_overwrites_the_draft_of_another(office: Office) -> None:
    office.desk.visits.keep_draft(office.call(CLERK), draft(b"one"))
    with pytest.raises(NotAllowed):
        office.desk.visits.keep_draft(office.call(replace(CLERK, staff_id="002")), draft(b"other", 5))
    assert kept(office) == b"one"


def test_the_copy_of_a_draft_goes_when_it_is_handed_in(office: Office) -> None:
    office.desk.visits.keep_draft(office.call(CLERK), draft(b"one"))
    office.receive("d1")
    assert kept(office) == b""


def test_a_supervisor_reads_a_visit_as_one_timeline(office: Office) -> None:
    office.desk.visits.open(office.call(CLERK), VISIT)
    office.slice.clock.move(minutes=3)
    office.receive()
    office.slice.clock.move(minutes=3)
    office.check(CHECKER)
    timeline = office.desk.visits.timeline(office.call(SUPERVISOR), AskTimeline(visit_id="v1"))
    assert [(entry.act, entry.staff_id, entry.name, entry.source) for entry in timeline.entries] == [
        ("visit.opened", "001", "職員001", "desk"),
        ("evidence.kept", "001", "職員001", "desk"),
        ("application.handed_in", "001", "職員001", "desk"),
        ("application.checked", "002", "職員002", "desk"),
    ]
    assert timeline.entries[2].what["number"] == "2026-000001"
    again = office.desk.visits.timeline(office.call(SUPERVISOR), AskTimeline(visit_id="v1"))
    assert again.entries[-1].act == "visit.read"


def test_who_is_no_supervisor_and_who_is_elsewhere_reads_no_timeline(office: Office) -> None:
    office.desk.visits.open(office.call(CLERK), VISIT)
    for somebody in (AUTHOR, replace(SUPERVISOR, municipality=MINAMI)):
        with pytest.raises(NotAllowed):
            office.desk.visits.timeline(office.call(somebody), AskTimeline(visit_id="v1"))
    assert acts(office.slice, KITA)[-1][0] == "visit.read_refused"
