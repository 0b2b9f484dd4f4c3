"""支援措置 and other restraints (R-040, B2-5, S08-4, S08-5): set at once, lifted by two, asked again at the printer."""

from collections.abc import Iterator

import pytest

from app.domain.person import Capacity
from app.errors import NotAllowed, Refused
from app.wire.message import encode
from app.wire.register import OpenRecord, RestraintMark, SearchByFour
from app.wire.register_change import AskHistory
from app.wire.register_restraint import (
    AskIssue,
    AskMeasures,
    AskReleases,
    ChangeMeasure,
    CheckPrint,
    ConfirmRelease,
    EndRelease,
    GrantRelease,
    IssueVerdict,
    MarkSystem,
    OpenMeasure,
    RequestMeasure,
)
from tests.edge.backend.register.changing import (
    BOSS,
    CLERK,
    GUARD,
    HOME,
    NORTH,
    RULES,
    TODAY,
    WINDOW,
    Office,
    acts,
    call,
    days,
    filing,
    fresh_id,
    settled,
)
from tests.support.slices import OpenSlice, person

SEES = person("w02", "certificate.issue", "restraint.see", "register.open")
NEW_HOME = "北市北区北二条西4番5号"


@pytest.fixture
def office(slice_: OpenSlice) -> Iterator[Office]:
    yield from settled(slice_)


def release(office: Office, business_number: str = "230", act: str = "issue", minutes: int = 10, who=BOSS, **more):
    """Asked for at the window, agreed to by ``who``."""
    row = ask(office, business_number, act, minutes, **more)
    return confirm(office, row.release_id, who)


def ask(office: Office, business_number: str = "230", act: str = "issue", minutes: int = 10, who=WINDOW, **more):
    asked = GrantRelease(
        release_id=fresh_id("r"), business_number=business_number, act=act, minutes=minutes,
        **({"reason": "本人が窓口に来た"} | more),
    )  # fmt: skip
    return office.changes.releases.ask(call(who, office.now), asked)


def confirm(office: Office, release_id: str, who=BOSS, *, agreed: bool = True):
    return office.changes.releases.confirm(call(who, office.now), ConfirmRelease(release_id=release_id, agreed=agreed))


def like(verdict: IssueVerdict, business_number: str) -> bytes:
    """The whole answer, but for whom it was asked about."""
    return encode(verdict).replace(business_number.encode(), b"***")


# a victim's address asked by the spouse at another counter


@pytest.mark.scenario("a victim's address asked by the spouse at another counter")
def test_the_spouse_at_another_counter_gets_the_answer_of_somebody_who_is_not_here(office: Office) -> None:
    """Every capacity and every way of asking sounds as if nobody of that name were here."""
    office.protect("230", lead="230", offender="佐藤　強")
    capacities = ("third_party", "same_household", "agent", "messenger", "legal_representative")
    for capacity, channel in (
        *((one, "counter") for one in capacities),
        *(("self", one) for one in ("counter", "post", "wide_area", "convenience")),
    ):
        how = {"channel": channel, "presenter": "231", "photo": True}
        held = office.asks("230", capacity, **how)
        assert like(held, "230") == like(office.asks("999", capacity, **how), "999")
        assert (held.told, held.lines[0].why) == ("nothing_to_issue", "not_here")
    assert HOME.encode() not in encode(office.asks("230", "third_party"))


def test_before_the_request_the_same_question_had_an_answer(office: Office) -> None:
    verdict = office.asks("230", "third_party", presenter="231")
    assert (verdict.told, verdict.lines[0].may) == ("issuable", True)
    office.protect("230")
    assert office.asks("230", "third_party", presenter="231").told == "nothing_to_issue"


