"""What leads where in the register: from a search to a record, from a record to changes and restraints."""

from functools import partial

from PySide6.QtCore import QObject

from app.services.ports.seat import Session, Visit
from app.ui.flows.register_acts import Occasion, RegisterActs
from app.ui.flows.register_pages import RegisterPages, make_pages
from app.ui.flows.register_path import RegisterPath, anew
from app.ui.flows.register_ways_entry import EntryWays
from app.ui.kit import Kit
from app.wire.register import Hit, Record, Ward


class RegisterWays(QObject):
    """Works for one ``session`` at a time; ``visit``: the one that is under way, None without one."""

    def __init__(self, kit: Kit, path: RegisterPath, acts: RegisterActs) -> None:
        super().__init__(path)
        self._kit, self._path, self._acts = kit, path, acts
        self.session: Session | None = None
        self.visit: Visit | None = None
        self.wards: tuple[Ward, ...] = ()
        self._for: Visit | None = None
        self.pages = make_pages(kit, acts)
        self.entries = EntryWays(kit, path, acts, self.pages, self._occasion)
        self._connect(self.pages)

    def forget(self) -> None:
        """Nobody's record is open any more."""
        self._for = None
        self.entries.forget()

    def open_search(self) -> None:
        """Search without a visit."""
        lookup = self.pages.lookup
        if self.session is not None:
            self._path.enter(lookup.screen, leave=lookup.end)
            lookup.begin(self.session)

    def open_record(self, visit: Visit, business_number: str) -> None:
        """Somebody's record, for a visit or a reason."""
        record, self._for = self.pages.record, visit
        if (occasion := self._occasion(visit)) is not None:
            self._path.enter(record.screen, partial(self._again, business_number), record.end)
            record.begin(occasion, business_number)

    def open_measures(self, record: Record | None) -> None:
        """What restrains this person, or everybody."""
        measures = self.pages.measures
        if (occasion := self._occasion(self._for if record is not None else None)) is not None:
            self._path.enter(measures.screen, anew(measures.look), measures.end)
            measures.begin(occasion, record)

    def _occasion(self, visit: Visit | None = None) -> Occasion | None:
        if self.session is None:
            return None
        own = visit or self.visit or Visit("", "", self._acts.press().at)
        return Occasion(self.session, own, self.wards)

    def _again(self, business_number: str, *, done: bool) -> None:
        """Come back to a record: read anew where something was done, or another member's was open meanwhile."""
        if not done and self.pages.record.shows(business_number):
            return
        if self._for is not None and (occasion := self._occasion(self._for)) is not None:
            self.pages.record.begin(occasion, business_number)

    def _on_member(self, business_number: str) -> None:
        if self._for is not None:
            self.open_record(self._for, business_number)

    def _on_history(self, record: Record) -> None:
        history = self.pages.history
        if (occasion := self._occasion(self._for)) is not None:
            self._path.enter(history.screen, leave=history.end)
            history.begin(occasion, record)

    def _on_enter(self, record: Record) -> None:
        self.entries.open_for(record, self._for)

    def _on_measure(self, measure_id: str) -> None:
        measure = self.pages.measure
        if (occasion := self._occasion(self._for)) is not None:
            self._path.enter(measure.screen, leave=measure.end)
            measure.begin(occasion, measure_id)

    def _on_request(self, record: Record) -> None:
        form = self.pages.measure_form
        if (occasion := self._occasion(self._for)) is not None:
            self._path.enter(form.screen, leave=form.end)
            form.begin(occasion, record)

    def _on_release(self, record: Record | None) -> None:
        self.open_release(self._for if record is not None else None, None if record is None else record.hit)

    def open_release(self, visit: Visit | None, hit: Hit | None) -> None:
        """Ask that an act on somebody restrained be let through; without a person: what others ask for."""
        release = self.pages.release
        if (occasion := self._occasion(visit)) is not None:
            self._path.enter(release.screen, leave=release.leave)
            release.begin(occasion, hit)

    def _connect(self, pages: RegisterPages) -> None:
        for flow in (pages.record, pages.history, pages.measures, pages.measure, pages.measure_form, pages.release):
            flow.screen.back_asked.connect(self._path.back)
        pages.lookup.left.connect(self._path.back)
        pages.lookup.whole.connect(self.open_record)
        pages.record.member_asked.connect(self._on_member)
        pages.record.history_asked.connect(self._on_history)
        pages.record.enter_asked.connect(self._on_enter)
        pages.record.measures_asked.connect(self.open_measures)
        pages.measures.opened.connect(self._on_measure)
        pages.measures.request_asked.connect(self._on_request)
        pages.measures.release_asked.connect(self._on_release)
        pages.measure_form.done.connect(self.entries.done)
