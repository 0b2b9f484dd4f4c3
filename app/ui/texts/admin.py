"""Words of administrators and supervisors: staff cards, passes, changes that wait for a second one, who is there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AdminTexts:
    """The room's entrance: what this person may do here."""

    title: str
    enter: str
    lead: str
    cards: str
    cards_text: str
    one_time_pass: str
    one_time_pass_text: str
    changes: str
    changes_text: str
    sessions: str
    sessions_text: str
    group_office: str
    group_watch: str
    people: str
    people_text: str
    departments: str
    departments_text: str
    rights: str
    rights_text: str
    terminals: str
    terminals_text: str
    transfers: str
    transfers_text: str
    draft: str
    draft_text: str
    open_task_: str
    back: str

    def open_task(self, task: str) -> str:
        return self.open_task_.format(task=task)


@dataclass(frozen=True, slots=True)
class AdminCardsTexts:
    """Staff cards: which there are, approving and revoking."""

    title: str
    list: str
    staff_id: str
    staff_id_support: str
    look: str
    of_person_: str
    of_nobody_: str
    count_: str
    none_waiting: str
    loading: str
    empty_waiting: str
    empty_person: str
    person: str
    label: str
    registered: str
    approved: str
    state: str
    by_: str
    good: str
    waits: str
    revoked_: str
    yours_to_approve: str
    registered_by_you: str
    your_own: str
    approve: str
    approve_key: str
    register: str
    revoke: str
    revoke_key: str
    refresh: str
    back: str
    working: str
    approved_title_: str
    approved_text: str
    revoke_title_: str
    revoke_text: str
    revoke_confirm: str
    cancel: str
    revoked_title_: str
    revoked_text: str

    def of_person(self, staff_id: str, count: int) -> str:
        return self.of_person_.format(staff_id=staff_id, count=count)

    def of_nobody(self, staff_id: str) -> str:
        return self.of_nobody_.format(staff_id=staff_id)

    def count(self, count: int) -> str:
        return self.count_.format(count=count)

    def by(self, time: str, staff_id: str) -> str:
        return self.by_.format(time=time, staff_id=staff_id)

    def revoked(self, day: str) -> str:
        return self.revoked_.format(day=day)

    def approved_title(self, staff_id: str, label: str) -> str:
        return self.approved_title_.format(staff_id=staff_id, label=label)

    def revoke_title(self, staff_id: str, label: str) -> str:
        return self.revoke_title_.format(staff_id=staff_id, label=label)

    def revoked_title(self, staff_id: str, label: str) -> str:
        return self.revoked_title_.format(staff_id=staff_id, label=label)


@dataclass(frozen=True, slots=True)
class AdminRegisterTexts:
    """Registering a card with its holder there."""

    title: str
    how: str
    step_1: str
    step_2: str
    step_3: str
    step_4: str
    no_lock: str
    staff_id: str
    staff_id_support: str
    label: str
    label_support: str
    pin: str
    pin_support: str
    empty_staff_id: str
    empty_label: str
    empty_pin: str
    register: str
    register_key: str
    working: str
    absent_next: str
    blocked_next: str
    unknown_title: str
    unknown_why: str
    unknown_next: str
    done_title_: str
    done_text: str
    done_next: str
    back: str

    def done_title(self, staff_id: str, label: str) -> str:
        return self.done_title_.format(staff_id=staff_id, label=label)


@dataclass(frozen=True, slots=True)
class AdminPassTexts:
    """A pass in place of a card."""

    title: str
    lead: str
    staff_id: str
    staff_id_support: str
    reason: str
    empty_staff_id: str
    empty_reason: str
    own: str
    issue: str
    issue_key: str
    working: str
    issued_: str
    issued_text: str
    good_until_: str
    expired: str
    read_aloud_: str
    none: str
    hide: str
    back: str

    def issued(self, staff_id: str) -> str:
        return self.issued_.format(staff_id=staff_id)

    def good_until(self, time: str) -> str:
        return self.good_until_.format(time=time)

    def read_aloud(self, letters: str) -> str:
        return self.read_aloud_.format(letters=letters)


