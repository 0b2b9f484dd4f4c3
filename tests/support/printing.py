"""Printing in a window under test: the real desk over a real queue, by itself a folder of files."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from app.client.printing import shipped_print_rules
from app.domain.clock import SystemRandom
from app.domain.printing import PrintChoice
from app.paper.folder import FolderQueue
from app.paper.press import FormPress
from app.services.ports.memory import Journal
from app.services.ports.printing import Printing
from app.services.ports.seat import Press
from app.services.print_paper import PrintPaper, PrintParts
from app.shipped import resource
from app.ui.background import Lane
from app.ui.flows.print_acts import PrintActs
from app.ui.flows.print_paper import PrintDesk
from app.ui.kit import Kit
from app.ui.window import Window

FILES = "PDFに保存"


@cache
def forms() -> FormPress:
    """One press for all: it looks for the fonts once."""
    return FormPress(resource("forms"))


class KnownChoices:
    """``PrintChoices`` as a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], PrintChoice] = {}

    def choice(self, staff_id: str, form: str) -> PrintChoice | None:
        return self.kept.get((staff_id, form))

    def keep_choice(self, staff_id: str, form: str, choice: PrintChoice) -> None:
        self.kept[staff_id, form] = choice


class NotAsked:
    """An office that is there. ``asked``: how often somebody asked; ``refusal``: what it says instead.

    ``is_restrained``: somebody on the paper is.
    """

    def __init__(self) -> None:
        self.asked = 0
        self.refusal: Exception | None = None
        self.is_restrained = False

    def __call__(self, *_: object) -> bool:
        self.asked += 1
        if self.refusal is not None:
            raise self.refusal
        return self.is_restrained


class Printed:
    """A desk for printing in ``window``, with lanes of its own; ``pdfs`` are what a folder took."""

    def __init__(
        self,
        face: tuple[Kit, Window],
        press: Callable[[], Press],
        journal: Journal,
        folder: Path,
        queue: Printing | None = None,
    ) -> None:
        self.folder, self.choices, self.live = folder, KnownChoices(), NotAsked()
        self.lanes = (Lane("printing"), Lane("asking"))
        parts = PrintParts(queue or FolderQueue(folder, FILES), forms(), self.choices, self.live)
        use_case = PrintPaper(parts, journal, shipped_print_rules(), SystemRandom())
        self.desk = PrintDesk(*face, PrintActs(press, *self.lanes, use_case))

    def pdfs(self) -> list[bytes]:
        return [file.read_bytes() for file in sorted(self.folder.glob("*.pdf"))]

    def close(self) -> None:
        self.desk.end()
        assert all(lane.close() for lane in self.lanes)
