"""What a durable record costs the disk at least: a small append and its fsync."""

import os
import time
from pathlib import Path

_RECORD = 600


def fsync_seconds(folder: Path, count: int) -> list[float]:
    """Seconds of each append of a search record's size with fsync."""
    times, path = [], folder / "floor_fsync"
    with path.open("wb", buffering=0) as file:
        for _ in range(count):
            begin = time.perf_counter()
            file.write(bytes(_RECORD))
            os.fsync(file.fileno())
            times.append(time.perf_counter() - begin)
    path.unlink()
    return times
