"""Accesses are explained, or ranked by plain rules; the synthetic office shows what these find (C-12, R-032, R-052)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.access import Access, Matter, Near, Watched, Way
from app.domain.access_review import Reviewed, review
from app.domain.access_rules import AccessRules, Fact, load_access_rules
from app.errors import DataFault, PartMissing
from app.standin.accesses.book import Made
from app.standin.accesses.make import make_accesses
from app.standin.accesses.office import Size
from bench.accesses import HELD_OUT, recalls
from tests.support.source import ROOT

FILE = ROOT / "resources" / "tables" / "access_review.toml"
TEN = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""A Friday, ten o'clock in Tokyo."""


@pytest.fixture(scope="module")
def rules() -> AccessRules:
    return load_access_rules(FILE)


def opened(person: str = "1", at: datetime = TEN, **more) -> Access:
    given = {"ref": f"r:{at.isoformat()}/{person}", "way": Way.OPEN, "staff_id": "k", "terminal": "T", "household": "H"}
    return Access(at=at, person=person, **(given | more))


def matter(*people: str, **more) -> Matter:
    given = {"matter_id": "v", "terminal": "T", "opened_at": TEN, "closed_at": TEN + timedelta(minutes=20)}
    return Matter(staff=frozenset({"k"}), people=frozenset(people), **(given | more))


def seen(rules: AccessRules, accesses: Sequence[Access], *matters: Matter) -> Reviewed:
    return review(Watched(accesses, {one.matter_id: one for one in matters}), rules)


def facts(reviewed: Reviewed) -> list[set[Fact]]:
    return [{one.fact for one in finding.reasons} for finding in reviewed.findings]


def test_who_a_matter_names_is_explained_while_it_is_open_and_a_little_around(rules: AccessRules) -> None:
    times = [TEN - timedelta(minutes=9), TEN, TEN + timedelta(minutes=29)]
    assert seen(rules, [opened(at=at, visit="v") for at in times], matter("1")).why == {"named": 3}
    late = opened(at=TEN + timedelta(minutes=31), visit="v")
    assert seen(rules, [late], matter("1")).why == {"closed": 1}


def test_the_household_is_explained_only_where_the_procedure_names_it(rules: AccessRules) -> None:
    wide = matter("1", households=frozenset({"H"}), wide=True)
    assert seen(rules, [opened("2", visit="v")], wide).why == {"household": 1}
    assert seen(rules, [opened("2", visit="v")], replace(wide, wide=False)).why == {"not_named": 1}


def test_the_wrong_line_of_the_right_list_is_a_slip_and_a_search_of_its_own_is_not(rules: AccessRules) -> None:
    listed = opened("", way=Way.SEARCH, found=("1", "2"), visit="v")
    assert seen(rules, [listed, opened("2", visit="v")], matter("1")).why == {"search": 1, "slip": 1}
    own = opened("2", way=Way.SEARCH, found=("2",), visit="v")
    assert seen(rules, [own, opened("2", visit="v")], matter("1")).why == {"not_named": 2}


def test_a_case_file_is_open_to_who_worked_on_it_until_an_appeal_can_come(rules: AccessRules) -> None:
    decided = matter("1", waits_from=TEN, waits_until=TEN + timedelta(hours=3))
    day = TEN + timedelta(days=30)
    assert seen(rules, [opened(at=day, way=Way.FILE, visit="v")], decided).why == {"named": 1}
    assert seen(rules, [opened(at=day, visit="v")], decided).why == {"closed": 1}


def test_a_reason_explains_but_not_any_word(rules: AccessRules) -> None:
    assert seen(rules, [opened(reason="post")]).why == {"reason": 1}
    assert facts(seen(rules, [opened(reason="because")])) == [{Fact.NO_CASE}]


@pytest.mark.parametrize("near", [one for one in Near if one is not Near.SURNAME])
def test_somebody_near_stands_out_where_only_a_reason_or_an_errand_explains_it(rules: AccessRules, near: Near) -> None:
    assert facts(seen(rules, [opened(reason="phone", near=(near,))])) == [{Fact(near.value)}]
    assert facts(seen(rules, [opened(visit="v", near=(near,))], matter())) == [{Fact(near.value)}]
    assert seen(rules, [opened(visit="v", near=(near,))], matter("1")).findings == ()


def test_one_s_own_name_alone_is_chance_and_together_with_something_is_not(rules: AccessRules) -> None:
    looks = [opened(at=TEN + timedelta(days=day), reason="phone", near=(Near.SURNAME,)) for day in (0, 4)]
    assert seen(rules, looks[:1]).findings == ()
    assert facts(seen(rules, looks)) == [{Fact.SURNAME, Fact.REPEATED}]


