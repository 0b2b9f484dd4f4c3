"""Pictures of what concerns a card: entering a PIN on both sides, several cards, every way of confirming a person."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.person import Capacity
from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.services.card_port import TriesLeft
from app.ui.flows.card_watch import tries_words
from app.ui.flows.pin_entry import PinKind
from app.ui.resident_display import ResidentDisplay
from app.ui.screens.authority import AuthorityScreen, AuthorityShown
from app.ui.screens.identify import IdentifyScreen
from app.ui.screens.identify_chip import ChipScreen
from app.ui.screens.identify_ways import WayShown, WaysScreen
from app.ui.screens.pin_entry import EntryPlace, PinEntryScreen
from app.ui.screens.questions import QuestionShown, QuestionsScreen
from app.ui.screens.readers import ReaderShown, ReadersScreen
from app.ui.shots.gallery import grey_png
from app.ui.shots.stage import Shot, Stage, capacities
from app.ui.widgets.chip import Kind
from app.ui.widgets.pin_pad import PinAsk, PinPad
from app.ui.widgets.proof_panel import Expiry, ProofShown, Stated


def shots(stage: Stage) -> tuple[Shot, ...]:
    """The resident's keypads and what the clerk sees meanwhile."""
    return (
        Shot("03-resident-pin", lambda: _display(stage, PinKind.ATTRIBUTES)),
        Shot("03-resident-password", lambda: _display(stage, PinKind.SIGN)),
        Shot("19-pin-entering", lambda: _entering(stage, EntryPlace.DISPLAY)),
        Shot("19-pin-on-reader", lambda: _entering(stage, EntryPlace.READER)),
        Shot("19-pin-turn", lambda: _ready(stage)),
        Shot("19-pin-last", lambda: _last(stage)),
        Shot("19-pin-turned", lambda: _turned(stage, PinKind.USER)),
        Shot("19-pin-turned-password", lambda: _turned(stage, PinKind.SIGN)),
        Shot("11-identify-several", lambda: _several(stage)),
        Shot("11-ways", lambda: _ways(stage)),
        Shot("11-way-pin", lambda: _chip(stage, "pin", pins=(PinKind.ATTRIBUTES,))),
        Shot("11-way-residence", lambda: _chip(stage, "residence")),
        Shot("11-way-certificate", partial(_certificate, stage, revoked=False)),
        Shot("11-way-certificate-revoked", partial(_certificate, stage, revoked=True)),
        Shot("11-way-certificate-unasked", partial(_certificate, stage, revoked=False, asked=False)),
        Shot("11-way-licence", lambda: _licence(stage)),
        Shot("10-readers", partial(_readers, stage, runs=True)),
        Shot("10-readers-service-down", partial(_readers, stage, runs=False)),
        Shot("12-questions", lambda: _questions(stage)),
        Shot("12-authority", lambda: _authority(stage)),
    )


def ask_of(stage: Stage, kind: PinKind) -> PinAsk:
    """What is asked of the resident for this kind."""
    word, letters = stage.kit.messages.word, kind is PinKind.SIGN
    least, most = (6, 16) if letters else (4, 4)
    return PinAsk(word("pin_ask", kind.value), word("pin_ask_second", kind.value), least, most, letters=letters)


def _display(stage: Stage, kind: PinKind) -> QWidget:
    display = ResidentDisplay(stage.kit, training=stage.training)
    pad = display.ask_pin(ask_of(stage, kind))
    display.show()
    _press(pad)
    return display


def _press(pad: PinPad) -> None:
    for character in ("1", "2"):
        pad.press(character)


def _screen(stage: Stage, place: EntryPlace, left: int) -> PinEntryScreen:
    screen = PinEntryScreen(stage.kit)
    screen.show_code(stage.kit.messages.word("pin_name", PinKind.USER.value), left, place)
    return screen


def _entering(stage: Stage, place: EntryPlace) -> QWidget:
    screen = _screen(stage, place, 3)
    window = stage.window(screen)
    screen.show_entering(4 if place is EntryPlace.DISPLAY else 0, takes_keys=True)
    if place is EntryPlace.DISPLAY:
        screen.show_typed(2, 4)
    return window


def _ready(stage: Stage) -> QWidget:
    screen = _screen(stage, EntryPlace.WINDOW, 3)
    window = stage.window(screen)
    screen.show_ready()
    return window


def _last(stage: Stage) -> QWidget:
    screen = _screen(stage, EntryPlace.WINDOW, 1)
    window = stage.window(screen)
    screen.show_last()
    return window


def _turned(stage: Stage, kind: PinKind) -> QWidget:
    window = stage.window(_screen(stage, EntryPlace.WINDOW, 3))
    pad = PinPad(stage.kit, ask_of(stage, kind))
    window.turn(pad)
    window.show()
    _press(pad)
    return window


def _several(stage: Stage) -> QWidget:
    screen, words = IdentifyScreen(stage.kit), stage.kit.texts.cards
    names = (stage.sample["clerk"]["reader"], stage.sample["clerk"]["other_reader"])
    screen.reader.show_state(words.several, "warning", words.several_next)
    screen.reader.show_choices(names)
    return stage.window(screen)


