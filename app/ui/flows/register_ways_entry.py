"""From a person or from nobody to a change being entered, and from lists of entries to one of them."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject

from app.domain.clock import business_date
from app.domain.register_forms import FilingForm, Whom
from app.domain.register_rules import Basis
from app.services.ports.seat import Visit
from app.ui.flows.register_acts import Occasion, RegisterActs
from app.ui.flows.register_entry import drafted
from app.ui.flows.register_filing import empty_form, form_of, form_of_entry, form_of_notice
from app.ui.flows.register_list import ListFlow
from app.ui.flows.register_pages import RegisterPages
from app.ui.flows.register_path import RegisterPath, anew
from app.ui.kit import Kit
from app.ui.screens.register_kinds import KindShown
from app.wire.draft import Draft
from app.wire.register import Hit, Record
from app.wire.register_change import AnnouncementView, EntryRow, EntryView


class EntryWays(QObject):
    """``occasion`` tells for whom and what is worked now; None while nobody is here."""

    def __init__(
        self,
        kit: Kit,
        path: RegisterPath,
        acts: RegisterActs,
        pages: RegisterPages,
        occasion: Callable[[Visit | None], Occasion | None],
    ) -> None:
        super().__init__(path)
        self._kit, self._path, self._acts, self._pages, self._occasion = kit, path, acts, pages, occasion
        self._record: Record | None = None
        self._for: Visit | None = None
        pages.kinds.back_asked.connect(path.back)
        pages.kinds.chosen.connect(self._on_kind)
        for flow in (pages.entry, pages.own, pages.waiting, pages.sheet, pages.announced):
            flow.screen.back_asked.connect(path.back)
        for listed in (pages.own, pages.waiting):
            listed.open_asked.connect(partial(self._on_entry, decides=listed is pages.waiting))
        pages.own.resumed.connect(self.resume)
        pages.own.fresh_asked.connect(self.open_fresh)
        pages.sheet.done.connect(self.done)
        pages.sheet.correct_asked.connect(self._on_correct)
        pages.sheet.next_asked.connect(self._on_next)
        pages.entry.done.connect(self.done)
        pages.entry.household_asked.connect(self._on_household)
        pages.household.left.connect(path.back)
        pages.household.taken.connect(self._on_taken)
        pages.announced.opened.connect(self._on_announced)

    def forget(self) -> None:
        """Nobody's record is open any more."""
        self._record = self._for = None

    def open_for(self, record: Record, visit: Visit | None) -> None:
        """A change of this person; what it is for."""
        self._record, self._for = record, visit
        self._open_kinds()

    def open_list(self, listed: ListFlow) -> None:
        """One's own entries, or everybody's."""
        if (occasion := self._occasion(None)) is not None:
            self._path.enter(listed.screen, anew(listed.look), listed.end)
            listed.begin(occasion)

    def open_announced(self, opens: str = "") -> None:
        """Special move-ins that wait. ``opens``: the one whose person has come."""
        announced = self._pages.announced
        if (occasion := self._occasion(None)) is not None:
            self._path.enter(announced.screen, anew(announced.look), announced.end)
            announced.begin(occasion, opens)

    def open_fresh(self) -> None:
        """A change of somebody who has no record."""
        self.forget()
        self._open_kinds()

    def resume(self, draft: Draft) -> None:
        """Go on with a change that was being typed."""
        kept, entry = drafted(draft), self._pages.entry
        occasion = self._occasion(Visit(draft.visit_id, "", draft.saved_at) if draft.visit_id else None)
        if kept is not None and occasion is not None and kept.kind in self._acts.forms.forms:
            self._path.enter(entry.screen, leave=entry.end)
            entry.begin(occasion, self._acts.forms.forms[kept.kind], kept, draft.draft_id)

    def done(self, title: str, text: str) -> None:
        """It is done: back to where one may go on, and say so there."""
        pages = self._pages
        over = (pages.entry.screen, pages.kinds, pages.sheet.screen, pages.measure_form.screen)
        self._path.done(over, title, text)

    def _open_kinds(self) -> None:
        record, words = self._record, self._kit.texts.register_kinds
        lead = words.about_new
        if record is not None:
            lead = words.about(record.hit.name) if record.hit.resident else words.about_gone(record.hit.name)
        self._path.enter(self._pages.kinds, leave=self._pages.kinds.wipe)
        self._pages.kinds.show_kinds([self._kind(one) for one in self._offered(record)], lead)

    def _offered(self, record: Record | None) -> list[FilingForm]:
        """Kinds that can begin from what is open: nobody, a resident, or somebody who left."""
        wanted = {Whom.NEW} if record is None else {Whom.HERE, Whom.NEW} if record.hit.resident else set(Whom)
        forms = self._acts.forms.forms
        found = [forms[kind] for kind in self._acts.rules.kinds]
        return [one for one in found if one.whom in wanted and not one.notice]

    def _kind(self, form: FilingForm) -> KindShown:
        kind, words = self._acts.rules.kind(form.kind), self._kit.texts.register_kinds
        basis = words.notification if kind.basis is Basis.NOTIFICATION else words.ex_officio
        whom = {Whom.HERE: words.here, Whom.GONE: words.gone, Whom.NEW: words.new}[form.whom]
        return KindShown(form.kind, kind.title, basis, whom)

    def _on_kind(self, kind: str) -> None:
        form, entry, today = self._acts.forms.forms[kind], self._pages.entry, self._today()
        if (occasion := self._occasion(self._for)) is not None:
            draft = empty_form(form, today) if self._record is None else form_of(form, self._record, today)
            self._path.enter(entry.screen, leave=entry.end)
            entry.begin(occasion, form, draft)

    def _on_household(self) -> None:
        """Somebody who lives in the household that is to be joined."""
        household = self._pages.household
        if (occasion := self._occasion(None)) is not None:
            self._path.enter(household.screen, leave=household.end)
            household.begin(occasion.session)

    def _on_taken(self, hit: Hit) -> None:
        self._path.back()
        self._pages.entry.join(hit)

    def _on_announced(self, view: AnnouncementView) -> None:
        form = next((one for one in self._acts.forms.forms.values() if one.notice), None)
        if form is not None and (occasion := self._occasion(None)) is not None:
            self._path.enter(self._pages.entry.screen, leave=self._pages.entry.end)
            self._pages.entry.begin(occasion, form, form_of_notice(form, view, self._today()))

    def _on_entry(self, row: EntryRow, *, decides: bool) -> None:
        sheet = self._pages.sheet
        if (occasion := self._occasion(None)) is not None:
            if not self._path.has(sheet.screen):
                self._path.enter(sheet.screen, anew(sheet.look), sheet.end)
            sheet.begin(occasion, row.entry_id, decides=decides)

    def _on_next(self, entry_id: str) -> None:
        """The one behind it in the list that it was opened from."""
        pages = self._pages
        decides = self._path.has(pages.waiting.screen)
        listed = pages.waiting if decides else pages.own
        if (row := listed.next_of(entry_id)) is not None:
            self._on_entry(row, decides=decides)

    def _on_correct(self, view: EntryView) -> None:
        form, entry = self._acts.forms.forms[view.filing.kind], self._pages.entry
        if (occasion := self._occasion(None)) is not None:
            self._path.enter(entry.screen, leave=entry.end)
            entry.begin(occasion, form, form_of_entry(form, view))

    def _today(self) -> date:
        return business_date(self._kit.clock.now())
