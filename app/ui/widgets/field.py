"""A field: label with 要否ラベル, support text above, the editor, the error below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.announce import announce
from app.ui.kit import Kit
from app.ui.style import restyle
from app.ui.widgets.name_edit import NameEdit
from app.ui.widgets.paste_menu import offer_paste
from app.ui.widgets.words import Words


class Field(QWidget):
    """Any editor with its words. ``required`` None shows no 要否ラベル. The editor gets its accessible name here."""

    def __init__(
        self, kit: Kit, label: str, editor: QWidget, *, required: bool | None = None, support: str = ""
    ) -> None:
        super().__init__()
        self._kit, self._label, self._support, self.editor = kit, label, support, editor
        mark = {None: "", True: kit.texts.parts.required, False: kit.texts.parts.optional}[required]
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(_words(label, "label"))
        if mark:
            self._head.addWidget(_words(mark, "required" if required else "optional"))
        self._head.addStretch(1)
        self._error = Words("", "error")
        self._note: Words | None = None
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._head)
        if support:
            column.addWidget(Words(support, "support"))
        column.addSpacing(4)
        column.addWidget(editor)
        column.addWidget(self._error)
        column.addStretch(1)
        name_control(editor, f"{label} {mark}".strip())
        editor.setAccessibleDescription(support)
        self.setFocusProxy(editor)
        offer_paste(editor, kit.texts.parts.paste)

    @property
    def label(self) -> str:
        """Its label, for lists of errors."""
        return self._label

    @property
    def missing(self) -> str:
        """What it says of itself when nothing was entered that has to be."""
        return self._kit.texts.parts.missing_entry

    def add_beside_label(self, widget: QWidget) -> None:
        """Put a chip (source, state) at the right end of the label's line."""
        self._head.addWidget(widget)

    def show_error(self, text: str) -> None:
        """Mark the field wrong and say why and how to mend it. The focus stays where it is."""
        self._error.show_text(self._kit.texts.parts.error_mark(text))
        self._error.show()
        self._mark("true")
        self._describe(text)
        announce(self.editor, f"{self._label}: {text}", urgent=True)

    def show_missing(self) -> None:
        """Nothing was entered, or chosen, that has to be."""
        self.show_error(self.missing)

    def clear_error(self) -> None:
        """Mark the field right again."""
        if not self._error.isHidden():
            self._error.hide()
            self._error.show_text("")
            self._mark("false")
            self._describe()

    def show_note(self, text: str) -> None:
        """A sentence under the editor that stays whatever is entered, such as why it came back; "" for none."""
        if self._note is None and text:
            self._note, column = Words("", "returned"), self.layout()
            if isinstance(column, QVBoxLayout):
                column.insertWidget(column.indexOf(self.editor) + 1, self._note)
        if self._note is not None and text != self._note.words():
            self._note.show_text(text)
            self._note.setVisible(bool(text))
            self._describe(self.error().removeprefix(self._kit.texts.parts.error_mark("")))
            (self.focusProxy() or self.editor).setAccessibleDescription(self.editor.accessibleDescription())

    def _describe(self, error: str = "") -> None:
        """What a screen reader says after the name."""
        note = "" if self._note is None else self._note.words()
        self.editor.setAccessibleDescription(" ".join(one for one in (error, note, self._support) if one))

    def error(self) -> str:
        """The error it shows, or nothing."""
        return self._error.words()

    def _mark(self, wrong: str) -> None:
        inner = [child for child in self.editor.findChildren(QWidget) if isinstance(child, QLineEdit | QComboBox)]
        for widget in (self.editor, *inner):
            restyle(widget, "wrong", wrong)


class TextField(Field):
    """One line of text. ``changed`` fires on each committed change, never during composition."""

    changed = Signal(str)

    def __init__(self, kit: Kit, label: str, *, required: bool | None = None, support: str = "") -> None:
        self.line = NameEdit()
        super().__init__(kit, label, self.line, required=required, support=support)
        self.line.textEdited.connect(self._on_edited)

    def text(self) -> str:
        """What stands in it, spaces at the ends cut."""
        return self.line.text().strip()

    def show_text(self, text: str) -> None:
        """Fill it, with no way back by undo."""
        self.line.setText(text)
        self.clear_error()

    def _on_edited(self, text: str) -> None:
        self.clear_error()
        self.changed.emit(text)


class PasswordField(TextField):
    """One line whose content is never shown and never read aloud."""

    def __init__(self, kit: Kit, label: str, *, required: bool | None = None, support: str = "") -> None:
        super().__init__(kit, label, required=required, support=support)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)

    def text(self) -> str:
        """What was typed, exactly."""
        return self.line.text()


class _Lines(QPlainTextEdit):
    """Text that is marked can't be dragged out: a press forgets the marking first."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cursor = self.textCursor()
        if cursor.hasSelection() and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            cursor.clearSelection()
            self.setTextCursor(cursor)
        super().mousePressEvent(event)


class LongTextField(Field):
    """Several lines; Tab leaves it, Enter makes a line."""

    changed = Signal()

    def __init__(self, kit: Kit, label: str, *, required: bool | None = None, support: str = "") -> None:
        self.box = _Lines()
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(kit.look.px(96))
        super().__init__(kit, label, self.box, required=required, support=support)
        self.box.textChanged.connect(self.changed)
        self.box.textChanged.connect(self.clear_error)

    def text(self) -> str:
        """What stands in it, spaces at the ends cut."""
        return self.box.toPlainText().strip()

    def show_text(self, text: str) -> None:
        """Fill it, with no way back by undo."""
        self.box.setPlainText(text)


def name_control(control: QWidget, name: str) -> None:
    """What a screen reader calls ``control``.

    Under X and Wayland Qt gives what is chosen in a list as its name and expects readers to look for a label (seen on
    the bus with Qt 6.11), so a list gets one that nobody sees.
    """
    control.setAccessibleName(name)
    if isinstance(control, QComboBox):
        label = QLabel(name, control.parentWidget())
        label.setBuddy(control)
        label.hide()


def _words(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    return label
