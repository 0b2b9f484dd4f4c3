"""A plane that is never smaller than what stands on it: where the window is, it scrolls, and follows the cursor."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedWidget, QWidget

_ROOM_X, _ROOM_Y = 16, 48


class Pages(QStackedWidget):
    """Screens of which one is shown: only that one says how much room is needed, not the widest of all."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return QSize() if page is None else page.minimumSizeHint().expandedTo(page.minimumSize())

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return QSize() if page is None else page.sizeHint()


def plane(inner: QWidget) -> QScrollArea:
    """``inner`` in a frame that scrolls both ways only where it must, as on a magnified screen; it takes no focus."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    area.viewport().setAutoFillBackground(False)
    area.setMinimumSize(1, 1)
    return area


def follow_focus(area: QScrollArea, application: QApplication) -> None:
    """Wherever the cursor goes, by key or by the program, it is brought into sight with room for its ring."""

    def follow(_old: QWidget | None, new: QWidget | None) -> None:
        inner = area.widget()
        if new is not None and inner is not None and inner.isAncestorOf(new):
            area.ensureWidgetVisible(new, _ROOM_X, _ROOM_Y)

    application.focusChanged.connect(follow)
    area.destroyed.connect(lambda: application.focusChanged.disconnect(follow))
