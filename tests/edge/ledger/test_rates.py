"""The ledger's bench on a few hundred acts: what it measures is really done, on both stores, and nothing is done twice.

How fast it is, is measured by ``make bench NAME=ledger``. R-069, K-08, C-11.
"""

from pathlib import Path

import pytest

from bench.deliveries import outbox
from bench.ledgers import writing
from bench.ledgers.checking import Exported
from tests.support.stores import StoreAddresses

FEW = 300


def test_acts_of_several_commits_get_receipts_and_are_deleted_when_their_time_is_past(
    store_addresses: StoreAddresses,
) -> None:
    ledger = writing.open_ledger(store_addresses("slice"))
    assert writing.leaves_rate(ledger, FEW) > 0
    assert ledger.clear() == FEW
    assert ledger.clear() == 0
    ledger.database.close()


def test_a_counters_acts_are_durable_one_by_one(tmp_path: Path) -> None:
    assert len(writing.journal_seconds(tmp_path, 20)) == 20


def test_a_drained_outbox_delivers_each_item_once_and_its_readers_wait_for_nobody(
    store_engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = request.getfixturevalue("shared_database") if store_engine == "postgresql" else ""
    found = {
        figure.name: figure for figure in outbox.figures(store_engine, tmp_path, url, scale=outbox.Scale(FEW, 0.5))
    }
    held = {"outbox_held_rate", "outbox_held_loss", "outbox_held_behind"}
    watched = {"outbox_read_max", "outbox_wal_max"}
    assert found.keys() == {"outbox_rate", "outbox_twice"} | (watched if store_engine == "sqlcipher" else held)
    assert found["outbox_twice"].ok
    assert all(found[name].ok for name in watched & found.keys())


def test_an_export_is_verified_whole_and_each_receipt_is_short(tmp_path: Path) -> None:
    exported = Exported(tmp_path, 1000)
    seconds, memory = exported.verified()
    assert seconds > 0
    assert memory > 0
    assert exported.receipt_p95(10)[1] <= 2048
