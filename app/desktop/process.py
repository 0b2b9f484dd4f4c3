"""The program's own process: nobody reads its memory, nothing goes to a dump, and it can begin anew with none."""

import sys
from collections.abc import Mapping
from typing import NoReturn

if sys.platform == "win32":
    from app.desktop import windows as system
else:
    from app.desktop import linux as system

_MARK = "MADOGUCHI_MEMORY"


def keep_private(environment: Mapping[str, str]) -> None:
    """Call it first of all: no dumps, no reports with memory in them, no reading by other programs of this user.

    Where the allocator takes orders from the environment only, the program starts itself again once, with them.
    """
    wanted = system.ALLOCATOR
    if _MARK not in environment and any(environment.get(name) != value for name, value in wanted.items()):
        start_anew(environment)
    system.keep_private()


def start_anew(environment: Mapping[str, str]) -> NoReturn:
    """Replace this program by itself: same words, empty memory. Everything must be closed before.

    Linux replaces the process; Windows has no such thing, there a new one is started and this one ends.
    """
    frozen = getattr(sys, "frozen", False)
    words = [sys.executable, *sys.argv[1:]] if frozen else [sys.executable, *sys.orig_argv[1:]]
    system.replace(words, {**environment, **system.ALLOCATOR, _MARK: "kept"})
