"""Pictures of restraints: the list, one measure, a measure asked for, a release with its countdown."""

from PySide6.QtWidgets import QWidget

from app.ui.screens.register_fields import FieldShown
from app.ui.screens.register_measure import Deed, MeasureShown, RegisterMeasureScreen, SystemLine, facts_of
from app.ui.screens.register_measure_form import CoveredShown, RegisterMeasureFormScreen
from app.ui.screens.register_measures import MeasureLine, RegisterMeasuresScreen
from app.ui.screens.register_release import RegisterReleaseScreen, ReleaseShown
from app.ui.shots.register import Made
from app.ui.shots.stage import Shot, Stage

_MOST = 60


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every screen in its states."""
    made = Made(stage)
    return (
        Shot("89-register-measures", lambda: _measures(stage, made)),
        Shot("89-register-measures-empty", lambda: _measures(stage, made, filled=False)),
        Shot("89-register-measures-person", lambda: _measures(stage, made, person=True)),
        Shot("90-register-measure", lambda: _measure(stage, made)),
        Shot("90-register-measure-asking", lambda: _measure(stage, made, asking=True)),
        Shot("91-register-measure-form", lambda: _form(stage, made)),
        Shot("91-register-measure-form-missing", lambda: _form(stage, made, missing=True)),
        Shot("92-register-release", lambda: _release(stage, made)),
        Shot("92-register-release-missing", lambda: _release(stage, made, missing=True)),
        Shot("92-register-release-second", lambda: _second(stage, made)),
    )


def _measures(stage: Stage, made: Made, *, filled: bool = True, person: bool = False) -> QWidget:
    kit, sample, word = stage.kit, made.sample["measure"], stage.kit.messages.word
    screen, words = RegisterMeasuresScreen(kit), kit.texts.register_measures
    window = made.window(screen)
    screen.show_offered(sees=True, sets=person, releases=person)
    kind, name = word("measure_kind", "protective"), made.sample["person"]["name"]
    lapsed = words.until_renew(sample["lapsed"], word("measure_alert", "lapsed"))
    active, waits = word("measure_state", "active"), word("measure_waits", "start")
    lines = (
        MeasureLine("1", kind, name, active, "error", sample["act"], lapsed, "warning", complete=True),
        MeasureLine("2", kind, name, waits, "information", sample["act"], sample["until"], None, complete=False),
    )
    shown: tuple[MeasureLine, ...] = lines if filled else ()
    if person:
        screen.show_whom(name)
        shown = lines[1:]
    screen.show_lines(shown, words.count(len(shown)), words.none)
    return window


def _measure(stage: Stage, made: Made, *, asking: bool = False) -> QWidget:
    kit, sample, word = stage.kit, made.sample["measure"], stage.kit.messages.word
    screen, words = RegisterMeasureScreen(kit), kit.texts.register_measure
    window = made.window(screen)
    facts = facts_of((
        (words.kind, word("measure_kind", "protective")), (words.state, word("measure_state", "provisional")),
        (words.people, made.sample["person"]["name"]), (words.scope, word("measure_scope", "person")),
        (words.acts, sample["act"]), (words.period, sample["period"]), (words.offender, sample["offender"]),
        (words.opinion, sample["opinion"]), (words.reason, sample["reason"]),
    ))  # fmt: skip
    systems = tuple(
        SystemLine(one.id, one.title, word("system_state", "set" if place < 2 else "asked"),  # noqa: PLR2004
                   "success" if place < 2 else "warning", sample["by"] if place < 2 else "", place < 2)  # noqa: PLR2004
        for place, one in enumerate(made.rules.systems)
    )  # fmt: skip
    deeds: frozenset[Deed] = frozenset({"approve", "refuse", "mark", "extend", "end"})
    notes = (words.waits(word("measure_waits", "start")),)
    screen.show_measure(MeasureShown(facts, systems, words.missing(5), deeds, notes))
    if asking:
        screen.do("return_case")
    return window


def _form(stage: Stage, made: Made, *, missing: bool = False) -> QWidget:
    kit, words, messages = stage.kit, stage.kit.texts.register_measure_form, stage.kit.messages
    screen = RegisterMeasureFormScreen(kit)
    window = made.window(screen)
    levels = (*messages.words("restraint_level"), ("free", words.free))
    acts = tuple(
        FieldShown(act, f"{words.acts}：{messages.word('restrained_act', act)}", "choice", levels)
        for act in ("view", "issue", "edit")
    )
    fields = (
        FieldShown("kind", words.kind, "choice", messages.words("measure_kind"), required=True),
        FieldShown("scope", words.scope, "choice", messages.words("measure_scope"), words.scope_support),
        FieldShown("since", words.since, "day"),
        FieldShown("until", words.until, "day", support=words.until_support),
        *acts,
        FieldShown("opinion", words.opinion, support=words.opinion_support),
        FieldShown("reason", words.reason, "long", support=words.reason_support, required=True),
        FieldShown("offender", words.offender, "long"),
    )
    sample = made.sample["measure"]
    values = {"kind": "protective", "scope": "person", "since": "2026-11-20", "view": "error", "issue": "error"}
    values |= {"edit": "free", "reason": "" if missing else sample["reason"], "opinion": sample["opinion"]}
    screen.show_form(fields, values)
    one, child = made.sample["person"], made.sample["child"]
    people = (
        CoveredShown(0, one["name"], one["relation"], covered=True),
        CoveredShown(1, child["name"], child["relation"], covered=False),
    )
    screen.show_people(people)
    if missing:
        screen.show_missing({"reason": words.reason_missing}, "")
    return window


def _release(stage: Stage, made: Made, *, missing: bool = False) -> QWidget:
    kit, words, word = stage.kit, stage.kit.texts.register_release, stage.kit.messages.word
    screen, sample = RegisterReleaseScreen(kit), made.sample["release"]
    window, name = made.window(screen), made.sample["person"]["name"]
    acts = tuple((act, word("restrained_act", act)) for act in ("issue", "view"))
    fields = (
        FieldShown("act", words.act, "choice", acts, required=True),
        FieldShown("minutes", words.minutes_field, support=words.minutes_support(_MOST), required=True),
        FieldShown("reason", words.reason, "long", support=words.reason_support, required=True),
    )
    values = {"act": "issue", "minutes": "10", "reason": "" if missing else sample["reason"]}
    screen.show_form(words.lead(name), fields, values)
    if missing:
        screen.show_missing({"reason": words.reason_missing})
    else:
        screen.show_releases((_waiting(stage, made, name),))
        screen.banner.show_text("information", words.asked, words.asked_text)
    return window


def _waiting(stage: Stage, made: Made, name: str) -> ReleaseShown:
    words, sample = stage.kit.texts.register_release, made.sample["release"]
    act = stage.kit.messages.word("restrained_act", "issue")
    left, by, why = words.waits("10"), sample["asked_by"], sample["reason"]
    return ReleaseShown("2", name, act, left, "―", by, why, waits=True, may=("confirm", "end"))


def _second(stage: Stage, made: Made) -> QWidget:
    """What others ask for, before who agrees to it."""
    kit, words, word = stage.kit, stage.kit.texts.register_release, stage.kit.messages.word
    screen, sample, name = RegisterReleaseScreen(kit), made.sample["release"], made.sample["person"]["name"]
    window = made.window(screen)
    screen.show_role(confirms=True, asks=False)
    by = words.by_two(sample["asked_by"], sample["granted_by"])
    child = made.sample["child"]["name"]
    granted = ReleaseShown("1", child, word("restrained_act", "view"), sample["left"], sample["until"], by)
    screen.show_releases((_waiting(stage, made, name), granted))
    return window
