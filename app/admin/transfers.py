"""The file of transfers for the administrator's program: read from disk; the first wrong row stops all."""

from pathlib import Path

from app.domain.roles import Roles
from app.errors import DataFault, PartMissing
from app.services.transfer_file import Line, lines_of, transfers_of

__all__ = ["Line", "read_transfers"]


def read_transfers(path: Path, roles: Roles) -> tuple[Line, ...]:
    """The transfers of a file, ``.csv`` or else TOML, in its order. ``roles``: name → rights.

    Errors: PartMissing without the file; DataFault as ``transfers_of`` and for the first wrong row, ``not_utf8``.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PartMissing(what="file_missing", place=str(path)) from error
    except UnicodeDecodeError as error:
        raise DataFault(what="not_utf8", place=path.name) from error
    return lines_of(transfers_of(path.name, text, roles))
