"""受付簿 before who keeps it: searching, opening a case, and answering hand-overs."""

from collections.abc import Mapping

from PySide6.QtCore import Signal

from app.domain.procedure import Procedure
from app.domain.rights import ANY, allowed
from app.services.ports.seat import Session
from app.services.tend_book import READ, RECEIVE, TendBook
from app.ui.flows.book_words import BookReader
from app.ui.flows.office_flow import OfficeFlow, OfficeMeans
from app.ui.kit import Kit
from app.ui.screens.book_handovers import HandoversScreen
from app.ui.screens.book_list import BookFilters, BookScreen
from app.wire.desk_book import ANYBODY, AnswerHandover, AskBook, BookPage, CaseDone

ME, NOBODY = "me", "nobody"
NO_CASE = "-"
"""What no receipt number ends with: only the hand-overs are wanted."""


class BookFlow(OfficeFlow[BookScreen]):
    """``opened`` carries an application's id."""

    opened = Signal(str)
    outside_asked = Signal()
    handovers_asked = Signal()

    def __init__(self, kit: Kit, means: OfficeMeans, case: TendBook, procedures: Mapping[str, Procedure]) -> None:
        states = kit.messages.words("book_state")
        titles = tuple((name, one.short_title) for name, one in procedures.items())
        super().__init__(kit, BookScreen(kit, states, titles), means)
        self._case, self._reader = case, BookReader(kit, procedures)
        self._filters = BookFilters()
        self.screen.search_asked.connect(self._on_search)
        self.screen.refresh_asked.connect(self.look)
        self.screen.opened.connect(self.opened)
        self.screen.outside_asked.connect(self.outside_asked)
        self.screen.handovers_asked.connect(self.handovers_asked)

    def begin(self, session: Session) -> None:
        """Open the book: what is under way in one's sections."""
        self.enter(session)
        self._filters = BookFilters()
        words = self._kit.texts.book
        self.screen.show_owners(((ME, words.mine), (NOBODY, words.nobody)))
        self.screen.show_outside_offered(offered=self.may(RECEIVE))
        self.look()

    def look(self) -> None:
        """Read it again, for the same conditions."""
        self.screen.show_working()
        asked = self._asked(self._filters)
        self.ask(lambda press, session: self._case.page(press, session, asked), self._on_page)

    def again(self, *, done: bool = False) -> None:
        """Somebody comes back to it, from something ``done`` or not: it is read anew either way."""
        del done
        if self._session is not None:
            asked = self._asked(self._filters)
            self.ask(lambda press, session: self._case.page(press, session, asked), self._on_page)

    def _on_search(self, wanted: BookFilters) -> None:
        self._filters = wanted
        self.look()

    def _asked(self, wanted: BookFilters) -> AskBook:
        session = self._session
        me = "" if session is None else session.actor.staff_id
        owner = {ME: me, NOBODY: ""}.get(wanted.owner, wanted.owner or ANYBODY)
        return AskBook(
            states=(wanted.state,) if wanted.state else (),
            owner=owner,
            procedure=wanted.procedure,
            since=wanted.since,
            until=wanted.until,
            number=wanted.number,
        )

    def _on_page(self, page: BookPage) -> None:
        session = self._session
        if session is None:
            return
        me, words = session.actor.staff_id, self._kit.texts.book
        others = tuple((one.staff_id, one.name) for one in page.colleagues if one.staff_id != me)
        self.screen.show_owners(((ME, words.mine), (NOBODY, words.nobody), *others))
        lines = self._reader.lines(page, me, self.today())
        self.screen.show_rows(lines, self._reader.lead(page), self._reader.handovers_door(page))


class HandoversFlow(OfficeFlow[HandoversScreen]):
    """What comes to a section and leaves it."""

    def __init__(self, kit: Kit, means: OfficeMeans, case: TendBook, procedures: Mapping[str, Procedure]) -> None:
        super().__init__(kit, HandoversScreen(kit), means)
        self._case, self._reader = case, BookReader(kit, procedures)
        self.screen.refresh_asked.connect(self.look)
        self.screen.answered.connect(self._on_answered)

    def begin(self, session: Session) -> None:
        """Open the list."""
        self.enter(session)
        self.look()

    def look(self) -> None:
        """Read it again."""
        self.screen.show_working()
        asked = AskBook(number=NO_CASE)
        self.ask(lambda press, session: self._case.page(press, session, asked), self._on_page)

    def _on_page(self, page: BookPage) -> None:
        self.screen.show_rows(self._reader.handovers(page))

    def _on_answered(self, handover_id: str, version: int, outcome: str, note: str) -> None:
        asked = AnswerHandover(handover_id=handover_id, version=version, outcome=outcome, note=note)
        self.screen.show_working()

        def done(_: CaseDone) -> None:
            self.ask(lambda press, session: self._case.page(press, session, AskBook(number=NO_CASE)), shown)

        def shown(page: BookPage) -> None:
            self._on_page(page)
            words = self._kit.texts.handovers
            titles = {"accepted": words.done_accepted, "declined": words.done_declined}
            title = titles.get(outcome, words.done_withdrawn)
            self.screen.banner.show_text("success", title, words.done_text)

        self.ask(lambda press, session: self._case.change(press, session, asked), done)


def reads_book(session: Session, procedures: Mapping[str, Procedure], flow: BookFlow) -> bool:
    """Whether somebody has a section whose book it is."""
    day = flow.today()
    return any(allowed(session.actor, READ, name, ANY, day=day) for name in procedures)
