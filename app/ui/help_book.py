"""What F1 says of each screen, read from resources/text/help.toml: what it is for, and what happens next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.ui.resources import TextFault, read_toml

_PARTS = {"purpose", "next"}


@dataclass(frozen=True, slots=True)
class Help:
    """One screen's help. ``purpose``: what is done on it; ``next``: what happens when it is done."""

    purpose: str
    next: str


@dataclass(frozen=True, slots=True)
class HelpBook:
    """``screens``: title of a screen → its help. Titles are what the clerk reads; two screens of one title share it."""

    screens: Mapping[str, Help]

    def of(self, title: str) -> Help | None:
        """The help for the screen of that title; None where none was written."""
        return self.screens.get(title)


def help_book(raw: Mapping[str, Any]) -> HelpBook:
    """The book from its TOML tables. ``TextFault`` names an entry of wrong shape."""
    for name, entry in raw.items():
        if entry.keys() != _PARTS or not all(isinstance(part, str) and part for part in entry.values()):
            raise TextFault(f"help.toml [{name}]: purpose and next, no more and no less")
    return HelpBook({name: Help(entry["purpose"], entry["next"]) for name, entry in raw.items()})


def load_help() -> HelpBook:
    """The shipped help."""
    return help_book(read_toml("text", "help.toml"))
