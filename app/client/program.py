"""The program around the window: Qt's application object and its run until the window is closed."""

import sys

from PySide6.QtWidgets import QApplication


def make_application() -> QApplication:
    """Qt's one application object, made before any window."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("madoguchi")
    application.setDesktopFileName("madoguchi")
    return application