def test_a_clerk_who_may_see_restraints_is_told_whom_to_call(office: Office) -> None:
    office.protect("230")
    verdict = office.asks(("230", "231"), "third_party", who=SEES)
    assert [(line.business_number, line.may, line.why) for line in verdict.lines] == [
        ("230", False, "restrained"), ("231", True, ""),
    ]  # fmt: skip
    assert (verdict.told, verdict.basis) == ("nothing_to_issue", "")


def test_it_holds_from_the_request_on_and_for_the_removed_record_too(office: Office) -> None:
    """仮支援措置 and 除票."""
    row = office.protect("230")
    assert (row.state, row.waits_for, row.until) == ("provisional", "start", TODAY.replace(year=2027) - days(1))
    office.through(filing("move_out", "230", event_day=TODAY - days(1), filed_day=TODAY, moved_to="南市本町"))
    assert office.asks("230", "third_party").lines[0].why == "not_here"
    held = office.asks("230", "third_party", removed=True, who=SEES)
    assert held.lines[0].why == "restrained"
    office.through(filing("move_out", "231", event_day=TODAY - days(1), filed_day=TODAY, moved_to="南市本町"))
    assert office.asks("231", "third_party", removed=True).told == "issuable"


def test_no_address_shows_and_no_history_opens_while_viewing_is_restrained(office: Office) -> None:
    office.protect("230")
    with pytest.raises(Refused, match="restrained"):
        office.register.open(call(CLERK), OpenRecord(business_number="230"))
    with pytest.raises(Refused, match="restrained"):
        office.changes.histories.history(call(CLERK), AskHistory(business_number="230"))
    (hit,) = office.register.search(call(CLERK), SearchByFour(name="佐藤　光")).hits
    assert (hit.address, {mark.act for mark in hit.restraints}) == ("", {"view", "issue"})
    assert "佐藤　光" in [hit.name for hit in office.register.search(call(CLERK), SearchByFour(name="佐藤")).hits]


def test_what_is_let_through_now_is_listed_with_who_granted_it_until_it_is_over(office: Office) -> None:
    """S08-4, S08-5: for who may grant releases; what is over or was ended is listed no more."""
    office.protect("230")
    office.protect("210")
    first, second = release(office, minutes=5), release(office, "210", "view")
    asked = office.changes.releases.listed
    rows = asked(call(BOSS, office.now), AskReleases()).rows
    assert [(one.name, one.act, one.granted_by, one.until) for one in rows] == [
        ("佐藤　光", "issue", "d01", first.until), ("森　正", "view", "d01", second.until),
    ]  # fmt: skip
    assert len(asked(call(BOSS, office.now), AskReleases(person="210")).rows) == 1
    office.slice.clock.move(minutes=5)
    assert [one.name for one in asked(call(BOSS, office.now), AskReleases()).rows] == ["森　正"]
    office.changes.releases.end(call(BOSS, office.now), EndRelease(release_id=second.release_id))
    assert asked(call(BOSS, office.now), AskReleases()).rows == ()


def test_who_may_grant_no_release_sees_none(office: Office) -> None:
    """Negative twin."""
    office.protect("230")
    release(office)
    for who in (GUARD, WINDOW, SEES, CLERK):
        with pytest.raises(NotAllowed):
            office.changes.releases.listed(call(who, office.now), AskReleases())


# only the protected person, in person, under a release by somebody else


def test_the_protected_person_gets_a_copy_in_person_under_a_release_and_nobody_else_does(office: Office) -> None:
    office.decide(office.protect("230"))
    mine = {"presenter": "230", "photo": True}
    assert office.asks("230", "self", **mine).told == "nothing_to_issue"
    release(office)
    assert office.asks("230", "self", **mine).told == "issuable"
    for capacity, how in (
        ("self", {"presenter": "230", "photo": False}),
        ("self", {"presenter": "231", "photo": True}),
        ("self", mine | {"channel": "post"}),
        ("self", mine | {"channel": "wide_area"}),
        ("self", mine | {"channel": "convenience"}),
        ("agent", mine),
        ("messenger", mine),
        ("same_household", {"presenter": "231", "photo": True}),
        *((one, {**mine, "presenter": by}) for one in Capacity if one != "self" for by in ("230", "231", "")),
    ):
        asked = {"visit_id": "v1"} | how
        held = office.asks("230", capacity, **asked)
        assert like(held, "230") == like(office.asks("999", capacity, **asked), "999"), (capacity, how)
        assert [detail["held"] for kind, detail in acts(office) if kind == "issue.judged"][-2:] == [1, 1]


