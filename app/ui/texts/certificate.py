"""Words of certificates and registered seals."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CertificateTexts:
    """What is asked for, for whom, by whom."""

    title: str
    who: str
    confirmed: str
    is_confirmed: str
    not_confirmed: str
    kind: str
    persons: str
    groups: str
    groups_support: str
    no_groups: str
    may_not_: str
    may_not_title: str
    may_not_say: str
    may_not_stops_: str
    copies: str
    copies_wrong_: str
    purpose: str
    submit_to: str
    reason: str
    reason_support: str
    power: str
    card: str
    exemption: str
    check: str
    check_key: str
    list: str
    back: str
    kind_missing: str
    persons_missing: str
    working: str

    def may_not_stops(self, name: str, kind: str) -> str:
        return self.may_not_stops_.format(name=name, kind=kind)

    def may_not(self, title: str) -> str:
        return self.may_not_.format(title=title)

    def copies_wrong(self, most: int) -> str:
        return self.copies_wrong_.format(most=most)


@dataclass(frozen=True, slots=True)
class CertificateDraftTexts:
    """The second look before a number is taken."""

    title: str
    fee: str
    fee_free_: str
    fee_none: str
    fee_line_: str
    fee_assumed_: str
    route: str
    route_counter: str
    route_post: str
    address: str
    copies: str
    copies_line_: str
    page: str
    page_name_: str
    issue: str
    issue_key: str
    back: str
    findings_open: str

    def fee_free(self, why: str) -> str:
        return self.fee_free_.format(why=why)

    def fee_line(self, each: int, copies: int, total: int) -> str:
        return self.fee_line_.format(each=each, copies=copies, total=total)

    def fee_assumed(self, line: str) -> str:
        return self.fee_assumed_.format(line=line)

    def copies_line(self, copies: int) -> str:
        return self.copies_line_.format(copies=copies)

    def page_name(self, number: int) -> str:
        return self.page_name_.format(number=number)


@dataclass(frozen=True, slots=True)
class CertificateCopiesTexts:
    """Each number and what became of it."""

    title: str
    lead: str
    list: str
    none: str
    number: str
    kind: str
    state: str
    route: str
    fee: str
    yen_: str
    taken_: str
    make: str
    hand: str
    post: str
    spoil: str
    again: str
    correct: str
    sheets: str
    sheets_wrong: str
    sheets_differ_: str
    whom: str
    names: str
    unknown_names: str
    bears: str
    bears_none: str
    spoil_reason: str
    spoil_reason_missing: str
    fee_right: str
    fee_wrong: str
    fee_reason: str
    bears_number: str
    another: str
    back: str
    second_look: str
    paper_title_: str
    post_to_: str
    not_now: str
    mark_first: str
    done_handed: str
    done_posted: str
    done_spoiled: str
    done_fee: str
    done_numbers: str

    def sheets_differ(self, printed: str) -> str:
        return self.sheets_differ_.format(printed=printed)

    def yen(self, yen: int) -> str:
        return self.yen_.format(yen=yen)

    def taken(self, yen: int) -> str:
        return self.taken_.format(yen=yen)

    def paper_title(self, title: str, number: str) -> str:
        return self.paper_title_.format(title=title, number=number)

    def post_to(self, address: str) -> str:
        return self.post_to_.format(address=address)


@dataclass(frozen=True, slots=True)
class SealTexts:
    """What is registered, a new registration, the end of one."""

    title: str
    list: str
    none: str
    state: str
    text: str
    card: str
    day: str
    letter: str
    why: str
    new: str
    way: str
    shape: str
    imprint_support: str
    pick: str
    pick_filter: str
    no_imprint: str
    imprint_missing: str
    ward: str
    ward_none: str
    ward_accompanied: str
    ward_unaccompanied: str
    guarantor: str
    guarantor_card: str
    exemption: str
    fee_: str
    register: str
    answer: str
    answer_letter: str
    cancel: str
    reason: str
    mark_first: str
    back: str
    done_registered_: str
    done_asked: str
    done_cancelled: str
    letter_paper: str
    working: str

    def fee(self, yen: int) -> str:
        return self.fee_.format(yen=yen)

    def done_registered(self, card: str) -> str:
        return self.done_registered_.format(card=card)
