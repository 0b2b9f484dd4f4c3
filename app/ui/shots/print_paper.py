"""Pictures of printing: a paper before it goes out, where it goes, what stands in the way, how it ended."""

from functools import partial

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from app.domain.form import FaultKind, FormContent, PaperFault
from app.domain.print_rules import parse_print_rules
from app.domain.printing import JobState, JobStatus, PrintChoice, Printer, PrinterState, PrintJob, Tray
from app.services.paper import Paper, PaperMark
from app.services.print_paper import Sent
from app.ui.flows.print_acts import JobSeen
from app.ui.flows.print_words import CANCEL_AFTER_S, PrintWords
from app.ui.kit import Kit
from app.ui.resources import read_toml
from app.ui.screens.print_paper import PaperShown, PrintScreen
from app.ui.shots.gallery import png_of
from app.ui.shots.stage import Shot, Stage

_PAGE = (910, 1286)
_TRAYS = (Tray("top", "top"), Tray("bottom", "bottom"))


def shots(stage: Stage) -> tuple[Shot, ...]:
    """The screen in its states."""
    return (
        Shot("48-print", partial(_ready, stage)),
        Shot("48-print-faults", partial(_ready, stage, faults=True)),
        Shot("48-print-held-back", partial(_ready, stage, faults=True, holds=True)),
        Shot("48-print-no-printer", partial(_no_printer, stage)),
        Shot("48-print-late", partial(_late, stage)),
        Shot("48-print-waiting", partial(_job, stage, JobStatus(JobState.WAITING))),
        Shot("48-print-printing", partial(_job, stage, JobStatus(JobState.PRINTING), 3.0)),
        Shot("48-print-out-of-paper", partial(_job, stage, JobStatus(JobState.HELD, ("media-empty",)))),
        Shot("48-print-paused", partial(_job, stage, JobStatus(JobState.HELD, ("paused",)), CANCEL_AFTER_S)),
        Shot("48-print-printed", partial(_job, stage, JobStatus(JobState.PRINTED))),
        Shot("48-print-printed-single", partial(_job, stage, JobStatus(JobState.PRINTED), single=True)),
        Shot("48-print-cancelled", partial(_job, stage, JobStatus(JobState.CANCELLED))),
        Shot("48-print-aborted", partial(_job, stage, JobStatus(JobState.ABORTED))),
        Shot("48-print-lost", partial(_job, stage, JobStatus(JobState.LOST))),
    )


def _printers(stage: Stage) -> tuple[Printer, ...]:
    place = stage.sample["print"]
    return (
        Printer(place["printer"], place["place"], PrinterState.IDLE, accepts=True, trays=_TRAYS),
        Printer(place["other"], place["other_place"], PrinterState.STOPPED, accepts=True, reasons=("media-empty",)),
        _folder(stage),
    )


def _folder(stage: Stage) -> Printer:
    place = stage.sample["print"]
    return Printer(place["file"], place["folder"], PrinterState.IDLE, accepts=True, is_file=True)


def _screen(stage: Stage, *, single: bool = False) -> PrintScreen:
    place = stage.sample["print"]
    screen = PrintScreen(stage.kit)
    screen.show_paper(PaperShown(place["title"], (_page(place["title"]),), single=single))
    screen.show_printers(_printers(stage), PrintChoice(place["printer"], "bottom"))
    screen.show_ready()
    return screen


def _ready(stage: Stage, *, faults: bool = False, holds: bool = False) -> QWidget:
    screen = _screen(stage)
    if faults:
        screen.show_pages(_faulty(stage.kit, stage.sample["print"], holds=holds))
    return stage.window(screen)


def _faulty(kit: Kit, place: dict[str, str], *, holds: bool) -> PaperShown:
    """Each kind of fault; those that hold a paper back where they shall."""
    found = [
        PaperFault(FaultKind.VARIANT, place["item"], place["variant"]),
        PaperFault(FaultKind.SHRUNK, place["long_item"], "8"),
    ]
    if holds:
        found += [
            PaperFault(FaultKind.MISSING, place["item"], place["missing"]),
            PaperFault(FaultKind.OVERFLOW, place["long_item"], "7"),
        ]
    nothing = FormContent("", "", "", "", "", "", "", (), (), (), "")
    paper = Paper(place["title"], PaperMark("notice"), nothing, (_page(place["title"]),), tuple(found))
    return PrintWords(kit).paper(place["title"], paper, parse_print_rules(read_toml("tables", "printing.toml")))


def _no_printer(stage: Stage) -> QWidget:
    screen = _screen(stage)
    screen.show_printers((_folder(stage),), None)
    return stage.window(screen)


def _late(stage: Stage) -> QWidget:
    place, screen = stage.sample["print"], PrintScreen(stage.kit)
    screen.show_paper(PaperShown(place["late"], (), single=True))
    screen.show_printers(_printers(stage), PrintChoice(place["printer"], "bottom"))
    screen.show_ready()
    return stage.window(screen)


def _job(stage: Stage, status: JobStatus, for_s: float = 0.0, *, single: bool = False) -> QWidget:
    place, screen = stage.sample["print"], _screen(stage, single=single)
    window = stage.window(screen)
    mark = PaperMark("notice", is_single=single)
    sent = Sent(PrintJob(place["printer"], "17"), mark, "m-0123456789ab", 1, 1)
    screen.show_job(PrintWords(stage.kit).job(JobSeen(sent, None, for_s), status))
    return window


def _page(title: str) -> bytes:
    """A page that only stands for one."""
    image = QImage(*_PAGE, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.drawText(400, 120, title)
    for line in range(14):
        painter.drawRect(QRect(95, 200 + line * 40, 720, 40))
    painter.end()
    return png_of(image)
