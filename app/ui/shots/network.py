"""Pictures of the resident network: checks, moves, copies, searches, cards, what goes out, comparisons."""

from PySide6.QtWidgets import QWidget

from app.domain.resident_network import CardState, CheckResult
from app.errors import Refused
from app.ui.flows.network_check import PURPOSES
from app.ui.flows.network_checked import CARD_KINDS, KINDS
from app.ui.resources import read_toml
from app.ui.screens.network_ask import FoundShown, NetworkAskScreen
from app.ui.screens.network_card import NetworkCardScreen
from app.ui.screens.network_check import NetworkCheckScreen
from app.ui.screens.network_checked import CheckedShown, NetworkCheckedScreen
from app.ui.screens.network_compare import DifferenceShown, NetworkCompareScreen
from app.ui.screens.network_moving import MoverShown, NetworkMovingScreen
from app.ui.screens.network_queue import NetworkQueueScreen, QueueLine, QueueSummary
from app.ui.screens.network_screen import FactShown, NetworkScreen
from app.ui.screens.network_start import NetworkStartScreen
from app.ui.screens.network_wide import LineShown, NetworkWideScreen
from app.ui.screens.register_fields import FieldShown
from app.ui.shots.stage import Shot, Stage
from app.ui.widgets.compare import Compared, Match

