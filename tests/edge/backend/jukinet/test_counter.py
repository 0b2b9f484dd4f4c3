"""S06-2, S06-4, S06-5, S06-8, M-4, C-20, C-22, F-03, F-30, R-021, B2-7: what a counter asks, and is not told."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest

from app.domain.rights import Actor
from app.errors import AppError, Conflict, NotAllowed, NotUnderstood, Refused
from app.standin.jukinet.server import NetworkServer
from app.wire.jukinet import IdentityInfo
from app.wire.jukinet_counter import (
    AskBacklog,
    AskCard,
    EnquireNational,
    FetchNumber,
    NetworkFour,
    ReportCard,
    SearchNetwork,
)
from tests.edge.backend.jukinet.world import BORN, FAR, PROCEDURE, City, change, clerk, new_id, somebody

SEARCHER = clerk("s01", "network.search")
NUMBERED = clerk("s02", "network.search", guarded=("network.search",))
ENQUIRER = clerk("s03", "network.enquire")
SEES_ALL = clerk("s04", "network.enquire", guarded=("network.enquire",))
CHECKER = clerk("s05", "network.check", "network.card", guarded=("network.number",))
OTHER = clerk("s06", "network.check", "network.card", guarded=("network.number",))


def four(one: IdentityInfo, *items: str) -> NetworkFour:
    return NetworkFour(**{name: getattr(one, name) for name in items or ("name", "address", "birth", "sex")})


def search(city: City, said: NetworkFour | None, who: Actor = SEARCHER, **others: object) -> list[str]:
    asked = msgspec.structs.replace(SearchNetwork(procedure=PROCEDURE, four=said), **others)
    return [hit.name for hit in city.part.desk.asking.search(city.by(who), asked).hits]


def reason_of(work: Callable[[], object]) -> str:
    with pytest.raises(AppError) as caught:
        work()
    return caught.value.reason if isinstance(caught.value, Refused) else type(caught.value).__name__


@pytest.mark.parametrize(
    "items", [("name", "birth"), ("name", "address"), ("address", "birth"), ("name", "address", "birth", "sex")]
)
@pytest.mark.parametrize("where", ["city", "country"])
@pytest.mark.seed("S06-4", "C-22", "M-4")
def test_any_two_of_the_items_find_the_person_in_the_city_and_in_the_country(
    city: City, items: tuple[str, ...], where: str
) -> None:
    """S06-4, F-03, M-4, C-22."""
    one, other = somebody(), somebody()
    city.lives_here(one, other)
    assert search(city, four(one, *items), where=where) == [one.name]
    kind, detail = city.acts()[-1]
    assert (kind, detail["hits"], detail["by"], detail["where"]) == ("network.searched", 1, ",".join(items), where)
    assert one.name not in repr(detail)


def test_variants_of_characters_find_the_same_person_and_another_birth_date_does_not(city: City) -> None:
    """S06-4."""
    one = somebody("渡邉　見本")
    city.lives_here(one)
    said = NetworkFour(name="渡辺　見本", birth=BORN, address=one.address)
    assert search(city, said, where="city") == [one.name]
    assert search(city, msgspec.structs.replace(said, birth=date(1981, 1, 1)), where="city") == []


@pytest.mark.parametrize("items", [("name",), ("address",), ("birth",), ("sex",), ("birth", "sex"), ("name", "sex")])
@pytest.mark.parametrize("where", ["city", "country"])
@pytest.mark.twin("S06-4", "C-22")
def test_what_would_list_too_many_is_refused_and_recorded_and_asked_of_nobody(
    city: City, items: tuple[str, ...], where: str
) -> None:
    """S06-4 negative twin."""
    before = len(city.network.enquiries)
    assert reason_of(lambda: search(city, four(somebody(), *items), where=where)) == "network_too_broad"
    assert len(city.network.enquiries) == before
    assert city.acts()[-1][0] == "network.searched_refused"


def test_a_long_list_is_cut_and_says_so(city: City) -> None:
    """S06-4."""
    people = [somebody("見本　多数", address="見本市西区九丁目9番9号") for _ in range(23)]
    city.lives_here(*people)
    for where in ("city", "country"):
        asked = SearchNetwork(procedure=PROCEDURE, four=four(people[0], "name", "address"), where=where)
        found = city.part.desk.asking.search(city.by(SEARCHER), asked)
        assert (len(found.hits), found.more) == (20, True)


@pytest.mark.seed("F-30")
def test_a_number_finds_one_person_for_who_may_search_by_number(city: City) -> None:
    """S06-4."""
    one = somebody()
    city.lives_here(one)
    for where in ("city", "country"):
        assert search(city, None, NUMBERED, my_number=one.my_number, where=where) == [one.name]
    assert reason_of(lambda: search(city, None, SEARCHER, my_number=one.my_number)) == "NotAllowed"
    assert reason_of(lambda: search(city, four(one), NUMBERED, my_number=one.my_number)) == "NotUnderstood"
    assert reason_of(lambda: search(city, None, NUMBERED, my_number="123456789012")) == "BadFormat"


@pytest.mark.twin("M-4", "F-03")
def test_right_task_and_hours_decide_before_anybody_is_asked(city: City, server: NetworkServer) -> None:
    """S06-4, S06-5, F-30, R-021 negative twins."""
    one, before = somebody(), len(city.network.enquiries)
    assert reason_of(lambda: search(city, four(one), clerk("s09", "network.check"))) == "NotAllowed"
    assert reason_of(lambda: search(city, four(one), procedure="another_task")) == "network_task"
    asked = EnquireNational(procedure=PROCEDURE, four=four(one))
    assert reason_of(lambda: city.part.desk.asking.enquire(city.by(SEARCHER), asked)) == "NotAllowed"
    assert len(city.network.enquiries) == before
    server.trouble.away.add("national")
    assert reason_of(lambda: search(city, four(one))) == "network_away"
    server.trouble.away.clear()
    city.clock.move(hours=13)
    assert reason_of(lambda: search(city, four(one))) == "network_closed"
    assert search(city, four(one), where="city") == []
    city.clock.move(hours=11)
    assert len(city.network.enquiries) == before


@pytest.mark.seed("S06-5", "B2-7", "F-03", "R-088")
def test_the_national_level_answers_by_code_number_or_items_and_tells_numbers_to_who_may_see_them(city: City) -> None:
    """S06-5, B2-7, F-03."""
    one = somebody(place=FAR)
    city.network.set_up([one])
    for asked in (
        EnquireNational(procedure=PROCEDURE, resident_code=one.resident_code),
        EnquireNational(procedure=PROCEDURE, my_number=one.my_number),
        EnquireNational(procedure="resident_register", four=four(one, "name", "birth")),
    ):
        (found,) = city.part.desk.asking.enquire(city.by(SEES_ALL), asked).people
        assert (found.hit.municipality, found.my_number) == (FAR, one.my_number)
        assert found.resident_code == one.resident_code
    bare = city.part.desk.asking.enquire(city.by(ENQUIRER), asked).people[0]
    assert (bare.hit.name, bare.my_number, bare.resident_code) == (one.name, "", "")
    kind, detail = city.acts()[-1]
    assert (kind, detail["hits"], detail["shown"]) == ("network.enquired", 1, "")


@pytest.mark.twin("S06-5", "B2-7")
def test_a_code_or_number_is_no_key_for_who_has_not_its_class_and_one_way_is_asked_at_a_time(city: City) -> None:
    """S06-5 negative twin."""
    one, enquire = somebody(), city.part.desk.asking.enquire
    for asked, who, reason in (
        (EnquireNational(procedure=PROCEDURE, resident_code=one.resident_code), ENQUIRER, "NotAllowed"),
        (EnquireNational(procedure=PROCEDURE, my_number=one.my_number), ENQUIRER, "NotAllowed"),
        (EnquireNational(procedure=PROCEDURE), SEES_ALL, "NotUnderstood"),
        (EnquireNational(procedure=PROCEDURE, my_number=one.my_number, four=four(one)), SEES_ALL, "NotUnderstood"),
        (EnquireNational(procedure=PROCEDURE, resident_code="12"), SEES_ALL, "BadFormat"),
    ):
        assert reason_of(lambda who=who, asked=asked: enquire(city.by(who), asked)) == reason
    assert enquire(city.by(SEES_ALL), EnquireNational(procedure=PROCEDURE, my_number=one.my_number)).people == ()


@pytest.mark.seed("S06-2", "B2-10")
def test_a_card_proved_by_its_pin_shows_who_it_is_and_stands_in_the_ledger_before_the_number_is_told(
    city: City,
) -> None:
    """S06-2, C-20, B2-10."""
    one = somebody()
    city.lives_here(one)
    city.holds(one)
    checked = city.checks(CHECKER, one, "number")
    assert (checked.result, checked.differences, checked.card_state) == ("same", (), "issued")
    assert checked.person is not None
    assert checked.person.name == one.name
    assert checked.proof
    asked = FetchNumber(check_id=checked.check_id, procedure=PROCEDURE)
    assert city.part.desk.checking.number(city.by(CHECKER), asked).my_number == one.my_number
    kinds = [kind for kind, detail in city.acts() if detail["about"] == checked.check_id]
    assert kinds == ["identity.checked", "number.fetched"]


def test_somebody_of_another_city_is_checked_at_the_national_level_and_differences_are_named(city: City) -> None:
    """S06-2."""
    one = somebody(place=FAR)
    city.network.set_up([one])
    city.holds(one)
    checked = city.checks(CHECKER, one, "wide_area", shown=NetworkFour(name="別人　一郎", birth=one.birth, sex="2"))
    assert (checked.result, checked.differences) == ("differs", ("name", "sex"))


@pytest.mark.twin("S06-2", "B2-10")
def test_no_number_without_a_check_of_this_day_by_the_same_person_for_this_purpose(city: City) -> None:
    """S06-2, C-20 negative twin: the number of nobody is told, and every refusal is kept."""
    one = somebody()
    city.lives_here(one)
    city.holds(one)
    right, wide = city.checks(CHECKER, one, "number").check_id, city.checks(CHECKER, one, "wide_area").check_id
    wrong = city.checks(CHECKER, one, "number", shown=NetworkFour(name="別人　二郎")).check_id

    def fetch(who: Actor, check_id: str) -> Callable[[], object]:
        asked = FetchNumber(check_id=check_id, procedure=PROCEDURE)
        return lambda: city.part.desk.checking.number(city.by(who), asked)

    for who, check_id in ((OTHER, right), (CHECKER, wide), (CHECKER, wrong), (CHECKER, "none")):
        assert reason_of(fetch(who, check_id)) == "NotAllowed"
        assert city.acts()[-1][0] == "number.fetched_refused"
    city.clock.move(days=1)
    assert reason_of(fetch(CHECKER, right)) == "NotAllowed"
    assert reason_of(fetch(clerk("s07", "network.check"), right)) == "NotAllowed"


def test_a_wrong_pin_counts_down_to_a_block_also_over_a_restart_and_nobody_is_named(city: City) -> None:
    """S06-2 negative twin."""
    one = somebody()
    city.lives_here(one)
    city.holds(one)
    told = [city.checks(CHECKER, one, "card", pin="0000") for _ in range(3)]
    assert [(each.result, each.left, each.person) for each in told] == [
        ("wrong_pin", 2, None),
        ("wrong_pin", 1, None),
        ("blocked", 0, None),
    ]
    assert city.checks(CHECKER, one, "card").result == "blocked"
    assert city.checks(CHECKER, somebody(), "card").result == "unknown_card"


def test_a_check_is_made_once_and_only_with_the_right_to_it(city: City) -> None:
    one = somebody()
    city.lives_here(one)
    city.holds(one)
    made = city.checks(CHECKER, one, "card")
    with pytest.raises(Conflict):
        city.checks(CHECKER, one, "card", check_id=made.check_id)
    with pytest.raises(NotAllowed):
        city.checks(SEARCHER, one, "card")
    with pytest.raises(NotUnderstood):
        city.checks(CHECKER, one, "curiosity")


def report(one: IdentityInfo, step: str, **others: object) -> ReportCard:
    made = ReportCard(
        event_id=new_id(),
        step=step,
        card_number=f"CARD{one.resident_code}",
        event_day=BORN,
        resident_code=one.resident_code,
    )
    return msgspec.structs.replace(made, **others)


@pytest.mark.seed("S06-8")
def test_a_lost_card_is_stopped_here_and_what_else_is_to_be_asked_is_said(city: City) -> None:
    """S06-8: the certificates' revocation is asked of the resident, nobody is told of it from here."""
    one = somebody()
    city.tells(change(one, 1))
    desk = city.part.desk.cards
    assert desk.report(city.by(CHECKER), report(one, "issue")).state == "issued"
    lost = desk.report(city.by(CHECKER), report(one, "suspend", lost=True))
    assert lost.state == "suspended"
    assert lost.still == ("police_report", "certificate_revocation", "new_card")
    city.works()
    assert city.network.cards.state_of(one.resident_code).value == "suspended"
    assert city.forwarded(lost.event_id)[0].state == "done"
    ended = desk.report(city.by(CHECKER), report(one, "abolish"))
    assert ended.still == ("certificate_revocation",)


