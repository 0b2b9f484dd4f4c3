"""Where texts, icons, styles and key maps lie: inside an installed package, else in the checkout."""

import tomllib
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """The path of a shipped file, as in ``resource("icons", "lock.svg")``.

    The wheel carries ``resources/`` as ``app/_resources``; a checkout has it beside ``app``.
    """
    shipped = _PACKAGE / "_resources"
    root = shipped if shipped.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)


def read_toml(*parts: str) -> dict[str, Any]:
    """A shipped TOML file. ``Any``: its shape is checked by the reader of each file."""
    return tomllib.loads(resource(*parts).read_text(encoding="utf-8"))
