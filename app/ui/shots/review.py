"""Pictures of the reviewers' screens: queue, application under review, decision, records."""

import json
from datetime import UTC, date, timedelta
from math import sin
from typing import Any, TypeVar

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from app.domain.era import wareki_year
from app.domain.merge import differences
from app.domain.procedure_data import parse_procedure
from app.domain.signature import Point, Signature, SignMeans
from app.domain.verdict import Verified
from app.errors import Refused
from app.services.correct_application import Apart
from app.services.form_words import parse_form_words
from app.ui.flows.merge import MergeReader
from app.ui.flows.review_acts import ReviewBooks
from app.ui.flows.review_case import Case, CaseReader, answers_of, places_of
from app.ui.flows.review_hold import hold_days
from app.ui.flows.review_papers import papers_of
from app.ui.flows.review_queue import QueueReader, QueueView
from app.ui.flows.review_records import RecordReader
from app.ui.flows.review_step import ENTRY_WRONG
from app.ui.resources import read_toml
from app.ui.screens.decision import DecisionScreen, PaperRow
from app.ui.screens.enquiry_questions import EnquiryAsked
from app.ui.screens.examination import EnquiryPanel
from app.ui.screens.merge import MergeScreen
from app.ui.screens.queue import PassedRow, QueueScreen
from app.ui.screens.review import ReviewScreen
from app.ui.screens.review_shown import EnquiryRow
from app.ui.screens.review_step import StepShown
from app.ui.screens.timeline import TimelineScreen
from app.ui.shots.stage import Shot, Stage, documents
from app.ui.widgets.alerts import Note
from app.ui.window import Window
from app.wire.desk import AnswerMark, ApplicationView, Queue, QueueEntry, Timeline, TimelineEntry
from app.wire.desk_marks import FieldMark, HoldMark, RiskMark
from app.wire.draft import Draft
from app.wire.message import Message, decode
from app.wire.signature import ShownItem, SignatureMark, digest_of, marked

_DECISION = "decision"
M = TypeVar("M", bound=Message)


class _Sample:
    """The invented case of resources/text/shots_review.toml."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.raw = stage, read_toml("text", "shots_review.toml")
        name = f"{self.raw['procedure']}.toml"
        procedure = parse_procedure(read_toml("procedures", name), name)
        words = parse_form_words(read_toml("text", "forms.toml"), training=True)
        self.books = ReviewBooks((procedure,), words, tuple(self.raw["municipality"].items()), documents())
        self.procedure = procedure
        self.answers = tuple(_made(one, AnswerMark) for one in self.raw["answer"])

    def view(self, *, again: bool = False, why_not: dict[str, str] | None = None, step: str = "") -> ApplicationView:
        """``again``: it was returned before and came again."""
        case = {**self.raw["case"], "procedure": self.procedure.id}
        before = {**case["facts"], **self.raw["before"]} if again else None
        may = [step] if not why_not else []
        return _made({**case, "before": before, "answers": [], "may": may, "why_not": why_not or {}}, ApplicationView)

    def case(self, view: ApplicationView, step: str, *, answered: bool) -> Case:
        answers = answers_of(view, self.answers if answered else ())
        return Case(view, self.procedure, step, answers, {"e1": Verified()} if answered else {})


def _made(raw: dict[str, Any], kind: type[M]) -> M:
    return decode(json.dumps(raw, default=str).encode(), kind)


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every screen in its states."""
    return (
        Shot("40-queue", lambda: _queue(stage)),
        Shot("40-queue-empty", lambda: _queue(stage, empty=True)),
        Shot("40-queue-batch", lambda: _asked(stage)),
        Shot("40-queue-passed", lambda: _passed(stage)),
        Shot("40-queue-decided", lambda: _queue(stage, decided=True)),
        Shot("41-check-own", lambda: _own(stage)),
        Shot("41-check", lambda: _review(stage, "reception_check")),
        Shot("41-check-signed", lambda: _signed(stage)),
        Shot("41-check-signed-changed", lambda: _signed(stage, changed=True)),
        Shot("42-check-again", lambda: _review(stage, "reception_check", again=True)),
        Shot("41-returned", lambda: _returned(stage)),
        Shot("42-check-return", lambda: _return(stage)),
        Shot("42-check-hold", lambda: _hold(stage)),
        Shot("42-merge", lambda: _merge(stage)),
        Shot("43-examination", lambda: _examination(stage)),
        Shot("43-examination-asked", lambda: _examination(stage, is_asked=True)),
        Shot("44-decision", lambda: _review(stage, _DECISION, answered=True)),
        Shot("44-decision-reject", lambda: _reject(stage)),
        Shot("45-decided", lambda: _decided(stage)),
        Shot("47-records", lambda: _records(stage)),
    )


