"""The database server killed in the middle: nothing told is lost, no number is given twice."""

from pathlib import Path

import pytest

from tests.support.backend import backend
from tests.support.crashes import HandInsUnderFire, crashing_cluster

pytestmark = [pytest.mark.fault, pytest.mark.postgres]


def test_a_database_server_killed_again_and_again_loses_no_receipt_and_its_files_stay_whole(tmp_path: Path) -> None:
    with crashing_cluster() as server:
        name = server.fresh()
        with backend(tmp_path, server.address(name)) as running:
            clerks = HandInsUnderFire(running, seed=3)
            for _ in range(2):
                clerks.round(server.kill, server.start)
            counted = clerks.close()
        assert server.check(name) == ""
    assert (counted.kills, counted.lost, counted.twice, counted.faults) == (2, 0, 0, [])
    assert counted.acknowledged == 24
    assert 2 <= counted.before <= 24
