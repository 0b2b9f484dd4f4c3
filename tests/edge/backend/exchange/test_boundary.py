"""K-01, S02-0a, S02-1, S15-5: nothing on the network side opens a connection inwards; answers come back on ours."""

import pytest

from app.errors import Refused
from app.wire.addressee import Translate
from app.wire.endpoint import Caller
from app.wire.replica import PassReplicas
from tests.edge.backend.exchange.world import HERE, MOVED, World

INSIDE = ("/relay/", "/addressee/", "/socialaddress/")
OUTSIDE = {"slice.intermediary", "slice.nws", "slice.portal", "slice.gateway"}
"""Who stands on the network side."""


@pytest.mark.seed("K-01")
def test_the_inside_offers_the_network_side_nothing_and_is_answered_all_the_same(world: World) -> None:
    inwards = [one for one in world.exchange.endpoints if one.path.startswith(INSIDE)]
    offered = {one.act for one in inwards if one.caller is Caller.SLICE}
    assert offered
    assert offered & OUTSIDE == set()
    assert {one.caller for one in inwards} <= {Caller.SLICE, Caller.STAFF}
    assert world.answer(MOVED).items["income"] == 3_456_789


@pytest.mark.twin("K-01")
def test_a_letter_of_the_network_side_is_refused_inside_however_well_it_is_signed(world: World) -> None:
    exchange = world.exchange
    outside = exchange.asking._post
    asked = Translate(municipality=HERE, business_numbers=(MOVED,))
    rows = PassReplicas(municipality=HERE, rows=())
    for take, kind, message in (
        (exchange.addressee.translate, "translate/1", asked),
        (exchange.replicas.take, "pass-replicas/1", rows),
    ):
        (outcome,) = take([outside.write(f"intermediary@{HERE}", kind, message)])
        assert isinstance(outcome, Refused)
        assert outcome.reason == "unknown_sender"
