"""Where a screen is put for its picture: the real window at its design size, with strips filled as in a visit."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.capacity import CapacityTable
from app.domain.capacity_data import parse_capacities
from app.domain.identity import Document, parse_documents
from app.ui.kit import Kit
from app.ui.resources import read_toml
from app.ui.screen import Screen
from app.ui.screens.locked import LockedScreen
from app.ui.widgets.top_strip import Place, VisitShown
from app.ui.window import DESIGN_HEIGHT, DESIGN_WIDTH, Window


@dataclass(frozen=True, slots=True)
class Stage:
    """Builds windows for pictures. ``sample`` holds the invented values of resources/text/shots.toml by section.

    ``spare``: windows that may be used again, which takes less than half the time; None: each picture gets its own.
    """

    kit: Kit
    application: QApplication
    sample: dict[str, dict[str, str]]
    training: bool = True
    spare: list[Window] | None = None

    def place(self) -> Place:
        """An invented office."""
        place = self.sample["place"]
        return Place(place["office"], place["number"], place["staff"])

    def visit(self) -> VisitShown:
        """An invented visit."""
        visit = self.sample["visit"]
        return VisitShown(visit["ticket"], visit["procedure"], visit["name"], visit["birth"])

    def window(self, screen: Screen, cover: LockedScreen | None = None) -> Window:
        """The window with ``screen`` open, signed in, 3:25 into a visit."""
        window = self.bare_window(screen, cover)
        window.strip.show_place(self.place())
        window.show_visit(self.visit(), started_s=self.kit.clock.monotonic() - 205)
        return window

    def bare_window(self, screen: Screen, cover: LockedScreen | None = None) -> Window:
        """The window with ``screen`` open, nobody signed in."""
        if cover is None and self.spare:
            window = self.spare.pop()
        else:
            window = Window(self.kit, self.application, cover or LockedScreen(self.kit), training=self.training)
        place = self.place()
        window.strip.show_place(Place(place.office, place.window_number))
        window.open_screen(screen)
        return window

    def put_away(self, widget: QWidget) -> None:
        """Done with it: keep its window for the next picture where that is wanted and possible, else destroy it."""
        screen = widget.current if isinstance(widget, Window) else None
        if self.spare is None or screen is None or not isinstance(widget, Window) or not screen.isVisibleTo(widget):
            put_away(self.application, widget)
            return
        widget.drop_screen(screen)
        while (strip := widget.foot.takeAt(0)) is not None:
            if (left := strip.widget()) is not None:
                left.deleteLater()
        widget.show_visit(None)
        widget.show_warning("")
        widget.notice.unsay()
        widget.alerts.clear()
        widget.resize(DESIGN_WIDTH, DESIGN_HEIGHT)
        self.application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.spare.append(widget)


def open_stage(kit: Kit, application: QApplication, *, spare: list[Window] | None = None) -> Stage:
    """A stage with the shipped samples."""
    return Stage(kit, application, read_toml("text", "shots.toml"), spare=spare)


def documents() -> tuple[Document, ...]:
    """The shipped kinds of documents."""
    return parse_documents(read_toml("tables", "documents.toml"))


def capacities() -> CapacityTable:
    """The shipped capacities."""
    return parse_capacities(read_toml("tables", "capacities.toml"))


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its file name without ending, and what builds the widget."""

    name: str
    build: Callable[[], QWidget]


def settle(application: QApplication, widget: QWidget) -> None:
    """Show ``widget`` as a person would see it: laid out, active, the cursor in its first field."""
    widget.show()
    widget.activateWindow()
    if isinstance(widget, Window) and (at := widget.focusWidget()) is not None:
        at.setFocus(Qt.FocusReason.OtherFocusReason)
    for _ in range(3):
        application.processEvents()


def put_away(application: QApplication, widget: QWidget) -> None:
    """Close ``widget`` and destroy it now: a new style sheet would else be worked out for every old window too."""
    widget.close()
    widget.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
