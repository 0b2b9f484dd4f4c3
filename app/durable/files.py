"""Files and folders that outlast a power cut: a name counts once the folder that holds it is synced too."""

import errno
import os
from pathlib import Path
from tempfile import mkstemp

from app.errors import AppError, DiskFault, DiskFull


def make_folder(folder: Path) -> None:
    """Make ``folder``, for its owner only, and what is missing above it; each name is on the disk when this returns."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700, exist_ok=True)
        sync_folder(place.parent)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that its owner alone may read; it is there whole, or, after a power cut meanwhile, not at all.

    Errors: FileExistsError when there is one already, also when another process was first by a moment.
    """
    opened, made = mkstemp(prefix=f"{path.name}.", suffix=".new", dir=path.parent)
    with os.fdopen(opened, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(made)
    finally:
        Path(made).unlink()
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in ``folder`` on the disk. On Windows a folder can't be synced; NTFS keeps a log of names."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def disk_error(error: OSError) -> AppError:
    """The AppError for what the operating system says of a disk."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull()
    return DiskFault(what="read_only" if error.errno == errno.EROFS else "unreadable")
