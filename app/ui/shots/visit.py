"""Pictures of a visit: between visits, identity, search, procedure, number, form, enquiries, handing in."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.enquiry_period import Period, PeriodRule
from app.domain.era import wareki_short
from app.domain.facts import Scalar, Value, scalar_of
from app.domain.identity import Question
from app.domain.names import Agreement
from app.domain.person import Sex
from app.domain.present import shown
from app.domain.procedure import Procedure
from app.domain.procedure_data import parse_procedure
from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.errors import CardRemoved, WrongCode
from app.services.card_port import TriesLeft
from app.services.ports.memory import Kind, OutgoingState, Standing
from app.services.prepare_application import look
from app.services.tend_outgoing import REASONS
from app.shipped import resource
from app.ui.flows.application_notes import FormNotes, present_words
from app.ui.flows.card_watch import tries_words
from app.ui.flows.outgoing import item_shown
from app.ui.flows.visit_acts import CounterBooks
from app.ui.resources import read_toml
from app.ui.screen import Screen
from app.ui.screens.application import ApplicationScreen, PartShown
from app.ui.screens.enquiries import EnquiryScreen, EnquiryShown
from app.ui.screens.enquiry_questions import EnquiryAsked
from app.ui.screens.hand_in import CaseShown, HandedInScreen, HandInScreen, ItemShown, ResultShown
from app.ui.screens.identify import QUESTIONS, IdentifyScreen
from app.ui.screens.identify_eye import EyeScreen
from app.ui.screens.number import NumberScreen
from app.ui.screens.outgoing import OutgoingScreen
from app.ui.screens.person import HitShown, PersonScreen, PersonShown, SideBySide
from app.ui.screens.procedure import ProcedureScreen, ProcedureShown
from app.ui.screens.review_shown import FindingShown
from app.ui.screens.waiting import DraftShown, OutgoingShown, ReceivedShown, WaitingScreen
from app.ui.shots.gallery import grey_png
from app.ui.shots.stage import Shot, Stage, capacities, documents
from app.ui.widgets.alerts import Note
from app.ui.widgets.characters import Pair
from app.ui.widgets.proof_panel import Expiry, ProofShown, Stated
from app.ui.widgets.steps import Step, StepState
from app.ui.window import Window

_TODAY = date(2026, 11, 20)


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every screen of a visit in its states."""
    parts = _procedure().sections
    forms = tuple(Shot(f"15-form-{at}-{part.id}", partial(_form, stage, at)) for at, part in enumerate(parts, 1))
    return (
        Shot("10-waiting", lambda: _waiting(stage, full=True)),
        Shot("10-waiting-empty", lambda: _waiting(stage, full=False)),
        Shot("10-outgoing", lambda: _outgoing(stage)),
        Shot("11-identify", lambda: _identify(stage)[0]),
        Shot("11-identify-reading", lambda: _reading(stage)),
        Shot("11-identify-read", lambda: _read(stage, good=True)),
        Shot("11-identify-failed", lambda: _read(stage, good=False)),
        Shot("11-identify-wrong-code", lambda: _wrong(stage)),
        Shot("11-identify-card-gone", lambda: _gone(stage)),
        Shot("11-identify-last-try", lambda: _last(stage)),
        Shot("11-identify-by-eye", lambda: _eye(stage)),
        Shot("12-person-search", lambda: stage.window(PersonScreen(stage.kit))),
        Shot("12-person-several", lambda: _several(stage)),
        Shot("12-person-nobody", lambda: _nobody(stage)),
        Shot("12-person-differences", lambda: _person(stage)),
        Shot("13-procedures", lambda: _procedures(stage)),
        *(Shot(f"14-number-{way}", partial(_number, stage, way)) for way in ("code_a", "pin", "paper", "declined")),
        *forms,
        Shot("16-enquiries", lambda: _enquiries(stage)),
        Shot("16-enquiries-asked", lambda: _enquiries(stage, is_asked=True)),
        Shot("16-enquiries-none", lambda: stage.window(EnquiryScreen(stage.kit))),
        Shot("17-hand-in", lambda: _hand_in(stage)),
        Shot("17-hand-in-sure", lambda: _hand_in_sure(stage)),
        Shot("18-received", lambda: _result(stage, kept=False)),
        Shot("18-kept", lambda: _result(stage, kept=True)),
    )


def _procedure() -> Procedure:
    file = min(resource("procedures").glob("*.toml"))
    return parse_procedure(read_toml("procedures", file.name), file.name)


