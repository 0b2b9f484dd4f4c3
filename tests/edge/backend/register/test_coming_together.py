"""R-084, S08-2: who announced together does not always come together; and what was stopped meanwhile stays stopped."""

from collections.abc import Iterator
from datetime import date

import pytest

from app.wire.message import encode
from app.wire.register import RestraintMark, SearchByFour
from app.wire.register_change import AskAnnouncements, CorrectEntry, KeepAnnouncement, OpenAnnouncement, PersonItems
from tests.edge.backend.register.changing import (
    ANNOUNCER,
    BOSS,
    CLERK,
    NORTH,
    TODAY,
    Here,
    Office,
    call,
    days,
    filing,
    fresh_id,
    newcomer,
    settled,
)
from tests.edge.backend.register.conftest import number
from tests.support.slices import OpenSlice

NEW_HOME = "北市北区北二条西4番5号"
PARENT, CHILD = number(77777777777), number(77777777785)
CODES = {"親元　親": "12345678901", "親元　子": "12345678902"}
BORN = {"親元　親": date(1990, 1, 1), "親元　子": date(2018, 4, 1)}


@pytest.fixture
def office(slice_: OpenSlice) -> Iterator[Office]:
    yield from settled(slice_)


def announced(office: Office) -> str:
    name = fresh_id("a")
    given = zip(CODES.items(), (PARENT, CHILD), strict=True)
    persons = tuple(
        PersonItems(name=who, kana="オヤモト", birth=BORN[who], sex="1", my_number=digits.text(), resident_code=code)
        for (who, code), digits in given
    )
    told = KeepAnnouncement(announcement_id=name, persons=persons, moved_from="南市本町1番", planned_on=TODAY)
    office.changes.announcements.keep(call(ANNOUNCER, office.now), told)
    return name


def comes(name: str, who: str, announcement: str, **items):
    """Somebody who comes alone and is the head of a new household."""
    part = newcomer(who, "世帯主", **({"kana": "オヤモト", "birth": BORN[name]} | items))
    return filing(
        "special_move_in", part, announcement_id=announcement, address=NEW_HOME, ward=NORTH, household="new",
        moved_from="南市本町1番",
    )  # fmt: skip


def found(office: Office, who: str):
    (hit,) = office.register.search(call(CLERK), SearchByFour(name=who)).hits
    return hit.business_number


def number_of(office: Office, business_number: str) -> str:
    read = office.slice.database.read
    known = read(lambda connection: office._book._unit(connection).number(Here.code, business_number))
    assert known is not None
    return known.text()


def waiting(office: Office):
    return office.changes.announcements.waiting(call(CLERK, office.now), AskAnnouncements()).rows


def test_the_child_who_comes_alone_gets_its_own_number_and_the_parent_is_waited_for(office: Office) -> None:
    name = announced(office)
    row = office.enter(CLERK, comes("親元　子", "親元　子", name))
    assert not [one for one in row.findings if one.check == "not_announced"]
    office.approve(BOSS, row)
    child = found(office, "親元　子")
    assert (number_of(office, child), office.kept(child).resident_code) == (CHILD.text(), CODES["親元　子"])
    assert [one.names for one in waiting(office)] == [("親元　親",)]
    shown = office.changes.announcements.open(call(CLERK, office.now), OpenAnnouncement(announcement_id=name))
    assert PARENT.text().encode() not in encode(shown)
    office.approve(BOSS, office.enter(CLERK, comes("親元　親", "親元　親", name)))
    assert number_of(office, found(office, "親元　親")) == PARENT.text()
    assert waiting(office) == ()


def test_a_stranger_gets_no_number_out_of_an_announcement(office: Office) -> None:
    name = announced(office)
    stranger = comes("親元　子", "余所　人", name, birth=date(1970, 5, 5))
    row = office.enter(CLERK, stranger)
    assert "not_announced" in {one.check for one in row.findings if one.level == "confirm"}
    seen = tuple(one.check for one in row.findings)
    office.approve(BOSS, row, confirmed=seen)
    kept = office.kept(found(office, "余所　人"))
    assert (kept.my_number, kept.resident_code) == (None, "")
    assert [one.names for one in waiting(office)] == [("親元　親", "親元　子")]


def test_a_correction_that_leaves_the_first_newcomer_out_gives_nobody_their_number(office: Office) -> None:
    first = newcomer("訂正　一", "世帯主", birth=date(1980, 1, 1), my_number=PARENT.text())
    second = newcomer("訂正　二", "子", birth=date(2010, 1, 1), my_number=CHILD.text())
    third = newcomer("訂正　三", "世帯主", birth=date(1981, 1, 1))
    given = {"address": NEW_HOME, "ward": NORTH, "household": "new", "moved_from": "南市", "certificate": True}
    row = office.enter(CLERK, filing("move_in", first, second, **given))
    left = [newcomer("訂正　二", "子", birth=date(2010, 1, 1)), third]
    asked = CorrectEntry(entry_id=row.entry_id, version=row.version, filing=filing("move_in", *left, **given))
    row = office.changes.entries.correct(call(CLERK, office.now), asked)
    office.approve(BOSS, row, confirmed=tuple(one.check for one in row.findings))
    assert number_of(office, found(office, "訂正　二")) == CHILD.text()
    assert office.kept(found(office, "訂正　三")).my_number is None


def test_a_change_that_was_stopped_while_it_waited_is_not_approved(office: Office) -> None:
    given = {"address": NEW_HOME, "ward": NORTH, "event_day": TODAY - days(3), "filed_day": TODAY}
    row = office.enter(CLERK, filing("change_of_address", "210", **given))
    office.protect("210", acts=(RestraintMark(act="edit", level="error"),))
    (done,) = office.approve(BOSS, row, confirmed=(*tuple(one.check for one in row.findings), "protected"))
    assert done.outcome == "restrained"
    assert office.kept("210").address != NEW_HOME
