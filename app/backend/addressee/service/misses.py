"""Nobody finds out who there is by trying numbers: searches in vain are counted, slowed down, and told of."""

from datetime import timedelta

from app.backend.addressee.ports import AddresseeUnit
from app.domain.act import Act
from app.errors import TooManyTries

FREE = 10
"""Searches in vain that anybody may make in a span. Assumed: misread numbers of one visit."""
SPAN = timedelta(minutes=10)
"""How long misses count, and how long nothing is answered at most once they are too many. Assumed."""
ALARM = "number.misses_alarm"


def demand_patience(unit: AddresseeUnit, act: Act) -> None:
    """Errors: TooManyTries while ``act.staff_id`` has missed too often; also a right number is not looked for then."""
    since, count = unit.systems.misses(act.municipality, act.staff_id, act.at, SPAN)
    if count >= FREE:
        raise TooManyTries(wait_s=int((since + SPAN - act.at).total_seconds()) + 1)


def missed(unit: AddresseeUnit, act: Act) -> None:
    """Count one search in vain; the one that is too many is an alarm record."""
    since, count = unit.systems.misses(act.municipality, act.staff_id, act.at, SPAN)
    unit.systems.put_misses(act.municipality, act.staff_id, since, count + 1)
    if count + 1 == FREE:
        alarm = Act(
            ALARM, act.at, act.municipality, act.staff_id, act.terminal, act.trace, what=(("misses", count + 1),)
        )
        unit.record([alarm])
