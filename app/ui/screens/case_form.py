"""One thing to be done with a case: what, when, and in which words; parts that it does not need are not there."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.choice import Choice, Options
from app.ui.widgets.date_field import DateField
from app.ui.widgets.field import Field, LongTextField, TextField
from app.ui.widgets.words import Words

_AMOUNT = re.compile(r"(-?[0-9]{1,9})[^0-9]?")


@dataclass(frozen=True, slots=True)
class CaseAsk:
    """What the form asks for. A label "" leaves the part out; ``needs_note``: it can't be done without words.

    ``lead``: what it means; ``button``: the word that does it; ``name_is_yen``: the line takes an amount.
    """

    heading: str
    lead: str
    button: str
    choice: str = ""
    options: Options = ()
    chosen: str = ""
    name: str = ""
    day: str = ""
    day_support: str = ""
    day_value: date | None = None
    note: str = ""
    needs_note: bool = False
    name_is_yen: bool = False


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """What was entered. ``yen``: the amount, where one was asked for."""

    choice: str
    name: str
    day: date | None
    note: str
    yen: int | None = None


class CaseFormScreen(Screen):
    """``done`` carries a ``CaseAnswer``."""

    done = Signal(object)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.case_form
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy = words, False
        self._ask = CaseAsk("", "", "")
        self._heading, self._lead = Words("", "heading"), Words("")
        self._card = Card()
        self._fields: dict[str, Field] = {}
        for widget in (self._heading, self._lead):
            self._card.column.addWidget(widget)
        self.body.addWidget(self._card)
        self.body.addStretch(1)
        self._do, back = Button(words.do, "primary", final=True), Button(words.back)
        self._do.clicked.connect(self._on_do)
        back.clicked.connect(self.back_asked)
        self.foot.addLayout(in_line(self._do, back))

    def first_focus(self) -> QWidget:
        return next(iter(self._fields.values()), self._do)

    def show_ask(self, ask: CaseAsk) -> None:
        """What is to be done."""
        self._ask, self._is_busy = ask, False
        self._drop_fields()
        self._heading.show_text(ask.heading)
        self._lead.show_text(ask.lead)
        self._do.show_text(ask.button)
        for name, field in self._made(ask).items():
            self._fields[name] = field
            self._card.column.addWidget(field)
        self.offer(Offer("commit", ask.button, self._on_do))

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()

    def show_failed(self, message: Message) -> None:
        """It was not done; what was entered stays."""
        self._is_busy = False
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_ask(CaseAsk("", "", self._words.do))

    def _made(self, ask: CaseAsk) -> dict[str, Field]:
        kit, made = self.kit, dict[str, Field]()
        if ask.choice:
            choice = made["choice"] = Choice(kit, ask.choice, ask.options, required=True)
            choice.show_value(ask.chosen)
        if ask.name:
            made["name"] = TextField(kit, ask.name, required=True)
        if ask.day:
            day = made["day"] = DateField(kit, ask.day, required=True, support=ask.day_support)
            day.show_date(ask.day_value)
        if ask.note:
            made["note"] = LongTextField(kit, ask.note, required=ask.needs_note)
        return made

    def _drop_fields(self) -> None:
        fields, self._fields = self._fields, {}
        for field in fields.values():
            self._card.column.removeWidget(field)
            field.hide()
            field.deleteLater()

    def _on_do(self) -> None:
        if self._is_busy:
            return
        choice, name, day, note = (self._fields.get(one) for one in ("choice", "name", "day", "note"))
        value = choice.value() if isinstance(choice, Choice) else ""
        on = day.check() if isinstance(day, DateField) else None
        called = name.text() if isinstance(name, TextField) else ""
        said = note.text() if isinstance(note, LongTextField) else ""
        missing = {
            "choice": choice is not None and not value,
            "name": name is not None and (not called or (self._ask.name_is_yen and yen_of(called) is None)),
            "day": day is not None and on is None,
            "note": note is not None and self._ask.needs_note and not said,
        }
        for part, is_missing in missing.items():
            field = self._fields.get(part)
            if is_missing and field is not None and not field.error():
                wrong = part == "name" and self._ask.name_is_yen
                field.show_error(self.kit.texts.till_form.yen_wrong if wrong else field.missing)
        first = next((self._fields[part] for part, is_missing in missing.items() if is_missing), None)
        if first is not None:
            first.setFocus()
            return
        self.done.emit(CaseAnswer(value, called, on, said, yen_of(called) if self._ask.name_is_yen else None))


def yen_of(typed: str) -> int | None:
    """An amount as people type it: full-width digits, commas and the word for yen too; None for anything else."""
    plain = unicodedata.normalize("NFKC", typed).replace("\N{MINUS SIGN}", "-").replace(",", "").strip()
    found = _AMOUNT.fullmatch(plain)
    return None if found is None else int(found[1])
