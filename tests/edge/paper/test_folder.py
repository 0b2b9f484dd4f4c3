"""Papers saved as files: whole, for this user only, under a name that says nothing; never instead of a printer."""

import stat
from pathlib import Path

import pytest

from app.domain.printing import JobState, JobStatus, PrintJob, PrintOrder
from app.errors import PrinterUnknown, PrintRefused, PrintServiceGone, TrayUnknown
from app.paper.folder import FolderQueue, Queues
from app.paper.queue import CupsQueue
from tests.edge.paper.test_queue import PDF, order

NAME = "PDF"


def test_a_file_is_there_as_a_whole_and_only_its_user_can_read_it(tmp_path: Path) -> None:
    queue = FolderQueue(tmp_path / "papers", NAME)
    wanted = order(NAME)
    job = queue.submit(PDF, wanted)
    (file,) = (tmp_path / "papers").iterdir()
    assert (file.name, file.read_bytes()) == (f"{wanted.title}.pdf", PDF)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert queue.status(job) == JobStatus(JobState.PRINTED)
    queue.cancel(job)
    assert queue.status(PrintJob(NAME, "m-of-nobody")) == JobStatus(JobState.LOST)


def test_the_same_name_is_never_written_over(tmp_path: Path) -> None:
    queue = FolderQueue(tmp_path, NAME)
    (tmp_path / "m-1.coming").touch()
    with pytest.raises(PrintRefused):
        queue.submit(PDF, PrintOrder(NAME, "m-1"))


def test_where_no_print_service_answers_a_paper_can_still_be_saved_and_no_printer_is_invented(tmp_path: Path) -> None:
    system = CupsQueue(server=str(tmp_path / "nobody"))
    with pytest.raises(PrintServiceGone):
        system.printers()
    queues = Queues(system, FolderQueue(tmp_path / "papers", NAME))
    (only,) = queues.printers()
    assert (only.name, only.is_file, only.place) == (NAME, True, str(tmp_path / "papers"))
    assert queues.status(queues.submit(PDF, order(NAME))).state is JobState.PRINTED
    with pytest.raises(PrintServiceGone):
        queues.submit(PDF, order("window"))
    with pytest.raises(PrinterUnknown):
        FolderQueue(tmp_path, NAME).submit(PDF, order("window"))
    with pytest.raises(TrayUnknown):
        queues.submit(PDF, order(NAME, "bottom"))
    assert len(list((tmp_path / "papers").iterdir())) == 1
