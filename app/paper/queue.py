"""CUPS: orders by ``lp`` and ``cancel``, fed through a pipe; printers and the true end of a job are read by IPP."""

import re
import shutil
import subprocess
from pathlib import Path

from app.domain.printing import (
    JobState,
    JobStatus,
    Printer,
    PrinterState,
    PrintJob,
    PrintOrder,
    Tray,
    plain_reasons,
    stopping,
)
from app.errors import PrinterRejects, PrinterUnknown, PrintRefused, PrintServiceGone, TrayUnknown
from app.paper.ipp import GET_JOB, GET_PRINTERS, NOT_FOUND, Group, PrintService

DOOR, CLIENT_FILE = "/run/cups/cups.sock", Path("/etc/cups/client.conf")
"""Where CUPS listens and where another server is named. Source: client.conf(5), published."""
_PRINTER = (
    "printer-name", "printer-info", "printer-location", "printer-state", "printer-state-reasons",
    "printer-is-accepting-jobs", "media-source-supported",
)  # fmt: skip
_PRINTER_STATES = {3: PrinterState.IDLE, 4: PrinterState.BUSY, 5: PrinterState.STOPPED}
_JOB_STATES = {
    3: JobState.WAITING,
    4: JobState.HELD,
    5: JobState.PRINTING,
    6: JobState.HELD,
    7: JobState.CANCELLED,
    8: JobState.ABORTED,
    9: JobState.PRINTED,
}
"""printer-state and job-state. Source: RFC 8011 sections 5.4.11 and 5.3.7, published. Their reasons are not enough:
CUPS 2.4 leaves "processing-to-stop-point" on a job that came out (measured)."""
_FAILED, _ASKED_TO_WAIT = "failed", "job-hold-until-specified"
_TAKEN = re.compile(r"^request id is (?P<printer>.+)-(?P<job>\d+) \(")
_TIMEOUT_S = 15.0


class CupsQueue:
    """The printers of a CUPS server. ``server``: as CUPS_SERVER says it; "": client.conf's, else this PC's own.

    cupsd keeps a document as long as its ``PreserveJobFiles`` says, a day by itself: an office sets it to ``No``.
    """

    def __init__(self, server: str = "") -> None:
        self._server = server or _named_server(CLIENT_FILE) or DOOR
        self._service = PrintService(self._server)

    def printers(self) -> tuple[Printer, ...]:
        answer = self._service.ask(GET_PRINTERS, _PRINTER)
        if not answer.is_good and answer.status != NOT_FOUND:
            raise PrintServiceGone
        found = (_printer(group) for group in answer.groups if "printer-name" in group)
        return tuple(sorted(found, key=lambda one: one.name))

    def submit(self, pdf: bytes, order: PrintOrder) -> PrintJob:
        self._demand(order.printer, order.tray)
        tray = ("-o", f"media-col={{media-source={order.tray}}}") if order.tray else ()
        words = ("-d", order.printer, "-t", order.title, "-n", str(order.copies), *tray, "-")
        done = self._run("lp", words, pdf)
        taken = _TAKEN.match(done.stdout.decode(errors="replace"))
        if done.returncode or taken is None or taken["printer"] != order.printer:
            self._demand(order.printer)
            raise PrintRefused(printer=order.printer)
        return PrintJob(order.printer, taken["job"])

    def status(self, job: PrintJob) -> JobStatus:
        uri = f"ipp://localhost/jobs/{job.job}"
        answer = self._service.ask(GET_JOB, ("job-state", "job-state-reasons", "job-printer-uri"), job_uri=uri)
        if answer.status == NOT_FOUND:
            return JobStatus(JobState.LOST)
        if not answer.is_good or not answer.groups:
            raise PrintServiceGone
        (said, *_) = answer.groups
        if not _text(said, "job-printer-uri").endswith(f"/{job.printer}"):
            return JobStatus(JobState.LOST)
        state = _JOB_STATES.get(_number(said, "job-state"), JobState.LOST)
        return self._why(job, state, _texts(said, "job-state-reasons"))

    def cancel(self, job: PrintJob) -> None:
        done = self._run("cancel", (f"{job.printer}-{job.job}",))
        if done.returncode and not self.status(job).is_over:
            raise PrintRefused(printer=job.printer)

    def _why(self, job: PrintJob, state: JobState, reasons: tuple[str, ...]) -> JobStatus:
        """What keeps it: the printer says it, not the job."""
        if state not in {JobState.WAITING, JobState.PRINTING, JobState.HELD}:
            return JobStatus(state)
        printer = next((one for one in self.printers() if one.name == job.printer), None)
        causes = () if printer is None else stopping(printer.reasons)
        if state is JobState.HELD and not causes:
            causes = () if _ASKED_TO_WAIT in reasons else (_FAILED,)
        elif printer is not None and printer.state is PrinterState.STOPPED and not causes:
            causes = ("paused",)
        return JobStatus(JobState.HELD if causes else state, causes)

    def _demand(self, name: str, tray: str = "") -> None:
        """Errors: PrinterUnknown, TrayUnknown, PrinterRejects. ``lp`` is not trusted with what is not there."""
        found = next((one for one in self.printers() if one.name == name), None)
        if found is None:
            raise PrinterUnknown(printer=name)
        if not found.accepts:
            raise PrinterRejects(printer=name)
        if tray and tray not in {one.name for one in found.trays}:
            raise TrayUnknown(printer=name, tray=tray)

    def _run(self, program: str, words: tuple[str, ...], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        path = shutil.which(program)
        if path is None:
            raise PrintServiceGone
        around = {"CUPS_SERVER": self._server, "LC_ALL": "C"}
        told = [path, *words]
        try:
            return subprocess.run(told, input=given, capture_output=True, env=around, timeout=_TIMEOUT_S, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PrintServiceGone from error


def _printer(group: Group) -> Printer:
    trays = tuple(Tray(name, name) for name in _texts(group, "media-source-supported") if name != "auto")
    return Printer(
        name=_text(group, "printer-name"),
        place=_text(group, "printer-location") or _text(group, "printer-info"),
        state=_PRINTER_STATES.get(_number(group, "printer-state"), PrinterState.STOPPED),
        accepts=group.get("printer-is-accepting-jobs", (False,))[0] is True,
        reasons=plain_reasons(_texts(group, "printer-state-reasons")),
        trays=trays,
    )


def _texts(group: Group, name: str) -> tuple[str, ...]:
    return tuple(one for one in group.get(name, ()) if isinstance(one, str))


def _text(group: Group, name: str) -> str:
    return next(iter(_texts(group, name)), "")


def _number(group: Group, name: str) -> int:
    return next((one for one in group.get(name, ()) if isinstance(one, int)), 0)


def _named_server(file: Path) -> str:
    """``ServerName`` of client.conf, "" where none is named."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    named = (line.split() for line in lines if line.strip().lower().startswith("servername "))
    return next((words[1].partition("/")[0] if "://" not in words[1] else "" for words in named), "")
