"""A paper as pictures, for printers that take no PDF; what Windows says of jobs, in the words of all queues."""

from dataclasses import replace

import pytest
from PIL import ImageChops

from app.domain.printing import JobState, JobStatus, PrinterState
from app.errors import FormFault
from app.paper.raster import draw_pages
from app.paper.windows_states import accepts, job_status, printer_reasons, printer_state
from tests.edge.paper.test_press import PRESS, content
from tests.support.pictures import picture_of


def test_every_page_is_drawn_as_it_was_shown() -> None:
    paper = replace(content("notice"), instruction=("審査請求。" * 700,))
    drawn, shown = draw_pages(PRESS.press(paper), 60), PRESS.press_pages(paper, 60)
    assert len(drawn) == len(shown) > 1
    for one, other in zip(map(picture_of, drawn), map(picture_of, shown), strict=True):
        assert one.size == other.size
        different = ImageChops.difference(one.convert("L"), other.convert("L")).point(lambda dot: 255 * (dot > 128))
        assert different.histogram()[255] < 0.01 * one.width * one.height


def test_what_is_no_pdf_is_a_fault() -> None:
    with pytest.raises(FormFault):
        draw_pages(b"%PDF-1.7 /Type/Page nothing", 60)


@pytest.mark.parametrize(
    ("bits", "status"),
    [
        (0x0, JobStatus(JobState.WAITING)),
        (0x8 | 0x10, JobStatus(JobState.PRINTING)),
        (0x10 | 0x40, JobStatus(JobState.HELD, ("media-empty",))),
        (0x1, JobStatus(JobState.HELD, ("paused",))),
        (0x2 | 0x20, JobStatus(JobState.HELD, ("offline", "failed"))),
        (0x80 | 0x2000, JobStatus(JobState.PRINTED)),
        (0x1000, JobStatus(JobState.PRINTED)),
        (0x4, JobStatus(JobState.CANCELLED)),
        (0x100 | 0x80, JobStatus(JobState.CANCELLED)),
    ],
)
def test_a_job_of_windows_is_printed_only_when_windows_says_so(bits: int, status: JobStatus) -> None:
    assert job_status(bits) == status


def test_a_printer_of_windows_says_why_it_stands_still() -> None:
    assert (printer_state(0x10), printer_reasons(0x10)) == (PrinterState.STOPPED, ("media-empty",))
    assert (printer_state(0x400), printer_reasons(0x400)) == (PrinterState.BUSY, ())
    assert printer_state(0) is PrinterState.IDLE
    assert accepts(0)
    assert not accepts(0x4)
