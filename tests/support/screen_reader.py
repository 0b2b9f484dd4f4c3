"""What a screen reader is told aloud: announcements, heard where Qt hands them to the system's accessibility."""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import PySide6
import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from shiboken6 import wrapInstance

HANDLER = "_ZN11QAccessible20installUpdateHandlerEPFvP16QAccessibleEventE"
"""QAccessible::installUpdateHandler(void (*)(QAccessibleEvent *)), which the Python library does not offer.

Source: Qt's manual, QAccessible; the name is mangled after the Itanium C++ ABI; both published.
"""
_CALLBACK = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


@dataclass(frozen=True)
class Heard:
    """``urgent``: what is being read is broken off for it."""

    text: str
    urgent: bool


@contextmanager
def screen_reader() -> Iterator[list[Heard]]:
    """Everything announced from now on, in this process."""
    if sys.platform == "win32":
        pytest.skip("the library's function has another name there")
    library = ctypes.CDLL(str(Path(PySide6.__path__[0]) / "Qt" / "lib" / "libQt6Gui.so.6"))
    install = getattr(library, HANDLER)
    install.argtypes, install.restype = [ctypes.c_void_p], ctypes.c_void_p
    heard: list[Heard] = []

    def hear(at: int) -> None:
        if wrapInstance(at, QAccessibleEvent).type() is QAccessible.Event.Announcement:
            event = wrapInstance(at, QAccessibleAnnouncementEvent)
            urgent = event.politeness() is QAccessible.AnnouncementPoliteness.Assertive
            heard.append(Heard(event.message(), urgent))

    callback = _CALLBACK(hear)
    before = install(ctypes.cast(callback, ctypes.c_void_p))
    try:
        yield heard
    finally:
        install(before)
