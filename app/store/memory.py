"""All that this PC remembers, opened together: terminal.db, journal, postbox, the work of whoever signs in."""

from dataclasses import dataclass
from pathlib import Path

from app.domain.clock import Clock, Random
from app.services.ports.office import DeskCarrier
from app.services.ports.seat import Seat
from app.services.ports.witness import LogOffice
from app.store.alone import AloneBook
from app.store.copies import DraftCopies
from app.store.delivery import Parts
from app.store.ended import EndedBook
from app.store.journal import TerminalJournal
from app.store.outbox import Slot, make_outbox
from app.store.postbox import TerminalPostbox
from app.store.sync import JournalSync
from app.store.tending import OutboxTending
from app.store.terminal import Terminal, open_terminal
from app.store.vault import Vault
from app.store.witnessing import Witnessing
from app.store.work import FileWorkStore
from app.store.work_cards import FileWorkCards
from app.store.work_slots import WorkSlots
from app.trust.passwords import ORDINARY, Strength


@dataclass(frozen=True, slots=True)
class Place:
    """Where and for whom. ``recovery``: the office's recovery key (X25519, public half, 32 bytes)."""

    folder: Path
    seat: Seat
    recovery: bytes
    strength: Strength = ORDINARY


@dataclass(frozen=True, slots=True)
class Memory:
    """The open parts. ``terminal`` is the ``LockMemory``, ``copies`` is ``CopySealer`` and ``DraftKeys``.

    ``alone`` is ``RulesMemory``, ``LeaseMemory`` and ``PasswordMemory``; ``cards`` opens ``work`` by a staff card.
    """

    terminal: Terminal
    journal: TerminalJournal
    postbox: TerminalPostbox
    work: FileWorkStore
    copies: DraftCopies
    sync: JournalSync
    alone: AloneBook
    cards: FileWorkCards
    tending: OutboxTending
    ended: EndedBook

    def close(self) -> None:
        """End the deliveries, close the work, then the terminal's own store."""
        self.postbox.close()
        self.work.close()
        self.alone.close()
        self.terminal.close()


def open_memory(
    place: Place, vault: Vault, carrier: DeskCarrier, clock: Clock, random: Random, logs: LogOffice | None = None
) -> Memory:
    """Open everything; ``postbox.start()`` begins to deliver. Errors: those of ``open_terminal``.

    ``logs``: where this PC witnesses the logs of all slices; None: it holds the desk's alone against what it saw.
    """
    terminal = open_terminal(place.folder, vault)
    outbox = make_outbox()
    journal = TerminalJournal(terminal, place.seat, Slot(outbox, place.seat.municipality), clock)
    sync = JournalSync(terminal, journal, carrier, clock, random)
    witnessing = None if logs is None else Witnessing(terminal, journal, logs, clock, random)
    parts = Parts(terminal, outbox, carrier, sync, witnessing)
    postbox = TerminalPostbox(parts, place.seat.municipality, clock, random)
    journal.when_written(postbox.wake)
    slots = WorkSlots(place.recovery, place.strength, random)
    work = FileWorkStore(terminal, slots, clock, random)
    copies, cards = DraftCopies(place.recovery, work), FileWorkCards(terminal, slots, work, random)
    tending = OutboxTending(terminal, outbox, clock, postbox.wake)
    alone, ended = AloneBook(terminal), EndedBook(terminal)
    return Memory(terminal, journal, postbox, work, copies, sync, alone, cards, tending, ended)
