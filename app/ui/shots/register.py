"""Pictures of the register: record, history, a change part by part, lists, the confirmation sheet."""

from PySide6.QtWidgets import QWidget

from app.domain.register_forms import RegisterForms, Whom, parse_register_forms
from app.domain.register_rules import RegisterRules, parse_register_rules
from app.errors import Refused
from app.ui.flows.register_form import RELATION, FormReader
from app.ui.flows.register_pages import task_list
from app.ui.flows.register_words import RegisterReader
from app.ui.resources import read_toml
from app.ui.screen import Screen
from app.ui.screens.admin import AdminScreen
from app.ui.screens.register_announced import AnnouncedShown, RegisterAnnouncedScreen
from app.ui.screens.register_entry import CHECK, PEOPLE, EntryShown, RegisterEntryScreen
from app.ui.screens.register_history import PastShown, RegisterHistoryScreen
from app.ui.screens.register_kinds import KindShown, RegisterKindsScreen
from app.ui.screens.register_list import EntryLine, RegisterListScreen
from app.ui.screens.register_record import ItemShown, MemberShown, RecordOffers, RecordShown, RegisterRecordScreen
from app.ui.screens.register_sheet import RegisterSheetScreen, SheetShown
from app.ui.screens.register_shown import DeltaShown
from app.ui.screens.review_shown import FindingShown
from app.ui.shots.stage import Shot, Stage
from app.ui.widgets.chip import Kind
from app.ui.widgets.timeline import Happening
from app.ui.window import Window
from app.wire.register_change import FindingMark
from app.wire.register_draft import FilingDraft, PersonDraft

