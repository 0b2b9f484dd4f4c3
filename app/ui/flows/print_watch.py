"""Jobs under way, followed to the end that their queue tells, whatever screen is open meanwhile."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.printing import JobStatus
from app.errors import AppError
from app.ui.flows.print_acts import Followed, PrintActs
from app.ui.flows.visit_state import Errands, nothing

LOOK_MS = 300
"""How often a queue is asked. Assumed: the end of a job is read within half a second, at some 3 ms an ask."""


class JobWatch(QObject):
    """``told``: how a job stands (``Followed``, ``JobStatus``); ``unsure``: its name, and why nobody can say just now.

    ``kept``: its name and why its cancelling was not taken.
    """

    told = Signal(object, object)
    unsure = Signal(str, object)
    kept = Signal(str, object)

    def __init__(self, parent: QObject, acts: PrintActs) -> None:
        super().__init__(parent)
        self._acts = acts
        self._errands = Errands(self)
        self._followed: list[Followed] = []
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """Somebody works here."""
        self._timer.start()

    def end(self) -> None:
        """Nobody waits any more: of jobs under way the record says that their end is not known."""
        self._timer.stop()
        for one in self._followed:
            work = partial(self._acts.print_paper.give_up, self._acts.press(), one.session, one.sent)
            self._acts.lane.run(work, owner=self, done=nothing, failed=nothing)
        self._followed = []
        self._errands.drop()

    def follow(self, job: Followed) -> None:
        """Another job."""
        self._followed.append(job)
        self._look()

    def cancel(self, title: str) -> None:
        """Ask for its end; ``told`` says how it ended."""
        job = self._job(title)
        if job is not None and not job.cancelling:
            job.cancelling = True
            work = partial(self._acts.print_paper.cancel, self._acts.press(), job.session, job.sent)
            self._errands.run(self._acts.lane, work, nothing, partial(self._on_kept, title))

    def _look(self) -> None:
        for one in self._followed:
            if not one.asking:
                one.asking = True
                work = partial(self._acts.print_paper.look, self._acts.press(), one.session, one.sent)
                answers = partial(self._on_status, one.sent.title), partial(self._on_unknown, one.sent.title)
                self._errands.run(self._acts.lane, work, *answers)

    def _on_status(self, title: str, status: JobStatus) -> None:
        job = self._job(title)
        if job is not None:
            job.asking = False
            if status.is_over:
                self._followed.remove(job)
            self.told.emit(job, status)

    def _on_unknown(self, title: str, error: AppError) -> None:
        """The queue does not say now; it is asked again."""
        job = self._job(title)
        if job is not None:
            job.asking = False
            self.unsure.emit(title, error)

    def _on_kept(self, title: str, error: AppError) -> None:
        job = self._job(title)
        if job is not None:
            job.cancelling = False
        self.kept.emit(title, error)

    def _job(self, title: str) -> Followed | None:
        """What is followed under that name: a lock may have put it away and back meanwhile."""
        return next((one for one in self._followed if one.sent.title == title), None)
