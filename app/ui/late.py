"""Parts of the window that most visits never need are made on first use: what stands there until then."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from app.ui.window import Window

T_co = TypeVar("T_co", covariant=True)


class Late(QObject, Generic[T_co]):
    """Stands for a part that is made when it is first asked for, and is the same one ever after.

    The window tells of a part that was just made (``part_made``) before anybody uses it: so a lock knows how it stands
    empty. What concerns everything that is open (a lock, an end of the session) asks ``made`` and passes over what
    nobody has needed yet: it holds nothing. On the window's thread.
    """

    def __init__(self, window: Window, make: Callable[[], T_co]) -> None:
        super().__init__(window)
        self._window, self._make = window, make
        self._part: T_co | None = None
        self._hears: list[Callable[[T_co], object]] = []

    @property
    def made(self) -> T_co | None:
        """The part, None while nobody has needed it."""
        return self._part

    def now(self) -> T_co:
        """The part; it is made if it is not there yet."""
        if self._part is None:
            self._part = self._make()
            self._window.part_made.emit(self._part)
            for hear in self._hears:
                hear(self._part)
        return self._part

    def when_made(self, hear: Callable[[T_co], object]) -> None:
        """``hear`` is called with the part once, when it is made: to connect its signals. Nothing may be made yet."""
        self._hears.append(hear)
