"""Finding a person: one, several, nobody; a number finds one person or none (C-21, M-6)."""

from datetime import date

import pytest

from app.domain.number import MyNumber
from app.domain.person import BasicFour, Sex
from app.errors import RegisterNeedsOffice
from app.services.find_person import Nobody, Opened, Several
from tests.unit.services.conftest import RESTRAINED, Desk, hit, record

FOUR = BasicFour("見本　花子", "見本市中央区本町１丁目２番３号", date(1994, 5, 1), Sex.FEMALE)
NUMBER = "123456789018"


def test_one_hit_is_opened_and_differences_are_shown_field_by_field(counter: Desk) -> None:
    counter.register.records = [record(hit(address="見本市北区1-1"))]
    session = counter.sign_in()
    visit = counter.visit(session)
    found = counter.find.by_card(counter.press(), session, visit, FOUR)
    assert isinstance(found, Opened)
    assert found.differs
    assert [(row.field, row.differs) for row in found.rows] == [
        ("name", False),
        ("address", True),
        ("birth", False),
        ("sex", False),
    ]
    assert counter.kinds[-2:] == ["register.searched", "record.opened"]
    assert "見本" not in repr(counter.journal.acts)


def test_several_hits_come_with_their_restraint_marks_and_none_is_opened(counter: Desk) -> None:
    counter.register.records = [record(hit("1")), record(hit("2", restraints=RESTRAINED))]
    session = counter.sign_in()
    found = counter.find.by_card(counter.press(), session, counter.visit(session), FOUR)
    assert isinstance(found, Several)
    assert [bool(one.restraints) for one in found.hits] == [False, True]
    assert "record.opened" not in counter.kinds


def test_a_single_restrained_person_is_listed_and_not_opened(counter: Desk) -> None:
    counter.register.records = [record(hit(restraints=RESTRAINED))]
    session = counter.sign_in()
    found = counter.find.by_card(counter.press(), session, counter.visit(session), FOUR)
    assert isinstance(found, Several)
    assert "record.opened" not in counter.kinds


def test_nobody_leads_to_the_path_of_non_residents(counter: Desk) -> None:
    session = counter.sign_in()
    assert counter.find.by_card(counter.press(), session, counter.visit(session), FOUR) == Nobody()


def test_a_search_without_a_line_is_kept_as_refused(counter: Desk) -> None:
    session = counter.sign_in()
    visit = counter.visit(session)
    counter.line.is_down = True
    with pytest.raises(RegisterNeedsOffice):
        counter.find.by_card(counter.press(), session, visit, FOUR)
    assert counter.kinds[-1] == "register.searched.refused"
    assert counter.journal.acts[-1].detail()["code"] == "alone.register"


def test_a_confirmed_number_finds_one_person(counter: Desk) -> None:
    counter.register.records = [record(hit("1")), record(hit("2"))]
    counter.register.numbers = {NUMBER: "2"}
    session = counter.sign_in()
    found = counter.find.by_number(counter.press(), session, counter.visit(session), MyNumber(NUMBER))
    assert isinstance(found, Opened)
    assert found.record.hit.business_number == "2"
    assert NUMBER not in repr(counter.journal.acts)