def test_how_a_card_stands_is_seen_by_who_reports_and_what_may_follow(city: City) -> None:
    """S06-8: also by the check of the card; its negative twins."""
    one, desk = somebody(), city.part.desk
    city.lives_here(one)
    city.holds(one)
    bare = desk.card_look.look(city.by(CHECKER), AskCard(resident_code=one.resident_code))
    assert (bare.state, bare.card_number, bare.steps) == ("none", "", ("issue",))
    desk.cards.report(city.by(CHECKER), report(one, "issue", reason="初めての交付"))
    checked = city.checks(CHECKER, one, "card").check_id
    seen = desk.card_look.look(city.by(CHECKER), AskCard(check_id=checked))
    assert (seen.state, seen.card_number) == ("issued", f"CARD{one.resident_code}")
    assert seen.steps == ("suspend", "abolish", "recover", "return")
    kind, detail = city.acts()[-1]
    assert (kind, detail["state"]) == ("card.state_seen", "issued")
    assert one.resident_code not in repr(detail)
    assert ("card.stepped", "初めての交付") in [(kind, detail.get("reason")) for kind, detail in city.acts()]
    for who, asked, reason in (
        (SEARCHER, AskCard(resident_code=one.resident_code), "NotAllowed"),
        (OTHER, AskCard(check_id=checked), "NotAllowed"),
        (CHECKER, AskCard(resident_code=somebody().resident_code), "card_person"),
        (CHECKER, AskCard(), "NotUnderstood"),
    ):
        assert reason_of(lambda who=who, asked=asked: desk.card_look.look(city.by(who), asked)) == reason
        assert city.acts()[-1][0] == "card.state_seen_refused"


