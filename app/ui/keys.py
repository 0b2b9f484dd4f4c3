"""Function keys as data: which action lies under which key (resources/keys.toml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from app.ui.resources import read_toml

FUNCTION_KEYS = tuple(f"F{n}" for n in range(1, 13))
IME_KEYS = frozenset({"F6", "F7", "F8", "F9", "F10"})
"""The Japanese IME takes these while composing. Source: counter-ux research of Windows IMEs, published."""
FINAL_ACTIONS = frozenset({"commit", "return_case", "close_visit"})
"""Actions that can't simply be taken back; they never lie on an IME key, Enter or F10."""


class KeyFault(Exception):
    """The key map contradicts itself; the program does not start with it."""


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


def load_keys() -> KeyMap:
    """The shipped map; ``KeyFault`` says what contradicts."""
    return key_map(read_toml("keys.toml"))


def key_map(raw: Mapping[str, Any]) -> KeyMap:
    """A map from its TOML tables."""
    actions: dict[str, str] = raw["keys"]
    commands: dict[str, str] = raw["commands"]
    bound = [*actions.values(), *commands.values()]
    if twice := {key for key in bound if bound.count(key) > 1}:
        raise KeyFault(f"one key for two actions: {sorted(twice)}")
    if "F10" in bound:
        raise KeyFault("F10 belongs to the system's menu")
    for action in FINAL_ACTIONS & actions.keys():
        if actions[action].rpartition("+")[2] in IME_KEYS | {"Return", "Enter"}:
            raise KeyFault(f"{action} can't be taken back and must not lie on {actions[action]}")
    if commands.keys() != {"lock", "back"}:
        raise KeyFault("commands are lock and back")
    return KeyMap(actions, commands)