@dataclass(frozen=True, slots=True)
class AdminChangesTexts:
    """Changes that a second administrator decides."""

    title: str
    list: str
    content: str
    kind: str
    about: str
    proposed: str
    until: str
    state: str
    item: str
    before: str
    after: str
    loading: str
    working: str
    count_: str
    decided_count_: str
    none: str
    none_decided: str
    no_content: str
    approve: str
    approve_key: str
    reject: str
    reject_key: str
    refresh: str
    decided_key: str
    waiting_key: str
    back: str
    by_: str
    reason_: str
    decided_: str
    proposed_by_you: str
    stale_own: str
    stale: str
    is_stale: str
    withdraw: str
    withdraw_key: str
    withdrawn_title_: str
    why: str
    why_support: str
    empty_why: str
    reject_confirm: str
    cancel: str
    decision_reason_: str
    about_you: str
    approved_title_: str
    rejected_title_: str
    first_password_: str
    first_password_next: str
    enrolment_code_: str
    enrolment_code_next: str

    def count(self, count: int) -> str:
        return self.count_.format(count=count)

    def decided_count(self, count: int) -> str:
        return self.decided_count_.format(count=count)

    def by(self, time: str, staff_id: str) -> str:
        return self.by_.format(time=time, staff_id=staff_id)

    def reason(self, reason: str) -> str:
        return self.reason_.format(reason=reason)

    def decided(self, time: str, person: str) -> str:
        return self.decided_.format(time=time, person=person)

    def approved_title(self, subject: str) -> str:
        return self.approved_title_.format(subject=subject)

    def rejected_title(self, subject: str) -> str:
        return self.rejected_title_.format(subject=subject)

    def withdrawn_title(self, subject: str) -> str:
        return self.withdrawn_title_.format(subject=subject)

    def decision_reason(self, reason: str) -> str:
        return self.decision_reason_.format(reason=reason)

    def first_password(self, password: str) -> str:
        return self.first_password_.format(password=password)

    def enrolment_code(self, terminal: str, code: str) -> str:
        return self.enrolment_code_.format(terminal=terminal, code=code)


@dataclass(frozen=True, slots=True)
class AdminSessionsTexts:
    """Who is signed in now, and who tried to."""

    title: str
    open_sessions: str
    tries: str
    person: str
    terminal: str
    started: str
    expires: str
    at: str
    purpose: str
    result: str
    loading: str
    count_: str
    none: str
    tries_count_: str
    refused_count_: str
    no_tries: str
    no_refused: str
    find: str
    nobody: str
    refused_: str
    succeeded_: str
    show_refused: str
    show_all: str
    refused_key: str
    all_key: str
    refresh: str
    back: str
    who_: str
    where_: str

    def count(self, count: int) -> str:
        return self.count_.format(count=count)

    def tries_count(self, count: int) -> str:
        return self.tries_count_.format(count=count)

    def refused_count(self, count: int) -> str:
        return self.refused_count_.format(count=count)

    def refused(self, cause: str) -> str:
        return self.refused_.format(cause=cause)

    def succeeded(self, factor: str) -> str:
        return self.succeeded_.format(factor=factor)

    def who(self, staff_id: str, name: str) -> str:
        return self.who_.format(staff_id=staff_id, name=name)

    def where(self, terminal: str, window: str) -> str:
        return self.where_.format(terminal=terminal, window=window)


@dataclass(frozen=True, slots=True)
class AdminChangeTexts:
    """What a change consists of."""

    person_: str
    transfers_: str
    bundle_: str
    part_: str
    name: str
    office: str
    active: str
    is_active: str
    is_gone: str
    post: str
    section: str
    right: str
    window: str
    terminal_state: str
    certificate: str
    first_certificate: str
    display: str
    hidden: str
    not_hidden: str
    shut_out: str
    let_in: str
    span_: str
    only_: str
    leaves_: str

    def person(self, staff_id: str, name: str) -> str:
        return self.person_.format(staff_id=staff_id, name=name)

    def transfers(self, count: int) -> str:
        return self.transfers_.format(count=count)

    def bundle(self, first: str, count: int) -> str:
        return self.bundle_.format(first=first, count=count)

    def part(self, about: str, item: str) -> str:
        return self.part_.format(about=about, item=item)

    def span(self, since: str, until: str) -> str:
        return self.span_.format(since=since, until=until)

    def only(self, what: str) -> str:
        return self.only_.format(what=what)

    def leaves(self, day: str) -> str:
        return self.leaves_.format(day=day)
