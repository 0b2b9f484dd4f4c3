"""While locked nothing of the work is in the window: fields, tables, pictures and what flows know are taken out."""

from collections.abc import Mapping, Sequence
from copy import copy

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.domain.secret import Secret
from app.ui.packed import pack, unpack
from app.ui.widget_words import NOTHING, WidgetWords, show_words
from app.ui.window_parts import Attributes, WindowParts


class SetAside:
    """Takes the work out of the parts below ``roots`` and puts it back exactly: same fields, inputs, cursors.

    Made before anybody works: what the parts hold then is what they show while the work is out. A part that is made
    later is told to ``learn`` before anybody uses it. On the window's thread.
    """

    def __init__(self, roots: Sequence[QObject], cover: QObject) -> None:
        """``cover``: the screen that is shown while the work is out; it stays as it is."""
        self._all, self._reader = WindowParts(roots, cover), WidgetWords()
        self._first: dict[int, Attributes] = {}
        self._content: dict[int, object] = {}
        self._words: dict[int, Mapping[str, object]] = {}
        self._parts: list[object] = []
        self._beside = (cover, *cover.findChildren(QObject))
        self._remember(self._all.look(at_all=True))
        self._kept: list[object] = []
        self._where: list[tuple[object, Sequence[str]]] = []

    def learn(self, part: object) -> None:
        """A part of the window that was just made and holds nothing yet; what was there before stays as it is known."""
        self._remember(self._all.look_below(part, {id(one) for one in (*self._beside, *self._parts)}))

    def take_out(self) -> Secret:
        """The work, as bytes that only ``put_back`` of this object reads; seal them at once."""
        held: list[tuple[Attributes, Mapping[str, object]]] = []
        self._where, self._kept = [], []
        for part, attributes in self._all.look():
            words = self._changed_words(part) if isinstance(part, QWidget) else {}
            found = self._changed(part, attributes) if attributes else attributes
            if words or found:
                held.append((found, words))
                self._where.append((part, tuple(found)))
        work = pack(held, self._kept)
        for (part, _), (found, words) in zip(self._where, held, strict=True):
            self._empty(part, found)
            if isinstance(part, QWidget):
                show_words(part, {name: self._first_words(part, name) for name in words})
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
                show_words(part, words)
        self.forget()

    def forget(self) -> None:
        """Nothing will be put back."""
        self._where, self._kept = [], []

    def _remember(self, look: Sequence[tuple[object, Attributes]]) -> None:
        """Parts are held, so that no other object comes to have the id of one of them."""
        for part, attributes in look:
            self._parts.append(part)
            self._first[id(part)] = attributes
            self._content.update({id(value): copy(value) for value in attributes.values() if _is_container(value)})
            if isinstance(part, QWidget):
                self._words[id(part)] = self._reader.of(part)

    def _changed(self, part: object, found: Attributes) -> Attributes:
        """What it holds that it did not hold at first."""
        first = self._first.get(id(part))
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
        return {name: value for name, value in self._reader.of(part).items() if first.get(name) != value}

    def _first_words(self, part: QWidget, name: str) -> object:
        return self._words.get(id(part), {}).get(name, NOTHING[name])


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
