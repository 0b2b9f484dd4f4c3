"""Printing opened for one counter: the system's queues, and a folder where papers may be saved as files."""

import sys
from collections.abc import Callable

from app.client.counter import Counter
from app.domain.clock import Random
from app.domain.print_rules import PrintRules, parse_print_rules
from app.paper.folder import FolderQueue, Queues
from app.services.paper_leave import AskPaperLeave
from app.services.ports.printing import Printing
from app.services.ports.seat import Press
from app.services.print_paper import PrintPaper, PrintParts
from app.settings import CounterSettings
from app.shipped import read_toml
from app.store.print_choices import PrintChoiceBook
from app.ui.background import Lane
from app.ui.flows.print_acts import PrintActs

if sys.platform == "win32":
    from app.paper.windows_queue import WindowsQueue
else:
    import os

    from app.paper.queue import CupsQueue

FOLDER = "papers"
"""Where training saves papers, below the counter's folder: a training PC has mostly no printer."""


def shipped_print_rules() -> PrintRules:
    """What holds a paper back, and why one is printed again."""
    return parse_print_rules(read_toml("tables", "printing.toml"))


def open_printing(settings: CounterSettings, rules: PrintRules) -> Printing:
    """The queues of this PC. Nothing is asked of them yet."""
    system = _system_queue()
    folder = settings.pdf_folder or (settings.folder / FOLDER if settings.is_training else None)
    if folder is None:
        return system
    return Queues(system, FolderQueue(folder, rules.file_names[settings.is_training]))


if sys.platform == "win32":

    def _system_queue() -> Printing:
        """The spooler of Windows."""
        return WindowsQueue()

else:

    def _system_queue() -> Printing:
        """CUPS."""
        return CupsQueue(os.environ.get("CUPS_SERVER", ""))


def print_acts(counter: Counter, press: Callable[[], Press], lanes: tuple[Lane, Lane], random: Random) -> PrintActs:
    """What printing in the window is handed. ``lanes``: what waits on the queue, and to the office."""
    rules = shipped_print_rules()
    parts = PrintParts(
        printing=open_printing(counter.settings, rules),
        press=counter.press,
        choices=PrintChoiceBook(counter.memory.terminal),
        live=AskPaperLeave(counter.office.issue_leave, counter.office.counters.rules),
    )
    lane, office = lanes
    return PrintActs(press, lane, office, PrintPaper(parts, counter.memory.journal, rules, random))
