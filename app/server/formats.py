"""The formats of business systems, read from the installation's files."""

import tomllib
from pathlib import Path

from app.domain.conversion.formats import Formats, build_formats, parse_charsets
from app.errors import DataFault

CODES = "codes.toml"


def read_formats(resources: Path) -> Formats:
    """Layouts, code tables and charsets. Errors: DataFault with file and place."""
    folder = resources / "layouts"
    charsets = parse_charsets(
        _toml(resources / "charsets" / "charsets.toml"), _toml(resources / "charsets" / "ibm.toml")
    )
    layouts = [(path.name, _toml(path)) for path in sorted(folder.glob("*.toml")) if path.name != CODES]
    return build_formats(layouts, _toml(folder / CODES), charsets)


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataFault(what="unreadable", place=path.name) from error
