"""What a household needs after what happened to it, as the shipped tables say it; short guided steps (C-23)."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from app.domain.facts import Scalar
from app.domain.interview import Told, asked, relevant, suggested
from app.domain.interview_data import parse_interview
from app.domain.visit_plan import Standing, add, done, first_open, plan_of
from app.errors import DataFault
from app.shipped import read_toml
from tests.support.interviews import interview, procedures

TODAY = date(2026, 11, 20)


def told(*events: str, known: dict[str, Scalar] | None = None, day: date = TODAY, **answers: Scalar) -> Told:
    return relevant(interview(), Told(frozenset(events), answers, known or {}, day))


def needs(*events: str, **given: Any) -> list[str]:
    return [one.need.id for one in suggested(interview(), told(*events, **given))]


def test_a_family_that_moved_in_is_told_of_the_move_first_and_of_what_follows_from_it():
    found = needs(
        "moved_in", moved_from="home", moved_on=date(2026, 11, 15), has_child=True, planned_on=date(2026, 11, 14),
        wants_care=True, has_pupil=True, insurance="national", has_card=True,
    )  # fmt: skip
    assert found[0] == "move_in"
    assert {"allowance_claim", "nursery", "school", "health_insurance", "card_update", "child_medical"} <= set(found)
    assert "move_within" not in found


def test_time_limits_are_counted_from_the_dates_that_were_answered():
    """14 days after Sunday 15 November end on a Sunday: the limit is the Monday. The day itself does not count."""
    found = suggested(
        interview(),
        told("moved_in", moved_from="home", moved_on=date(2026, 11, 15), has_child=True, planned_on=date(2026, 11, 2)),
    )
    dues = {one.need.id: [(due.day, due.is_over) for due in one.due] for one in found}
    assert dues["move_in"] == [(date(2026, 11, 30), False)]
    assert dues["allowance_claim"] == [(date(2026, 11, 17), True)]


def test_a_death_is_notified_within_seven_days_the_first_one_counted():
    (notice, *_) = suggested(interview(), told("died", died_on=date(2026, 11, 19), death_notified=False))
    assert (notice.need.id, notice.due[0].day) == ("death_notice", date(2026, 11, 25))


def test_before_the_limit_it_runs_and_the_day_after_it_is_over():
    answers: dict[str, Scalar] = {"moved_on": date(2026, 11, 4)}
    for day, is_over in ((date(2026, 11, 18), False), (date(2026, 11, 19), True)):
        (move, *_) = suggested(interview(), told("moved_within", day=day, **answers))
        assert (move.due[0].day, move.due[0].is_over) == (date(2026, 11, 18), is_over)


def test_whose_office_pays_is_sent_there_and_not_offered_the_claim():
    found = needs("child_born", birth_notified=True, public_servant=True, receives_allowance=False)
    assert "allowance_by_office" in found
    assert "allowance_claim" not in found


def test_who_receives_it_already_asks_for_more_and_who_does_not_claims():
    common: dict[str, Scalar] = {"birth_notified": True, "public_servant": False, "born_on": date(2026, 11, 10)}
    assert "allowance_change" in needs("child_born", receives_allowance=True, **common)
    assert "allowance_claim" in needs("child_born", receives_allowance=False, **common)


def test_public_assistance_is_suggested_on_the_residents_own_word_only():
    poor = needs("lost_income", insurance="none", lost_on=date(2026, 11, 1), rent_hard=True)
    assert "livelihood" in poor
    assert "assistance" not in poor
    assert "assistance" in needs("wants_assistance")


def test_every_suggestion_says_why_where_and_what_to_bring():
    found = suggested(interview(), told("moved_in", moved_from="home", has_card=True))
    move = found[0]
    assert "転出証明書" in move.papers[0].label
    assert all(one.reasons and one.need.place in interview().places for one in found)


def test_an_answer_that_nobody_knows_suggests_nothing():
    assert "allowance_claim" not in needs("moved_in", moved_from="home")
    assert "health_insurance" not in needs("moved_in", moved_from="home")


def test_what_is_no_longer_asked_is_forgotten_with_what_it_brought():
    before = told("moved_in", moved_from="home", has_child=True, planned_on=date(2026, 11, 1))
    after = relevant(interview(), Told(frozenset({"needs_certificate"}), before.answers, {}, TODAY))
    assert after.answers == {}
    assert [one.id for one in asked(interview(), after)] == ["certificate_kind"]


def test_nobody_is_asked_about_what_did_not_happen():
    assert "died_on" not in [one.id for one in asked(interview(), told("moved_in"))]


@pytest.mark.parametrize("event", [one.id for one in interview().events])
def test_each_event_leads_somewhere(event: str):
    """With every question answered yes, or with its first option or a day, the event suggests at least one thing."""
    answers: dict[str, Scalar] = {}
    for _ in range(4):
        for question in asked(interview(), Told(frozenset({event}), answers, {}, TODAY)):
            choices = [option.value for option in question.options]
            answers[question.id] = choices[0] if choices else TODAY if question.kind.value == "date" else True
    assert suggested(interview(), Told(frozenset({event}), answers, {}, TODAY))


def test_the_list_goes_on_with_what_is_next_and_what_is_done_stays_done():
    book = interview()
    plan = plan_of(book, told("moved_in", moved_from="home", has_child=True, public_servant=False))
    following = first_open(book, plan)
    assert following is not None
    assert following.procedure == "move_in_notification"
    plan = done(book, plan, "move_in_notification")
    following = first_open(book, plan)
    assert following is not None
    assert following.procedure == "child_allowance_claim"
    again = plan_of(book, told("needs_certificate", certificate_kind="tax"), plan)
    assert again.standing("move_in") is Standing.DONE
    assert again.standing("allowance_claim") is None
    assert again.standing("tax_certificate") is Standing.TOLD


def test_what_the_clerk_adds_stays_and_what_is_done_can_not_be_taken_off():
    book = interview()
    plan = plan_of(book, told("moved_within"))
    need = book.need("handbook")
    assert need is not None
    plan = add(book, plan, need)
    assert plan.standing("handbook") is Standing.TOLD
    assert plan.without("handbook").standing("handbook") is None
    plan = done(book, plan, "move_within_city")
    assert plan.without("move_within").standing("move_within") is Standing.DONE


def broken(change: Callable[[dict[str, Any]], None]) -> DataFault:
    values = deepcopy(read_toml("tables", "interview.toml"))
    change(values)
    with pytest.raises(DataFault) as caught:
        parse_interview(values, read_toml("tables", "interview_places.toml"), procedures())
    return caught.value


def need_of(values: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in values["need"] if one["id"] == name)


@pytest.mark.parametrize(
    ("change", "what", "place"),
    [
        (lambda v: v["known"].append({"id": "x", "source": "assistance.receives"}), "other_sections_item", "known[10]"),
        (lambda v: v["known"].append({"id": "x", "source": "register.protected"}), "other_sections_item", "known[10]"),
        (
            lambda v: need_of(v, "assistance")["case"].append({
                "when": {"field": "child_known", "is": True},
                "why": "x",
            }),
            "other_sections_item",
            "need assistance",
        ),
        (lambda v: need_of(v, "move_in").update(after=["nursery"]), "ring", "need"),
        (lambda v: need_of(v, "nursery").update(place="attic"), "unknown_name", "need nursery: attic"),
        (lambda v: need_of(v, "nursery").update(procedure="dream"), "unknown_name", "procedure"),
        (lambda v: v["question"][0].update(when={"field": "landed", "is": True}), "unknown_name", "landed"),
        (lambda v: need_of(v, "move_in")["term"][0].update(clock="noon"), "unknown_name", "clock"),
        (lambda v: v["question"][0].update(hinweis="x"), "unknown_key", "question[1].hinweis"),
    ],
)
def test_tables_that_do_not_hold_together_are_refused_with_their_place(
    change: Callable[[dict[str, Any]], None], what: str, place: str
):
    fault = broken(change)
    assert fault.data["what"] == what
    assert place in fault.data["place"]
