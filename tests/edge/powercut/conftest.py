"""Recordings of workloads, each made once for the tests of a module."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.powercut.catalogue import SCENARIOS
from tests.support.powercut.scenario import Recording, recorded

CUTS, ENDURED = 42, 167
"""Of each of the six scenarios that every run cuts: two hundred and fifty together, in the endurance run a thousand of
eight. Soak makes twenty thousand."""

Recorder = Callable[..., Recording]


@pytest.fixture
def cuts(request: pytest.FixtureRequest) -> int:
    """How often each recording is cut."""
    return ENDURED if request.config.getoption("--endurance") else CUTS


@pytest.fixture
def recorder(tmp_path: Path) -> Recorder:
    """Runs a scenario's workload as a program of its own and gives the record of its writes."""

    def make(name: str, *, less: bool = False) -> Recording:
        return recorded(name, SCENARIOS[name](), tmp_path / "recording", less=less)

    return make
