"""F-09, S04-3, K-10, B2-12: household information goes through the relay into the replica, in the platform's hours."""

from datetime import UTC, datetime

import pytest

from app.domain.clock import SystemRandom
from app.errors import NotAllowed, Refused, Unreachable
from app.link.letters import Correspondent
from app.server.exchange import ExchangeKeys
from app.server.keys import Keys
from app.settings import ServerSettings
from app.wire.replica import PassReplicas, ReplicaMark, ReplicasPassed
from tests.edge.backend.exchange.world import (
    HERE,
    LOCAL,
    MOVED,
    THERE,
    UNDECLARED,
    UNNUMBERED,
    World,
    data,
    open_world,
)
from tests.support.slices import MovedClock

HOUSEHOLD = "住民票関係情報"
AT_NIGHT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
"""Saturday, three in the morning in Tokyo."""


def post(world: World, role: str = "residentbase") -> Correspondent:
    return ExchangeKeys(world.settings, Keys(world.settings.folder / "keys", SystemRandom())).post(role)


def row(number: str, sequence: int, head: str = "見本　太郎", kind: str = "value") -> ReplicaMark:
    items = {"head_name": head, "is_head": False, "relation": "子"} if kind == "value" else {}
    return ReplicaMark(
        business_number=number, information=HOUSEHOLD, tax_year=0, kind=kind, items=items, sequence=sequence
    )


def passed(world: World, *rows: ReplicaMark, role: str = "residentbase", place: str = HERE):
    """What the relay answers; raises what it refuses with."""
    message = PassReplicas(municipality=place, rows=rows)
    letter = post(world, role).write(f"{role}@{HERE}", "pass-replicas/1", message)
    (outcome,) = world.exchange.replicas.take([letter])
    if isinstance(outcome, Exception):
        raise outcome
    return post(world).read(outcome, "replicas-passed/1", ReplicasPassed, "relay")


def carried(world: World) -> None:
    while world.exchange.replicas.turn():
        pass


def replica(world: World, number: str):
    """What the platform holds; None for nothing."""
    (person,) = world.exchange.addressee._book.read(lambda unit: unit.of_business(HERE, [number])).values()
    key = (person.addressee_number, HOUSEHOLD, 0)
    return world.exchange.providing._book.read(lambda unit: unit.replica(HERE, [key])).get(key)


@pytest.mark.seed("F-09")
def test_household_information_becomes_a_replica_by_the_addressee_number(world: World) -> None:
    assert passed(world, row(MOVED, 5)).count == 1
    carried(world)
    kept = replica(world, MOVED)
    assert (kept.kind, kept.items["head_name"], kept.items["relation"]) == ("value", "見本　太郎", "子")
    assert MOVED not in str(kept), "the platform knows persons by the addressee number alone"
    assert "replica.forwarded" in world.kinds("relay", HERE)
    assert "replica.put" in world.kinds("intermediary", HERE)
    passed(world, row(MOVED, 6, kind="no_data"))
    carried(world)
    assert (replica(world, MOVED).kind, replica(world, MOVED).items) == ("no_data", {})


def test_an_older_row_never_replaces_a_newer_one(world: World) -> None:
    passed(world, row(LOCAL, 9, head="新しい　世帯主"))
    passed(world, row(LOCAL, 8, head="古い　世帯主"))
    carried(world)
    assert replica(world, LOCAL).items["head_name"] == "新しい　世帯主"


def test_out_of_the_platforms_hours_it_waits_and_goes_by_itself(loaded: ServerSettings) -> None:
    """The clock is moved over the opening; the hours are those of service."""
    with open_world(loaded, MovedClock(AT_NIGHT), rules=data(is_training=False)) as world:
        passed(world, row(UNDECLARED, 3))
        carried(world)
        assert replica(world, UNDECLARED) is None
        hours = data(is_training=False).rules.hours
        assert not hours.open_at(AT_NIGHT)
        world.clock.at = hours.next_opening(AT_NIGHT)
        carried(world)
        assert replica(world, UNDECLARED).kind == "value"


def test_who_has_no_addressee_number_waits_and_holds_up_nobody(world: World) -> None:
    world.clock.at = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    passed(world, row(UNNUMBERED, 1), row(MOVED, 20, head="別の　世帯主"))
    carried(world)
    assert replica(world, MOVED).items["head_name"] == "別の　世帯主"


def test_while_the_platform_is_away_nothing_is_lost(world: World) -> None:
    world.clock.at = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
    replicas = world.exchange.replicas
    line = replicas._intermediary

    class Away:
        def ask(self, letter):
            raise Unreachable

    replicas._intermediary = Away()
    passed(world, row(LOCAL, 30, head="戻った　世帯主"))
    carried(world)
    assert replica(world, LOCAL).items["head_name"] != "戻った　世帯主"
    replicas._intermediary = line
    world.clock.move(minutes=30)
    carried(world)
    assert replica(world, LOCAL).items["head_name"] == "戻った　世帯主"


@pytest.mark.twin("F-09")
def test_only_residentbase_of_the_own_municipality_hands_over(world: World) -> None:
    with pytest.raises(Refused):
        passed(world, row(MOVED, 50), role="socialaddress")
    with pytest.raises(NotAllowed):
        passed(world, row(MOVED, 50), place=THERE)
