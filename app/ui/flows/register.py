"""The register before who is signed in: its room, and the ways into it from a visit, a draft or the queue."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.clock import business_date
from app.domain.rights import ANY, allowed
from app.services.change_register import ENTER
from app.services.decide_register import DECIDE
from app.services.ports.seat import Session, Visit
from app.services.tend_restraints import SEE
from app.ui.flows.register_acts import RegisterActs
from app.ui.flows.register_pages import ANNOUNCED, FRESH, MEASURES, OWN, SEARCH, WAITING, task_list
from app.ui.flows.register_path import RegisterPath
from app.ui.flows.register_ways import RegisterWays
from app.ui.flows.visit_state import Errands, nothing
from app.ui.kit import Kit
from app.ui.screens.admin import AdminScreen
from app.ui.window import Window
from app.wire.draft import Draft
from app.wire.register import Hit, SearchHabits

OPEN = "register.open"
_TASKS = {SEARCH: "register.search", OWN: ENTER, FRESH: ENTER, ANNOUNCED: ENTER, WAITING: DECIDE, MEASURES: SEE}


class RegisterDesk(QObject):
    """Works between one of the ways in and ``end`` of a session. ``left``: back to where one came from."""

    left = Signal()

    def __init__(self, kit: Kit, window: Window, acts: RegisterActs) -> None:
        super().__init__(window)
        self._kit, self._window, self._acts = kit, window, acts
        self._errands = Errands(self)
        words = kit.texts.register
        self._room = AdminScreen(kit, task_list(kit), (words.title, words.lead))
        self._path = RegisterPath(window)
        self._ways = RegisterWays(kit, self._path, acts)
        self._path.left.connect(self.left)
        self._path.finished.connect(self._on_finished)
        self._room.task_asked.connect(self._on_task)
        self._room.back_asked.connect(self._path.back)

    def offers(self, session: Session) -> frozenset[str]:
        """What this person may do here today."""
        return register_offers(self._kit, session)

    def begin(self, session: Session) -> None:
        """Open the room."""
        self._start(session, None)
        self._room.show_offered(self.offers(session))
        self._path.enter(self._room, leave=self._room.wipe)

    def begin_lookup(self, session: Session) -> None:
        """Open the search at once."""
        self._start(session, None)
        self._ways.open_search()

    def begin_person(self, session: Session, visit: Visit, business_number: str) -> None:
        """Open the record of somebody whom a visit is about."""
        self._start(session, visit)
        self._ways.open_record(visit, business_number)

    def begin_release(self, session: Session, visit: Visit, hit: Hit) -> None:
        """Somebody restrained stands in the way of a visit: have an act let through by another person."""
        self._start(session, visit)
        self._ways.open_release(visit, hit)

    def begin_announced(self, session: Session, announcement_id: str) -> None:
        """Enter the move-in of somebody who announced it and was checked by card."""
        self._start(session, None)
        self._ways.entries.open_announced(announcement_id)

    def resume(self, session: Session, draft: Draft) -> None:
        """Go on with a change that was being typed."""
        self._start(session, None)
        self._ways.entries.resume(draft)

    def end(self) -> None:
        """Forget everything shown; what is being entered is kept first."""
        self._errands.drop()
        self._path.clear()
        self._ways.forget()
        self._ways.session = self._ways.visit = None
        self._ways.wards = ()
        self._ways.pages.release.end()

    def save_now(self) -> None:
        """Keep what is being entered, as before a lock."""
        self._ways.pages.entry.keep()

    def _start(self, session: Session, visit: Visit | None) -> None:
        self._path.clear()
        self._ways.forget()
        self._ways.session, self._ways.visit = session, visit
        if not self._ways.wards and _may(self._kit, session, _TASKS[SEARCH]):
            work = partial(self._acts.find_person.habits, self._acts.press(), session)
            self._errands.run(self._acts.office, work, self._on_habits, nothing)

    def _on_habits(self, habits: SearchHabits) -> None:
        self._ways.wards = habits.wards

    def _on_finished(self, title: str, text: str) -> None:
        """A change is entered that was gone on with from elsewhere: the room says so."""
        session = self._ways.session
        if session is not None:
            self._room.show_offered(self.offers(session))
            self._path.enter(self._room, leave=self._room.wipe)
            self._room.banner.show_text("success", title, text)

    def _on_task(self, task: str) -> None:
        ways, pages = self._ways, self._ways.pages
        found: dict[str, Callable[[], None]] = {
            SEARCH: ways.open_search,
            OWN: partial(ways.entries.open_list, pages.own),
            FRESH: ways.entries.open_fresh,
            ANNOUNCED: ways.entries.open_announced,
            WAITING: partial(ways.entries.open_list, pages.waiting),
            MEASURES: partial(ways.open_measures, None),
        }
        if ways.session is not None and task in self.offers(ways.session):
            self._room.banner.clear()
            found[task]()


def register_offers(kit: Kit, session: Session) -> frozenset[str]:
    """What this person may do in the room today."""
    return frozenset(task for task, act in _TASKS.items() if _may(kit, session, act))


def may_open(kit: Kit, session: Session) -> bool:
    """Whether this person may open somebody's record."""
    return _may(kit, session, OPEN)


def _may(kit: Kit, session: Session, act: str) -> bool:
    return allowed(session.actor, act, ANY, ANY, day=business_date(kit.clock.now()))
