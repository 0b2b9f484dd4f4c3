"""What hangs together in the window, and what of it may be of a person: walked over at each lock, so in one pass."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum

from PySide6.QtCore import QObject
from PySide6.QtGui import QPixmap
from shiboken6 import isValid

from app.ui.background import Lane
from app.ui.kit import Kit
from app.ui.packed import STAYS, is_value
from app.ui.screen import Screen
from app.ui.widgets.resident_name import ResidentName
from app.ui.widgets.table import Column

_PLAIN = (bool, int, float, Enum, type(None), *STAYS)
_OURS = "app.ui."
_WORDS = "app.ui.texts."
"""The program's own words: nobody's."""
Attributes = dict[str, object]


class _Kind(Enum):
    """What an object of some type is to us."""

    NOTHING = "nothing"
    """A part of the program, or plain: never a person's, and nothing hangs from it."""
    PART = "part"
    """A part of the window that can change: values, which can't, are taken out with who holds them."""
    ROW = "row"
    """A container of Python: of parts, or of values."""
    VALUE = "value"
    """What may be of a person."""


class WindowParts:
    """Walks over the parts below ``roots``: Qt's children, and our own parts that attributes name, but not ``cover``.

    What an object of some type is to us is found out once for each type.
    """

    def __init__(self, roots: Sequence[QObject], cover: QObject) -> None:
        self._roots, self._cover = tuple(roots), cover
        self._kinds: dict[type, _Kind] = {}
        self._nothing: set[type] = set()
        self._is_part: dict[type, bool] = {}

    def look(self, *, at_all: bool = False) -> list[tuple[object, Attributes]]:
        """Each part once, with what may be of a person among its attributes.

        A screen that has never been opened holds nothing and is passed over, unless ``at_all``. All parts are held
        until the walk is over, so that no part gets the identity of one that went meanwhile.
        """
        covering = (self._cover, *self._cover.findChildren(QObject))
        return self._walk(self._roots, {id(part) for part in covering}, at_all=at_all)

    def look_below(self, part: object, known: Collection[int]) -> list[tuple[object, Attributes]]:
        """What hangs from a part that was just made, opened or not; parts with ``known`` ids are passed over."""
        return self._walk((part,), set(known), at_all=True)

    def _walk(self, roots: Sequence[object], seen: set[int], *, at_all: bool) -> list[tuple[object, Attributes]]:
        found: list[tuple[object, Attributes]] = []
        waiting: list[object] = list(roots)
        while waiting:
            part = waiting.pop()
            if id(part) in seen or not (at_all or _may_hold(part)):
                continue
            for one in _family(part):
                if id(one) not in seen:
                    seen.add(id(one))
                    found.append((one, self._attributes(one, waiting)))
        return found

    def _attributes(self, part: object, parts: list[object]) -> Attributes:
        """What may be of a person; parts that are named are added to ``parts``."""
        held: Mapping[str, object] | None = getattr(part, "__dict__", None)
        if not held:
            return {}
        nothing, found = self._nothing, {}
        for name, value in held.items():
            if type(value) in nothing:
                continue
            kind = self._kind(value)
            if kind is _Kind.PART:
                parts.append(value)
            elif kind is _Kind.VALUE or (kind is _Kind.ROW and not self._parts_of(value, parts)):
                found[name] = value
        return found if found and _has_values(part) else {}

    def _parts_of(self, row: object, parts: list[object]) -> bool:
        """Whether there is a part of the program in this row; those of the window are added to ``parts``."""
        has_parts = False
        for one in _members(row):
            if self._part(one):
                parts.append(one)
                has_parts = True
            elif callable(one):
                has_parts = True
        return has_parts

    def _kind(self, value: object) -> _Kind:
        """What it is; what is nothing is passed over from now on."""
        kind = self._kinds.get(type(value))
        if kind is None:
            kind = self._kinds[type(value)] = self._found(value)
            if kind is _Kind.NOTHING:
                self._nothing.add(type(value))
        return kind

    def _found(self, value: object) -> _Kind:
        if self._part(value):
            return _Kind.PART
        if isinstance(value, list | tuple | dict):
            return _Kind.ROW
        if isinstance(value, _PLAIN) or type(value).__module__.startswith(_WORDS):
            return _Kind.NOTHING
        return _Kind.VALUE if isinstance(value, QPixmap) or (is_value(value) and not callable(value)) else _Kind.NOTHING

    def _part(self, one: object) -> bool:
        known = self._is_part.get(type(one))
        if known is None:
            ours = isinstance(one, QObject) or (type(one).__module__.startswith(_OURS) and hasattr(one, "__dict__"))
            known = self._is_part[type(one)] = ours and not isinstance(one, Kit | Lane)
        return known


def _may_hold(part: object) -> bool:
    return not isinstance(part, Screen) or part.was_opened


def _family(part: object) -> Iterator[object]:
    """Itself and all its children but lanes, which the application holds; what Qt has deleted is no family."""
    if not isinstance(part, QObject):
        yield part
    elif isValid(part):
        yield part
        yield from (one for one in part.findChildren(QObject) if not isinstance(one, Lane))


def _has_values(part: object) -> bool:
    """Qt's own parts hold none in Python, a name is shown from what its widget holds besides, columns have titles."""
    return type(part).__module__.startswith(_OURS) and not isinstance(part, ResidentName | Column)


def _members(row: object) -> Iterable[object]:
    if isinstance(row, list | tuple):
        return row
    return row.values() if isinstance(row, dict) else ()
