"""While locked nothing of the work is in the window: fields, tables, pictures and what flows know are taken out."""

import io
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from enum import Enum
from functools import partial
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QObject
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from app.domain.procedure import Procedure
from app.domain.secret import Secret, taken
from app.services.ports.seat import Session
from app.ui.background import Lane
from app.ui.kit import Kit
from app.ui.style import Look
from app.ui.widgets.resident_name import ResidentName
from app.ui.widgets.table import Table

_STAYS = (
    QObject,
    Kit,
    Look,
    Lane,
    Session,
    Procedure,
    Secret,
    type,
    FunctionType,
    MethodType,
    BuiltinMethodType,
    partial,
)
"""Referred to, not taken out: parts of the program, and what it knows without any resident."""
_PLAIN = (bool, int, float, Enum, type(None), *_STAYS)
_OURS = "app.ui."
_DATA = (str, bytes, bytearray, int, float, type(None), tuple, list, dict, set, frozenset)
_WORDS = ("accessibleName", "accessibleDescription", "toolTip")
Attributes = dict[str, object]


class SetAside:
    """Takes the work out of the parts below ``roots`` and puts it back exactly: same fields, inputs, cursors.

    Made before anybody works: what the parts hold then is what they show while the work is out. On the window's thread.
    """

    def __init__(self, roots: Sequence[QObject], cover: QObject) -> None:
        """``cover``: the screen that is shown while the work is out; it stays as it is."""
        self._roots, self._cover = tuple(roots), cover
        parts = list(_parts(self._roots, cover))
        self._first = {id(part): dict(_attributes(part)) for part in parts}
        self._content = {
            id(value): copy(value) for held in self._first.values() for value in held.values() if _is_container(value)
        }
        self._words = {id(part): _words(part) for part in parts if isinstance(part, QWidget)}
        self._parts = parts  # held, so that no other object comes to have the id of one of them
        self._kept: list[object] = []
        self._where: list[tuple[object, Sequence[str]]] = []

    def take_out(self) -> Secret:
        """The work, as bytes that only ``put_back`` of this object reads; seal them at once."""
        held: list[tuple[Attributes, Mapping[str, object]]] = []
        self._where, self._kept = [], []
        for part in _parts(self._roots, self._cover):
            words = self._changed_words(part) if isinstance(part, QWidget) else {}
            found = self._changed(part)
            if words or found:
                held.append((found, words))
                self._where.append((part, tuple(found)))
        work = pack(held, self._kept)
        for (part, _), (found, words) in zip(self._where, held, strict=True):
            self._empty(part, found)
            if isinstance(part, QWidget):
                _show_words(part, {name: self._first_words(part, name) for name in words})
        QGuiApplication.inputMethod().reset()
        return work

    def put_back(self, work: Secret) -> None:
        """Everything as it was when it was taken out; what has been deleted meanwhile stays away."""
        held: list[tuple[Attributes, Mapping[str, object]]] = unpack(work, self._kept)
        for (part, _), (found, words) in zip(self._where, held, strict=True):
            if isinstance(part, QObject) and not isValid(part):
                continue
            for name, value in found.items():
                _restore(part, name, value)
            if isinstance(part, QWidget):
                _show_words(part, words)
        self.forget()

    def forget(self) -> None:
        """Nothing will be put back."""
        self._where, self._kept = [], []

    def _changed(self, part: object) -> Attributes:
        """What it holds that it did not hold at first."""
        first = self._first.get(id(part))
        found = _attributes(part)
        if first is None:
            return found
        return {name: value for name, value in found.items() if name not in first or self._is_new(first[name], value)}

    def _is_new(self, first: object, value: object) -> bool:
        """Another thing than at first, or the same container with something else in it."""
        return first is not value or (_is_container(value) and value != self._content[id(value)])

    def _empty(self, part: object, found: Attributes) -> None:
        first = self._first.get(id(part), {})
        for name, value in found.items():
            if name in first and first[name] is value:
                _fill(value, self._content[id(value)])
            elif isinstance(value, list | dict | set):
                value.clear()
            elif name in first:
                setattr(part, name, first[name])
            else:
                setattr(part, name, type(value)() if isinstance(value, str | bytes | tuple) else None)

    def _changed_words(self, part: QWidget) -> Mapping[str, object]:
        first = self._words.get(id(part), {})
        return {name: value for name, value in _words(part).items() if first.get(name) != value}

    def _first_words(self, part: QWidget, name: str) -> object:
        return self._words.get(id(part), {}).get(name, _NOTHING[name])


