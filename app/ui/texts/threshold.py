"""Words between signing in and work: a second session, the password, older work; and of supervisors' take-over."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ElsewhereTexts:
    """The same person is signed in at another terminal: at the second one, at the first one, and how one ended."""

    title: str
    lead: str
    terminal: str
    since: str
    where_: str
    kept: str
    go_on: str
    go_on_key: str
    stop: str
    working: str
    told_title_: str
    told_text_: str
    told_next: str
    ended_elsewhere: str
    ended_elsewhere_why_: str
    ended_supervisor: str
    ended_supervisor_why_: str
    ended_next: str

    def where(self, terminal: str, window: str) -> str:
        return self.where_.format(terminal=terminal, window=window)

    def told_title(self, where: str) -> str:
        return self.told_title_.format(where=where)

    def told_text(self, time: str) -> str:
        return self.told_text_.format(time=time)

    def ended_elsewhere_why(self, where: str, time: str) -> str:
        return self.ended_elsewhere_why_.format(where=where, time=time)

    def ended_supervisor_why(self, name: str, staff_id: str, where: str, time: str) -> str:
        return self.ended_supervisor_why_.format(name=name, staff_id=staff_id, where=where, time=time)


@dataclass(frozen=True, slots=True)
class PasswordTexts:
    """Changing one's own password."""

    title: str
    group: str
    door: str
    lead: str
    lead_given: str
    rules: str
    present: str
    present_support: str
    new: str
    new_support: str
    again: str
    again_support: str
    card_pin: str
    card_pin_support: str
    empty_present: str
    empty_new: str
    empty_card_pin: str
    differs: str
    change: str
    change_key: str
    working: str
    done_title: str
    done_text: str
    back: str
    stop: str


@dataclass(frozen=True, slots=True)
class FormerTexts:
    """Older work on this terminal hangs on the password before the present one."""

    title: str
    lead: str
    former: str
    former_support: str
    empty: str
    wrong: str
    open: str
    open_key: str
    leave: str
    leave_text: str
    leave_yes: str
    leave_no: str
    stop: str
    working: str


@dataclass(frozen=True, slots=True)
class SectionTexts:
    """A supervisor's view of the section: who sits where, which drafts lie sealed."""

    title: str
    lead: str
    seats: str
    drafts: str
    person: str
    terminal: str
    started: str
    state: str
    ticket: str
    procedure: str
    saved: str
    who_: str
    where_: str
    open: str
    locked_: str
    no_seats: str
    no_drafts: str
    loading: str
    working: str
    end: str
    end_key: str
    end_title_: str
    end_text: str
    end_yes: str
    ended_title_: str
    ended_text: str
    take: str
    take_key: str
    take_title_: str
    take_text: str
    take_yes: str
    taken_title_: str
    taken_text: str
    not_here: str
    no_counter: str
    cancel: str
    refresh: str
    back: str
    lost_title_: str
    lost_text_: str
    lost_handed_in_: str
    lost_next: str

    def who(self, staff_id: str, name: str) -> str:
        return self.who_.format(staff_id=staff_id, name=name)

    def where(self, terminal: str, window: str) -> str:
        return self.where_.format(terminal=terminal, window=window)

    def locked(self, time: str) -> str:
        return self.locked_.format(time=time)

    def end_title(self, who: str, where: str) -> str:
        return self.end_title_.format(who=who, where=where)

    def ended_title(self, who: str) -> str:
        return self.ended_title_.format(who=who)

    def take_title(self, who: str, procedure: str) -> str:
        return self.take_title_.format(who=who, procedure=procedure)

    def taken_title(self, who: str, procedure: str) -> str:
        return self.taken_title_.format(who=who, procedure=procedure)

    def lost_title(self, count: int) -> str:
        return self.lost_title_.format(count=count)

    def lost_text(self, name: str, time: str, terminal: str, procedure: str) -> str:
        return self.lost_text_.format(name=name, time=time, terminal=terminal, procedure=procedure)

    def lost_handed_in(self, number: str) -> str:
        return self.lost_handed_in_.format(number=number)
