"""Words of long cases, their papers and what falls due."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseCardTexts:
    """Words of one case's progress."""

    title: str
    loading: str
    no_steps: str
    stages: str
    history: str
    take: str
    assign: str
    hand_over: str
    papers: str
    delay: str
    open: str
    back: str
    refresh: str
    begin: str
    finish: str
    skip: str
    letter_: str
    step: str
    state: str
    by: str
    since: str
    due: str
    result: str
    number: str
    received: str
    channel: str
    owner: str
    resident_state: str
    clock: str
    nobody: str
    owner_since_: str
    clock_due_: str
    clock_delayed_: str
    done_on_: str
    taken_title: str
    taken_text: str

    def letter(self, title: str) -> str:
        return self.letter_.format(title=title)

    def owner_since(self, name: str, day: str) -> str:
        return self.owner_since_.format(name=name, day=day)

    def clock_due(self, label: str, day: str) -> str:
        return self.clock_due_.format(label=label, day=day)

    def clock_delayed(self, label: str, day: str) -> str:
        return self.clock_delayed_.format(label=label, day=day)

    def done_on(self, outcome: str, day: str) -> str:
        return self.done_on_.format(outcome=outcome, day=day)


@dataclass(frozen=True, slots=True)
class CaseEventTexts:
    """Words of what happened to a case."""

    came_event_: str
    step_event_: str
    begun_event_: str
    skipped_event_: str
    asked_event_: str
    closed_event_: str
    handed_event_: str
    delay_event_: str

    def came_event(self, channel: str) -> str:
        return self.came_event_.format(channel=channel)

    def step_event(self, step: str, outcome: str) -> str:
        return self.step_event_.format(step=step, outcome=outcome)

    def begun_event(self, step: str) -> str:
        return self.begun_event_.format(step=step)

    def skipped_event(self, step: str) -> str:
        return self.skipped_event_.format(step=step)

    def asked_event(self, day: str) -> str:
        return self.asked_event_.format(day=day)

    def closed_event(self, state: str) -> str:
        return self.closed_event_.format(state=state)

    def handed_event(self, giver: str, taker: str) -> str:
        return self.handed_event_.format(giver=giver, taker=taker)

    def delay_event(self, day: str) -> str:
        return self.delay_event_.format(day=day)


@dataclass(frozen=True, slots=True)
class CaseFormTexts:
    """Words of the form for one thing to be done with a case."""

    title: str
    do: str
    back: str
    assign_heading: str
    assign_lead: str
    assign_choice: str
    assign_do: str
    assigned_title: str
    assigned_text: str
    hand_heading: str
    hand_lead: str
    hand_choice: str
    hand_note: str
    hand_do: str
    handed_title: str
    handed_text: str
    begin_heading_: str
    begin_lead_: str
    begin_choice: str
    begin_do: str
    begun_title: str
    begun_text: str
    finish_heading_: str
    finish_lead: str
    finish_choice: str
    finish_day: str
    finish_note: str
    finish_do: str
    finished_title: str
    finished_text: str
    skip_heading_: str
    skip_lead: str
    skip_note: str
    skip_do: str
    skipped_title: str
    skipped_text: str
    delay_heading_: str
    delay_lead_: str
    delay_choice: str
    delay_day: str
    delay_limit_: str
    delay_note: str
    delay_do: str
    delayed_title: str
    delayed_text: str
    ask_heading: str
    ask_lead_: str
    ask_day: str
    ask_note: str
    ask_do: str
    asked_title: str
    asked_text: str
    promise_heading_: str
    promise_lead: str
    promise_day: str
    promise_do: str
    marked_title: str
    marked_text: str
    add_heading: str
    add_lead: str
    add_name: str
    add_do: str

    def begin_heading(self, step: str) -> str:
        return self.begin_heading_.format(step=step)

    def begin_lead(self, role: str) -> str:
        return self.begin_lead_.format(role=role)

    def finish_heading(self, step: str) -> str:
        return self.finish_heading_.format(step=step)

    def skip_heading(self, step: str) -> str:
        return self.skip_heading_.format(step=step)

    def delay_heading(self, clock: str) -> str:
        return self.delay_heading_.format(clock=clock)

    def delay_lead(self, due: str) -> str:
        return self.delay_lead_.format(due=due)

    def delay_limit(self, day: str) -> str:
        return self.delay_limit_.format(day=day)

    def ask_lead(self, count: int) -> str:
        return self.ask_lead_.format(count=count)

    def promise_heading(self, paper: str) -> str:
        return self.promise_heading_.format(paper=paper)


@dataclass(frozen=True, slots=True)
class CasePapersTexts:
    """Words of papers and the letters that ask for them."""

    title: str
    lead: str
    loading: str
    papers: str
    requests: str
    no_papers: str
    no_requests: str
    present: str
    promised: str
    missing: str
    not_needed: str
    add: str
    letter: str
    remind: str
    answer: str
    withdraw: str
    request: str
    request_key: str
    back: str
    refresh: str
    paper: str
    state: str
    promised_on: str
    by: str
    sent: str
    due: str
    asked: str
    reminded: str
    tended_reminded: str
    tended_answered: str
    tended_withdrawn: str
    tended_text: str


@dataclass(frozen=True, slots=True)
class CaseBoardTexts:
    """Words of what falls due."""

    title: str
    chart: str
    chart_legend: str
    nothing: str
    loading: str
    owner: str
    everybody: str
    mine: str
    open: str
    back: str
    refresh: str
    when: str
    day: str
    number: str
    procedure: str
    what: str
    note: str
    overdue_: str
    today: str
    this_week_: str
    later_: str
    count_: str
    count_overdue: str
    count_today: str
    count_week: str
    count_later: str
    papers: str
    delay_asked: str
    delayed: str
    bar_: str
    nobody: str

    def overdue(self, days: int) -> str:
        return self.overdue_.format(days=days)

    def this_week(self, days: int) -> str:
        return self.this_week_.format(days=days)

    def later(self, days: int) -> str:
        return self.later_.format(days=days)

    def count(self, count: int) -> str:
        return self.count_.format(count=count)

    def bar(self, day: str, clocks: int, steps: int, papers: int) -> str:
        return self.bar_.format(day=day, clocks=clocks, steps=steps, papers=papers)