def pack(value: object, kept: list[object]) -> Secret:
    """``value`` as bytes for ``unpack``; the parts of the program that it names are added to ``kept``."""
    file = io.BytesIO()
    _Packer(file, kept).dump(value)
    return taken(file.getvalue())


def unpack(packed: Secret, kept: Sequence[object]) -> Any:  # noqa: ANN401 -- whatever was packed
    """What was packed; ``packed`` is wiped."""
    with packed.lent() as raw:
        packed.wipe()
        return _Unpacker(io.BytesIO(raw), kept).load()


_NOTHING: Mapping[str, object] = {"text": "", "cursor": 0, "name": "", "box": "", "rows": ((), -1)} | dict.fromkeys(
    _WORDS, ""
)


def _parts(roots: Sequence[QObject], cover: QObject) -> Iterator[object]:
    """All that hangs together below ``roots``: Qt's children, and our own parts that attributes name."""
    covering = (cover, *cover.findChildren(QObject))  # held, so that no other part gets the name of one of them
    seen = {id(part) for part in covering}
    waiting: list[object] = list(roots)
    while waiting:
        part = waiting.pop()
        if id(part) in seen or isinstance(part, Kit | Lane) or (isinstance(part, QObject) and not isValid(part)):
            continue
        seen.add(id(part))
        yield part
        if isinstance(part, QObject):
            waiting += part.children()
        for value in getattr(part, "__dict__", {}).values():
            waiting += [one for one in _members(value) if _is_ours(one)]


def _members(value: object) -> Sequence[object]:
    if isinstance(value, list | tuple):
        return value
    return tuple(value.values()) if isinstance(value, dict) else (value,)


def _is_ours(one: object) -> bool:
    """A part of the window that can change: values, which can't, are taken out with who holds them."""
    return isinstance(one, QObject) or (type(one).__module__.startswith(_OURS) and hasattr(one, "__dict__"))


def _attributes(part: object) -> Attributes:
    """What may be of a person among the attributes of one of our parts."""
    if not type(part).__module__.startswith(_OURS) or isinstance(part, ResidentName):
        return {}
    found = getattr(part, "__dict__", {})
    return {name: value for name, value in found.items() if _may_be_personal(value)}


def _may_be_personal(value: object) -> bool:
    """Whether it is a value or picture, and no part of the window itself nor a row of such parts."""
    if isinstance(value, _PLAIN) or not (isinstance(value, QPixmap) or _is_value(value)):
        return False
    return not any(_is_ours(one) or callable(one) for one in _members(value))


def _is_container(value: object) -> bool:
    return isinstance(value, list | dict | set)


def _fill(present: object, content: object) -> bool:
    """Give a container this content and nothing else; it stays the same one. Whether both are of one kind."""
    if isinstance(present, dict) and isinstance(content, dict):
        present.clear()
        present.update(content)
    elif isinstance(present, list) and isinstance(content, list):
        present[:] = content
    elif isinstance(present, set) and isinstance(content, set):
        present.clear()
        present.update(content)
    else:
        return False
    return True


def _restore(part: object, name: str, value: object) -> None:
    if not _fill(getattr(part, name, None), value):
        setattr(part, name, value)


