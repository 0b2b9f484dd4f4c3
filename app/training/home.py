"""Where training keeps its things: one folder with the authority, the backend's stores and each counter's."""

import json
from dataclasses import dataclass
from pathlib import Path

from app.trust.authority import TerminalName

SEED = 20261121
SIZE = 1_000
"""Residents of each training municipality. Source: decided for the first training city."""
SCHEMA = 3
"""Raised when the training data change shape; an older folder is then made anew."""

TERMINAL = TerminalName("991007", "kunren-1")
"""The one counter of training, and which window of its office it stands at."""
WINDOW = "1"
OFFICE = "kunren.madoguchi.internal"
"""The name that training's staff cards are bound to."""
TLS_KEY = "terminal-tls"
KEYRING = "madoguchi-training"


@dataclass(frozen=True, slots=True)
class Home:
    """The training folder's places."""

    root: Path

    @property
    def stamp(self) -> Path:
        """Written last: says for which seed, size and shape the folder is whole."""
        return self.root / "ready.json"

    def is_ready(self, size: int = SIZE) -> bool:
        """Whether the folder is whole and of the present shape, for so many residents of each municipality."""
        try:
            return bool(json.loads(self.stamp.read_text(encoding="utf-8")) == _mark(size))
        except (OSError, ValueError):
            return False

    def say_ready(self, size: int = SIZE) -> None:
        """Write the stamp; the last thing of the set-up."""
        self.stamp.write_text(json.dumps(_mark(size)), encoding="utf-8")

    @property
    def authority(self) -> Path:
        return self.root / "authority"

    @property
    def backend(self) -> Path:
        return self.root / "backend"

    @property
    def log(self) -> Path:
        """What the backend logs."""
        return self.root / "backend.log"

    @property
    def server_settings(self) -> Path:
        return self.root / "server.toml"

    @property
    def lock(self) -> Path:
        """Held while training runs on this home; beside it, because the home is made anew under it."""
        return self.root.with_name(self.root.name + ".lock")

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


def _mark(size: int) -> dict[str, int]:
    return {"schema": SCHEMA, "seed": SEED, "size": size}
