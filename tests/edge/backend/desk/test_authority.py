"""C-26, B1-3, B4-1: the office's table says who decides what; deputies take two others; what is held; safe batches.

Every rule with its negative twin, on both engines.
"""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.backend.desk import store
from app.backend.desk.service import Neighbours, desk_service
from app.domain.call import Call
from app.domain.delegation import parse_delegation
from app.domain.rights import Actor, Right
from app.errors import Conflict, DataFault, NotAllowed, NotUnderstood, Refused
from app.wire.desk import (
    AskQueue,
    CheckReception,
    Decide,
    Examine,
    OpenApplication,
    PersonMark,
    QueueEntry,
    RolesMark,
)
from app.wire.desk_review import (
    ApproveDeputy,
    AskDelegation,
    BatchItem,
    EndDeputy,
    HoldCase,
    LetGo,
    PassBatch,
    ProposeDeputy,
)
from tests.edge.backend.desk.conftest import (
    AUTHOR,
    CHECKER,
    CLAIM,
    COPY,
    DECIDER,
    EXAMINER,
    FACTS,
    MOVE,
    PROCEDURE,
    KeptAnswers,
    Office,
    Registered,
    having,
)
from tests.support.documents import RULES
from tests.support.slices import KITA, MINAMI, OpenSlice, SliceOpener, acts, person
from tests.support.source import ROOT

FILE = (ROOT / "resources" / "tables" / "delegation.toml").read_text("utf-8")
SHIPPED = parse_delegation(tomllib.loads(FILE), {CLAIM, "public_assistance"})
MANY = FACTS | {
    "children": tuple(
        FACTS["children"][0] | {"child_name": f"髙橋　{name}", "child_birth": f"201{at + 2}-05-05"}
        for at, name in enumerate("一二三四五")
    )
}
"""Five children: more a month than a 課長 decides."""
DIRECTOR = person("006", *having("application.read", "decision.director"))
HEAD = person("007", *having("application.read"), "decision.deputy")
SECOND = person("008", "decision.deputy")
STANDIN = person("010", *having("application.read"))
TODAY = date(2026, 11, 20)


@dataclass
class Restrained:
    """Who the register says is under a restraint."""

    people: set[str] = field(default_factory=set)

    def protected(self, call: Call, business_numbers: Collection[str]) -> frozenset[str]:
        return frozenset(self.people & set(business_numbers))


@dataclass
class Ruled(Office):
    """An office that has its table of decisions, before a register that knows restraints."""

    restrained: Restrained = field(default_factory=Restrained)

    def examined(self, name: str = "a1", **more: object) -> None:
        """Ready to be decided: three others have had it."""
        self.receive(name, **more)
        review = self.desk.review
        review.check(self.call(CHECKER), CheckReception(application_id=name, version=1, outcome="passed"))
        review.examine(self.call(EXAMINER), Examine(application_id=name, version=2, outcome="passed"))

    def decided(self, actor: Actor, name: str = "a1", outcome: str = "approved", reason: str = "") -> str:
        view = self.desk.review.open(self.call(actor), OpenApplication(application_id=name))
        looked = tuple(view.confirmed_findings)
        asked = Decide(application_id=name, version=3, outcome=outcome, reason=reason, confirmed_findings=looked)
        return self.desk.review.decide(self.call(actor), asked).state

    def line(self, actor: Actor, name: str = "a1") -> QueueEntry:
        found = self.desk.review.queue(self.call(actor), AskQueue()).entries
        return next(one for one in found if one.application_id == name)

    def propose(self, actor: Actor = HEAD, **more: object) -> None:
        given = {"deputy_id": "d1", "level": "director", "staff_id": "010", "since": TODAY, "until": TODAY}
        self.desk.deputies.propose(self.call(actor), ProposeDeputy(**(given | more)))

    def approve(self, actor: Actor = SECOND, version: int = 1) -> None:
        self.desk.deputies.approve(self.call(actor), ApproveDeputy(deputy_id="d1", version=version))

    def batch(self, actor: Actor, *items: tuple[str, int, str], key: str = "") -> dict[str, str]:
        asked = PassBatch(items=tuple(BatchItem(application_id=a, version=v, step=s) for a, v, s in items))
        done = self.desk.batch.run(self.call(actor, key), asked)
        return {one.application_id: one.state or one.why for one in done.outcomes}

    def hold(self, actor: Actor, until: date, reason: str = "paper_awaited", version: int = 1) -> None:
        asked = HoldCase(application_id="a1", version=version, until=until, reason=reason, note="あす届く")
        self.desk.holding.hold(self.call(actor), asked)


