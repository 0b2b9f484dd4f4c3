"""How a run of several processes shares the files out: the longest first, and whoever plays in the two cities together.

What takes long begins early, so that no process sits alone with it at the end; the rest falls into place by itself.
"""

from collections import OrderedDict
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

CITIES = "tests/e2e/"
"""Cities take long to make and are searched for what is left behind."""
LONGEST = (
    CITIES,
    "tests/edge/remote/",
    "tests/edge/powercut/",
    "tests/edge/leaks/test_canary.py",
    "tests/ui/test_every_screen.py",
    "tests/ui/visit/test_visit.py",
    "tests/edge/backend/test_process.py",
    "tests/edge/server/",
    "tests/test_house.py",
    "tests/edge/backend/test_",
    "tests/edge/backend/exchange/",
    "tests/edge/backend/jukirelay/",
    "tests/seed_matrix/",
    "tests/ui/visit/",
    "tests/ui/review/",
    "tests/edge/card/",
    "tests/edge/backend/nws/",
    "tests/ui/",
    "tests/edge/staff_key/",
    "tests/edge/ledger/",
    "tests/edge/",
)
"""Measured, by the seconds of their longest files; what is not named here is short."""

_KNOWN = 2
"""So many tests a process has to know of, unless it is told to end."""


def order(scope: str) -> int:
    """The place of a file in the line; 0 goes first."""
    return next((place for place, begin in enumerate(LONGEST) if scope.startswith(begin)), len(LONGEST))


class Line(OrderedDict[str, Any]):
    """The files that nobody has begun, by the length of what they take."""

    def popitem(self, last: bool = True) -> tuple[str, Any]:  # noqa: FBT001, FBT002 -- the library's
        """The longest of them; of equals the one that was collected first."""
        taken = min(self, key=order)
        return taken, self.pop(taken)


class InTheSameCities(LoadFileScheduling):  # type: ignore[misc]  # the library tells no types
    """File by file, but all files of the end-to-end tests together."""

    def __init__(self, config: pytest.Config, log: object) -> None:
        super().__init__(config, log)
        self.workqueue = Line()

    def remove_node(self, node: Any) -> str | None:
        """The test that a process died of, if it did; it counts as run, the others go to other processes."""
        units = self.assigned_work[node].values()
        died_of = next(((unit, test) for unit in units for test, is_done in unit.items() if not is_done), None)
        if died_of is not None:
            died_of[0][died_of[1]] = True
        super().remove_node(node)
        return None if died_of is None else died_of[1]

    def _reschedule(self, node: Any) -> None:
        """A process runs its last test when it knows what comes next: one that replaces a dead one has to hear it too.

        The library tells a new one of a single file; with one test in it the run never ended (measured: 5,400 s).
        """
        while (
            node in self.registered_collections
            and not node.shutting_down
            and self._pending_of(self.assigned_work[node]) < _KNOWN
        ):
            super()._reschedule(node)

    def _split_scope(self, nodeid: str) -> str:
        return CITIES if nodeid.startswith(CITIES) else str(super()._split_scope(nodeid))


def scheduler(config: pytest.Config, log: object) -> InTheSameCities:
    """For the hook that asks for one."""
    return InTheSameCities(config, log)
