"""Copies of the register (S08-5, B2-4, B2-5): what stands on them, who may have them, each with a number of its own."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.certificate import AskCopies, AskKinds, CorrectFee, IssueCopies
from app.wire.message import encode
from app.wire.register_change import PersonPart
from tests.edge.backend.register.changing import CLERK, HOME, TODAY, acts, call, filing, settled
from tests.edge.backend.register.conftest import number
from tests.edge.backend.register.issuing import (
    CODE,
    COLLEAGUE,
    ELSEWHERE,
    ISSUER,
    LICENCE,
    QUESTIONED,
    WITHOUT_NUMBERS,
    Window,
    asks,
    back_in,
    in_one_place,
    said,
    values,
    window_on,
)
from tests.support.slices import OpenSlice, person

NUMBER = number(30000000001).text()
ELSEWHERE_IN_TOWN = {"event_day": TODAY, "household": "new", "address": "北市北区北二条西1番"}
FORMER = "北市北区北九条西9番9号（平成24年4月1日から平成30年6月30日まで）"


@pytest.fixture
def window(slice_: OpenSlice) -> Iterator[Window]:
    for _ in settled(slice_):
        yield window_on(slice_)


@pytest.fixture(scope="module")
def shared(slice_: OpenSlice) -> Iterator[tuple[Window, str]]:
    yield from in_one_place(slice_)


@pytest.fixture
def calm(shared: tuple[Window, str]) -> Iterator[Window]:
    """For tests that change no record."""
    yield from back_in(shared)


# what stands on a page


@pytest.mark.seed("S08-5", "B2-5")
def test_a_copy_shows_what_was_asked_for_and_says_what_was_left_out(calm: Window) -> None:
    page = calm.whole(asks()).page
    assert page.title == "住民票の写し"
    assert said(page) == {
        "address": HOME, "head": "省略", "relation": "省略", "origin": "省略", "origin_head": "省略",
        "name": "渡邉󠄂　葵", "former_name": "髙𣘺", "birth": "昭和60年3月4日", "sex": "女",
        "address_since": "平成30年7月1日", "moved_in_on": "平成24年4月1日", "moved_from": "南市本町4番",
    }  # fmt: skip
    assert NUMBER not in values(page)
    assert CODE not in values(page)


def test_each_group_shows_by_itself_and_nothing_else_with_it(calm: Window) -> None:
    plain = said(calm.draft(asks()).page)
    for group, items in {
        "household": {"head": "渡邉󠄂　葵", "relation": "世帯主"},
        "origin": {"origin": "札幌市中央区北一条西二丁目", "origin_head": "渡邉󠄂　実"},
        "kana": {"legal_kana": "わたなべ　あおい"},
        "my_number": {"my_number": NUMBER},
        "resident_code": {"resident_code": CODE},
        "names": {"names": "髙𣘺　葵（平成27年5月5日まで）"},
        "addresses": {"addresses": FORMER + f"\n{HOME}（平成30年7月1日から）"},
    }.items():
        assert said(calm.whole(asks(groups=(group,))).page) == plain | items, group


def test_a_household_stands_on_one_copy_and_others_do_not(calm: Window) -> None:
    page = calm.whole(asks("residence_copy", "300", "301", groups=("household",))).page
    assert [row.value for block in page.blocks for row in block.rows if row.item in {"name", "relation"}] == [
        "渡邉󠄂　葵", "世帯主", "渡邉󠄂　蓮", "子",
    ]  # fmt: skip
    with pytest.raises(Refused, match="one_household"):
        calm.draft(asks("residence_copy", "300", "320", capacity="agent"))


def test_a_foreigner_stands_with_all_names_and_western_days(calm: Window) -> None:
    own = {"presenter": "310"}
    page = calm.whole(asks("residence_copy", "310", groups=("status",), **own)).page
    found = said(page)
    assert [found[name] for name in ("name", "kanji_name", "alias", "birth", "status_until")] == [
        "NGUYEN THI HOA", "阮氏花", "花田　ホア", "1992年9月1日", "2028年3月31日",
    ]  # fmt: skip
    assert (found["residence_status"], found["card_number"]) == ("技術・人文知識・国際業務", "AB12345678CD")
    assert "origin" not in found
    assert said(calm.whole(asks("residence_copy", "310", **own)).page)["residence_status"] == "省略"


def test_a_statement_of_items_leaves_out_without_a_word(calm: Window) -> None:
    found = said(calm.whole(asks("residence_statement")).page)
    assert set(found) == {"name", "former_name", "birth", "sex", "address"}


def test_what_waits_as_provisional_is_on_no_copy_and_the_clerk_is_told(window: Window) -> None:
    before = said(window.draft(asks()).page)
    window.enter(CLERK, filing("change_of_address", "300", "301", event_day=TODAY, address="北市北区北二条西1番"))
    draft = window.draft(asks())
    assert said(draft.page) == before
    assert draft.findings == ("provisional_waits",)
    with pytest.raises(Refused, match="finding_not_confirmed"):
        window.issue(asks(), draft=draft, confirmed=())
    assert said(window.print(window.issue(asks(), draft=draft).rows[0]).page) == before


def test_a_planned_leaving_shows_on_no_copy(window: Window) -> None:
    before = said(window.draft(asks()).page)
    window.through(filing("move_out", "300", event_day=TODAY + timedelta(days=9), filed_day=TODAY, moved_to="南市"))
    assert said(window.draft(asks()).page) == before


def test_a_removed_record_is_copied_as_it_ended(window: Window) -> None:
    """除票; and of who is a resident there is none."""
    with pytest.raises(Refused, match="nothing_to_issue"):
        window.draft(asks("removed_copy", "320", capacity="third_party"))
    window.through(filing("move_out", "320", event_day=TODAY - timedelta(days=1), filed_day=TODAY, moved_to="南市5番"))
    found = said(window.whole(asks("removed_copy", "320", capacity="third_party")).page)
    assert (found["last_address"], found["moved_to"], found["removed_why"]) == (HOME, "南市5番", "転出")
    assert found["removed_on"] == "令和8年11月19日"
    with pytest.raises(Refused, match="nothing_to_issue"):
        window.draft(asks("residence_copy", "320", capacity="third_party"))


# moving out


def leaves(window: Window, *persons: str, ahead: int = 9, filed: int = 0) -> None:
    day = TODAY + timedelta(days=ahead)
    window.through(filing("move_out", *persons, event_day=day, filed_day=TODAY, moved_to="南市本町5番"))


@pytest.mark.seed("B2-4")
def test_a_moving_out_certificate_bears_both_numbers_for_those_who_leave_together(window: Window) -> None:
    with pytest.raises(Refused, match="not_leaving"):
        window.draft(asks("moving_out_certificate"))
    leaves(window, "300", "301")
    page = window.whole(asks("moving_out_certificate", "300", "301")).page
    assert page.bears_number
    assert [text in values(page) for text in (NUMBER, CODE, number(30000000002).text())] == [True] * 3
    found = said(page)
    assert (found["moved_to"], found["leaving_on"]) == ("南市本町5番", "令和8年11月29日")


def test_one_made_again_says_so_and_shows_the_first_state(window: Window) -> None:
    leaves(window, "300")
    first = window.whole(asks("moving_out_certificate"))
    assert first.page.marks == ()
    window.through(
        filing("change_of_address", PersonPart(business_number="301", relation="世帯主"), **ELSEWHERE_IN_TOWN)
    )
    again = window.whole(asks("moving_out_certificate"))
    assert (again.page.marks, again.page.blocks) == (("再交付",), first.page.blocks)
    assert again.row.number != first.row.number


@pytest.mark.twin("B2-4")
def test_who_told_it_too_late_gets_the_substitute_and_who_did_in_time_does_not(window: Window) -> None:
    leaves(window, "300", ahead=-15)
    with pytest.raises(Refused, match="left_too_late"):
        window.draft(asks("moving_out_certificate"))
    assert said(window.whole(asks("moving_out_substitute")).page)["moved_to"] == "南市本町5番"
    leaves(window, "301", ahead=-14)
    with pytest.raises(Refused, match="left_in_time"):
        window.draft(asks("moving_out_substitute", "301", presenter="301"))


# who asks


def test_without_identity_nothing_is_issued_and_an_agent_needs_authority(calm: Window) -> None:
    with pytest.raises(Refused, match="identity_missing"):
        calm.draft(asks(evidence=()))
    with pytest.raises(Refused, match="authority_missing"):
        calm.draft(asks(capacity="agent", evidence=LICENCE))
    assert calm.draft(asks(evidence=QUESTIONED)).route == "counter"
    assert calm.draft(asks(capacity="agent")).route == "counter"


def test_a_third_party_says_why_and_a_member_is_one_by_the_register(calm: Window) -> None:
    with pytest.raises(Refused, match="reason_missing"):
        calm.draft(asks(capacity="third_party", reason=" "))
    with pytest.raises(Refused, match="nothing_to_issue"):
        calm.draft(asks(capacity="same_household", presenter="320"))
    assert calm.draft(asks(capacity="same_household")).route == "counter"


def test_whom_a_kind_is_not_for_does_not_get_it(window: Window) -> None:
    leaves(window, "300")
    with pytest.raises(Refused, match="capacity_not_fitting"):
        window.draft(asks("moving_out_certificate", capacity="third_party"))


# numbers of persons


@pytest.mark.parametrize("group", ["my_number", "resident_code"])
def test_a_copy_with_a_number_goes_to_the_principal_by_post_and_never_to_the_agent(calm: Window, group: str) -> None:
    draft = calm.draft(asks(capacity="agent", groups=(group,)))
    assert (draft.route, draft.address, draft.findings) == ("post", (HOME, "渡邉󠄂　葵"), ("goes_by_post",))
    printed = calm.print(calm.issue(asks(capacity="agent", groups=(group,)), draft=draft).rows[0])
    with pytest.raises(Refused, match="post_only"):
        calm.hand(printed.row, "handed")
    assert calm.hand(printed.row, "posted").state == "posted"


def test_others_get_no_number_at_all(calm: Window) -> None:
    for capacity in ("third_party", "professional", "public_use"):
        for group in ("my_number", "resident_code"):
            with pytest.raises(Refused, match="number_not_for_them"):
                calm.draft(asks(capacity=capacity, groups=(group,)))
        assert calm.draft(asks(capacity=capacity)).route == "counter"


def test_an_authority_with_a_law_for_it_gets_the_number(calm: Window) -> None:
    asked = asks(capacity="public_use", groups=("my_number",), power="番号法9条1項")
    page = calm.whole(asked).page
    assert (said(page)["my_number"], page.marks) == (NUMBER, ("公用",))


def test_a_draft_shows_no_number_and_a_clerk_without_the_right_prints_none(calm: Window) -> None:
    wanted = asks(groups=("my_number", "resident_code"))
    shown = encode(calm.draft(wanted)).decode()
    assert NUMBER not in shown
    assert CODE not in shown
    with pytest.raises(NotAllowed):
        calm.draft(wanted, WITHOUT_NUMBERS)
    assert calm.draft(asks(), WITHOUT_NUMBERS).route == "counter"
    issued = calm.issue(wanted)
    with pytest.raises(Refused, match="may_not_print"):
        calm.print(issued.rows[0], WITHOUT_NUMBERS)
    assert NUMBER in values(calm.print(issued.rows[0]).page)


def test_no_act_holds_a_number_or_a_name(calm: Window) -> None:
    calm.whole(asks(groups=("my_number", "resident_code")))
    kept = str(acts(calm))
    assert "certificate.printed" in kept
    assert not [text for text in (NUMBER, CODE, "渡邉", "葵") if text in kept]


# numbers of copies


def test_each_copy_has_a_number_of_its_own_dense_by_day_and_office(window: Window) -> None:
    rows = window.issue(asks(copies=3)).rows
    assert [row.number for row in rows] == [f"20261120-戸籍住民-000{at}" for at in (1, 2, 3)]
    assert window.issue(asks(), ELSEWHERE).rows[0].number == "20261120-税務-0001"
    with pytest.raises(Refused, match="changed_since"):
        window.issue(asks(), basis="another")
    assert window.issue(asks(), COLLEAGUE).rows[0].number == "20261120-戸籍住民-0004"
    window.slice.clock.move(days=1)
    assert window.issue(asks()).rows[0].number == "20261121-戸籍住民-0001"


def test_the_same_press_takes_one_number(calm: Window) -> None:
    draft = calm.draft(asks())
    asked = IssueCopies(asked=asks(), basis=draft.basis)
    pressed = call(ISSUER, calm.now, "one-press")
    first, second = (calm.desk.certificates.issue(pressed, asked) for _ in range(2))
    assert first == second


def test_a_number_prints_once_and_a_reprint_takes_a_new_one(calm: Window) -> None:
    printed = calm.print(calm.issue(asks()).rows[0], key="p1")
    assert calm.print(printed.row, key="p1").page == printed.page
    with pytest.raises(Refused, match="already_printed"):
        calm.print(printed.row, key="p2")
    with pytest.raises(Refused, match="not_spoiled"):
        calm.issue(asks(replaces=printed.row.number))
    spoiled = calm.spoil(printed.row)
    assert (spoiled.state, spoiled.spoiled_why) == ("spoiled", "paper")
    again = calm.issue(asks(replaces=spoiled.number, exemption="fault")).rows[0]
    assert (again.number != spoiled.number, again.fee, again.exemption) == (True, 0, "fault")
    with pytest.raises(Refused, match="not_spoiled"):
        calm.issue(asks(replaces=spoiled.number))


def test_a_number_of_yesterday_is_not_printed_and_what_was_handed_over_is_not_spoiled(calm: Window) -> None:
    old, handed = calm.issue(asks(copies=2)).rows
    done = calm.hand(calm.print(handed).row)
    assert (done.state, done.sheets, done.may) == ("handed", 1, ("fee",))
    with pytest.raises(Refused, match="already_handed"):
        calm.spoil(done)
    with pytest.raises(Refused, match="not_printed"):
        calm.hand(old)
    calm.slice.clock.move(days=1)
    with pytest.raises(Refused, match="another_day"):
        calm.print(old)


def test_a_copy_belongs_to_its_office(window: Window) -> None:
    row = window.issue(asks()).rows[0]
    for does in (window.print, window.spoil):
        with pytest.raises(NotAllowed):
            does(row, who=ELSEWHERE)
    asked = AskCopies()
    assert [one.number for one in window.desk.copies.copies(call(COLLEAGUE, window.now), asked).rows] == [row.number]
    assert window.desk.copies.copies(call(ELSEWHERE, window.now), asked).rows == ()


def test_a_changed_record_is_not_printed(window: Window) -> None:
    row = window.issue(asks()).rows[0]
    window.through(filing("change_of_address", "300", "301", event_day=TODAY, address="北市北区北二条西1番"))
    with pytest.raises(Refused, match="changed_since"):
        window.print(row)
    window.desk.copies.correct_fee(call(ISSUER), CorrectFee(number=row.number, version=1, yen=0, reason="出せない"))
    with pytest.raises(Conflict):
        window.spoil(row)


# fees


def test_a_fee_is_by_the_table_and_a_ground_for_none_must_fit(calm: Window) -> None:
    draft = calm.draft(asks(copies=2))
    assert (draft.fee.each, draft.fee.total, draft.fee.assumed) == (350, 700, False)
    assert calm.issue(asks(exemption="pension")).rows[0].fee == 0
    assert calm.draft(asks("residence_statement")).fee.assumed
    with pytest.raises(Refused, match="no_exemption"):
        calm.draft(asks(exemption="public_use"))
    with pytest.raises(Refused, match="no_exemption"):
        calm.draft(asks(exemption="fault"))
    assert calm.draft(asks(capacity="public_use")).fee.exemption == "public_use"


def test_a_wrong_fee_is_put_right_with_a_reason_and_the_first_stays_kept(window: Window) -> None:
    row = window.issue(asks()).rows[0]
    right = CorrectFee(number=row.number, version=row.version, yen=300, reason="機械の入力の誤り")
    with pytest.raises(Refused, match="reason_missing"):
        window.desk.copies.correct_fee(call(ISSUER, window.now), CorrectFee(**_with(right, reason=" ")))
    assert window.desk.copies.correct_fee(call(ISSUER, window.now), right).fee == 300
    assert window.desk.copies.copies(call(ISSUER, window.now), AskCopies()).taken == 300
    kept = window._book.read(lambda unit: unit.copies.one(call(ISSUER).municipality, row.number))
    assert [(one.before, one.reason) for one in kept.corrections] == [(350, "機械の入力の誤り")]


def _with(message, **more) -> dict[str, object]:
    return {name: getattr(message, name) for name in message.__struct_fields__} | more


# rights and shapes


def test_who_has_no_right_to_issue_gets_nothing(calm: Window) -> None:
    nobody = person("x01", "register.search")
    with pytest.raises(NotAllowed):
        calm.draft(asks(), nobody)
    with pytest.raises(NotAllowed):
        calm.desk.certificates.kinds(call(nobody), AskKinds())


def test_what_cannot_be_asked_for_is_not_understood(calm: Window) -> None:
    for wrong in (
        {"kind": "another"}, {"groups": ("another",)}, {"copies": 0}, {"copies": 21}, {"persons": ("300", "300")},
        {"channel": "wide_area"}, {"channel": "convenience"}, {"capacity": "friend"}, {"persons": ()},
    ):  # fmt: skip
        with pytest.raises(NotUnderstood):
            calm.draft(asks(**wrong))


def test_the_clerk_is_told_what_is_issued_here(calm: Window) -> None:
    kinds = calm.desk.certificates.kinds(call(WITHOUT_NUMBERS), AskKinds()).kinds
    copy = next(one for one in kinds if one.id == "residence_copy")
    assert {one.id: one.may for one in copy.groups} == {
        "household": True, "origin": True, "kana": True, "my_number": False, "resident_code": False, "status": False,
        "addresses": True, "names": True,
    }  # fmt: skip
