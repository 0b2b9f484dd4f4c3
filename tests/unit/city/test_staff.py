"""Who may do what in the training office."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.rights import Actor, allowed
from app.errors import DataFault
from app.standin.city.staff import TrainingStaff, load_team

FILE = Path(__file__).parents[3] / "resources" / "training" / "staff.toml"
TEAM = load_team(FILE)
DAY = date(2026, 11, 20)
CLAIM = "child_allowance_claim"


def may(member: TrainingStaff, act: str, procedure: str = CLAIM, item_class: str = "tax") -> bool:
    actor = Actor(member.municipality, member.staff_id, member.name, member.department, "pc-1", member.rights)
    return allowed(actor, act, procedure, item_class, day=DAY)


def by_right(act: str) -> set[str]:
    return {one.staff_id for one in TEAM.staff if may(one, act)}


def test_a_general_clerk_receives_but_neither_enquires_nor_sees_an_answer() -> None:
    general = TEAM.member("g2001")
    assert may(general, "application.receive")
    assert may(general, "register.search")
    for act in ("enquiry.make", "enquiry.read", "application.examine", "application.decide", "number.confirm"):
        assert not may(general, act)


def test_an_examiner_enquires_only_for_their_own_procedure() -> None:
    clerk = TEAM.member("k1001")
    assert may(clerk, "enquiry.make")
    assert not may(clerk, "enquiry.make", procedure="another")
    assert not may(clerk, "enquiry.make", item_class="medical")


def test_there_are_enough_hands_to_keep_the_steps_apart() -> None:
    checkers, deciders = by_right("application.check"), by_right("application.decide")
    receivers = by_right("application.receive")
    assert len(receivers) >= 2
    assert checkers - receivers
    assert deciders - receivers - checkers - by_right("application.examine")


def test_who_decides_does_not_enquire_but_sees_the_answer() -> None:
    decider = TEAM.member("d5001")
    assert may(decider, "enquiry.read")
    assert not may(decider, "enquiry.make")


def test_the_supervisor_reads_a_visit_and_verifies_the_ledger() -> None:
    assert by_right("visit.read") == {"v6001", "v6002"}
    assert by_right("ledger.verify") == {"v6001", "v6002"}


def test_everybody_keeps_a_journal_and_opens_visits() -> None:
    everyone = {one.staff_id for one in TEAM.staff}
    assert by_right("journal.write") == by_right("visit.open") == everyone
    assert {one.municipality for one in TEAM.staff} == {"991007", "992003"}


def test_the_training_password_is_not_shown_by_accident() -> None:
    assert TEAM.password.text() not in repr(TEAM)


def test_a_role_that_nobody_defined_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "staff.toml"
    broken.write_text(FILE.read_text(encoding="utf-8").replace('"child_decider"]', '"nobody"]'), encoding="utf-8")
    with pytest.raises(DataFault):
        load_team(broken)
