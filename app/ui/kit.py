"""The kit every widget and screen is handed first: words, sentences for errors, look, keys and the clock."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.domain.clock import Clock
from app.ui.help_book import HelpBook, load_help
from app.ui.keys import KeyMap, load_keys
from app.ui.messages import Messages, load_messages
from app.ui.style import Look, asks_for_contrast, dress, make_look
from app.ui.texts import Texts, load_texts
from app.ui.variants import NameFaces


@dataclass(frozen=True, slots=True)
class Kit:
    """Made once at start, never changed. ``asks_pin``: the second factor's PIN is typed in our window."""

    texts: Texts
    messages: Messages
    look: Look
    keys: KeyMap
    names: NameFaces
    clock: Clock
    help: HelpBook
    asks_pin: bool = True


def open_kit(
    application: QApplication,
    clock: Clock,
    *,
    scale: float = 1.0,
    authenticator: str = "card",
    office_keys: Path | None = None,
) -> Kit:
    """Load and check all words, keys and tokens, and dress the program. ``office_keys``: the office's own key map.

    Errors: BadKeys: that map contradicts itself; TextFault: the shipped resources do not fit the program (a fault of
    the build).
    """
    look = make_look(scale=scale, high_contrast=asks_for_contrast())
    kit = Kit(
        load_texts(authenticator),
        load_messages(),
        look,
        load_keys(office_keys),
        NameFaces(look),
        clock,
        load_help(),
        asks_pin=authenticator != "windows",
    )
    dress(application, look)
    return kit
