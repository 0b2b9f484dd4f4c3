"""Words of a visit: between visits, identity, search, procedure, number, enquiries."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VisitTexts:
    """What several screens of a visit share."""

    close: str
    close_key: str
    save: str
    next: str
    back: str
    other_way: str
    working: str
    closed_title: str
    closed_text: str
    closed_kept: str
    step_person: str
    step_search: str
    step_procedure: str
    step_number: str
    step_form: str
    step_hand_in: str


@dataclass(frozen=True, slots=True)
class WaitingTexts:
    """Between two visits."""

    title: str
    lead: str
    ticket: str
    ticket_support: str
    begin: str
    reload: str
    queue: str
    sign_out: str
    drafts: str
    no_drafts: str
    resume: str
    procedure: str
    saved_at: str
    waiting: str
    none_waiting: str
    what: str
    state: str
    next_try: str
    who: str
    received: str
    none_received: str
    number: str
    receipt_date: str
    alarm_title: str
    alarm_text: str
    alarm_next: str
    certificate_ends_: str
    certificate_ended: str
    certificate_text_: str
    certificate_next: str
    at_once: str
    dead: str
    summary_: str
    drop: str
    readers: str
    readers_key: str

    def summary(self, count: int) -> str:
        return self.summary_.format(count=count)

    def certificate_ends(self, days: int) -> str:
        return self.certificate_ends_.format(days=days)

    def certificate_text(self, day: str, time: str) -> str:
        return self.certificate_text_.format(day=day, time=time)


@dataclass(frozen=True, slots=True)
class IdentifyTexts:
    """Confirming who stands here, by card or by eye."""

    title: str
    capacity: str
    code: str
    code_support: str
    hide_code: str
    show_code: str
    tries_asking: str
    read: str
    cancel: str
    cancel_key: str
    by_eye: str
    ways: str
    ways_key: str
    confirm: str
    confirm_key: str
    by_eye_key: str
    card_key: str
    eye_key: str
    again: str
    progress_connecting: str
    progress_attributes: str
    progress_face_: str
    progress_number: str
    progress_proving: str
    same_face: str
    same_face_missing: str
    person_not_number: str
    not_confirmed_title: str
    not_confirmed_text: str
    not_confirmed_next: str
    other_card_title: str
    other_card_text: str
    other_card_next: str
    last_title: str
    last_text: str
    last_next: str
    last_use: str
    eye_title: str
    eye_lead: str
    eye_first: str
    eye_second: str
    eye_second_support: str
    eye_name: str
    eye_name_support: str
    eye_missing: str
    eye_not_enough: str
    eye_name_missing: str
    eye_confirm: str
    to_card: str

    def progress_face(self, percent: int) -> str:
        return self.progress_face_.format(percent=percent)


@dataclass(frozen=True, slots=True)
class PersonTexts:
    """Finding a person in the register."""

    title: str
    title_applicant: str
    name: str
    kana: str
    birth: str
    search: str
    searching: str
    hits: str
    no_hits: str
    not_searched: str
    more: str
    several_title: str
    several_text: str
    restrained_title: str
    restrained_text: str
    nobody_title: str
    nobody_text: str
    nobody_next: str
    restraints: str
    no_restraint: str
    restraint_: str
    address: str
    open: str
    use: str
    not_resident: str
    not_resident_key: str
    use_key: str
    resident: str
    former: str
    compared: str
    item: str
    on_card: str
    in_register: str
    result: str
    no_card: str
    differs_title: str
    differs_text: str
    no_character: str
    more_characters_: str
    characters_spoken_: str
    household: str
    relation: str
    number_linked: str
    number_unlinked: str
    again: str
    empty: str
    entry_title: str
    entry_name_missing: str
    not_kana: str

    def more_characters(self, count: int) -> str:
        return self.more_characters_.format(count=count)

    def characters_spoken(self, field: str, left: str, right: str, why: str) -> str:
        return self.characters_spoken_.format(field=field, left=left, right=right, why=why)

    def restraint(self, act: str, level: str) -> str:
        return self.restraint_.format(act=act, level=level)


@dataclass(frozen=True, slots=True)
class ProcedureTexts:
    """Choosing the procedure."""

    title: str
    list: str
    none: str
    name: str
    section: str
    law: str
    right: str
    may: str
    may_not: str
    identity: str
    missing_: str
    not_fitting: str
    follows_: str
    choose: str
    interview: str
    certificates: str
    seals: str
    network: str
    no_right_title: str
    no_right_text: str
    no_right_next: str

    def missing(self, what: str) -> str:
        return self.missing_.format(what=what)

    def follows(self, why: str, what: str) -> str:
        return self.follows_.format(why=why, what=what)


@dataclass(frozen=True, slots=True)
class NumberTexts:
    """Confirming a 個人番号."""

    title: str
    lead: str
    way: str
    code: str
    code_support: str
    pin: str
    pin_support: str
    paper: str
    paper_number: str
    paper_number_support: str
    confirm: str
    no_card: str
    choose_paper: str
    choose_way: str
    not_confirmed_title: str
    not_confirmed_text: str
    not_confirmed_next: str
    other_person_title: str
    other_person_text: str
    other_person_next: str
    no_leave_title: str
    no_leave_line: str
    no_leave_right: str
    no_leave_next: str
    nobody_title: str
    nobody_text: str
    nobody_next: str
    network_found_: str
    network_person_: str
    network_more: str
    network_none: str
    first_title: str
    first_text_: str
    first_next: str
    last_use: str
    found: str

    def network_found(self, count: int) -> str:
        return self.network_found_.format(count=count)

    def network_person(self, name: str, birth: str, sex: str, address: str) -> str:
        return self.network_person_.format(name=name, birth=birth, sex=sex, address=address)

    def first_text(self, what: str) -> str:
        return self.first_text_.format(what=what)


@dataclass(frozen=True, slots=True)
class EnquiryTexts:
    """Enquiries of an application."""

    title: str
    lead: str
    list: str
    none: str
    what: str
    about: str
    whom: str
    year: str
    state: str
    not_sent: str
    send: str
    refresh: str
    back: str
    own: str
    purpose_: str
    waiting_since_: str
    answered_at_: str
    no_subject: str
    sent_title: str
    sent_text: str
    year_of_: str
    as_of_: str
    step_: str
    consent: str
    consent_support: str
    consent_missing: str
    consent_open_: str
    consent_open_text: str
    since: str
    until: str
    period_: str
    sent_to_: str
    other_provider: str
    provider_reason: str
    provider_reason_missing: str
    provider_note_: str

    def consent_open(self, count: int) -> str:
        return self.consent_open_.format(count=count)

    def provider_note(self, whom: str, why: str) -> str:
        return self.provider_note_.format(whom=whom, why=why)

    def period(self, since: str, until: str) -> str:
        return self.period_.format(since=since, until=until)

    def sent_to(self, whom: str, about: str) -> str:
        return self.sent_to_.format(whom=whom, about=about)

    def as_of(self, day: str) -> str:
        return self.as_of_.format(day=day)

    def step(self, step: str) -> str:
        return self.step_.format(step=step)

    def purpose(self, purpose: str) -> str:
        return self.purpose_.format(purpose=purpose)

    def waiting_since(self, time: str) -> str:
        return self.waiting_since_.format(time=time)

    def answered_at(self, time: str) -> str:
        return self.answered_at_.format(time=time)

    def year_of(self, year: str) -> str:
        return self.year_of_.format(year=year)


@dataclass(frozen=True, slots=True)
class OutgoingTexts:
    """What has not arrived at the office."""

    title: str
    key: str
    lead: str
    list: str
    empty: str
    what: str
    state: str
    laid_at: str
    tries: str
    times_: str
    next_try: str
    at_once: str
    none: str
    who: str
    detail: str
    why: str
    advice: str
    tell: str
    on_its_way: str
    nothing_to_do: str
    reason: str
    reason_needed: str
    again: str
    aside: str
    aside_key: str
    hurry: str
    hurried: str
    sent_again: str
    laid_aside: str
    refresh: str
    back: str

    def times(self, count: int) -> str:
        """How often it was tried."""
        return self.times_.format(count=count)
