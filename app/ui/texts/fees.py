"""Words of the till and its daily closing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TillFormTexts:
    """Words of forms about the till."""

    void_heading_: str
    void_lead_: str
    void_note: str
    void_do: str
    voided_title: str
    voided_text: str
    correct_heading_: str
    correct_lead_: str
    correct_name: str
    correct_note: str
    correct_do: str
    corrected_title: str
    corrected_text: str
    yen_wrong: str
    count_heading: str
    count_lead_: str
    count_name: str
    count_note: str
    count_do: str
    counted_title: str
    counted_text: str

    def void_heading(self, number: str) -> str:
        return self.void_heading_.format(number=number)

    def void_lead(self, kind: str, yen: str) -> str:
        return self.void_lead_.format(kind=kind, yen=yen)

    def correct_heading(self, number: str) -> str:
        return self.correct_heading_.format(number=number)

    def correct_lead(self, kind: str, yen: str) -> str:
        return self.correct_lead_.format(kind=kind, yen=yen)

    def count_lead(self, total: str) -> str:
        return self.count_lead_.format(total=total)


@dataclass(frozen=True, slots=True)
class FeesTillTexts:
    """Words of the till."""

    title: str
    loading: str
    none: str
    kind: str
    count: str
    exemption: str
    about: str
    take: str
    take_key: str
    void: str
    agree: str
    refuse: str
    correct: str
    closing: str
    back: str
    refresh: str
    kind_missing: str
    count_wrong: str
    at: str
    number: str
    yen: str
    ground: str
    by: str
    state: str
    lead_: str
    lead_past_: str
    no_register: str
    money_: str
    price_: str
    price_assumed_: str
    correcting: str
    certificate: str
    taken_title_: str
    taken_text_: str
    agreed_title: str
    agreed_text: str
    refused_title: str
    refused_text: str

    def lead(self, total: str) -> str:
        return self.lead_.format(total=total)

    def lead_past(self, day: str, total: str) -> str:
        return self.lead_past_.format(day=day, total=total)

    def money(self, yen: str) -> str:
        return self.money_.format(yen=yen)

    def price(self, yen: str) -> str:
        return self.price_.format(yen=yen)

    def price_assumed(self, yen: str) -> str:
        return self.price_assumed_.format(yen=yen)

    def taken_title(self, number: str) -> str:
        return self.taken_title_.format(number=number)

    def taken_text(self, kind: str, yen: str) -> str:
        return self.taken_text_.format(kind=kind, yen=yen)


@dataclass(frozen=True, slots=True)
class FeesClosingTexts:
    """Words of the daily closing."""

    title: str
    now: str
    past: str
    loading: str
    nothing: str
    no_past: str
    count: str
    count_key: str
    sign: str
    sign_key: str
    take_back: str
    look: str
    back: str
    refresh: str
    kind: str
    number: str
    free: str
    yen: str
    day: str
    total: str
    counted: str
    difference: str
    first: str
    second: str
    state: str
    sum_: str
    waits: str
    closed: str
    waiting_note: str
    signed_title: str
    signed_text: str
    again_title: str
    again_text: str

    def sum(self, total: str) -> str:
        return self.sum_.format(total=total)
