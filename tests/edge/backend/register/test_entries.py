"""S08-1, S08-2, S08-3, B2-1, B2-2, B2-3: entries are provisional until another person approves them."""

from collections.abc import Iterator
from datetime import date

import pytest

from app.backend.register import store
from app.backend.register.ports import Residence
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.message import encode
from app.wire.register import OpenRecord, SearchByFour
from app.wire.register_change import (
    ApproveAll,
    AskEntries,
    AskHistory,
    AskHousehold,
    CorrectEntry,
    OpenEntry,
    PersonItems,
    PersonPart,
    RefuseEntry,
    WithdrawEntry,
)
from tests.edge.backend.register.changing import (
    BOSS,
    CLERK,
    HOME,
    NORTH,
    OTHER,
    RULES,
    SOUTH,
    TODAY,
    WINDOW,
    Office,
    acts,
    call,
    days,
    filing,
    newcomer,
    settled,
    told,
    turn,
)
from tests.edge.backend.register.conftest import number
from tests.support.slices import MovedClock, OpenSlice, open_slice, person
from tests.support.stores import postgres_addresses

NEW_HOME = "北市北区北二条西4番5号"


@pytest.fixture(scope="module")
def slice_(request: pytest.FixtureRequest) -> Iterator[OpenSlice]:
    """The engine of service alone: what life brings is tried on both."""
    address = postgres_addresses(request.getfixturevalue("shared_database"), "entries_")("store")
    opened = open_slice("register", store, address, MovedClock())
    yield opened
    opened.database.close()


@pytest.fixture
def office(slice_: OpenSlice) -> Iterator[Office]:
    yield from settled(slice_)


def move(*persons: str, **more):
    given = {"address": NEW_HOME, "ward": NORTH, "event_day": TODAY - days(3), "filed_day": TODAY}
    return filing("change_of_address", *(persons or ("200", "201", "202")), **(given | more))


def test_a_move_shows_nowhere_until_another_person_approves(office: Office) -> None:
    before = encode(office.record("200"))
    row = office.enter(CLERK, move())
    assert (row.state, row.may, row.people[0]) == ("waiting", ("correct", "withdraw"), "高橋　一郎")
    assert encode(office.record("200")) == before
    hits = office.register.search(call(CLERK), SearchByFour(name="高橋　一郎")).hits
    assert [hit.address for hit in hits] == [HOME]
    assert told(office) == []
    (refused,) = office.approve(BOSS, row) if row.findings else [None]
    assert refused is None
    (done,) = office.approve(BOSS, row)
    assert (done.outcome, done.state, bool(done.proof)) == ("approved", "approved", True)
    assert office.record("200").hit.address == NEW_HOME
    hits = office.register.search(call(CLERK), SearchByFour(name="高橋　一郎")).hits
    assert [hit.address for hit in hits] == [NEW_HOME]
    assert [one[2] for one in told(office)] == ["200", "201", "202"]
    assert office.kept("200").residences == (
        Residence(HOME, date(2015, 4, 1), TODAY - days(4), NORTH),
        Residence(NEW_HOME, TODAY - days(3), None, NORTH),
    )


def test_who_entered_it_does_not_approve_it_whatever_the_rights(office: Office) -> None:
    both = person("b01", "register.enter", "register.decide")
    row = office.enter(both, move())
    assert office.approve(both, row)[0].outcome == "same_person"
    with pytest.raises(Refused, match="same_person"):
        office.changes.approvals.refuse(call(both), RefuseEntry(entry_id=row.entry_id, version=1, reason="理由"))
    assert office.approve(BOSS, row)[0].outcome == "approved"


def test_nor_does_anybody_approve_a_matter_of_their_own(office: Office) -> None:
    from app.wire.register import KeepStaffPerson

    office.register.keep_staff_person(
        call(person("x", "staff.change")), KeepStaffPerson(staff_id="d01", business_number="201")
    )
    row = office.enter(CLERK, move())
    assert office.approve(BOSS, row)[0].outcome == "own_matter"


