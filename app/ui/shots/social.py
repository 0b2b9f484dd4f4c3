"""Pictures of social insurance addresses: search, a party with its parts, forms, merging, what was passed on."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtWidgets import QWidget

from app.domain.social_rules import SocialRules, parse_social_rules
from app.errors import Refused
from app.ui.flows.distribution_room import distribution_doors
from app.ui.flows.social_room import social_doors
from app.ui.flows.social_words import SocialReader, when
from app.ui.resources import read_toml
from app.ui.screen import Screen
from app.ui.screens.admin import AdminScreen
from app.ui.screens.deed_table import ColumnShown, DeedLine
from app.ui.screens.register_fields import MISSING, FieldShown
from app.ui.screens.social_form import SocialFormScreen
from app.ui.screens.social_lists import find_screen, merges_screen, transfers_screen
from app.ui.screens.social_party import SocialPartyScreen
from app.ui.shots.stage import Shot, Stage
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell
from app.ui.window import Window
from app.wire.social_address import AccountRow, ContactRow, DeliveryRow, Mail, PartyRow, PartyState, PartyView
from app.wire.social_address_tax import TaxYearRow

_PURPOSE = "child_welfare"
_FIND = ("purpose", "name", "kana", "number", "birth")


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every screen in its states."""
    made = Made(stage)
    found: tuple[tuple[str, Callable[[], QWidget]], ...] = (
        ("109-office-rooms", made.rooms),
        ("110-social-find", made.find),
        ("110-social-find-missing", lambda: made.find(filled=False)),
        ("111-social-party", lambda: made.party("deliveries")),
        ("111-social-party-contacts", lambda: made.party("contacts")),
        ("111-social-party-accounts", lambda: made.party("accounts")),
        ("111-social-party-accounts-asking", lambda: made.party("accounts", asking="preview")),
        ("111-social-party-ending", lambda: made.party("deliveries", asking="hold")),
        ("111-social-party-tax", lambda: made.party("tax")),
        ("111-social-party-history", lambda: made.party("history", protected=True)),
        ("112-social-form", made.party_form),
        ("112-social-delivery", made.delivery_form),
        ("112-social-account-missing", made.account_form),
        ("113-social-merges", made.merges),
        ("113-social-merges-asking", lambda: made.merges(asking=True)),
        ("114-social-transfers", made.transfers),
        ("114-social-transfers-refused", lambda: made.transfers(refused=True)),
    )
    return tuple(Shot(name, build) for name, build in found)


