"""Words of the interview and of the visit's list of procedures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InterviewTexts:
    """What happened, and one question at a time."""

    title: str
    lead: str
    events: str
    next: str
    back: str
    none_named: str
    question_title: str
    at_: str
    unknown_fine: str
    from_register: str
    heard: str
    heard_question: str
    heard_answer: str
    heard_none: str
    not_answered: str
    as_source: str
    carried_source_: str

    def carried_source(self, title: str) -> str:
        return self.carried_source_.format(title=title)

    def at(self, number: int, count: int) -> str:
        return self.at_.format(number=number, count=count)


@dataclass(frozen=True, slots=True)
class InterviewPlanTexts:
    """What this household needs, what of it is done today, and the slip."""

    title: str
    lead: str
    list: str
    none: str
    standing: str
    name: str
    place: str
    due: str
    why: str
    no_due: str
    over_: str
    day_: str
    added: str
    details_why_: str
    details_due_: str
    details_bring_: str
    details_after_: str
    begin: str
    begin_key: str
    toggle: str
    remove: str
    add: str
    add_label: str
    add_missing: str
    slip: str
    slip_title: str
    again: str
    all: str
    done_title: str
    done_text: str
    elsewhere_title: str
    elsewhere_text_: str
    not_offered_title: str
    not_offered_text: str
    next_: str

    def over(self, day: str) -> str:
        return self.over_.format(day=day)

    def day(self, day: str) -> str:
        return self.day_.format(day=day)

    def details_why(self, text: str) -> str:
        return self.details_why_.format(text=text)

    def details_due(self, text: str) -> str:
        return self.details_due_.format(text=text)

    def details_bring(self, text: str) -> str:
        return self.details_bring_.format(text=text)

    def details_after(self, text: str) -> str:
        return self.details_after_.format(text=text)

    def elsewhere_text(self, place: str) -> str:
        return self.elsewhere_text_.format(place=place)

    def next(self, title: str) -> str:
        return self.next_.format(title=title)
