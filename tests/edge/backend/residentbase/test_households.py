"""S04-3, K-10, B2-12, F-09: household information is handed to the relay when a household changes, not else."""

from collections.abc import Sequence

import pytest

from app.backend.residentbase.service.households import Households
from app.errors import AppError, Unreachable
from app.link.letters import Nearby, answer_each
from app.wire.letter import Letter
from app.wire.register_change import PersonItems, PersonPart
from app.wire.register_restraint import ChangeMeasure
from app.wire.replica import PassReplicas, ReplicaMark, ReplicasPassed
from tests.edge.backend.register.changing import GUARD, RULES, TODAY, call, days, filing
from tests.edge.backend.residentbase.world import RULES as USES
from tests.edge.backend.residentbase.world import World


class Relay:
    """Keeps what it is handed; can be away."""

    def __init__(self, world: World) -> None:
        self._post = world.post("relay")
        self.rows: list[ReplicaMark] = []
        self.away = False

    def take(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        return answer_each(letters, self._take)

    def _take(self, letter: Letter) -> Letter:
        if self.away:
            raise Unreachable
        asked = self._post.read(letter, "pass-replicas/1", PassReplicas, "residentbase")
        self.rows += asked.rows
        answer = ReplicasPassed(municipality=asked.municipality, count=len(asked.rows))
        return self._post.write(f"relay@{asked.municipality}", "replicas-passed/1", answer)

    def told(self) -> dict[str, tuple[object, ...]]:
        return {one.business_number: (one.kind, *one.items.values()) for one in self.rows}


@pytest.fixture
def relay(world: World) -> Relay:
    return Relay(world)


@pytest.fixture
def households(world: World, relay: Relay) -> Households:
    lines = (world.to_register, Nearby(relay.take))
    return Households(
        world.taking._book, world.post("residentbase"), lines, (USES.information, RULES.heads), world.base.clock
    )


def run(world: World, households: Households) -> None:
    world.tell()
    while households.turn():
        pass


@pytest.mark.seed("S04-3", "K-10", "B2-12")
def test_a_death_renews_the_household_and_takes_the_dead_ones_back(
    world: World, relay: Relay, households: Households
) -> None:
    wife = PersonPart(business_number="201", relation="世帯主")
    child = PersonPart(business_number="202", relation="子")
    world.change(filing("death", "200", event_day=TODAY - days(1), stays=(wife, child)))
    run(world, households)
    assert relay.told() == {
        "200": ("no_data",),
        "201": ("value", "高橋　花子", True, "世帯主"),
        "202": ("value", "高橋　花子", False, "子"),
    }
    rows = world.linkage(subject="201")
    assert [(one.event, one.system, one.items) for one in rows] == [
        ("forwarded", "relay", ("head_name", "is_head", "relation"))
    ]


@pytest.mark.twin("S04-3", "B2-12")
def test_a_change_that_touches_no_household_hands_over_nothing(
    world: World, relay: Relay, households: Households
) -> None:
    world.move("210")
    run(world, households)
    assert relay.rows == []


def test_a_new_name_of_the_head_renews_everybody_of_the_household(
    world: World, relay: Relay, households: Households
) -> None:
    world.change(filing("correction", PersonPart(business_number="200", items=PersonItems(name="高橋　壱郎"))))
    run(world, households)
    assert {told[1] for told in relay.told().values()} == {"高橋　壱郎"}
    assert relay.told().keys() == {"200", "201", "202"}


def held(relay: Relay) -> dict[str, bool]:
    """Whose information nobody is answered by itself, as it was told last."""
    return {one.business_number: one.no_auto_answer for one in relay.rows}


def test_what_tells_of_a_protected_head_or_member_is_answered_by_a_person_only(
    world: World, relay: Relay, households: Households
) -> None:
    """R-040: from the request on, by itself, and no more once the restraint is lifted."""
    row = world.office.decide(world.office.protect("200"))
    run(world, households)
    assert held(relay) == {"200": True, "201": True, "202": True}, "each row names the head"
    ends = ChangeMeasure(measure_id=row.measure_id, version=row.version, change="end", reason="申出")
    world.office.decide(world.office.changes.measures.change(call(GUARD, world.now), ends))
    run(world, households)
    assert held(relay) == {"200": False, "201": False, "202": False}


@pytest.mark.twin("K-10")
def test_rows_that_do_not_tell_of_the_protected_member_are_answered_as_before(
    world: World, relay: Relay, households: Households
) -> None:
    """Negative twin; and the other marks of the row stay what they were."""
    world.office.protect("202")
    run(world, households)
    assert held(relay) == {"200": False, "201": False, "202": True}
    assert relay.told()["202"] == ("value", "高橋　一郎", False, "子")


def test_while_the_relay_is_away_it_waits(world: World, relay: Relay, households: Households) -> None:
    relay.away = True
    world.change(filing("correction", PersonPart(business_number="210", items=PersonItems(name="森　正雄"))))
    run(world, households)
    assert relay.rows == []
    relay.away = False
    world.wait(minutes=1)
    run(world, households)
    assert relay.told() == {"210": ("value", "森　正雄", True, "世帯主")}
