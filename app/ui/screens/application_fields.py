"""From a procedure's field to its editor: one ``Entry`` per field, made by its kind, with the mark of its source."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.domain.entry import read_value, show_value
from app.domain.facts import Scalar
from app.domain.procedure import Field as Asked
from app.domain.procedure import Kind, Need
from app.errors import BadFormat
from app.ui.kit import Kit
from app.ui.widgets.chip import Chip
from app.ui.widgets.choice import Choice, Options, Pick, YesNo
from app.ui.widgets.date_field import DateField
from app.ui.widgets.field import Field, TextField
from app.ui.widgets.furigana import KanaField, read_along
from app.ui.widgets.read_only import ReadOnlyField

_FEW = 26
"""Characters that options may have together to stand side by side."""
_LEAST = 392
"""Pixels below which a day's boxes would lie on each other; two columns of equal width ask nothing else."""
_LINKED = "linked"
_WIDE = frozenset({Kind.ADDRESS})


class Entry(QWidget):
    """One field being entered. ``edited`` carries its value, None for nothing or what can't be read yet.

    ``settled`` besides: the change is whole (a choice was made), so that the form may change at once.
    """

    edited = Signal(object)
    settled = Signal()

    def __init__(self, kit: Kit, asked: Asked, value: Scalar | None, municipalities: Options) -> None:
        super().__init__()
        self._kit, self.asked = kit, asked
        self.field = self._make(value, municipalities)
        self._source: Chip | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.field)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(kit.look.px(_LEAST))
        self._fill(value)

    def show_source(self, word: str) -> None:
        """Where the value came from, "" when it was typed here."""
        if self._source is None and word:
            self._source = Chip(self._kit, "", "information", "document")
            self.field.add_beside_label(self._source)
        if self._source is not None:
            self._source.setVisible(bool(word))
            if word:
                self._source.show_state(word, "information", "document")

    def leave(self) -> None:
        """The cursor has left: what can't be read is said now."""
        field = self.field
        if isinstance(field, DateField):
            field.check()
        elif isinstance(field, TextField):
            try:
                value = read_value(self.asked, field.text())
            except BadFormat:
                field.show_error(self._wrong())
            else:
                field.show_text("" if value is None else show_value(self.asked, value))

    def is_open(self) -> bool:
        """Whether nothing stands here yet, where something may be entered."""
        field = self.field
        if isinstance(field, DateField):
            return not field.typed()
        if isinstance(field, Choice | Pick):
            return not field.value()
        return isinstance(field, TextField) and not field.text()

    def is_half(self, at: QWidget) -> bool:
        """Whether the cursor at ``at`` has boxes of the same day before it, and the day is not whole yet."""
        field = self.field
        return isinstance(field, DateField) and not field.is_last(at) and (self.is_open() or bool(self.unread()))

    def unread(self) -> str:
        """What stands here and can't be read as a value yet; "" where there is nothing such."""
        field = self.field
        if isinstance(field, DateField):
            return "" if _is_read(field.value) else field.typed()
        if isinstance(field, TextField):
            text = field.text()
            return "" if _is_read(partial(read_value, self.asked, text)) else text
        return ""

    def show_unread(self, typed: str) -> None:
        """Put that back into an entry that is empty; one that holds something is being typed in."""
        field = self.field
        self.blockSignals(True)  # noqa: FBT003
        if isinstance(field, DateField) and not field.typed():
            field.show_typed(typed)
        elif isinstance(field, TextField) and not field.text():
            field.show_text(typed)
        self.blockSignals(False)  # noqa: FBT003

    def focus(self) -> None:
        """Put the cursor here."""
        target = self.field.focusProxy() or self.field
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, value: Scalar | None, municipalities: Options) -> Field:
        asked, words = self.asked, self._kit.texts.application
        if asked.kind is Kind.MY_NUMBER and value == _LINKED:
            return ReadOnlyField(self._kit, asked.label, reason=words.linked_reason)
        required = asked.need in {Need.REQUIRED, Need.WHEN}
        if asked.kind is Kind.YES_NO:
            return self._picked(YesNo(self._kit, asked.label, required=required, support=asked.hint))
        if asked.kind is Kind.DATE:
            day = DateField(self._kit, asked.label, required=required, support=asked.hint)
            day.changed.connect(self._on_day)
            return day
        if options := self._options(value, municipalities):
            return self._picked(self._choice(options, required=required))
        return self._text(required=required)

    def _options(self, value: Scalar | None, municipalities: Options) -> Options:
        """What may be chosen, nothing for what is typed."""
        match self.asked.kind:
            case Kind.MY_NUMBER:
                return tuple(one for one in self._kit.messages.words("number_state") if one[0] != _LINKED)
            case Kind.CHOICE:
                return tuple((option.value, option.label) for option in self.asked.options)
            case Kind.MUNICIPALITY if municipalities:
                known = {code for code, _ in municipalities}
                return (*municipalities, *([(str(value), str(value))] if value and value not in known else []))
            case _:
                return ()

    def _choice(self, options: Options, *, required: bool) -> Choice | Pick:
        asked = self.asked
        few = asked.kind is Kind.CHOICE and sum(len(word) + 3 for _, word in options) <= _FEW
        kind = Pick if few else Choice
        return kind(self._kit, asked.label, options, required=required, support=asked.hint)

    def _text(self, *, required: bool) -> TextField:
        asked = self.asked
        kind = KanaField if asked.kind is Kind.KANA else TextField
        text = kind(self._kit, asked.label, required=required, support=asked.hint or self._support())
        text.changed.connect(self._on_text)
        if asked.kind in {Kind.PHONE, Kind.DIGITS, Kind.ACCOUNT, Kind.NUMBER, Kind.MUNICIPALITY}:
            text.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        return text

    def _picked(self, field: Choice | Pick) -> Field:
        field.changed.connect(self._on_picked)
        return field

    def _fill(self, value: Scalar | None) -> None:
        field = self.field
        self.blockSignals(True)  # noqa: FBT003
        if isinstance(field, ReadOnlyField):
            field.show_value(self._kit.messages.word("number_state", str(value)))
        elif isinstance(field, DateField):
            field.show_date(value if isinstance(value, date) else None)
        elif isinstance(field, Choice | Pick):
            shown = "" if value is None else {True: "yes", False: "no"}.get(value, str(value))  # type: ignore[call-overload]
            field.show_value(shown)
        elif isinstance(field, TextField):
            field.show_text("" if value is None else show_value(self.asked, value))
        self.blockSignals(False)  # noqa: FBT003

    def _on_picked(self, text: str) -> None:
        self.edited.emit(self._read(text))
        self.settled.emit()

    def _on_text(self, text: str) -> None:
        self.edited.emit(self._read(text))

    def _on_day(self) -> None:
        field = self.field
        if isinstance(field, DateField):
            try:
                self.edited.emit(field.value())
            except BadFormat:
                self.edited.emit(None)

    def _read(self, text: str) -> Scalar | None:
        try:
            return read_value(self.asked, text)
        except BadFormat:
            return None

    def _support(self) -> str:
        words, asked = self._kit.texts.application, self.asked
        match asked.kind:
            case Kind.KANA:
                return words.kana_support
            case Kind.MONTH:
                return words.month_support
            case Kind.DIGITS if asked.length:
                return words.digits_support(asked.length)
            case _:
                return ""

    def _wrong(self) -> str:
        words, asked = self._kit.texts.application, self.asked
        plain = {
            Kind.KANA: words.wrong_kana,
            Kind.PHONE: words.wrong_phone,
            Kind.MONTH: words.wrong_month,
            Kind.MUNICIPALITY: words.wrong_municipality,
            Kind.NUMBER: words.wrong_number,
        }
        if asked.kind in {Kind.DIGITS, Kind.ACCOUNT} and asked.length:
            return words.wrong_digits(asked.length)
        if asked.kind in {Kind.TEXT, Kind.NAME, Kind.ADDRESS} and asked.length:
            return words.wrong_long(asked.length)
        return plain.get(asked.kind, words.wrong_format)


