"""専決と代決: how far somebody's decisions reach today, by right or as a deputy, and what each decision takes."""

from dataclasses import dataclass

from app.backend.desk.ports import Case, DeskUnit
from app.backend.desk.ports.review import Deputy
from app.backend.desk.service.cases import Asker, application_of
from app.domain.call import Call
from app.domain.case_risk import monthly_yen
from app.domain.delegation import Delegation, Level
from app.domain.procedure import Procedure
from app.domain.rights import ANY, allowed
from app.errors import NotAllowed, Refused

READ = "application.read"


@dataclass(frozen=True, slots=True)
class Authority:
    """At which level somebody decides; ``deputy_id``: as whose deputy, "" for by their own right."""

    level: Level
    deputy_id: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """What one person may decide on the day of a call."""

    call: Call
    table: Delegation
    deputies: tuple[Deputy, ...]

    def may_decide(self, procedure: str) -> bool:
        """Whether there is anything of this procedure that this person may decide."""
        return self.authority(procedure, self.table.levels[0]) is not None

    def authority(self, procedure: str, needed: Level) -> Authority | None:
        """By what right a decision that takes ``needed`` may be taken; the own right comes before a deputy's."""
        call = self.call
        high = [level for level in self.table.levels if level.rank >= needed.rank]
        for level in high:
            if allowed(call.actor, level.act, procedure, ANY, day=call.day):
                return Authority(level)
        if not allowed(call.actor, READ, procedure, ANY, day=call.day):
            return None
        for level in high:
            for one in self.deputies:
                if one.level == level.id and one.department == call.actor.department:
                    return Authority(level, one.deputy_id)
        return None

    def needed(self, procedure: Procedure, case: Case, outcome: str) -> Level:
        """Who decides this case so."""
        yen = monthly_yen(procedure, application_of(procedure, case), self.call.at)
        return self.table.needed(procedure.id, outcome, yen)

    def asker(self) -> Asker:
        """Who asks, as lists and views see them."""
        titles = {level.id: level.title for level in self.table.levels}
        return Asker(self.call, self.may_decide, self._level, titles)

    def demand(self, procedure: Procedure, case: Case, outcome: str) -> Authority:
        """The authority of this decision. A return takes none but that there is anything to decide.

        Errors: NotAllowed for who decides nothing here; Refused ``beyond_authority`` with the ``level`` it takes.
        """
        if not self.may_decide(procedure.id):
            raise NotAllowed
        needed = self.needed(procedure, case, outcome) if outcome != "returned" else self.table.levels[0]
        found = self.authority(procedure.id, needed)
        if found is None:
            raise Refused("beyond_authority", level=needed.title)
        return found

    def _level(self, procedure: Procedure, case: Case) -> tuple[str, bool]:
        """Who approves it; somebody who may only reject it has something to do there too."""
        needed = [self.needed(procedure, case, outcome) for outcome in ("approved", "rejected")]
        return needed[0].title, any(self.authority(procedure.id, one) is not None for one in needed)


def reach_of(unit: DeskUnit, call: Call, table: Delegation) -> Reach:
    """What the caller may decide today."""
    return Reach(call, table, unit.deputies_of(call.municipality, call.actor.staff_id, call.day))
