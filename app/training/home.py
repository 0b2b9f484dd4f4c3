"""Where training keeps its things: one folder with the authority, the backend's stores and each counter's."""

from dataclasses import dataclass
from pathlib import Path

SEED = 20261121
SIZE = 1_000
"""Residents of each training municipality. Source: decided for the first training city."""
SCHEMA = 1
"""Raised when the training data change shape; an older folder is then made anew."""


@dataclass(frozen=True, slots=True)
class Home:
    """The training folder's places."""

    root: Path

    @property
    def stamp(self) -> Path:
        """Written last: says for which seed, size and shape the folder is whole."""
        return self.root / "ready.json"

    @property
    def authority(self) -> Path:
        return self.root / "authority"

    @property
    def backend(self) -> Path:
        return self.root / "backend"

    @property
    def server_settings(self) -> Path:
        return self.root / "server.toml"

    @property
    def keyring(self) -> Path:
        """Beside the home, so that new training data keep the old keyring."""
        return self.root.with_name(self.root.name + "-keyring")

    @property
    def city(self) -> Path:
        return self.root / "city.json"

    def counter(self, terminal: str) -> Path:
        """The folder of one counter."""
        return self.root / "counters" / terminal

    def counter_settings(self, terminal: str) -> Path:
        return self.counter(terminal) / "counter.toml"
