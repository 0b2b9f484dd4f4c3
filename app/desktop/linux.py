"""Linux: no core dumps, no ptrace, an allocator that overwrites what is freed, and a process that replaces itself."""

import ctypes
import os
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

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

    def replace(command: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
        """Become ``command``: the same process, nothing of its memory."""
        os.execve(command[0], list(command), dict(environment))  # noqa: S606 -- our own program again
