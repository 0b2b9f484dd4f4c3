"""madoguchi-admin work recover: a clerk's work on this PC, opened by two guardians, under a new password."""

import argparse
import json
from contextlib import closing
from pathlib import Path

from app.admin.commands import Commands
from app.admin.guardian import OFFICE, content, line, read_guardian_key
from app.admin.outcome import DONE
from app.domain.act import Act
from app.domain.clock import Clock, SystemClock, SystemRandom, new_id
from app.domain.secret import Secret
from app.services.ports.seat import Seat
from app.settings import counter_settings
from app.store.journal import TerminalJournal
from app.store.memory import Place
from app.store.outbox import Slot, make_outbox
from app.store.terminal import Terminal, open_terminal
from app.store.vault import Vault
from app.store.work import FileWorkStore
from app.store.work_slots import WorkSlots
from app.trust.guardians import together
from app.trust.seal import BoxKey

RECOVERED = "work.recovered"


def register(commands: Commands) -> None:
    """Add ``work`` and its sub-commands."""
    work = commands.add_parser("work", help="clerks' work on this PC").add_subparsers(required=True, metavar="COMMAND")
    recover = work.add_parser(
        "recover", help="let a new password open a clerk's work; reads two guardians' passwords and the new one"
    )
    recover.add_argument("--settings", type=Path, required=True, metavar="FILE", help="the counter's settings, TOML")
    recover.add_argument("--shares", type=Path, required=True, metavar="FILE", help="what `guardian office` wrote")
    recover.add_argument("--guardian", type=Path, action="append", required=True, metavar="FILE", help="twice")
    recover.add_argument("--staff-id", required=True, metavar="ID", help="whose work it is")
    recover.add_argument("--password-stdin", action="store_true", required=True, help="three lines, in that order")
    recover.set_defaults(run=_recover)


def recover_work(
    place: Place, terminal: Terminal, staff_id: str, by: tuple[tuple[str, str], BoxKey, Secret], clock: Clock
) -> int:
    """Let a password open the present work of ``staff_id`` from now on; how many drafts are in it.

    ``by``: the two guardians' names, the office's recovery key, the new password. The terminal's journal has it, in
    both names, before the work is opened. Errors: WorkClosed when there is none, WrongKey.
    """
    (first, second), recovery, password = by
    random, seat = SystemRandom(), place.seat
    journal = TerminalJournal(terminal, seat, Slot(make_outbox(), seat.municipality), clock)
    what, trace = (("first", first), ("second", second)), new_id(clock, random)
    journal.write(
        Act(RECOVERED, clock.now(), seat.municipality, first, seat.terminal, trace, about=staff_id, what=what)
    )
    work = FileWorkStore(terminal, WorkSlots(place.recovery, place.strength, random), clock, random)
    try:
        work.recover(staff_id, recovery, password)
        return len(work.drafts())
    finally:
        work.close()


def _recover(asked: argparse.Namespace) -> int:
    settings = counter_settings(asked.settings)
    guardians = [read_guardian_key(path) for path in asked.guardian]
    recovery = BoxKey.from_bytes(together(content(asked.shares), OFFICE, guardians))
    password, names = line(), (guardians[0][0], guardians[1][0])
    seat = Seat(settings.municipality, settings.terminal, settings.window)
    place = Place(settings.folder, seat, settings.recovery)
    with closing(open_terminal(settings.folder, Vault(settings.keyring_service, SystemRandom()))) as terminal:
        drafts = recover_work(place, terminal, asked.staff_id, (names, recovery, password), SystemClock())
    print(json.dumps({"staff_id": asked.staff_id, "drafts": drafts, "by": list(names)}))
    return DONE
