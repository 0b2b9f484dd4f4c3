"""Two cities as processes witness each other's logs over mutual TLS; supervisors read how far (C-11, C-12, R-032)."""

import pytest

from app.errors import NotAllowed
from app.services.ports.seat import Session
from tests.support.process import wait_for
from tests.support.world import SUPERVISOR, World

pytestmark = [pytest.mark.timeout(120), pytest.mark.card, pytest.mark.keyring]


def test_a_supervisor_reads_that_the_other_city_has_cosigned_and_that_everything_holds(
    world: World, clerk: Session
) -> None:
    chief = world.at_back(SUPERVISOR)
    alarms = world.back.cases.ledger_alarms
    wait_for(lambda: alarms.shown(world.press(), chief).witnesses[0].at is not None, "the other city's line", 60)
    found = alarms.shown(world.press(), chief)
    assert [one.municipality for one in found.witnesses] == [world.cities.there.code]
    assert found.rows == ()
    assert found.logs >= 3
    with pytest.raises(NotAllowed):
        world.front.cases.ledger_alarms.shown(world.press(), clerk)
    world.leave(world.back, chief)
