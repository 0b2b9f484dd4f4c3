"""Every scenario of power cuts by its name."""

from collections.abc import Callable, Mapping

from tests.support.powercut.backend import Migrated, Received, Rotated
from tests.support.powercut.counter import Acts, Deliveries, HandIns
from tests.support.powercut.growing import Rewrapped, Upgraded
from tests.support.powercut.scenario import Scenario

SCENARIOS: Mapping[str, Callable[[], Scenario]] = {
    "journal": Acts,
    "counter's hand-in": HandIns,
    "outbox": Deliveries,
    "desk's hand-in": Received,
    "migration": Migrated,
    "rotation": Rotated,
    "counter's migration": Upgraded,
    "counter's rotation": Rewrapped,
}
