"""Lawful deletion (K-08, S01-10d, K-19): what is past its time is gone, every proof stays, and it is told.

The rules are the shipped ones: seven years for linkage and provisions, access records as long.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.act import Act
from app.domain.retention import parse_retention, rule_for
from app.durable.address import SqlcipherFile, StoreAddress
from app.durable.audit import audit
from app.durable.purge import PORTION, Purger, forget_keys, purge, runs, scrub
from app.errors import DataFault, LedgerError, WrongKey
from app.server.ledgers import TABLES
from app.server.retention import Retention, clear, retention_rules
from app.trust.receipt import check_receipt
from tests.edge.ledger.books import HERE, NOW, THERE, Ledger, act
from tests.edge.ledger.pages import opened_pages
from tests.support.slices import MovedClock
from tests.support.stores import sqlcipher_addresses

YEARS = timedelta(days=7 * 365 + 3)


class Aged(Ledger):
    """A ledger whose clock is moved."""

    def __init__(self, address: StoreAddress) -> None:
        self.clock, self.address = MovedClock(NOW), address
        super().__init__(address, "relay", self.clock)
        self.purger = Purger(self.book, self.pen, retention_rules(), self.clock)

    def purge(self) -> int:
        return purge(self.database, self.purger, HERE)

    def faults(self) -> list[object]:
        return [fault.data["kind"] for fault in self.database.read(lambda c: list(self._audit(c)))]

    def _audit(self, connection):
        return audit(connection, self.book, HERE, self.key.public)

    def acts(self) -> list[Act | None]:
        def read(connection):
            kept = self.book.kept(connection, HERE)
            return [self.book.act(connection, HERE, one) if one.sealed else None for one in kept]

        return self.database.read(read)


@pytest.fixture
def aged(store_address: StoreAddress) -> Iterator[Aged]:
    made = Aged(store_address)
    yield made
    made.database.close()


def test_what_is_past_its_time_is_deleted_and_every_receipt_still_holds(aged: Aged) -> None:
    old = aged.write(*(act(number) for number in range(12)))
    aged.clock.at += timedelta(days=30)
    young = aged.write(*(act(number) for number in range(12, 15)))
    aged.clock.at = NOW + YEARS
    assert aged.purge() == 12
    assert [one is None for one in aged.acts()] == [True] * 12 + [False] * 4
    told = aged.acts()[-1]
    assert told is not None
    assert told.kind == "record.deleted"
    assert told.detail() == {"count": 12, "places": "0-11", "rule": "provision"}
    for receipt in (*old, *young):
        check_receipt(receipt, {f"madoguchi/relay/{HERE}": aged.key.public})
    for place in range(16):
        receipt = aged.database.read(lambda c, place=place: aged.book.receipt(c, HERE, place))
        assert check_receipt(receipt, {f"madoguchi/relay/{HERE}": aged.key.public}).size == 16
    assert aged.faults() == []
    assert aged.purge() == 0


def test_the_day_before_nothing_is_deleted(aged: Aged) -> None:
    aged.write(act(0))
    aged.clock.at = datetime(2033, 11, 20, 2, 59, 59, tzinfo=UTC)
    assert aged.purge() == 0
    aged.clock.at = datetime(2033, 11, 20, 3, 0, 1, tzinfo=UTC)
    assert aged.purge() == 1


def test_more_than_a_portion_is_deleted_and_deletions_are_never_deleted(aged: Aged) -> None:
    for start in range(0, PORTION + 50, 350):
        aged.write(*(act(number) for number in range(start, start + 350)))
    count = len(aged.acts())
    aged.clock.at = NOW + YEARS
    assert aged.purge() == count
    aged.clock.at = NOW + YEARS + YEARS
    assert aged.purge() == 0
    assert {one.kind for one in aged.acts() if one} == {"record.deleted"}
    assert aged.faults() == []


def test_a_single_record_is_deleted_only_when_its_time_is_over(aged: Aged) -> None:
    aged.write(*(act(number) for number in range(5)))
    with pytest.raises(LedgerError) as early:
        aged.database.write(lambda c: aged.purger.one(c, HERE, 2))
    assert early.value.data["kind"] == "not_expired"
    aged.clock.at = NOW + YEARS
    aged.database.write(lambda c: aged.purger.one(c, HERE, 2))
    assert [one is None for one in aged.acts()] == [False, False, True, False, False, False]
    assert aged.faults() == []
    with pytest.raises(LedgerError) as gone:
        aged.database.write(lambda c: aged.purger.one(c, HERE, 2))
    assert gone.value.data["kind"] == "no_such_index"


def test_the_other_municipality_keeps_what_is_its_own(aged: Aged) -> None:
    aged.write(act(0), act(1, THERE))
    aged.clock.at = NOW + YEARS
    assert aged.purge() == 1
    assert aged.database.read(lambda c: next(aged.book.kept(c, THERE))).sealed is not None


def test_what_was_deleted_stands_in_no_file_any_more_and_its_key_is_gone(aged: Aged) -> None:
    aged.write(*(act(number) for number in range(300)))
    boxes = [one.sealed for one in aged.database.read(lambda c: list(aged.book.kept(c, HERE))) if one.sealed]
    assert len(boxes) == 300
    aged.clock.at = NOW + YEARS
    assert aged.purge() == 300
    assert forget_keys(aged.database, aged.book, aged.cells, aged.clock.now()) == 1
    assert scrub(aged.database, ("leaf", "data_key"))
    assert aged.faults() == []
    kept = aged.database.read(lambda c: next(aged.book.kept(c, HERE)))
    with pytest.raises((WrongKey, LedgerError)):
        aged.database.read(lambda c: aged.book.opened(c, HERE, replace(kept, sealed=boxes[0])))
    if isinstance(aged.address, SqlcipherFile):
        pages = b"".join(opened_pages(aged.address))
        assert not any(box[10:60] in pages for box in boxes)


def test_the_search_would_have_found_what_is_only_unlinked(tmp_path: Path) -> None:
    """The searcher itself: before the deletion the sealed records do stand in the pages of file and WAL."""
    address = sqlcipher_addresses(tmp_path)("store")
    aged = Aged(address)
    aged.write(*(act(number) for number in range(30)))
    boxes = [one.sealed for one in aged.database.read(lambda c: list(aged.book.kept(c, HERE))) if one.sealed]
    assert isinstance(address, SqlcipherFile)
    pages = b"".join(opened_pages(address))
    assert sum(box[10:60] in pages for box in boxes) == 30
    aged.database.close()


def test_a_slice_is_cleared_once_on_each_business_day(aged: Aged) -> None:
    aged.write(*(act(number) for number in range(3)))
    retention = Retention([aged], retention_rules(), aged.clock)
    retention.turn()
    assert None not in aged.acts()
    aged.clock.at = NOW + YEARS
    retention.turn()
    assert aged.acts()[:3] == [None] * 3
    cleared = clear(aged, retention_rules(), aged.clock)
    assert (cleared.records, cleared.clean) == (0, True)


def test_every_slice_and_every_terminal_has_a_rule_with_its_source() -> None:
    rules = retention_rules()
    for log in (*TABLES, "terminal.kita-1"):
        rule = rule_for(rules, log, "visit.opened")
        assert rule is not None, log
        assert rule.source
        assert rule.cutoff(NOW) is not None
        deletion = rule_for(rules, log, "record.deleted")
        assert deletion is not None
        assert deletion.cutoff(NOW) is None


def test_a_misspelt_rule_is_refused() -> None:
    row = {"id": "a", "title": "a", "logs": [], "acts": [""], "year": 7, "source": "s", "level": "A", "seeds": []}
    with pytest.raises(DataFault):
        parse_retention({"version": 1, "rule": [row]})


def test_neighbouring_places_become_runs() -> None:
    assert list(runs([0, 1, 2, 5, 7, 8])) == [(0, 2), (5, 5), (7, 8)]
    assert list(runs([])) == []
