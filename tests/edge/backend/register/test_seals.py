"""Seals (S08-8): one for each person, by photo, guarantor or letter; it ends by itself when the register says so."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from app.domain.seal_rules import parse_seals
from app.errors import Conflict, NotAllowed, Refused
from app.shipped import read_toml
from app.wire.message import encode
from app.wire.register_change import PersonItems, PersonPart
from app.wire.seal import AnswerLetter, AskSeals, CancelSeal, SealRow
from tests.edge.backend.register.changing import BOSS, TODAY, acts, call, dweller, filing, settled
from tests.edge.backend.register.conftest import number
from tests.edge.backend.register.issuing import (
    ENTRUSTED,
    ISSUER,
    LICENCE,
    PEOPLE,
    QUESTIONED,
    Window,
    asks,
    evidence,
    said,
    seal,
    window_on,
)
from tests.support.imprints import imprint
from tests.support.slices import OpenSlice, person

YOUNG = dweller("330", "高橋　若", "H33", birth=date(2011, 11, 21))
JUST = dweller("331", "高橋　丁", "H34", birth=date(2011, 11, 20))
CARD = (evidence(document="my_number_card"),)


@pytest.fixture
def window(slice_: OpenSlice) -> Iterator[Window]:
    for _ in settled(slice_):
        yield window_on(slice_, (*PEOPLE, YOUNG, JUST))


def rows(window: Window, business_number: str = "300") -> tuple[SealRow, ...]:
    return window.desk.seals.seals(call(ISSUER, window.now), AskSeals(business_number=business_number)).rows


def cancel(window: Window, row: SealRow, reason: str = "asked", **more) -> SealRow:
    given = {"capacity": "self", "presenter_name": "渡邉　葵", "evidence": LICENCE, "presenter": row.business_number}
    asked = CancelSeal(seal_id=row.seal_id, version=row.version, reason=reason, **(given | more))
    return window.desk.seals.cancel(call(ISSUER, window.now), asked)


def answer(window: Window, row: SealRow, **more) -> SealRow:
    given = {
        "letter": row.letter, "capacity": "self", "presenter_name": "渡邉　葵", "evidence": LICENCE,
        "presenter": row.business_number,
    }  # fmt: skip
    asked = AnswerLetter(seal_id=row.seal_id, version=row.version, **(given | more))
    return window.desk.seals.answer(call(ISSUER, window.now), asked)


def certificate(card: str, business_number: str = "300", **more):
    return asks("seal_certificate", business_number, card=card, **more)


# registering


@pytest.mark.seed("S08-8")
def test_who_comes_in_person_with_a_photo_is_registered_at_once_and_once(window: Window) -> None:
    done = window.registered()
    assert (done.row.state, done.row.card, done.row.fee, done.letter) == ("active", "00000001", 500, None)
    with pytest.raises(Refused, match="seal_exists"):
        window.registered(text="葵")
    assert window.registered("320", "山田").row.card == "00000002"
    assert [row.state for row in rows(window)] == ["active"]


REFUSED: tuple[tuple[str, dict[str, object]], ...] = (
    ("photo_missing", {"evidence": QUESTIONED}),
    ("identity_missing", {"evidence": ()}),
    ("presenter_missing", {"presenter_name": ""}),
    ("seal_way", {"presenter": "320"}),
    ("seal_way", {"capacity": "agent", "evidence": ENTRUSTED}),
    ("seal_guardianship", {"guardianship": "unaccompanied"}),
    ("seal_guarantor", {"way": "guarantor"}),
    ("authority_missing", {"way": "letter", "capacity": "agent"}),
    ("seal_shape", {"shape": "soft"}),
    ("seal_shape", {"shape": "damaged"}),
    ("seal_name", {"text": "代表取締役"}),
    ("seal_name", {"text": "山田"}),
    ("imprint_unreadable", {"imprint": b"GIF89a"}),
)


@pytest.mark.twin("S08-8")
def test_what_may_not_be_registered_says_why(window: Window) -> None:
    for refused, wrong in REFUSED:
        with pytest.raises(Refused, match=refused):
            window.registered(**wrong)
    assert rows(window) == ()


def test_sizes_and_ages_at_the_edge(window: Window) -> None:
    """A seal that fits into 8 mm or does not fit into 25 mm is none; nobody before the fifteenth birthday."""
    for width, refused in ((8, "seal_too_small"), (25.1, "seal_too_big")):
        with pytest.raises(Refused, match=refused):
            window.registered(imprint=imprint(width))
    with pytest.raises(Refused, match="seal_too_young"):
        window.registered("330", "若")
    assert window.registered("331", "丁", imprint=imprint(8.2)).row.state == "active"
    assert window.registered(imprint=imprint(25)).row.state == "active"


def test_every_writing_of_the_name_may_stand_on_a_seal(window: Window) -> None:
    """Name, surname, given name, 旧氏, what is put together of them; variants of a character are one."""
    for text in ("渡邉葵", "渡邉", "葵", "高𣘺", "髙𣘺葵"):
        cancel(window, window.registered(text=text).row)
    for text in ("花田ホア", "花田", "NGUYEN THI HOA", "グエンティホア", "ホア"):
        cancel(window, window.registered("310", text).row)


def test_a_guarantor_must_be_registered_here_and_be_somebody_else(window: Window) -> None:
    card = window.registered("320", "山田").row.card
    way = {"way": "guarantor", "evidence": QUESTIONED, "guarantor": "320"}
    with pytest.raises(Refused, match="seal_guarantor"):
        window.registered(**way, guarantor_card="00000009")
    with pytest.raises(Refused, match="seal_guarantor"):
        window.registered(**(way | {"guarantor": "300"}), guarantor_card=card)
    assert window.registered(**way, guarantor_card=card).row.state == "active"


def test_an_agent_waits_for_the_letter_that_goes_to_the_registered_address(window: Window) -> None:
    done = window.registered(way="letter", capacity="agent", evidence=ENTRUSTED, presenter="")
    row = done.row
    assert (row.state, row.card, row.letter_until) == ("asked", "", TODAY + timedelta(days=30))
    assert done.address[1] == "渡邉󠄂　葵"
    assert row.letter in said(done.letter).values()
    with pytest.raises(Refused, match="no_seal"):
        window.draft(certificate(""))
    with pytest.raises(Refused, match="seal_asked"):
        window.registered()
    with pytest.raises(Refused, match="letter_wrong"):
        answer(window, row, letter="2026-99999")
    given = answer(window, row)
    assert (given.state, given.card) == ("active", "00000001")
    with pytest.raises(Conflict):
        answer(window, row)


def test_an_answer_that_comes_too_late_is_none_and_the_next_request_begins_anew(window: Window) -> None:
    row = window.registered(way="letter").row
    window.slice.clock.move(days=31)
    with pytest.raises(Refused, match="letter_over"):
        answer(window, row)
    assert window.registered().row.state == "active"
    assert [one.cancelled_why for one in rows(window)] == ["", "照会書の回答がなかったこと"]


# certificates


def test_whoever_brings_the_card_gets_the_certificate_an_agent_too(window: Window) -> None:
    done = window.registered()
    card = done.row.card
    for capacity in ("self", "agent"):
        page = window.whole(certificate(card, capacity=capacity, evidence=LICENCE)).page
        assert page.picture == imprint(15)
        assert (said(page)["seal_number"], said(page)["name"], page.bears_number) == (card, "渡邉󠄂　葵", False)
    assert window.draft(certificate(card)).page.picture == b""
    for wrong in ("", "00000002"):
        with pytest.raises(Refused, match="no_seal"):
            window.draft(certificate(wrong))
    with pytest.raises(Refused, match="capacity_not_fitting"):
        window.draft(certificate(card, capacity="third_party"))
    with pytest.raises(Refused, match="no_seal"):
        window.draft(certificate(card, "320", presenter="320"))


def test_no_number_of_a_person_is_near_a_seal(window: Window) -> None:
    """Not tied to the 個人番号: neither in the answers nor on the page nor in the acts."""
    card = window.registered().row.card
    told = encode(rows(window)) + encode(window.whole(certificate(card))) + str(acts(window)).encode()
    assert number(30000000001).text().encode() not in told
    assert b"my_number" not in encode(window.whole(certificate(card)).page)


def test_a_protected_person_has_no_certificate_for_who_holds_the_card(window: Window) -> None:
    card = window.registered().row.card
    row = window.issue(certificate(card, capacity="agent", evidence=LICENCE)).rows[0]
    window.protect("300")
    with pytest.raises(Refused, match="may_not_print"):
        window.print(row)
    with pytest.raises(Refused, match="nothing_to_issue"):
        window.draft(certificate(card, capacity="agent", evidence=LICENCE))
    with pytest.raises(Refused, match="restrained"):
        rows(window)
    with pytest.raises(Refused, match="restrained"):
        cancel(window, SealRow(**fields_of(window)))


def fields_of(window: Window) -> dict[str, object]:
    kept = window._book.read(lambda unit: unit.seals.open_of(call(BOSS).municipality, "300"))
    return {
        "seal_id": kept.seal_id, "business_number": "300", "state": kept.state, "way": "", "text": "", "card": "",
        "registered_on": None, "letter": "", "letter_until": None, "cancelled_on": None, "cancelled_why": "", "fee": 0,
        "may": (), "version": kept.version,
    }  # fmt: skip


# the end


def test_it_ends_when_asked_for_and_its_card_is_worth_nothing_then(window: Window) -> None:
    row = window.registered().row
    issued = window.issue(certificate(row.card)).rows[0]
    with pytest.raises(Refused, match="seal_way"):
        cancel(window, row, presenter="320")
    with pytest.raises(Refused, match="authority_missing"):
        cancel(window, row, capacity="agent")
    done = cancel(window, row, "card_lost")
    assert (done.state, done.cancelled_why, done.may) == ("cancelled", "印鑑登録証の亡失", ())
    with pytest.raises(Refused, match="may_not_print"):
        window.print(issued)
    assert window.registered().row.card == "00000002"


def test_it_ends_by_itself_by_death_and_moving_out_and_another_name_that_it_does_not_show(window: Window) -> None:
    for business_number, text in (("300", "渡邉"), ("320", "山田"), ("331", "丁"), ("310", "花田")):
        window.registered(business_number, text)
    window.through(filing("death", "320", event_day=TODAY))
    window.through(filing("move_out", "310", event_day=TODAY - timedelta(days=1), filed_day=TODAY, moved_to="南市"))
    window.through(filing("marriage", PersonPart(business_number="300", items=PersonItems(name="林　葵"))))
    window.through(filing("marriage", PersonPart(business_number="331", items=PersonItems(name="森　丁"))))
    states = {one: [(row.state, row.cancelled_why) for row in rows(window, one)] for one in ("320", "310", "300")}
    gone = [("cancelled", "住民票の消除（転出・死亡など）")]
    assert states == {"320": gone, "310": gone, "300": [("cancelled", "氏名・氏・名・旧氏・通称の変更")]}
    assert [row.state for row in rows(window, "331")] == ["active"], "the seal shows the given name, which stayed"


def test_what_only_waits_ends_nothing_and_a_planned_leaving_ends_it_on_its_day(window: Window) -> None:
    row = window.registered("320", "山田").row
    ahead = filing("move_out", "320", event_day=TODAY + timedelta(days=3), filed_day=TODAY, moved_to="南市")
    window.through(ahead)
    assert window.whole(certificate(row.card, "320", presenter="320")).row.state == "printed"
    window.slice.clock.move(days=3)
    window.changes.turn.turn()
    assert [one.state for one in rows(window, "320")] == ["cancelled"]


def test_who_has_no_right_sees_and_changes_no_seal(window: Window) -> None:
    nobody = person("x01", "certificate.issue")
    with pytest.raises(NotAllowed):
        window.desk.seals.seals(call(nobody), AskSeals(business_number="300"))
    with pytest.raises(NotAllowed):
        window.desk.seals.register(call(nobody), seal())
    with pytest.raises(NotAllowed):
        rows(window, "999")


def test_no_rule_of_seals_speaks_of_a_number_of_persons() -> None:
    assert "個人番号" not in str(parse_seals(read_toml("tables", "seals.toml")))
