"""An error on its way between programs: code and data, never a sentence."""

import msgspec

from app.errors import AppError, CodeBlocked, NotUnderstood, Refused, ServerFault, WrongCode
from app.wire.message import Message


class Problem(Message, frozen=True):
    """An ``AppError`` as it travels. ``trace`` finds the request in both programs' logs."""

    code: str
    data: dict[str, str | int] = msgspec.field(default_factory=dict)
    trace: str = ""


def problem(error: AppError, trace: str) -> Problem:
    """``error`` made ready to travel."""
    return Problem(code=error.code, data=dict(error.data), trace=trace)


def error_of(problem: Problem) -> AppError:
    """The error that ``problem`` carries; an unknown code is a fault of the other side."""
    kind = _by_code(AppError).get(problem.code)
    match kind:
        case None:
            return ServerFault(trace=problem.trace)
        case _ if kind is Refused:
            data = dict(problem.data)
            return Refused(str(data.pop("reason", "unknown")), **data)
        case _ if issubclass(kind, WrongCode | CodeBlocked):
            return NotUnderstood(what=problem.code)
        case _:
            return kind(**problem.data)


def _by_code(root: type[AppError]) -> dict[str, type[AppError]]:
    found = {root.code: root}
    for child in root.__subclasses__():
        found |= _by_code(child)
    return found


def decode_problem(body: bytes) -> AppError:
    """The error in a refused answer's body."""
    try:
        return error_of(msgspec.json.decode(body, type=Problem))
    except msgspec.MsgspecError:
        return ServerFault(trace="")
