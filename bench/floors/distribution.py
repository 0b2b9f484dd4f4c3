"""The same bytes by plain means: each message is written to a file and brought to the disk before the next."""

import os
import time
from pathlib import Path


def seconds(folder: Path, size: int, messages: int) -> float:
    """How long ``messages`` of ``size`` bytes take, one after the other."""
    body = os.urandom(size)
    begun = time.perf_counter()
    with (folder / "floor").open("wb") as file:
        for _ in range(messages):
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
    return time.perf_counter() - begun
