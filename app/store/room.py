"""How much room the disk has on which this PC keeps its work."""

import shutil
from pathlib import Path

from app.errors import DiskFull


def free_bytes(folder: Path) -> int:
    """Bytes that are free there. Errors: DiskFull when the disk does not answer."""
    try:
        return shutil.disk_usage(folder).free
    except OSError as error:
        raise DiskFull from error
