"""The room of administrators in the window: who is let in, from where, and back to where."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from app.client.counter import Counter
from app.client.door import Door
from app.client.supervision import supervision_doors, supervision_pages
from app.domain.clock import SystemRandom, business_date
from app.durable.files import disk_error, write_new
from app.services.ports.seat import Press, Session
from app.services.ports.staff_card import StaffCards
from app.ui.background import Lane
from app.ui.flows import admin_acts
from app.ui.flows.access import AccessActs, access_door, access_page
from app.ui.flows.admin import AdminDesk
from app.ui.flows.admin_acts import AdminActs, tasks_of
from app.ui.flows.admin_pages import own_doors
from app.ui.flows.extract_disclosure import ExtractActs, extract_door, extract_page
from app.ui.flows.ledger_alarms import LedgerAlarmActs, ledger_alarms_door, ledger_alarms_page
from app.ui.flows.review import ReviewDesk
from app.ui.flows.stopped_enquiries import StoppedActs, stopped_door, stopped_page
from app.ui.flows.visit import VisitDesk
from app.ui.kit import Kit
from app.ui.late import Late
from app.ui.window import Window


def admin_doors(kit: Kit) -> tuple[admin_acts.Door, ...]:
    """What can be done in the room, before it is made."""
    others = (access_door(kit), ledger_alarms_door(kit), stopped_door(kit), extract_door(kit))
    return (*own_doors(kit), *others, *supervision_doors(kit))


def make_admin_desk(counter: Counter, kit: Kit, window: Window, lane: Lane, press: Callable[[], Press]) -> AdminDesk:
    """The room itself, with its screens; ``lane`` is the one to the office."""
    cases = counter.cases
    acts = AdminActs(
        press,
        lane,
        cases.manage_cards,
        cases.issue_pass,
        cases.decide_changes,
        cases.propose_changes,
        {name: one.short_title for name, one in counter.procedures.items()},
        partial(_choose_file, window),
        cases.take_over,
        Door(counter, press).change_password,
    )
    accesses = access_page(kit, window, AccessActs(press, lane, cases.review_accesses))
    names = dict(counter.settings.municipalities)
    alarms = ledger_alarms_page(kit, window, LedgerAlarmActs(press, lane, cases.ledger_alarms, names))
    asked = {(name, one.id): one.label for name, each in counter.procedures.items() for one in each.enquiries}
    stopped = stopped_page(kit, window, StoppedActs(press, lane, cases.tend_stopped, asked))
    keep = partial(_save_file, window, "(*.extract)")
    extracts = extract_page(kit, window, ExtractActs(press, lane, cases.extracts, keep))
    table = partial(_save_file, window, "(*.csv)")
    supervision = supervision_pages(counter, (kit, window), lane, press, (table, SystemRandom()))
    return AdminDesk(kit, window, acts, (accesses, alarms, stopped, extracts, *supervision))


def _choose_file(window: Window, title: str) -> Path | None:
    """A file that the person names; None when they give up."""
    name, _ = QFileDialog.getOpenFileName(window, title, "", "(*.csv *.toml)")
    return Path(name) if name else None


def _save_file(window: Window, kinds: str, title: str, name: str, content: str) -> Path | None:
    """Write ``content`` where the person says, for its owner alone; None when they give up.

    Errors: DiskFull, DiskFault.
    """
    chosen, _ = QFileDialog.getSaveFileName(window, title, name, kinds)
    if not chosen:
        return None
    path = Path(chosen)
    try:
        path.unlink(missing_ok=True)  # the dialog has asked whether a file of that name may go
        write_new(path, content.encode())
    except OSError as error:
        raise disk_error(error) from error
    return path


class AdminWing(QObject):
    """Doors lead here from the screen between visits and from the queue. ``card_missing``: the window is to be locked.

    ``StaffCards`` tells whether the administrator's own card lies on its reader again after others lay there.
    """

    card_missing = Signal()

    def __init__(
        self, kit: Kit, desk: Late[AdminDesk], fronts: tuple[VisitDesk, ReviewDesk], cards: StaffCards
    ) -> None:
        super().__init__()
        self._kit, self._desk, self._cards = kit, desk, cards
        self._visit, self._review = visit, review = fronts
        self._session: Session | None = None
        self._back: Callable[[], None] = visit.show_waiting
        visit.admin_asked.connect(self._from_visit)
        review.admin_asked.connect(self._from_review)
        desk.when_made(self._connect)

    def begin(self, session: Session) -> None:
        """A person works here now; the doors are shown to whoever may go in."""
        self._session = session
        today = business_date(self._kit.clock.now())
        offered = bool(tasks_of(session.actor, admin_doors(self._kit), today))
        self._visit.doors.show_admin_offered(offered=offered)
        self._review.doors.show_admin_offered(offered=offered)

    def end(self) -> None:
        """Nobody works here any more."""
        self._session = None
        if self._desk.made is not None:
            self._desk.made.end()

    def watches_card(self) -> bool:
        """Whether a staff card that is taken off locks the window now; not while one is being registered."""
        is_exchanging = self._desk.made is not None and self._desk.made.is_exchanging()
        return self._session is not None and self._session.second_factor == "key" and not is_exchanging

    def _connect(self, desk: AdminDesk) -> None:
        desk.left.connect(self._on_left)
        desk.cards_exchanged.connect(self._on_exchanged)

    def _from_visit(self) -> None:
        self._enter(self._visit.show_waiting)

    def _from_review(self) -> None:
        if self._session is not None:
            self._enter(partial(self._review.begin, self._session))

    def _enter(self, back: Callable[[], None]) -> None:
        if self._session is not None:
            self._back = back
            self._desk.now().begin(self._session)

    def _on_left(self) -> None:
        if self._session is not None:
            self._back()

    def _on_exchanged(self) -> None:
        if self.watches_card() and not self._cards.is_there():
            self.card_missing.emit()
