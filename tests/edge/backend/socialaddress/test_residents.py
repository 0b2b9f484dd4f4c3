"""S05-1, F-10: residents' changes come from residentbase in order, once, gaps are asked again; nothing else gets in."""

from dataclasses import replace
from datetime import date

import pytest

from app.errors import AppError, NotAllowed, Refused
from app.link.letters import Correspondent
from app.wire.resident_base import AskChanges, AskResidents, ResidentChanges, ResidentItems, ResidentRecord
from app.wire.social_address import FindParties
from tests.edge.backend.socialaddress.office import HEALTH, Office, change, number, one_engine, open_office, rights
from tests.support.slices import person


@pytest.mark.seed("S05-1")
def test_a_change_is_applied_and_found_by_name_reading_and_number(office: Office) -> None:
    """S05-1."""
    taken = office.told(change(1, "100", name="髙橋　花子", kana="タカハシ　ハナコ", sex="2"))
    assert (taken.up_to, taken.missing, taken.not_used) == (1, None, ())
    for asked in ({"name": "高橋"}, {"kana": "たかはし　はなこ"}, {"number": "100"}):
        (row,) = office.desk.parties.find(office.call(), FindParties(purpose=HEALTH, **asked)).rows
        assert (row.kind, row.name, row.address, row.business_number) == (
            "resident", "髙橋　花子", "見本市中央一丁目2番3号", "100",
        )  # fmt: skip
    assert office.kinds()[0] == "social.resident_taken"


def test_a_later_change_leaves_what_it_does_not_tell_and_the_history_keeps_what_was(office: Office) -> None:
    """S05-1."""
    office.told(change(1, "100"))
    office.told(change(2, "100", "move", address="見本市北区4番"), change(3, "100", "move_out", resident=False))
    row = office.party("100")
    assert (row.name, row.address, row.state, row.version) == ("住民　太郎", "見本市北区4番", "gone", 3)
    from app.wire.social_address import AskPartyHistory

    asked = AskPartyHistory(purpose=HEALTH, social_number=row.social_number)
    states = office.desk.parties.history(office.call(), asked).states
    assert [(one.cause, one.row.address, one.row.state) for one in states] == [
        ("move_out", "見本市北区4番", "gone"),
        ("move", "見本市北区4番", "active"),
        ("move_in", "見本市中央一丁目2番3号", "active"),
    ]
    assert {one.by for one in states} == {"slice:residentbase"}


@pytest.mark.twin("S05-1")
def test_the_same_message_again_changes_nothing_and_is_answered_the_same(office: Office) -> None:
    """S05-1."""
    sent = (change(1, "100"), change(2, "100", "move", address="見本市北区4番"))
    assert office.told(*sent) == office.told(*sent)
    assert office.party("100").version == 2
    assert office.kinds().count("social.resident_taken") == 2


def test_what_lies_behind_a_gap_waits_and_the_gap_is_asked_again_by_itself(office: Office) -> None:
    """S05-1."""
    line = [change(at, f"{100 + at}") for at in range(1, 6)]
    office.base.told[office.place] = line
    office.told(line[0])
    taken = office.told(line[3])
    assert (taken.up_to, taken.missing) == (1, (2, 3))
    with pytest.raises(ValueError, match="not enough"):
        office.party("104")
    office.carry()
    assert [office.party(f"{100 + at}").name for at in range(1, 6)] == ["住民　太郎"] * 5
    assert AskChanges(municipality=office.place, system="socialaddress", up_to=1) in office.base.asked
    assert office.told(line[3]).up_to == 5


def test_what_is_kept_no_more_comes_as_records(office: Office) -> None:
    """S05-1."""
    office.base.told[office.place] = [change(4, "104", register=40)]
    office.base.gone = 3
    office.base.records[office.place] = [
        ResidentRecord(subject=f"{100 + at}", register_sequence=30 + at, items=change(1, "x").after)
        for at in range(1, 4)
    ]
    office.told(change(5, "105"))
    office.carry()
    assert [office.party(f"{100 + at}").business_number for at in range(1, 5)] == ["101", "102", "103", "104"]
    assert office.told(change(4, "104", register=40), change(5, "105", register=50)).up_to == 5


