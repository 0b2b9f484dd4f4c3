"""The register in the window: ways in from the screen between visits, from a visit, from the queue; and back there."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from app.client.counter import Counter
from app.domain.clock import Clock, Random, new_id
from app.domain.register_forms import parse_register_forms
from app.domain.register_rules import RegisterRules, parse_register_rules
from app.services.ports.seat import Press, Session, Visit
from app.shipped import read_toml
from app.ui.background import Lane
from app.ui.flows.register import RegisterDesk, may_open, register_offers
from app.ui.flows.register_acts import RegisterActs
from app.ui.flows.review import ReviewDesk
from app.ui.flows.visit import VisitDesk
from app.ui.kit import Kit
from app.ui.late import Late
from app.ui.window import Window
from app.wire.draft import Draft
from app.wire.register import Hit


def shipped_register_rules() -> RegisterRules:
    """Kinds of changes, their checks and limits."""
    return parse_register_rules(read_toml("tables", "register_entries.toml"), read_toml("tables", "relations.toml"))


def register_acts(
    counter: Counter, lanes: tuple[Lane, Lane], press: Callable[[], Press], chances: tuple[Clock, Random]
) -> RegisterActs:
    """What the flows of the register are handed. ``lanes``: to the office, and to this PC's stores."""
    cases, rules = counter.cases, shipped_register_rules()
    return RegisterActs(
        press=press,
        new_id=partial(new_id, *chances),
        office=lanes[0],
        store=lanes[1],
        find_person=cases.find_person,
        change=cases.change_register,
        drafts=cases.filing_drafts,
        decide=cases.decide_register,
        look_back=cases.look_back,
        restraints=cases.tend_restraints,
        rules=rules,
        forms=parse_register_forms(read_toml("tables", "register_forms.toml"), rules),
        procedures={name: one.short_title for name, one in counter.procedures.items()},
    )


class RegisterWing(QObject):
    """Works between ``begin`` and ``end`` of a session."""

    def __init__(
        self, face: tuple[Kit, Window], acts: Callable[[], RegisterActs], visit: VisitDesk, review: ReviewDesk
    ) -> None:
        super().__init__()
        self._kit, self._window = kit, window = face
        self._desk = Late(window, lambda: RegisterDesk(kit, window, acts()))
        self._visit, self._review = visit, review
        self._session: Session | None = None
        self._back: Callable[[], None] = visit.show_waiting
        visit.lookup_asked.connect(self._on_lookup)
        visit.register_asked.connect(partial(self._on_room, visit.show_waiting))
        visit.filing_resumed.connect(self._on_resumed)
        visit.whole_record_asked.connect(self._on_person)
        visit.doors.release.connect(self.open_release)
        visit.saving.connect(self._on_saving)
        review.register_asked.connect(partial(self._on_room, review.show_queue))
        self._desk.when_made(lambda desk: desk.left.connect(self._on_left))

    def begin(self, session: Session) -> None:
        """A person works here now; the doors are shown to whoever may go in."""
        self._session = session
        offered = bool(register_offers(self._kit, session))
        self._visit.doors.show_register_offered(offered=offered, person=may_open(self._kit, session))
        self._review.doors.show_register_offered(offered=offered)

    def begin_announced(self, back: Callable[[], None], announcement_id: str) -> None:
        """Enter the move-in of somebody who was checked by card; ``back``: where that was."""
        if self._session is not None:
            self._back = back
            self._desk.now().begin_announced(self._session, announcement_id)

    def end(self) -> None:
        """The session has ended."""
        self._session = None
        if self._desk.made is not None:
            self._desk.made.end()

    def _on_saving(self) -> None:
        if self._desk.made is not None:
            self._desk.made.save_now()

    def _on_room(self, back: Callable[[], None]) -> None:
        if self._session is not None:
            self._back = back
            self._desk.now().begin(self._session)

    def _on_lookup(self) -> None:
        if self._session is not None:
            self._back = self._visit.show_waiting
            self._desk.now().begin_lookup(self._session)

    def _on_resumed(self, draft: Draft) -> None:
        if self._session is not None:
            self._back = self._visit.show_waiting
            self._desk.now().resume(self._session, draft)

    def _on_person(self, visit: Visit, business_number: str) -> None:
        """From a visit: the screen that was open is come back to."""
        before = self._window.current
        if self._session is not None and before is not None:
            self._back = partial(self._window.open_screen, before)
            self._desk.now().begin_person(self._session, visit, business_number)

    def open_release(self, visit: Visit, hit: Hit) -> None:
        """Somebody restrained stands in a visit's way; the screen that was open is come back to."""
        before = self._window.current
        if self._session is not None and before is not None:
            self._back = partial(self._window.open_screen, before)
            self._desk.now().begin_release(self._session, visit, hit)

    def _on_left(self) -> None:
        if self._session is not None:
            self._back()
