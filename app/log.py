"""Logs: constant text and fields as one JSON object a line; no payload of a card or resident at any level."""

import json
import logging
import sys
from datetime import UTC, datetime

if sys.platform != "win32":
    import resource

log = logging.getLogger(__name__)

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class _JsonLines(logging.Formatter):
    _written = json.JSONEncoder(ensure_ascii=False, default=repr)

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "name": record.name,
            "text": _text(record),
        }
        entry |= {name: value for name, value in vars(record).items() if name not in _STANDARD}
        if record.exc_info and record.exc_info[0] is not None:
            entry["error"] = record.exc_info[0].__name__
            entry["trace_back"] = _places(record)
        return self._written.encode(entry)


def to_stderr(level: int = logging.INFO) -> None:
    """Send this program's log to standard error, and of a crash its places: no values, no core file."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("httpx", "httpcore", "uvicorn.access", "alembic", "PIL"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    _quiet_crashes()


def _quiet_crashes() -> None:
    """Tracebacks name the exception's text, and core files hold everything: neither is written."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.excepthook = lambda kind, error, step: log.critical("not caught", exc_info=(kind, error, step))
    sys.unraisablehook = _not_heard


def _not_heard(gone: "sys.UnraisableHookArgs") -> None:
    error = gone.exc_value
    log.critical("not heard", exc_info=None if error is None else (type(error), error, gone.exc_traceback))


def _text(record: logging.LogRecord) -> str:
    """Ours are constant; of a library's only the first line of its pattern, for values are filled into the rest."""
    if record.name.partition(".")[0] in {"app", "__main__"}:
        return record.getMessage()
    return str(record.msg).partition("\n")[0]


def _places(record: logging.LogRecord) -> list[str]:
    """Files and lines only: an exception's text may carry what a resident said."""
    places: list[str] = []
    step = record.exc_info[2] if record.exc_info else None
    while step is not None:
        code = step.tb_frame.f_code
        places.append(f"{code.co_filename}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return places