def _words(part: QWidget) -> dict[str, object]:
    """What Qt itself keeps of it."""
    found: dict[str, object] = {name: part.property(name) for name in _WORDS}
    if isinstance(part, ResidentName):
        found["name"] = part.text()
    elif isinstance(part, QLineEdit):
        found |= {"text": part.text(), "cursor": part.cursorPosition()}
    elif isinstance(part, QLabel | QAbstractButton):
        found["text"] = part.text()
    elif isinstance(part, QPlainTextEdit):
        found |= {"box": part.toPlainText(), "cursor": part.textCursor().position()}
    elif isinstance(part, Table):
        found["rows"] = (part.items(), part.currentIndex().row())
    return {name: value for name, value in found.items() if value != _NOTHING[name]}


def _show_words(part: QWidget, words: Mapping[str, object]) -> None:
    """Give it these, unheard: nobody may take them for something typed."""
    was = part.blockSignals(True)  # noqa: FBT003 -- Qt's
    for name in ("text", "name", "box", "rows", "cursor", *_WORDS):
        if name in words:
            _SHOW.get(name, partial(_show_property, name))(part, words[name])
    part.blockSignals(was)


def _show_text(part: QWidget, value: object) -> None:
    if isinstance(part, QLineEdit | QLabel | QAbstractButton):
        part.setText(str(value))


def _show_name(part: QWidget, value: object) -> None:
    if isinstance(part, ResidentName):
        part.show_name(str(value))


def _show_box(part: QWidget, value: object) -> None:
    if isinstance(part, QPlainTextEdit):
        part.setPlainText(str(value))


def _show_rows(part: QWidget, value: object) -> None:
    if isinstance(part, Table) and isinstance(value, tuple):
        rows, current = value
        part.show_rows(rows)
        part.selectRow(current)


def _show_cursor(part: QWidget, value: object) -> None:
    if isinstance(part, QLineEdit) and isinstance(value, int):
        part.setCursorPosition(value)
    elif isinstance(part, QPlainTextEdit) and isinstance(value, int):
        cursor = part.textCursor()
        cursor.setPosition(value)
        part.setTextCursor(cursor)


def _show_property(name: str, part: QWidget, value: object) -> None:
    part.setProperty(name, value)


_SHOW: Mapping[str, Callable[[QWidget, object], None]] = {
    "text": _show_text,
    "name": _show_name,
    "box": _show_box,
    "rows": _show_rows,
    "cursor": _show_cursor,
}


class _Packer(pickle.Pickler):
    """Packs values with what they share; parts of the program are named by their place in ``kept``."""

    def __init__(self, file: io.BytesIO, kept: list[object]) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._kept = kept

    def persistent_id(self, obj: object) -> int | None:
        if isinstance(obj, type | QPixmap) or (_is_value(obj) and not isinstance(obj, _STAYS)):
            return None
        self._kept.append(obj)
        return len(self._kept) - 1

    def reducer_override(self, obj: object) -> Any:  # noqa: ANN401 -- as the library has it
        return (_picture, (_png(obj),)) if isinstance(obj, QPixmap) else NotImplemented


class _Unpacker(pickle.Unpickler):  # noqa: S301 -- our own bytes, authenticated by the seal
    """Reads what this very process packed and the clerk's own key has sealed meanwhile: nobody else's bytes."""

    def __init__(self, file: io.BytesIO, kept: Sequence[object]) -> None:
        super().__init__(file)
        self._kept = kept

    def persistent_load(self, pid: int) -> object:
        return self._kept[pid]


def _is_value(obj: object) -> bool:
    """Whether it is plain data, or a value of ours: Qt's own and whatever else there is stays where it is."""
    home = type(obj).__module__
    return isinstance(obj, _DATA) or home == "datetime" or home.startswith("app.")


def _png(picture: QPixmap) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG", 100)  # hardly packed: it lives for minutes, and a lock waits for it
    return bytes(buffer.data().data())


def _picture(png: bytes) -> QPixmap:
    made = QPixmap()
    made.loadFromData(png, "PNG")
    return made