def _ways(stage: Stage) -> QWidget:
    screen, word, words = WaysScreen(stage.kit), stage.kit.messages.word, stage.kit.texts.ways
    window = stage.window(screen)
    states: dict[str, tuple[str, Kind]] = {
        "code_b": (words.left(10), "success"),
        "pin": (words.left(1), "warning"),
        "jpki_user": (words.blocked, "error"),
    }
    shown = [
        WayShown(way, name, word("confirm_way_needs", way), *states.get(way, ("", "quiet")))
        for way, name in stage.kit.messages.words("confirm_way")
    ]
    screen.show_ways(shown, _follows(stage))
    return window


def _follows(stage: Stage) -> str:
    word, line = stage.kit.messages.word, stage.kit.texts.ways.follows_line
    pairs = (("J-1", "no_issue"), ("J-2", "notice_by_post"), ("N", "without_number"))
    return "\n".join(line(word("regime", regime), word("consequence", what)) for regime, what in pairs)


def _chip(stage: Stage, way: str, shown: ProofShown | None = None, pins: tuple[PinKind, ...] = ()) -> QWidget:
    screen, word = ChipScreen(stage.kit), stage.kit.messages.word
    window = stage.window(screen)
    questions = tuple(name for name, _ in shown.verdicts) if shown else ("issuer", "record", "chip")
    by_number = way == "residence"
    screen.show_way(
        word("confirm_way", way),
        word("confirm_way_needs", way),
        questions,
        number=by_number,
        photo=way in {"licence", "residence"},
    )
    screen.show_tries([tries_words(stage.kit, word("pin_name", pin.value), TriesLeft(3)) for pin in pins])
    screen.reader.show_state(stage.kit.texts.cards.lies(stage.sample["clerk"]["reader"]), "success")
    if shown is not None:
        screen.show_proof(shown)
    else:
        screen.first_focus().setFocus()
    return window


def _certificate(stage: Stage, *, revoked: bool, asked: bool = True) -> QWidget:
    words, t = stage.kit.texts.proof, stage.sample["clerk"]
    known: Verdict = Failed("certificate_revoked") if revoked else Verified()
    answer = known if asked else NotChecked("revocation_unreachable")
    fine = tuple((name, Verified()) for name in ("certificate_issuer", "dates", "purpose", "certificate_chip"))
    standing = "refused" if revoked else "confirmed" if asked else "revocation_unknown"
    kind: Kind = "error" if revoked else "success" if asked else "information"
    shown = ProofShown(
        Stated("", "", None, note=words.names_nobody),
        None,
        (*fine, ("revocation", answer)),
        Expiry(t["expiry"], outside=False),
        noted=(("revocation", words.as_of(t["list_moment"]) if asked else ""),),
        standing=(stage.kit.messages.word("certificate_standing", standing), kind),
    )
    return _chip(stage, "jpki_user", shown, (PinKind.USER,))


def _licence(stage: Stage) -> QWidget:
    t = stage.sample["clerk"]
    verdicts: tuple[tuple[str, Verdict], ...] = (
        ("issuer", NotChecked("licence_no_key")),
        ("record", NotChecked("licence_no_key")),
        ("chip", NotChecked("licence_copy_possible")),
    )
    stated = Stated(t["card_name"], t["address"], date(1990, 4, 1))
    shown = ProofShown(stated, grey_png(), verdicts, Expiry(t["expiry"], outside=False))
    return _chip(stage, "licence", shown, (PinKind.LICENCE_1, PinKind.LICENCE_2))


def _questions(stage: Stage) -> QWidget:
    t = stage.sample["clerk"]
    screen = QuestionsScreen(stage.kit, ((t["what"], t["what"]),))
    window = stage.window(screen)
    asked = ((t["question"], t["spouse"]), (t["question_2"], t["other_address"]), (t["question_3"], t["birth"]))
    screen.show_questions([QuestionShown(str(n), text, expected) for n, (text, expected) in enumerate(asked)], 3, 0)
    screen.first_focus().setFocus()
    return window


def _authority(stage: Stage) -> QWidget:
    t, screen = stage.sample["clerk"], AuthorityScreen(stage.kit)
    window = stage.window(screen)
    table = capacities()
    papers = tuple((paper.id, paper.label) for paper in table.papers_for(Capacity.AGENT))
    members = (("2", t["spouse"]),)
    word = stage.kit.messages.word("capacity", Capacity.AGENT.value)
    screen.show_asked(AuthorityShown(word, papers, members, "", _follows(stage)))
    screen.first_focus().setFocus()
    return window


def _readers(stage: Stage, *, runs: bool) -> QWidget:
    t, screen = stage.sample["clerk"], ReadersScreen(stage.kit)
    words, word = stage.kit.texts.readers, stage.kit.messages.word
    window = stage.bare_window(screen)
    window.strip.show_place(stage.place())
    left = stage.kit.texts.ways.left
    answers: tuple[tuple[str, str, Kind], ...] = (
        (word("card_application", "face"), f"{word('card_key', 'face_b')}　{left(10)}", "success"),
        (word("card_application", "attributes"), f"{word('card_key', 'attributes_pin')}　{left(1)}", "warning"),
        (word("card_application", "jpki"), f"{word('card_key', 'user_pin')}　{stage.kit.texts.ways.blocked}", "error"),
        (word("card_application", "licence"), words.no_answer, "quiet"),
        (word("certificate", "digital_signature"), words.there, "quiet"),
    )
    shown = (
        ReaderShown(t["reader"], words.answering, "success", word("token", "card"), words.takes(13), answers),
        ReaderShown(t["other_reader"] + words.with_pad, words.ready, "success", words.empty, words.put_card),
    )
    screen.show_checked(runs=runs, readers=shown if runs else ())
    return window
