"""Words about cards and readers: entering a PIN, what lies where, checking the readers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PinTexts:
    """Entering a PIN or password: what the resident reads, and what the clerk sees meanwhile."""

    title: str
    give: str
    correct: str
    cancel: str
    typed_: str
    too_short_: str
    on_display: str
    on_window: str
    on_reader: str
    turn: str
    turn_key: str
    back: str
    left_: str
    left_unknown: str
    blocked: str
    last_title: str
    last_text: str
    last_next: str
    last_use: str
    last_key: str
    entry: str

    def typed(self, typed: int, most: int) -> str:
        return self.typed_.format(typed=typed, most=most)

    def too_short(self, least: int) -> str:
        return self.too_short_.format(least=least)

    def left(self, left: int) -> str:
        return self.left_.format(left=left)


@dataclass(frozen=True, slots=True)
class ProofTexts:
    """Whom a chip states and what is proven of it."""

    checking: str
    name: str
    address: str
    birth: str
    sex: str
    expiry: str
    outside: str
    expired_outside: str
    within: str
    expired: str
    expiry_unknown: str
    issuer: str
    record: str
    chip: str
    certificate_issuer: str
    dates: str
    purpose: str
    certificate_chip: str
    revocation: str
    not_revoked: str
    revoked: str
    holder: str
    name_is_picture: str
    names_nobody: str
    as_of_: str
    revoked_since_: str

    def as_of(self, moment: str) -> str:
        return self.as_of_.format(moment=moment)

    def revoked_since(self, moment: str) -> str:
        return self.revoked_since_.format(moment=moment)


@dataclass(frozen=True, slots=True)
class CardTexts:
    """What lies on the readers."""

    none: str
    no_reader: str
    no_reader_next: str
    service_down: str
    service_down_next: str
    lies_: str
    several: str
    several_next: str
    which: str
    mute: str
    mute_next: str
    unknown: str
    unknown_next: str
    other_lies_: str
    other_next: str
    busy: str
    busy_next: str
    middle: str
    between: str
    tries_: str
    tries_blocked_: str
    tries_unknown_: str
    rest_: str
    longer: str

    def other_lies(self, kind: str) -> str:
        return self.other_lies_.format(kind=kind)

    def lies(self, reader: str) -> str:
        return self.lies_.format(reader=reader)

    def tries(self, name: str, left: int) -> str:
        return self.tries_.format(name=name, left=left)

    def tries_blocked(self, name: str) -> str:
        return self.tries_blocked_.format(name=name)

    def tries_unknown(self, name: str) -> str:
        return self.tries_unknown_.format(name=name)

    def rest(self, seconds: int) -> str:
        return self.rest_.format(seconds=seconds)


@dataclass(frozen=True, slots=True)
class WaysTexts:
    """All ways of confirming who stands here."""

    title: str
    name: str
    needs: str
    state: str
    none: str
    choose: str
    choose_key: str
    back: str
    unconfirmed: str
    unconfirmed_key: str
    follows: str
    follows_line_: str
    other: str
    only_self: str
    no_card: str
    blocked: str
    left_: str
    number_missing: str

    def follows_line(self, regime: str, what: str) -> str:
        return self.follows_line_.format(regime=regime, what=what)

    def left(self, left: int) -> str:
        return self.left_.format(left=left)


@dataclass(frozen=True, slots=True)
class ChipWayTexts:
    """Confirming by a chip in another way than by code B."""

    title: str
    way: str
    number: str
    number_support: str
    start: str
    start_key: str
    cancel: str
    confirm: str
    confirm_key: str
    again: str
    back: str
    progress: str
    progress_pad: str
    progress_certificate: str
    not_confirmed_title: str
    not_confirmed_text: str
    not_confirmed_next: str


@dataclass(frozen=True, slots=True)
class QuestionsTexts:
    """Confirming by questions."""

    title: str
    lead_: str
    lead_strict_: str
    too_few_: str
    document: str
    document_support: str
    document_missing: str
    expected_: str
    agrees: str
    disagrees: str
    confirm: str
    confirm_key: str

    def lead(self, least: int, wrong: int) -> str:
        return self.lead_.format(least=least, wrong=wrong)

    def lead_strict(self, least: int) -> str:
        return self.lead_strict_.format(least=least)

    def too_few(self, least: int) -> str:
        return self.too_few_.format(least=least)

    def expected(self, text: str) -> str:
        return self.expected_.format(text=text)


@dataclass(frozen=True, slots=True)
class AuthorityTexts:
    """Authority to act for somebody else."""

    title: str
    lead_: str
    name: str
    name_missing: str
    member: str
    member_support: str
    papers: str
    follows: str
    confirm: str
    confirm_key: str
    skip: str
    skip_key: str
    nothing_title: str
    nothing_text: str
    nothing_next: str
    not_title: str
    not_text: str
    not_next: str

    def lead(self, capacity: str) -> str:
        return self.lead_.format(capacity=capacity)


@dataclass(frozen=True, slots=True)
class ReadersTexts:
    """Checking the readers."""

    title: str
    list: str
    reader: str
    state: str
    card: str
    service_runs: str
    service_down: str
    service_down_next: str
    service_unknown: str
    checking: str
    no_reader: str
    answers: str
    application: str
    left: str
    no_answers: str
    again: str
    again_key: str
    back: str
    with_pad: str
    ready: str
    empty: str
    put_card: str
    answering: str
    unknown: str
    nothing_known: str
    unread: str
    takes_: str
    no_answer: str
    uncounted: str
    there: str
    absent: str

    def takes(self, seconds: int) -> str:
        return self.takes_.format(seconds=seconds)
