"""Function keys as data: which action lies under which key (resources/keys.toml)."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from app.errors import BadKeys
from app.ui.resources import resource

FUNCTION_KEYS = tuple(f"F{n}" for n in range(1, 13))
IME_KEYS = frozenset({"F6", "F7", "F8", "F9", "F10"})
"""The Japanese IME takes these while composing. Source: counter-ux research of Windows IMEs, published."""
_ENTER = frozenset({"Return", "Enter", "Tab"})
FINAL_ACTIONS = frozenset({"commit", "return_case", "close_visit"})
"""Actions that can't simply be taken back; they never lie on an IME key, Enter or F10."""


@dataclass(frozen=True, slots=True)
class KeyMap:
    """``actions``: action → key as in "F12" or "Shift+F12"; ``commands``: lock and back."""

    actions: Mapping[str, str]
    commands: Mapping[str, str]

    def key_of(self, action: str) -> str:
        """The key of ``action``; KeyError names an action the map does not have."""
        return self.actions[action]

    def action_at(self, key: str) -> str | None:
        """The action under ``key``."""
        return next((action for action, bound in self.actions.items() if bound == key), None)

    def command_at(self, key: str) -> str | None:
        """The command (lock, back) under ``key``."""
        return next((command for command, bound in self.commands.items() if bound == key), None)


def pressed(event: QKeyEvent) -> str:
    """The key of ``event`` as the map writes it, keypad or not."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    combination = QKeyCombination(modifiers, Qt.Key(event.key()))
    return QKeySequence(combination).toString(QKeySequence.SequenceFormat.PortableText)


def load_keys(own: Path | None = None) -> KeyMap:
    """The shipped map, with what an office's own file ``own`` puts elsewhere.

    Errors: BadKeys: says file, line and what contradicts, so that the program does not start with a bar that lies.
    """
    shipped = _Source(resource("keys.toml"))
    return _merged((shipped,) if own is None else (shipped, _Source(own, own=True)))


class _Source:
    """One file of keys: tables ``keys`` and ``commands``, and on which line each name stands."""

    def __init__(self, path: Path, *, own: bool = False) -> None:
        """``own``: the office's, which is mended rather than the shipped one."""
        self.name, self.own = path.name, own
        try:
            text = path.read_text(encoding="utf-8")
            self.tables: dict[str, dict[str, str]] = {"keys": {}, "commands": {}} | tomllib.loads(text)
        except (OSError, UnicodeError) as error:
            raise BadKeys(file=self.name, line=0, name="", key="", why="keys_unreadable") from error
        except tomllib.TOMLDecodeError as error:
            line = int(numbers[0]) if (numbers := re.findall(r"line ([0-9]+)", str(error))) else 0
            raise BadKeys(file=self.name, line=line, name="", key="", why="keys_unreadable") from error
        self._lines = {
            found["name"]: number
            for number, line in enumerate(text.splitlines(), start=1)
            if (found := re.match(r"\s*(?P<name>[\w-]+)\s*=", line))
        }

    def place(self, name: str) -> tuple[bool, int]:
        """For sorting: the shipped file before the office's own, lines in their order."""
        return self.own, self._lines.get(name, 0)

    def fault(self, name: str, key: str, why: str) -> BadKeys:
        """What is wrong with ``name``; ``why`` is a term of the texts."""
        return BadKeys(file=self.name, line=self._lines.get(name, 0), name=name, key=key, why=why)


def _merged(sources: Sequence[_Source]) -> KeyMap:
    """Later files win; every name must be known to the first, whatever is bound must hold together."""
    bound: dict[str, tuple[str, _Source]] = {}
    shipped = sources[0].tables
    for source in sources:
        for table, names in source.tables.items():
            for name, key in names.items():
                if name not in shipped.get(table, {}):
                    raise source.fault(name, str(key), "keys_unknown")
                bound[name] = (_checked(source, name, key), source)
    _refuse_twice(bound)
    return KeyMap(
        {name: bound[name][0] for name in shipped["keys"]}, {name: bound[name][0] for name in shipped["commands"]}
    )


def _refuse_twice(bound: Mapping[str, tuple[str, _Source]]) -> None:
    """One key for two actions is told at the name that came last: an office's own, where it has one of the two."""
    taken: set[str] = set()
    for name, (key, source) in sorted(bound.items(), key=lambda one: one[1][1].place(one[0])):
        if key in taken:
            raise source.fault(name, key, "keys_twice")
        taken.add(key)


def _checked(source: _Source, name: str, key: object) -> str:
    """The key as Qt writes it; refused where it would type, belong to the system, or be pressed by the IME."""
    written = QKeySequence(str(key)).toString(QKeySequence.SequenceFormat.PortableText) if isinstance(key, str) else ""
    plain = written.rpartition("+")[2]
    if not written or "," in written:
        raise source.fault(name, str(key), "keys_no_key")
    if plain == "F10":
        raise source.fault(name, written, "keys_menu")
    if name in FINAL_ACTIONS and plain in IME_KEYS | _ENTER:
        raise source.fault(name, written, "keys_final")
    if plain in _ENTER or (len(plain) == 1 and not {"Ctrl", "Alt", "Meta"} & set(written.split("+"))):
        raise source.fault(name, written, "keys_types")
    return written