def test_a_release_ends_by_itself_and_the_one_who_grants_does_not_use_it(office: Office) -> None:
    office.protect("230")
    both = person("w03", "certificate.issue", "restraint.release")
    mine = {"presenter": "230", "photo": True}
    row = release(office, minutes=10, who=both)
    assert office.asks("230", "self", who=both, **mine).told == "nothing_to_issue"
    office.slice.clock.move(minutes=9, seconds=59)
    assert office.asks("230", "self", **mine).told == "issuable"
    office.slice.clock.move(seconds=1)
    assert office.now == row.until
    assert office.asks("230", "self", **mine).told == "nothing_to_issue"


def test_a_release_of_one_act_is_none_of_another_and_needs_a_reason(office: Office) -> None:
    office.protect("230")
    release(office, act="view")
    assert office.asks("230", "self", presenter="230", photo=True).told == "nothing_to_issue"
    assert office.register.open(call(CLERK), OpenRecord(business_number="230")).hit.name == "佐藤　光"
    for wrong, code in (
        ({"reason": " "}, "reason_missing"),
        ({"minutes": RULES.release_most_minutes + 1}, "too_long"),
        ({"minutes": 0}, "too_long"),
        ({"business_number": "231"}, "not_restrained"),
    ):
        with pytest.raises(Refused, match=code):
            release(office, **wrong)


# asked once more at the printer


def test_a_restraint_set_after_the_preview_stops_the_printer(office: Office) -> None:
    asked = AskIssue(persons=("230",), capacity="third_party", visit_id="v1")
    verdict = office.changes.issue.judge(call(WINDOW), asked)
    seen = CheckPrint(asked=asked, basis=verdict.basis)
    assert office.changes.issue.check_print(call(WINDOW), seen).proof
    office.protect("230")
    with pytest.raises(Refused) as refused:
        office.changes.issue.check_print(call(WINDOW), seen)
    gone = AskIssue(persons=("999",), capacity="third_party")
    with pytest.raises(Refused) as nobody:
        office.changes.issue.check_print(call(WINDOW), CheckPrint(asked=gone, basis=""))
    assert refused.value.reason == nobody.value.reason == "may_not_print"
    assert [kind for kind, _ in acts(office)[-2:]] == ["print.check_refused"] * 2


def test_a_release_that_ended_between_preview_and_printing_stops_the_printer(office: Office) -> None:
    office.protect("230")
    release(office, minutes=5)
    asked = AskIssue(persons=("230",), capacity="self", presenter="230", photo=True)
    basis = office.changes.issue.judge(call(WINDOW), asked).basis
    office.slice.clock.move(minutes=5)
    with pytest.raises(Refused, match="may_not_print"):
        office.changes.issue.check_print(call(WINDOW, office.now), CheckPrint(asked=asked, basis=basis))


def test_a_record_that_changed_since_the_preview_is_printed_anew(office: Office) -> None:
    asked = AskIssue(persons=("210",), capacity="third_party")
    basis = office.changes.issue.judge(call(WINDOW), asked).basis
    office.through(filing("change_of_address", "210", address=NEW_HOME, ward=NORTH))
    with pytest.raises(Refused, match="changed_since"):
        office.changes.issue.check_print(call(WINDOW), CheckPrint(asked=asked, basis=basis))


