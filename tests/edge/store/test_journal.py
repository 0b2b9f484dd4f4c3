"""The journal: kept before a result is shown, proved, brought to the desk, and neither side goes back unnoticed."""

import shutil

import pytest
from sqlalchemy import delete, update

from app.errors import LedgerError
from app.store.tables import LEAVES
from app.trust.record import decode_record
from tests.support.counter_memory import CounterPc

pytestmark = pytest.mark.keyring


def test_what_was_done_in_a_visit_is_read_back_in_order_after_a_restart(pc: CounterPc) -> None:
    for kind in ("visit.opened", "person.confirmed", "visit.closed"):
        pc.memory.journal.write(pc.act(kind))
    pc.memory.journal.write(pc.act("visit.opened", visit="v2"))
    journal = pc.reopen().journal
    assert [act.kind for act in journal.acts_of_visit("v1")] == ["visit.opened", "person.confirmed", "visit.closed"]
    assert journal.size == 4
    assert journal.faults() == ()


def test_an_act_of_another_municipality_is_refused(pc: CounterPc) -> None:
    from dataclasses import replace

    with pytest.raises(LedgerError):
        pc.memory.journal.write(replace(pc.act(), municipality="131016"))


def test_an_edited_or_deleted_record_is_named(pc: CounterPc) -> None:
    for _ in range(3):
        pc.memory.journal.write(pc.act())
    database, leaf = pc.memory.terminal.database, LEAVES.leaf
    database.write(lambda c: c.execute(update(leaf).where(leaf.c.position == 1).values(entry=b"\x01" + bytes(32))))
    assert pc.memory.journal.faults()
    database.write(lambda c: c.execute(delete(leaf).where(leaf.c.position == 2)))
    assert pc.memory.journal.faults()


def test_the_desk_gets_every_record_and_the_terminal_remembers_the_desks_checkpoint(pc: CounterPc) -> None:
    session = pc.at_work()
    for _ in range(5):
        pc.memory.journal.write(pc.act())
    pc.memory.sync.turn(session)
    assert [decode_record(record).act for record in pc.desk.journal.records] == ["visit.opened"] * 5
    assert pc.memory.sync.synced() == 5
    seen = pc.memory.sync.seen(pc.seat.municipality)
    assert seen is not None
    pc.memory.journal.write(pc.act("visit.closed"))
    pc.memory.sync.turn(session)
    later = pc.memory.sync.seen(pc.seat.municipality)
    assert later is not None
    assert later.size > seen.size
    assert len(pc.desk.journal.records) == 6


def test_more_than_one_portion_is_brought_over_in_order(pc: CounterPc) -> None:
    from app.store import sync

    session = pc.at_work()
    acts = sync.PORTION + 7
    for number in range(acts):
        pc.memory.journal.write(pc.act(visit=f"v{number}"))
    pc.memory.sync.turn(session)
    assert [decode_record(record).case for record in pc.desk.journal.records] == [f"v{n}" for n in range(acts)]


def test_yesterdays_terminal_is_caught_at_the_next_synchronisation(pc: CounterPc) -> None:
    session = pc.at_work()
    pc.memory.journal.write(pc.act())
    pc.memory.sync.turn(session)
    pc.memory.close()
    shutil.copytree(pc.folder, pc.folder.with_name("yesterday"))
    pc.memory = pc.open()
    for _ in range(3):
        pc.memory.journal.write(pc.act("visit.closed"))
    pc.memory.sync.turn(session)
    pc.memory.close()
    shutil.rmtree(pc.folder)
    shutil.copytree(pc.folder.with_name("yesterday"), pc.folder)
    pc.memory = pc.open()
    pc.memory.journal.write(pc.act("person.confirmed"))
    with pytest.raises(LedgerError) as caught:
        pc.memory.sync.turn(session)
    assert caught.value.data["kind"] in {"journal_rolled_back", "journal_rewritten"}


def test_a_desk_that_went_back_is_refused_and_says_so_on_the_screen(pc: CounterPc) -> None:
    session = pc.at_work()
    for _ in range(3):
        pc.memory.journal.write(pc.act())
    pc.memory.sync.turn(session)
    pc.desk.forget_log()
    pc.memory.journal.write(pc.act())
    with pytest.raises(LedgerError) as caught:
        pc.memory.sync.turn(session)
    assert caught.value.data["kind"] in {"log_rolled_back", "log_forked"}


def test_a_desk_that_has_less_than_it_had_is_refused(pc: CounterPc) -> None:
    session = pc.at_work()
    for _ in range(3):
        pc.memory.journal.write(pc.act())
    pc.memory.sync.turn(session)
    del pc.desk.journal.entries[1:]
    pc.memory.journal.write(pc.act())
    with pytest.raises(LedgerError) as caught:
        pc.memory.sync.turn(session)
    assert caught.value.data["kind"] == "desk_rolled_back"
    pc.memory.postbox.turn()
    assert pc.memory.postbox.alarm() is not None


def test_a_desk_with_another_key_for_its_log_is_refused_at_sign_in(pc: CounterPc) -> None:
    from app.trust.sign import SigningKey

    session = pc.at_work()
    pc.desk.signing = SigningKey.generate()
    with pytest.raises(LedgerError) as caught:
        pc.memory.postbox.serve(session)
    assert caught.value.data["kind"] == "log_key_changed"


def test_an_act_carries_the_last_time_that_the_desk_signed_whatever_the_clock_of_this_pc_says(pc: CounterPc) -> None:
    """C-11: when something was done is known within a band, not by the device's word alone."""
    session = pc.at_work()
    pc.memory.journal.write(pc.act("visit.opened"))
    pc.memory.sync.turn(session)
    heard = pc.clock.now()
    pc.clock.move(days=-400)
    pc.memory.journal.write(pc.act("visit.closed"))
    pc.memory.sync.turn(session)
    pc.clock.move(days=-1)
    pc.memory.journal.write(pc.act("visit.opened"))
    pc.clock.move(days=401)
    pc.memory.sync.turn(session)
    first, second, third = (decode_record(record).band for record in pc.desk.journal.records)
    assert first is not None
    assert second is not None
    assert third is not None
    assert (first.heard, second.heard, third.heard) == (None, heard, heard)
    assert 0 < first.monotonic_ms <= second.monotonic_ms <= third.monotonic_ms
    assert first.run == second.run
