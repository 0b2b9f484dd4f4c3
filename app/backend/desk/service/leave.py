"""Leave to take a 個人番号: for one visit at the terminal it was opened at, and a procedure that uses numbers."""

from collections.abc import Mapping

from app.backend.desk.ports import DeskBook, DeskUnit
from app.backend.desk.service.watched import watched
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.identity import Regime
from app.domain.procedure import Procedure
from app.errors import NotAllowed
from app.wire.leave import AskNumberLeave
from app.wire.message import Nothing

RIGHT = "number.confirm"
_OPENED, _GIVEN = "visit.opened", "number.leave"


class Leave:
    """Given anew each time it is asked for; it is the asking that is kept, for it says who took a number for what."""

    def __init__(self, book: DeskBook, procedures: Mapping[str, Procedure]) -> None:
        self._book = book
        self._procedures = procedures

    def give(self, call: Call, asked: AskNumberLeave) -> Nothing:
        """Give leave. Errors: NotAllowed without the right, without numbers in the procedure, or for no visit here."""
        place = ("number.leave", asked.visit_id, asked.procedure)
        return watched(self._book, call, place, lambda unit: self._give(unit, call, asked))

    def _give(self, unit: DeskUnit, call: Call, asked: AskNumberLeave) -> Nothing:
        procedure = self._procedures.get(asked.procedure)
        if procedure is None or procedure.identity.regime is not Regime.NUMBER:
            raise NotAllowed
        call.demand(RIGHT, procedure.id)
        if not _is_open_here(unit, call, asked.visit_id):
            raise NotAllowed
        unit.remember(call.actor)
        unit.record(act_of(call, _GIVEN, visit=asked.visit_id, procedure=procedure.id))
        return Nothing()


def has_leave(unit: DeskUnit, call: Call, visit_id: str, procedure: str) -> bool:
    """Whether this terminal was given leave in this visit, by the desk's own ledger."""
    acts = unit.own_acts(call.municipality, visit_id)
    return any(
        act.kind == _GIVEN and act.terminal == call.actor.terminal and act.detail().get("procedure") == procedure
        for act in acts
    )


def _is_open_here(unit: DeskUnit, call: Call, visit_id: str) -> bool:
    """Where a visit was opened stands in the desk's own ledger."""
    visit = unit.visit(call.municipality, visit_id)
    if visit is None or visit.closed_at is not None:
        return False
    acts = unit.own_acts(call.municipality, visit_id)
    return any(act.kind == _OPENED and act.terminal == call.actor.terminal for act in acts)
