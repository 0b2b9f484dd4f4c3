"""Words of the small parts that every screen shares."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartTexts:
    """Fields, dates, codes, verdicts, tables, banners, steps."""

    required: str
    optional: str
    error_mark_: str
    missing_entry: str
    missing_choice: str
    error_code_: str
    read_only: str
    paste: str
    yes: str
    no: str
    choose: str
    era: str
    western: str
    year: str
    month: str
    day: str
    part_of_: str
    date_wrong: str
    date_era_wrong: str
    date_lunar: str
    date_incomplete: str
    date_read_: str
    code_hidden: str
    code_shown: str
    code_length_: str
    code_progress_: str
    verified: str
    failed: str
    not_checked: str
    error: str
    confirm: str
    warning: str
    information: str
    success: str
    compare_item: str
    compare_card: str
    compare_register: str
    compare_result: str
    same: str
    different: str
    missing: str
    step_of_: str
    step_done: str
    step_current: str
    step_ahead: str
    step_error: str
    step_skipped: str
    photo: str
    no_photo: str
    close: str
    empty_value: str
    working: str
    error_count_: str
    variant_missing_: str
    automatic: str
    automatic_told: str

    def error_mark(self, text: str) -> str:
        return self.error_mark_.format(text=text)

    def error_code(self, code: str) -> str:
        return self.error_code_.format(code=code)

    def part_of(self, label: str, part: str) -> str:
        return self.part_of_.format(label=label, part=part)

    def date_read(self, date: str) -> str:
        return self.date_read_.format(date=date)

    def code_length(self, digits: int) -> str:
        return self.code_length_.format(digits=digits)

    def code_progress(self, typed: int, digits: int) -> str:
        return self.code_progress_.format(typed=typed, digits=digits)

    def step_of(self, number: int, count: int, name: str, state: str) -> str:
        return self.step_of_.format(number=number, count=count, name=name, state=state)

    def error_count(self, count: int) -> str:
        return self.error_count_.format(count=count)

    def variant_missing(self, text: str) -> str:
        return self.variant_missing_.format(text=text)