def test_a_stranger_s_household_is_not_one_s_own(office: Office) -> None:
    assert office.asks(("200", "201"), "same_household", presenter="202").told == "issuable"
    assert office.asks("230", "same_household", presenter="231").lines[0].why == "not_theirs"
    assert office.asks("200", "self", presenter="201").lines[0].why == "not_theirs"
    with pytest.raises(NotAllowed):
        office.asks("200", "self", who=CLERK)


# two people, and an end that nobody forgets


def test_the_request_protects_at_once_and_another_person_makes_it_final(office: Office) -> None:
    both = person("g02", "restraint.set", "restraint.decide", "restraint.see")
    asked = RequestMeasure(measure_id=fresh_id("m"), kind="protective", persons=("230",), reason="申出")
    row = office.changes.measures.request(call(both), asked)
    from app.wire.register_restraint import DecideMeasure

    own = DecideMeasure(measure_id=row.measure_id, version=row.version, outcome="approved")
    with pytest.raises(Refused, match="same_person"):
        office.changes.measures.decide(call(both), own)
    assert office.decide(row).state == "active"


def test_a_request_turned_down_lets_go(office: Office) -> None:
    row = office.protect("230")
    with pytest.raises(Refused, match="reason_missing"):
        office.decide(row, "refused", reason="")
    assert office.decide(row, "refused").state == "refused"
    assert office.asks("230", "third_party").told == "issuable"
    assert office.kept("230").restraints == ()


def test_ending_it_takes_another_person_and_until_then_it_holds(office: Office) -> None:
    row = office.decide(office.protect("230"))
    ask = ChangeMeasure(measure_id=row.measure_id, version=row.version, change="end", reason="本人の申出")
    waits = office.changes.measures.change(call(GUARD), ask)
    assert (waits.waits_for, office.asks("230", "third_party").told) == ("end", "nothing_to_issue")
    again = ChangeMeasure(measure_id=row.measure_id, version=waits.version, change="end", reason="再度")
    with pytest.raises(Refused, match="change_waiting"):
        office.changes.measures.change(call(GUARD), again)
    kept = office.decide(waits, "refused")
    assert (kept.state, office.asks("230", "third_party").told) == ("active", "nothing_to_issue")
    ask = ChangeMeasure(measure_id=row.measure_id, version=kept.version, change="end", reason="本人の申出")
    done = office.decide(office.changes.measures.change(call(GUARD), ask))
    assert (done.state, office.asks("230", "third_party").told) == ("ended", "issuable")


def test_its_end_is_told_a_month_before_and_after_it_and_it_holds_on(office: Office) -> None:
    row = office.decide(office.protect("230"))
    assert row.until == TODAY.replace(year=2027) - days(1)

    def told() -> str:
        (found,) = office.changes.measures.measures(call(GUARD, office.now), AskMeasures(person="230")).rows
        return found.alert

    assert told() == ""
    office.slice.clock.at = office.now.replace(year=2027, month=10, day=18)
    ask = ChangeMeasure(measure_id=row.measure_id, version=row.version, change="extend", reason="延長の申出")
    assert told() == ""
    with pytest.raises(Refused, match="too_early"):
        office.changes.measures.change(call(GUARD, office.now), ask)
    office.slice.clock.move(days=1)
    assert told() == "ending"
    office.slice.clock.at = office.now.replace(year=2028, month=3)
    assert told() == "lapsed"
    assert office.asks("230", "third_party").told == "nothing_to_issue"
    longer = office.decide(office.changes.measures.change(call(GUARD, office.now), ask))
    assert longer.until == TODAY.replace(year=2028) - days(1)
    assert told() == ""


