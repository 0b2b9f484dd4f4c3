"""Pictures of an interview: what happened, questions of each kind, the list of the visit and its states."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.facts import Scalar
from app.domain.interview import Interview, Told, relevant
from app.domain.interview_data import parse_interview
from app.domain.procedure_data import parse_procedure
from app.domain.visit_plan import Plan, Standing, plan_of
from app.shipped import resource
from app.ui.flows.interview_words import InterviewWords
from app.ui.resources import read_toml
from app.ui.screens.interview_events import InterviewEventsScreen
from app.ui.screens.interview_plan import InterviewPlanScreen
from app.ui.screens.interview_question import InterviewQuestionScreen
from app.ui.shots.stage import Shot, Stage

_TODAY = date(2026, 11, 20)
_ANSWERS: Mapping[str, Scalar] = {
    "moved_from": "home",
    "moved_on": date(2026, 11, 4),
    "has_child": True,
    "planned_on": date(2026, 11, 14),
    "public_servant": False,
    "wants_care": True,
    "has_pupil": True,
    "insurance": "national",
    "has_card": True,
}


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Each screen in its states."""
    return (
        Shot("13-interview-events", partial(_events, stage, named=True)),
        Shot("13-interview-events-none", partial(_events, stage, named=False)),
        *(Shot(f"13-interview-question-{name}", partial(_question, stage, name)) for name in _ASKED),
        Shot("13-interview-plan", partial(_plan, stage, begun=False)),
        Shot("13-interview-plan-going-on", partial(_plan, stage, begun=True)),
        Shot("13-interview-plan-elsewhere", partial(_elsewhere, stage)),
        Shot("13-interview-plan-empty", partial(_empty, stage)),
    )


_ASKED = ("moved_on", "has_child", "insurance")


def _book() -> Interview:
    files = sorted(resource("procedures").glob("*.toml"))
    procedures = [parse_procedure(read_toml("procedures", file.name), file.name) for file in files]
    tables = (read_toml("tables", "interview.toml"), read_toml("tables", "interview_places.toml"))
    return parse_interview(*tables, {one.id: one for one in procedures})


def _told(book: Interview) -> Told:
    return relevant(book, Told(frozenset({"moved_in"}), dict(_ANSWERS), {"child_known": True}, _TODAY))


def _events(stage: Stage, *, named: bool) -> QWidget:
    book = _book()
    screen = InterviewEventsScreen(stage.kit, [(one.id, one.label, one.hint) for one in book.events])
    window = stage.window(screen)
    screen.show_events(("moved_in",) if named else ())
    if not named:
        screen.banner.show_text("warning", stage.kit.texts.interview.none_named)
    return window


def _question(stage: Stage, name: str) -> QWidget:
    book, screen = _book(), InterviewQuestionScreen(stage.kit)
    window, words, told = stage.window(screen), InterviewWords(stage.kit, book), _told(book)
    question = book.question(name)
    open_yet = {key: value for key, value in told.answers.items() if key != name}
    heard = Told(told.events, open_yet if name == "has_child" else told.answers, told.known, told.day)
    if question is not None:
        screen.show_question(words.question(question, heard), (3, 13), words.heard(heard))
    return window


def _shown(stage: Stage, plan: Plan, book: Interview) -> tuple[QWidget, InterviewPlanScreen]:
    screen, words = InterviewPlanScreen(stage.kit), InterviewWords(stage.kit, book)
    window = stage.window(screen)
    screen.show_needs(words.needs(plan), words.others(plan))
    return window, screen


def _plan(stage: Stage, *, begun: bool) -> QWidget:
    book = _book()
    plan = plan_of(book, _told(book))
    if begun:
        plan = plan.set("move_in", Standing.DONE).set("nursery", Standing.TOLD)
    return _shown(stage, plan, book)[0]


def _elsewhere(stage: Stage) -> QWidget:
    book, words = _book(), stage.kit.texts.interview_plan
    plan = plan_of(
        book, relevant(book, Told(frozenset({"died"}), {"died_on": _TODAY, "death_notified": False}, {}, _TODAY))
    )
    window, screen = _shown(stage, plan, book)
    need = book.need("death_notice")
    place = "" if need is None else InterviewWords(stage.kit, book).place(need)
    screen.banner.show_text("information", words.elsewhere_title, words.elsewhere_text(place))
    return window


def _empty(stage: Stage) -> QWidget:
    book = _book()
    return _shown(stage, Plan(Told(frozenset(), {}, {}, _TODAY)), book)[0]
