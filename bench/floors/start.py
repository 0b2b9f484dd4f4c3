"""A bare Qt window with one line of Japanese: starts, paints, prints seconds to the first frame and memory as JSON."""

import json
import os
import resource
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel


def age_s() -> float:
    """Seconds since this process was made, counted by the kernel."""
    ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")


class FirstFrame(QObject):
    """Ends the program after the first painting."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, QApplication.quit)
        return super().eventFilter(watched, event)


def main() -> None:
    """Show, paint, tell, leave."""
    application = QApplication([])
    window = QLabel("窓口")
    first = FirstFrame()
    window.installEventFilter(first)
    window.resize(1366, 768)
    window.show()
    application.exec()
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    json.dump({"first_frame_s": age_s(), "peak_mb": peak_kb / 1024}, sys.stdout)


if __name__ == "__main__":
    main()
