"""Words of the exchange's providing side: what is held back, marks, receivers of what was wrong, notes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExchangeReleasesTexts:
    """提供の承認: its words."""

    title: str
    list: str
    facts: str
    none: str
    count_: str
    left: str
    left_days_: str
    left_hours_: str
    over: str
    state: str
    requester: str
    information: str
    cause: str
    turn: str
    turn_mine: str
    turn_other: str
    open: str
    open_key: str
    process_number: str
    task: str
    purpose: str
    asked_at: str
    two: str
    two_needed: str
    one_enough: str
    checked: str
    proposed_: str

    def count(self, count: int | str) -> str:
        return self.count_.format(count=count)

    def left_days(self, days: int | str, until: str) -> str:
        return self.left_days_.format(days=days, until=until)

    def left_hours(self, hours: int | str, minutes: int | str) -> str:
        return self.left_hours_.format(hours=hours, minutes=minutes)

    def proposed(self, by: str, outcome: str, reason: str) -> str:
        return self.proposed_.format(by=by, outcome=outcome, reason=reason)


@dataclass(frozen=True, slots=True)
class ExchangeReleaseTexts:
    """提供する内容の確認: its words."""

    title: str
    facts: str
    lead_: str
    content: str
    asked_items: str
    person: str
    marks: str
    mark_: str
    purpose: str
    process_number: str
    version: str
    digest: str
    request_digest: str
    outcome: str
    reason: str
    reason_missing: str
    decide: str
    decide_key: str
    decide_question: str
    check: str
    check_key: str
    check_question: str
    nothing: str
    nothing_two: str
    nothing_mine: str
    done_: str
    done_checked: str
    done_decided: str

    def lead(self, requester: str, task: str, information: str) -> str:
        return self.lead_.format(requester=requester, task=task, information=information)

    def mark(self, kind: str, reason: str) -> str:
        return self.mark_.format(kind=kind, reason=reason)

    def done(self, state: str) -> str:
        return self.done_.format(state=state)


@dataclass(frozen=True, slots=True)
class ExchangeFlagsTexts:
    """不開示・自動応答不可: its words."""

    title: str
    list: str
    facts: str
    none: str
    person_support: str
    also_cleared: str
    state: str
    kind: str
    information: str
    all_information: str
    reason: str
    by: str
    at: str
    is_set: str
    is_cleared: str
    cleared: str
    lifted_: str
    why: str
    not_mine: str
    fresh: str
    fresh_key: str
    clear: str
    clear_key: str

    def lifted(self, by: str, at: str) -> str:
        return self.lifted_.format(by=by, at=at)


@dataclass(frozen=True, slots=True)
class ExchangeFlagSetTexts:
    """フラグの設定: its words."""

    title: str
    lead_: str
    kind: str
    information: str
    information_support: str
    person_support: str
    reason: str
    on_nothing: str
    send: str
    send_key: str
    question: str
    done: str
    done_text: str

    def lead(self, owner: str) -> str:
        return self.lead_.format(owner=owner)


@dataclass(frozen=True, slots=True)
class ExchangeFlagClearTexts:
    """フラグの解除: its words."""

    title: str
    lead_: str
    reason: str
    send: str
    send_key: str
    question: str
    done: str
    done_text: str

    def lead(self, kind: str, information: str, person: str) -> str:
        return self.lead_.format(kind=kind, information=information, person=person)


@dataclass(frozen=True, slots=True)
class ExchangeReceiversTexts:
    """誤った情報の提供先: its words."""

    title: str
    list: str
    facts: str
    none: str
    information: str
    year: str
    year_support: str
    year_wrong: str
    person_support: str
    file: str
    file_support: str
    one_of: str
    found_: str
    present_: str
    present_none: str
    provided: str
    requester: str
    task: str
    told: str
    version: str
    version_of_: str
    same: str
    other: str
    note: str
    not_told: str
    content: str
    process_number: str
    note_reason: str
    received: str
    cause: str
    note_one: str
    note_one_key: str
    note_all: str
    note_all_key: str
    notes: str
    notes_key: str

    def found(self, count: int | str, present: str) -> str:
        return self.found_.format(count=count, present=present)

    def present(self, version: int | str) -> str:
        return self.present_.format(version=version)

    def version_of(self, version: int | str) -> str:
        return self.version_of_.format(version=version)


@dataclass(frozen=True, slots=True)
class ExchangeErrorNoteTexts:
    """過誤の通知: its words."""

    title: str
    lead_: str
    reason: str
    corrected: str
    corrected_support: str
    send: str
    send_key: str
    question: str
    done_: str
    done_text: str

    def lead(self, count: int | str) -> str:
        return self.lead_.format(count=count)

    def done(self, count: int | str) -> str:
        return self.done_.format(count=count)


@dataclass(frozen=True, slots=True)
class ExchangeNotesTexts:
    """送った過誤通知の状態: its words."""

    title: str
    list: str
    facts: str
    none: str
    state: str
    receiver: str
    information: str
    reason: str
    made: str
    by_at_: str
    received: str
    acknowledged: str
    process_number: str
    cause: str
    next: str

    def by_at(self, by: str, at: str) -> str:
        return self.by_at_.format(by=by, at=at)


@dataclass(frozen=True, slots=True)
class ExchangeReceivedTexts:
    """届いた過誤通知: its words."""

    title: str
    list: str
    facts: str
    none: str
    task: str
    state: str
    known: str
    fresh: str
    provider: str
    information: str
    reason: str
    again: str
    ask_again: str
    not_yet: str
    received: str
    process_number: str
    confirmed: str
    by_at_: str
    confirm: str
    confirm_key: str
    confirm_question: str
    done: str
    done_text: str

    def by_at(self, by: str, at: str) -> str:
        return self.by_at_.format(by=by, at=at)
