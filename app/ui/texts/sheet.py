"""Words of the sheets over the window: help, and names enlarged."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetTexts:
    """Headings, and what the keys that work everywhere do."""

    help_of_: str
    help_key: str
    names: str
    purpose: str
    next: str
    keys: str
    close: str
    help: str
    enlarge: str
    open_choices: str
    diagnose: str
    back: str
    lock: str
    enter: str
    enter_back: str
    tab: str

    def help_of(self, title: str) -> str:
        return self.help_of_.format(title=title)
