"""Words of the queue's rows, of passing several at once, and of what is held."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueueRowTexts:
    """One row of the queue, and how the list is looked at."""

    ticket: str
    risk: str
    filter: str
    sort_key: str
    hold_key: str
    return_key: str
    ticked_: str
    held_: str
    level_: str
    more_risks_: str
    received_: str
    held_because_: str
    ground_: str
    missed_: str

    def ticked(self, step: str) -> str:
        return self.ticked_.format(step=step)

    def held(self, step: str, day: str) -> str:
        return self.held_.format(step=step, day=day)

    def level(self, step: str, level: str) -> str:
        return self.level_.format(step=step, level=level)

    def more_risks(self, word: str, count: int) -> str:
        return self.more_risks_.format(word=word, count=count)

    def received(self, day: str, state: str) -> str:
        return self.received_.format(day=day, state=state)

    def held_because(self, day: str, why: str, by: str) -> str:
        return self.held_because_.format(day=day, why=why, by=by)

    def ground(self, name: str, why: str) -> str:
        return self.ground_.format(name=name, why=why)

    def missed(self, label: str) -> str:
        return self.missed_.format(label=label)


@dataclass(frozen=True, slots=True)
class BatchTexts:
    """Several at once."""

    results: str
    outcome: str
    refused: str
    refused_next: str
    key_: str
    title_: str
    text: str
    next: str
    all_: str
    some_: str
    one_: str
    too_many_: str

    def key(self, count: int) -> str:
        return self.key_.format(count=count)

    def title(self, count: int) -> str:
        return self.title_.format(count=count)

    def all(self, count: int) -> str:
        return self.all_.format(count=count)

    def some(self, count: int, passed: int) -> str:
        return self.some_.format(count=count, passed=passed)

    def one(self, state: str) -> str:
        return self.one_.format(state=state)

    def too_many(self, most: int) -> str:
        return self.too_many_.format(most=most)


@dataclass(frozen=True, slots=True)
class HoldTexts:
    """What is held, until when and why; and at which level something is decided."""

    decided_by: str
    at_level_: str
    by_deputy_: str
    done_: str
    let_go_done_: str
    lying_: str
    lying_why_: str
    title: str
    support: str
    note: str
    until: str
    day_: str
    day_missing: str
    confirm: str
    let_go: str
    set_aside_: str
    not_taken_: str

    def set_aside(self, label: str) -> str:
        return self.set_aside_.format(label=label)

    def not_taken(self, text: str, name: str) -> str:
        return self.not_taken_.format(text=text, name=name)

    def at_level(self, outcome: str, level: str) -> str:
        return self.at_level_.format(outcome=outcome, level=level)

    def by_deputy(self, level: str) -> str:
        return self.by_deputy_.format(level=level)

    def done(self, number: str) -> str:
        return self.done_.format(number=number)

    def let_go_done(self, number: str) -> str:
        return self.let_go_done_.format(number=number)

    def lying(self, day: str) -> str:
        return self.lying_.format(day=day)

    def lying_why(self, why: str, by: str) -> str:
        return self.lying_why_.format(why=why, by=by)

    def day(self, day: str, weekday: str) -> str:
        return self.day_.format(day=day, weekday=weekday)
