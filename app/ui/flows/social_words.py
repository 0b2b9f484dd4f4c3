"""Parties and their entries in words: kinds, days in wareki, restraint marks, tax years; each part as lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.clock import TOKYO
from app.domain.era import wareki, wareki_short
from app.domain.rights import Actor
from app.domain.social_rules import SocialRules
from app.ui.kit import Kit
from app.ui.screens.deed_table import ColumnShown, DeedLine
from app.ui.screens.fact_table import FactShown, facts_of
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell
from app.wire.social_address import AccountRow, ContactRow, DeliveryRow, PartyRow, PartyState, PartyView
from app.wire.social_address_tax import TaxYearRow

_STATE: dict[str, Kind] = {
    "in_force": "success",
    "stands": "success",
    "ahead": "information",
    "withheld": "warning",
    "current": "success",
}
_OPEN = frozenset({"ahead", "in_force"})


def may(actor: Actor, act: str, purpose: str, day: date) -> bool:
    """Whether a right names this very business, as the office asks it too."""
    return any(right.procedure == purpose and right.covers(act, purpose, "*", day) for right in actor.rights)


def when(at: datetime) -> str:
    """Day and time in the office."""
    local = at.astimezone(TOKYO)
    return f"{wareki_short(local.date())} {local:%H:%M}"


@dataclass(frozen=True, slots=True)
class SocialReader:
    """Makes words of messages."""

    kit: Kit
    rules: SocialRules

    def purposes(self, actor: Actor, act: str, day: date) -> tuple[tuple[str, str], ...]:
        """The businesses that this person may do it for."""
        return tuple((one.id, one.title) for one in self.rules.purposes.values() if may(actor, act, one.id, day))

    def address(self, row: PartyRow) -> str:
        """Where it lives, or why that is not shown."""
        words = self.kit.texts.social_party
        return {"withheld": words.withheld, "none": words.no_address}.get(row.address_state, row.address)

    def birth(self, row: PartyRow) -> str:
        """A birth day, "" for a corporation."""
        return row.birth_written or ("" if row.birth is None else wareki(row.birth))

    def mark(self, row: PartyRow) -> str | Cell:
        """The restraint mark, already in the list."""
        return Cell(self.kit.texts.social_find.protected, "error") if row.protected else ""

    def found(self, row: PartyRow) -> DeedLine:
        """A party as a line of what was found."""
        word = self.kit.messages.word
        state: Kind = "success" if row.state == "active" else "quiet"
        return DeedLine(
            key=row.social_number,
            cells=(
                self.mark(row),
                word("party_kind", row.kind),
                row.name,
                row.kana,
                row.birth_written or ("" if row.birth is None else wareki_short(row.birth)),
                Cell(word("party_state", row.state), state),
                row.social_number,
            ),
            note=self.kit.texts.social_find.note(self.address(row)),
            deeds=frozenset({"open"}),
        )

    def facts(self, view: PartyView) -> tuple[FactShown, ...]:
        """Who it is, and where letters go."""
        row, words, word = view.row, self.kit.texts.social_party, self.kit.messages.word
        hidden = (FactShown(words.mark, words.protected, "error"),) if row.protected else ()
        mail = view.mail
        letters = words.mail_withheld if mail.source == "withheld" else mail.address
        whom = self.kit.texts.office.between.join(one for one in (letters, mail.addressee) if one)
        return hidden + facts_of(
            (words.name, row.name),
            (words.kana, row.kana),
            (words.kind, word("party_kind", row.kind)),
            (words.state, word("party_state", row.state)),
            (words.birth, self.birth(row)),
            (words.sex, word("sex", row.sex) if row.sex else ""),
            (words.home, self.address(row)),
            (words.mail, words.mail_of(word("mail_source", mail.source), whom) if whom else ""),
            (words.social_number, row.social_number),
            (words.business_number, row.business_number),
            (words.corporate_number, row.corporate_number),
            (words.merged, self.kit.texts.office.between.join(view.merged)),
        )

    def columns(self, part: str) -> tuple[ColumnShown, ...]:
        """What the cells of a part are called."""
        words = self.kit.texts.social_party
        state, by = ColumnShown(words.state, 148), ColumnShown(words.by, 96)
        return {
            "deliveries": (state, ColumnShown(words.home, is_name=True), ColumnShown(words.period, 216), by),
            "contacts": (
                state,
                ColumnShown(words.spoke_at, 176),
                ColumnShown(words.how, 80),
                ColumnShown(words.what),
                by,
            ),
            "accounts": (
                state,
                ColumnShown(words.bank, 128),
                ColumnShown(words.number, 140),
                ColumnShown(words.holder),
                ColumnShown(words.period, 200),
            ),
            "tax": (
                state,
                ColumnShown(words.year, 128),
                ColumnShown(words.tax_kind, 120),
                ColumnShown(words.amounts),
                ColumnShown(words.decided_on, 120),
            ),
            "history": (
                ColumnShown(words.at, 176),
                ColumnShown(words.cause, 150),
                ColumnShown(words.home, is_name=True),
                by,
            ),
        }[part]

    def deliveries(self, rows: Sequence[DeliveryRow], *, keeps: bool) -> list[DeedLine]:
        """送付先."""
        words, word = self.kit.texts.social_party, self.kit.messages.word
        return [
            DeedLine(
                key=one.entry_id,
                cells=(
                    self._state("delivery_state", one.state),
                    one.address or words.withheld,
                    self._period(one),
                    one.by,
                ),
                note=words.delivery_note(
                    one.addressee or words.same_name,
                    word("asked_by", one.asked_by),
                    one.asked_name or words.no_name,
                    one.reason,
                ),
                deeds=frozenset({"replace", "end"}) if keeps and one.state in _OPEN else frozenset(),
            )
            for one in rows
        ]

    def contacts(self, rows: Sequence[ContactRow], *, keeps: bool) -> list[DeedLine]:
        """応対記録."""
        words, word = self.kit.texts.social_party, self.kit.messages.word
        return [
            DeedLine(
                key=one.entry_id,
                cells=(
                    self._state("contact_state", one.state),
                    when(one.spoke_at),
                    word("contact_how", one.how),
                    one.what or words.withheld_text,
                    one.by,
                ),
                note=words.contact_note(one.spoke_with, one.what) if one.what else "",
                deeds=frozenset({"replace"}) if keeps and one.state == "stands" else frozenset(),
            )
            for one in rows
        ]

    def accounts(self, rows: Sequence[AccountRow], *, keeps: bool) -> list[DeedLine]:
        """口座."""
        words, word = self.kit.texts.social_party, self.kit.messages.word
        return [
            DeedLine(
                key=one.entry_id,
                cells=(
                    self._state("delivery_state", one.state),
                    f"{one.bank}-{one.branch}",
                    f"{word('account_kind', one.kind)} {one.number}",
                    f"{one.holder}{words.masked}" if one.masked else one.holder,
                    self._period(one),
                ),
                note=self._account_note(one),
                deeds=frozenset({"replace", "end"}) if keeps and one.state in _OPEN else frozenset(),
            )
            for one in rows
        ]

    def taxes(self, rows: Sequence[TaxYearRow]) -> list[DeedLine]:
        """課税情報."""
        words, word = self.kit.texts.social_party, self.kit.messages.word
        return [
            DeedLine(
                key=f"{one.fiscal_year}/{one.revision}",
                cells=(
                    self._state("tax_state", "current" if one.current else "past"),
                    words.fiscal_year(one.fiscal_year),
                    word("tax_kind", one.kind),
                    self._amounts(one.items),
                    "" if one.decided_on is None else wareki_short(one.decided_on),
                ),
                note=words.tax_note(one.income_year, one.revision, one.reason or self.kit.texts.office.nothing),
            )
            for one in rows
        ]

    def history(self, states: Sequence[PartyState]) -> list[DeedLine]:
        """How the record came to be."""
        word = self.kit.messages.word
        return [
            DeedLine(
                key=str(one.row.version),
                cells=(when(one.at), word("party_cause", one.cause), self.address(one.row), one.by),
                note=self.kit.texts.social_party.history_note(one.row.name, self.birth(one.row)),
            )
            for one in states
        ]

    def _amounts(self, items: Mapping[str, object]) -> str:
        word = self.kit.messages.word
        said = [f"{word('tax_item', name)} {value:,}" for name, value in items.items() if isinstance(value, int)]
        return self.kit.texts.office.between.join(said)

    def _account_note(self, one: AccountRow) -> str:
        words = self.kit.texts.social_party
        if one.public and one.confirmed_on is not None:
            return words.public_account(wareki(one.confirmed_on))
        return ""

    def _state(self, table: str, state: str) -> Cell:
        return Cell(self.kit.messages.word(table, state), _STATE.get(state, "quiet"))

    def _period(self, one: DeliveryRow | AccountRow) -> str:
        until = "" if one.until is None else wareki_short(one.until)
        return self.kit.texts.social_party.period_of(wareki_short(one.since), until)
