"""Recordings of workloads, each made once for the tests of a module."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.powercut.catalogue import SCENARIOS
from tests.support.powercut.scenario import Recording, recorded

CUTS = 167
"""Of each of the six scenarios that every run cuts: a thousand together. Soak makes twenty thousand of eight."""

Recorder = Callable[..., Recording]


@pytest.fixture
def recorder(tmp_path: Path) -> Recorder:
    """Runs a scenario's workload as a program of its own and gives the record of its writes."""

    def make(name: str, *, less: bool = False) -> Recording:
        return recorded(name, SCENARIOS[name](), tmp_path / "recording", less=less)

    return make
