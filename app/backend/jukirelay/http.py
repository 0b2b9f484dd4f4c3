"""What the boundary offers: one path to the register, one to the communication server, the rest to staff."""

from collections.abc import Callable, Sequence

from app.backend.jukirelay.service.recording import READ, REPORT, Recording
from app.backend.jukirelay.service.steering import CALENDAR, RELOAD, SEE, TEND, Steering
from app.backend.jukirelay.service.systems import MANAGE, SystemService
from app.errors import AppError
from app.link.letters import letter_endpoint
from app.wire import jukirelay_staff as wire
from app.wire.endpoint import Endpoint
from app.wire.letter import Letter
from app.wire.message import Nothing

FROM_REGISTER, FROM_NETWORK = "/jukirelay/v1/register", "/jukirelay/v1/wide-area"
Answers = Callable[[Sequence[Letter]], list[Letter | AppError]]


def letter_endpoints(register: Answers, wide_area: Answers) -> tuple[Endpoint, ...]:
    """Who else may connect: the register at its path, and the network's side at wide-area issue, and nowhere else."""
    return letter_endpoint(FROM_REGISTER, "register", register), letter_endpoint(FROM_NETWORK, "jukinet", wide_area)


def endpoints(steering: Steering, recording: Recording, systems: SystemService) -> tuple[Endpoint, ...]:
    """What staff see and steer; each right is asked again inside."""
    at = "/jukirelay/v1"
    return (
        Endpoint(
            path=f"{at}/state", act=SEE, takes=wire.AskForwarding, gives=wire.Forwarding, does=steering.forwarding
        ),
        Endpoint(
            path=f"{at}/calendar", act=SEE, takes=wire.AskCalendar, gives=wire.CalendarView, does=steering.calendar
        ),
        Endpoint(path=f"{at}/span", act=CALENDAR, takes=wire.ProposeSpan, gives=wire.SpanRow, does=steering.propose),
        Endpoint(path=f"{at}/span/end", act=CALENDAR, takes=wire.EndSpan, gives=wire.SpanRow, does=steering.end),
        Endpoint(
            path=f"{at}/span/decide", act=CALENDAR, takes=wire.DecideSpan, gives=wire.SpanRow, does=steering.decide
        ),
        Endpoint(path=f"{at}/halted", act=TEND, takes=wire.AskHalted, gives=wire.Halted, does=steering.halted),
        Endpoint(
            path=f"{at}/halted/settle",
            act=TEND,
            takes=wire.SettleHalted,
            gives=wire.HaltedSettled,
            does=steering.settle,
        ),
        Endpoint(path=f"{at}/reload", act=RELOAD, takes=wire.ReloadReplica, gives=Nothing, does=steering.reload),
        Endpoint(path=f"{at}/linkage", act=READ, takes=wire.AskLinkage, gives=wire.Linkage, does=recording.linkage),
        Endpoint(path=f"{at}/card", act=REPORT, takes=wire.ReportCard, gives=wire.Queued, does=recording.card),
        Endpoint(path=f"{at}/delivery", act=REPORT, takes=wire.AskDelivery, gives=wire.Queued, does=recording.delivery),
        Endpoint(path=f"{at}/systems", act=MANAGE, takes=wire.AskSystems, gives=wire.Systems, does=systems.systems),
        Endpoint(
            path=f"{at}/system", act=MANAGE, takes=wire.EnterSystem, gives=wire.SystemPassword, does=systems.enter
        ),
        Endpoint(path=f"{at}/system/close", act=MANAGE, takes=wire.CloseSystem, gives=Nothing, does=systems.close),
    )
