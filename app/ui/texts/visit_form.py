"""Words of entering and handing in an application."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ApplicationTexts:
    """Entering an application."""

    title: str
    from_card: str
    from_register: str
    from_linked: str
    from_entry: str
    from_office: str
    errors_: str
    confirms_: str
    missing_: str
    none_left: str
    never_blocks: str
    finding_key: str
    add_row_: str
    remove_row_: str
    row_: str
    next_part: str
    previous_part: str
    to_hand_in: str
    to_hand_in_key: str
    enquire: str
    wrong_format: str
    wrong_kana: str
    wrong_digits_: str
    wrong_phone: str
    wrong_month: str
    wrong_municipality: str
    wrong_long_: str
    wrong_number: str
    kana_support: str
    digits_support_: str
    month_support: str
    linked_reason: str
    saved_: str
    not_saved: str
    saving: str
    save_failed: str
    resumed_title: str
    resumed_text: str
    correct_title_: str
    correct_text: str
    returned_note: str
    returned_by_: str

    def correct_title(self, number: str) -> str:
        return self.correct_title_.format(number=number)

    def returned_by(self, step: str, name: str, time: str) -> str:
        return self.returned_by_.format(step=step, name=name, time=time)

    def errors(self, count: int) -> str:
        return self.errors_.format(count=count)

    def confirms(self, count: int) -> str:
        return self.confirms_.format(count=count)

    def missing(self, count: int) -> str:
        return self.missing_.format(count=count)

    def add_row(self, label: str) -> str:
        return self.add_row_.format(label=label)

    def remove_row(self, label: str) -> str:
        return self.remove_row_.format(label=label)

    def row(self, label: str, number: int) -> str:
        return self.row_.format(label=label, number=number)

    def wrong_digits(self, digits: int) -> str:
        return self.wrong_digits_.format(digits=digits)

    def wrong_long(self, digits: int) -> str:
        return self.wrong_long_.format(digits=digits)

    def digits_support(self, digits: int) -> str:
        return self.digits_support_.format(digits=digits)

    def saved(self, time: str) -> str:
        return self.saved_.format(time=time)


@dataclass(frozen=True, slots=True)
class LimitTexts:
    """What handing in today would mean."""

    yen: str
    title_: str
    kept_: str
    late_: str
    kept_plain: str
    late_plain: str
    nobody_entered_: str
    not_all_entered_: str
    amount: str
    amount_text_: str
    papers: str

    def nobody_entered(self, group: str) -> str:
        return self.nobody_entered_.format(group=group)

    def not_all_entered(self, group: str) -> str:
        return self.not_all_entered_.format(group=group)

    def title(self, label: str, day: str) -> str:
        return self.title_.format(label=label, day=day)

    def kept(self, month: str) -> str:
        return self.kept_.format(month=month)

    def late(self, kept: str, late: str, lost: int) -> str:
        return self.late_.format(kept=kept, late=late, lost=lost)

    def amount_text(self, yen: str, count: int) -> str:
        return self.amount_text_.format(yen=yen, count=count)


@dataclass(frozen=True, slots=True)
class HandInTexts:
    """Handing in, and what came of it."""

    title: str
    lead: str
    content: str
    part: str
    item: str
    value: str
    applicant: str
    capacity: str
    evidence: str
    number: str
    findings: str
    no_findings: str
    hand_in: str
    back_to_form: str
    sending: str
    received_title: str
    kept_title: str
    number_label: str
    date_label: str
    identity_label: str
    state_label: str
    number_later: str
    kept_state: str
    kept_cause: str
    kept_next: str
    tell_received: str
    tell_kept: str
    tell_again: str
    again_title: str
    lead_again_: str
    sure_title: str
    sure_document: str
    sure_card: str
    sure_next: str
    sure_done: str
    print_slip: str
    visit_slip: str
    print_sheet: str
    another: str
    result_title: str
    slip_title: str
    visit_slip_title: str
    receipt: str

    def lead_again(self, number: str, day: str) -> str:
        return self.lead_again_.format(number=number, day=day)
