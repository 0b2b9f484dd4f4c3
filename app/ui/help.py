"""F1: what a screen is for, which keys are live on it now, and what happens next; the words are data."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.widgets.words import Words

_ALWAYS = ("help", "enlarge", "diagnose", "open_choices")
_COMMANDS = ("back", "lock")


def help_content(kit: Kit, screen: Screen) -> tuple[QWidget, str]:
    """What a sheet shows for ``screen``, and what is read aloud of it. Keys are those that are live now."""
    words, found = kit.texts.sheet, kit.help.of(screen.title)
    keys = live_keys(kit, screen)
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 12, 0)
    column.setSpacing(8)
    said = []
    for heading, text in ((words.purpose, found.purpose if found else ""), (words.next, found.next if found else "")):
        if text:
            column.addWidget(Words(heading, "label"))
            column.addWidget(Words(text))
            said.append(f"{heading} {text}")
    column.addWidget(Words(words.keys, "label"))
    column.addLayout(_key_table(keys))
    column.addStretch(1)
    said.append(f"{words.keys} " + "、".join(f"{key} {label}" for key, label in keys))
    return inner, "　".join(said)


def live_keys(kit: Kit, screen: Screen) -> tuple[tuple[str, str], ...]:
    """(key, what it does), the screen's own first, then those that work everywhere."""
    words, keys = kit.texts.sheet, kit.keys
    own = [(keys.key_of(one.action), one.label) for one in screen.key_labels()]
    always = [(keys.key_of(action), getattr(words, action)) for action in _ALWAYS]
    commands = [(keys.commands[name], getattr(words, name)) for name in _COMMANDS]
    moving = [("Enter", words.enter), ("Shift+Enter", words.enter_back), ("Tab", words.tab)]
    taken = {key for key, _ in own}
    return (*own, *((key, label) for key, label in (*always, *commands, *moving) if key not in taken))


def _key_table(keys: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    for row, (key, label) in enumerate(keys):
        grid.addWidget(Words(key, "label"), row, 0)
        grid.addWidget(Words(label), row, 1)
    grid.setColumnMinimumWidth(0, 112)
    grid.setColumnStretch(1, 1)
    return grid