def test_a_change_of_somebody_unknown_has_the_whole_record_asked_for(office: Office) -> None:
    """S05-1."""
    whole = replace_items(change(1, "x").after, address="見本市南区8番")
    office.base.records[office.place] = [ResidentRecord(subject="200", register_sequence=9, items=whole)]
    taken = office.told(change(1, "200", "move", register=7, address="見本市西区1番"))
    assert [(one.sequence, one.reason) for one in taken.not_used] == [(1, "no_record")]
    office.carry()
    assert office.party("200").address == "見本市南区8番"
    asked = AskResidents(municipality=office.place, system="socialaddress", subjects=("200",))
    assert asked in office.base.asked
    office.told(change(2, "200", "move", register=8, address="見本市西区2番"))
    assert office.party("200").address == "見本市南区8番", "the record was newer than this change"


@one_engine
def test_nobody_but_residentbase_of_the_same_municipality_may_tell(office: Office) -> None:
    """S05-1."""
    take = office.part.takings.residents.take
    sent = ResidentChanges(municipality=office.place, system="socialaddress", changes=(change(1, "100"),))

    def refused(post: Correspondent, sender: str, message: ResidentChanges = sent) -> AppError:
        (outcome,) = take([post.write(sender, "resident-changes/1", message)])
        assert isinstance(outcome, AppError)
        return outcome

    base = office.everybody.post("residentbase")
    other = office.everybody.post("taxaddress")
    assert isinstance(refused(other, f"taxaddress@{office.place}"), Refused)
    stranger = refused(base, "residentbase@990001")
    assert isinstance(stranger, Refused)
    assert stranger.reason == "other_municipality"
    for_other = ResidentChanges(municipality=office.place, system="library", changes=sent.changes)
    assert isinstance(refused(base, f"residentbase@{office.place}", for_other), NotAllowed)
    letter = base.write(f"residentbase@{office.place}", "resident-changes/1", sent)
    from msgspec.structs import replace as changed

    (outcome,) = take([changed(letter, body=letter.body.replace(b"100", b"101"))])
    assert isinstance(outcome, Refused)
    assert set(office.kinds()) == {"letter.refused"}


def test_a_number_told_with_a_resident_is_kept_nowhere_only_what_stands_for_it(office: Office) -> None:
    """S05-1, S05-3."""
    given = number(12345678901)
    office.told(change(1, "100", my_number=given))
    assert office.non_resident(name="別　名", my_number=given.text(), method="chip").alike == (
        office.party("100").social_number,
    )
    found = office.part.desk.parties._book.read(lambda unit: unit.parties.of_business(office.place, ["100"]))["100"]
    assert given.text() not in repr(found)
    assert found.number_token


@pytest.mark.fault
def test_after_a_kill_between_taking_and_applying_nothing_is_twice_and_nothing_lacks(office: Office) -> None:
    """S05-1: the mark of the line and what it stands for are one transaction; a new process goes on from there."""
    sent = ResidentChanges(
        municipality=office.place, system="socialaddress", changes=(change(1, "100"), change(2, "101"))
    )
    taking = office.part.takings.residents
    book = taking._book

    class Killed(Exception):
        pass

    def dies(unit):
        original = unit.marks.move

        def move(*words):
            original(*words)
            raise Killed

        unit.marks.move = move
        return unit

    class Dying:
        def write(self, work):
            return book.write(lambda unit: work(dies(unit)))

    from app.backend.socialaddress.service import ResidentTaking

    dying = ResidentTaking(Dying(), taking._post, taking._folder, office.clock)
    with pytest.raises(Killed):
        dying.take_changes(sent)
    again = open_office(office.opened, office.addressee_slice)
    begun = replace(again, place=office.place, everybody=office.everybody)
    assert begun.part.takings.residents.take_changes(sent).up_to == 2
    assert begun.part.takings.residents.take_changes(sent).up_to == 2
    assert [begun.party(one).version for one in ("100", "101")] == [1, 1]


def test_two_at_once_apply_the_same_change_once(office: Office) -> None:
    """S05-1."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: office.told(change(1, "100")), range(2)))
    assert [one.up_to for one in answers] == [1, 1]
    assert office.party("100").version == 1


@one_engine
def test_another_municipality_with_the_same_numbers_sees_nothing_of_it(office: Office) -> None:
    office.told(change(1, "100"))
    there = office.elsewhere()
    asked = FindParties(purpose=HEALTH, number="100")
    actor = person("x", *rights("search"), municipality=there.place)
    assert there.desk.parties.find(there.call(actor), asked).rows == ()


def replace_items(items: ResidentItems, **changed: object) -> ResidentItems:
    from msgspec.structs import replace as changed_struct

    return changed_struct(items, **changed)


@one_engine
def test_a_birth_date_that_is_not_known_is_told_as_written(office: Office) -> None:
    office.told(change(1, "100", birth=date(1940, 1, 1), birth_written="昭和15年月日不詳"))
    assert office.party("100").birth_written == "昭和15年月日不詳"
