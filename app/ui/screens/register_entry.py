"""異動の入力: what is filed, who moves with which relation, and what the checks find beside what would change."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.screens.register_entry_pages import ChangePage, CheckPage, PeoplePage
from app.ui.screens.register_fields import FieldShown
from app.ui.widgets.button import Button
from app.ui.widgets.card import in_line
from app.ui.widgets.steps import Step, StepNavigation, StepState
from app.ui.widgets.words import Words

PARTS = 3
CHANGE, PEOPLE, CHECK = range(PARTS)


@dataclass(frozen=True, slots=True)
class EntryShown:
    """The form as it is opened. ``may_add``: persons without a record can be added; ``corrects``: an entry.

    ``may_join``: it may be into another household.
    """

    lead: str
    fields: tuple[FieldShown, ...]
    values: Mapping[str, str] = field(repr=False)
    may_add: bool = False
    corrects: bool = False
    may_join: bool = False


class RegisterEntryScreen(Screen):
    """``check_asked``: how it would work out; ``keep_asked``: keep the draft now; ``save_asked``: enter it.

    ``household_asked``: which household is joined. ``part_asked``: a part, by its place. The parts ``change``,
    ``people`` and ``outcome`` tell what is typed.
    """

    check_asked = Signal()
    keep_asked = Signal()
    save_asked = Signal()
    household_asked = Signal()
    part_asked = Signal(int)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.register_entry
        super().__init__(kit, words.title, has_side=False)
        self._words, self._part, self._is_busy = words, CHANGE, False
        self._shown = EntryShown("", (), {})
        self._lead, self._state, self._saved = Words("", "support"), Words("", "label"), Words("", "support")
        self._steps = StepNavigation(kit)
        self.change, self.people, self.outcome = ChangePage(kit), PeoplePage(kit), CheckPage(kit)
        self._go, self._check = Button(words.go_on, "primary"), Button(words.check)
        back = Button(words.back)
        self._pages = QStackedWidget()
        for page in (self.change, self.people, self.outcome):
            self._pages.addWidget(page)
        head = QHBoxLayout()
        head.setSpacing(24)
        head.addWidget(self._steps, 1)
        head.addWidget(self._state)
        self.body.setSpacing(8)
        self.body.addWidget(self._lead)
        self.body.addLayout(head)
        self.body.addWidget(self._pages, 1)
        foot = in_line(self._go, self._check, back)
        foot.addWidget(self._saved)
        self.foot.addLayout(foot)
        for button, ask in ((self._go, self._ask_on), (self._check, self._ask_check), (back, self.back_asked.emit)):
            button.clicked.connect(ask)
        self.wipe()

    def first_focus(self) -> QWidget:
        if self._part == CHANGE:
            return self.change.fields.first() or self._go
        return self.people.people if self._part == PEOPLE else self.outcome.rows

    @property
    def part(self) -> int:
        """Which part is open."""
        return self._part

    def show_form(self, shown: EntryShown) -> None:
        """Open the form at its first part."""
        self._shown = shown
        self._lead.show_text(shown.lead)
        self.change.fields.show_fields(shown.fields, shown.values)
        self.people.show_may_add(may_add=shown.may_add)
        self.show_part(CHANGE)

    def show_part(self, part: int) -> None:
        """Another part of the form."""
        self._part, words = part, self._words
        self._pages.setCurrentIndex(part)
        names = (words.step_change, words.step_people, words.step_check)
        states = [StepState.DONE if at < part else StepState.AHEAD for at in range(PARTS)]
        states[part] = StepState.CURRENT
        self._steps.show_steps([Step(name, state) for name, state in zip(names, states, strict=True)])
        is_last = part == CHECK
        self._go.show_text((words.correct if self._shown.corrects else words.save) if is_last else words.go_on)
        self._offer()
        self.first_focus().setFocus()

    def show_state(self, text: str) -> None:
        """How the checks stand, in one line; nothing is asked any more."""
        self._is_busy = False
        self._state.show_text(text)

    def show_saved(self, text: str) -> None:
        """Whether the draft is kept."""
        self._saved.show_text(text)

    def show_checking(self) -> None:
        """The office is asked how it would work out; whoever is sure need not wait for it."""
        self.banner.clear()
        self._state.show_text(self.kit.texts.register.working)

    def show_working(self) -> None:
        """It is being entered; a second press enters nothing."""
        self.show_checking()
        self._is_busy = True

    def show_failed(self, message: Message) -> None:
        """It did not come about; everything typed stays."""
        self.show_state("")
        self.banner.show_message(message)

    def show_missing(self, errors: Mapping[str, str]) -> None:
        """Fields that must be filled before it can be sent."""
        self.show_state("")
        self.show_part(CHANGE)
        self.change.fields.focus(self.change.fields.show_errors(errors))

    def wipe(self) -> None:
        super().wipe()
        self._is_busy = False
        self._shown = EntryShown("", (), {})
        for words in (self._lead, self._state, self._saved):
            words.show_text("")
        for page in (self.change, self.people, self.outcome):
            page.wipe()
        self.show_part(CHANGE)

    def _offer(self) -> None:
        words, at = self._words, self._part
        is_last = at == CHECK
        offers = [
            Offer("refresh", words.check_key, self._ask_check),
            Offer("save", words.keep_key, self.keep_asked.emit),
            Offer("commit", words.save_key if is_last else words.next_key, self._ask_on),
        ]
        if at == CHANGE and self._shown.may_join:
            offers.append(Offer("search", words.household_key, self.household_asked.emit))
        if not is_last:
            offers.append(Offer("next_part", words.next_key, self._ask_on))
        if at:
            offers.append(Offer("previous_part", words.previous_key, lambda: self.part_asked.emit(self._part - 1)))
        if at == PEOPLE:
            offers.append(Offer("copy", words.toggle_key, self.people.ask_toggle))
            if self._shown.may_add:
                offers.append(Offer("next_visit", words.add_key, self.people.add_asked.emit))
        self.offer(*offers)

    def _ask_on(self) -> None:
        if self._part != CHECK:
            self.part_asked.emit(self._part + 1)
        elif not self._is_busy:
            self.save_asked.emit()

    def _ask_check(self) -> None:
        if not self._is_busy:
            self.check_asked.emit()
