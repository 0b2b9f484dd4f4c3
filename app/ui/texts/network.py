"""Words of the resident network's screens: checks, moves, copies, searches, cards."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NetworkTexts:
    """What the screens of the resident network share, and its doors."""

    group_counter: str
    group_levels: str
    group_boundary: str
    check: str
    check_text: str
    card: str
    card_text: str
    search: str
    search_text: str
    enquire: str
    enquire_text: str
    queue: str
    queue_text: str
    compare: str
    compare_text: str
    decide: str
    decide_text: str
    hours: str
    hours_text: str
    person: str
    person_text: str
    halted: str
    halted_text: str
    linkage: str
    linkage_text: str
    back: str
    yes: str
    no: str
    working: str
    slow: str
    left_title: str
    left_text: str
    item: str
    value: str
    nothing: str
    masked: str
    kept: str
    count_: str
    minutes_: str
    nobody_waits: str
    waited_hours_: str
    waited_days_: str

    def count(self, count: int) -> str:
        return self.count_.format(count=count)

    def minutes(self, minutes: int) -> str:
        return self.minutes_.format(minutes=minutes)

    def waited_hours(self, hours: int, minutes: int) -> str:
        return self.waited_hours_.format(hours=hours, minutes=minutes)

    def waited_days(self, days: int) -> str:
        return self.waited_days_.format(days=days)


@dataclass(frozen=True, slots=True)
class NetworkCheckTexts:
    """The check of a presented card, and what came of it."""

    title: str
    title_result: str
    lead: str
    purpose: str
    card_number: str
    card_number_support: str
    card_number_wrong: str
    code: str
    code_support: str
    code_wrong: str
    name: str
    address: str
    birth: str
    sex: str
    check: str
    check_key: str
    read: str
    read_key: str
    was_read: str
    was_read_text: str
    wrong_pin_: str
    moving: str
    moving_key: str
    wide: str
    wide_key: str
    card: str
    card_key: str
    result: str
    card_state: str
    place: str
    compared: str
    on_card: str
    on_network: str
    nobody: str
    unknown: str

    def wrong_pin(self, left: int) -> str:
        return self.wrong_pin_.format(left=left)


@dataclass(frozen=True, slots=True)
class NetworkMovingTexts:
    """What was announced by who moves in with a card."""

    title: str
    facts: str
    people: str
    empty: str
    lead: str
    name: str
    kana: str
    birth: str
    sex: str
    moved_from: str
    address: str
    planned: str
    erase: str
    erase_on_: str
    enter: str
    enter_key: str
    other_title: str
    other_text: str
    soon_title_: str
    soon_text: str

    def erase_on(self, day: str, days: int) -> str:
        return self.erase_on_.format(day=day, days=days)

    def soon_title(self, days: int) -> str:
        return self.soon_title_.format(days=days)


@dataclass(frozen=True, slots=True)
class NetworkWideTexts:
    """A copy of somebody who lives in another municipality."""

    title: str
    facts: str
    lines: str
    with_household: str
    with_code: str
    with_number: str
    ask: str
    ask_key: str
    look: str
    look_key: str
    print: str
    print_key: str
    paper_title_: str
    made_: str
    made_text: str
    show: str
    show_key: str
    name: str
    birth: str
    sex: str
    relation: str
    since: str
    code: str
    number: str
    empty: str
    address: str
    head: str
    as_of: str
    waits_: str
    answered_: str
    answered_text: str
    not_issued_: str
    not_issued_text: str

    def paper_title(self, number: str) -> str:
        return self.paper_title_.format(number=number)

    def made(self, number: str) -> str:
        return self.made_.format(number=number)

    def waits(self, place: str) -> str:
        return self.waits_.format(place=place)

    def answered(self, place: str) -> str:
        return self.answered_.format(place=place)

    def not_issued(self, place: str) -> str:
        return self.not_issued_.format(place=place)


@dataclass(frozen=True, slots=True)
class NetworkAskTexts:
    """Searches and enquiries by items, number or code."""

    title: str
    title_enquiry: str
    task: str
    where: str
    name: str
    birth: str
    address: str
    sex: str
    my_number: str
    resident_code: str
    search: str
    enquire: str
    ask_key: str
    show: str
    show_key: str
    found: str
    more: str
    place: str
    state: str
    before: str
    task_missing: str
    birth_wrong: str
    one_way: str
    nothing_said: str
    found_some_: str
    found_more_: str
    kept: str
    found_none: str
    found_none_text: str
    card: str
    kana: str
    former: str
    alias: str

    def found_some(self, count: int) -> str:
        return self.found_some_.format(count=count)

    def found_more(self, count: int) -> str:
        return self.found_more_.format(count=count)


@dataclass(frozen=True, slots=True)
class NetworkCardTexts:
    """How a card stands, and what happened to it."""

    title: str
    lead: str
    state: str
    unknown: str
    none: str
    next_steps: str
    resident_code: str
    resident_code_support: str
    code_wrong: str
    step: str
    event_day: str
    card_number: str
    lost: str
    lost_support: str
    reason: str
    reason_support: str
    look: str
    look_key: str
    check: str
    check_key: str
    report: str
    report_key: str
    report_question: str
    day_wrong: str
    lost_wrong: str
    still: str
    done_: str
    done_text: str

    def done(self, state: str) -> str:
        return self.done_.format(state=state)
