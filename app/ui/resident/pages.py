"""The pages of the resident's display, one idea each: look at this, which is wrong, a sentence, a fee, a place."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.resident_view import CheckPage, FeePage, Item, PlacePage, SaidPage
from app.ui.resident.paging import Room
from app.ui.resident.type_sizes import BODY, HEAD, LINE, NAME, VALUE, BigText, Type, height_of
from app.ui.resident.words import BASE, Said
from app.ui.widgets.resident_name import ResidentName

_MARGIN, _GAP, _ROW_PAD, _BUTTON = 48, 16, 20, 84
_LABEL_PART = 0.32
"""How much of the width the labels have."""


class PageFrame(QWidget):
    """A white page: ticket above, what is said, room for more, buttons at the foot."""

    def __init__(self, style: Type, ticket: str) -> None:
        super().__init__()
        self.style_ = style
        self._foot = QHBoxLayout()
        self._foot.setSpacing(style.px(32))
        self.body = QVBoxLayout()
        self.body.setSpacing(style.px(_GAP))
        column = QVBoxLayout(self)
        margin = style.px(_MARGIN)
        column.setContentsMargins(margin, style.px(28), margin, style.px(28))
        column.setSpacing(style.px(_GAP))
        self.top = QHBoxLayout()
        column.addLayout(self.top)
        if ticket:
            self.top.addWidget(line_of(style, style.say("ticket", number=ticket), BODY, bold=True))
        self.top.addStretch(1)
        self._is_marked = False
        column.addLayout(self.body, 1)
        column.addLayout(self._foot)

    def add_said(self, said: Said, size: int = HEAD, *, centred: bool = False) -> None:
        """A sentence, below it the same in やさしい日本語, and the mark of a translation nobody reviewed."""
        for widget in said_lines(self.style_, said, size, centred=centred):
            self.body.addWidget(widget)
        if said.mark and not self._is_marked:
            self._is_marked = True
            mark = BigText(f"※ {said.mark}", self.style_.font(BODY, said.language))
            mark.setMinimumWidth(mark.sizeHint().width())
            self.top.insertWidget(self.top.count(), mark)

    def add_button(self, said: Said, act: Callable[[], None], *, primary: bool = False) -> QPushButton:
        """A large button at the foot; it takes no focus, for the clerk's keys stay where they are."""
        button = _BigButton(self.style_, said, primary=primary)
        button.clicked.connect(act)
        self._foot.addWidget(button, 1)
        return button


class SaidView(PageFrame):
    """One sentence in the middle, and what it names below it: a call-out, a fee, where to go."""

    def __init__(self, style: Type, ticket: str, page: SaidPage | FeePage | PlacePage) -> None:
        super().__init__(style, ticket)
        self.body.addStretch(1)
        match page:
            case SaidPage(call):
                self.add_said(style.say(call.value), 48, centred=True)
            case FeePage(yen):
                self.add_said(style.say("fee_title"), centred=True)
                self.add_said(style.say("fee", yen=f"{yen:,}"), 72, centred=True)
            case PlacePage(place):
                self.add_said(style.say("next_title"), centred=True)
                self.body.addWidget(BigText(place, style.font(56, BASE, bold=True), centred=True))
        self.body.addStretch(1)


class CheckView(PageFrame):
    """Items to check. ``right_said``, ``wrong_said``: whether all is right; ``pointed``: the place of what is not."""

    right_said = Signal()
    wrong_said = Signal()
    pointed = Signal(str)

    def __init__(self, style: Type, ticket: str, page: CheckPage) -> None:
        super().__init__(style, ticket)
        if page.of > 1:
            self.top.addWidget(line_of(style, style.say("page", at=str(page.at), of=str(page.of)), BODY))
        self.add_said(style.say("which_wrong" if page.asks_which else "please_check"))
        for item in page.items:
            self.body.addWidget(self._row(item, is_button=page.asks_which))
        self.body.addStretch(1)
        if page.asks_which:
            self.add_button(style.say("right"), self.right_said.emit)
        else:
            self.add_button(style.say("right"), self.right_said.emit, primary=True)
            self.add_button(style.say("wrong"), self.wrong_said.emit)

    def _row(self, item: Item, *, is_button: bool) -> QWidget:
        row: QWidget = _RowButton() if is_button else QFrame()
        row.setObjectName("row")
        style = self.style_
        tall = row_height(style, item, inner_width(style, style.size))
        box = "2px solid #000; border-radius: 8px" if is_button else "none; border-bottom: 1px solid #767676"
        row.setStyleSheet(f"#row {{ background: #fff; border: {box}; {_exactly(tall)} }}")
        pad = style.px(_ROW_PAD) // 2
        line = QHBoxLayout(row)
        line.setContentsMargins(pad if is_button else 0, pad, pad if is_button else 0, pad)
        line.setSpacing(style.px(24))
        labels = QVBoxLayout()
        labels.setSpacing(0)
        for widget in said_lines(style, style.words.label(style.language, item.label), BODY, bold=False):
            labels.addWidget(widget)
        line.addLayout(labels, round(_LABEL_PART * 100))
        line.addWidget(_value(style, item), round((1 - _LABEL_PART) * 100))
        row.setFixedHeight(tall)
        if isinstance(row, _RowButton):
            row.setAccessibleName(f"{item.label} {item.value}")
            row.clicked.connect(partial(self.pointed.emit, item.place))
        return row


