"""One party: its basics and parts, what is withheld shown on purpose, entries ended, marks set, merging asked for."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal

from app.domain.era import parse_date
from app.domain.social_rules import SocialRules
from app.errors import BadFormat
from app.services.ports.seat import Session
from app.services.tend_parties import (
    ACCOUNT,
    CONTACT,
    DELIVER,
    ENTER,
    PROTECT,
    SHOW_ACCOUNT,
    SHOW_ADDRESS,
    TAX,
    TendParties,
)
from app.services.tend_social import MERGE, TendSocial
from app.ui.flows.office_flow import OfficeFlow, OfficeMeans
from app.ui.flows.social_words import SocialReader, may
from app.ui.kit import Kit
from app.ui.screens.deed_table import DeedLine
from app.ui.screens.social_party import SocialPartyScreen
from app.wire.social_address import OpenParty, PartyHistory, PartyKept, PartyView, ProtectParty
from app.wire.social_address_entries import EndEntry, EntryKept
from app.wire.social_address_merge import MergeRow, ProposeMerge
from app.wire.social_address_tax import PartyTax

_KEEPS = {"deliveries": DELIVER, "contacts": CONTACT, "accounts": ACCOUNT}
_ENDS = {"deliveries": "delivery", "accounts": "account"}


class PartyFlow(OfficeFlow[SocialPartyScreen]):
    """``entry_asked`` carries a part, the ``PartyView`` and the entry that is replaced ("" for a new one).

    ``correct_asked`` carries the ``PartyView``.
    """

    entry_asked = Signal(str, object, str)
    correct_asked = Signal(object)

    def __init__(
        self,
        kit: Kit,
        screen: SocialPartyScreen,
        means: OfficeMeans,
        cases: tuple[TendParties, TendSocial],
        rules: SocialRules,
    ) -> None:
        super().__init__(kit, screen, means)
        self._case, self._social = cases
        self._reader = SocialReader(kit, rules)
        self._view: PartyView | None = None
        self._going_on: tuple[str, str] | None = None
        self._purpose = self._number = self._part = ""
        screen.part_asked.connect(self._on_part)
        screen.asked.connect(self._on_asked)
        screen.refresh_asked.connect(self.look)

    def begin(
        self, session: Session, purpose: str, social_number: str, going_on: tuple[str, str] | None = None
    ) -> None:
        """Open a party for a business. ``going_on``: the part and replaced entry of a form to go on with at once."""
        self.enter(session)
        self._going_on = going_on
        self._view, self._purpose, self._number, self._part = None, purpose, social_number, "deliveries"
        self.screen.show_part(self._part)
        self.screen.show_columns(self._reader.columns(self._part))
        self.look()

    def end(self) -> None:
        super().end()
        self._view = self._going_on = None
        self._purpose = self._number = self._part = ""

    def look(self) -> None:
        """Read it (again); what was shown on purpose is withheld again."""
        self.screen.banner.clear()
        self._open(partial(OpenParty, purpose=self._purpose, social_number=self._number))

    def again(self, **_: bool) -> None:
        """Back from a form; what it says stays."""
        self._open(partial(OpenParty, purpose=self._purpose, social_number=self._number))

    def _open(self, make: Callable[..., OpenParty], **more: str | bool) -> None:
        asked = make(**more)
        self.screen.show_working()
        self.ask(lambda press, it: self._case.open(press, it, asked), self._on_view)

    def _on_view(self, view: PartyView) -> None:
        self._view, self._number = view, view.row.social_number
        self.screen.show_facts(self._reader.facts(view))
        self._show_part()
        going_on, self._going_on = self._going_on, None
        if going_on is not None:
            part, replaces = going_on
            if part:
                self.entry_asked.emit(part, view, replaces)
            else:
                self.correct_asked.emit(view)

    def _on_part(self, part: str) -> None:
        self._part = part
        if self._view is not None:
            self._show_part()

    def _show_part(self) -> None:
        view, part = self._view, self._part
        if view is None:
            return
        self.screen.show_columns(self._reader.columns(part))
        if part in _KEEPS:
            keeps = self._may(_KEEPS[part])
            lines = {
                "deliveries": lambda: self._reader.deliveries(view.deliveries, keeps=keeps),
                "contacts": lambda: self._reader.contacts(view.contacts, keeps=keeps),
                "accounts": lambda: self._reader.accounts(view.accounts, keeps=keeps),
            }[part]()
            self._show_lines(lines)
        elif part == "tax" and self._may(TAX):
            self._ask_part(lambda press, it: self._case.tax(press, it, self._purpose, self._number), self._on_tax)
        elif part == "history":
            self._ask_part(
                lambda press, it: self._case.history(press, it, self._purpose, self._number), self._on_history
            )
        else:
            self.screen.show_lines((), "", self._kit.texts.social_party.may_not)
            self._offer()

    def _ask_part(self, work: Callable[..., PartyTax | PartyHistory], done: Callable[..., None]) -> None:
        self.screen.show_lines((), "", self._kit.texts.office.loading)
        self._offer()
        self.ask(work, done)

    def _on_tax(self, found: PartyTax) -> None:
        if self._part == "tax":
            self._show_lines(self._reader.taxes(found.rows))

    def _on_history(self, found: PartyHistory) -> None:
        if self._part == "history":
            self._show_lines(self._reader.history(found.states))

    def _show_lines(self, lines: list[DeedLine]) -> None:
        words = self._kit.texts.social_party
        self.screen.show_lines(lines, words.count(len(lines)), words.none)
        self._offer()

    def _may(self, act: str) -> bool:
        return self._session is not None and may(self._session.actor, act, self._purpose, self.today())

    def _offer(self) -> None:
        """What may be done that is about no line."""
        view, found = self._view, set[str]()
        if view is None:
            return
        row, is_alive = view.row, view.row.state != "merged"
        if self._part in _KEEPS and self._may(_KEEPS[self._part]) and is_alive:
            found.add("fresh")
        if self._part == "accounts" and self._may(SHOW_ACCOUNT) and any(one.masked for one in view.accounts):
            found.add("accounts")
        if row.address_state == "withheld" and self._may(SHOW_ADDRESS):
            found.add("address")
        if row.kind != "resident" and self._may(ENTER) and is_alive:
            found.add("correct")
        if self._may(PROTECT) and row.kind != "corporation":
            found.add("unprotect" if row.protected else "protect")
        if row.kind != "resident" and self._may(MERGE) and row.state == "active":
            found.add("merge")
        self.screen.show_general(frozenset(found))

    def _on_asked(self, key: str, deed: str, why: str, more: str) -> None:
        view = self._view
        if view is None:
            return
        if deed in {"fresh", "replace"}:
            self.entry_asked.emit(self._part, view, key)
        elif deed == "correct":
            self.correct_asked.emit(view)
        elif deed in {"accounts", "address"}:
            look = partial(OpenParty, purpose=self._purpose, social_number=self._number, reason=why)
            self._open(look, **{f"show_{deed}": True})
        elif deed in {"protect", "unprotect"}:
            self._protect(view, why, protected=deed == "protect")
        elif deed == "merge":
            self._merge(view, why, more)
        else:
            self._end_entry(key, why, more)

    def _protect(self, view: PartyView, why: str, *, protected: bool) -> None:
        words = self._kit.texts.social_party
        asked = ProtectParty(
            purpose=self._purpose,
            social_number=view.row.social_number,
            version=view.row.version,
            protected=protected,
            reason=why,
        )
        said = (words.done_protected, words.done_protected_text) if protected else (words.done_unprotected, "")
        self.screen.show_working()
        self.ask(lambda press, it: self._case.protect(press, it, asked), partial(self._after, said))

    def _merge(self, view: PartyView, why: str, into: str) -> None:
        words = self._kit.texts.social_party
        if not into:
            self.screen.show_more_wrong(words.into_missing)
            return
        asked = ProposeMerge(purpose=self._purpose, party=view.row.social_number, into=into, reason=why)
        said = (words.done_merge, words.done_merge_text)
        self.screen.show_working()
        self.ask(lambda press, it: self._social.propose(press, it, asked), partial(self._after, said))

    def _end_entry(self, key: str, why: str, more: str) -> None:
        words, until = self._kit.texts.social_party, _day(more)
        if until is None:
            self.screen.show_more_wrong(words.until_wrong)
            return
        kind = _ENDS[self._part]
        asked = EndEntry(
            entry_id=self._means.new_id(),
            purpose=self._purpose,
            social_number=self._number,
            ends=key,
            until=until,
            reason=why,
        )
        self.screen.show_working()
        self.ask(
            lambda press, it: self._case.end_entry(press, it, asked, kind), partial(self._after, (words.done_ended, ""))
        )

    def _after(self, said: tuple[str, str], _: PartyKept | MergeRow | EntryKept) -> None:
        """It is done: read anew, and say so."""
        asked = OpenParty(purpose=self._purpose, social_number=self._number)

        def shown(view: PartyView) -> None:
            self._on_view(view)
            self.screen.banner.show_text("success", *said)

        self.ask(lambda press, it: self._case.open(press, it, asked), shown)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except BadFormat:
        return None
