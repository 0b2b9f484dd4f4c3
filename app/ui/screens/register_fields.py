"""A grid of fields made anew for each form: text, day, choice, yes or no; every change comes out as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QScrollArea, QWidget

from app.errors import BadFormat
from app.ui.kit import Kit
from app.ui.widgets.choice import Choice, Options, Pick, YesNo
from app.ui.widgets.date_field import DateField
from app.ui.widgets.field import Field, TextField
from app.ui.widgets.furigana import KanaField, read_along

UNREAD = "~"
MISSING = ""
"""In place of an error's sentence: nothing was entered or chosen; the field says by itself which of the two."""
Form = Literal["text", "long", "day", "choice", "pick", "yes_no", "secret"]
_WIDE = frozenset({"long", "pick"})
_MOST = 300


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field. ``required`` None shows no mark."""

    id: str
    label: str
    form: Form = "text"
    options: Options = ()
    support: str = ""
    required: bool | None = None


class RegisterFields(QWidget):
    """``edited`` carries the field's id and its text: days in ISO 8601, or as half typed behind ``UNREAD``."""

    edited = Signal(str, str)

    def __init__(self, kit: Kit, columns: int = 2) -> None:
        super().__init__()
        self._kit, self._columns = kit, columns
        self._fields: dict[str, Field] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(4, 0, 12, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        if isinstance(application := QApplication.instance(), QApplication):
            application.focusChanged.connect(self._on_focus)

    def show_fields(self, fields: Sequence[FieldShown], values: Mapping[str, str]) -> None:
        """Exactly these, filled."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._fields = {}
        row = column = 0
        for one in fields:
            field = self._made(one)
            self._fill(field, values.get(one.id, ""))
            self._listen(field, one.id)
            self._fields[one.id] = field
            wide = one.form in _WIDE and self._columns > 1
            if wide and column:
                row, column = row + 1, 0
            self._grid.addWidget(field, row, column, 1, self._columns if wide else 1)
            column += self._columns if wide else 1
            if column >= self._columns:
                row, column = row + 1, 0
        read_along(self._fields)
        for at in range(self._columns):
            self._grid.setColumnStretch(at, 1)
        self._grid.setRowStretch(row + 1, 1)

    def show_value(self, name: str, value: str) -> None:
        """Change one field's value without telling anybody."""
        field = self._fields.get(name)
        if field is not None:
            field.blockSignals(True)  # noqa: FBT003
            self._fill(field, value)
            field.blockSignals(False)  # noqa: FBT003

    def show_errors(self, errors: Mapping[str, str]) -> str:
        """Mark these fields wrong and all others right; the first that is wrong, "" for none."""
        first = ""
        for name, field in self._fields.items():
            if name in errors:
                field.show_error(errors[name] or field.missing)
                first = first or name
            elif not isinstance(field, DateField) or _is_read(field):
                field.clear_error()
        return first

    def focus(self, name: str) -> bool:
        """The cursor goes to that field; False where it is not here."""
        field = self._fields.get(name)
        if field is not None:
            field.setFocus()
        return field is not None

    def first(self) -> QWidget | None:
        """The first field."""
        return next(iter(self._fields.values()), None)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Scroll the whole field into sight, with its label and what is wrong there."""
        if new is None or not self.isAncestorOf(new):
            return
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        field = next((one for one in self._fields.values() if one.isAncestorOf(new)), None)
        if area is not None and field is not None:
            area.ensureWidgetVisible(field, 0, 8)

    def _made(self, one: FieldShown) -> Field:
        kit = self._kit
        if one.form == "day":
            return DateField(kit, one.label, required=one.required, support=one.support)
        if one.form == "choice":
            return Choice(kit, one.label, one.options, required=one.required, support=one.support)
        if one.form == "pick":
            return Pick(kit, one.label, one.options, required=one.required, support=one.support)
        if one.form == "yes_no":
            return YesNo(kit, one.label, required=one.required, support=one.support)
        kind = KanaField if one.id.endswith("kana") else TextField
        made = kind(kit, one.label, required=one.required, support=one.support)
        made.line.limit(_MOST)
        if one.form == "secret":
            made.line.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        return made

    @staticmethod
    def _fill(field: Field, value: str) -> None:
        if isinstance(field, TextField):
            field.show_text(value)
        elif isinstance(field, Choice | Pick):
            field.show_value(value)
        elif isinstance(field, DateField):
            if value.startswith(UNREAD):
                field.show_typed(value.removeprefix(UNREAD))
            else:
                field.show_date(_day(value))

    def _listen(self, field: Field, name: str) -> None:
        if isinstance(field, DateField):
            field.changed.connect(lambda: self.edited.emit(name, _typed(field)))
        elif isinstance(field, TextField | Choice | Pick):
            field.changed.connect(lambda value: self.edited.emit(name, value.strip()))


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


def _is_read(field: DateField) -> bool:
    try:
        field.value()
    except BadFormat:
        return False
    return True


def _typed(field: DateField) -> str:
    try:
        day = field.value()
    except BadFormat:
        return f"{UNREAD}{field.typed()}"
    return "" if day is None else day.isoformat()
