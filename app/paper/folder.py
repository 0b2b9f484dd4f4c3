"""Papers as files: a queue whose printer is a folder of this PC; each order is one whole PDF, or nothing."""

import errno
import os
from pathlib import Path

from app.domain.printing import JobState, JobStatus, Printer, PrinterState, PrintJob, PrintOrder
from app.errors import DiskFull, PrinterUnknown, PrintRefused, PrintServiceGone, TrayUnknown
from app.services.ports.printing import Printing

_OWNER_ONLY = 0o700


class FolderQueue:
    """One printer, ``name``; its files can be read by this PC's user only. The folder is made when it is first needed.

    A file lies there in clear, outside the program's own stores: an office offers this where it wants that.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name

    def printers(self) -> tuple[Printer, ...]:
        return (Printer(self._name, str(self._folder), PrinterState.IDLE, accepts=True, is_file=True),)

    def submit(self, pdf: bytes, order: PrintOrder) -> PrintJob:
        """Errors besides those of the port: DiskFull."""
        if order.printer != self._name:
            raise PrinterUnknown(printer=order.printer)
        if order.tray:
            raise TrayUnknown(printer=order.printer, tray=order.tray)
        file = self._file(order.title)
        try:
            self._folder.mkdir(_OWNER_ONLY, parents=True, exist_ok=True)
            _write_whole(file, pdf)
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise DiskFull from error
            raise PrintRefused(printer=self._name) from error
        return PrintJob(self._name, order.title)

    def status(self, job: PrintJob) -> JobStatus:
        return JobStatus(JobState.PRINTED if self._file(job.job).exists() else JobState.LOST)

    def cancel(self, job: PrintJob) -> None:
        """Nothing is left to stop: a file is there as a whole or not at all."""

    def _file(self, title: str) -> Path:
        return self._folder / f"{title}.pdf"


class Queues:
    """The system's printers, and a folder where one is offered. Each order goes where its name is, nowhere else."""

    def __init__(self, system: Printing, folder: FolderQueue) -> None:
        self._system, self._folder = system, folder
        (only,) = folder.printers()
        self._own = only.name

    def printers(self) -> tuple[Printer, ...]:
        """The folder last; alone where the system's service does not answer, as on a PC that has none."""
        try:
            found = self._system.printers()
        except PrintServiceGone:
            found = ()
        return (*found, *self._folder.printers())

    def submit(self, pdf: bytes, order: PrintOrder) -> PrintJob:
        return self._of(order.printer).submit(pdf, order)

    def status(self, job: PrintJob) -> JobStatus:
        return self._of(job.printer).status(job)

    def cancel(self, job: PrintJob) -> None:
        self._of(job.printer).cancel(job)

    def _of(self, printer: str) -> Printing:
        return self._folder if printer == self._own else self._system


def _write_whole(file: Path, content: bytes) -> None:
    """Whole and on the disk, or not there."""
    coming = file.with_suffix(".coming")
    descriptor = os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        coming.rename(file)
    except OSError:
        coming.unlink(missing_ok=True)
        raise
