"""An application is handed in: number, receipt date, once and never twice; on both engines."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.backend.desk.store.tables import METADATA
from app.domain.rights import Right
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.desk import OpenApplication
from tests.edge.backend.desk.conftest import AUTHOR, CLAIM, FACTS, GENERAL, ROLES, Office, hand_in, tokyo
from tests.support.slices import KITA, MINAMI, acts, person


def refused(office: Office, **more) -> Refused:
    with pytest.raises(Refused) as caught:
        office.receive(**more)
    return caught.value


def test_the_first_application_of_a_business_year_has_number_one(office: Office) -> None:
    receipt = office.receive()
    assert (receipt.number, receipt.receipt_date, receipt.state, receipt.version) == (
        "2026-000001",
        date(2026, 11, 20),
        "received",
        1,
    )
    assert receipt.proof.startswith("c2sp.org/tlog-proof@v1")


def test_the_same_key_gives_the_same_receipt(office: Office) -> None:
    once = office.desk.reception.hand_in(office.call(AUTHOR, "key-a"), hand_in())
    office.slice.clock.move(days=3)
    assert office.desk.reception.hand_in(office.call(AUTHOR, "key-a"), hand_in()) == once
    assert office.receive("a2").number == "2026-000002"


def test_a_key_can_not_be_used_for_something_else(office: Office) -> None:
    office.desk.reception.hand_in(office.call(AUTHOR, "key-a"), hand_in())
    with pytest.raises(Conflict):
        office.desk.reception.hand_in(office.call(AUTHOR, "key-a"), hand_in("a2"))


def test_an_application_is_handed_in_for_the_first_time_only_once(office: Office) -> None:
    office.receive()
    with pytest.raises(Conflict) as conflict:
        office.receive()
    assert conflict.value.data == {"version": 1}


def test_the_receipt_date_is_the_day_it_reached_the_office_also_when_it_arrives_later(office: Office) -> None:
    office.slice.clock.move(days=5)
    assert office.receive(reached_at=tokyo(date(2026, 11, 20), 16)).receipt_date == date(2026, 11, 20)


def test_the_day_is_that_of_the_office_and_not_of_greenwich(office: Office) -> None:
    office.slice.clock.at = tokyo(date(2026, 11, 25), 12)
    assert office.receive(reached_at=tokyo(date(2026, 11, 25), 8)).receipt_date == date(2026, 11, 25)


def test_no_application_is_received_in_the_future(office: Office) -> None:
    assert refused(office, reached_at=office.slice.clock.at + timedelta(minutes=6)).reason == "receipt_in_future"
    office.slice.clock.at = tokyo(date(2026, 11, 20), 23) + timedelta(minutes=58)
    a_little_fast = office.slice.clock.at + timedelta(minutes=4)
    assert office.receive(reached_at=a_little_fast).receipt_date == date(2026, 11, 20)


def test_numbers_begin_anew_with_the_business_year(office: Office) -> None:
    office.slice.clock.at = tokyo(date(2027, 4, 1), 9)
    assert office.receive("a1", reached_at=tokyo(date(2027, 3, 31), 16)).number == "2026-000001"
    assert office.receive("a2", reached_at=tokyo(date(2027, 4, 1), 9)).number == "2027-000001"


def test_each_municipality_counts_for_itself_and_sees_only_its_own(office: Office) -> None:
    rights = (Right("application.receive"), Right("application.read"))
    elsewhere = person("001", *rights, municipality=MINAMI)
    office.receive("a1")
    with pytest.raises(NotAllowed):
        office.desk.review.open(office.call(elsewhere), OpenApplication(application_id="a1"))
    other = replace(elsewhere, name="別の人")
    assert office.receive("a1", actor=other).number == "2026-000001"
    view = office.desk.review.open(office.call(other), OpenApplication(application_id="a1"))
    assert view.steps[0].name == "別の人"


def test_eight_counters_at_once_leave_no_gap_in_the_numbers(office: Office) -> None:
    def receive(number: int) -> str:
        if number % 5 == 0:
            with pytest.raises(Conflict):
                office.desk.reception.hand_in(office.call(AUTHOR, f"clash-{number}"), hand_in("first"))
            return ""
        return office.receive(f"a{number}").number

    office.receive("first")
    with ThreadPoolExecutor(8) as pool:
        numbers = [number for number in pool.map(receive, range(40)) if number]
    assert sorted(numbers) == [f"2026-{number:06}" for number in range(2, 34)]


def test_the_same_key_at_the_same_time_is_one_application(office: Office) -> None:
    with ThreadPoolExecutor(8) as pool:
        again = [office.call(AUTHOR, "key-a") for _ in range(8)]
        receipts = list(pool.map(lambda one: office.desk.reception.hand_in(one, hand_in()), again))
    assert set(receipts) == {receipts[0]}
    assert [kind for kind, _ in acts(office.slice, KITA)] == ["evidence.kept", "application.handed_in"]


def test_checks_never_stop_a_reception(office: Office) -> None:
    assert office.receive(facts={}).state == "received"
    public_servant = FACTS | {"claimant_occupation": "public_servant", "claimant_paid_by_office": True}
    assert office.receive("a2", facts=public_servant).state == "received"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"no_such_field": "x"}, "unknown_field"),
        ({"claimant_income": 9_000_000}, "unknown_field"),
        ({"children": ({"claimant_name": "x"},)}, "unknown_field"),
        ({"claimant_number": "123456789018"}, "wrong_kind"),
        ({"claimant_birth": "昭和64年"}, "wrong_kind"),
        ({"previous_last_month": "2026-13"}, "wrong_kind"),
        ({"claimant_occupation": "pirate"}, "wrong_kind"),
        ({"spouse_exists": "はい"}, "wrong_kind"),
        ({"claimant_name": 5}, "wrong_kind"),
        ({"claimant_name": ({"child_name": "x"},)}, "wrong_kind"),
        ({"children": "x"}, "wrong_kind"),
    ],
)
def test_what_can_not_belong_to_the_procedure_is_refused(office: Office, facts: dict, reason: str) -> None:
    assert refused(office, facts=facts).reason == reason


def test_what_nobody_knows_yet_fits_everywhere(office: Office) -> None:
    empty = {"claimant_birth": "", "spouse_exists": None, "claimant_number": "", "children": ()}
    assert office.receive(facts=empty).state == "received"


def test_an_unknown_procedure_and_capacity_are_refused(office: Office) -> None:
    anybody = person("005", "application.receive")
    assert refused(office, actor=anybody, procedure="another").reason == "unknown_procedure"
    with pytest.raises(NotUnderstood):
        office.receive(roles=type(ROLES)(presenter=ROLES.presenter, capacity="ghost", applicant=ROLES.applicant))


def test_who_has_no_right_for_the_procedure_can_not_hand_it_in(office: Office) -> None:
    with pytest.raises(NotAllowed):
        office.receive(actor=GENERAL)


def test_what_is_refused_is_recorded_and_leaves_nothing_else(office: Office) -> None:
    refused(office, facts={"no_such_field": "x"})
    kind, detail = acts(office.slice, KITA)[-1]
    assert (kind, detail["about"], detail["reason"]) == ("application.hand_in_refused", "a1", "unknown_field")
    assert office.receive().number == "2026-000001"


def test_the_act_names_application_number_and_whom_it_concerns_by_number_but_nobody_by_name(office: Office) -> None:
    office.receive()
    _, (kind, detail) = acts(office.slice, KITA)
    assert kind == "application.handed_in"
    assert detail == {
        "about": "a1",
        "staff": "001",
        "procedure": CLAIM,
        "number": "2026-000001",
        "receipt_date": "2026-11-20",
        "version": 1,
        "consequence": "without_number",
        "not_counted": 0,
        "people": "100",
    }


def test_nothing_of_a_person_lies_in_clear_in_the_store(office: Office) -> None:
    office.receive()
    office.check(person("002", Right("application.check")), outcome="returned", reason="電話番号が読めない")

    def everything(connection) -> bytes:
        rows = (tuple(row) for table in METADATA.sorted_tables for row in connection.execute(select(table)))
        return b"\n".join(part if isinstance(part, bytes) else str(part).encode() for row in rows for part in row)

    content = office.slice.database.read(everything)
    assert b"2026-000001" in content
    for told in ("髙橋", "タカハシ", "1990-04-02", "0110000000", "中央一丁目", "電話番号が", "my_number_card"):
        assert told.encode() not in content
