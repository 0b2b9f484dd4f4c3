"""Words of changes of the register: entry, drafts, approval."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RegisterKindsTexts:
    """The kinds of changes to choose from."""

    title: str
    list: str
    kind: str
    basis: str
    law: str
    notification: str
    ex_officio: str
    here: str
    gone: str
    new: str
    choose: str
    choose_key: str
    about_: str
    about_new: str
    about_gone_: str
    none: str

    def about(self, name: str) -> str:
        return self.about_.format(name=name)

    def about_gone(self, name: str) -> str:
        return self.about_gone_.format(name=name)


@dataclass(frozen=True, slots=True)
class RegisterEntryTexts:
    """The form of a change."""

    title: str
    household_key: str
    joins_title_: str
    joins_text: str
    step_change: str
    step_people: str
    step_check: str
    people: str
    moves: str
    yes: str
    no: str
    joins: str
    name: str
    birth: str
    relation: str
    after: str
    new_one: str
    toggle: str
    toggle_key: str
    add: str
    add_key: str
    remove: str
    relation_field: str
    relation_support: str
    items_: str
    items_none: str
    cleared: str
    kept: str
    findings: str
    findings_none: str
    findings_old: str
    findings_wait: str
    check: str
    check_key: str
    go_on: str
    next_key: str
    previous_key: str
    save: str
    save_key: str
    correct: str
    keep_key: str
    difference: str
    difference_none: str
    difference_closed: str
    whom: str
    item: str
    now: str
    then: str
    saved_: str
    not_saved: str
    save_failed: str
    lead_: str
    done_title_: str
    done_text: str
    done_findings_: str
    missing_: str
    nobody: str
    back: str
    number_again: str

    def joins_title(self, name: str) -> str:
        return self.joins_title_.format(name=name)

    def items(self, name: str) -> str:
        return self.items_.format(name=name)

    def saved(self, at: str) -> str:
        return self.saved_.format(at=at)

    def lead(self, kind: str) -> str:
        return self.lead_.format(kind=kind)

    def done_title(self, kind: str) -> str:
        return self.done_title_.format(kind=kind)

    def done_findings(self, count: int) -> str:
        return self.done_findings_.format(count=count)

    def missing(self, label: str) -> str:
        return self.missing_.format(label=label)


@dataclass(frozen=True, slots=True)
class RegisterOwnTexts:
    """One's own drafts and entries."""

    title: str
    title_waiting: str
    list: str
    kind: str
    people: str
    since: str
    by: str
    state: str
    findings: str
    event: str
    mark: str
    marked: str
    count_: str
    more_: str
    decided_count_: str
    none: str
    none_waiting: str
    none_decided: str
    loading: str
    open: str
    open_key: str
    refresh: str
    decided: str
    waiting_key: str
    errors_: str
    asks_: str
    clear: str
    drop: str
    drop_key: str
    drop_confirm: str
    fresh: str
    fresh_key: str
    unsent: str

    def count(self, count: int) -> str:
        return self.count_.format(count=count)

    def more(self, count: int) -> str:
        return self.more_.format(count=count)

    def decided_count(self, count: int) -> str:
        return self.decided_count_.format(count=count)

    def errors(self, count: int) -> str:
        return self.errors_.format(count=count)

    def asks(self, count: int) -> str:
        return self.asks_.format(count=count)


@dataclass(frozen=True, slots=True)
class RegisterBulkTexts:
    """Several entries approved at once, and what came of it."""

    toggle: str
    toggle_key: str
    approve_marked_: str
    approve_none: str
    approve_key: str
    approve_all_: str
    approve_all_key: str
    confirm_all_: str
    confirm_marked_: str
    confirm: str
    cancel: str
    not_marked: str
    too_many_: str
    cannot_: str
    result_title_: str
    result_none: str
    result_left_: str
    result_line_: str
    result_more: str

    def approve_marked(self, count: int) -> str:
        return self.approve_marked_.format(count=count)

    def approve_all(self, cap: int) -> str:
        return self.approve_all_.format(cap=cap)

    def confirm_all(self, cap: int) -> str:
        return self.confirm_all_.format(cap=cap)

    def confirm_marked(self, count: int) -> str:
        return self.confirm_marked_.format(count=count)

    def too_many(self, cap: int) -> str:
        return self.too_many_.format(cap=cap)

    def cannot(self, why: str) -> str:
        return self.cannot_.format(why=why)

    def result_title(self, count: int) -> str:
        return self.result_title_.format(count=count)

    def result_left(self, lines: str) -> str:
        return self.result_left_.format(lines=lines)

    def result_line(self, people: str, why: str) -> str:
        return self.result_line_.format(people=people, why=why)


@dataclass(frozen=True, slots=True)
class RegisterSheetTexts:
    """確認票: one entry with what it would change."""

    title: str
    difference: str
    none: str
    about_: str
    by_: str
    decided_: str
    reason_: str
    late_: str
    source_: str
    own: str
    own_matter: str
    restrained: str
    overtaken: str
    blocked: str
    approve: str
    approve_key: str
    refuse: str
    refuse_key: str
    correct: str
    correct_key: str
    withdraw: str
    withdraw_key: str
    next_key: str
    refresh: str
    why: str
    why_support: str
    empty_why: str
    refuse_confirm: str
    withdraw_confirm: str
    withdraw_yes: str
    cancel: str
    unticked: str
    approved_: str
    approved_text: str
    refused_: str
    withdrawn_: str
    withdrawn_text: str

    def about(self, kind: str, reason: str, filed: str, event: str) -> str:
        return self.about_.format(kind=kind, reason=reason, filed=filed, event=event)

    def by(self, by: str, at: str, office: str) -> str:
        return self.by_.format(by=by, at=at, office=office)

    def decided(self, state: str, by: str, at: str) -> str:
        return self.decided_.format(state=state, by=by, at=at)

    def reason(self, reason: str) -> str:
        return self.reason_.format(reason=reason)

    def late(self, reason: str) -> str:
        return self.late_.format(reason=reason)

    def source(self, source: str) -> str:
        return self.source_.format(source=source)

    def approved(self, kind: str, people: str) -> str:
        return self.approved_.format(kind=kind, people=people)

    def refused(self, kind: str, people: str) -> str:
        return self.refused_.format(kind=kind, people=people)

    def withdrawn(self, kind: str, people: str) -> str:
        return self.withdrawn_.format(kind=kind, people=people)


@dataclass(frozen=True, slots=True)
class RegisterAnnouncedTexts:
    """特例転入 that waits."""

    title: str
    list: str
    lead: str
    count_: str
    names: str
    moved_from: str
    planned: str
    received: str
    erase: str
    none: str
    loading: str
    open: str
    open_key: str
    refresh: str
    soon_: str

    def count(self, count: int) -> str:
        return self.count_.format(count=count)

    def soon(self, day: str) -> str:
        return self.soon_.format(day=day)
