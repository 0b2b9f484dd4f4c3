"""What all use cases share: acts of slices, ids that are demanded, the calendar of a municipality, expected times."""

from datetime import datetime, timedelta

from app.backend.jukirelay.ports import NetworkUnit, Outgoing
from app.domain.act import Act, Detail
from app.domain.network_calendar import NetworkCalendar, Span
from app.domain.network_relay import NetworkRelayRules
from app.errors import NotUnderstood

REGISTER, NETWORK, OWN = "slice:register", "slice:jukinet", "slice:jukirelay"
STOP, EXTRA = "stop", "extra"
APPROVED = "approved"
_ID_LENGTH = 64


def slice_act(who: str, kind: str, at: datetime, where: tuple[str, str], /, **what: Detail) -> Act:
    """An act of a slice. ``where``: municipality, and what it is about."""
    municipality, about = where
    return Act(
        kind=kind,
        at=at,
        municipality=municipality,
        staff_id=who,
        terminal="",
        trace=f"{kind}:{about}"[:_ID_LENGTH],
        about=about,
        what=tuple(sorted(what.items())),
    )


def demand_id(given: str) -> str:
    """Errors: NotUnderstood for an identifier that a caller can't have made."""
    if not given or len(given) > _ID_LENGTH or not given.replace("-", "").isalnum() or not given.isascii():
        raise NotUnderstood(what="id")
    return given


def calendar_of(unit: NetworkUnit, rules: NetworkRelayRules, municipality: str) -> NetworkCalendar:
    """The network's hours with what two people have entered besides."""
    found = [one for one in unit.office.spans(municipality) if one.state == APPROVED]
    stops = tuple(Span(one.since, one.until) for one in found if one.kind == STOP)
    extras = tuple(Span(one.since, one.until) for one in found if one.kind == EXTRA)
    return NetworkCalendar(rules.hours, stops, extras)


def expected_at(
    unit: NetworkUnit, rules: NetworkRelayRules, one: Outgoing, now: datetime
) -> tuple[datetime | None, str]:
    """When something that waits is expected to go (None: nobody knows), and what delays it ("": nothing)."""
    calendar = calendar_of(unit, rules, one.municipality)
    ahead = unit.queue.ahead((one.municipality, one.item_id))
    delay = unit.queue.delay((one.municipality, one.item_id))
    begins = now if delay is None else max(now, delay[0])
    opens = calendar.next_opening(begins)
    cause = calendar.why_closed(now) or ("" if delay is None else delay[1])
    if opens is None:
        return None, cause
    goes = calendar.next_opening(opens + timedelta(minutes=ahead // rules.per_minute))
    return goes, cause or ("busy" if ahead >= rules.per_minute else "")
