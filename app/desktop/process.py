"""The program's own process: nobody reads its memory, nothing goes to a dump, and it can begin anew with none."""

import sys
from collections.abc import Mapping, MutableMapping
from typing import NoReturn

from app.domain.secret import Secret

if sys.platform == "win32":
    from app.desktop import windows as system
else:
    from app.desktop import linux as system

_MARK, _HANDED = "MADOGUCHI_MEMORY", "MADOGUCHI_HANDED"


def keep_private(environment: Mapping[str, str]) -> None:
    """Call it first of all: no dumps, no reports with memory in them, no reading by other programs of this user.

    Where the allocator takes orders from the environment only, the program starts itself again once, with them.
    """
    wanted = system.ALLOCATOR
    if _MARK not in environment and any(environment.get(name) != value for name, value in wanted.items()):
        start_anew(environment)
    system.keep_private()


def start_anew(environment: Mapping[str, str], handed: Secret | None = None) -> NoReturn:
    """Replace this program by itself: same words, empty memory. Everything must be closed before.

    ``handed``: what the next one finds once by ``handed_over``; it lies in no file and is wiped here.
    Linux replaces the process; Windows has no such thing, there a new one is started and this one ends.
    """
    frozen = getattr(sys, "frozen", False)
    words = [sys.executable, *sys.argv[1:]] if frozen else [sys.executable, *sys.orig_argv[1:]]
    known = {name: value for name, value in environment.items() if name != _HANDED}
    system.replace(words, {**known, **system.ALLOCATOR, _MARK: "kept"}, handed, _HANDED)


def handed_over(environment: MutableMapping[str, str]) -> Secret | None:
    """What the program before this one handed on; None where there is nothing, and from the second time on.

    Call ``keep_private`` before.
    """
    place = environment.pop(_HANDED, "")
    return system.taken_over(int(place)) if place.isdecimal() else None
