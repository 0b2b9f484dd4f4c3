"""Words of distribution: use applications, receiving systems, linkage records."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DistributionTexts:
    """The room of distribution: its doors."""

    group: str
    uses: str
    uses_text: str
    systems: str
    systems_text: str
    linkage: str
    linkage_text: str
    untold: str
    untold_text: str


@dataclass(frozen=True, slots=True)
class DistributionUsesTexts:
    """The list of use applications."""

    title: str
    list: str
    state: str
    system: str
    items: str
    number: str
    period: str
    by: str
    with_number: str
    without_number: str
    open: str
    open_key: str
    fresh: str
    fresh_key: str
    none: str
    count_: str
    few_: str
    between: str
    period_of_: str
    note_: str
    note_reason_: str
    over: str
    ahead: str

    def count(self, count: int, waiting: int) -> str:
        return self.count_.format(count=count, waiting=waiting)

    def few(self, shown: str, count: int) -> str:
        return self.few_.format(shown=shown, count=count)

    def period_of(self, since: str, until: str) -> str:
        return self.period_of_.format(since=since, until=until)

    def note(self, purpose: str, ground: str) -> str:
        return self.note_.format(purpose=purpose, ground=ground)

    def note_reason(self, note: str, reason: str) -> str:
        return self.note_reason_.format(note=note, reason=reason)


@dataclass(frozen=True, slots=True)
class DistributionUseTexts:
    """One use application."""

    title: str
    facts: str
    items: str
    state: str
    system: str
    purpose: str
    ground: str
    period: str
    number: str
    before: str
    with_before: str
    without_before: str
    entered: str
    decided: str
    reason: str
    by_at_: str
    approve: str
    approve_key: str
    refuse: str
    refuse_key: str
    withdraw: str
    withdraw_key: str
    end: str
    end_key: str
    why_refuse: str
    why_withdraw: str
    why_end: str
    waits: str
    own: str
    done_: str
    done_approved: str
    done_text: str

    def by_at(self, by: str, at: str) -> str:
        return self.by_at_.format(by=by, at=at)

    def done(self, state: str) -> str:
        return self.done_.format(state=state)


@dataclass(frozen=True, slots=True)
class DistributionUseFormTexts:
    """A use application being entered."""

    title: str
    lead: str
    system: str
    purpose: str
    purpose_support: str
    since: str
    until: str
    until_support_: str
    with_before: str
    with_before_support: str
    items: str
    wanted: str
    item: str
    system_first: str
    toggle_key: str
    all_key: str
    save: str
    save_key: str
    ground_: str
    foreigners: str
    system_missing: str
    purpose_missing: str
    since_missing: str
    until_missing: str
    items_missing: str
    done: str
    done_text: str

    def until_support(self, years: int) -> str:
        return self.until_support_.format(years=years)

    def ground(self, ground: str) -> str:
        return self.ground_.format(ground=ground)


@dataclass(frozen=True, slots=True)
class DistributionSystemsTexts:
    """How receiving systems stand."""

    title: str
    list: str
    state: str
    system: str
    last: str
    told: str
    taken: str
    gap: str
    waiting: str
    next_at: str
    until: str
    count_: str
    again: str
    again_key: str
    resend: str
    resend_key: str
    suspend: str
    suspend_key: str
    resume: str
    resume_key: str
    first: str
    first_support: str
    first_wrong: str
    why_again: str
    why_resend: str
    why_suspend: str
    why_resume: str
    at_once: str
    fetches: str
    none: str
    note_items_: str
    note_cause_: str
    no_items: str
    done_: str
    done_text_: str

    def count(self, count: int, stopped: int, waiting: int) -> str:
        return self.count_.format(count=count, stopped=stopped, waiting=waiting)

    def note_items(self, items: str) -> str:
        return self.note_items_.format(items=items)

    def note_cause(self, cause: str, attempts: int, items: str) -> str:
        return self.note_cause_.format(cause=cause, attempts=attempts, items=items)

    def done(self, system: str, act: str) -> str:
        return self.done_.format(system=system, act=act)

    def done_text(self, state: str) -> str:
        return self.done_text_.format(state=state)


@dataclass(frozen=True, slots=True)
class DistributionLinkageTexts:
    """Linkage records."""

    title: str
    list: str
    at: str
    event: str
    subject: str
    system: str
    items: str
    sequence: str
    since: str
    until: str
    all_systems: str
    reason: str
    reason_support: str
    reason_missing: str
    subject_missing: str
    search: str
    search_key: str
    more: str
    more_key: str
    not_asked: str
    none: str
    count_: str
    count_more_: str
    few_: str
    note_: str
    no_items: str

    def count(self, count: int, people: int) -> str:
        return self.count_.format(count=count, people=people)

    def count_more(self, count: int, people: int) -> str:
        return self.count_more_.format(count=count, people=people)

    def few(self, shown: str, count: int) -> str:
        return self.few_.format(shown=shown, count=count)

    def note(self, items: str) -> str:
        return self.note_.format(items=items)


@dataclass(frozen=True, slots=True)
class DistributionUntoldTexts:
    """Changes that the register could not tell."""

    title: str
    list: str
    lead: str
    subject: str
    laid_at: str
    attempts: str
    reason: str
    again: str
    again_key: str
    none: str
    count_: str
    done: str
    done_text: str

    def count(self, count: int) -> str:
        return self.count_.format(count=count)
