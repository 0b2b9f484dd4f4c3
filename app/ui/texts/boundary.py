"""Words of the boundary's screens: hours, stops, what is on its way, records."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BoundaryHoursTexts:
    """Hours of both sides, stops, and what waits."""

    title: str
    network: str
    register: str
    today: str
    next: str
    open: str
    closed: str
    rests: str
    from_to_: str
    with_next_: str
    until_close_: str
    unknown: str
    wide_open: str
    wide_closed: str
    waiting: str
    oldest: str
    heard: str
    never_heard: str
    replica: str
    whole: str
    loading: str
    list: str
    none: str
    state: str
    kind: str
    since: str
    until: str
    reason: str
    by: str
    by_both_: str
    further: str
    end_wished_: str
    end_waits: str
    fresh: str
    fresh_key: str
    end: str
    end_key: str
    approve: str
    approve_key: str
    approve_question: str
    refuse: str
    refuse_key: str
    refuse_question: str
    reload: str
    reload_key: str
    reload_question: str
    refresh: str
    refresh_key: str
    decided_: str
    decided_text: str
    reloading: str
    reloading_text: str

    def from_to(self, opens: str, closes: str) -> str:
        return self.from_to_.format(opens=opens, closes=closes)

    def with_next(self, today: str, day: str) -> str:
        return self.with_next_.format(today=today, day=day)

    def until_close(self, at: str) -> str:
        return self.until_close_.format(at=at)

    def by_both(self, asked: str, decided: str) -> str:
        return self.by_both_.format(asked=asked, decided=decided)

    def end_wished(self, at: str) -> str:
        return self.end_wished_.format(at=at)

    def decided(self, state: str) -> str:
        return self.decided_.format(state=state)


@dataclass(frozen=True, slots=True)
class BoundarySpanTexts:
    """A stop or extra run is entered."""

    title: str
    lead: str
    lead_end_: str
    kind: str
    since_day: str
    since_time: str
    until_day: str
    until_time: str
    time_support: str
    reason: str
    reason_support: str
    time_wrong: str
    until_wanted: str
    order_wrong: str
    send: str
    send_key: str
    sent: str
    sent_text: str

    def lead_end(self, since: str, kind: str, reason: str) -> str:
        return self.lead_end_.format(since=since, kind=kind, reason=reason)


@dataclass(frozen=True, slots=True)
class BoundaryHaltedTexts:
    """What was given up on its way."""

    title: str
    lead: str
    list: str
    kind: str
    made: str
    entry: str
    cause: str
    none: str
    reason: str
    reason_support: str
    place: str
    place_support: str
    again: str
    again_key: str
    close: str
    close_key: str
    close_question: str
    refresh: str
    refresh_key: str
    sent: str
    closed: str


@dataclass(frozen=True, slots=True)
class BoundaryLinkageTexts:
    """Records of what passed the boundary."""

    title: str
    list: str
    since: str
    until: str
    subject: str
    subject_support: str
    kind: str
    look: str
    look_key: str
    at: str
    what: str
    about: str
    note: str
    facts: str
    before: str
    none: str
    day_wrong: str
    found_: str
    more: str
    more_text: str
    while_closed: str

    def found(self, count: int) -> str:
        return self.found_.format(count=count)


@dataclass(frozen=True, slots=True)
class BoundaryPersonTexts:
    """One person's things on their way."""

    title: str
    lead: str
    subject: str
    subject_support: str
    place: str
    place_support: str
    look: str
    look_key: str
    deliver: str
    deliver_key: str
    deliver_question: str
    list: str
    kind: str
    state: str
    made: str
    goes: str
    cause: str
    before: str
    none: str
    unknown: str
    closed_now: str
    opens_: str
    queued: str
    queued_text_: str

    def opens(self, at: str) -> str:
        return self.opens_.format(at=at)

    def queued_text(self, at: str) -> str:
        return self.queued_text_.format(at=at)
