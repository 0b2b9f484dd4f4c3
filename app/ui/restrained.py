"""Whether somebody restrained stands on a screen: a mark the window hears of, whoever looks over the counter."""

from PySide6.QtWidgets import QWidget

from app.ui.window import Window

_MARK = "restrained"


def show_restrained(screen: QWidget, *, there: bool) -> None:
    """Somebody restrained stands on ``screen`` now (again), or nobody does any more."""
    screen.setProperty(_MARK, there)
    window = screen.window()
    if there and isinstance(window, Window) and window.current is screen:
        window.restrained_shown.emit()


def has_restrained(screen: QWidget) -> bool:
    """Whether somebody restrained stands there."""
    return bool(screen.property(_MARK))