def test_nobody_else_learns_of_what_waits(office: Office) -> None:
    row = office.enter(CLERK, move())
    mine = office.changes.entries.entries(call(CLERK), AskEntries()).rows
    assert [one.entry_id for one in mine] == [row.entry_id]
    assert office.changes.entries.entries(call(OTHER), AskEntries()).rows == ()
    told = set()
    for entry_id in (row.entry_id, "nothing"):
        with pytest.raises(NotAllowed) as refused:
            office.changes.entries.open(call(OTHER), OpenEntry(entry_id=entry_id))
        told.add(str(refused.value))
    with pytest.raises(NotAllowed):
        office.changes.entries.entries(call(WINDOW), AskEntries())
    assert len(told) == 1
    assert [one.entry_id for one in office.changes.entries.entries(call(BOSS), AskEntries()).rows] == [row.entry_id]


def test_a_person_who_is_being_changed_is_left_to_who_changes_them(office: Office) -> None:
    row = office.enter(CLERK, move())
    with pytest.raises(Refused, match="entry_waiting"):
        office.enter(OTHER, move("200"))
    office.enter(OTHER, move("210"))
    office.changes.entries.withdraw(call(CLERK), WithdrawEntry(entry_id=row.entry_id, version=row.version))
    office.enter(OTHER, move("200", "201", "202"))


def test_the_confirmation_sheet_shows_what_would_change_and_no_number(office: Office) -> None:
    row = office.enter(CLERK, filing("move_in", newcomer(my_number=number(55555555555).text()), address=NEW_HOME,
                                     ward=NORTH, household="new", moved_from="南市", certificate=True))  # fmt: skip
    view = office.changes.entries.open(call(BOSS), OpenEntry(entry_id=row.entry_id))
    (change,) = view.changes
    shown = {one.item: (one.before, one.after, one.masked) for one in change.items}
    assert (change.business_number, shown["address"]) == ("", ("", NEW_HOME, False))
    assert shown["my_number"] == ("", "", True)
    assert number(55555555555).text().encode() not in encode(view)
    assert b'"my_number":null' in encode(view)


def test_a_move_in_gets_its_numbers_when_it_is_approved(office: Office) -> None:
    """S08-1: the newcomer is found only then; a later one gets other numbers."""
    one = filing("move_in", newcomer(), address=NEW_HOME, household="new", moved_from="南市", certificate=True)
    row = office.enter(CLERK, one)
    assert office.register.search(call(CLERK), SearchByFour(name="新井　新")).hits == ()
    office.approve(BOSS, row)
    office.through(filing("move_in", newcomer("井上　井"), address=NEW_HOME, household="new", moved_from="南市",
                          certificate=True))  # fmt: skip
    first, second = (
        office.register.search(call(CLERK), SearchByFour(name=name)).hits[0] for name in ("新井　新", "井上　井")
    )
    assert first.business_number != second.business_number
    assert first.household_number != second.household_number
    assert len(first.business_number) == 15
    record = office.record(first.business_number)
    assert (record.moved_from, record.moved_in_on) == ("南市", TODAY)


def test_a_known_number_must_go_on_under_the_same_record(office: Office) -> None:
    """R-023: re-entry keeps the 宛名番号; with the record named nothing stands in the way."""
    gone = filing("move_out", "210", event_day=TODAY - days(1), filed_day=TODAY, moved_to="南市")
    office.through(gone)
    again = {"address": HOME, "household": "new", "moved_from": "南市", "certificate": True}
    row = office.enter(CLERK, filing("move_in", newcomer("森　正", birth=date(1950, 1, 1)), **again))
    assert [one.check for one in row.findings] == ["same_person_removed"]
    anew = newcomer("高橋　別", my_number=number(20000000001).text())
    assert "number_known" in [one.check for one in office.enter(CLERK, filing("move_in", anew, **again)).findings]
    part = PersonPart(business_number="210", relation="世帯主")
    office.through(filing("move_in", part, **again))
    assert (office.kept("210").is_resident, office.kept("210").address) == (True, HOME)


