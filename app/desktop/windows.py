"""Windows: no error reports with memory in them, capture kept out, a new process in place of this one."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from app.domain.secret import Secret

ALLOCATOR: Mapping[str, str] = {}
"""The heap of Windows overwrites nothing; keys are overwritten by us before they are released."""
_NO_BOXES = 0x0001 | 0x0002
"""SEM_FAILCRITICALERRORS and SEM_NOGPFAULTERRORBOX: SetErrorMode of the Windows API, published."""
_EXCLUDE_FROM_CAPTURE = 0x11
"""WDA_EXCLUDEFROMCAPTURE: SetWindowDisplayAffinity, from Windows 10 version 2004 on; published."""
_THIS_SESSION = 0
"""NOTIFY_FOR_THIS_SESSION of WTSRegisterSessionNotification; published."""
_NO_REPEAT = 0x4000
"""MOD_NOREPEAT of RegisterHotKey; published."""

if sys.platform == "win32":

    def keep_private() -> None:
        """No error report of this program: it would carry memory to a disk."""
        ctypes.windll.kernel32.SetErrorMode(_NO_BOXES)
        name = os.path.basename(sys.executable)  # noqa: PTH119 -- a name for the API, no path
        ctypes.windll.wer.WerAddExcludedApplication(ctypes.c_wchar_p(name), False)  # noqa: FBT003 -- the API's

    def replace(command: Sequence[str], environment: Mapping[str, str], handed: Secret | None, name: str) -> NoReturn:
        """Start ``command`` and end: Windows can't exchange the program of a process. ``handed`` goes by its input."""
        if handed is None:
            subprocess.Popen(list(command), env=dict(environment))  # noqa: S603 -- our own program again
            os._exit(0)
        known = {**environment, name: "0"}
        child = subprocess.Popen(list(command), env=known, stdin=subprocess.PIPE)  # noqa: S603 -- our own program again
        if child.stdin is not None:
            with handed.lent() as raw:
                os.write(child.stdin.fileno(), raw)
        os._exit(0)

    def taken_over(place: int) -> Secret | None:
        """What comes there until its end; None where nothing can be read."""
        made = bytearray()
        try:
            while part := os.read(place, 65_536):
                made += part
        except OSError:
            return None
        kept = Secret(made)
        made[:] = bytes(len(made))
        return kept

    def exclude_from_capture(window: int) -> bool:
        """Keep the window out of screen shots and recordings; whether this Windows can."""
        return bool(ctypes.windll.user32.SetWindowDisplayAffinity(ctypes.c_void_p(window), _EXCLUDE_FROM_CAPTURE))

    def tell_of_session(window: int) -> bool:
        """Have Windows tell the window when this session is locked or left; whether it does."""
        return bool(ctypes.windll.wtsapi32.WTSRegisterSessionNotification(ctypes.c_void_p(window), _THIS_SESSION))

    class WindowsHotKeys:
        """See ``HotKeyTable``."""

        def register(self, number: int, modifiers: int, key: int) -> bool:
            return bool(ctypes.windll.user32.RegisterHotKey(None, number, modifiers | _NO_REPEAT, key))

        def unregister(self, number: int) -> None:
            ctypes.windll.user32.UnregisterHotKey(None, number)
