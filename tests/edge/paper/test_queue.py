"""Printing on a real cupsd: what the queue says in the end is what is said here, whatever happens on the way."""

from collections.abc import Iterator

import pytest

from app.domain.clock import SystemRandom
from app.domain.printing import JobState, JobStatus, PrinterState, PrintJob, PrintOrder, job_title
from app.errors import PrinterRejects, PrinterUnknown, PrintRefused, PrintServiceGone, TrayUnknown
from app.paper.queue import CupsQueue
from tests.support.cups import Cups, private_cups
from tests.support.process import wait_for

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 300


def order(printer: str, tray: str = "", copies: int = 1) -> PrintOrder:
    return PrintOrder(printer, job_title(SystemRandom()), tray, copies)


def end_of(queue: CupsQueue, job: PrintJob) -> JobStatus:
    wait_for(lambda: queue.status(job).is_over, "the end of a job")
    return queue.status(job)


def test_a_paper_comes_out_byte_for_byte_under_a_name_that_says_nothing(cups: Cups) -> None:
    sheets = cups.add("window", "1階 3番窓口")
    wanted = order("window", "bottom", copies=2)
    job = cups.queue.submit(PDF, wanted)
    assert end_of(cups.queue, job) == JobStatus(JobState.PRINTED)
    assert sheets.printed() == [PDF]
    title, copies, options = sheets.told()
    assert (title, copies) == (wanted.title, "2")
    assert "InputSlot=Lower" in options
    assert [(one.name, one.place, [tray.name for tray in one.trays]) for one in cups.queue.printers()] == [
        ("window", "1階 3番窓口", ["top", "bottom"])
    ]


def test_a_name_or_a_tray_that_is_not_there_is_refused_and_nothing_goes_to_the_default_printer(cups: Cups) -> None:
    default = cups.add("default")
    cups.make_default("default")
    with pytest.raises(PrinterUnknown):
        cups.queue.submit(PDF, order("no-such-printer"))
    with pytest.raises(TrayUnknown):
        cups.queue.submit(PDF, order("default", "seal-paper"))
    last = cups.queue.submit(PDF, order("default"))
    end_of(cups.queue, last)
    assert default.jobs() == {last.job}


def test_without_paper_a_job_is_held_and_says_why_until_there_is_some(cups: Cups) -> None:
    sheets = cups.add("starved")
    sheets.take_paper_out()
    job = cups.queue.submit(PDF, order("starved"))
    held = JobStatus(JobState.HELD, ("media-empty",))
    wait_for(lambda: cups.queue.status(job) == held, "a printer without paper")
    assert not next(one for one in cups.queue.printers() if one.name == "starved").is_ready
    assert sheets.printed() == []
    sheets.put_paper_in()
    assert end_of(cups.queue, job).state is JobState.PRINTED
    assert sheets.printed() == [PDF]


def test_at_a_paused_printer_a_job_waits_and_can_be_cancelled(cups: Cups) -> None:
    sheets = cups.add("paused")
    cups.pause("paused")
    job = cups.queue.submit(PDF, order("paused"))
    wait_for(lambda: cups.queue.status(job) == JobStatus(JobState.HELD, ("paused",)), "a paused printer")
    assert next(one for one in cups.queue.printers() if one.name == "paused").state is PrinterState.STOPPED
    cups.queue.cancel(job)
    assert end_of(cups.queue, job) == JobStatus(JobState.CANCELLED)
    cups.queue.cancel(job)
    cups.resume("paused")
    assert sheets.printed() == []


def test_a_printer_that_takes_nothing_refuses_and_the_job_is_not_lost_in_silence(cups: Cups) -> None:
    cups.add("closed")
    cups.reject("closed")
    with pytest.raises(PrinterRejects):
        cups.queue.submit(PDF, order("closed"))
    assert not next(one for one in cups.queue.printers() if one.name == "closed").accepts


def test_a_printer_that_breaks_down_never_counts_as_printed(cups: Cups) -> None:
    sheets = cups.add("broken")
    sheets.break_down()
    job = cups.queue.submit(PDF, order("broken"))
    wait_for(lambda: cups.queue.status(job).state in {JobState.HELD, JobState.ABORTED}, "a failure")
    assert sheets.printed() == []


def test_a_job_that_the_queue_does_not_know_is_lost_and_not_printed(cups: Cups) -> None:
    cups.add("known")
    cups.add("other")
    job = cups.queue.submit(PDF, order("known"))
    end_of(cups.queue, job)
    assert cups.queue.status(PrintJob("known", "99999")) == JobStatus(JobState.LOST)
    assert cups.queue.status(PrintJob("other", job.job)) == JobStatus(JobState.LOST)


@pytest.fixture
def ending() -> Iterator[Cups]:
    """A cupsd that a test may end."""
    with private_cups(serves=False) as daemon:
        yield daemon


def test_when_the_service_is_gone_nobody_says_printed_and_its_answer_comes_when_it_is_back(ending: Cups) -> None:
    with ending.serving():
        ending.add("window")
        ending.pause("window")
        job = ending.queue.submit(PDF, order("window"))
    for ask in (
        ending.queue.printers,
        lambda: ending.queue.status(job),
        lambda: ending.queue.submit(PDF, order("window")),
    ):
        with pytest.raises(PrintServiceGone):
            ask()
    with pytest.raises((PrintServiceGone, PrintRefused)):
        ending.queue.cancel(job)
    with ending.serving():
        ending.resume("window")
        assert end_of(ending.queue, job).state is JobState.PRINTED