def test_one_some_or_all_are_approved_but_never_more_than_the_cap(office: Office) -> None:
    arrivals = [
        filing(
            "move_in", newcomer(f"列　{n}号"), address=NEW_HOME, household="new", moved_from="南市", certificate=True
        )
        for n in range(RULES.bulk_cap + 2)
    ]
    rows = [office.enter(CLERK, one) for one in arrivals]
    with pytest.raises(Refused, match="too_many"):
        office.approve(BOSS, *rows[: RULES.bulk_cap + 1])
    assert [one.outcome for one in office.approve(BOSS, rows[0], rows[1])] == ["approved", "approved"]
    alert = office.enter(CLERK, filing("change_of_address", "210", address=HOME, ward=NORTH))
    done = office.changes.approvals.approve_all(call(BOSS), ApproveAll())
    assert sum(one.outcome == "approved" for one in done.rows) == RULES.bulk_cap
    left = office.changes.approvals.approve_all(call(BOSS), ApproveAll())
    assert [(one.outcome, one.findings) for one in left.rows] == [("needs_single", ("same_address",))]
    assert office.approve(BOSS, alert)[0].outcome == "finding_not_confirmed"
    assert office.approve(BOSS, alert, confirmed=("same_address",))[0].outcome == "approved"


def test_only_one_person_or_one_branch_can_be_picked(office: Office) -> None:
    first, second = office.enter(CLERK, move()), office.enter(OTHER, move("210"))
    done = office.changes.approvals.approve_all(call(BOSS), ApproveAll(person="210"))
    assert [one.entry_id for one in done.rows] == [second.entry_id]
    assert office.changes.approvals.approve_all(call(BOSS), ApproveAll(office="別の区")).rows == ()
    waiting = office.changes.entries.entries(call(BOSS), AskEntries()).rows
    assert [one.entry_id for one in waiting] == [first.entry_id]


def test_the_same_key_gives_the_same_answer_and_one_change(office: Office) -> None:
    from app.wire.register_change import ApproveEntries, EntryRef

    row = office.enter(CLERK, move())
    asked = ApproveEntries(entries=(EntryRef(entry_id=row.entry_id, version=1),))
    once = call(BOSS, key="same")
    assert office.changes.approvals.approve(once, asked) == office.changes.approvals.approve(once, asked)
    assert len(told(office)) == 3
    assert office.approve(BOSS, row)[0].outcome == "not_waiting"


def test_what_is_wrong_stops_the_approval_and_not_the_entry(office: Office) -> None:
    row = office.enter(CLERK, move(event_day=TODAY + days(2)))
    assert {one.check for one in row.findings if one.level == "error"} == {"day_in_future", "filed_before_event"}
    done = office.approve(BOSS, row, confirmed=("day_in_future", "filed_before_event"))[0]
    assert (done.outcome, set(done.findings)) == ("blocked", {"day_in_future", "filed_before_event"})
    fixed = office.changes.entries.correct(
        call(CLERK), CorrectEntry(entry_id=row.entry_id, version=row.version, filing=move())
    )
    assert office.approve(BOSS, row)[0].outcome == "changed"
    assert office.approve(BOSS, fixed)[0].outcome == "approved"


def test_a_refused_entry_changes_nothing_and_says_why(office: Office) -> None:
    row = office.enter(CLERK, move())
    with pytest.raises(Refused, match="reason_missing"):
        office.changes.approvals.refuse(call(BOSS), RefuseEntry(entry_id=row.entry_id, version=1, reason=" "))
    done = office.changes.approvals.refuse(
        call(BOSS), RefuseEntry(entry_id=row.entry_id, version=1, reason="届出人が違う")
    )
    assert (done.state, done.reason, office.record("200").hit.address) == ("refused", "届出人が違う", HOME)
    assert office.approve(BOSS, done)[0].outcome == "not_waiting"
    decided = office.changes.entries.entries(call(CLERK), AskEntries(decided=True)).rows
    assert [one.state for one in decided] == ["refused"]


