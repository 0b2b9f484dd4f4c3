"""S02-0b, K-02, R-087: three days without the platform; everything is carried afterwards, in order, once, and shown.

What must not happen: an enquiry is lost, provided twice or before an earlier one about the same person.
"""

import pytest

from app.server.health import UNWELL, waits
from tests.edge.backend.exchange.outage import Outage
from tests.edge.backend.exchange.world import World

PERSONS, ENQUIRIES, ARRIVING = 6, 72, 10
"""``make soak`` does the same with 500 persons, 100,000 enquiries and 5 a second."""
TEN_MINUTES, DAYS = 600, 72 * 3600


@pytest.mark.fault
@pytest.mark.seed("K-02")
def test_after_72_hours_without_the_platform_everything_goes_in_order_once_and_soon(fresh: World) -> None:
    outage = Outage(fresh, PERSONS)
    outage.last(ENQUIRIES)
    count, since = outage.backlog()
    assert count == ENQUIRIES
    part = waits((count, since), fresh.clock.now())
    assert (part.state, part.figures) == (UNWELL, {"waiting": ENQUIRIES, "oldest_s": DAYS})
    found = outage.drained(ARRIVING)
    assert (found.waiting, found.oldest_s) == (ENQUIRIES, DAYS)
    assert found.asked > ENQUIRIES, "more came in meanwhile"
    assert (found.lost, found.twice, found.out_of_order) == (0, 0, 0)
    assert found.seconds <= TEN_MINUTES