Sample = dict[str, dict[str, str]]
_CAP = 20


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every screen in its states."""
    made = Made(stage)
    return (
        Shot("80-register-room", made.room),
        Shot("81-register-record", lambda: made.record(filled=True)),
        Shot("81-register-record-restrained", lambda: made.record(filled=True, restrained=True)),
        Shot("81-register-record-refused", lambda: made.record(filled=False)),
        Shot("82-register-history", lambda: made.history(filled=True)),
        Shot("82-register-history-none", lambda: made.history(filled=False)),
        Shot("82-register-history-day", lambda: made.history(filled=True, day=True)),
        Shot("83-register-kinds", made.kinds),
        Shot("84-register-entry", lambda: made.entry(0)),
        Shot("84-register-entry-findings", lambda: made.entry(0, findings=True)),
        Shot("84-register-entry-people", lambda: made.entry(PEOPLE)),
        Shot("84-register-entry-new", lambda: made.entry(PEOPLE, kind="move_in")),
        Shot("84-register-entry-check", lambda: made.entry(CHECK, findings=True)),
        Shot("85-register-own", lambda: made.listed(decides=False)),
        Shot("85-register-own-empty", lambda: made.listed(decides=False, filled=False)),
        Shot("86-register-waiting", lambda: made.listed(decides=True)),
        Shot("86-register-waiting-asked", lambda: made.listed(decides=True, asked=True)),
        Shot("86-register-waiting-empty", lambda: made.listed(decides=True, filled=False)),
        Shot("87-register-sheet", made.sheet),
        Shot("87-register-sheet-own", lambda: made.sheet(own=True)),
        Shot("87-register-sheet-refusing", lambda: made.sheet(refusing=True)),
        Shot("88-register-announced", lambda: made.announced(filled=True)),
        Shot("88-register-announced-empty", lambda: made.announced(filled=False)),
    )


class Made:
    """Builds the windows from invented values."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._kit = stage, stage.kit
        self.sample: Sample = read_toml("text", "shots_register.toml")
        relations = read_toml("tables", "relations.toml")
        self.rules: RegisterRules = parse_register_rules(read_toml("tables", "register_entries.toml"), relations)
        self._forms: RegisterForms = parse_register_forms(read_toml("tables", "register_forms.toml"), self.rules)
        self._reader = RegisterReader(self._kit, self.rules)

    def window(self, screen: Screen, *, visit: bool = False) -> Window:
        """The window with ``screen``, in a visit or between two."""
        window = self._stage.window(screen)
        if not visit:
            window.show_visit(None)
        return window

    def room(self) -> QWidget:
        words, tasks = self._kit.texts.register, task_list(self._kit)
        screen = AdminScreen(self._kit, tasks, (words.title, words.lead))
        screen.show_offered(frozenset(one.task for one in tasks))
        return self.window(screen)

    def record(self, *, filled: bool, restrained: bool = False) -> QWidget:
        screen, words = RegisterRecordScreen(self._kit), self._kit.texts.register_record
        window = self.window(screen, visit=True)
        if not filled:
            screen.show_failed(self._kit.messages.of(_restrained()))
            return window
        one, sample = self.sample["person"], self.sample
        item = self._reader.item
        items = (
            ("legal_kana", one["kana"]), ("birth", one["birth"]), ("sex", self._kit.messages.word("sex", "2")),
            ("address", one["address"]), ("relation", one["relation"]), ("household_number", one["household"]),
            ("moved_in_on", one["moved_in"]), ("moved_from", one["before"]),
        )  # fmt: skip
        hidden = self._kit.texts.register.hidden
        masked = tuple(ItemShown(item(name), hidden, True) for name in ("my_number", "resident_code"))  # noqa: FBT003
        household = tuple(
            MemberShown(str(place), who["name"], who["relation"], who["birth"])
            for place, who in enumerate((sample["spouse"], one, sample["child"]))
        )
        screen.show_offered(RecordOffers(True, True, True, (("claim", sample["change"]["move"]),)))  # noqa: FBT003
        chips: tuple[tuple[str, Kind], ...] = ((words.chip_resident, "success"), (words.chip_waiting(1), "warning"))
        alert: tuple[Kind, str, str] | None
        alert = ("error", words.alert_title(sample["measure"]["act"]), words.alert_error) if restrained else None
        lines = tuple(ItemShown(item(name), value) for name, value in items)
        screen.show_record(RecordShown(one["name"], one["kana"], chips, (*lines, *masked), household, alert))
        return window

    def history(self, *, filled: bool, day: bool = False) -> QWidget:
        screen, words = RegisterHistoryScreen(self._kit), self._kit.texts.register_history
        window = self.window(screen)
        one, change, item = self.sample["person"], self.sample["change"], self._reader.item
        address = (DeltaShown("", item("address"), one["before"], one["address"]),)
        name = (DeltaShown("", item("name"), change["old_name"], one["name"]),)
        past = (
            PastShown(Happening("R8.11.17", "", change["moved"], change["entered"]), address),
            PastShown(Happening("H30.5.2", "", change["renamed"], change["entered"]), name),
            PastShown(Happening("H27.4.1", "", change["arrived"], change["entered"]), address),
        )
        screen.show_past(past if filled else (), "all", one["name"] if filled else words.none_at_all)
        if day:
            rows = (("name", one["name"]), ("address", one["before"]), ("relation", one["relation"]))
            shown = [DeltaShown("", item(name), value, value) for name, value in rows]
            screen.show_day(shown, words.on_title(one["moved_in"]))
        return window

    def kinds(self) -> QWidget:
        screen, words = RegisterKindsScreen(self._kit), self._kit.texts.register_kinds
        whom = {Whom.HERE: words.here, Whom.GONE: words.gone, Whom.NEW: words.new}
        rows = [
            KindShown(
                kind.id,
                kind.title,
                words.notification if kind.basis == "notification" else words.ex_officio,
                whom[self._forms.forms[kind.id].whom],
            )
            for kind in self.rules.kinds.values()
            if self._forms.forms[kind.id].whom is not Whom.GONE
        ]
        window = self.window(screen)
        screen.show_kinds(rows, words.about(self.sample["person"]["name"]))
        return window

    def entry(self, part: int, *, kind: str = "change_of_address", findings: bool = False) -> QWidget:
        screen, words = RegisterEntryScreen(self._kit), self._kit.texts.register_entry
        form, rules = self._forms.forms[kind], self.rules.kind(kind)
        draft, reader = self._draft(kind), FormReader(self._kit, self.rules, ())
        window = self.window(screen)
        shown = EntryShown(
            words.lead(rules.title), reader.fields(form, rules), draft.values, kind == "move_in", may_join=True
        )
        screen.show_form(shown)
        screen.show_state(words.findings_wait)
        screen.show_saved(words.saved(self.sample["change"]["at"]))
        screen.people.show_people(reader.people(draft, form), 1 if kind != "move_in" else 0)
        person = draft.persons[1 if kind != "move_in" else 0]
        name = person.items.get("name") or person.name or words.new_one
        screen.people.show_person(
            reader.items(form, person), {**person.items, RELATION: person.after}, words.items(name)
        )
        screen.show_part(part)
        if findings:
            found = self._findings(asks=True)
            screen.change.show_findings(
                found, {"event_day": self._kit.messages.word("register_check", "day_in_future")}
            )
            screen.outcome.show_findings(found)
            screen.outcome.show_difference(self._deltas(), words.difference_none)
            own = self._kit.texts.register_own
            screen.show_state(self._kit.texts.register.between.join((own.errors(1), own.asks(1))))
        return window

    def listed(self, *, decides: bool, filled: bool = True, asked: bool = False) -> QWidget:
        screen = RegisterListScreen(self._kit, decides=decides, cap=_CAP)
        window, words = self.window(screen), self._kit.texts.register_own
        lines = self._lines(decides=decides) if filled else ()
        screen.show_lines(lines, words.count(len(lines)), decided=False)
        if asked:
            screen.do("copy")
            screen.do("commit")
        return window

    def sheet(self, *, own: bool = False, refusing: bool = False) -> QWidget:
        screen, words = RegisterSheetScreen(self._kit), self._kit.texts.register_sheet
        window, change, one = self.window(screen), self.sample["change"], self.sample["person"]
        reason = self._kit.messages.word("register_reason", "moved")
        screen.show_sheet(
            SheetShown(
                about=words.about(change["move"], reason, one["filed"], one["day"]),
                by=words.by(change["clerk"], change["at"], change["office"]),
                more="",
                rows=self._deltas(),
                findings=() if own else self._findings(asks=True)[1:],
                verdicts=frozenset({"correct", "withdraw"} if own else {"approve", "refuse"}),
                note=("information", words.own) if own else None,
            )
        )
        if refusing:
            screen.do("return_case")
        return window

    def announced(self, *, filled: bool) -> QWidget:
        screen, one, sample = RegisterAnnouncedScreen(self._kit), self.sample["person"], self.sample
        window = self.window(screen)
        names = self._reader.named((one["name"], sample["child"]["name"]))
        rows = (
            AnnouncedShown("1", names, one["before"], one["day"], one["filed"], sample["measure"]["since"], True),  # noqa: FBT003
            AnnouncedShown("2", sample["spouse"]["name"], one["before"], one["day"], one["filed"], one["filed"], False),  # noqa: FBT003
        )
        screen.show_rows(rows if filled else ())
        return window

    def _draft(self, kind: str) -> FilingDraft:
        one, spouse, child = (self.sample[name] for name in ("person", "spouse", "child"))
        values = {"reason": "moved", "filed_day": "2026-11-20", "event_day": "2026-11-17", "address": one["after"]}
        if kind == "move_in":
            values |= {"reason": "from_municipality", "household": "new", "moved_from": one["before"]}
            return FilingDraft(kind=kind, values=values, persons=(PersonDraft(items={"name": one["name"]}),))
        persons = tuple(
            PersonDraft(number=str(place), name=who["name"], birth="1983-06-03", relation=relation, after=after,
                        moves=moves)
            for place, (who, relation, after, moves) in enumerate((
                (spouse, one["head"], one["head"], False), (one, one["relation"], one["head"], True),
                (child, child["relation"], child["relation"], True),
            ))
        )  # fmt: skip
        return FilingDraft(kind=kind, values=values | {"household": "new"}, persons=persons)

    def _deltas(self) -> tuple[DeltaShown, ...]:
        one, item = self.sample["person"], self._reader.item
        return (
            DeltaShown(one["name"], item("address"), one["address"], one["after"]),
            DeltaShown("", item("relation"), one["relation"], one["head"]),
            DeltaShown("", item("household_number"), one["household"], self._kit.texts.register.nothing),
            DeltaShown(self.sample["child"]["name"], item("address"), one["address"], one["after"]),
        )

    def _findings(self, *, asks: bool) -> tuple[FindingShown, ...]:
        marks = (
            FindingMark(check="day_in_future", level="error"),
            FindingMark(check="protected", level="confirm", about="1"),
        )
        return self._reader.findings(marks, None, {"1": self.sample["person"]["name"]}, asks=asks)

    def _lines(self, *, decides: bool) -> tuple[EntryLine, ...]:
        change, words, word = self.sample["change"], self._kit.texts.register_own, self._kit.messages.word
        waits, clear = word("entry_state", "waiting"), words.clear
        names = [self.sample[name]["name"] for name in ("person", "spouse", "child")]

        def line(place: int, title: str, found: str, state: str, cannot: str = "") -> EntryLine:
            bad = found != clear
            return EntryLine(str(place), title, self._reader.named(names[: place + 1]), change["at"], change["clerk"],
                             change["event"], found, "warning" if bad else "quiet", state,
                             "warning" if cannot and not bad else "information", cannot=cannot)  # fmt: skip

        draft = EntryLine("", change["out"], words.unsent, change["at"], "", "", clear, "quiet",
                          word("entry_state", "draft"), "quiet", "d1")  # fmt: skip
        needs, own = word("entry_outcome", "needs_single"), word("entry_why_not", "same_person")
        rows = (
            line(0, change["move"], clear, waits),
            line(1, change["in_"], words.asks(2), waits, needs),
            line(2, change["death"], clear, own if decides else waits, own if decides else ""),
        )
        return rows if decides else (draft, *rows)


def _restrained() -> Refused:
    return Refused("restrained")
