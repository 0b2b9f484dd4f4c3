"""Words of the reviewers: queue, one application under review, its papers, what happened in a visit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueueTexts:
    """What waits."""

    title: str
    name: str
    empty: str
    number: str
    procedure: str
    applicant: str
    state: str
    receipt_date: str
    author: str
    waiting: str
    task: str
    minutes_: str
    hours_: str
    days_: str
    count_: str
    none: str
    may_not_: str
    open: str
    refresh: str
    loading: str
    passed_: str
    returned_: str
    correct: str
    why_back_: str
    decided_key: str
    waiting_key: str
    decided_count_: str
    decided_empty: str
    decided_none: str
    decided_task_: str

    def minutes(self, minutes: int) -> str:
        return self.minutes_.format(minutes=minutes)

    def hours(self, hours: int, minutes: int) -> str:
        return self.hours_.format(hours=hours, minutes=minutes)

    def days(self, days: int) -> str:
        return self.days_.format(days=days)

    def count(self, count: int, mine: int, longest: str, order: str) -> str:
        return self.count_.format(count=count, mine=mine, longest=longest, order=order)

    def may_not(self, step: str, why: str) -> str:
        return self.may_not_.format(step=step, why=why)

    def passed(self, number: str, step: str) -> str:
        return self.passed_.format(number=number, step=step)

    def returned(self, number: str) -> str:
        return self.returned_.format(number=number)

    def decided_count(self, count: int) -> str:
        return self.decided_count_.format(count=count)

    def decided_task(self, state: str, time: str) -> str:
        return self.decided_task_.format(state=state, time=time)

    def why_back(self, number: str, reason: str) -> str:
        return self.why_back_.format(number=number, reason=reason)


@dataclass(frozen=True, slots=True)
class ReviewTexts:
    """One application under review."""

    number: str
    receipt_date: str
    applicant: str
    capacity: str
    author: str
    start_month: str
    start_unknown: str
    limit: str
    limit_kept_: str
    limit_late_: str
    amount: str
    amount_text_: str
    no_amount: str
    filing: str
    filing_why_: str
    first_title: str
    first_text: str
    again_title: str
    again_text_: str
    again_none: str
    section: str
    item: str
    value: str
    before: str
    after: str
    row_: str
    evidence: str
    evidence_about_person: str
    evidence_about_number: str
    evidence_about_authority: str
    no_evidence: str
    confirmed: str
    not_confirmed: str
    evidence_by_: str
    answers: str
    no_answers: str
    answer_source_: str
    answer_year_: str
    receipt: str
    enquiries: str
    enquiries_support: str
    enquire_word: str
    sending: str
    findings: str
    no_findings: str
    blocks: str
    ask: str
    looked: str
    looked_before: str
    look_missing_title_: str
    look_missing_text: str
    history: str
    step_: str
    reason_of_: str

    def limit_kept(self, day: str) -> str:
        return self.limit_kept_.format(day=day)

    def limit_late(self, day: str, lost: int) -> str:
        return self.limit_late_.format(day=day, lost=lost)

    def filing_why(self, state: str, why: str) -> str:
        return self.filing_why_.format(state=state, why=why)

    def amount_text(self, yen: str, count: int) -> str:
        return self.amount_text_.format(yen=yen, count=count)

    def again_text(self, count: int) -> str:
        return self.again_text_.format(count=count)

    def row(self, group: str, number: int, label: str) -> str:
        return self.row_.format(group=group, number=number, label=label)

    def evidence_by(self, staff: str, time: str) -> str:
        return self.evidence_by_.format(staff=staff, time=time)

    def answer_source(self, provider: str, year: str, number: str, time: str) -> str:
        return self.answer_source_.format(provider=provider, year=year, number=number, time=time)

    def answer_year(self, year: str) -> str:
        return self.answer_year_.format(year=year)

    def look_missing_title(self, count: int) -> str:
        return self.look_missing_title_.format(count=count)

    def step(self, step: str, outcome: str) -> str:
        return self.step_.format(step=step, outcome=outcome)

    def reason_of(self, reason: str) -> str:
        return self.reason_of_.format(reason=reason)


@dataclass(frozen=True, slots=True)
class StepTexts:
    """Taking a step: going on, giving back, rejecting."""

    pass_step_: str
    approve_: str
    give_back: str
    reject: str
    hold: str
    hold_word: str
    records: str
    refresh: str
    pass_word: str
    return_word: str
    reject_word: str
    return_title: str
    return_support: str
    reject_title: str
    reject_support: str
    reason_label: str
    note_return: str
    note_reject: str
    reason_missing: str
    place_label: str
    place_several: str
    place_missing: str
    confirm_return: str
    confirm_reject: str
    cancel: str
    working: str
    returned_title: str
    returned_next: str
    returned_yours: str
    correct: str
    correct_word: str
    back: str

    def approve(self, approval: str) -> str:
        return self.approve_.format(approval=approval)

    def pass_step(self, step: str) -> str:
        return self.pass_step_.format(step=step)


@dataclass(frozen=True, slots=True)
class DecisionTexts:
    """After a decision: what was decided, and its papers."""

    title: str
    approved_: str
    rejected_: str
    next_step: str
    papers: str
    paper: str
    paper_for: str
    internal: str
    for_person: str
    no_papers: str
    receipt: str
    preview: str
    back: str
    pages_: str
    page_name_: str
    close: str
    paper_title: str
    next_page: str
    working: str

    def approved(self, number: str, name: str, called: str, approval: str) -> str:
        return self.approved_.format(number=number, name=name, called=called, approval=approval)

    def rejected(self, number: str, name: str, called: str) -> str:
        return self.rejected_.format(number=number, name=name, called=called)

    def pages(self, title: str, page: int, count: int) -> str:
        return self.pages_.format(title=title, page=page, count=count)

    def page_name(self, title: str, page: int) -> str:
        return self.page_name_.format(title=title, page=page)


@dataclass(frozen=True, slots=True)
class RecordsTexts:
    """応対の記録: one visit as one timeline."""

    title: str
    name: str
    lead_: str
    nothing: str
    person: str
    everybody: str
    at_desk: str
    at_terminal_: str
    item_: str
    refused_: str
    refresh: str
    back: str
    loading: str

    def lead(self, count: int, people: int, span: str) -> str:
        return self.lead_.format(count=count, people=people, span=span)

    def at_terminal(self, terminal: str) -> str:
        return self.at_terminal_.format(terminal=terminal)

    def item(self, label: str, value: str) -> str:
        return self.item_.format(label=label, value=value)

    def refused(self, act: str) -> str:
        return self.refused_.format(act=act)
