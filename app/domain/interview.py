"""聞き取り: what happened in a household's life, and from answers to what it needs, in which order and by when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from app.domain.conditions import ALWAYS, Condition, Scope, holds
from app.domain.days import last_day
from app.domain.facts import Facts, Scalar, Value, scalar_of
from app.domain.procedure import Kind, Option

RESIDENCE_ITEMS = frozenset({
    "register.match",
    "register.alone",
    "register.is_head",
    "register.foreign",
    "register.has_spouse",
    "register.has_child",
    "register.has_preschool_child",
    "register.has_school_child",
    "register.has_over_65",
    "register.has_over_75",
})
"""What an interview may look at by itself: yes or no from the 住民票, nothing of another section (R-018, R-021)."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. Its id is a fact that is true once it was named; else it is not known."""

    id: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One short question, asked while ``when`` holds. ``kind``: yes_no, choice or date.

    ``default``: a given fact that is offered as the answer.
    """

    id: str
    label: str
    kind: Kind
    when: Condition
    options: tuple[Option, ...] = ()
    hint: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A yes or no that the 住民票 itself states. ``source`` is one of ``RESIDENCE_ITEMS``."""

    id: str
    source: str


class Way(StrEnum):
    """How something is done: as an application here, in the room of certificates or seals, or in another section."""

    APPLICATION = "application"
    CERTIFICATE = "certificate"
    SEAL = "seal"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Place:
    """A section of the office: where it is and, in plain words, what it is called."""

    id: str
    title: str
    plain: str
    floor: str
    window: str


@dataclass(frozen=True, slots=True)
class Case:
    """A case in which something is needed, and the sentence that tells the clerk why."""

    when: Condition
    why: str


@dataclass(frozen=True, slots=True)
class Term:
    """A period: ``days`` from the date answered under ``since``. ``count_first``: that day is counted too."""

    label: str
    since: str
    days: int
    extend: bool
    count_first: bool
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Bring:
    """A paper to bring, as the clerk calls it and in plain words."""

    label: str
    plain: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Need:
    """What a household may need. ``procedure``: its id where ``way`` is an application, else "".

    ``own_word``: the event that the resident must have named; then nothing else suggests it. ``after``: needs that
    come first where they are needed too.
    """

    id: str
    title: str
    plain: str
    way: Way
    procedure: str
    place: str
    cases: tuple[Case, ...]
    own_word: str = ""
    after: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    papers: tuple[Bring, ...] = ()
    tell: str = ""


@dataclass(frozen=True, slots=True)
class Interview:
    """Everything the tables say. ``needs`` stand in an order in which none comes before what it follows."""

    events: tuple[Event, ...]
    questions: tuple[Question, ...]
    knowns: tuple[Known, ...]
    needs: tuple[Need, ...]
    places: Mapping[str, Place]

    def need(self, name: str) -> Need | None:
        return next((one for one in self.needs if one.id == name), None)

    def question(self, name: str) -> Question | None:
        return next((one for one in self.questions if one.id == name), None)


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a period, and whether it has passed."""

    label: str
    day: date
    is_over: bool


@dataclass(frozen=True, slots=True)
class Suggested:
    """A need with why it is suggested, by when and what to bring. No ``reasons``: the clerk added it."""

    need: Need
    reasons: tuple[str, ...]
    due: tuple[Due, ...]
    papers: tuple[Bring, ...]


Answers: TypeAlias = Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Told:
    """What an interview rests on: events named, answers by question, facts of the 住民票, the day in the office."""

    events: frozenset[str]
    answers: Answers = field(repr=False)
    known: Facts = field(repr=False)
    day: date

    def facts(self) -> dict[str, Value]:
        """Events, answers and known facts under their ids."""
        return {**self.known, **self.answers, **dict.fromkeys(self.events, True)}


def asked(interview: Interview, told: Told) -> tuple[Question, ...]:
    """The questions that these events and answers call for, in their order; more may come with an answer."""
    scope = Scope(told.facts(), told.day)
    return tuple(one for one in interview.questions if holds(one.when, scope))


def relevant(interview: Interview, told: Told) -> Told:
    """Without answers to questions that are no longer asked: who takes an event back takes its answers back."""
    while True:
        kept = {one.id for one in asked(interview, told)}
        answers = {name: value for name, value in told.answers.items() if name in kept}
        if len(answers) == len(told.answers):
            return told
        told = Told(told.events, answers, told.known, told.day)


def suggested(interview: Interview, told: Told) -> tuple[Suggested, ...]:
    """What the household needs, what must come first before what follows from it."""
    found = (suggestion(one, told) for one in interview.needs)
    return tuple(one for one in found if one.reasons)


def suggestion(need: Need, told: Told) -> Suggested:
    """How a need stands in this household, whether or not anything speaks for it."""
    scope = Scope(told.facts(), told.day)
    said = not need.own_word or need.own_word in told.events
    reasons = tuple(case.why for case in need.cases if said and holds(case.when, scope))
    papers = tuple(one for one in need.papers if holds(one.when, scope))
    return Suggested(need, reasons, tuple(_dues(need.terms, scope)), papers)


def _dues(terms: Iterable[Term], scope: Scope) -> Iterator[Due]:
    for term in terms:
        since = scalar_of(scope.facts, term.since)
        if isinstance(since, date) and holds(term.when, scope):
            end = last_day(since, term.days, count_first=term.count_first, extend=term.extend)
            yield Due(term.label, end, scope.day > end)


def in_order(needs: Sequence[Need]) -> tuple[Need, ...]:
    """The needs so that each stands behind what it follows, else as they were; fewer than given if they turn in a ring.

    What ``after`` names and is not among ``needs`` is passed over.
    """
    names, done = {one.id for one in needs}, list[Need]()
    left = list(needs)
    while left:
        placed = {one.id for one in done}
        ready = next((one for one in left if all(name in placed or name not in names for name in one.after)), None)
        if ready is None:
            break
        done.append(ready)
        left.remove(ready)
    return tuple(done)
