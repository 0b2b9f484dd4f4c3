"""Words of what supervisors read and settle: counters now, the office's numbers, who decides for whom."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CounterNowTexts:
    """今の窓口."""

    title: str
    door: str
    door_text: str
    table: str
    loading: str
    none: str
    support: str
    refresh: str
    window: str
    terminal: str
    name: str
    state: str
    since: str
    held: str
    outgoing: str
    faults: str
    silent: str
    no_cases: str
    open_: str
    tickets_: str
    cases_: str
    stuck_: str
    read_at_: str
    dead_: str
    count_: str
    fault_: str
    number_: str
    minutes_: str
    hours_: str

    def open(self, count: int) -> str:
        return self.open_.format(count=count)

    def tickets(self, count: int, longest: str) -> str:
        return self.tickets_.format(count=count, longest=longest)

    def cases(self, count: int, longest: str) -> str:
        return self.cases_.format(count=count, longest=longest)

    def stuck(self, count: int) -> str:
        return self.stuck_.format(count=count)

    def read_at(self, time: str) -> str:
        return self.read_at_.format(time=time)

    def dead(self, count: int, dead: int) -> str:
        return self.dead_.format(count=count, dead=dead)

    def count(self, count: int) -> str:
        return self.count_.format(count=count)

    def fault(self, part: str, why: str) -> str:
        return self.fault_.format(part=part, why=why)

    def number(self, number: str) -> str:
        return self.number_.format(number=number)

    def minutes(self, count: int) -> str:
        return self.minutes_.format(count=count)

    def hours(self, count: int) -> str:
        return self.hours_.format(count=count)


@dataclass(frozen=True, slots=True)
class NumbersTexts:
    """手続の数字. ``…_heads``: the heads of a table's columns, joined by "、"."""

    title: str
    door: str
    door_text: str
    view: str
    span: str
    procedure: str
    every: str
    bars: str
    table: str
    loading: str
    none: str
    refresh: str
    save: str
    save_title: str
    file_name: str
    nothing_to_save: str
    office_lead: str
    visit_lead: str
    keys_lead: str
    returns_lead: str
    periods_lead: str
    alerts_lead: str
    step_heads: str
    return_heads: str
    period_heads: str
    alert_heads: str
    too_few: str
    no_procedure: str
    other_reason: str
    saved_: str
    alerts_marked_: str
    percent_: str
    to_review_: str
    overridden_: str
    times_: str
    seconds_: str
    minutes_: str
    hours_: str
    days_: str
    spread_: str

    def saved(self, name: str) -> str:
        return self.saved_.format(name=name)

    def alerts_marked(self, count: int) -> str:
        return self.alerts_marked_.format(count=count)

    def percent(self, share: int) -> str:
        return self.percent_.format(share=share)

    def to_review(self, share: str) -> str:
        return self.to_review_.format(share=share)

    def overridden(self, count: int, shown: int) -> str:
        return self.overridden_.format(count=count, shown=shown)

    def times(self, count: int) -> str:
        return self.times_.format(count=count)

    def seconds(self, count: int) -> str:
        return self.seconds_.format(count=count)

    def minutes(self, count: int) -> str:
        return self.minutes_.format(count=count)

    def hours(self, count: int) -> str:
        return self.hours_.format(count=count)

    def days(self, count: int) -> str:
        return self.days_.format(count=count)

    def spread(self, low: str, high: str) -> str:
        return self.spread_.format(low=low, high=high)


@dataclass(frozen=True, slots=True)
class DeputiesTexts:
    """専決と代決."""

    title: str
    door: str
    door_text: str
    rules: str
    list: str
    form: str
    loading: str
    none: str
    about: str
    level: str
    name: str
    span: str
    state: str
    proposed_by: str
    approved_by: str
    staff_id: str
    since: str
    until: str
    propose: str
    approve: str
    end: str
    refresh: str
    every: str
    proposed: str
    approved: str
    ended: str
    join: str
    from_yen_: str
    who_: str
    from_to_: str
    day_: str

    def from_yen(self, yen: str) -> str:
        return self.from_yen_.format(yen=yen)

    def who(self, name: str, department: str) -> str:
        return self.who_.format(name=name, department=department)

    def from_to(self, since: str, until: str) -> str:
        return self.from_to_.format(since=since, until=until)

    def day(self, day: str, weekday: str) -> str:
        return self.day_.format(day=day, weekday=weekday)
