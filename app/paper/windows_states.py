"""Windows: what its spooler says of printers and jobs, in the words that all queues share. Pure; source: published."""

from app.domain.printing import JobState, JobStatus, PrinterState

_PAUSED, _ERROR, _DELETING, _JAM, _NO_PAPER, _MANUAL = 0x1, 0x2, 0x4, 0x8, 0x10, 0x20
_PRINTER_REASONS = {
    _PAUSED: "paused", _JAM: "media-jam", _NO_PAPER: "media-empty", _MANUAL: "media-needed", 0x80: "offline",
    0x800: "output-area-full", 0x40000: "toner-empty", 0x400000: "door-open", 0x1000: "offline", _ERROR: "stopped",
}  # fmt: skip
"""PRINTER_STATUS_*: bit → keyword of RFC 8011."""
_BUSY = 0x400 | 0x4000
"""PRINTER_STATUS_PRINTING, _PROCESSING."""
_STOPPED = _PAUSED | _ERROR | _JAM | _NO_PAPER | _MANUAL | 0x80 | 0x1000 | 0x400000
_JOB_PAUSED, _JOB_ERROR, _JOB_DELETING, _JOB_SPOOLING, _JOB_PRINTING = 0x1, 0x2, 0x4, 0x8, 0x10
_JOB_OFFLINE, _JOB_PAPEROUT, _JOB_PRINTED, _JOB_DELETED, _JOB_BLOCKED, _JOB_USER = 0x20, 0x40, 0x80, 0x100, 0x200, 0x400
_JOB_COMPLETE = 0x1000
"""JOB_STATUS_* of the Windows API."""
_JOB_REASONS = {
    _JOB_PAPEROUT: "media-empty",
    _JOB_OFFLINE: "offline",
    _JOB_PAUSED: "paused",
    _JOB_ERROR: "failed",
    _JOB_BLOCKED: "failed",
    _JOB_USER: "stopped",
}


def printer_reasons(status: int) -> tuple[str, ...]:
    """Why a printer stands still, from its status bits."""
    return tuple(dict.fromkeys(word for bit, word in _PRINTER_REASONS.items() if status & bit))


def printer_state(status: int) -> PrinterState:
    """What a printer does, from its status bits."""
    if status & _STOPPED:
        return PrinterState.STOPPED
    return PrinterState.BUSY if status & _BUSY else PrinterState.IDLE


def accepts(status: int) -> bool:
    """Whether orders are taken: a printer that is being deleted takes none."""
    return not status & _DELETING


def job_status(bits: int) -> JobStatus:
    """How a job stands, from its status bits; one that is printed or deleted is over."""
    if bits & (_JOB_DELETED | _JOB_DELETING):
        return JobStatus(JobState.CANCELLED)
    if bits & (_JOB_PRINTED | _JOB_COMPLETE):
        return JobStatus(JobState.PRINTED)
    causes = tuple(dict.fromkeys(word for bit, word in _JOB_REASONS.items() if bits & bit))
    if causes:
        return JobStatus(JobState.HELD, causes)
    return JobStatus(JobState.PRINTING if bits & (_JOB_PRINTING | _JOB_SPOOLING) else JobState.WAITING)
