"""A counter's journal under attack (C-11, R-041, R-069): each is caught at the next synchronisation at the latest."""

import shutil
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, delete, update

from app.errors import AppError, LedgerError
from app.services.ports.seat import Session
from app.store.tables import LEAVES
from tests.support.counter_memory import CounterPc

pytestmark = pytest.mark.keyring

LEAF, HEAD = LEAVES.leaf, LEAVES.head
Attack = Callable[[Connection], object]


def _swap(connection: Connection) -> None:
    for here, there in ((1, 99), (3, 1), (99, 3)):
        connection.execute(update(LEAF).where(LEAF.c.position == here).values(position=there))


def _truncate(connection: Connection) -> None:
    connection.execute(delete(LEAF).where(LEAF.c.position >= 3))


ATTACKS: dict[str, Attack] = {
    "delete": lambda c: c.execute(delete(LEAF).where(LEAF.c.position == 2)),
    "delete the first": lambda c: c.execute(delete(LEAF).where(LEAF.c.position == 0)),
    "edit what is sealed": lambda c: c.execute(update(LEAF).where(LEAF.c.position == 2).values(sealed=bytes(80))),
    "edit what is in clear": lambda c: c.execute(update(LEAF).where(LEAF.c.position == 2).values(kind="visit.closed")),
    "edit the entry": lambda c: c.execute(update(LEAF).where(LEAF.c.position == 2).values(entry=bytes(33))),
    "forget without saying so": lambda c: c.execute(update(LEAF).where(LEAF.c.position == 2).values(sealed=None)),
    "reorder": _swap,
    "truncate": _truncate,
    "empty": lambda c: c.execute(delete(LEAF)),
    "drop the head": lambda c: c.execute(delete(HEAD)),
}


def _at_work(pc: CounterPc, count: int = 5) -> Session:
    session = pc.at_work()
    for _ in range(count):
        pc.memory.journal.write(pc.act())
    pc.memory.sync.turn(session)
    return session


def _caught(pc: CounterPc, session: Session) -> str:
    """The clerk does one thing more, then the journal is synchronised: what is told."""

    def go_on() -> None:
        pc.memory.journal.write(pc.act("person.confirmed"))
        pc.memory.sync.turn(session)

    with pytest.raises(AppError) as told:
        go_on()
    assert isinstance(told.value, LedgerError)
    return str(told.value.data["kind"])


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_whoever_changes_the_journal_of_a_running_program_is_caught(pc: CounterPc, attack: Attack) -> None:
    session = _at_work(pc)
    pc.memory.terminal.database.write(attack)
    _caught(pc, session)


@pytest.mark.parametrize("name", ["delete", "edit what is sealed", "reorder", "truncate"])
def test_whoever_changes_the_journal_while_the_program_is_off_is_caught(pc: CounterPc, name: str) -> None:
    session = _at_work(pc)
    pc.memory.terminal.database.write(ATTACKS[name])
    pc.reopen()
    _caught(pc, session)


def test_what_is_not_yet_brought_over_is_guarded_as_well(pc: CounterPc) -> None:
    session = _at_work(pc)
    for _ in range(3):
        pc.memory.journal.write(pc.act("visit.closed"))
    pc.memory.terminal.database.write(lambda c: c.execute(delete(LEAF).where(LEAF.c.position == 6)))
    _caught(pc, session)


def test_yesterdays_file_is_caught(pc: CounterPc) -> None:
    session = _at_work(pc)
    pc.memory.close()
    shutil.copytree(pc.folder, pc.folder.with_name("yesterday"))
    pc.memory = pc.open()
    pc.memory.journal.write(pc.act("visit.closed"))
    pc.memory.sync.turn(session)
    pc.memory.close()
    shutil.rmtree(pc.folder)
    shutil.copytree(pc.folder.with_name("yesterday"), pc.folder)
    pc.memory = pc.open()
    assert _caught(pc, session) in {"journal_rolled_back", "journal_rewritten"}


def test_of_two_copies_of_one_disk_the_second_to_synchronise_is_caught(pc: CounterPc) -> None:
    session = _at_work(pc)
    pc.memory.close()
    original, copy = pc.folder, pc.folder.with_name("copy")
    shutil.copytree(original, copy)
    pc.memory = pc.open()
    pc.memory.journal.write(pc.act("visit.closed"))
    pc.memory.sync.turn(session)
    pc.memory.close()
    pc.folder = copy
    pc.memory = pc.open()
    assert _caught(pc, session) in {"journal_rolled_back", "journal_rewritten"}


def test_a_clock_that_jumps_and_a_restart_raise_no_alarm(pc: CounterPc) -> None:
    session = _at_work(pc)
    for days in (-400, 800, -1):
        pc.clock.move(days=days)
        pc.memory.journal.write(pc.act())
        pc.memory.sync.turn(session)
        pc.reopen()
        pc.memory.journal.write(pc.act())
        pc.memory.sync.turn(session)
    assert pc.memory.journal.faults() == ()
