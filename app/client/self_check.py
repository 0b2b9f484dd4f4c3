"""Shows that this installation can work: the window paints, a store opens, a form is made; nothing stays behind."""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEvent, QObject, qVersion
from PySide6.QtWidgets import QApplication

from app.card.pcsc import Context
from app.domain.clock import Clock, Random
from app.domain.form import FormContent
from app.domain.secret import Secret
from app.durable.address import SqlcipherFile
from app.durable.engine import open_database
from app.errors import AppError
from app.paper.press import FormPress
from app.ui.kit import open_kit
from app.ui.resources import resource
from app.ui.screens.locked import LockedScreen
from app.ui.screens.sign_in import SignInScreen
from app.ui.window import Window

Report = dict[str, object]


def self_check(clock: Clock, random: Random) -> int:
    """Print one JSON line; 0 when everything works, 3 when a part is missing. A stopped card service is no fault."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    report: Report = {"screen": "sign_in", "first_frame_s": _first_frame(application, clock)}
    report |= {"frozen": bool(getattr(sys, "frozen", False)), "qt": qVersion(), "python": sys.version.split()[0]}
    report |= {"peak_mb": _peak_mb(), "platform": QApplication.platformName(), "readers": _state(_readers)}
    parts = {"store": _state(lambda: _store(random)), "form": _state(_form)}
    json.dump(report | parts, sys.stdout)
    sys.stdout.write("\n")
    return 0 if set(parts.values()) == {"works"} else 3


class _FirstPaint(QObject):
    """Notices the first painting of what it watches."""

    seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


def _first_frame(application: QApplication, clock: Clock) -> float | None:
    """Seconds from the making of this process to the painted sign-in screen; None where the kernel doesn't say."""
    kit = open_kit(application, clock)
    window, screen, paint = (
        Window(kit, application, LockedScreen(kit), training=False),
        SignInScreen(kit),
        _FirstPaint(),
    )
    window.open_screen(screen)
    screen.installEventFilter(paint)
    window.show()
    while not paint.seen:
        application.processEvents()
    seconds = _age_s()
    window.close()
    return seconds


def _age_s() -> float | None:
    """How long this process has lived. Source: proc(5) stat, field 22, in clock ticks since boot; published."""
    age: float | None = None
    if sys.platform == "linux":
        ticks = int(Path("/proc/self/stat").read_text("ascii", "replace").rpartition(")")[2].split()[19])
        age = time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
    return age


def _peak_mb() -> float | None:
    """The most memory this process has held so far."""
    peak: float | None = None
    if sys.platform == "linux":
        import resource as limits  # noqa: PLC0415 -- not on Windows

        peak = limits.getrusage(limits.RUSAGE_SELF).ru_maxrss / 1024
    return peak


def _state(work: Callable[[], object]) -> str:
    try:
        work()
    except AppError as error:
        return error.code
    return "works"


def _readers() -> None:
    context = Context()
    try:
        context.names()
    finally:
        context.release()


def _store(random: Random) -> None:
    with TemporaryDirectory() as folder:
        open_database(SqlcipherFile(Path(folder) / "check.db", Secret(random.token(32)))).close()


def _form() -> None:
    empty = FormContent("receipt", *("",) * 6, (), (), (), "")
    FormPress(resource("forms")).press(empty)
