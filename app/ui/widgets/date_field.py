"""A date in 元号 and three boxes; 西暦 and whole dates typed into the year box are taken too."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from app.domain.era import ERAS, era_of, parse_date, wareki, western
from app.errors import BadFormat
from app.ui.kit import Kit
from app.ui.widgets.field import Field, name_control

_PLAIN_YEAR = 4


_BETWEEN = "\t"


class _EraBox(QComboBox):
    """元号, chosen by its letter (R, H, S, T, M; W or A for 西暦), its staff code (5 … 1, 0) or the arrows."""

    def __init__(self, western: str) -> None:
        super().__init__()
        self._western = western
        for era in reversed(ERAS):
            self.addItem(era.name, era.name)
        self.addItem(western, western)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text().upper()
        by_key = {key: era.name for era in ERAS for key in (era.letter, era.digit)}
        by_key |= dict.fromkeys(("W", "A", "0"), self._western)
        if typed in by_key:
            self.setCurrentIndex(self.findData(by_key[typed]))
        else:
            super().keyPressEvent(event)


class _Box(QLineEdit):
    """One number; ← at its left end and → at its right end leave it."""

    left_at_end = Signal()
    right_at_end = Signal()

    def __init__(self, width: int) -> None:
        super().__init__()
        self.setProperty("part", "count")
        self.setFixedWidth(width)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers | Qt.InputMethodHint.ImhPreferLatin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() == Qt.Key.Key_Left and self.cursorPosition() == 0:
            self.left_at_end.emit()
        elif plain and event.key() == Qt.Key.Key_Right and self.cursorPosition() == len(self.text()):
            self.right_at_end.emit()
        else:
            super().keyPressEvent(event)


class _Reading(QLabel):
    """The same day in the other calendar; where there is no room for it whole it is not painted."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() >= self.sizeHint().width():
            super().paintEvent(event)


class DateField(Field):
    """A day. ``changed`` fires when the boxes change; ``value`` reads them."""

    changed = Signal()

    def __init__(self, kit: Kit, label: str, *, required: bool | None = None, support: str = "") -> None:
        words = kit.texts.parts
        px = kit.look.px
        self._era = _EraBox(words.western)
        self._era.setFixedWidth(px(104))
        self._year, self._month, self._day = _Box(px(76)), _Box(px(52)), _Box(px(52))
        self._reading = _Reading()
        self._reading.setProperty("role", "support")
        self._reading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._era)
        for box, word in ((self._year, words.year), (self._month, words.month), (self._day, words.day)):
            line.addWidget(box)
            line.addWidget(QLabel(word))
        line.addWidget(self._reading, 1)
        super().__init__(kit, label, row, required=required, support=support)
        self._words = words
        self.setFocusProxy(self._era)
        parts = ((self._era, words.era), (self._year, words.year), (self._month, words.month), (self._day, words.day))
        for part, word in parts:
            name_control(part, words.part_of(label, word))
        self._connect()

    def value(self) -> date | None:
        """The day, None while all boxes are empty. Errors: BadFormat (date, date_era, date_lunar, date_incomplete)."""
        numbers = [box.text().strip() for box in self._boxes()]
        if not any(numbers):
            return None
        if not all(numbers):
            raise BadFormat(field="date_incomplete")
        era = self._era.currentData()
        head = "" if era == self._words.western else era
        return parse_date(f"{head}{numbers[0]}年{numbers[1]}月{numbers[2]}日")

    def check(self) -> date | None:
        """As ``value``, but a wrong date is shown as the field's error and gives None."""
        try:
            day = self.value()
        except BadFormat as error:
            self.show_error(self._sentence(str(error.data["field"])))
            return None
        self.clear_error()
        return day

    def show_date(self, day: date | None) -> None:
        """Fill the boxes in the era of ``day``, or empty them."""
        era = era_of(day) if day else None
        if day is not None:
            self._era.setCurrentIndex(self._era.findData(era.name if era else self._words.western))
        year = "" if day is None else str(day.year - (era.year_zero if era else 0))
        for box, text in zip(self._boxes(), (year, *self._month_and_day(day)), strict=True):
            box.setText(text)
        self._read()

    def typed(self) -> str:
        """What stands in the boxes, for ``show_typed``; "" while all but the era are empty."""
        boxes = [box.text() for box in self._boxes()]
        return _BETWEEN.join((str(self._era.currentData()), *boxes)) if any(boxes) else ""

    def show_typed(self, typed: str) -> None:
        """Fill the boxes as they stood; what is no such text changes nothing."""
        era, *boxes = typed.split(_BETWEEN)
        if len(boxes) != len(self._boxes()) or self._era.findData(era) < 0:
            return
        self._era.setCurrentIndex(self._era.findData(era))
        for box, text in zip(self._boxes(), boxes, strict=True):
            box.setText(text)
        self._read()

    def is_last(self, at: QWidget) -> bool:
        """Whether ``at`` is the box behind which no other of this day comes."""
        return at is self._day

    def _boxes(self) -> tuple[_Box, _Box, _Box]:
        return self._year, self._month, self._day

    @staticmethod
    def _month_and_day(day: date | None) -> tuple[str, str]:
        return ("", "") if day is None else (str(day.month), str(day.day))

    def _connect(self) -> None:
        chain: list[QWidget] = [self._era, *self._boxes()]
        for place, box in enumerate(self._boxes(), start=1):
            before, after = chain[place - 1], chain[min(place + 1, 3)]
            box.left_at_end.connect(before.setFocus)
            box.right_at_end.connect(after.setFocus)
            box.textEdited.connect(self._on_edited)
        self._year.editingFinished.connect(self._on_year_left)
        self._era.currentIndexChanged.connect(self._on_edited)

    def _on_edited(self) -> None:
        self.clear_error()
        self._read()
        self.changed.emit()

    def _on_year_left(self) -> None:
        """A whole date in the year's box (S30.1.2, 1955-01-02, 3300102) is spread over all boxes."""
        text = self._year.text().strip()
        if len(text) <= _PLAIN_YEAR and text.isdigit():
            if len(text) == _PLAIN_YEAR:
                self._era.setCurrentIndex(self._era.findData(self._words.western))
            return
        try:
            self.show_date(parse_date(text))
        except BadFormat:
            return
        self.changed.emit()

    def _read(self) -> None:
        """The year in the other calendar beside the boxes, as soon as they hold a date."""
        try:
            day = self.value()
        except BadFormat:
            day = None
        self._reading.setText(self._words.date_read(self._other_year(day)) if day else "")

    def _other_year(self, day: date) -> str:
        """The year in the calendar that was not typed."""
        typed_western = self._era.currentData() == self._words.western
        return (wareki(day) if typed_western else western(day)).partition(self._words.year)[0] + self._words.year

    def _sentence(self, code: str) -> str:
        return {
            "date_era": self._words.date_era_wrong,
            "date_lunar": self._words.date_lunar,
            "date_incomplete": self._words.date_incomplete,
        }.get(code, self._words.date_wrong)
