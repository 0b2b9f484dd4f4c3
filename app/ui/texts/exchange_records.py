"""Words of the exchange's records and of the replica, row by row and in files."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExchangeRecordsTexts:
    """情報提供等の記録: its words."""

    title: str
    list: str
    facts: str
    none: str
    scope: str
    count_: str
    at: str
    side: str
    partner: str
    task: str
    information: str
    answer: str
    hidden: str
    shown: str
    process_number: str
    notes: str
    until: str
    marked_by_: str
    mark: str
    mark_key: str

    def count(self, count: int | str) -> str:
        return self.count_.format(count=count)

    def marked_by(self, reason: str, text: str, by: str, at: str) -> str:
        return self.marked_by_.format(reason=reason, text=text, by=by, at=at)


@dataclass(frozen=True, slots=True)
class ExchangeRecordMarkTexts:
    """記録に添える: its words."""

    title: str
    lead_: str
    kind: str
    reason: str
    text: str
    text_support: str
    text_missing: str
    send: str
    send_key: str
    question: str
    done: str
    done_text: str

    def lead(self, at: str, information: str) -> str:
        return self.lead_.format(at=at, information=information)


@dataclass(frozen=True, slots=True)
class ExchangeDisclosureTexts:
    """情報提供等記録の開示: its words."""

    title: str
    list: str
    facts: str
    none: str
    request: str
    request_support: str
    count_: str
    at: str
    side: str
    partner: str
    task: str
    information: str
    answer: str
    wrong: str
    was_wrong: str
    not_wrong: str
    corrections: str
    process_number: str
    look: str
    look_key: str
    look_question: str
    keep: str
    keep_key: str
    file_name_: str
    kept: str

    def count(self, shown: int | str, hidden: int | str) -> str:
        return self.count_.format(shown=shown, hidden=hidden)

    def file_name(self, request: str) -> str:
        return self.file_name_.format(request=request)


@dataclass(frozen=True, slots=True)
class ExchangeReplicaTexts:
    """副本（一人分）: its words."""

    title: str
    list: str
    facts: str
    none: str
    of_: str
    information: str
    kind: str
    version: str
    changed: str
    file: str
    by_hand: str
    marks: str
    no_marks: str
    enter: str
    enter_key: str
    fresh: str
    fresh_key: str
    delete: str
    delete_key: str

    def of(self, person: str, count: int | str) -> str:
        return self.of_.format(person=person, count=count)


@dataclass(frozen=True, slots=True)
class ExchangeReplicaRowTexts:
    """副本の登録: its words."""

    title: str
    lead_: str
    year: str
    year_wrong: str
    kind: str
    number_support: str
    number_wrong: str
    send: str
    send_key: str
    question: str
    done: str
    done_text: str

    def lead(self, information: str, person: str) -> str:
        return self.lead_.format(information=information, person=person)


@dataclass(frozen=True, slots=True)
class ExchangeReplicaDeleteTexts:
    """副本の削除: its words."""

    title: str
    lead_: str
    reason: str
    send: str
    send_key: str
    question: str
    done: str
    done_text: str

    def lead(self, information: str, person: str) -> str:
        return self.lead_.format(information=information, person=person)


@dataclass(frozen=True, slots=True)
class ExchangeFilesTexts:
    """副本のファイル: its words."""

    title: str
    list: str
    facts: str
    none: str
    information: str
    year: str
    year_support: str
    year_wrong: str
    file: str
    state: str
    progress: str
    parts_of_: str
    changed: str
    unchanged: str
    rejected: str
    rows: str
    begun: str
    last: str
    now: str
    goes_on_: str
    broken: str
    broken_title: str
    send: str
    send_key: str
    stop: str
    stop_key: str
    show_rejected: str
    rejected_key: str
    withdraw: str
    withdraw_key: str
    reading: str
    sending_: str
    sending_text_: str
    stopping: str
    stopping_text: str
    stopped: str
    stopped_text_: str
    done: str
    done_text_: str
    done_some: str
    done_some_text_: str

    def parts_of(self, done: int | str, parts: int | str) -> str:
        return self.parts_of_.format(done=done, parts=parts)

    def goes_on(self, part: int | str) -> str:
        return self.goes_on_.format(part=part)

    def sending(self, done: int | str) -> str:
        return self.sending_.format(done=done)

    def sending_text(self, count: int | str) -> str:
        return self.sending_text_.format(count=count)

    def stopped_text(self, done: int | str) -> str:
        return self.stopped_text_.format(done=done)

    def done_text(self, rows: int | str) -> str:
        return self.done_text_.format(rows=rows)

    def done_some_text(self, rows: int | str) -> str:
        return self.done_some_text_.format(rows=rows)


@dataclass(frozen=True, slots=True)
class ExchangeFileWithdrawTexts:
    """副本のファイルの取消し: its words."""

    title: str
    lead_: str
    reason: str
    send: str
    send_key: str
    question: str
    done: str
    done_text: str

    def lead(self, file: str, rows: int | str) -> str:
        return self.lead_.format(file=file, rows=rows)


@dataclass(frozen=True, slots=True)
class ExchangeRejectedTexts:
    """登録できなかった行: its words."""

    title: str
    list: str
    facts: str
    none: str
    lead_: str
    line: str
    reason: str
    text: str
    keep: str
    keep_key: str
    more: str
    more_key: str
    file_name_: str
    kept: str

    def lead(self, file: str, shown: int | str, count: int | str) -> str:
        return self.lead_.format(file=file, shown=shown, count=count)

    def file_name(self, file: str) -> str:
        return self.file_name_.format(file=file)