@pytest.fixture
def ruled(slice_opener: SliceOpener) -> Ruled:
    opened: OpenSlice = slice_opener("desk", store)
    book = store.DeskStore(opened.database, opened.cells, opened.answers, opened.pen, opened.logbook)
    relay, register, restrained = KeptAnswers(), Registered(), Restrained()
    neighbours = Neighbours(relay, register, protections=restrained, delegation=SHIPPED)
    desk = desk_service(book, {one.id: one for one in (PROCEDURE, MOVE, COPY)}, RULES, neighbours)
    return Ruled(desk, opened, relay, register, restrained)


def why(work) -> str:
    with pytest.raises(Refused) as caught:
        work()
    return caught.value.reason


def test_a_sum_above_the_table_s_line_is_decided_by_the_level_above(ruled: Ruled) -> None:
    ruled.examined(facts=MANY)
    line = ruled.line(DECIDER)
    assert (line.level, line.may, line.why_not) == ("部長", ("decision",), {})  # rejecting it stays with the 課長
    assert why(lambda: ruled.decided(DECIDER)) == "beyond_authority"
    assert acts(ruled.slice, KITA)[-1][0] == "application.decided_refused"
    assert ruled.decided(DIRECTOR) == "approved"


def test_a_usual_sum_is_decided_by_whoever_has_the_right(ruled: Ruled) -> None:
    ruled.examined()
    assert ruled.line(DECIDER).level == "課長"
    assert ruled.decided(DECIDER) == "approved"


def test_who_is_above_may_decide_below(ruled: Ruled) -> None:
    ruled.examined()
    assert ruled.decided(DIRECTOR) == "approved"


def test_who_decides_nothing_is_told_that_there_is_nothing(ruled: Ruled) -> None:
    ruled.examined()
    with pytest.raises(NotAllowed):
        ruled.decided(STANDIN)
    other = person("011", Right("application.read", CLAIM), Right("decision.director", "another"))
    with pytest.raises(NotAllowed):
        ruled.decided(other)


def test_a_deputy_of_the_day_decides_and_the_decision_says_so(ruled: Ruled) -> None:
    ruled.examined(facts=MANY)
    ruled.propose()
    with pytest.raises(NotAllowed):  # nobody has approved yet
        ruled.decided(STANDIN)
    ruled.approve()
    assert ruled.line(STANDIN).may == ("decision",)
    assert ruled.decided(STANDIN) == "approved"
    step = ruled.desk.review.open(ruled.call(DIRECTOR), OpenApplication(application_id="a1")).steps[-1]
    assert (step.name, step.level, step.is_deputy) == (STANDIN.name, "部長", True)
    told = dict(acts(ruled.slice, KITA))["application.decided"]
    assert (told["level"], told["deputy"]) == ("director", "d1")


def test_an_own_decision_names_no_deputy(ruled: Ruled) -> None:
    ruled.examined()
    ruled.decided(DECIDER)
    step = ruled.desk.review.open(ruled.call(DECIDER), OpenApplication(application_id="a1")).steps[-1]
    assert (step.level, step.is_deputy) == ("課長", False)


def test_a_deputy_is_none_the_day_after_and_none_before(ruled: Ruled) -> None:
    ruled.examined(facts=MANY)
    ruled.propose(since=TODAY + timedelta(days=1), until=TODAY + timedelta(days=2))
    ruled.approve()
    with pytest.raises(NotAllowed):
        ruled.decided(STANDIN)
    ruled.slice.clock.move(days=1)
    assert ruled.line(STANDIN).may == ("decision",)
    ruled.slice.clock.move(days=2)
    with pytest.raises(NotAllowed):
        ruled.decided(STANDIN)


def test_a_deputy_is_ended_early_by_one_person(ruled: Ruled) -> None:
    ruled.examined(facts=MANY)
    ruled.propose()
    ruled.approve()
    ruled.desk.deputies.end(ruled.call(HEAD), EndDeputy(deputy_id="d1", version=2))
    with pytest.raises(NotAllowed):
        ruled.decided(STANDIN)
    (row,) = ruled.desk.deputies.shown(ruled.call(HEAD), AskDelegation()).deputies
    assert (row.state, row.ended_by) == ("ended", HEAD.name)


