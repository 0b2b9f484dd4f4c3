"""What printing in the window is handed, and a paper that is made only as it is printed."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.printing import Printer
from app.services.paper import Paper
from app.services.ports.seat import Press, Session
from app.services.print_paper import PrintPaper, Sent
from app.ui.background import Lane


@dataclass(frozen=True, slots=True)
class PrintActs:
    """``lane``: for what waits on the queue; it shares nothing with the lane that asks the office."""

    press: Callable[[], Press]
    lane: Lane
    office: Lane
    print_paper: PrintPaper


@dataclass(frozen=True, slots=True)
class LatePaper:
    """A paper that exists from the moment of printing on. ``make`` asks the office, on its lane.

    ``kind``: as of ``PaperMark``; ``made``: called on the window's thread with what came of it.
    """

    kind: str
    make: Callable[[], Paper]
    made: Callable[[Paper], None]


@dataclass(frozen=True, slots=True)
class JobSeen:
    """A job as it is told of. ``for_s``: how long it has been under way; ``printer`` None: it is gone meanwhile."""

    sent: Sent
    printer: Printer | None
    for_s: float
    cancelling: bool = False


@dataclass(slots=True)
class Followed:
    """A job whose end is not known yet. ``since_s``: monotonic; ``asking``: an answer is on its way."""

    session: Session
    title: str
    sent: Sent
    printer: Printer | None
    since_s: float
    asking: bool = False
    cancelling: bool = False

    def seen(self, now_s: float) -> JobSeen:
        """As it is at ``now_s``, monotonic."""
        return JobSeen(self.sent, self.printer, now_s - self.since_s, self.cancelling)
