"""S04-1, S04-2, K-09: many changes to eight systems at once, by threads as in service: each once, in order."""

import random

from bench.distributing.office import office
from bench.distribution import demand_whole
from tests.support.process import wait_for
from tests.support.stores import StoreAddresses


def test_many_changes_reach_eight_systems_in_order_and_once(store_addresses: StoreAddresses) -> None:
    with office(store_addresses) as there:
        there.lay(45)
        there.begin()
        there.wake()
        there.lay(random.randint(1, 30))
        there.wake()
        wait_for(lambda: there.have() == there.laid, "all changes at all systems", 60)
        demand_whole(there.systems, there.laid)
