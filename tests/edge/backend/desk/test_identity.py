"""C-20, R-014, R-053: the reception counts the evidence anew; what was not confirmed has its lawful consequence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace as changed
from sqlalchemy import select

from app.backend.desk.ports import Addressee
from app.backend.desk.store.tables import METADATA
from app.domain.identity import Aspect, Means, Part, Question, Regime, Result
from app.domain.rights import Actor, Right
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.desk import Evidence, OpenApplication, OpenVisit, Receipt
from app.wire.leave import AskNumberLeave
from app.wire.notices import AskNotices, PostNotice
from tests.edge.backend.desk.conftest import CLAIM, COPY, EVIDENCE, FACTS, MOVE, ROLES, Office, hand_in, tokyo
from tests.support.slices import KITA, MINAMI, MORNING, acts, person

CLERK = person("001", "application.receive", "application.read", "visit.open", "number.confirm")
CHECKER = person("002", "application.check", "application.read", "application.examine", "application.decide")
POST_ROOM = person("007", "notice.read", "notice.post")
GIVEN = FACTS | {"claimant_number": "given"}
BY_CARD = EVIDENCE
BY_EYE = changed(BY_CARD, method=Means.EYE, document="driving_licence", verdicts={})
NUMBER = changed(
    BY_EYE,
    about=Question.NUMBER,
    method=Means.PAPER,
    document="my_number_card",
    role=Part.NUMBER_GIVER,
    at=MORNING + timedelta(minutes=1),
)
BY_PIN = changed(NUMBER, method=Means.PIN, verdicts={Aspect.RECORD: "verified"})
BY_CODE_A = changed(BY_PIN, method=Means.CODE_A)
LINKED = changed(NUMBER, method=Means.LINKED, document="")
DECLINED = changed(LINKED, method=Means.DECLINED, result=Result.DECLINED)
MANDATE = changed(BY_EYE, about=Question.AUTHORITY, method=Means.PAPER, document="power_of_attorney")
GUARDIAN = changed(MANDATE, document="family_register")
REGISTER = changed(MANDATE, method=Means.REGISTER, document="")
ADDRESS = "北市中央一丁目2番3号"
MOVED = {
    "notifier_name": "髙橋　花子",
    "notified_on": "2026-11-20",
    "moved_on": "2026-11-19",
    "former_address": "言われた住所",
    "new_address": "新しい住所",
    "new_building": "コーポ101",
    "who_moves": "all",
    "household_after": "same",
    "head_after": "髙橋　花子",
    "movers": ({"mover_name": "髙橋　花子", "mover_birth": "1990-04-02", "mover_relation": "世帯主"},),
    "signed": True,
}


def received(office: Office, evidence: Sequence[Evidence], actor: Actor = CLERK, **more: Any) -> Receipt:
    return office.receive(actor=actor, evidence=tuple(evidence), **more)


def claim(office: Office, *evidence: Evidence, name: str = "a1", capacity: str = "self") -> tuple[str, object]:
    """What the receipt says, and what the case knows of the number that was handed over."""
    office.slice.clock.at = MORNING + timedelta(minutes=5)
    roles = changed(ROLES, capacity=capacity)
    receipt = received(
        office, evidence, application_id=name, facts=GIVEN, roles=roles, reached_at=office.slice.clock.at
    )
    assert receipt.state == "received"
    view = office.desk.review.open(office.call(CLERK), OpenApplication(application_id=name))
    assert view.consequence == receipt.consequence
    return receipt.consequence, view.facts["claimant_number"]


def test_a_number_that_was_not_confirmed_is_dropped_and_the_application_stays(office: Office) -> None:
    assert claim(office, BY_EYE, NUMBER) == ("confirmed", "given")
    assert claim(office, NUMBER, name="a2") == ("without_number", "absent")
    dropped = [
        (detail["about"], detail["field"]) for kind, detail in acts(office.slice, KITA) if kind == "number.dropped"
    ]
    assert dropped == [("a2", "claimant_number")]


def test_a_linked_number_is_not_handed_over_and_one_that_is_said_to_be_is_not_taken(office: Office) -> None:
    assert claim(office, LINKED) == ("confirmed", "absent")
    office.receive("a2", actor=CLERK, evidence=(LINKED,))
    view = office.desk.review.open(office.call(CLERK), OpenApplication(application_id="a2"))
    assert (view.consequence, view.facts["claimant_number"]) == ("confirmed", "linked")


def test_code_a_counts_only_with_the_leave_that_the_desk_itself_gave_here(office: Office) -> None:
    def leave(visit: str, clerk: Actor) -> None:
        office.desk.visits.open(office.call(clerk), OpenVisit(visit_id=visit, ticket="", opened_at=MORNING))
        office.desk.leave.give(office.call(clerk), AskNumberLeave(visit_id=visit, procedure=CLAIM))

    leave("v2", CLERK)
    assert claim(office, BY_EYE, BY_CODE_A)[0] == "without_number"
    leave("v1", CLERK)
    assert claim(office, BY_EYE, BY_CODE_A, name="a2") == ("confirmed", "given")


def test_the_number_of_a_spouse_stays_without_any_check_of_the_spouse(office: Office) -> None:
    office.receive(actor=CLERK, evidence=(), facts=GIVEN | {"spouse_exists": True, "spouse_number": "given"})
    view = office.desk.review.open(office.call(CLERK), OpenApplication(application_id="a1"))
    assert (view.facts["claimant_number"], view.facts["spouse_number"]) == ("absent", "given")


def test_kinds_of_documents_that_there_are_not_are_not_understood(office: Office) -> None:
    for one in (changed(BY_EYE, document="library_card"), changed(MANDATE, document="driving_licence")):
        with pytest.raises(NotUnderstood):
            received(office, (one,))
    assert acts(office.slice, KITA)[-1][0] == "application.hand_in_refused"


def test_the_ledger_keeps_kind_verdicts_result_who_where_when_and_nothing_else(office: Office) -> None:
    seen = changed(BY_CARD, valid_until=date(2030, 1, 1), revocation_as_of=MORNING, regime=Regime.NUMBER)
    received(office, (seen, changed(BY_EYE, staff_id="999")))
    (kind, detail), (_, handed_in) = acts(office.slice, KITA)
    assert kind == "evidence.kept"
    assert detail == {
        "about": "a1",
        "staff": "001",
        "question": "person",
        "method": "chip",
        "document": "my_number_card",
        "result": "confirmed",
        "role": "presenter",
        "regime": "N",
        "confirmed_by": "001",
        "confirmed_at": MORNING.isoformat(),
        "confirmed_where": "T-001",
        "valid_until": "2030-01-01",
        "revocation_as_of": MORNING.isoformat(),
        "verdict_issuer": "verified",
        "verdict_chip": "not_checked:card_key_unproven",
        "verdict_face": "verified",
    }
    assert handed_in["not_counted"] == 1


def test_what_lay_in_a_returned_case_still_counts_for_a_colleague_and_is_recorded_once(office: Office) -> None:
    received(office, (BY_EYE, NUMBER), facts=GIVEN, reached_at=NUMBER.at)
    office.slice.clock.at = NUMBER.at
    office.check(CHECKER, outcome="returned", reason="電話番号が読めない")
    second = changed(hand_in(), version=2, facts=GIVEN, evidence=(BY_EYE, NUMBER))
    receipt = office.desk.reception.hand_in(office.call(CLERK), second)
    assert receipt.consequence == "confirmed"
    assert [kind for kind, _ in acts(office.slice, KITA)].count("evidence.kept") == 2


# ---- J-1: nothing is issued


def copy_of(office: Office, *evidence: Evidence, capacity: str = "self") -> str:
    roles = changed(ROLES, capacity=capacity)
    return received(office, evidence, procedure=COPY.id, facts={"whose": "all"}, roles=roles).consequence


def test_without_identity_a_request_is_received_but_nothing_is_issued_and_it_can_be_refused(office: Office) -> None:
    assert copy_of(office) == "no_issue"
    office.check(CHECKER)
    office.examine(CHECKER)
    with pytest.raises(Refused) as refused:
        office.decide(CHECKER)
    assert refused.value.reason == "identity_not_confirmed"
    assert office.decide(CHECKER, outcome="rejected", reason="not_confirmed").state == "rejected"


def test_a_copy_is_issued_to_who_is_confirmed(office: Office) -> None:
    assert copy_of(office, BY_EYE) == "confirmed"
    office.check(CHECKER)
    office.examine(CHECKER)
    assert office.decide(CHECKER).state == "approved"


def test_a_number_never_comes_in_with_the_other_regimes(office: Office) -> None:
    assert copy_of(office, BY_EYE, NUMBER) == "confirmed"
    view = office.desk.review.open(office.call(CLERK), OpenApplication(application_id="a1"))
    assert [one.about for one in view.evidence] == ["person"]


# ---- J-2: taken all the same, and the notifier is told by post


def moved(office: Office, *evidence: Evidence, name: str = "a1", **more: Any) -> Receipt:
    return received(office, evidence, application_id=name, procedure=MOVE.id, facts=MOVED, **more)


def listed(office: Office, actor: Actor = POST_ROOM, *, posted: bool = False) -> list[tuple[str, str, str, bool]]:
    found = office.desk.post_room.waiting(office.call(actor), AskNotices(posted=posted)).entries
    return [(one.application_id, one.name, one.address, one.from_register) for one in found]


def test_who_is_not_confirmed_may_still_notify_and_the_notifier_is_told_at_the_address_before(office: Office) -> None:
    office.register.people["100"] = Addressee("髙橋　花子", ADDRESS, from_register=True)
    receipt = moved(office)
    assert (receipt.state, receipt.consequence) == ("received", "notice_by_post")
    assert listed(office) == [("a1", "髙橋　花子", ADDRESS, True)]
    assert ("notice.queued", True) in [(kind, detail.get("from_register")) for kind, detail in acts(office.slice, KITA)]
    office.check(CHECKER)
    office.examine(CHECKER)
    assert office.decide(CHECKER_TWO).state == "approved"


CHECKER_TWO = person("003", "application.decide", "application.read")


def test_who_is_confirmed_gets_no_notice(office: Office) -> None:
    assert moved(office, BY_EYE).consequence == "confirmed"
    assert listed(office) == []


def test_the_stated_address_stands_only_where_the_register_knows_nobody(office: Office) -> None:
    moved(office)
    office.register.people["100"] = Addressee("", "", from_register=True)
    moved(office, name="a2")
    assert listed(office) == [("a1", "髙橋　花子", "言われた住所", False), ("a2", "髙橋　花子", "", True)]


def test_a_case_gets_one_notice_however_often_it_is_handed_in(office: Office) -> None:
    moved(office)
    office.check(CHECKER, outcome="returned", reason="電話番号が読めない")
    again = changed(hand_in(), version=2, procedure=MOVE.id, facts=MOVED, evidence=())
    assert office.desk.reception.hand_in(office.call(CLERK), again).consequence == "notice_by_post"
    assert len(listed(office)) == 1
    assert [kind for kind, _ in acts(office.slice, KITA)].count("notice.queued") == 1


def test_a_posted_notice_says_who_and_when_and_is_posted_once(office: Office) -> None:
    moved(office)
    moved(office, name="a2")
    office.slice.clock.at = tokyo(date(2026, 11, 24), 10)
    done = office.desk.post_room.post(office.call(POST_ROOM, "k1"), PostNotice(application_id="a1", version=1))
    assert office.desk.post_room.post(office.call(POST_ROOM, "k1"), PostNotice(application_id="a1", version=1)) == done
    (posted,) = office.desk.post_room.waiting(office.call(POST_ROOM), AskNotices(posted=True)).entries
    assert (posted.posted_at, posted.posted_by) == (office.slice.clock.at, "職員007")
    assert [one[0] for one in listed(office)] == ["a2"]
    for version in (1, 2):
        with pytest.raises(Conflict):
            office.desk.post_room.post(office.call(POST_ROOM), PostNotice(application_id="a1", version=version))
    office.slice.clock.move(days=1)
    assert listed(office, posted=True) == []


def test_notices_are_for_who_has_the_right_and_for_their_own_municipality(office: Office) -> None:
    moved(office)
    assert listed(office, person("008", "notice.post")) == []
    assert listed(office, person("008", Right("notice.read", CLAIM))) == []
    elsewhere = person("007", "notice.read", "notice.post", municipality=MINAMI)
    assert listed(office, elsewhere) == []
    for actor in (elsewhere, person("008", "notice.read"), replace(POST_ROOM, rights=(Right("notice.post", CLAIM),))):
        with pytest.raises(NotAllowed):
            office.desk.post_room.post(office.call(actor), PostNotice(application_id="a1", version=1))
    assert listed(office) != []


def test_no_address_of_a_notice_lies_in_clear(office: Office) -> None:
    office.register.people["100"] = Addressee("髙橋　花子", ADDRESS, from_register=True)
    moved(office)

    def everything(connection: Any) -> bytes:
        rows = (tuple(row) for table in METADATA.sorted_tables for row in connection.execute(select(table)))
        return b"\n".join(part if isinstance(part, bytes) else str(part).encode() for row in rows for part in row)

    content = office.slice.database.read(everything)
    for told in ("髙橋", "中央一丁目", "driving_licence"):
        assert told.encode() not in content
