"""What an interview may know of a person, behind the walls between sections, and what its slip says."""

from datetime import UTC, date, datetime

import pytest

from app.client.interview import shipped_guidance_words
from app.domain.facts import Scalar
from app.domain.interview import RESIDENCE_ITEMS, Told
from app.domain.person import Capacity
from app.domain.visit_plan import done, plan_of
from app.services.compose_guidance import compose_guidance
from app.services.plan_marks import mark_of, plan_from
from app.services.ports.seat import Press, Visit
from app.services.residence_facts import known_to, residence_facts
from app.wire.draft import PlanMark
from app.wire.message import decode, encode
from app.wire.register import Record, RestraintMark
from tests.support.documents import CAPACITIES
from tests.support.interviews import ISSUER, interview, relations
from tests.unit.services.conftest import hit, member, record

TODAY, AT = date(2026, 11, 20), datetime(2026, 11, 20, 1, tzinfo=UTC)
FATHER = hit("2001", name="見本　太郎", kana="ミホン　タロウ", birth=date(1990, 4, 1), sex="1", address="北市1")
HOUSEHOLD = (
    member("2001", "見本　太郎", date(1990, 4, 1), "世帯主"),
    member("2002", "見本　芽生", date(2016, 11, 10), "子"),
    member("2003", "見本　ウメ", date(1950, 1, 1), "母"),
)


def family(**changed: object) -> Record:
    found = hit("2001", name=FATHER.name, birth=FATHER.birth, sex="1", address=FATHER.address, **changed)
    return record(found, household=HOUSEHOLD)


def known(found: Record | None, capacity: Capacity) -> dict[str, object]:
    return dict(known_to(interview(), found, (capacity, CAPACITIES), relations(), TODAY))


def test_the_register_tells_yes_or_no_from_the_record_alone():
    facts = residence_facts(family(), relations(), TODAY)
    assert facts["register.has_child"]
    assert facts["register.has_school_child"]
    assert facts["register.has_over_75"]
    assert not facts["register.has_preschool_child"]
    assert not facts["register.has_spouse"]
    assert facts.keys() <= RESIDENCE_ITEMS
    assert all(isinstance(value, bool) for value in facts.values())


@pytest.mark.parametrize("capacity", [Capacity.AGENT, Capacity.THIRD_PARTY, Capacity.MESSENGER, Capacity.PROFESSIONAL])
def test_an_agent_learns_nothing_of_the_household_by_what_is_suggested(capacity: Capacity):
    assert known(family(), capacity) == {}
    assert known(family(), Capacity.SELF)["child_known"] is True


def test_of_a_protected_person_only_the_person_hears_anything():
    protected = family(restraints=(RestraintMark(act="issue", level="error"),))
    assert known(protected, Capacity.SAME_HOUSEHOLD) == {}
    assert known(protected, Capacity.SELF) != {}


def test_of_who_is_not_in_the_register_nothing_is_known():
    assert known(None, Capacity.SELF) == {}


def slip(*events: str, **answers: object) -> str:
    told = Told(frozenset(events), answers, known(family(), Capacity.SELF), TODAY)
    about = (Press("t", "k", AT), Visit("v1", "A012", AT))
    content = compose_guidance(about, interview(), plan_of(interview(), told), shipped_guidance_words(), (ISSUER, ""))
    assert content.addressee == ""
    lines = [content.title, content.number, content.lead, *content.instruction]
    for section in content.sections:
        lines += [section.title, *(f"{row.label}：{row.value}" for row in section.rows)]
    return "\n".join(lines)


def test_the_slip_says_where_by_when_what_to_bring_and_what_comes_first():
    text = slip("moved_in", moved_from="home", moved_on=date(2026, 11, 15), has_card=True)
    assert "1　引っ越" in text
    assert "1階　1番" in text
    assert "令和8年11月30日 まで" in text
    assert "転出証明書" in text
    assert "1番の 後" in text


def test_the_slip_names_nobody_and_says_nothing_that_only_the_register_knows():
    text = slip("moved_in", moved_from="home", has_child=True)
    for secret in ("見本　太郎", "芽生", "北市1", "2001", "母"):
        assert secret not in text


def test_a_draft_keeps_the_list_of_its_visit_over_a_power_cut() -> None:
    """Dates come back as dates; what the register said is asked again and not kept."""
    book = interview()
    answers: dict[str, Scalar] = {"moved_from": "home", "moved_on": date(2026, 11, 15), "has_child": True}
    plan = plan_of(book, Told(frozenset({"moved_in"}), answers, {"child_known": True}, TODAY))
    plan = done(book, plan, "move_in_notification")
    back = plan_from(decode(encode(mark_of(plan)), PlanMark), book, TODAY)
    assert back is not None
    assert back.items == plan.items
    assert back.told.answers == answers
    assert back.told.known == {}


def test_a_list_of_tables_that_changed_meanwhile_opens_without_what_they_no_longer_know() -> None:
    mark = PlanMark(
        events=("moved_in", "landed"), answers={"fax": "1"}, items=(("move_in", "today", False), ("x", "told", True))
    )
    plan = plan_from(mark, interview(), TODAY)
    assert plan is not None
    assert [one.need for one in plan.items] == ["move_in"]
    assert plan.told.events == {"moved_in"}
