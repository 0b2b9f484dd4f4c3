"""How a run of several processes shares the files out: whoever plays in the two cities plays in the same process."""

import pytest
from xdist.scheduler import LoadFileScheduling

CITIES, ALONE = "tests/e2e/", "tests/e2e/test_frozen.py"
"""Cities take long to make and are searched for what is left behind; what is frozen needs none."""


class InTheSameCities(LoadFileScheduling):  # type: ignore[misc]  # the library tells no types
    """File by file, but all files of the end-to-end tests together."""

    def _split_scope(self, nodeid: str) -> str:
        together = nodeid.startswith(CITIES) and not nodeid.startswith(ALONE)
        return CITIES if together else str(super()._split_scope(nodeid))


def scheduler(config: pytest.Config, log: object) -> InTheSameCities:
    """For the hook that asks for one."""
    return InTheSameCities(config, log)