Sample = dict[str, dict[str, str]]


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every screen in its states."""
    made = Made(stage)
    return (
        Shot("90-network-check", made.check),
        Shot("90-network-check-wrong-pin", lambda: made.check(wrong=True)),
        Shot("91-network-checked", lambda: made.checked(CheckResult.SAME)),
        Shot("91-network-checked-differs", lambda: made.checked(CheckResult.DIFFERS)),
        Shot("91-network-checked-not-in-use", lambda: made.checked(CheckResult.NOT_IN_USE)),
        Shot("92-network-moving", made.moving),
        Shot("92-network-moving-none", lambda: made.moving(filled=False)),
        Shot("93-network-wide", lambda: made.wide("ask")),
        Shot("93-network-wide-waits", lambda: made.wide("waits")),
        Shot("93-network-wide-answered", lambda: made.wide("answered")),
        Shot("94-network-search", lambda: made.ask(enquires=False, filled=True)),
        Shot("94-network-search-none", lambda: made.ask(enquires=False, filled=False)),
        Shot("94-network-enquiry", lambda: made.ask(enquires=True, filled=True)),
        Shot("95-network-card", lambda: made.card("empty")),
        Shot("95-network-card-seen", lambda: made.card("seen")),
        Shot("95-network-card-asked", lambda: made.card("asked")),
        Shot("95-network-card-done", lambda: made.card("done")),
        Shot("96-network-queue", made.queue),
        Shot("96-network-queue-empty", lambda: made.queue(filled=False)),
        Shot("97-network-compare-start", made.start),
        Shot("97-network-compare", made.compare),
        Shot("97-network-compare-runs", lambda: made.compare(runs=True)),
        Shot("97-network-decide", lambda: made.compare(decides=True)),
    )


class Made:
    """Builds the windows from invented values."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._kit = stage, stage.kit
        self._sample: Sample = read_toml("text", "shots_network.toml")

    def _window(self, screen: NetworkScreen, *, visit: bool = False) -> QWidget:
        window = self._stage.window(screen)
        if not visit:
            window.show_visit(None)
        return window

    def _word(self, table: str, code: str) -> str:
        return self._kit.messages.word(table, code)

    def check(self, *, wrong: bool = False) -> QWidget:
        screen, words, one = NetworkCheckScreen(self._kit), self._kit.texts.network_check, self._sample["check"]
        window = self._window(screen, visit=True)
        purposes = tuple((each.value, self._word("check_purpose", each.value)) for each in PURPOSES)
        sexes = tuple((code, self._word("sex", code)) for code in ("1", "2"))
        fields = (
            FieldShown("purpose", words.purpose, "choice", purposes, required=True),
            FieldShown("card_number", words.card_number, support=words.card_number_support, required=True),
            FieldShown("code", words.code, support=words.code_support),
            FieldShown("name", words.name, required=True),
            FieldShown("birth", words.birth, "day", required=True),
            FieldShown("sex", words.sex, "choice", sexes, required=True),
            FieldShown("address", words.address, "long", required=True),
        )
        values = {"purpose": "moving_in", "card_number": one["card"], "name": one["name"], "address": one["address"]}
        screen.show_form(fields, values | {"birth": "1983-06-03", "sex": "2"})
        if wrong:
            screen.banner.show_text("error", words.wrong_pin(2), self._word("check_result_next", "wrong_pin"))
        return window

    def checked(self, result: CheckResult) -> QWidget:
        screen, one = NetworkCheckedScreen(self._kit), self._sample["check"]
        window = self._window(screen, visit=True)
        differs = result is CheckResult.DIFFERS
        card = CardState.SUSPENDED if result is CheckResult.NOT_IN_USE else CardState.ISSUED
        name = Match.DIFFERENT if differs else Match.SAME
        rows = (
            Compared(self._word("basic", "name"), one["name"], one["name_there"] if differs else one["name"], name),
            Compared(self._word("basic", "address"), one["address"], one["address"], Match.SAME),
            Compared(self._word("basic", "birth"), one["birth"], one["birth"], Match.SAME),
            Compared(self._word("basic", "sex"), one["sex"], one["sex"], Match.SAME),
        )
        nobody = result is CheckResult.NOT_IN_USE
        said = (self._word("check_result_title", result.value), self._word("check_result_next", result.value))
        screen.show_checked(
            CheckedShown(
                result=(self._word("check_result", result.value), KINDS[result]),
                said=(KINDS[result], *said),
                purpose=self._word("check_purpose", "moving_in"),
                card=(self._word("card_state", card.value), CARD_KINDS[card]),
                place=self._kit.texts.network_check.unknown if nobody else one["place"],
                rows=() if nobody else rows,
            ),
            ("moving",) if result is CheckResult.SAME else (),
        )
        return window

    def moving(self, *, filled: bool = True) -> QWidget:
        screen, words, one = NetworkMovingScreen(self._kit), self._kit.texts.network_moving, self._sample["moving"]
        window = self._window(screen, visit=True)
        if not filled:
            screen.show_failed(self._kit.messages.of(_none()))
            return window
        facts = (one["from"], one["planned"], words.erase_on(one["erase"], 6), one["address"])
        people = (
            MoverShown(one["name"], one["kana"], self._sample["check"]["birth"], self._word("sex", "1")),
            MoverShown(one["child"], one["child_kana"], one["born"], self._word("sex", "2")),
        )
        screen.show_moving(facts, people, ("enter",))
        screen.banner.show_text("warning", words.soon_title(6), words.soon_text)
        return window

    def wide(self, state: str) -> QWidget:
        screen, words, one = NetworkWideScreen(self._kit), self._kit.texts.network_wide, self._sample["moving"]
        window = self._window(screen, visit=True)
        fields = (
            FieldShown("household", words.with_household, "yes_no"),
            FieldShown("code", words.with_code, "yes_no"),
            FieldShown("number", words.with_number, "yes_no"),
        )
        screen.show_form(fields, {})
        screen.show_asked(asked=state != "ask")
        if state == "waits":
            screen.show_deeds(("look",))
            screen.show_waiting(words.waits(one["from"]))
        if state == "answered":
            masked, check = self._kit.texts.network.masked, self._sample["check"]
            facts = (
                FactShown(words.address, one["address"]),
                FactShown(words.head, one["name"]),
                FactShown(words.as_of, self._sample["queue"]["at"]),
            )
            head = LineShown(
                one["name"], check["birth"], self._word("sex", "1"), one["head_relation"], one["planned"], masked, ""
            )
            child = LineShown(
                one["child"], one["born"], self._word("sex", "2"), one["child_relation"], one["planned"], masked, ""
            )
            screen.show_copy(facts, (head, child))
            screen.show_deeds(("print", "show"))
            screen.banner.show_text("success", words.answered(one["from"]), words.answered_text)
        return window

    def ask(self, *, enquires: bool, filled: bool) -> QWidget:
        screen, words = NetworkAskScreen(self._kit, enquires=enquires), self._kit.texts.network_ask
        window, one = self._window(screen), self._sample["check"]
        where = (
            () if enquires else (FieldShown("where", words.where, "choice", self._kit.messages.words("network_where")),)
        )
        code = (FieldShown("resident_code", words.resident_code, "secret"),) if enquires else ()
        fields = (
            FieldShown("task", words.task, "choice", self._kit.messages.words("network_task"), required=True),
            *where,
            FieldShown("name", words.name),
            FieldShown("birth", words.birth, "day"),
            FieldShown("address", words.address),
            FieldShown("sex", words.sex, "choice"),
            FieldShown("my_number", words.my_number, "secret"),
            *code,
        )
        screen.show_form(fields, {"task": "resident_register", "name": one["name"], "birth": "1983-06-03"})
        if not filled:
            screen.show_found((), words.found_none, shows=False)
            screen.banner.show_text("information", words.found_none, words.found_none_text)
            return window
        more = (
            FactShown(words.card, self._word("card_state", "issued")),
            FactShown(words.resident_code, self._kit.texts.network.masked),
            FactShown(words.my_number, self._kit.texts.network.masked),
        )
        state = self._word("network_person", "resident")
        row = FoundShown(one["name"], one["birth"], one["sex"], one["address"], one["place"], state, "success", more)
        gone = FoundShown(
            one["name_there"], one["birth"], one["sex"], one["address"], one["place"],
            self._word("network_person", "removed"), "warning", more,
        )  # fmt: skip
        screen.show_found((row, gone), "", shows=enquires)
        screen.banner.show_text("success", words.found_some(2), words.kept)
        return window

    def card(self, state: str) -> QWidget:
        screen, words, one = NetworkCardScreen(self._kit), self._kit.texts.network_card, self._sample["check"]
        window = self._window(screen)
        code = FieldShown("resident_code", words.resident_code, "secret", support=words.resident_code_support)
        screen.show_form((code,), {})
        if state == "empty":
            return window
        shown = "suspended" if state == "done" else "issued"
        steps = tuple((step, self._word("card_step", step)) for step in ("suspend", "abolish", "return"))
        said = self._kit.texts.office.between.join(word for _, word in steps)
        nothing = state == "done"
        screen.show_state(
            (self._word("card_state", shown), CARD_KINDS[CardState(shown)]),
            words.none if nothing else one["card"],
            words.none if nothing else said,
        )
        if nothing:
            screen.show_still([word for _, word in self._kit.messages.words("card_still")])
            screen.banner.show_text("success", words.done(self._word("card_state", shown)), words.done_text)
            return window
        fields = (
            code,
            FieldShown("step", words.step, "choice", steps, required=True),
            FieldShown("event_day", words.event_day, "day", required=True),
            FieldShown("card_number", words.card_number, required=True),
            FieldShown("lost", words.lost, "yes_no", support=words.lost_support),
            FieldShown("reason", words.reason, "long", support=words.reason_support, required=True),
        )
        values = {
            "step": "suspend",
            "event_day": "2026-11-20",
            "card_number": one["card"],
            "resident_code": one["code"],
        }
        screen.show_form(fields, values)
        screen.show_deeds(("look", "check", "report"))
        if state == "asked":
            screen.do("commit")
        return window

    def start(self) -> QWidget:
        screen, words = NetworkStartScreen(self._kit), self._kit.texts.network_start
        window = self._window(screen)
        levels = self._kit.messages.words("network_level")
        fields = (
            FieldShown("level", words.level, "pick", levels, required=True),
            FieldShown("sample", words.sample, support=words.sample_support),
        )
        screen.show_form(fields, {"level": "prefecture"})
        return window

    def queue(self, *, filled: bool = True) -> QWidget:
        screen, words, one = NetworkQueueScreen(self._kit), self._kit.texts.network_queue, self._sample["queue"]
        window, texts = self._window(screen), self._kit.texts.network
        open_, none = (words.open, "success"), words.nothing
        if not filled:
            summary = QueueSummary(
                (words.open, "success"), texts.count(0), texts.nobody_waits, (texts.count(0), "success"), none, none
            )
            screen.show_queue(summary, ())
            return window
        cause = self._kit.messages.of(_away()).title
        summary = QueueSummary(
            (open_[0], "success"), texts.count(3), one["age"], (texts.count(1), "error"), one["next"], cause
        )
        word, has, not_yet = self._word, words.has, words.has_not
        update, card = word("network_item", "update"), word("network_item", "card")
        screen.show_queue(
            summary,
            (
                QueueLine(update, words.is_dead, "error", one["age"], has, not_yet, none, word("link_cause", "away")),
                QueueLine(update, words.waits, "information", one["age"], has, not_yet, one["next"], cause),
                QueueLine(update, words.waits, "information", one["young"], not_yet, not_yet, one["next"], cause),
                QueueLine(card, words.waits, "information", one["young"], none, none, one["next"], none),
            ),
        )
        screen.banner.show_text("warning", words.dead_title(1), words.dead_text)
        return window

    def compare(self, *, decides: bool = False, runs: bool = False) -> QWidget:
        screen, words = NetworkCompareScreen(self._kit, decides=decides), self._kit.texts.network_compare
        window, one, person = self._window(screen), self._sample["compare"], self._sample["check"]
        word = self._word
        levels = self._kit.messages.words("network_level")
        lead = words.lead(levels[0][1], one["lead_at"], one["by"])
        lead += words.runs(12_400, 196_000) if runs else words.looked(196_000)
        screen.show_progress(lead, 12_400, 196_000, running=runs)
        if runs:
            screen.show_differences((), words.none_yet)
            screen.show_deeds(("refresh", "other"))
            return window
        item = word("network_identity", "address")
        rows = (
            Compared(item, person["address"], one["address_there"], Match.DIFFERENT),
            Compared(word("network_identity", "name"), person["name"], person["name"], Match.SAME),
            Compared(word("network_identity", "birth"), person["birth"], person["birth"], Match.SAME),
        )
        state = "proposed" if decides else "open"
        how = words.with_reason(word("resolution", "resend"), one["reason"], one["by"]) if decides else ""
        shown = (word("difference_state", state), "information" if decides else "warning")
        screen.show_differences(
            (
                DifferenceShown("1", word("difference_kind", "differs"), person["name"], item, shown[0],
                                "information" if decides else "warning", how, rows),
                DifferenceShown("2", word("difference_kind", "only_there"), one["gone"], "", shown[0],
                                "information" if decides else "warning", ""),
            ),
            words.none,
        )  # fmt: skip
        if not decides:
            options = tuple((code, word("resolution", code)) for code in ("resend", "explained"))
            fields = (
                FieldShown("resolution", words.resolution, "choice", options, required=True),
                FieldShown("reason", words.reason, support=words.reason_support, required=True),
            )
            screen.show_form(fields, {"resolution": "resend", "reason": one["reason"]})
        rest = ("approve", "return") if decides else ("propose", "start")
        screen.show_deeds((*rest, "refresh", "other"))
        return window


def _none() -> Refused:
    return Refused("moving_in_none")


def _away() -> Refused:
    return Refused("network_away")
