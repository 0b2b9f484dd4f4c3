"""手数料と日締め: receipt numbers without gaps, voids by two, a count that two sign, and no change afterwards."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest

from app.backend.desk.store.numbers import last_numbers, leave_out
from app.domain.fee_closing import FeeLine
from app.domain.rights import Actor
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire import desk_fees
from tests.edge.backend.book.conftest import CASHIER, COUNTER, SECOND, BookOffice
from tests.support.slices import KITA, MORNING, acts, person

_numbers = count(1)
ELSEWHERE = person("403", "fee.take", "fee.close", "fee.void", terminal="T-9")


@dataclass
class Window:
    """The office with words for what people do at a till."""

    office: BookOffice

    def take_fee(self, actor: Actor = CASHIER, kind: str = "card_reissue", **more) -> desk_fees.FeeDone:
        given = {"fee_id": f"f{next(_numbers)}", "count": 1}
        return self.office.room.fees.take(self.office.call(actor), desk_fees.TakeFee(kind=kind, **(given | more)))

    def till(self, actor: Actor = CASHIER, **more) -> desk_fees.Till:
        return self.office.room.till.till(self.office.call(actor), desk_fees.AskTill(**more))

    def close(self, counted: int, actor: Actor = CASHIER, **more) -> desk_fees.ClosingDone:
        given = {"total": self.till(actor).total}
        return self.office.room.till.close(
            self.office.call(actor), desk_fees.CloseTill(counted=counted, **(given | more))
        )

    def sign(self, actor: Actor = SECOND, **more) -> desk_fees.ClosingDone:
        last = self.till(actor).closings[0]
        asked = desk_fees.SignClosing(position=last.position, version=last.version, **more)
        return self.office.room.till.sign(self.office.call(actor), asked)


@pytest.fixture
def window(office: BookOffice) -> Window:
    return Window(office)


def reason_of(work) -> str:
    with pytest.raises(Refused) as caught:
        work()
    return caught.value.reason


def void(office: BookOffice, fee_id: str, who=CASHIER, reason: str = "金額を誤って受け取ったため", version: int = 1):
    asked = desk_fees.VoidFee(fee_id=fee_id, version=version, reason=reason)
    return office.room.fees.ask_void(office.call(who), asked)


def decide(office: BookOffice, fee_id: str, who=SECOND, version: int = 2, *, agreed: bool = True):
    asked = desk_fees.DecideVoid(fee_id=fee_id, version=version, agreed=agreed)
    return office.room.fees.decide_void(office.call(who), asked)


def correct(office: BookOffice, corrects: str, yen: int, who=SECOND, reason: str = "再交付ではなく交付だったため"):
    asked = desk_fees.CorrectEntry(fee_id=f"c-{corrects}", corrects=corrects, yen=yen, reason=reason)
    return office.room.fees.correct(office.call(who), asked)


def issued(minutes: int, yen: int, number: str = "20261120-C-1") -> FeeLine:
    return FeeLine("register", number, "residence_copy", yen, "", MORNING + timedelta(minutes=minutes))


def test_fees_have_numbers_without_gaps_whatever_window_takes_them(window: Window) -> None:
    assert [window.take_fee().number, window.take_fee(ELSEWHERE).number] == ["R2026-000001", "R2026-000002"]
    with pytest.raises(NotUnderstood):
        window.take_fee(kind="unheard_of")
    done = window.take_fee(kind="document_copy", count=12, about="2026-000007")
    assert (done.number, done.yen) == ("R2026-000003", 120)
    assert sorted(one.number for one in window.till().rows) == ["R2026-000001", "R2026-000003"]


def test_a_fee_is_waived_on_a_ground_that_there_is(window: Window) -> None:
    assert window.take_fee(exemption="welfare").yen == 0
    assert reason_of(lambda: window.take_fee(kind="register_viewing", exemption="welfare")) == "no_exemption"
    (row,) = window.till().rows
    assert (row.yen, row.exemption) == (0, "welfare")
    assert [(one.kind, one.count, one.free, one.yen) for one in window.till().sums] == [("card_reissue", 1, 1, 0)]


def test_the_same_key_takes_a_fee_once(window: Window) -> None:
    asked = desk_fees.TakeFee(fee_id="f", kind="card_reissue", count=1)
    once = window.office.room.fees.take(window.office.call(CASHIER, "k"), asked)
    assert window.office.room.fees.take(window.office.call(CASHIER, "k"), asked) == once
    with pytest.raises(Conflict):
        window.office.room.fees.take(window.office.call(CASHIER), asked)


def test_a_void_has_a_reason_and_a_second_person(window: Window) -> None:
    fee = window.take_fee(SECOND).fee_id
    assert reason_of(lambda: void(window.office, fee, SECOND, "誤り")) == "reason_missing"
    void(window.office, fee, SECOND)
    assert reason_of(lambda: decide(window.office, fee, SECOND)) == "second_person"
    with pytest.raises(NotAllowed):
        decide(window.office, fee, CASHIER)
    decide(window.office, fee, person("404", "fee.void", terminal="T-4"))
    (row,) = window.till().rows
    assert (row.state, row.void_name, window.till().total) == ("void", "職員404", 0)
    assert reason_of(lambda: void(window.office, fee, version=3)) == "fee_void"


def test_a_void_that_is_not_agreed_to_leaves_the_fee(window: Window) -> None:
    fee = window.take_fee().fee_id
    void(window.office, fee)
    decide(window.office, fee, agreed=False)
    assert (window.till().rows[0].state, window.till().total) == ("taken", 800)
    with pytest.raises(Conflict):
        void(window.office, fee)


def test_another_window_s_fee_is_not_there(window: Window) -> None:
    fee = window.take_fee().fee_id
    with pytest.raises(NotAllowed):
        void(window.office, fee, ELSEWHERE)
    assert window.till(ELSEWHERE).rows == ()
    with pytest.raises(NotAllowed):
        window.till(COUNTER)


def test_a_closing_counts_certificates_too_and_is_signed_by_two(window: Window) -> None:
    window.take_fee()
    window.office.register.lines["T-4"] = [issued(-5, 350), issued(-4, 0), issued(-3, 350)]
    assert [(one.kind, one.count, one.yen) for one in window.till().sums] == [
        ("card_reissue", 1, 800),
        ("residence_copy", 3, 700),
    ]
    assert reason_of(lambda: window.close(1400)) == "reason_missing"
    done = window.close(1400, reason="つり銭を百円多く渡した可能性")
    assert not done.closed
    (row,) = window.till().closings
    assert (row.total, row.counted, row.signed_name, row.second_name, row.may) == (
        1500,
        1400,
        CASHIER.name,
        "",
        ("take_back",),
    )
    assert reason_of(lambda: window.sign(CASHIER)) == "second_person"
    assert window.sign().closed
    assert (window.till().total, window.till().rows) == (0, ())
    assert window.till().closings[0].second_name == SECOND.name
    kept = [kind for kind, _ in acts(window.office.slice, KITA) if kind.startswith("till.c")]
    assert kept == ["till.counted_refused", "till.counted", "till.closed_refused", "till.closed"]


def test_after_a_closing_nothing_changes_but_by_a_correcting_entry(window: Window) -> None:
    fee = window.take_fee().fee_id
    assert reason_of(lambda: correct(window.office, fee, -300)) == "till_open"
    window.office.slice.clock.move(minutes=5)
    window.close(800)
    assert reason_of(lambda: void(window.office, fee)) == "till_counted"
    window.sign()
    window.office.slice.clock.move(hours=1)
    assert reason_of(lambda: void(window.office, fee)) == "till_closed"
    (row,) = window.till(SECOND, position=0).rows
    assert row.may == ("correct",)
    with pytest.raises(NotAllowed):
        correct(window.office, fee, -300, CASHIER)
    assert reason_of(lambda: correct(window.office, fee, -300, reason="誤")) == "reason_missing"
    correct(window.office, fee, -300)
    (entry,) = window.till().rows
    assert (entry.yen, entry.corrects, entry.about) == (-300, fee, "R2026-000001")
    assert window.till().total == -300
    assert window.till(position=0).total == 800


def test_what_comes_while_it_is_counted_is_in_the_next_closing_and_nothing_twice(window: Window) -> None:
    early = window.take_fee()
    window.office.register.lines["T-4"] = [issued(-5, 350)]
    window.close(1150)
    late = window.take_fee()
    assert reason_of(lambda: void(window.office, early.fee_id)) == "till_counted"
    window.office.register.lines["T-4"].append(issued(-1, 350, "20261120-C-2"))
    with pytest.raises(Conflict):
        window.close(0)
    window.sign()
    till = window.till()
    assert ([one.number for one in till.rows], till.total) == ([late.number, "20261120-C-2"], 1150)
    window.office.slice.clock.move(minutes=1)
    window.close(1150)
    window.sign()
    assert window.till().rows == ()


def test_a_count_is_taken_back_by_who_counted_and_by_nobody_else(window: Window) -> None:
    window.take_fee()
    window.close(800)
    assert reason_of(lambda: window.sign(SECOND, take_back=True)) == "not_author"
    window.sign(CASHIER, take_back=True)
    assert window.till().closings == ()
    window.close(800)
    assert window.sign().closed
    with pytest.raises(Conflict):
        window.sign()


def test_nothing_is_closed_while_a_void_is_undecided_or_the_screen_is_old(window: Window) -> None:
    fee = window.take_fee().fee_id
    with pytest.raises(Conflict):
        window.close(500, total=500)
    void(window.office, fee)
    assert reason_of(lambda: window.close(800)) == "void_waits"


def test_where_the_register_is_elsewhere_the_till_says_so_and_is_not_closed(window: Window) -> None:
    def elsewhere(call, since, through):
        raise Refused("register_elsewhere")

    window.take_fee()
    window.office.register.taken = elsewhere
    assert not window.till().register
    assert reason_of(lambda: window.close(800)) == "register_elsewhere"


def test_a_receipt_number_that_was_told_since_a_backup_is_given_to_nobody_else(window: Window) -> None:
    database = window.office.slice.database
    window.take_fee()
    told = database.read(last_numbers)
    window.take_fee()
    since = database.read(last_numbers)
    assert {key: since[key] - told[key] for key in told} == {("fee_serial", "011002", 2026): 1}
    database.write(lambda connection: leave_out(connection, dict.fromkeys(told, 7)))
    assert window.take_fee().number == "R2026-000008"
    database.write(lambda connection: leave_out(connection, None))
    assert window.take_fee().number == "R2026-010009"