def _waiting(stage: Stage, *, full: bool) -> QWidget:
    t, screen = stage.sample["clerk"], WaitingScreen(stage.kit)
    screen.show_queue_offered(offered=True)
    window = stage.bare_window(screen)
    window.strip.show_place(stage.place())
    if full:
        screen.show_ticket(stage.sample["visit"]["ticket"])
        screen.show_work(
            (DraftShown("1", t["procedure"], t["moment"]),),
            (
                OutgoingShown(t["what"], t["cause"], t["soon"], t["nobody"], given_up=False),
                OutgoingShown(t["closing"], t["refused"], t["stopped"], t["supervisor"], given_up=True),
            ),
            (ReceivedShown(t["number"], t["procedure"], t["day"], t["state"]),),
        )
    return window


def _outgoing(stage: Stage) -> QWidget:
    kit, now = stage.kit, stage.kit.clock.now()
    waits = OutgoingState(
        "1", Kind.HAND_IN, "", "", now, Standing.WAITING, 4, "office.unreachable", now + timedelta(minutes=8), "nobody"
    )
    dead = replace(waits, item_id="2", standing=Standing.DEAD, cause="office.refused", can_act="supervisor", attempts=1)
    screen = OutgoingScreen(kit, [(reason, kit.messages.word("laid_aside", reason)) for reason in REASONS])
    screen.show_items([item_shown(kit, one, may_act=one is dead) for one in (dead, waits)])
    window = stage.bare_window(screen)
    window.strip.show_place(stage.place())
    return window


def _identify(stage: Stage) -> tuple[Window, IdentifyScreen]:
    screen, words = IdentifyScreen(stage.kit), stage.kit.texts.identify
    screen.reader.show_state(stage.kit.texts.cards.lies(stage.sample["clerk"]["reader"]), "success")
    screen.show_tries(*tries_words(stage.kit, words.code, TriesLeft(10)))
    return stage.window(screen), screen


def _stated(stage: Stage) -> Stated:
    t = stage.sample["clerk"]
    return Stated(t["card_name"], t["address"], date(1990, 4, 1), Sex.FEMALE)


def _reading(stage: Stage) -> QWidget:
    window, screen = _identify(stage)
    screen.show_begun(13.0)
    screen.show_progress(stage.kit.texts.identify.progress_face(40), _stated(stage))
    return window


def _read(stage: Stage, *, good: bool) -> QWidget:
    window, screen = _identify(stage)
    unasked = NotChecked("revocation_not_asked")
    fine: tuple[Verdict, ...] = (Verified(), Verified(), Verified(), unasked)
    bad: tuple[Verdict, ...] = (Verified(), Failed("card_record_altered"), NotChecked("card_key_unproven"), unasked)
    verdicts = tuple(zip(QUESTIONS, fine if good else bad, strict=True))
    expiry = Expiry(stage.sample["clerk"]["expiry"], passed=not good)
    screen.show_card(ProofShown(_stated(stage), grey_png(), verdicts, expiry))
    return window


def _wrong(stage: Stage) -> QWidget:
    window, screen = _identify(stage)
    screen.show_tries(*tries_words(stage.kit, stage.kit.texts.identify.code, TriesLeft(2)))
    screen.banner.show_message(stage.kit.messages.of(WrongCode(left=2, key="attributes_b")))
    return window


def _gone(stage: Stage) -> QWidget:
    window, screen = _identify(stage)
    screen.reader.show_state(stage.kit.texts.cards.none, "information", stage.kit.texts.cards.middle)
    screen.show_tries("", "quiet")
    screen.banner.show_message(stage.kit.messages.of(CardRemoved()))
    return window


def _last(stage: Stage) -> QWidget:
    window, screen = _identify(stage)
    screen.show_tries(*tries_words(stage.kit, stage.kit.texts.identify.code, TriesLeft(1)))
    screen.show_last_try()
    return window


def _eye(stage: Stage) -> QWidget:
    screen = EyeScreen(stage.kit, _documents(Question.IDENTITY))
    screen.show_name_asked(asked=True)
    screen.show_not_enough()
    return stage.window(screen)


def _documents(question: Question) -> tuple[tuple[str, str], ...]:
    return CounterBooks((), (), documents(), capacities()).documents_for(question)


