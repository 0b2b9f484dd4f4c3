"""The same key gives the same answer: one after the other, at the same time, and never to somebody else."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from app.domain.call import Call
from app.domain.secret import Secret
from app.durable.answers import Answers
from app.durable.cells import Cells
from app.durable.engine import Database
from app.errors import Conflict, Refused
from app.wire.desk import CloseVisit, StepDone
from tests.edge.backend.durable.conftest import TABLES
from tests.support.slices import MINAMI, MORNING, MovedClock, call, person

ASKED = CloseVisit(visit_id="v1", closed_at=MORNING)
OTHER = CloseVisit(visit_id="v2", closed_at=MORNING)


@pytest.fixture
def answers(clock: MovedClock) -> Answers:
    return Answers(TABLES.answers, Cells(TABLES.keys, Secret(os.urandom(32)), clock))


class Counted:
    """Work that says how often it was done."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> StepDone:
        self.times += 1
        return StepDone(application_id="a1", state="checked", version=self.times)


def once(database: Database, answers: Answers, asked: CloseVisit, of: Call, work: Counted) -> StepDone:
    return database.write(lambda connection: answers.once(connection, of, asked, StepDone, work))


def test_the_work_is_done_once(database: Database, answers: Answers) -> None:
    work, who = Counted(), call(person("001"), key="k")
    assert once(database, answers, ASKED, who, work) == once(database, answers, ASKED, who, work)
    assert work.times == 1


def test_at_the_same_time_too(database: Database, answers: Answers) -> None:
    work, who, start = Counted(), call(person("001"), key="k"), Barrier(6)

    def one(_: int) -> StepDone:
        start.wait()
        return once(database, answers, ASKED, who, work)

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(one, range(6)))) == 1
    assert work.times == 1


def test_another_message_or_another_person_does_not_get_the_answer(database: Database, answers: Answers) -> None:
    work, who = Counted(), call(person("001"), key="k")
    once(database, answers, ASKED, who, work)
    with pytest.raises(Conflict):
        once(database, answers, OTHER, who, work)
    with pytest.raises(Conflict):
        once(database, answers, ASKED, call(person("002"), key="k"), work)


def test_each_municipality_has_its_own_keys(database: Database, answers: Answers) -> None:
    work, who = Counted(), call(person("001"), key="k")
    once(database, answers, ASKED, who, work)
    elsewhere = replace(who, actor=person("001", municipality=MINAMI))
    assert once(database, answers, ASKED, elsewhere, work).version == 2


def test_work_that_failed_is_done_when_it_comes_again(database: Database, answers: Answers) -> None:
    who = call(person("001"), key="k")

    def refuse() -> StepDone:
        raise Refused("no")

    with pytest.raises(Refused):
        database.write(lambda connection: answers.once(connection, who, ASKED, StepDone, refuse))
    assert once(database, answers, ASKED, who, Counted()).version == 1
