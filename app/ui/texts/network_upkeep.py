"""Words of what goes out to the network, and of the comparison of its levels."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NetworkQueueTexts:
    """What still goes out to the network."""

    title: str
    list: str
    network: str
    open: str
    closed: str
    waiting: str
    oldest: str
    dead: str
    next_at: str
    cause: str
    kind: str
    state: str
    age: str
    prefecture: str
    national: str
    has: str
    has_not: str
    waits: str
    is_dead: str
    nothing: str
    none: str
    refresh: str
    refresh_key: str
    dead_title_: str
    dead_text: str

    def dead_title(self, count: int) -> str:
        return self.dead_title_.format(count=count)


@dataclass(frozen=True, slots=True)
class NetworkCompareTexts:
    """The comparison of the levels, and its differences."""

    title: str
    title_decide: str
    list: str
    sides: str
    here: str
    there: str
    sides_none: str
    state: str
    kind: str
    name: str
    items: str
    how: str
    progress: str
    lead_: str
    runs_: str
    looked_: str
    before: str
    none: str
    none_yet: str
    never: str
    more: str
    more_text: str
    resolution: str
    reason: str
    reason_support: str
    with_reason_: str
    start: str
    start_key: str
    refresh: str
    refresh_key: str
    other: str
    other_key: str
    propose: str
    propose_key: str
    approve: str
    approve_key: str
    approve_question: str
    send_back: str
    return_key: str
    return_question: str
    done_: str
    done_text: str

    def lead(self, level: str, at: str, by: str) -> str:
        return self.lead_.format(level=level, at=at, by=by)

    def runs(self, looked: int, total: int) -> str:
        return self.runs_.format(looked=looked, total=total)

    def looked(self, looked: int) -> str:
        return self.looked_.format(looked=looked)

    def with_reason(self, how: str, reason: str, by: str) -> str:
        return self.with_reason_.format(how=how, reason=reason, by=by)

    def done(self, state: str) -> str:
        return self.done_.format(state=state)


@dataclass(frozen=True, slots=True)
class NetworkStartTexts:
    """A comparison is started."""

    title: str
    lead: str
    level: str
    sample: str
    sample_support: str
    sample_wrong: str
    start: str
    start_key: str
    started_: str
    started_text: str

    def started(self, level: str) -> str:
        return self.started_.format(level=level)
