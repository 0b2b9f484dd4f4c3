"""A clerk goes on working while the journal is on its way to the desk."""

from collections.abc import Callable

from app.domain.clock import SystemRandom
from app.store.journal import TerminalJournal
from app.store.sync import JournalSync
from tests.support.counter_memory import CounterPc


class BusyJournal:
    """The journal of a clerk who always does one thing more just before it is read."""

    def __init__(self, journal: TerminalJournal, work: Callable[[], None]) -> None:
        self._journal = journal
        self._work = work
        self.municipality = journal.municipality
        self.book = journal.book

    @property
    def size(self) -> int:
        return self._journal.size

    def gained(self, first: int, limit: int) -> object:
        if self._journal.size < 10:
            self._work()
        return self._journal.gained(first, limit)


def test_what_was_done_meanwhile_raises_no_alarm(pc: CounterPc) -> None:
    session = pc.at_work()
    journal = pc.memory.journal
    journal.write(pc.act("visit.opened"))
    busy = BusyJournal(journal, lambda: journal.write(pc.act("record.opened")))
    sync = JournalSync(pc.memory.terminal, busy, pc.desk, pc.clock, SystemRandom())  # type: ignore[arg-type]
    sync.turn(session)
    assert sync.synced() == journal.size == 2
    assert pc.memory.journal.faults() == ()