def _several(stage: Stage) -> QWidget:
    t, screen = stage.sample["clerk"], PersonScreen(stage.kit)
    window = stage.window(screen)
    common = (t["kana"], t["birth"])
    screen.show_hits(
        (
            HitShown("1", t["name"], *common, t["address"], resident=True, restraints="", closed=False),
            HitShown(
                "2",
                t["register_name"],
                *common,
                t["other_address"],
                resident=True,
                restraints=t["restraint"],
                closed=False,
            ),
            HitShown("3", t["name"], *common, t["address"], resident=True, restraints=t["closed"], closed=True),
        ),
        more=False,
    )
    return window


def _nobody(stage: Stage) -> QWidget:
    screen = PersonScreen(stage.kit)
    window = stage.window(screen)
    screen.show_hits((), more=False)
    return window


def _person(stage: Stage) -> QWidget:
    t, screen, basic = stage.sample["clerk"], PersonScreen(stage.kit), stage.kit.messages.word
    window = stage.window(screen)
    screen.show_person(
        PersonShown(
            (
                SideBySide(basic("basic", "name"), t["card_name"], t["register_name"], Agreement.VARIANT),
                SideBySide(basic("basic", "address"), t["address"], t["other_address"], Agreement.DIFFERENT),
                SideBySide(basic("basic", "birth"), t["birth"], t["birth"], Agreement.IDENTICAL),
                SideBySide(basic("basic", "sex"), basic("sex", "2"), basic("sex", "2"), Agreement.IDENTICAL),
            ),
            linked=True,
            household=((t["spouse"], t["head"]), (t["name"], t["wife"]), (t["child"], t["child_word"])),
            characters=(
                Pair(
                    basic("basic", "name"), t["card_name"][3], t["register_name"][3], basic("why_different", "variant")
                ),
                Pair(basic("basic", "address"), "", t["other_address"][17:], basic("why_different", "different")),
            ),
        )
    )
    words = stage.kit.texts.person
    screen.banner.show_text("warning", words.differs_title, words.differs_text)
    return window


def _procedures(stage: Stage) -> QWidget:
    t, screen, word = stage.sample["clerk"], ProcedureScreen(stage.kit), stage.kit.messages.word
    outcome, done = word("consequence_short", "no_issue"), word("consequence_short", "confirmed")
    words = stage.kit.texts.procedure_choice
    follows = words.follows(words.missing(word("missing", "person")), word("consequence", "no_issue"))
    screen.show_procedures((
        ProcedureShown("1", t["procedure"], t["section"], t["law"], open=True, outcome=outcome, follows=follows),
        ProcedureShown("2", t["other_procedure"], t["section"], t["law"], open=False, outcome=done),
    ))
    return stage.window(screen)


def _number(stage: Stage, way: str) -> QWidget:
    screen, word = NumberScreen(stage.kit, _documents(Question.NUMBER)), stage.kit.messages.word
    others = (name for name in ("code_a", "pin", "paper", "declined") if name != way)
    names = (way, *others)
    screen.show_ways([(name, word("number_way", name)) for name in names])
    told = (("code_a", TriesLeft(10)), ("pin", TriesLeft(2)))
    screen.show_tries({name: tries_words(stage.kit, word("number_way", name), tries) for name, tries in told})
    screen.reader.show_state(stage.kit.texts.cards.lies(stage.sample["clerk"]["reader"]), "success")
    return stage.window(screen)


def _facts(stage: Stage) -> dict[str, Value]:
    """A form half entered: what a register knows, and some answers."""
    t = stage.sample["clerk"]
    child: dict[str, Scalar] = {"child_name": t["child"], "child_birth": date(2026, 11, 10), "child_relation": "child"}
    return {
        "claimant_name": t["name"],
        "claimant_kana": t["kana"],
        "claimant_birth": date(1990, 4, 1),
        "claimant_address": t["address"],
        "claimant_number": "linked",
        "spouse_exists": True,
        "spouse_name": t["spouse"],
        "children": ({**child, "child_together": True}, {**child, "child_together": False}),
        "claim_reason": "birth",
        "event_date": date(2026, 10, 10),
        "account_public": False,
        "account_bank": t["bank"],
        "account_holder": t["kana"].split("　")[0],
    }