def test_no_card_is_stepped_without_right_person_or_a_step_that_follows(city: City) -> None:
    """S06-8 negative twin."""
    one, desk = somebody(), city.part.desk.cards
    city.tells(change(one, 1))
    assert reason_of(lambda: desk.report(city.by(SEARCHER), report(one, "issue"))) == "NotAllowed"
    assert reason_of(lambda: desk.report(city.by(CHECKER), report(one, "suspend"))) == "card_step"
    assert reason_of(lambda: desk.report(city.by(CHECKER), report(somebody(), "issue"))) == "card_person"
    assert reason_of(lambda: desk.report(city.by(CHECKER), report(one, "burn"))) == "NotUnderstood"
    key, asked = new_id(), report(one, "issue")
    first = desk.report(city.by(CHECKER, key), asked)
    assert desk.report(city.by(CHECKER, key), asked) == first


def test_a_suspended_card_works_again_and_is_taken_back_after_it_was_checked(city: City) -> None:
    """S06-8."""
    one, desk = somebody(), city.part.desk.cards
    city.lives_here(one)
    city.holds(one)
    for step in ("issue", "suspend"):
        desk.report(city.by(CHECKER), report(one, step))
    city.works()
    assert city.network.cards.state_of(one.resident_code).value == "suspended"
    assert city.checks(CHECKER, one, "wide_area").result == "not_in_use"
    made = city.checks(CHECKER, one, "card")
    assert (made.result, made.card_state) == ("same", "suspended")
    checked = {"resident_code": "", "check_id": made.check_id}
    assert desk.report(city.by(CHECKER), report(one, "resume", **checked)).state == "issued"
    assert desk.report(city.by(CHECKER), report(one, "recover", **checked)).state == "recovered"


