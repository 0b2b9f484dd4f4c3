"""Residentbase beside a register, both on one engine; the tests of a module share the stores, each has its own city."""

from collections.abc import Iterator

import pytest

from app.backend.register import store as register_store
from app.backend.residentbase import store
from tests.edge.backend.residentbase.world import World, open_world
from tests.support.slices import MovedClock, OpenSlice, open_slice
from tests.support.stores import ENGINES, module_address


@pytest.fixture(scope="package", params=ENGINES)
def slices(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OpenSlice, ...]]:
    with (
        module_address(request, tmp_path_factory) as register_address,
        module_address(request, tmp_path_factory) as address,
    ):
        opened = (
            open_slice("register", register_store, register_address, MovedClock()),
            open_slice("residentbase", store, address, MovedClock()),
        )
        yield opened
        for one in opened:
            one.database.close()


@pytest.fixture
def world(slices: tuple[OpenSlice, ...]) -> Iterator[World]:
    yield from open_world(*slices)