def _queue(stage: Stage, *, empty: bool = False, decided: bool = False, ticked: bool = False) -> QWidget:
    sample, screen = _Sample(stage), QueueScreen(stage.kit)
    screen.show_decided(decided=decided)
    now = stage.kit.clock.now().astimezone(UTC)
    entries = tuple(
        QueueEntry(
            application_id=one["number"],
            number=one["number"],
            procedure=sample.procedure.id,
            state=one["state"],
            receipt_date=date(2026, 11, 20),
            applicant=one["applicant"],
            author=one["author"],
            waiting_since=now - timedelta(minutes=one["minutes_ago"]),
            may=tuple(one["may"]),
            why_not=one["why_not"],
            version=1,
            reason=one.get("reason", ""),
            note=one.get("note", ""),
            ticket=one.get("ticket", ""),
            risks=tuple(RiskMark(**risk) for risk in one.get("risks", [])),
            hold=HoldMark(since=now, **one["hold"]) if "hold" in one else None,
            level=one.get("level", ""),
            in_batch=one.get("in_batch", False),
        )
        for one in ([] if empty else sample.raw["decided" if decided else "waiting"])
    )
    queue, reader = Queue(entries=entries), QueueReader(stage.kit, sample.books)
    safe = frozenset(one.application_id for one in entries if one.in_batch)
    view = QueueView(ticked=safe if ticked else frozenset())
    rows = reader.rows(queue, view)
    screen.show_rows(rows[-1:], "")
    screen.show_filters(reader.filters(queue), view.only)
    screen.show_rows(rows, reader.count(queue, rows, None if decided else view))
    return stage.window(screen)


def _asked(stage: Stage) -> QWidget:
    """One is to pass with others, and F12 was pressed once."""
    window = _queue(stage, ticked=True)
    words = stage.kit.texts.batch
    screen = window.findChild(QueueScreen)
    if screen is not None:
        screen.banner.show_text("warning", words.title(1), words.text, words.next)
    return window


def _passed(stage: Stage) -> QWidget:
    """What became of each."""
    window, kit = _queue(stage), stage.kit
    screen, messages = window.findChild(QueueScreen), kit.messages
    if screen is not None:
        kept = messages.of(Refused("batch_responsible")).title
        received = kit.texts.batch.one(messages.word("application_state", "checked"))
        numbers = [one["number"] for one in _Sample(stage).raw["waiting"]][:2]
        rows = [PassedRow(numbers[0], received, passed=True), PassedRow(numbers[1], kept, passed=False)]
        screen.show_passed(kit.texts.batch.some(2, 1), rows)
    return window


def _screen(sample: _Sample, case: Case) -> tuple[Window, ReviewScreen]:
    kit, procedure = sample.stage.kit, sample.procedure
    known, reader = procedure.step(case.step), CaseReader(kit, sample.books)
    decides = case.step == _DECISION
    reasons = tuple((one.value, one.label) for one in procedure.reasons) if decides else ()
    step = StepShown(
        known.title if known else "",
        kit.messages.words("return_reason"),
        reasons,
        decides=decides,
        corrects=case.step == "reception",
        approval=procedure.approval,
        hold_reasons=kit.messages.words("hold_reason"),
        hold_days=hold_days(kit),
        places=places_of(kit, case),
        placed=ENTRY_WRONG,
    )
    screen = ReviewScreen(kit, step, examines=case.step == "examination")
    screen.show_case(reader.case(case))
    window = sample.stage.window(screen)
    notes = [Note(one.what, one.next, "error" if one.stops else "warning") for one in reader.findings(case)]
    window.alerts.show_alerts(notes)
    return window, screen


def _review(stage: Stage, step: str, *, again: bool = False, answered: bool = False) -> QWidget:
    sample = _Sample(stage)
    return _screen(sample, sample.case(sample.view(again=again, step=step), step, answered=answered))[0]


def _signed(stage: Stage, *, changed: bool = False) -> QWidget:
    """With what the resident drew on the display, for what stands there or for something else."""
    sample, step, now = _Sample(stage), "reception_check", stage.kit.clock.now()
    view = sample.view(step=step)
    labels = {field.id: field.label for field in sample.procedure.fields}
    place, value = next((name, one) for name, one in view.facts.items() if isinstance(one, str) and name in labels)
    label = labels[place]
    shown = (ShownItem(place=place, label=label, text=value, value="" if changed else value),)
    digest = digest_of(view.application_id, view.procedure, "ja", shown)
    wave = tuple(
        tuple(Point(60 + 260 * part + 4 * n, round(100 + 45 * sin(n / (4 + part))), 120, 8 * n) for n in range(50))
        for part in range(2)
    )
    mark = SignatureMark(
        means=SignMeans.PEN, language="ja", shown=shown, digest=digest, signed_at=now.astimezone(UTC),
        strokes=marked(Signature(SignMeans.PEN, 600, 200, wave)), width=600, height=200,
    )  # fmt: skip
    view = replace(view, signature=mark, evidence=())
    return _screen(sample, sample.case(view, step, answered=False))[0]


def _own(stage: Stage) -> QWidget:
    sample = _Sample(stage)
    step = "reception_check"
    window, screen = _screen(sample, sample.case(sample.view(why_not={step: "same_person"}), step, answered=False))
    screen.show_not_yours(stage.kit.messages.of(Refused("same_person")))
    return window


