"""Where shipped data lie: inside an installed package as ``_resources``, else beside ``app`` in the checkout."""

import tomllib
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, as in ``resource("icons", "lock.svg")``."""
    shipped = _PACKAGE / "_resources"
    root = shipped if shipped.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)


def read_toml(*parts: str) -> dict[str, Any]:
    """A shipped TOML file. ``Any``: its shape is checked by the reader of each file."""
    return tomllib.loads(resource(*parts).read_text(encoding="utf-8"))