def _form(stage: Stage, number: int) -> QWidget:
    procedure, facts = _procedure(), _facts(stage)
    screen, notes = ApplicationScreen(stage.kit, ()), FormNotes(stage.kit)
    view = look(procedure, facts, _TODAY)
    part, at = procedure.sections[number - 1], number - 1
    states = [StepState.DONE if n < at else StepState.AHEAD for n in range(len(procedure.sections))]
    states[at] = StepState.CURRENT
    screen.show_part(
        PartShown(
            id=part.id,
            steps=tuple(Step(one.title, state) for one, state in zip(procedure.sections, states, strict=True)),
            is_last=number == len(procedure.sections),
            all_fields=tuple(one for one in procedure.fields if one.section == part.id),
            fields=tuple(one for one in view.fields if one.section == part.id),
            groups=tuple((one.group, one.columns) for one in view.groups if one.group.section == part.id),
            facts=facts,
            sources={"claimant_name": notes.source("card"), "claimant_address": notes.source("register")},
        )
    )
    screen.show_findings(*notes.findings(procedure, view.findings))
    screen.show_saved(stage.kit.texts.application.saved(stage.sample["clerk"]["moment"]))
    window = stage.window(screen)
    window.alerts.show_alerts(notes.limits(view.limits, view.amounts, view.papers))
    return window


def _enquiries(stage: Stage, *, is_asked: bool = False) -> QWidget:
    t, screen = stage.sample["clerk"], EnquiryScreen(stage.kit)
    window = stage.window(screen)
    base = (t["year"], t["purpose"])
    year, purpose = base
    screen.show_enquiries((
        EnquiryShown(
            "1", t["enquiry"], t["spouse"], t["provider"], year, t["waiting"], "information", purpose, sent=True
        ),
        EnquiryShown("2", t["enquiry_2"], t["name"], t["own"], year, t["answered"], "warning", purpose, sent=True),
        EnquiryShown("3", t["enquiry"], t["name"], t["provider"], year, t["not_sent"], "quiet", purpose, sent=False),
        _asked(stage, purpose),
    ))
    if is_asked:
        screen.show_marked("4")
    window.alerts.show_pending((Note(t["enquiry"], t["since"], "information", "pending"),))
    return window


def _asked(stage: Stage, purpose: str) -> EnquiryShown:
    """One that is asked by period, of a municipality that may be changed, with the person's consent."""
    t, words, word = stage.sample["clerk"], stage.kit.texts.enquiry, stage.kit.messages.word
    offered = Period(date(2025, 11, 1), date(2026, 11, 20))
    asked = EnquiryAsked(
        consent=True,
        period=PeriodRule(12),
        offered=offered,
        others=(("993000", t["elsewhere"]),),
        reasons=stage.kit.messages.words("provider_reason"),
    )
    note = words.provider_note(t["provider"], word("provider_why", "case"))
    about = words.period(wareki_short(offered.since), wareki_short(offered.until))
    state = t["not_sent"]
    return EnquiryShown(
        "4",
        t["enquiry_3"],
        t["name"],
        t["provider"],
        about,
        state,
        "quiet",
        purpose,
        sent=False,
        asked=asked,
        note=note,
    )


def _hand_in_sure(stage: Stage) -> QWidget:
    window = _hand_in(stage)
    screen = window.findChild(HandInScreen)
    if isinstance(screen, HandInScreen):
        screen.show_again(stage.kit.texts.hand_in.sure_card)
    return window


def _hand_in(stage: Stage) -> QWidget:
    t, screen, procedure = stage.sample["clerk"], HandInScreen(stage.kit), _procedure()
    facts, words, title = _facts(stage), present_words(stage.kit), procedure.sections[0].title
    known = [(field, value) for field in procedure.fields if (value := scalar_of(facts, field.id)) is not None]
    items = tuple(ItemShown(title, field.label, shown(field, value, words)) for field, value in known)
    found = [one for one in look(procedure, facts, _TODAY).findings if one.check != procedure.missing.id]
    notes = tuple(
        FindingShown(one.key, one.stops, one.what, one.why, one.next, wants_look=not one.stops, looked=False)
        for one in found[1:3]
    )
    lead = stage.kit.texts.hand_in.lead
    screen.show_case(CaseShown(t["name"], t["self"], t["chip"], t["given"], t["findings"], items, lead, notes))
    return _window(stage, screen)


def _window(stage: Stage, screen: Screen) -> Window:
    return stage.window(screen)


def _result(stage: Stage, *, kept: bool) -> QWidget:
    t, words, screen = stage.sample["clerk"], stage.kit.texts.hand_in, HandedInScreen(stage.kit)
    rows = [(words.number_label, words.number_later if kept else t["number"]), (words.date_label, t["day"])]
    rows.append((words.state_label, words.kept_state if kept else t["state"]))
    if kept:
        rows += [(words.kept_cause, t["cause"]), (words.kept_next, t["soon"])]
    screen.show_result(ResultShown(kept=kept, rows=tuple(rows), tell=words.tell_kept if kept else words.tell_received))
    return _window(stage, screen)
