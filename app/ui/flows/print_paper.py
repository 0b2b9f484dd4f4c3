"""印刷: a paper before the clerk, sent to the printer that was chosen, and followed to its true end."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from app.domain.printing import JobStatus, PrintChoice, Printer
from app.errors import AppError
from app.services.paper import Paper
from app.services.ports.seat import Session
from app.services.print_paper import Sent, Wanted
from app.ui.flows.print_acts import Followed, LatePaper, PrintActs
from app.ui.flows.print_watch import JobWatch
from app.ui.flows.print_words import PrintWords
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.screens.print_paper import JobShown, PaperShown, PrintScreen
from app.ui.widgets.chip import Kind
from app.ui.window import Window

BUSY_MS = 400
"""From when on a wait is shown. Source: counter-ux section 10."""


class PrintDesk(QObject):
    """Works between ``begin`` and ``end`` of a session. Jobs are followed on, whatever screen is open."""

    def __init__(self, kit: Kit, window: Window, acts: PrintActs) -> None:
        super().__init__(window)
        self._kit, self._window, self._acts = kit, window, acts
        self._words, self._watch = PrintWords(kit), JobWatch(self, acts)
        self._errands, self._paper_errands = Errands(self), Errands(self)
        self._session: Session | None = None
        self._title = self._kind = ""
        self._paper: Paper | None = None
        self._late: LatePaper | None = None
        self._back: Screen | None = None
        self._printers: tuple[Printer, ...] = ()
        self._own, self._shown = "", JobShown("information", "")
        self._is_busy = False
        self.screen = PrintScreen(kit)
        self.screen.print_asked.connect(self._on_print)
        self.screen.cancel_asked.connect(lambda: self._watch.cancel(self._own))
        self.screen.reload_asked.connect(self._load_printers)
        self.screen.closed.connect(self._on_closed)
        self._watch.told.connect(self._on_told)
        self._watch.unsure.connect(partial(self._on_unsure, tone="warning"))
        self._watch.kept.connect(partial(self._on_unsure, tone="error"))

    def begin(self, session: Session) -> None:
        """Whoever works here prints in this session."""
        self._session = session
        self._watch.begin()

    def end(self) -> None:
        """The session ends."""
        self._watch.end()
        self._errands.drop()
        self._forget()
        self._session = self._back = None

    def show(self, title: str, paper: Paper) -> None:
        """A paper before the clerk; closing it leads back to the screen that is open now."""
        self._open(title, paper.mark.kind or paper.mark.form)
        self._paper = paper
        self.screen.show_paper(self._words.paper(title, paper, self._acts.print_paper.rules))
        self.screen.show_ready()

    def show_late(self, title: str, late: LatePaper) -> None:
        """A paper that is made as it is printed; until then there is only its title."""
        self._open(title, late.kind)
        self._late = late
        self.screen.show_paper(PaperShown(title, (), single=True))
        self.screen.show_ready()

    def _open(self, title: str, kind: str) -> None:
        current = self._window.current
        if current is not self.screen:
            self._back = current
        self._forget()
        self._title, self._kind = title, kind
        self._load_printers()
        self._window.open_screen(self.screen)

    def _forget(self) -> None:
        """The paper is put away; its job goes on."""
        self._paper_errands.drop()
        self._paper = self._late = None
        self._title, self._own, self._is_busy = "", "", False
        self._shown = JobShown("information", "")
        self.screen.wipe()

    def _load_printers(self) -> None:
        if self._session is None:
            return
        work = partial(self._acts.print_paper.printers, self._session, self._kind)
        self._paper_errands.run(self._acts.lane, work, self._on_printers, self._on_failed)

    def _on_printers(self, found: tuple[tuple[Printer, ...], PrintChoice | None]) -> None:
        self._printers, chosen = found
        self.screen.show_printers(self._printers, chosen)

    def _on_print(self, choice: PrintChoice, again: tuple[str, str]) -> None:
        if self._session is None or self._is_busy:
            return
        self._is_busy = True
        QTimer.singleShot(BUSY_MS, self.screen, self._show_busy)
        if self._late is not None:
            made = partial(self._on_made, Wanted(choice, again))
            self._paper_errands.run(self._acts.office, self._late.make, made, self._on_failed)
        elif self._paper is not None:
            self._send(self._paper, Wanted(choice, again))

    def _on_made(self, wanted: Wanted, paper: Paper) -> None:
        """The page has left the register; from here on it is this paper."""
        late, self._late, self._paper = self._late, None, paper
        self.screen.show_pages(self._words.paper(self._title, paper, self._acts.print_paper.rules))
        if late is not None:
            late.made(paper)
        self._send(paper, wanted)

    def _send(self, paper: Paper, wanted: Wanted) -> None:
        session = self._session
        if session is not None:
            work = partial(self._acts.print_paper.send, self._acts.press(), session, paper, wanted)
            self._errands.run(self._acts.lane, work, partial(self._on_sent, session, paper), self._on_failed)

    def _on_sent(self, session: Session, paper: Paper, sent: Sent) -> None:
        printer = next((one for one in self._printers if one.name == sent.job.printer), None)
        if paper is self._paper:
            self._own, self._is_busy = sent.title, False
            self._show_job(JobShown("information", self._kit.texts.print_state.printing(sent.job.printer)))
        if sent.is_restrained:
            self._window.notice.say(self._kit.texts.print_state.to_addressee)
        self._watch.follow(Followed(session, self._title, sent, printer, self._kit.clock.monotonic()))

    def _on_told(self, job: Followed, status: JobStatus) -> None:
        shown = self._words.job(job.seen(self._kit.clock.monotonic()), status)
        if job.sent.title == self._own:
            self._show_job(shown)
        elif status.is_over:
            self._tell_elsewhere(job, shown)

    def _on_unsure(self, job: str, error: AppError, tone: Kind) -> None:
        """What the queue said last holds no more; the next that it says is shown again."""
        if job == self._own:
            self._shown = JobShown(tone, "")
            self.screen.banner.show_message(self._kit.messages.of(error), tone)

    def _show_job(self, shown: JobShown) -> None:
        if shown != self._shown:
            self._shown = shown
            self.screen.show_job(shown)

    def _tell_elsewhere(self, one: Followed, shown: JobShown) -> None:
        current = self._window.current
        if current is not None:
            words = self._kit.texts.print_state
            current.banner.show_text(shown.tone, words.ended_elsewhere(one.title, shown.title), shown.text)

    def _on_failed(self, error: AppError) -> None:
        """No sheet has come out: it may be tried again."""
        self._is_busy = False
        self.screen.show_ready(again="again" in self._shown.may)
        self.screen.banner.show_message(self._kit.messages.of(error))

    def _show_busy(self) -> None:
        if self._is_busy:
            self.screen.show_busy()

    def _on_closed(self) -> None:
        """Not while a page may be on its way out of the register: it would be lost."""
        if self._is_busy:
            return
        back, self._back = self._back, None
        self._forget()
        if back is not None:
            self._window.open_screen(back)
