"""What the screens of the resident network share: a form, deeds with their keys, a question before what is final."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.screens.register_fields import FieldShown, RegisterFields
from app.ui.widgets.button import Button
from app.ui.widgets.card import in_line
from app.ui.widgets.table import Column, Table
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be asked for here: its id, button, the action in the key map and the word under the key.

    ``question``: asked before it is done; "" for none.
    """

    id: str
    text: str
    action: str
    key: str
    is_primary: bool = False
    question: str = ""


@dataclass(frozen=True, slots=True)
class FactShown:
    """An item and its value as text."""

    item: str
    value: str = field(repr=False)


class NetworkScreen(Screen):
    """``edited`` carries a field's id and its text, ``asked`` a deed's id, ``refresh_asked``: read it again."""

    edited = Signal(str, str)
    asked = Signal(str)

    def __init__(self, kit: Kit, title: str, deeds: Sequence[Deed], columns: int = 2) -> None:
        super().__init__(kit, title, has_side=False)
        self._deeds = {one.id: one for one in deeds}
        self._live: frozenset[str] = frozenset()
        self._wanted = ""
        self.is_busy = False
        self.status, self._question = Words("", "support"), Words("", "label")
        self.fields = RegisterFields(kit, columns)
        self.fields.edited.connect(self.edited)
        self._buttons = {one.id: self._button(one) for one in deeds}
        self._yes, no = Button(kit.texts.network.yes, "primary", final=True), Button(kit.texts.network.no)
        back = Button(kit.texts.network.back)
        self._yes.clicked.connect(self._on_yes)
        no.clicked.connect(self._on_no)
        back.clicked.connect(self.back_asked)
        self._line, self._asking = QWidget(), QWidget()
        asked = in_line(self._yes, no)
        asked.insertWidget(0, self._question)
        for box, layout in ((self._line, in_line(*self._buttons.values(), back)), (self._asking, asked)):
            layout.setContentsMargins(0, 0, 0, 0)
            box.setLayout(layout)
            self.foot.addWidget(box)
        self._asking.hide()
        self.show_deeds(self._deeds)

    def first_focus(self) -> QWidget:
        return self.fields.first() or self

    def show_deeds(self, ids: Sequence[str] | Mapping[str, object] | frozenset[str]) -> None:
        """Exactly these can be asked for now."""
        self._live = frozenset(ids)
        for name, button in self._buttons.items():
            button.setVisible(name in self._live)
        if not self._wanted:
            self._offer()

    def show_form(self, fields: Sequence[FieldShown], values: Mapping[str, str]) -> None:
        """The form, filled."""
        self.fields.show_fields(fields, values)

    def show_missing(self, errors: Mapping[str, str]) -> None:
        """What is to be filled first."""
        self.fields.focus(self.fields.show_errors(errors))

    def show_busy(self, *, busy: bool) -> None:
        """The office is asked: a second press asks nothing."""
        self.is_busy = busy
        if busy:
            self.banner.clear()
        else:
            self.status.show_text("")

    def show_working(self) -> None:
        """The office is asked, and it takes longer than the blink of an eye."""
        self.status.show_text(self.kit.texts.network.working)

    def show_slow(self) -> None:
        """It takes so long that one may want to go on with something else."""
        self.status.show_text(self.kit.texts.network.slow)

    def show_failed(self, message: Message) -> None:
        """It did not come about; everything typed stays."""
        self.show_busy(busy=False)
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_busy(busy=False)
        self.show_form((), {})
        self._on_no()

    def _button(self, one: Deed) -> Button:
        button = Button(one.text, "primary" if one.is_primary else "plain", final=bool(one.question))
        button.clicked.connect(lambda: self._ask(one.id))
        return button

    def _ask(self, name: str) -> None:
        if self.is_busy or name not in self._live:
            return
        question = self._deeds[name].question
        if not question:
            self.asked.emit(name)
            return
        self._wanted = name
        self._question.show_text(question)
        self._yes.show_text(self._deeds[name].text)
        self._line.hide()
        self._asking.show()
        self.offer()
        self._yes.setFocus()

    def _on_yes(self) -> None:
        wanted = self._wanted
        self._on_no()
        if wanted:
            self.asked.emit(wanted)

    def _on_no(self) -> None:
        had, self._wanted = self._wanted, ""
        self._asking.hide()
        self._line.show()
        self._offer()
        if had:
            self.first_focus().setFocus()

    def _offer(self) -> None:
        offers = [
            Offer(one.action, one.key, lambda name=one.id: self._ask(name))  # type: ignore[misc]
            for one in self._deeds.values()
            if one.id in self._live
        ]
        if [(one.action, one.label) for one in offers] != [(one.action, one.label) for one in self._offers]:
            self.offer(*offers)


def fact_table(kit: Kit, name: str, item_px: int = 190) -> Table[FactShown]:
    """Items with their values, names in their exact shapes."""
    words = kit.texts.network
    columns = (
        Column[FactShown](words.item, lambda row: row.item, item_px),
        Column[FactShown](words.value, lambda row: row.value, is_name=True),
    )
    return Table(kit, name, columns, empty=words.nothing)