class _RowButton(QPushButton):
    """A row that can be touched; what stands in it lets the touch through."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class _BigButton(QPushButton):
    """A word that wraps, in a button for a finger."""

    def __init__(self, style: Type, said: Said, *, primary: bool) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(said.text)
        self.setObjectName("big")
        ground, tall = "#000" if primary else "#fff", style.px(_BUTTON)
        self.setStyleSheet(
            f"#big {{ background: {ground}; border: 3px solid #000; border-radius: 12px; {_exactly(tall)} }}"
            "#big:pressed { background: #767676; }"
        )
        self.setFixedHeight(tall)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 0)
        column.setSpacing(0)
        column.addStretch(1)
        sizes = ((said.text, LINE, said.language), (said.below, BODY, BASE))
        for text, size, language in sizes:
            if text:
                word = BigText(text, style.font(size, language, bold=size == LINE), centred=True, white=primary)
                word.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                column.addWidget(word)
        column.addStretch(1)


def _exactly(tall: int) -> str:
    """A height of its own, border and all, for buttons of the window are of another."""
    return f"min-height: {tall - 8}px; max-height: {tall}px; padding: 0;"


def said_lines(style: Type, said: Said, size: int, *, bold: bool = True, centred: bool = False) -> list[QWidget]:
    """The lines of a sentence."""
    lines: list[QWidget] = [BigText(said.text, style.font(size, said.language, bold=bold), centred=centred)]
    if said.below:
        lines.append(BigText(said.below, style.font(BODY, BASE), centred=centred))
    return lines


def line_of(style: Type, said: Said, size: int, *, bold: bool = False) -> QWidget:
    """One short line."""
    return BigText(said.text, style.font(size, said.language, bold=bold))


def room_for(style: Type, size: QSize) -> Room:
    """How much of items a page of ``size`` pixels holds."""
    title = style.say("please_check")
    gap, width = style.px(_GAP), inner_width(style, size)
    said = [(title.text, HEAD, title.language)]
    if title.below:
        said.append((title.below, BODY, BASE))
    above = sum(height_of(text, style.font(px, language, bold=px == HEAD), width) + gap for text, px, language in said)
    around = 2 * style.px(28) + style.px(BODY + 14) + style.px(_BUTTON) + 2 * gap
    available = size.height() - above - around

    def height(item: Item) -> int:
        return row_height(style, item, width) + gap

    return Room(height, available, lambda at, of: style.say("part", at=str(at), of=str(of)).text)


def inner_width(style: Type, size: QSize) -> int:
    """How wide a page of ``size`` is between its margins."""
    return size.width() - 2 * style.px(_MARGIN)


def row_height(style: Type, item: Item, width: int) -> int:
    """How tall an item's row is."""
    gap, pad = style.px(24), style.px(_ROW_PAD)
    room = width - gap - 2 * pad
    said = style.words.label(style.language, item.label)
    left = height_of(said.text, style.font(BODY, said.language), round(room * _LABEL_PART))
    if said.below:
        left += height_of(said.below, style.font(BODY), round(room * _LABEL_PART))
    right = style.px(round(NAME * 1.4))
    if not item.is_name:
        right = height_of(item.value, style.font(VALUE), round(room * (1 - _LABEL_PART)))
    return max(left, right) + pad


def _value(style: Type, item: Item) -> QWidget:
    value: QWidget
    if item.is_name:
        name = ResidentName(style.kit, round(NAME * style.factor))
        name.show_name(item.value)
        name.setToolTip("")
        value = name
    else:
        value = BigText(item.value, style.font(VALUE))
    value.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return value
