"""Words of the register: search, record, history, restraints."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RegisterTexts:
    """What several screens of the register share, and its room."""

    title: str
    lead: str
    key: str
    back: str
    group_find: str
    group_enter: str
    group_decide: str
    search: str
    search_text: str
    own: str
    own_text: str
    fresh: str
    fresh_text: str
    announced: str
    announced_text: str
    waiting: str
    waiting_text: str
    measures: str
    measures_text: str
    no_day: str
    nothing: str
    number_there: str
    hidden: str
    is_resident: str
    no_resident: str
    new_record_: str
    unnamed: str
    between: str
    with_more_: str
    of_whom_: str
    working: str

    def new_record(self, name: str) -> str:
        return self.new_record_.format(name=name)

    def with_more(self, shown: str, count: int) -> str:
        return self.with_more_.format(shown=shown, count=count)

    def of_whom(self, whom: str, what: str) -> str:
        return self.of_whom_.format(whom=whom, what=what)


@dataclass(frozen=True, slots=True)
class RegisterSearchTexts:
    """More to search by."""

    address: str
    ward: str
    all_wards: str
    recent: str
    between: str


@dataclass(frozen=True, slots=True)
class RegisterRecordTexts:
    """One person's record."""

    title: str
    list: str
    item: str
    value: str
    household: str
    name: str
    relation: str
    birth: str
    nobody: str
    empty: str
    business_number: str
    number_linked: str
    linked: str
    unlinked: str
    former_january_: str
    elsewhere: str
    show_for: str
    show_for_support: str
    history: str
    history_key: str
    enter: str
    enter_key: str
    measures: str
    measures_key: str
    refresh: str
    member: str
    chip_resident: str
    chip_removed_: str
    chip_planned_: str
    chip_waiting_: str
    chip_restrained_: str
    alert_title_: str
    alert_error: str
    alert_confirm: str

    def former_january(self, year: str) -> str:
        return self.former_january_.format(year=year)

    def chip_removed(self, day: str) -> str:
        return self.chip_removed_.format(day=day)

    def chip_planned(self, day: str) -> str:
        return self.chip_planned_.format(day=day)

    def chip_waiting(self, count: int) -> str:
        return self.chip_waiting_.format(count=count)

    def chip_restrained(self, acts: str) -> str:
        return self.chip_restrained_.format(acts=acts)

    def alert_title(self, acts: str) -> str:
        return self.alert_title_.format(acts=acts)


@dataclass(frozen=True, slots=True)
class RegisterHistoryTexts:
    """How a record came to be."""

    title: str
    line: str
    view: str
    all: str
    names: str
    addresses: str
    households: str
    removed: str
    changes: str
    whom: str
    item: str
    before: str
    after: str
    none: str
    none_at_all: str
    loading: str
    on: str
    show_on: str
    show_on_key: str
    on_title_: str
    on_empty: str
    on_value: str
    entered_: str
    removed_title_: str
    removed_ward_: str
    household_of_: str
    member_: str
    left: str
    titled_: str
    whole_: str

    def on_title(self, day: str) -> str:
        return self.on_title_.format(day=day)

    def entered(self, filed: str, by: str, decider: str, then: str) -> str:
        return self.entered_.format(filed=filed, by=by, decider=decider, then=then)

    def removed_title(self, why: str) -> str:
        return self.removed_title_.format(why=why)

    def removed_ward(self, ward: str) -> str:
        return self.removed_ward_.format(ward=ward)

    def household_of(self, household: str, title: str) -> str:
        return self.household_of_.format(household=household, title=title)

    def member(self, name: str) -> str:
        return self.member_.format(name=name)

    def titled(self, kind: str, reason: str) -> str:
        return self.titled_.format(kind=kind, reason=reason)

    def whole(self, item: str, before: str, after: str) -> str:
        return self.whole_.format(item=item, before=before, after=after)


@dataclass(frozen=True, slots=True)
class RegisterMeasuresTexts:
    """What restrains whom."""

    title: str
    title_of_: str
    list: str
    kind: str
    people: str
    state: str
    acts: str
    until: str
    systems: str
    complete: str
    incomplete: str
    no_end: str
    count_: str
    more_: str
    none: str
    none_of: str
    loading: str
    open: str
    open_key: str
    request: str
    request_key: str
    release: str
    release_key: str
    refresh: str
    until_renew_: str

    def title_of(self, name: str) -> str:
        return self.title_of_.format(name=name)

    def count(self, count: int) -> str:
        return self.count_.format(count=count)

    def more(self, count: int) -> str:
        return self.more_.format(count=count)

    def until_renew(self, day: str, alert: str) -> str:
        return self.until_renew_.format(day=day, alert=alert)


@dataclass(frozen=True, slots=True)
class RegisterMeasureTexts:
    """One measure."""

    title: str
    facts: str
    item: str
    value: str
    kind: str
    state: str
    people: str
    scope: str
    acts: str
    period: str
    lead_person: str
    offender: str
    opinion: str
    reason: str
    no_end: str
    period_of_: str
    systems: str
    system: str
    set: str
    by: str
    empty: str
    missing_: str
    complete: str
    mark: str
    mark_key: str
    mark_lifted: str
    approve: str
    approve_key: str
    refuse: str
    refuse_key: str
    end: str
    end_key: str
    extend: str
    extend_key: str
    why: str
    why_support: str
    why_refuse: str
    empty_why: str
    send: str
    cancel: str
    refresh: str
    own: str
    waits_: str
    moved_out: str
    lapsed: str
    ending: str
    decided: str
    decided_text_: str
    asked: str
    asked_text: str
    marked_: str

    def period_of(self, since: str, until: str) -> str:
        return self.period_of_.format(since=since, until=until)

    def missing(self, count: int) -> str:
        return self.missing_.format(count=count)

    def waits(self, waits: str) -> str:
        return self.waits_.format(waits=waits)

    def decided_text(self, state: str) -> str:
        return self.decided_text_.format(state=state)

    def marked(self, system: str, state: str) -> str:
        return self.marked_.format(system=system, state=state)


@dataclass(frozen=True, slots=True)
class RegisterMeasureFormTexts:
    """A measure asked for."""

    title: str
    lead: str
    people: str
    moves: str
    yes: str
    no: str
    name: str
    relation: str
    birth: str
    toggle_key: str
    kind: str
    scope: str
    scope_support: str
    acts: str
    view: str
    issue: str
    edit: str
    free: str
    since: str
    until: str
    until_support: str
    reason: str
    reason_support: str
    offender: str
    opinion: str
    opinion_support: str
    save: str
    save_key: str
    nobody: str
    kind_missing: str
    acts_missing: str
    reason_missing: str
    done: str
    done_next: str
