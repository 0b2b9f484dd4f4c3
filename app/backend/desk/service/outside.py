"""来庁以外の受付: what came by post or telephone, or what the office begins itself; nobody is turned away."""

from dataclasses import replace
from datetime import UTC, datetime, time

from app.backend.desk.ports import Case, DeskUnit, Taken
from app.backend.desk.ports.book import Holding, KeptPaper
from app.backend.desk.service.cases import RECEPTION
from app.backend.desk.service.clocks import start_clocks
from app.backend.desk.service.papers import PRESENT
from app.backend.desk.service.shelf import VISIT
from app.domain.act import act_of
from app.domain.application import Act, State
from app.domain.call import Call
from app.domain.clock import TOKYO
from app.domain.procedure import Procedure
from app.errors import NotUnderstood, Refused
from app.wire.desk import HandIn
from app.wire.desk_book import ReceiveOutside

CHANNELS = frozenset({"post", "phone", "office"})
TO_ENTER = "to_enter"
"""Why such an application lies with its author: what stands on the paper is still to be entered."""
_LONGEST_NOTE = 500


def demand_outside(call: Call, procedure: Procedure, asked: ReceiveOutside) -> None:
    """Errors: NotUnderstood; Refused ``receipt_in_future``."""
    if asked.channel not in CHANNELS:
        raise NotUnderstood(what="channel")
    if not set(asked.papers) <= {one.id for one in procedure.papers}:
        raise NotUnderstood(what="paper")
    if asked.arrived_on > call.day:
        raise Refused("receipt_in_future")


def outside_hand_in(call: Call, asked: ReceiveOutside) -> HandIn:
    """It as a hand-in; it belongs to no visit, so its own identifier stands for one."""
    noon = datetime.combine(asked.arrived_on, time(12), TOKYO).astimezone(UTC)
    return HandIn(
        application_id=asked.application_id,
        visit_id=asked.application_id,
        procedure=asked.procedure,
        roles=asked.roles,
        facts=asked.facts,
        evidence=asked.evidence,
        reached_at=min(noon, call.at),
    )


def to_be_entered(call: Call, case: Case, asked: ReceiveOutside) -> Case:
    """Received with its number and date, and lying with its author: the review begins once it is entered."""
    back = Taken(
        act=Act.RETURN.value,
        step=RECEPTION,
        outcome="returned",
        staff_id=call.actor.staff_id,
        name=call.actor.name,
        at=call.at,
        reason=TO_ENTER,
        note=asked.note.strip()[:_LONGEST_NOTE],
        looked=(),
    )
    return replace(case, state=State.RETURNED.value, steps=(*case.steps, back))


def lay_in_book(unit: DeskUnit, call: Call, procedure: Procedure, case: Case, outside: ReceiveOutside | None) -> None:
    """A new case stands in the book: the section in charge has it, nobody yet; its periods run."""
    channel = VISIT if outside is None else outside.channel
    unit.keep_holding(Holding(case.municipality, case.application_id, 1, procedure.section, "", "", call.at, channel))
    start_clocks(unit, procedure, case)
    if outside is None:
        return
    for name in dict.fromkeys(outside.papers):
        paper = KeptPaper(case.municipality, case.application_id, name, 1, PRESENT, call.actor.name, call.at)
        unit.keep_paper(paper)
    what = {"channel": channel, "arrived": outside.arrived_on.isoformat(), "entered": call.day.isoformat()}
    unit.record(act_of(call, "application.came", visit=case.visit_id, about=case.application_id, **what))
