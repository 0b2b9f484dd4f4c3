"""Qt's application object, by itself: a program may show that it opens before the counter's parts are imported."""

import sys

from PySide6.QtWidgets import QApplication


def make_application() -> QApplication:
    """Qt's one application object, made before any window."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("madoguchi")
    application.setDesktopFileName("madoguchi")
    return application