@pytest.mark.twin("S06-8", "F-05")
def test_without_the_cards_own_check_none_is_resumed_or_taken_back(city: City) -> None:
    """S06-8 negative twin: a code that somebody knows, a check of another card, another clerk's check."""
    one, other, desk = somebody(), somebody(), city.part.desk.cards
    city.lives_here(one, other)
    for each in (one, other):
        city.holds(each)
    for step in ("issue", "suspend"):
        desk.report(city.by(CHECKER), report(one, step))
    theirs = city.checks(CHECKER, other, "card").check_id
    mine = city.checks(CHECKER, one, "card").check_id
    wrong = city.checks(CHECKER, one, "card", pin="9999").check_id
    for step in ("resume", "recover"):
        for who, how, reason in (
            (CHECKER, {}, "card_unchecked"),
            (CHECKER, {"resident_code": "", "check_id": theirs}, "card_step"),
            (OTHER, {"resident_code": "", "check_id": mine}, "NotAllowed"),
            (CHECKER, {"resident_code": "", "check_id": wrong}, "NotAllowed"),
        ):
            assert (
                reason_of(lambda who=who, step=step, how=how: desk.report(city.by(who), report(one, step, **how)))
                == reason
            )
            assert city.acts()[-1][0] == "card.stepped_refused"


def test_what_waits_and_what_stands_in_the_way_can_be_seen(city: City, server: NetworkServer) -> None:
    server.trouble.away.add("prefecture")
    city.tells(change(somebody(), 1))
    city.works()
    who = clerk("s08", "network.state")
    backlog = city.part.desk.backlog.show(city.by(who), AskBacklog())
    assert backlog.waiting >= 1
    assert (backlog.open_now, backlog.cause) == (True, "office.unreachable")
    assert len(backlog.rows) == min(50, backlog.waiting + len(backlog.dead))
    assert backlog.oldest_at == min(row.made_at for row in backlog.rows if row.state == "waiting")
    assert {row.kind for row in backlog.rows} >= {"update"}
    assert backlog.rows[-1].has == ()
    with pytest.raises(NotAllowed):
        city.part.desk.backlog.show(city.by(SEARCHER), AskBacklog())


@pytest.mark.twin("F-30")
def test_another_city_of_the_same_installation_sees_nothing_of_this_one(city: City) -> None:
    """S06-4, F-30 negative twin."""
    one = somebody()
    city.lives_here(one)
    theirs = clerk("s01", "network.search", place="992003")
    assert search(city, four(one), theirs, where="city") == []
