"""Qt's application object, by itself: a program may show that it opens before the counter's parts are imported."""

import sys

from PySide6.QtWidgets import QApplication

from app.ui.collecting import Collector


def make_application() -> QApplication:
    """Qt's one application object, made before any window; garbage is searched for on its thread alone."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("madoguchi")
    application.setDesktopFileName("madoguchi")
    Collector(application)
    return application
