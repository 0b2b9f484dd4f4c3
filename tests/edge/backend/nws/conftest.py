"""A fresh core with two intermediaries for each test, on each engine."""

import pytest

from tests.edge.backend.nws.world import World, build
from tests.support.slices import MovedClock, SliceOpener


@pytest.fixture
def world(slice_opener: SliceOpener, clock: MovedClock) -> World:
    return build(slice_opener, clock)
