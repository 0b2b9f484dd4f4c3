"""Words of the exchange's system management: state, stops, statistics, batches, keys."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExchangeStateTexts:
    """稼動状況と停止: its words."""

    title: str
    list: str
    facts: str
    day: str
    day_of_: str
    network: str
    city: str
    why: str
    as_usual: str
    rests: str
    stopped_: str
    open: str
    shut_: str
    unknown: str
    waiting: str
    waits_: str
    given_up: str
    bulk: str
    count_: str
    stop: str
    stop_of_: str
    further: str
    fresh: str
    fresh_key: str
    end: str
    end_key: str
    end_question: str
    ended: str
    ended_text: str

    def day_of(self, day: str, weekday: str) -> str:
        return self.day_of_.format(day=day, weekday=weekday)

    def stopped(self, span: str) -> str:
        return self.stopped_.format(span=span)

    def shut(self, why: str, opens: str) -> str:
        return self.shut_.format(why=why, opens=opens)

    def waits(self, count: int | str, age: str) -> str:
        return self.waits_.format(count=count, age=age)

    def count(self, count: int | str) -> str:
        return self.count_.format(count=count)

    def stop_of(self, side: str, since: str, until: str, reason: str, by: str) -> str:
        return self.stop_of_.format(side=side, since=since, until=until, reason=reason, by=by)


@dataclass(frozen=True, slots=True)
class ExchangeStopAnnounceTexts:
    """停止の登録: its words."""

    title: str
    lead: str
    side: str
    reason: str
    since_day: str
    since_time: str
    until_day: str
    until_time: str
    time_support: str
    until_support: str
    time_wrong: str
    send: str
    send_key: str
    question: str
    done: str
    done_text: str


@dataclass(frozen=True, slots=True)
class ExchangeReportsTexts:
    """The days of a report."""

    since: str
    until: str
    day_wrong: str


@dataclass(frozen=True, slots=True)
class ExchangeStatisticsTexts:
    """照会の業務統計: its words."""

    title: str
    list: str
    bars: str
    none: str
    lead_: str
    month: str
    month_of_: str
    task: str
    answered: str
    waiting: str
    refused: str
    sum: str
    bar_: str

    def lead(self, count: int | str) -> str:
        return self.lead_.format(count=count)

    def month_of(self, year: int | str, month: int | str) -> str:
        return self.month_of_.format(year=year, month=month)

    def bar(self, month: int | str, answered: int | str, waiting: int | str, refused: int | str) -> str:
        return self.bar_.format(month=month, answered=answered, waiting=waiting, refused=refused)


@dataclass(frozen=True, slots=True)
class ExchangeUnusedTexts:
    """活用されていない照会: its words."""

    title: str
    list: str
    none: str
    lead_: str
    task: str
    enquiry: str
    paper: str
    taken: str
    asked: str
    unused: str
    why: str
    permitted: str
    not_permitted: str

    def lead(self, taken: int | str, unused: int | str) -> str:
        return self.lead_.format(taken=taken, unused=unused)


@dataclass(frozen=True, slots=True)
class ExchangeRunsTexts:
    """バッチの状況: its words."""

    title: str
    list: str
    facts: str
    none: str
    kind: str
    state: str
    run: str
    began: str
    ended: str
    rows: str
    done: str
    faults: str
    cause: str
    means: str


@dataclass(frozen=True, slots=True)
class ExchangeKeysTexts:
    """鍵の版: its words."""

    title: str
    list: str
    none: str
    lead: str
    sender: str
    version: str
    state: str
    since: str
    from_start: str
    until: str
    left: str
    days_: str
    no_end: str
    ending_: str
    ending_text: str

    def days(self, days: int | str) -> str:
        return self.days_.format(days=days)

    def ending(self, count: int | str) -> str:
        return self.ending_.format(count=count)
