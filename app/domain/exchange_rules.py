"""How enquiries are carried: names of items on the wire and at the desk, hours of the network, life of a permit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.domain.clock import TOKYO, business_date
from app.domain.days import is_closed, next_open_day
from app.domain.tables import Table

_MINUTES = 60
_DAY = 24 * _MINUTES


@dataclass(frozen=True, slots=True)
class Hours:
    """When the network takes enquiries, minutes of the day in Tokyo. ``closed_days``: whether it rests on them."""

    opens: int
    closes: int
    closed_days: bool

    def open_at(self, instant: datetime) -> bool:
        """Whether an enquiry may be sent at ``instant``."""
        local = instant.astimezone(TOKYO)
        resting = self.closed_days and is_closed(local.date())
        return not resting and self.opens <= local.hour * _MINUTES + local.minute < self.closes

    def next_opening(self, instant: datetime) -> datetime:
        """The first instant from ``instant`` on at which an enquiry may be sent."""
        if self.open_at(instant):
            return instant
        day = business_date(instant)
        begin = _at(day, self.opens)
        if begin < instant:
            day += timedelta(days=1)
        return _at(next_open_day(day) if self.closed_days else day, self.opens)

    def last_open(self, instant: datetime) -> datetime:
        """``instant`` itself while it is open, else the end of the last opening before it."""
        day = business_date(instant)
        while (self.closed_days and is_closed(day)) or _at(day, self.opens) > instant:
            day -= timedelta(days=1)
        return min(_at(day, self.closes), instant)


@dataclass(frozen=True, slots=True)
class ExchangeRules:
    """``layouts``: information → name of an item on the wire → its name at the desk."""

    layouts: Mapping[str, Mapping[str, str]]
    hours: Hours
    permit_life: timedelta


def parse_exchange_rules(values: Mapping[str, object], *, is_training: bool, file: str = "") -> ExchangeRules:
    """Make the rules of a file's tables. Errors: DataFault with what is wrong and where."""
    table = Table(values, file)
    service, training = hours_of(table.table("hours")), hours_of(table.table("training_hours"))
    permit = table.table("permit")
    life = timedelta(minutes=permit.count("minutes"))
    permit.text("confidence")
    layouts = _layouts(values.get("layout"), table)
    table.table("layout")
    return table.finish(ExchangeRules(layouts, training if is_training else service, permit.finish(life)))


def next_business_day(instant: datetime) -> datetime:
    """The beginning of the next open day after the day of ``instant``.

    When a code that was asked for is there. Source: procedures.md 1.6, assumed.
    """
    return _at(next_open_day(business_date(instant) + timedelta(days=1)), 0)


def _layouts(values: object, table: Table) -> dict[str, dict[str, str]]:
    if not isinstance(values, Mapping):
        raise table.fault("missing_key", "layout")
    made: dict[str, dict[str, str]] = {}
    for information, names in values.items():
        one = Table(names, f"{table.place}.layout.{information}")
        made[str(information)] = one.finish({str(name): one.text(str(name)) for name in names})
    return made


def hours_of(table: Table) -> Hours:
    """The hours that a table states. Errors: DataFault."""
    opens, closes = (_minutes(table, key) for key in ("opens", "closes"))
    return table.finish(Hours(opens, closes, table.flag("closed_days")))


def _minutes(table: Table, key: str) -> int:
    hour, _, minute = table.text(key).partition(":")
    if not (hour.isdigit() and minute.isdigit()) or int(hour) * _MINUTES + int(minute) > _DAY:
        raise table.fault("no_time", key)
    return int(hour) * _MINUTES + int(minute)


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(0), TOKYO) + timedelta(minutes=minutes)
