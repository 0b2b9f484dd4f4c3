"""The persons of a form: who moves, with which relation, and what is to stand in each record."""

from PySide6.QtCore import QObject, Signal

from app.domain.register_forms import FilingForm, Whom
from app.ui.flows.register_filing import settled_household
from app.ui.flows.register_form import RELATION, FormReader
from app.ui.kit import Kit
from app.ui.screens.register_entry_pages import PeoplePage
from app.wire.register_draft import FilingDraft, PersonDraft

_IN_LIST = frozenset({RELATION, "name", "birth"})


class PeopleEditor(QObject):
    """Holds the form as it stands. ``changed``: something was typed or chosen; ``household``: it follows from that."""

    changed = Signal()
    household = Signal(str)

    def __init__(self, kit: Kit, page: PeoplePage) -> None:
        super().__init__(page)
        self._kit, self._page = kit, page
        self._form: FilingForm | None = None
        self._reader: FormReader | None = None
        self._at = 0
        self.draft = FilingDraft(kind="")
        page.edited.connect(self._on_item)
        page.marked.connect(self._on_marked)
        page.toggled.connect(self._on_toggled)
        page.add_asked.connect(self._on_add)
        page.remove_asked.connect(self._on_remove)

    def begin(self, form: FilingForm, draft: FilingDraft, reader: FormReader) -> None:
        """Open the persons of this form."""
        self._form, self._reader, self.draft, self._at = form, reader, draft, 0
        self.show()

    def end(self) -> None:
        """Forget everybody."""
        self._form = self._reader = None
        self.draft, self._at = FilingDraft(kind=""), 0

    def person(self) -> PersonDraft | None:
        """Who is marked."""
        return self.draft.persons[self._at] if self._at < len(self.draft.persons) else None

    def show(self) -> None:
        """Everybody, and the fields of the one that is marked."""
        if self._form is not None and self._reader is not None:
            self._at = min(self._at, max(0, len(self.draft.persons) - 1))
            self._page.show_people(self._reader.people(self.draft, self._form), self._at)
            self._show_person()

    def change(self, draft: FilingDraft) -> None:
        """The form stands otherwise now."""
        self.draft = draft
        self.changed.emit()

    def _on_item(self, place: int, name: str, value: str) -> None:
        if place >= len(self.draft.persons) or self._form is None or self._reader is None:
            return
        one = self.draft.persons[place]
        typed = one.changed(after=value) if name == RELATION else one.changed(items={**one.items, name: value})
        self.change(self.draft.with_person(place, typed))
        if name in _IN_LIST:
            self._page.show_people(self._reader.people(self.draft, self._form), place)

    def _on_marked(self, place: int) -> None:
        self._at = place
        self._show_person()

    def _on_toggled(self, place: int) -> None:
        form = self._form
        if form is None or form.whom is not Whom.HERE or place >= len(self.draft.persons):
            return
        one, before = self.draft.persons[place], self.draft.values.get("household", "")
        if form.several or one.moves:
            draft = self.draft.with_person(place, one.changed(moves=not one.moves))
        else:
            alone = (each.changed(moves=at == place) for at, each in enumerate(self.draft.persons))
            draft = self.draft.changed(persons=tuple(alone))
        draft, self._at = settled_household(form, draft), place
        self.change(draft)
        if (now := draft.values.get("household", "")) != before:
            self.household.emit(now)
        self.show()

    def _on_add(self) -> None:
        if self._form is not None and self._form.whom is Whom.NEW:
            persons = self.draft.persons
            fresh = sum(one.moves for one in persons)
            self.change(self.draft.changed(persons=(*persons[:fresh], PersonDraft(), *persons[fresh:])))
            self._at = fresh
            self.show()
            self._page.items.focus("name")

    def _on_remove(self, place: int) -> None:
        persons = self.draft.persons
        if place < len(persons) and persons[place].moves and sum(one.moves for one in persons) > 1:
            self.change(self.draft.changed(persons=persons[:place] + persons[place + 1 :]))
            self._at = max(0, place - 1)
            self.show()

    def _show_person(self) -> None:
        one, words = self.person(), self._kit.texts.register_entry
        if one is None or self._form is None or self._reader is None:
            return
        name = one.items.get("name", "") or one.name or words.new_one
        values = {**one.items, RELATION: one.after}
        self._page.show_person(self._reader.items(self._form, one), values, words.items(name))
