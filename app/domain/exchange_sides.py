"""The two sides that the relay stands between: when each takes something, how fast, what it must be told, how long."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.exchange_rules import Hours, hours_of, next_business_day
from app.domain.network_calendar import NetworkCalendar, Span
from app.domain.tables import Table

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Sides:
    """``network``: stops and extra runs of the platform as announced; ``city``: when the in-city systems answer.

    ``per_minute``: enquiries sent to the platform at most; ``bulk_open``: of bulk files at once, so that a counter's
    enquiry never waits behind them. ``consents``: values of a row's ``consent`` without which the person's signed
    consent is demanded. ``provider_reasons``: what a clerk may say for asking another municipality than the rule's.
    ``dated``: information that is asked as of a day, not of a tax year. ``kept``: how long ended
    enquiries and files stay here.
    """

    stops: tuple[Span, ...]
    extras: tuple[Span, ...]
    city: NetworkCalendar
    per_minute: int
    bulk_open: int
    consents: frozenset[str]
    provider_reasons: frozenset[str]
    dated: frozenset[str]
    kept: timedelta

    def network(self, hours: Hours, stops: tuple[Span, ...] = ()) -> NetworkCalendar:
        """The platform's calendar. ``stops``: besides those announced in the file."""
        return NetworkCalendar(hours, (*self.stops, *stops), self.extras)


def parse_sides(values: Mapping[str, object], *, is_training: bool, file: str = "") -> Sides:
    """Make the sides of a file's tables. Errors: DataFault with what is wrong and where."""
    table = Table(values, file)
    if table.count("version") != 1:
        raise table.fault("version", "version")
    city, training = hours_of(table.table("city_hours")), hours_of(table.table("training_hours"))
    pace = table.table("pace")
    per_minute, bulk_open = pace.count("per_minute"), pace.count("bulk_open")
    pace.text("confidence")
    pace.finish(None)
    if per_minute < 1 or bulk_open < 1:
        raise table.fault("wrong_count", "pace")
    stops, city_stops = _spans(table, "stop"), _spans(table, "city_stop")
    return table.finish(
        Sides(
            stops=() if is_training else stops,
            extras=() if is_training else _spans(table, "extra"),
            city=NetworkCalendar(training if is_training else city, () if is_training else city_stops),
            per_minute=per_minute,
            bulk_open=bulk_open,
            consents=frozenset(table.texts("consents")),
            provider_reasons=frozenset(table.texts("provider_reasons")),
            dated=frozenset(table.texts("dated")),
            kept=timedelta(days=table.count("kept_days")),
        )
    )


@dataclass(frozen=True, slots=True)
class Pace:
    """How many may still be sent in the minute that began at ``since``."""

    since: datetime
    left: int

    def taken(self, now: datetime, wanted: int, per_minute: int) -> tuple["Pace", int]:
        """The pace after as many of ``wanted`` as may go at ``now``, and how many those are."""
        fresh = self if self.since <= now < self.since + _MINUTE else Pace(now, per_minute)
        granted = min(wanted, fresh.left)
        return replace(fresh, left=fresh.left - granted), granted

    @property
    def renews_at(self) -> datetime:
        """When more may be sent."""
        return self.since + _MINUTE


def expected_at(calendar: NetworkCalendar, now: datetime, *, has_code: bool) -> datetime | None:
    """When an enquiry can be sent at the earliest: at once, when the side opens, or on the day the code is there.

    None where nobody knows, as in a stop until further notice.
    """
    return calendar.next_opening(now if has_code else next_business_day(now))


def _spans(table: Table, key: str) -> tuple[Span, ...]:
    found: list[Span] = []
    for one in table.tables(key):
        since, until = _instant(one, "since"), _instant(one, "until") if "until" in one else None
        one.text("note", "")
        if until is not None and until <= since:
            raise one.fault("until_before_since", "until")
        found.append(one.finish(Span(since, until)))
    return tuple(found)


def _instant(table: Table, key: str) -> datetime:
    try:
        found = datetime.fromisoformat(table.text(key))
    except ValueError as error:
        raise table.fault("no_time", key) from error
    if found.tzinfo is None:
        raise table.fault("no_zone", key)
    return found