class Made:
    """Builds the windows from invented values."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._kit = stage, stage.kit
        self.sample: dict[str, dict[str, str]] = read_toml("text", "shots_social.toml")
        self.rules: SocialRules = parse_social_rules(read_toml("tables", "social_insurance.toml"))
        self._reader = SocialReader(self._kit, self.rules)
        self._at = datetime.fromisoformat(self.sample["party"]["at"])
        self._day = date.fromisoformat(self.sample["party"]["day"])

    def window(self, screen: Screen) -> Window:
        """The window between two visits."""
        window = self._stage.window(screen)
        window.show_visit(None)
        return window

    def rooms(self) -> QWidget:
        """The doors of the office's other work."""
        words, doors = self._kit.texts.office, (*distribution_doors(self._kit), *social_doors(self._kit))
        screen = AdminScreen(self._kit, doors, (words.title, words.lead))
        screen.show_offered(frozenset(one.task for one in doors))
        return self.window(screen)

    def row(self, kind: str = "resident", *, protected: bool = False, state: str = "active") -> PartyRow:
        one, is_person = self.sample["party"], kind != "corporation"
        names = {"resident": "name", "non_resident": "stranger", "corporation": "other"}
        return PartyRow(
            social_number=one["social_number"],
            kind=kind,
            state=state,
            name=one[names[kind]],
            kana=one["kana"] if is_person else one["other_kana"],
            birth=date.fromisoformat(one["birth"]) if is_person else None,
            birth_written="",
            sex="2" if is_person else "",
            address="" if protected else one["address"],
            address_state="withheld" if protected else "shown",
            business_number=one["business_number"] if kind == "resident" else "",
            corporate_number="" if is_person else one["corporate_number"],
            protected=protected,
            merged_into="",
            version=3,
        )

    def find(self, *, filled: bool = True) -> QWidget:
        screen, words = find_screen(self._kit), self._kit.texts.social_find
        window = self.window(screen)
        purposes = tuple((one.id, one.title) for one in self.rules.purposes.values())
        labels = {name: getattr(words, name) for name in _FIND}
        fields = (
            FieldShown("purpose", labels["purpose"], "choice", purposes, required=True),
            *(FieldShown(name, labels[name]) for name in _FIND[1:4]),
            FieldShown("birth", labels["birth"], "day"),
        )
        titles = (words.mark, words.kind, words.name, words.kana, words.birth, words.state, words.social_number)
        widths = (116, 110, 0, 0, 120, 130, 216)
        screen.show_columns(tuple(ColumnShown(title, width) for title, width in zip(titles, widths, strict=True)))
        screen.show_form(fields, {"purpose": _PURPOSE, "name": self.sample["party"]["name"]} if filled else {})
        screen.show_general(frozenset({"search", "fresh"}))
        if not filled:
            screen.show_missing({"purpose": words.purpose_missing, "name": words.terms_missing})
            screen.show_lines((), "", words.not_asked)
            return window
        rows = (self.row(protected=True), self.row("non_resident"), self.row("corporation"))
        screen.show_lines([self._reader.found(one) for one in rows], words.count(len(rows)), words.none)
        screen.to_lines()
        return window

    def view(self, *, protected: bool) -> PartyView:
        one, delivery, account = self.sample["party"], self.sample["delivery"], self.sample["account"]
        return PartyView(
            row=self.row("resident" if protected else "non_resident", protected=protected),
            mail=Mail(source="delivery", address=delivery["address"], addressee=delivery["addressee"]),
            merged=(),
            deliveries=tuple(
                DeliveryRow(
                    entry_id=state,
                    address=delivery["address"],
                    addressee=delivery["addressee"],
                    since=self._day,
                    until=self._day + timedelta(days=400) if state == "in_force" else self._day,
                    reason=delivery["reason"],
                    asked_by="family",
                    asked_name=delivery["asked"],
                    state=state,
                    by=one["by"],
                    at=self._at,
                )
                for state in ("in_force", "replaced")
            ),
            contacts=tuple(
                ContactRow(
                    entry_id=how,
                    how=how,
                    spoke_with=self.sample["contact"]["whom"],
                    spoke_at=self._at,
                    what=self.sample["contact"]["what"],
                    corrects="",
                    state="stands",
                    by=one["by"],
                    at=self._at,
                )
                for how in ("phone", "counter")
            ),
            accounts=(
                AccountRow(
                    entry_id="a",
                    bank=account["bank"],
                    branch=account["branch"],
                    kind="1",
                    number=account["number"],
                    holder=account["holder"],
                    since=self._day,
                    until=None,
                    public=True,
                    confirmed_on=self._day,
                    masked=True,
                    state="in_force",
                    by=one["by"],
                    at=self._at,
                ),
            ),
        )

    def _lines(self, part: str, view: PartyView) -> list[DeedLine]:
        items: dict[str, str | int | bool] = {"total_income": 2_480_000, "income_levy": 98_700, "dependants": 2}
        years = tuple(
            TaxYearRow(
                fiscal_year=year,
                income_year=year - 1,
                revision=revision,
                kind="value",
                decided_on=self._day,
                reason="",
                current=revision == 1,
                items=dict(items),
            )
            for year, revision in ((2026, 1), (2026, 0), (2025, 1))
        )
        states = tuple(
            PartyState(row=view.row, cause=cause, by=self.sample["party"]["by"], at=self._at)
            for cause in ("protected", "change_of_address", "move_in")
        )
        return {
            "deliveries": self._reader.deliveries(view.deliveries, keeps=True),
            "contacts": self._reader.contacts(view.contacts, keeps=True),
            "accounts": self._reader.accounts(view.accounts, keeps=True),
            "tax": self._reader.taxes(years),
            "history": self._reader.history(states),
        }[part]

    def party(self, part: str, *, asking: str = "", protected: bool = False) -> QWidget:
        screen, words = SocialPartyScreen(self._kit), self._kit.texts.social_party
        window, view = self.window(screen), self.view(protected=protected)
        screen.show_facts(self._reader.facts(view))
        screen.show_part(part)
        screen.show_columns(self._reader.columns(part))
        lines = self._lines(part, view)
        screen.show_lines(lines, words.count(len(lines)), words.none)
        general = {"unprotect", "address"} if protected else {"correct", "protect", "merge"}
        general |= {"fresh"} if part in {"deliveries", "contacts", "accounts"} else set()
        general |= {"accounts"} if part == "accounts" else set()
        screen.show_general(frozenset(general))
        if asking:
            screen.do(asking)
        return window

    def _field(self, name: str) -> FieldShown:
        return FieldShown(name, self._kit.messages.word("social_field", name))

    def party_form(self) -> QWidget:
        words, word = self._kit.texts.social_form, self._kit.messages.word
        screen = SocialFormScreen(self._kit, words.party, words.save)
        window, one = self.window(screen), self.sample["party"]
        label = self._kit.messages.words("social_field")
        names = dict(label)
        kinds = tuple((kind, word("party_kind", kind)) for kind in ("non_resident", "corporation"))
        fields = (
            FieldShown("kind", names["kind"], "pick", kinds),
            FieldShown("name", names["name"], required=True),
            FieldShown("kana", names["kana"]),
            FieldShown("sex", names["sex"], "choice", self._kit.messages.words("sex"), required=True),
            FieldShown("birth", names["birth"], "day", required=True),
            FieldShown("birth_written", names["birth_written"], support=words.written_support),
            FieldShown("address", names["address"], "long", required=True),
            FieldShown("my_number", names["my_number"], "secret", support=words.number_support),
            FieldShown("method", names["method"], "choice", support=words.method_support),
        )
        values = {"kind": "non_resident", "name": one["stranger"], "kana": one["kana"], "sex": "2"}
        values |= {"birth": one["birth"], "address": one["address"]}
        screen.show_form(words.entering, fields, values)
        screen.show_kept(self._kit.texts.office.kept)
        return window

    def delivery_form(self) -> QWidget:
        words, names = self._kit.texts.social_form, dict(self._kit.messages.words("social_field"))
        screen = SocialFormScreen(self._kit, words.delivery, words.save)
        window, one = self.window(screen), self.sample["delivery"]
        fields = (
            FieldShown("address", names["address"], "long", required=True),
            FieldShown("addressee", names["addressee"], support=words.addressee_support),
            FieldShown("asked_by", names["asked_by"], "choice", self._kit.messages.words("asked_by"), required=True),
            FieldShown("asked_name", names["asked_name"]),
            FieldShown("since", names["since"], "day", required=True),
            FieldShown("until", names["until"], "day", support=words.until_support),
            FieldShown("reason", names["reason"], "long", required=True),
        )
        values = {"address": one["address"], "addressee": one["addressee"], "asked_by": "family"}
        values |= {"asked_name": one["asked"], "since": self.sample["party"]["day"], "reason": one["reason"]}
        screen.show_form(words.replacing(self.sample["party"]["name"]), fields, values)
        return window

    def account_form(self) -> QWidget:
        words, names = self._kit.texts.social_form, dict(self._kit.messages.words("social_field"))
        screen = SocialFormScreen(self._kit, words.account, words.save)
        window = self.window(screen)
        fields = (
            FieldShown("bank", names["bank"], support=words.bank_support, required=True),
            FieldShown("branch", names["branch"], support=words.branch_support, required=True),
            FieldShown(
                "kind", names["account_kind"], "choice", self._kit.messages.words("account_kind"), required=True
            ),
            FieldShown("number", names["number"], support=words.account_support, required=True),
            FieldShown("holder", names["holder"], support=words.holder_support, required=True),
            FieldShown("public", names["public"], "yes_no"),
            FieldShown("since", names["since"], "day", required=True),
            FieldShown("until", names["until"], "day", support=words.until_support),
            FieldShown("confirmed_on", names["confirmed_on"], "day", support=words.confirmed_support),
        )
        values = {"bank": "01", "kind": "1", "public": "no", "since": self.sample["party"]["day"]}
        screen.show_form(words.fresh(self.sample["party"]["name"]), fields, values)
        screen.show_missing(dict.fromkeys(("branch", "number", "holder"), MISSING))
        return window

    def merges(self, *, asking: bool = False) -> QWidget:
        screen, words, word = merges_screen(self._kit), self._kit.texts.social_merges, self._kit.messages.word
        window, one = self.window(screen), self.sample["party"]
        purposes = tuple((each.id, each.title) for each in self.rules.purposes.values())
        fields = (
            FieldShown("purpose", words.purpose, "choice", purposes, required=True),
            FieldShown("decided", words.decided, "yes_no"),
        )
        screen.show_form(fields, {"purpose": _PURPOSE, "decided": "no"})
        titles, widths = (words.state, words.party, words.into, words.signs, words.last), (150, 0, 0, 260, 210)
        screen.show_columns(tuple(ColumnShown(title, width) for title, width in zip(titles, widths, strict=True)))
        signs = self._kit.texts.office.between.join(word("merge_sign", sign) for sign in ("name", "birth"))
        party, into = words.named(one["stranger"], one["social_number"]), words.named(one["name"], one["social_number"])
        lines = (
            DeedLine("1", (Cell(word("merge_state", "proposed"), "warning"), party, into, signs, one["by"]),
                     words.step(word("merge_state", "proposed"), one["by"], when(self._at), ""),
                     frozenset({"approve", "turn_down"})),
            DeedLine("2", (Cell(word("merge_state", "alike"), "information"), party, into, signs, ""), "",
                     frozenset({"propose", "turn_down"})),
        )  # fmt: skip
        screen.show_lines(lines, words.count(len(lines)), words.none)
        if asking:
            screen.do("return_case")
        return window

    def transfers(self, *, refused: bool = False) -> QWidget:
        screen, words, word = transfers_screen(self._kit), self._kit.texts.social_transfers, self._kit.messages.word
        window, number = self.window(screen), self.sample["party"]["social_number"]
        purposes = tuple((each.id, each.title) for each in self.rules.purposes.values())
        fields = (
            FieldShown("purpose", words.purpose, "choice", purposes, required=True),
            FieldShown("stopped", words.stopped, "yes_no"),
        )
        screen.show_form(fields, {"purpose": _PURPOSE, "stopped": "no"})
        if refused:
            screen.show_failed(self._kit.messages.of(Refused("system_not_approved")))
            return window
        titles = (
            words.state,
            words.system,
            words.sequence,
            words.social_number,
            words.year,
            words.occasion,
            words.made_at,
        )
        widths = (140, 0, 100, 216, 128, 130, 170)
        screen.show_columns(tuple(ColumnShown(title, width) for title, width in zip(titles, widths, strict=True)))
        title = next(iter(self.rules.receivers.values())).title
        states: tuple[tuple[str, Kind], ...] = (
            ("stopped", "error"),
            ("waiting", "information"),
            ("delivered", "success"),
        )
        lines = [
            DeedLine(
                str(place),
                (Cell(word("transfer_state", state), kind), title, str(12 - place), number, words.fiscal_year(2026),
                 word("transfer_cause", "received"), when(self._at)),
                words.why_stopped(self._kit.messages.refusal("system_not_approved")) if kind == "error" else "",
                frozenset({"again"}),
            )
            for place, (state, kind) in enumerate(states)
        ]  # fmt: skip
        screen.show_lines(lines, words.count(len(lines)), words.none)
        return window