def _return(stage: Stage) -> QWidget:
    sample = _Sample(stage)
    window, screen = _screen(sample, sample.case(sample.view(again=True), "reception_check", answered=False))
    screen.do("return_case")
    return window


def _merge(stage: Stage) -> QWidget:
    """Two persons' entries: what changed between the sample's two hand-ins, and what somebody typed meanwhile."""
    sample, screen = _Sample(stage), MergeScreen(stage.kit)
    view, now = sample.view(again=True), stage.kit.clock.now().astimezone(UTC)
    base, raw = dict(view.before or {}), sample.raw
    mine = {**base, **raw["mine"]}
    draft = Draft("a", "v", view.procedure, 1, now, facts=mine, base=base)
    apart = Apart(draft, differences(base, mine, view.facts))
    marks = tuple(FieldMark(path=name, name=raw["waiting"][0]["author"], at=now) for name in raw["before"])
    shown, reader = replace(view, marks=marks), MergeReader(stage.kit, sample.books)
    window = stage.window(screen)
    screen.show_apart(reader.lead(shown, apart), reader.rows(shown, sample.procedure, (apart, {})))
    return window


def _hold(stage: Stage) -> QWidget:
    sample = _Sample(stage)
    window, screen = _screen(
        sample, sample.case(sample.view(step="reception_check"), "reception_check", answered=False)
    )
    screen.do("save")
    return window


def _returned(stage: Stage) -> QWidget:
    sample = _Sample(stage)
    view = sample.view(step="reception")
    case = sample.case(replace(view, state="returned", steps=view.steps[:2]), "reception", answered=False)
    window, screen = _screen(sample, case)
    screen.show_returned(CaseReader(stage.kit, sample.books).last_reason(case))
    return window


def _reject(stage: Stage) -> QWidget:
    sample = _Sample(stage)
    window, screen = _screen(sample, sample.case(sample.view(step=_DECISION), _DECISION, answered=True))
    screen.ask_reject()
    screen.do("commit")
    return window


def _said(stage: Stage, whom: str) -> dict[str, Any]:
    """What is said before an enquiry that needs the person's consent, and whom it asks."""
    messages = stage.kit.messages
    others, reasons = (("993000", stage.sample["clerk"]["elsewhere"]),), messages.words("provider_reason")
    note = stage.kit.texts.enquiry.provider_note(whom, messages.word("provider_why", "first_january"))
    return {"asked": EnquiryAsked(consent=True, others=others, reasons=reasons), "note": note}


def _examination(stage: Stage, *, is_asked: bool = False) -> QWidget:
    sample, words = _Sample(stage), stage.kit.texts.enquiry
    window, screen = _screen(sample, sample.case(sample.view(step="examination"), "examination", answered=True))
    word = stage.kit.messages.word
    labels = [one.label for one in sample.procedure.enquiries]
    year, whom = stage.kit.texts.review.answer_year(wareki_year(2026)), sample.raw["answer"][0]["provider_name"]
    names = [one["subject"]["name"] for one in sample.raw["answer"]]
    said = _said(stage, whom)
    screen.show_enquiries((
        EnquiryRow("1", labels[0], names[0], year, whom, word("answer_kind", "value"), "success", can_start=False),
        EnquiryRow(
            "2", labels[1], names[1], year, words.own, word("answer_kind", "undeclared"), "warning", can_start=False
        ),
        EnquiryRow(
            "3", labels[2], names[0], "", whom, word("enquiry_state", "no_code"), "information", can_start=False
        ),
        EnquiryRow("4", labels[3], names[0], year, whom, words.not_sent, "quiet", can_start=True, **said),
    ))
    if is_asked:
        screen.findChildren(EnquiryPanel)[0].ask_all()
    window.alerts.show_pending((Note(labels[2], word("enquiry_state", "no_code"), "information", "pending"),))
    return window


def _decided(stage: Stage) -> QWidget:
    sample, words = _Sample(stage), stage.kit.texts.decision
    view, screen = sample.view(), DecisionScreen(stage.kit)
    rows = [
        PaperRow(one.id, one.title, words.internal if one.kind == "internal" else words.for_person)
        for one in papers_of(sample.procedure.outputs, _DECISION, "approved")
    ]
    screen.show_decided(
        words.approved(view.number, view.roles.applicant.name, sample.procedure.called, sample.procedure.approval), rows
    )
    screen.show_receipt(Verified())
    return stage.window(screen)


def _records(stage: Stage) -> QWidget:
    sample, screen = _Sample(stage), TimelineScreen(stage.kit)
    timeline = Timeline(visit_id="v1", entries=tuple(_made(one, TimelineEntry) for one in sample.raw["done"]))
    reader = RecordReader(stage.kit, sample.books)
    screen.show_deeds(reader.deeds(timeline), reader.people(timeline.entries), reader.lead(timeline.entries))
    return stage.window(screen)
