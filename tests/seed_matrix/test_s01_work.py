"""S01: who works with the intermediary server, and its daily work, row by row over mutual TLS."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.rights import Right
from app.errors import AppError, NotAllowed, SignInRefused
from app.link.line import Headers
from app.wire.desk import PersonMark
from app.wire.own_information import AskOwnContent
from app.wire.portal_notice import AskNoticeStates, CancelNotice, NoticeState, SendNotice
from app.wire.relay import AskEnquiries
from app.wire.relay_office import AnnounceStop, AskOperating, AskRuns, AskStatistics, EndStop
from app.wire.staff import AskStanding, SignedIn, SignIn, Standing
from tests.edge.backend.exchange.world import (
    HERE,
    MOVED,
    PROCEDURE,
    TAX,
    THERE,
    YEAR,
)
from tests.seed_matrix.asking import NEIGHBOUR, NOBODY, OPERATOR, WHO, answered, state
from tests.seed_matrix.office import PASSWORD, Office
from tests.support.slices import person

SENDER = person("sender", Right("portal.notify", PROCEDURE), municipality=HERE)


@pytest.mark.seed("S01-9")
def test_who_shows_a_password_at_an_enrolled_terminal_is_let_in_with_their_own_rights(office: Office) -> None:
    line, where = office.lines[f"{HERE} inside"], "/staff/v1/sign-in"
    opened = line.ask(where, SignIn(staff_id="reception", password=PASSWORD), SignedIn, Headers("row", "row"))
    assert (opened.staff_id, opened.rights) == ("reception", ())
    assert office.ask(person("own", "session.own", municipality=HERE), "/staff/v1/standing", AskStanding()) is not None


@pytest.mark.twin("S01-9")
def test_a_wrong_password_opens_nothing_and_a_session_nothing_beyond_its_rights(office: Office) -> None:
    line = office.lines[f"{HERE} inside"]
    with pytest.raises(SignInRefused):
        line.ask("/staff/v1/sign-in", SignIn(staff_id="reception", password="guess"), SignedIn, Headers("row", "bad"))
    with pytest.raises(NotAllowed):
        office.ask(NOBODY, "/relay/v1/operating", AskOperating())
    with pytest.raises(AppError):
        line.ask("/staff/v1/standing", AskStanding(), Standing, Headers("row", "none"))


@pytest.mark.seed("S01-10", "S01-10b", "S01-10c", "S02-0b")
def test_a_stop_is_announced_told_and_waited_out_and_what_was_asked_is_counted(office: Office) -> None:
    now, name = office.clock.now(), f"stop-{office.clock.monotonic()}"
    stop = AnnounceStop(stop_id=name, side="network", since=now, until=None, reason="maintenance")
    told = office.ask(OPERATOR, "/relay/v1/stop", stop)
    made = office.make(WHO, MOVED)
    office.carry()
    waiting = state(office, made)
    assert waiting is not None
    assert waiting.state == "out_of_hours"
    seen = office.ask(OPERATOR, "/relay/v1/operating", AskOperating())
    assert [(one.side, one.why) for one in seen.sides] == [("network", "stop"), ("city", "")]
    assert name in [one.stop_id for one in seen.stops]
    office.ask(OPERATOR, "/relay/v1/stop/end", EndStop(stop_id=name, version=told.version, until=office.clock.now()))
    office.clock.move(minutes=15)
    office.carry()
    ended = state(office, made)
    assert ended is not None
    assert ended.answer is not None
    day = office.clock.now().date()
    rows = office.ask(OPERATOR, "/relay/v1/statistics", AskStatistics(since=day, until=day)).rows
    assert sum(one.count for one in rows if (one.procedure, one.state) == (PROCEDURE, "answered")) > 0


@pytest.mark.twin("S01-10", "S01-10a", "S01-10b", "S01-10c", "S02-0b")
def test_nobody_without_the_right_sees_runs_figures_or_state_or_stops_anything(office: Office) -> None:
    day, now = office.clock.now().date(), office.clock.now()
    for path, message in (
        ("/relay/v1/operating", AskOperating()),
        ("/relay/v1/runs", AskRuns()),
        ("/relay/v1/statistics", AskStatistics(since=day, until=day)),
        ("/relay/v1/stop", AnnounceStop(stop_id="s", side="network", since=now, until=None, reason="fault")),
    ):
        with pytest.raises(NotAllowed):
            office.ask(WHO, path, message)
    with pytest.raises(NotAllowed):
        office.make(NEIGHBOUR, MOVED, procedure="childcare_benefit_of_nobody")


@pytest.mark.seed("S01-10d")
def test_what_ended_long_ago_is_gone_and_its_run_is_told(office: Office) -> None:
    office.clock.at = datetime(2028, 3, 1, 1, 0, tzinfo=UTC)
    made = office.make(WHO, MOVED, tax_year=2027, requested_on=date(2028, 3, 1), provider=THERE)
    office.carry()
    found = state(office, made)
    assert found is not None
    assert found.state in {"answered", "refused"}
    office.clock.move(days=367)
    while office.of.inside.exchange.office.expiring.turn():
        pass
    assert state(office, made) is None
    runs = office.ask(OPERATOR, "/relay/v1/runs", AskRuns()).rows
    assert any(one.kind == "expiry" and one.rows and one.state == "done" for one in runs)


@pytest.mark.twin("S01-10d")
def test_nothing_young_is_deleted_and_nobody_else_sees_it(office: Office) -> None:
    made, _ = answered(office)
    office.clock.at += timedelta(days=300)
    while office.of.inside.exchange.office.expiring.turn():
        pass
    assert state(office, made) is not None
    with pytest.raises(NotAllowed):
        office.ask(NOBODY, "/relay/v1/enquiries/state", AskEnquiries(enquiry_ids=(made.enquiry_id,)))


def notice(name: str, **changed: object) -> SendNotice:
    given = {
        "notice_id": name,
        "procedure": PROCEDURE,
        "subject": PersonMark(business_number=MOVED, name=""),
        "title": "現況届のお知らせ",
        "body": "今年も届が要るか、選んでください。",
        "choices": ("要る", "要らない"),
    }
    return SendNotice(**(given | changed))


def noticed(office: Office, name: str) -> NoticeState:
    asked = AskNoticeStates(procedure=PROCEDURE, notice_ids=(name,))
    (found,) = office.ask(SENDER, "/relay/v1/notice/states", asked).notices
    return found


def notices_go(office: Office) -> None:
    while office.of.inside.exchange.office.notices.turn():
        pass


@pytest.mark.seed("S01-11", "S01-11a", "S01-11b", "S01-11c", "S15-6")
def test_a_notice_reaches_the_portal_is_answered_and_another_one_is_taken_back(office: Office) -> None:
    for name in ("row-1", "row-2"):
        assert office.ask(SENDER, "/relay/v1/notice", notice(name)).notice_id == name
    notices_go(office)
    assert (noticed(office, "row-1").state, noticed(office, "row-1").reason) == ("sent", "")
    office.portal.choose(HERE, "row-1", "要る")
    gone = office.ask(SENDER, "/relay/v1/notice/cancel", CancelNotice(notice_id="row-2", reason="mistaken"))
    assert gone.state == "cancelling"
    office.clock.move(minutes=31)
    notices_go(office)
    assert (noticed(office, "row-1").state, noticed(office, "row-1").answer) == ("answered", "要る")
    assert noticed(office, "row-2").state == "cancelled"


@pytest.mark.twin("S01-11", "S01-11a", "S01-11b", "S01-11c", "S15-6")
def test_who_is_not_of_the_procedure_sends_sees_and_cancels_no_notice(office: Office) -> None:
    other = person("other-sender", Right("portal.notify", "another"), municipality=HERE)
    asked = AskNoticeStates(procedure=PROCEDURE, notice_ids=("row-3",))
    office.ask(SENDER, "/relay/v1/notice", notice("row-3"))
    for path, message in (
        ("/relay/v1/notice", notice("row-4")),
        ("/relay/v1/notice/states", asked),
        ("/relay/v1/notice/cancel", CancelNotice(notice_id="row-3", reason="mistaken")),
    ):
        with pytest.raises(NotAllowed):
            office.ask(other, path, message)
    with pytest.raises(NotAllowed):
        office.send("gateway", "/intermediary/v1/notices", office.letter("gateway", "pass-notices/1", AskOperating()))
    assert noticed(office, "row-3").state == "waiting"


@pytest.mark.seed("S01-12")
def test_a_resident_s_own_information_is_answered_and_staff_can_say_what_it_was(office: Office) -> None:
    code = own_code(office)
    office.portal.ask_own(HERE, "row-own", code, (TAX, YEAR))
    while office.of.near.exchange.portal.own.turn():
        pass
    assert office.portal.given[HERE, "row-own"].kind in {"value", "no_data"}
    reader = person("own-reader", "own.read", municipality=HERE)
    shown = office.ask(reader, "/intermediary/v1/own-information/content", AskOwnContent(request_id="row-own"))
    assert shown.row.kind == office.portal.given[HERE, "row-own"].kind


@pytest.mark.twin("S01-12")
def test_own_information_is_shown_to_nobody_else(office: Office) -> None:
    there = person("own-reader-there", "own.read", municipality=THERE)
    for who in (NOBODY, there):
        with pytest.raises(NotAllowed):
            office.ask(who, "/intermediary/v1/own-information/content", AskOwnContent(request_id="row-own"), at="near")


def own_code(office: Office) -> bytes:
    """The code of MOVED here, as the portal's side would send it."""
    known = office.of.inside.exchange.addressee._book.read(lambda unit: unit.of_business(HERE, [MOVED]))[MOVED]
    book = office.of.near.exchange.asking._book
    found = book.read(lambda unit: unit.codes(HERE, [known.addressee_number]))[known.addressee_number].code
    assert found is not None
    return found.reveal()
