"""Leave to take a 個人番号: who, for which procedure, in which visit at which terminal; on both engines."""

from dataclasses import replace

import pytest

from app.backend.desk.service.leave import Leave
from app.domain.identity import Regime
from app.domain.rights import Right
from app.errors import NotAllowed
from app.wire.desk import CloseVisit, OpenVisit
from app.wire.leave import AskNumberLeave
from app.wire.message import Nothing
from tests.edge.backend.desk.conftest import CLAIM, PROCEDURE, Office
from tests.support.slices import KITA, MINAMI, MORNING, acts, person

CLERK = person("001", "visit.open", Right("number.confirm", CLAIM))
ASKED = AskNumberLeave(visit_id="v1", procedure=CLAIM)


@pytest.fixture
def visited(office: Office) -> Office:
    office.desk.visits.open(office.call(CLERK), OpenVisit(visit_id="v1", ticket="A12", opened_at=MORNING))
    return office


def refused(office: Office, actor: object = CLERK, asked: AskNumberLeave = ASKED) -> str:
    with pytest.raises(NotAllowed):
        office.desk.leave.give(office.call(actor), asked)
    return acts(office.slice, actor.municipality)[-1][0]


def test_leave_is_given_for_a_visit_that_is_open_here_and_every_time_it_is_kept(visited: Office) -> None:
    for _ in range(2):
        assert visited.desk.leave.give(visited.call(CLERK), ASKED) == Nothing()
    kept = [what for kind, what in acts(visited.slice, KITA) if kind == "number.leave"]
    assert kept == [{"procedure": CLAIM, "about": "", "staff": "001"}] * 2


def test_a_procedure_without_numbers_gets_none(visited: Office) -> None:
    book, certificate = visited.desk.visits._book, replace(PROCEDURE.identity, regime=Regime.CERTIFICATE)
    leave = Leave(book, {CLAIM: replace(PROCEDURE, identity=certificate)})
    with pytest.raises(NotAllowed):
        leave.give(visited.call(CLERK), ASKED)
    assert refused(visited, asked=AskNumberLeave(visit_id="v1", procedure="not_there")) == "number.leave_refused"


def test_without_the_right_to_that_procedure_there_is_none(visited: Office) -> None:
    assert refused(visited, replace(CLERK, rights=(Right("number.confirm", "another"),))) == "number.leave_refused"


def test_a_visit_at_another_terminal_in_another_city_over_or_unknown_gets_none(visited: Office) -> None:
    assert refused(visited, replace(CLERK, terminal="T-002")) == "number.leave_refused"
    assert refused(visited, replace(CLERK, municipality=MINAMI)) == "number.leave_refused"
    assert refused(visited, asked=AskNumberLeave(visit_id="v2", procedure=CLAIM)) == "number.leave_refused"
    visited.desk.visits.close(visited.call(CLERK), CloseVisit(visit_id="v1", closed_at=MORNING))
    assert refused(visited) == "number.leave_refused"
