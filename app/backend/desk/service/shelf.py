"""Where a case of the reception book stands: whose it is, its steps, its periods; and who may know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.backend.desk.ports import Case, DeskUnit
from app.backend.desk.ports.book import Holding, KeptClock, KeptStage, PaperRequest
from app.backend.desk.service.cases import application_of
from app.domain.application import Application, waits_for
from app.domain.call import Call
from app.domain.case_track import Standing, left_open, standing
from app.domain.procedure import EXAMINATION, Procedure
from app.domain.resident_state import resident_state
from app.domain.rights import ANY, allowed
from app.errors import NotAllowed
from app.wire.desk_book import BookRow

READ, TEND, ASSIGN, RECEIVE = "application.read", "case.tend", "case.assign", "application.receive"
VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Beside:
    """What is kept beside a case. ``requests``: the oldest first."""

    holding: Holding | None = None
    stages: Mapping[str, KeptStage] = field(default_factory=dict)
    clocks: Mapping[str, KeptClock] = field(default_factory=dict)
    requests: Sequence[PaperRequest] = ()

    @property
    def asked(self) -> PaperRequest | None:
        """The letter that waits for an answer."""
        return next((one for one in self.requests if one.state == "open"), None)

    @property
    def soonest(self) -> KeptClock | None:
        """The period that ends first."""
        return min(self.clocks.values(), key=lambda one: one.last_day, default=None)


def beside(unit: DeskUnit, municipality: str, ids: Sequence[str]) -> dict[str, Beside]:
    """By case."""
    holdings, stages = unit.holdings(municipality, ids), unit.stages(municipality, ids)
    clocks, requests = unit.clocks(municipality, ids), unit.requests(municipality, ids)
    return {
        one: Beside(holdings.get(one), stages.get(one, {}), clocks.get(one, {}), requests.get(one, ())) for one in ids
    }


class Shelf:
    """``procedures``: id → procedure."""

    def __init__(self, procedures: Mapping[str, Procedure]) -> None:
        self.procedures = procedures

    def reached(self, call: Call, right: str) -> tuple[str, ...]:
        """The procedures for which this person has the right."""
        return tuple(name for name in self.procedures if allowed(call.actor, right, name, ANY, day=call.day))

    def sections(self, call: Call, right: str = TEND) -> frozenset[str]:
        """The sections that this person works in."""
        return frozenset(self.procedures[name].section for name in self.reached(call, right))

    def found(self, unit: DeskUnit, call: Call, application_id: str, right: str) -> tuple[Case, Procedure]:
        """A case, if the right covers it; else it looks as if it did not exist."""
        case = unit.case(call.municipality, application_id)
        procedure = None if case is None else self.procedures.get(case.procedure)
        if case is None or procedure is None:
            raise NotAllowed
        call.demand(right, case.procedure)
        return case, procedure


def holding_of(case: Case, procedure: Procedure, known: Holding | None) -> Holding:
    """Who has it; nobody of the section in charge where nothing is kept."""
    if known is not None:
        return known
    return Holding(case.municipality, case.application_id, 0, procedure.section, "", "", case.reached_at)


def waits_at(procedure: Procedure, application: Application, stages: Mapping[str, KeptStage]) -> str:
    """The step that a case waits for: one of the long case before the examination is done."""
    kept = {name: one.stage for name, one in stages.items()}
    name = waits_for(application)
    if name == EXAMINATION and left_open(procedure, kept):
        order = (Standing.OPEN, Standing.DUE)
        long = [(standing(procedure, application, kept, one), one.id) for one in procedure.steps if one.phase]
        return next((step for wanted in order for found, step in long if found is wanted), name)
    if not name:
        long = [(standing(procedure, application, kept, one), one.id) for one in procedure.steps if one.phase]
        return next((step for found, step in long if found in {Standing.OPEN, Standing.DUE}), "")
    return name


def row_of(call: Call, procedure: Procedure, case: Case, kept: Beside) -> BookRow:
    """A line of the book. Names stand there for who may read the case, and for who received it."""
    may_read = allowed(call.actor, READ, case.procedure, ANY, day=call.day) or case.author == call.actor.staff_id
    holding, application = holding_of(case, procedure, kept.holding), application_of(procedure, case)
    clock, asked = kept.soonest if not application.state.final else None, kept.asked
    begun = bool(holding.owner) or len(case.steps) > 1
    return BookRow(
        application_id=case.application_id,
        number=case.number,
        procedure=case.procedure,
        state=case.state,
        resident_state=resident_state(application.state, begun=begun, papers_asked=asked is not None),
        receipt_date=case.receipt_date,
        applicant=case.content.roles.applicant.name if may_read else "",
        channel=holding.channel,
        section=holding.section,
        owner=holding.owner,
        owner_name=holding.owner_name,
        owner_since=holding.since if holding.owner else None,
        step=waits_at(procedure, application, kept.stages),
        clock="" if clock is None else clock.clock,
        due_on=None if clock is None else clock.last_day,
        papers_until=None if asked is None or application.state.final else asked.due_on,
        version=holding.version,
    )