def test_nobody_makes_a_deputy_of_themselves_nor_approves_what_they_proposed(ruled: Ruled) -> None:
    with pytest.raises(NotAllowed):
        ruled.propose(staff_id="007")
    ruled.propose()
    for actor in (HEAD, replace(STANDIN, rights=SECOND.rights), replace(SECOND, department="戸籍住民")):
        with pytest.raises(NotAllowed):
            ruled.approve(actor)
    with pytest.raises(NotAllowed):
        ruled.approve(person("008", "decision.deputy", municipality=MINAMI))
    with pytest.raises(NotAllowed):
        ruled.approve(CHECKER)
    ruled.approve()
    with pytest.raises(Conflict):
        ruled.approve(version=2)


@pytest.mark.parametrize("same", ["proposed_by", "staff_id"])
def test_the_store_itself_keeps_the_second_person_apart(ruled: Ruled, same: str) -> None:
    ruled.propose()
    with pytest.raises(IntegrityError):
        ruled.slice.database.write(lambda c: c.execute(text(f"UPDATE deputy SET approved_by = {same}")))


def test_a_deputy_s_period_is_bounded(ruled: Ruled) -> None:
    for since, until in ((TODAY - timedelta(days=1), TODAY), (TODAY, TODAY + timedelta(days=93))):
        assert why(lambda since=since, until=until: ruled.propose(since=since, until=until)) == "deputy_days"
    assert why(lambda: ruled.propose(level="emperor")) == "deputy_level"


def test_a_deputy_does_not_decide_what_they_had_a_hand_in(ruled: Ruled) -> None:
    ruled.examined(facts=MANY)
    ruled.propose(staff_id=CHECKER.staff_id)
    ruled.approve()
    assert why(lambda: ruled.decided(CHECKER)) == "same_person"


def test_a_case_is_held_with_reason_and_day_until_its_next_step(ruled: Ruled) -> None:
    ruled.receive()
    ruled.hold(CHECKER, TODAY + timedelta(days=3))
    mark = ruled.line(CHECKER).hold
    assert mark is not None
    assert (mark.until, mark.reason, mark.note, mark.by) == (
        date(2026, 11, 23),
        "paper_awaited",
        "あす届く",
        CHECKER.name,
    )
    assert not ruled.line(CHECKER).in_batch
    ruled.check(CHECKER)
    assert ruled.line(EXAMINER).hold is None


def test_who_may_not_take_the_step_may_not_hold_it_either(ruled: Ruled) -> None:
    ruled.receive()
    for actor in (AUTHOR, EXAMINER, person("002", *having("application.check"), municipality=MINAMI)):
        with pytest.raises(NotAllowed):
            ruled.hold(actor, TODAY + timedelta(days=1))


def test_a_hold_wants_a_reason_of_the_list_and_a_day_that_is_near(ruled: Ruled) -> None:
    ruled.receive()
    assert why(lambda: ruled.hold(CHECKER, TODAY + timedelta(days=1), reason="tired")) == "reason_missing"
    for until in (TODAY, TODAY + timedelta(days=31)):
        assert why(lambda until=until: ruled.hold(CHECKER, until)) == "hold_day"
    with pytest.raises(Conflict):
        ruled.hold(CHECKER, TODAY + timedelta(days=1), version=7)


def test_a_hold_is_ended_by_hand(ruled: Ruled) -> None:
    ruled.receive()
    ruled.hold(CHECKER, TODAY + timedelta(days=1))
    ruled.desk.holding.let_go(ruled.call(CHECKER), LetGo(application_id="a1"))
    assert ruled.line(CHECKER).hold is None
    assert acts(ruled.slice, KITA)[-2][0] == "application.let_go"


def test_why_a_case_wants_a_look_is_said_with_its_ground(ruled: Ruled) -> None:
    agent = RolesMark(
        presenter=PersonMark(business_number="300", name="代理　人"),
        capacity="agent",
        applicant=PersonMark(business_number="100", name="髙橋　花子"),
    )
    ruled.receive(roles=agent, facts=FACTS | {"event_date": "2026-10-01"})
    ruled.slice.clock.move(minutes=31)
    kinds = [(one.kind, one.detail) for one in ruled.line(CHECKER).risks]
    assert ("agent", "agent") in kinds
    assert ("late", "") in kinds
    assert any(kind == "late" and detail for kind, detail in kinds)
    assert not {"protected", "responsible", "changed"} & {kind for kind, _ in kinds}


def test_a_restraint_is_told_as_such_only_to_who_may_see_it(ruled: Ruled) -> None:
    ruled.receive()
    ruled.restrained.people.add("100")
    assert ruled.line(CHECKER).risks[0].kind == "responsible"
    seeing = replace(CHECKER, rights=(*CHECKER.rights, Right("restraint.see")))
    assert ruled.line(seeing).risks[0].kind == "protected"
    ruled.restrained.people.clear()
    assert "responsible" not in {one.kind for one in ruled.line(CHECKER).risks}