def test_it_is_complete_only_when_every_system_says_so(office: Office) -> None:
    """R-040: 大東市 forgot one system; here it shows."""
    row = office.protect("230")
    assert row.complete is False
    others = [one.id for one in RULES.systems if not one.is_own]
    for place, system in enumerate(others):
        mark = MarkSystem(measure_id=row.measure_id, system=system, state="set")
        view = office.changes.measures.mark_system(call(GUARD), mark)
        assert view.row.complete == (place == len(others) - 1)
    with pytest.raises(Refused, match="wrong_state"):
        office.changes.measures.mark_system(
            call(GUARD), MarkSystem(measure_id=row.measure_id, system=others[0], state="lifted")
        )
    with pytest.raises(NotAllowed):
        office.changes.measures.mark_system(
            call(GUARD), MarkSystem(measure_id=row.measure_id, system="no_such", state="set")
        )
    ended = office.decide(row, "refused")
    assert ended.complete is False


def test_who_may_not_see_measures_learns_of_none(office: Office) -> None:
    row = office.protect("230", offender="佐藤　強", opinion="警察署")
    for who in (WINDOW, CLERK):
        with pytest.raises(NotAllowed):
            office.changes.measures.measures(call(who), AskMeasures())
        with pytest.raises(NotAllowed):
            office.changes.measures.open(call(who), OpenMeasure(measure_id=row.measure_id))
    view = office.changes.measures.open(call(BOSS), OpenMeasure(measure_id=row.measure_id))
    assert (view.offender, view.opinion, view.row.may) == ("佐藤　強", "警察署", ("decide",))
    assert "佐藤" not in str(acts(office))


def test_who_moves_out_keeps_it_here_as_a_provisional_one(office: Office) -> None:
    office.decide(office.protect("230"))
    office.through(filing("move_out", "230", event_day=TODAY - days(1), filed_day=TODAY, moved_to="南市本町"))
    (row,) = office.changes.measures.measures(call(GUARD), AskMeasures(person="230")).rows
    assert (row.state, row.alert) == ("provisional", "moved_out")
    assert office.asks("230", "third_party", removed=True).told == "nothing_to_issue"


def test_one_for_a_household_covers_its_members_and_who_comes_later(office: Office) -> None:
    marks = (RestraintMark(act="issue", level="error"),)
    office.protect("201", scope="household", acts=marks)
    assert {one for one in ("200", "201", "202", "210") if office.asks(one, "third_party").told != "issuable"} == {
        "200", "201", "202",
    }  # fmt: skip
    join = filing("household_change", "210", reason="merged", household="join", household_number="H20")
    office.through(
        type(join)(**{**{n: getattr(join, n) for n in join.__struct_fields__}, "persons": (part("210", "父"),)})
    )
    assert office.asks("210", "third_party").told == "nothing_to_issue"
    (row,) = office.changes.measures.measures(call(GUARD), AskMeasures(person="210")).rows
    office.decide(row, "refused")
    assert office.asks("210", "third_party").told == "issuable"


def part(business_number: str, relation: str):
    from app.wire.register_change import PersonPart

    return PersonPart(business_number=business_number, relation=relation)


def test_a_level_of_confirm_warns_and_does_not_stop(office: Office) -> None:
    marks = (RestraintMark(act="issue", level="confirm"),)
    row = RequestMeasure(measure_id=fresh_id("m"), kind="other", persons=("210",), reason="本人通知", acts=marks)
    made = office.changes.measures.request(call(GUARD), row)
    line = office.asks("210", "third_party").lines[0]
    assert (made.until, line.may, line.alert) == (None, True, True)


def test_a_restraint_does_not_overtake_what_waits_but_is_looked_into(office: Office) -> None:
    waiting = office.enter(CLERK, filing("change_of_address", "210", address=NEW_HOME, ward=NORTH))
    office.protect("210")
    assert office.approve(BOSS, waiting)[0].outcome == "finding_not_confirmed"
    assert office.approve(BOSS, waiting, confirmed=("protected",))[0].outcome == "approved"
    assert {mark.act for mark in office.kept("210").restraints} == {"view", "issue"}
    assert office.kept("210").address == NEW_HOME
