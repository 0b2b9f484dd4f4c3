"""Words of the reception book, hand-overs and what came by post."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BookTexts:
    """Words of the reception book and its doors."""

    group: str
    door: str
    door_text: str
    board_door: str
    board_door_text: str
    outside_door: str
    outside_door_text: str
    till_door: str
    till_door_text: str
    title: str
    loading: str
    none: str
    lead_: str
    lead_more_: str
    state: str
    owner: str
    procedure: str
    number: str
    since: str
    until: str
    search: str
    refresh: str
    open: str
    handovers: str
    handovers_waiting_: str
    outside: str
    back: str
    receipt: str
    received: str
    applicant: str
    channel: str
    due: str
    masked: str
    mine: str
    nobody: str
    no_due: str
    until_papers_: str
    at_step_: str

    def lead(self, count: int) -> str:
        return self.lead_.format(count=count)

    def lead_more(self, count: int) -> str:
        return self.lead_more_.format(count=count)

    def handovers_waiting(self, count: int) -> str:
        return self.handovers_waiting_.format(count=count)

    def until_papers(self, day: str) -> str:
        return self.until_papers_.format(day=day)

    def at_step(self, state: str, step: str) -> str:
        return self.at_step_.format(state=state, step=step)


@dataclass(frozen=True, slots=True)
class HandoverTexts:
    """Words of hand-overs."""

    title: str
    lead: str
    loading: str
    none: str
    note: str
    note_support: str
    accept: str
    accept_key: str
    decline: str
    decline_key: str
    withdraw: str
    back: str
    refresh: str
    reason_missing: str
    number: str
    procedure: str
    way: str
    given: str
    state: str
    from_to_: str
    given_by_: str
    said_: str
    answered_: str
    no_note: str
    done_accepted: str
    done_declined: str
    done_withdrawn: str
    done_text: str

    def from_to(self, giver: str, taker: str) -> str:
        return self.from_to_.format(giver=giver, taker=taker)

    def given_by(self, name: str, at: str) -> str:
        return self.given_by_.format(name=name, at=at)

    def said(self, name: str, note: str) -> str:
        return self.said_.format(name=name, note=note)

    def answered(self, name: str, note: str) -> str:
        return self.answered_.format(name=name, note=note)


@dataclass(frozen=True, slots=True)
class BookReceiveTexts:
    """Words of what came by post or telephone."""

    title: str
    lead: str
    what: str
    who: str
    shown: str
    came: str
    procedure: str
    channel: str
    arrived: str
    arrived_support: str
    name: str
    kana: str
    birth: str
    address: str
    phone: str
    identity: str
    second: str
    number: str
    shown_note: str
    no_papers: str
    note: str
    receive: str
    receive_key: str
    back: str
    done_title_: str
    done_text_: str

    def done_title(self, number: str) -> str:
        return self.done_title_.format(number=number)

    def done_text(self, day: str, consequence: str) -> str:
        return self.done_text_.format(day=day, consequence=consequence)