def _is_read(read: Callable[[], object]) -> bool:
    try:
        read()
    except BadFormat:
        return False
    return True


class EntryGrid(QWidget):
    """Entries of one part or row, two beside each other. All are made at once, so that Tab goes in the form's order.

    Those that are not shown stand here too: they go when the grid goes.
    ``edited`` carries field and value, ``settled`` the field.
    """

    edited = Signal(str, object)
    settled = Signal(str)

    def __init__(
        self, kit: Kit, fields: Sequence[Asked], values: Mapping[str, Scalar], municipalities: Options
    ) -> None:
        super().__init__()
        self.entries = {one.id: Entry(kit, one, values.get(one.id), municipalities) for one in fields}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(28)
        self._grid.setVerticalSpacing(14)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        for name, entry in self.entries.items():
            entry.setParent(self)
            entry.hide()
            entry.edited.connect(lambda value, name=name: self.edited.emit(name, value))
            entry.settled.connect(lambda name=name: self.settled.emit(name))
        read_along({name: entry.field for name, entry in self.entries.items()})

    def show_fields(self, fields: Sequence[Asked], sources: Mapping[str, str]) -> None:
        """Show exactly these, in their order; ``sources``: field → word."""
        while self._grid.takeAt(0) is not None:
            pass
        shown = {one.id for one in fields}
        for name, entry in self.entries.items():
            if name not in shown:
                entry.hide()
        place = 0
        for one in fields:
            entry = self.entries[one.id]
            entry.show_source(sources.get(one.id, ""))
            if one.kind in _WIDE:
                place += place % 2
                self._grid.addWidget(entry, place // 2, 0, 1, 2)
                place += 2
            else:
                self._grid.addWidget(entry, place // 2, place % 2)
                place += 1
            entry.show()