def test_safe_ones_pass_together_and_each_is_told_by_itself(ruled: Ruled) -> None:
    for name in ("a1", "a2", "a3"):
        ruled.receive(name)
    assert ruled.line(CHECKER).in_batch
    ruled.restrained.people.clear()
    found = ruled.batch(CHECKER, ("a1", 1, "reception_check"), ("a2", 9, "reception_check"), ("no", 1, "decision"))
    assert found == {"a1": "checked", "a2": "office.conflict", "no": "office.not_allowed"}
    assert ruled.line(CHECKER, "a3").state == "received"


def test_decisions_pass_together_too_by_the_table(ruled: Ruled) -> None:
    ruled.examined("a1")
    ruled.examined("a2", facts=MANY)
    found = ruled.batch(DECIDER, ("a1", 3, "decision"), ("a2", 3, "decision"))
    assert found == {"a1": "approved", "a2": "beyond_authority"}


def test_a_restraint_that_came_after_the_list_was_shown_keeps_it_out(ruled: Ruled) -> None:
    ruled.receive()
    assert ruled.line(CHECKER).in_batch
    ruled.restrained.people.add("100")
    assert not ruled.line(CHECKER).in_batch
    assert ruled.batch(CHECKER, ("a1", 1, "reception_check")) == {"a1": "batch_responsible"}
    assert ruled.line(CHECKER).state == "received"


def test_the_own_entry_and_what_is_held_never_go_with_others(ruled: Ruled) -> None:
    ruled.receive()
    both = replace(CHECKER, staff_id=AUTHOR.staff_id)
    assert ruled.batch(both, ("a1", 1, "reception_check")) == {"a1": "batch_own_entry"}
    ruled.hold(CHECKER, TODAY + timedelta(days=1))
    assert ruled.batch(CHECKER, ("a1", 1, "reception_check")) == {"a1": "batch_held"}


def test_an_alert_a_changed_case_and_a_number_on_paper_keep_out(slice_opener: SliceOpener, ruled: Ruled) -> None:
    ruled.receive("a1", facts=FACTS | {"claimant_name": ""})
    assert ruled.batch(CHECKER, ("a1", 1, "reception_check")) == {"a1": "batch_alert"}
    ruled.receive("a2")
    paper = replace(PROCEDURE.outputs[0], needs=("my_number",))
    numbered = replace(PROCEDURE, outputs=(paper,))
    book = ruled.desk.review._book
    desk = desk_service(book, {CLAIM: numbered}, RULES, Neighbours(ruled.relay, ruled.register, delegation=SHIPPED))
    asked = PassBatch(items=(BatchItem(application_id="a2", version=1, step="reception_check"),))
    (outcome,) = desk.batch.run(ruled.call(CHECKER), asked).outcomes
    assert outcome.why == "batch_number_output"


def test_a_batch_has_a_limit_and_no_doubles(ruled: Ruled) -> None:
    many = tuple((f"a{at}", 1, "decision") for at in range(21))
    assert why(lambda: ruled.batch(DECIDER, *many)) == "batch_too_large"
    for items in ((), (("a1", 1, "decision"), ("a1", 2, "decision"))):
        with pytest.raises(NotUnderstood):
            ruled.batch(DECIDER, *items)


def test_the_same_press_again_does_nothing_twice(ruled: Ruled) -> None:
    ruled.receive()
    first = ruled.batch(CHECKER, ("a1", 1, "reception_check"), key="k1")
    assert ruled.batch(CHECKER, ("a1", 1, "reception_check"), key="k1") == first == {"a1": "checked"}
    assert [kind for kind, _ in acts(ruled.slice, KITA)].count("application.checked") == 1


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('level = "director"', 'level = "emperor"', "delegation.toml.rule[1].level"),
        ('procedures = ["public_assistance"]', 'procedures = ["none"]', "delegation.toml.rule[1].procedures"),
        ('outcomes = ["rejected"]', 'outcomes = ["eaten"]', "delegation.toml.rule[1].outcomes"),
    ],
)
def test_a_table_that_names_what_is_not_there_is_refused_with_its_place(old: str, new: str, place: str) -> None:
    with pytest.raises(DataFault) as caught:
        parse_delegation(tomllib.loads(FILE.replace(old, new, 1)), {"public_assistance"})
    assert caught.value.data["place"] == place


def test_a_table_s_last_row_holds_for_everything() -> None:
    rows = tomllib.loads(FILE)
    rows["rule"].pop()
    with pytest.raises(DataFault):
        parse_delegation(rows, {"public_assistance"})
