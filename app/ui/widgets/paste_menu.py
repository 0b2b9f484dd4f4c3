"""The menu of a field's right button: what other programs copied may be put in, nothing is taken out."""

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QWidget


def offer_paste(editor: QWidget, word: str) -> None:
    """Give every line and box of text in ``editor`` this menu in place of Qt's own, which copies."""
    for one in (editor, *editor.findChildren(QWidget)):
        usual = one.contextMenuPolicy() == Qt.ContextMenuPolicy.DefaultContextMenu
        if isinstance(one, QLineEdit | QPlainTextEdit) and usual:
            one.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            one.customContextMenuRequested.connect(partial(_show, one, word))


def _show(editor: QLineEdit | QPlainTextEdit, word: str, at: QPoint) -> None:
    menu = QMenu(editor)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(word).triggered.connect(editor.paste)
    menu.popup(editor.mapToGlobal(at))