def test_only_who_entered_it_corrects_or_takes_it_back(office: Office) -> None:
    row = office.enter(CLERK, move())
    for act in (
        lambda: office.changes.entries.withdraw(call(OTHER), WithdrawEntry(entry_id=row.entry_id, version=1)),
        lambda: office.changes.entries.correct(
            call(OTHER), CorrectEntry(entry_id=row.entry_id, version=1, filing=move("210"))
        ),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(Conflict):
        office.changes.entries.withdraw(call(CLERK), WithdrawEntry(entry_id=row.entry_id, version=7))


def test_a_correction_keeps_the_number_that_was_entered(office: Office) -> None:
    arrival = {"address": NEW_HOME, "household": "new", "moved_from": "南市", "certificate": True}
    given = newcomer(my_number=number(44444444444).text())
    row = office.enter(CLERK, filing("move_in", given, **arrival))
    fixed = filing("move_in", newcomer("新井　真"), **arrival)
    row = office.changes.entries.correct(call(CLERK), CorrectEntry(entry_id=row.entry_id, version=1, filing=fixed))
    office.approve(BOSS, row)
    hit = office.register.search(call(CLERK), SearchByFour(name="新井　真")).hits[0]
    assert hit.number_linked


def test_the_history_says_what_was_since_when_why_and_who(office: Office) -> None:
    office.through(move())
    history = office.changes.histories.history(call(BOSS), AskHistory(business_number="200", on=TODAY - days(4)))
    (line,) = history.lines
    assert (line.title, line.reason, line.event_day, line.entered_by, line.decided_by) == (
        "転居", "moved", TODAY - days(3), "e01", "d01",
    )  # fmt: skip
    assert [(one.item, one.before, one.after) for one in line.items] == [("address", HOME, NEW_HOME)]
    assert {one.item: one.value for one in history.then}["address"] == HOME
    later = office.changes.histories.history(call(BOSS), AskHistory(business_number="200", on=TODAY))
    assert {one.item: one.value for one in later.then}["address"] == NEW_HOME
    with pytest.raises(NotAllowed):
        office.changes.histories.history(call(WINDOW), AskHistory(business_number="200"))


def test_a_ward_change_keeps_the_person_s_number_and_changes_the_household_s(office: Office) -> None:
    """区間異動: one filing; the old ward keeps a removed record (除票)."""
    there = {"address": "北市南区南一条1番", "ward": SOUTH, "household": "new"}
    wrong = office.enter(CLERK, filing("ward_change", "200", "201", "202", **(there | {"ward": NORTH})))
    assert "same_ward" in [one.check for one in wrong.findings]
    office.changes.entries.withdraw(call(CLERK), WithdrawEntry(entry_id=wrong.entry_id, version=1))
    office.through(filing("ward_change", "200", "201", "202", **there))
    moved = office.kept("200")
    assert (moved.ward, moved.is_resident) == (SOUTH, True)
    assert moved.household_number not in {"H20", "new", ""}
    assert office.numbers_of(moved.household_number) == ["200", "201", "202"]
    (removed,) = office.changes.histories.history(call(BOSS), AskHistory(business_number="200")).removed
    assert (removed.ward, removed.why) == (NORTH, "ward_change")
    assert {one.item: one.value for one in removed.items}["address"] == HOME
    old = office.changes.histories.household(call(BOSS), AskHousehold(household_number="H20"))
    assert (old.members, [one.business_number for one in old.lines[0].before]) == ((), ["200", "201", "202"])


def test_a_move_within_a_ward_is_no_ward_change(office: Office) -> None:
    row = office.enter(CLERK, move(ward=SOUTH))
    assert "other_ward" in [one.check for one in row.findings if one.level == "error"]


def test_a_planned_leaving_is_done_on_its_day_by_itself(office: Office) -> None:
    """S08-3: until the day everything stays; a death in between is not done over."""
    day = TODAY + days(10)
    office.through(filing("move_out", "210", event_day=day, filed_day=TODAY, moved_to="南市本町"))
    office.through(filing("move_out", "200", event_day=day, filed_day=TODAY, moved_to="南市本町"))
    assert (office.kept("210").is_resident, office.record("210").planned_move_out_on) == (True, day)
    office.through(filing("death", "200", event_day=TODAY))
    assert turn(office) is False
    office.slice.clock.move(days=10)
    assert turn(office) is True
    gone = office.kept("210")
    assert (gone.is_resident, gone.more.removed_why, gone.more.moved_to) == (False, "move_out", "南市本町")
    assert office.kept("200").more.removed_why == "death"
    assert acts(office)[-1][0] == "entry.fell_due"
    assert turn(office) is False


def test_a_planned_leaving_can_be_called_off(office: Office) -> None:
    office.through(filing("move_out", "210", event_day=TODAY + days(5), filed_day=TODAY, moved_to="南市"))
    office.through(filing("move_out_cancelled", "210"))
    office.slice.clock.move(days=6)
    assert turn(office) is False
    assert office.kept("210").is_resident


def test_only_who_may_enter_enters_and_a_filing_of_no_shape_is_none(office: Office) -> None:
    with pytest.raises(NotAllowed):
        office.enter(WINDOW, move())
    with pytest.raises(NotAllowed):
        office.enter(CLERK, move("999"))
    for wrong in (move(reason="curiosity"), move("200", "200"), move(household="elsewhere")):
        with pytest.raises(NotUnderstood):
            office.enter(CLERK, wrong)
    assert acts(office)[-1][0] == "entry.propose_refused"


def test_the_store_tells_nothing_of_what_waits(office: Office) -> None:
    from sqlalchemy import select

    from app.backend.register.store.tables import METADATA

    office.enter(CLERK, move())
    office.protect("230", offender="佐藤　強")
    office.through(filing("death", "210", event_day=TODAY))

    def everything(connection) -> bytes:
        rows = (tuple(row) for table in METADATA.sorted_tables for row in connection.execute(select(table)))
        return b"\n".join(
            part if isinstance(part, bytes) else str(part).encode() for row in rows for part in row if part is not None
        )

    content = office.slice.database.read(everything)
    for word in ("高橋", "北二条", "death", "change_of_address", "佐藤", "2026-11-17", "protective"):
        assert word.encode() not in content


def test_legal_reading_and_search_reading_are_two_items(office: Office) -> None:
    """振り仮名 comes from the family register, never from the counter; フリガナ is the office's."""
    typed = PersonPart(business_number="210", items=PersonItems(legal_kana="モリ　タダシ"))
    row = office.enter(CLERK, filing("former_name", typed))
    assert "legal_kana_typed" in [one.check for one in row.findings if one.level == "error"]
    office.changes.entries.withdraw(call(CLERK), WithdrawEntry(entry_id=row.entry_id, version=1))
    office.through(filing("legal_kana", typed))
    kept = office.kept("210")
    assert (kept.more.legal_kana, kept.kana) == ("モリ　タダシ", "テスト")
    foreign = PersonPart(business_number="220", items=PersonItems(legal_kana="スミス"))
    assert "legal_kana_foreign" in [one.check for one in office.enter(CLERK, filing("legal_kana", foreign)).findings]


def test_a_former_name_comes_with_its_reading_and_an_old_name_is_still_found(office: Office) -> None:
    half = PersonPart(business_number="201", items=PersonItems(former_name="林"))
    row = office.enter(CLERK, filing("former_name", half))
    assert "former_name_pair" in [one.check for one in row.findings]
    office.changes.entries.withdraw(call(CLERK), WithdrawEntry(entry_id=row.entry_id, version=1))
    both = PersonItems(former_name="林", former_name_kana="ハヤシ", name="森　花子", kana="モリ　ハナコ")
    office.through(filing("marriage", PersonPart(business_number="201", items=both)))
    for name in ("林", "森　花子", "高橋　花子"):
        found = office.register.search(call(CLERK), SearchByFour(name=name)).hits
        assert "201" in [hit.business_number for hit in found], name
    assert office.register.open(call(CLERK), OpenRecord(business_number="201")).hit.name == "森　花子"


def test_an_unknown_birth_date_is_kept_as_it_is_written(office: Office) -> None:
    items = PersonItems(birth=date(1940, 1, 1), birth_written="昭和15年月日不詳")
    office.through(filing("correction", PersonPart(business_number="210", items=items)))
    assert office.kept("210").more.birth_written == "昭和15年月日不詳"
    known = PersonItems(birth=date(1940, 5, 1))
    office.through(filing("correction", PersonPart(business_number="210", items=known)))
    assert (office.kept("210").more.birth_written, office.kept("210").birth) == ("", date(1940, 5, 1))
