"""Linux: no core dumps, no ptrace, an allocator that overwrites what is freed, and a process that replaces itself."""

import ctypes
import os
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from app.domain.secret import Secret

ALLOCATOR: Mapping[str, str] = {
    "PYTHONMALLOC": "malloc",
    "GLIBC_TUNABLES": "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0",
}
"""Python hands all memory back to glibc, and glibc overwrites it. Its thread caches don't (glibc 2.36, measured).

Source: Python manual, PYTHONMALLOC; glibc manual, "Memory Allocation Tunables"; both published.
"""
_SET_DUMPABLE = 4
"""prctl(2), PR_SET_DUMPABLE: 0 refuses ptrace and /proc/PID/mem to the same user, and dumps; published."""


if sys.platform != "win32":
    import resource

    def keep_private() -> None:
        """No core dump, and only the system's administrator reads the memory."""
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        ctypes.CDLL(None, use_errno=True).prctl(_SET_DUMPABLE, 0, 0, 0, 0)

    def replace(command: Sequence[str], environment: Mapping[str, str], handed: Secret | None, name: str) -> NoReturn:
        """Become ``command``: the same process, nothing of its memory but ``handed``, where ``name`` says."""
        known = dict(environment)
        if handed is not None:
            place = os.memfd_create("madoguchi", 0)
            with handed.lent() as raw:
                os.write(place, raw)
            handed.wipe()
            known[name] = str(place)
        os.execve(command[0], list(command), known)  # noqa: S606 -- our own program again

    def taken_over(place: int) -> Secret | None:
        """What lies there, which is overwritten; None for what is no such place."""
        try:
            size = os.fstat(place).st_size
            raw = bytearray(size)
            os.preadv(place, [raw], 0)
            os.pwrite(place, bytes(size), 0)
            os.close(place)
        except OSError:
            return None
        made = Secret(raw)
        raw[:] = bytes(size)
        return made
