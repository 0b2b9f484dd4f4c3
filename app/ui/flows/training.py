"""What follows in the training panel: cards are made on a lane, laid down and taken off."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from app.ui.background import Lane
from app.ui.training_panel import TrainingPanel
from app.ui.window import Window


@dataclass(frozen=True, slots=True)
class CardActs:
    """``put`` lays a persona's card on the reader and gives its holder's name (some 0.1 s); ``take`` takes it off.

    ``lay_staff`` lays the card of a member of staff on the reader for staff.
    """

    put: Callable[[str], str]
    take: Callable[[], None]
    lay_staff: Callable[[str], None]


class TrainingFlow(QObject):
    """The panel beside the counter's window; it closes with it."""

    def __init__(self, panel: TrainingPanel, window: Window, acts: CardActs) -> None:
        super().__init__(panel)
        self._panel, self._window, self._acts = panel, window, acts
        self._lane = Lane("training")
        panel.attach(window)
        panel.put_asked.connect(self._on_put_asked)
        panel.take_asked.connect(self._on_take_asked)
        panel.staff_asked.connect(self._on_staff_asked)
        window.closing.connect(panel.close)

    def show(self, *, in_front: bool = False) -> None:
        """Show the panel behind the counter, which keeps the keyboard; or before it, to who has never seen it."""
        self._panel.show()
        window = self._panel if in_front else self._window
        window.raise_()
        window.activateWindow()

    def close(self) -> None:
        """End the lane."""
        self._lane.close()

    def _on_put_asked(self, key: str) -> None:
        self._panel.show_working()
        self._lane.run(
            partial(self._acts.put, key),
            owner=self,
            done=self._panel.show_lying,
            failed=lambda _: self._panel.show_taken(),
        )

    def _on_staff_asked(self, staff_id: str) -> None:
        self._acts.lay_staff(staff_id)
        self._panel.show_staff_lying(staff_id)

    def _on_take_asked(self) -> None:
        self._acts.take()
        self._panel.show_taken()
