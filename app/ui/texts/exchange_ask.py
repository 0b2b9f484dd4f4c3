"""Words of the exchange's asking side: a section's enquiries, codes, files of business systems."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExchangeEnquiriesTexts:
    """照会の一覧: its words."""

    title: str
    list: str
    facts: str
    none: str
    only_open: str
    more: str
    more_text: str
    state: str
    enquiry: str
    about: str
    provider: str
    own: str
    age: str
    expected: str
    step: str
    open: str
    open_key: str
    process_number: str
    accepted: str
    by_at_: str
    delay: str
    tries: str
    tries_next_: str

    def by_at(self, by: str, at: str) -> str:
        return self.by_at_.format(by=by, at=at)

    def tries_next(self, count: int | str, at: str) -> str:
        return self.tries_next_.format(count=count, at=at)


@dataclass(frozen=True, slots=True)
class ExchangeEnquiryOneTexts:
    """照会の内容: its words."""

    title: str
    facts: str
    lead_: str
    answered: str
    answered_at_: str
    provider: str
    provider_why: str
    about: str
    person_of_: str
    information: str
    as_of: str
    items: str
    task: str
    purpose: str
    basis: str
    basis_of_: str
    consent: str
    asked_on: str
    process_number: str
    digest: str
    no_digest: str
    key_id: str
    trace: str
    enquiry_id: str
    again: str
    again_key: str
    close: str
    close_key: str

    def lead(self, state: str, step: str) -> str:
        return self.lead_.format(state=state, step=step)

    def answered_at(self, kind: str, at: str) -> str:
        return self.answered_at_.format(kind=kind, at=at)

    def person_of(self, name: str, number: int | str) -> str:
        return self.person_of_.format(name=name, number=number)

    def basis_of(self, series: str, item: str) -> str:
        return self.basis_of_.format(series=series, item=item)


@dataclass(frozen=True, slots=True)
class ExchangeEnquiryAgainTexts:
    """再照会: its words."""

    title: str
    lead_: str
    consent: str
    consent_support: str
    send: str
    send_key: str
    question: str
    done: str
    done_text: str

    def lead(self, enquiry: str, name: str) -> str:
        return self.lead_.format(enquiry=enquiry, name=name)


@dataclass(frozen=True, slots=True)
class ExchangeEnquiryCloseTexts:
    """照会の取りやめ: its words."""

    title: str
    lead_: str
    reason: str
    send: str
    send_key: str
    question: str
    done: str
    done_text: str

    def lead(self, enquiry: str, name: str) -> str:
        return self.lead_.format(enquiry=enquiry, name=name)


@dataclass(frozen=True, slots=True)
class ExchangeCodesTexts:
    """符号の取得状況: its words."""

    title: str
    facts: str
    lead: str
    number: str
    linked: str
    not_linked: str
    code: str
    means: str


@dataclass(frozen=True, slots=True)
class ExchangeBulkTexts:
    """一括照会: its words."""

    title: str
    list: str
    before: str
    facts: str
    file: str
    file_support: str
    file_long: str
    layout: str
    outcomes: str
    send: str
    send_key: str
    state: str
    state_key: str
    keep: str
    keep_key: str
    keep_question: str
    sending_: str
    sending_text: str
    sent: str
    sent_text_: str
    sent_some: str
    sent_some_text_: str
    no_losses: str
    stands: str
    rows: str
    rows_of_: str
    changed: str
    row: str
    field: str
    loss: str
    what: str
    became: str
    file_name_: str
    kept: str

    def sending(self, number: int | str, count: int | str) -> str:
        return self.sending_.format(number=number, count=count)

    def sent_text(self, rows: int | str) -> str:
        return self.sent_text_.format(rows=rows)

    def sent_some_text(self, rows: int | str, rejected: int | str, lossy: int | str) -> str:
        return self.sent_some_text_.format(rows=rows, rejected=rejected, lossy=lossy)

    def rows_of(self, count: int | str) -> str:
        return self.rows_of_.format(count=count)

    def file_name(self, file: str) -> str:
        return self.file_name_.format(file=file)


@dataclass(frozen=True, slots=True)
class ExchangeConvertTexts:
    """ファイルの変換: its words."""

    title: str
    list: str
    before: str
    none: str
    source: str
    target: str
    target_support: str
    other_use: str
    convert: str
    convert_key: str
    keep: str
    keep_key: str
    keep_losses: str
    keep_losses_key: str
    lead_: str
    row: str
    field: str
    loss: str
    what: str
    became: str
    whole: str
    whole_text: str
    lossy: str
    lossy_text: str
    faulty: str
    faulty_text: str
    file_name_: str
    losses_name_: str
    kept: str

    def lead(self, rows: int | str, lossy: int | str, faults: str) -> str:
        return self.lead_.format(rows=rows, lossy=lossy, faults=faults)

    def file_name(self, name: str) -> str:
        return self.file_name_.format(name=name)

    def losses_name(self, name: str) -> str:
        return self.losses_name_.format(name=name)