def test_one_person_on_three_days_stands_out_whatever_the_cover(rules: AccessRules) -> None:
    days = [opened(at=TEN + timedelta(days=day), reason="phone") for day in (0, 7, 35)]
    (finding,) = seen(rules, days).findings
    assert [(one.fact, one.count) for one in finding.reasons] == [(Fact.REPEATED, 3)]
    assert seen(rules, [*days[:2], opened(at=TEN + timedelta(days=119), reason="phone")]).findings == ()


def test_out_of_hours_stands_out_only_where_no_matter_settles_it(rules: AccessRules) -> None:
    night = TEN + timedelta(hours=12)
    assert facts(seen(rules, [opened(at=night, reason="phone")])) == [{Fact.OUT_OF_HOURS}]
    open_late = matter("1", opened_at=night, closed_at=None)
    assert seen(rules, [opened(at=night, visit="v")], open_late).findings == ()


def many(count: int, day: int = 0, **more) -> list[Access]:
    at = TEN + timedelta(days=day)
    return [opened(f"p{day}-{n}", at + timedelta(minutes=n), reason="phone", **more) for n in range(count)]


def test_many_on_one_day_stand_out_and_just_below_it_on_several_days(rules: AccessRules) -> None:
    limit = rules.mass_people
    assert facts(seen(rules, many(limit))) == [{Fact.MASS}]
    assert seen(rules, many(limit - 1)).findings == ()
    looks = [one for day in (0, 4, 6) for one in many(limit - 1, day)]
    assert facts(seen(rules, looks)) == [{Fact.UNDER}]


def test_several_strangers_under_one_valid_matter_stand_out(rules: AccessRules) -> None:
    looks = [opened(f"{n}", TEN + timedelta(minutes=n), visit="v") for n in range(2, 5)]
    assert facts(seen(rules, looks, matter("1"))) == [{Fact.SEVERAL, Fact.NOT_NAMED}]
    assert seen(rules, looks[:2], matter("1")).findings == ()


def test_a_matter_of_somebody_else_or_of_nobody_explains_nothing(rules: AccessRules) -> None:
    assert seen(rules, [opened(visit="v", staff_id="x")], matter("1")).why == {"foreign": 1}
    assert facts(seen(rules, [opened(visit="w")])) == [{Fact.UNKNOWN_CASE}]


def test_the_gravest_stands_first(rules: AccessRules) -> None:
    looks = [opened("2", TEN), opened("3", TEN + timedelta(days=1), near=(Near.COLLEAGUE,))]
    scores = [one.score for one in seen(rules, looks).findings]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 1


def test_rules_that_miss_a_number_are_refused_with_its_place(tmp_path) -> None:
    broken = tmp_path / "access_review.toml"
    broken.write_text(FILE.read_text("utf-8").replace("people = 20", "peopel = 20"), "utf-8")
    with pytest.raises(DataFault) as fault:
        load_access_rules(broken)
    assert fault.value.data["place"] == "access_review.toml.mass.people"
    with pytest.raises(PartMissing):
        load_access_rules(tmp_path / "none.toml")


SMALL = Size(staff=40, days=60, visits=5, residents=8000)


@pytest.fixture(scope="module")
def synthetic() -> Made:
    return make_accesses("suite-1", SMALL, 2)


def test_of_synthetic_accesses_nearly_all_are_explained_without_a_person(rules: AccessRules, synthetic: Made) -> None:
    reviewed = review(synthetic.watched, rules)
    assert reviewed.explained / reviewed.total >= 0.97
    assert reviewed.why["reason"] / reviewed.total <= 0.05
    assert len(reviewed.findings) / reviewed.total <= 0.003, "a small office has the same number of incidents"


def test_of_synthetic_misuse_the_known_classes_are_found_and_most_of_those_held_out(
    rules: AccessRules, synthetic: Made
) -> None:
    found = recalls(synthetic, review(synthetic.watched, rules))
    assert len(found) == 10
    known = [one for one in found if one.kind not in HELD_OUT]
    held_out = [one for one in found if one.kind in HELD_OUT]
    assert sum(one.found for one in known) / sum(one.incidents for one in known) >= 0.95
    assert sum(one.found for one in held_out) / sum(one.incidents for one in held_out) >= 0.8


def test_the_same_seed_makes_the_same_office_and_another_one_another() -> None:
    tiny = Size(staff=4, days=6, visits=4, residents=2000)
    first, again, other = (make_accesses(seed, tiny, 1) for seed in ("a", "a", "b"))
    assert first == again
    assert first.watched.accesses != other.watched.accesses


def test_without_misuse_no_rule_is_kept_busy(rules: AccessRules) -> None:
    clean = make_accesses("suite-2", replace(SMALL, days=30), 0)
    reviewed = review(clean.watched, rules)
    assert len(reviewed.findings) / reviewed.total <= 0.001
