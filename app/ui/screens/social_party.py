"""宛名の内容: one party beside a part of what belongs to it: deliveries, contacts, accounts, taxes, history."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer
from app.ui.screens.deed_table import DeedShown, DeedTableScreen
from app.ui.screens.fact_table import FactShown, fact_table, show_again
from app.ui.widgets.card import Card
from app.ui.widgets.choice import Pick

PARTS = ("deliveries", "contacts", "accounts", "tax", "history")


class SocialPartyScreen(DeedTableScreen):
    """``part_asked`` carries a part's name."""

    part_asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.social_party
        deeds = (
            DeedShown("fresh", words.fresh, "next_visit", words.fresh_key, of_line=False),
            DeedShown("replace", words.replace, "copy", words.replace_key, is_primary=True, opens=True),
            DeedShown("end", words.end, "hold", words.end_key, words.why_end, more=0),
            DeedShown("accounts", words.accounts, "preview", words.accounts_key, words.why_accounts, of_line=False),
            DeedShown("address", words.address, "search", words.address_key, words.why_address, of_line=False),
            DeedShown("correct", words.correct, "open_choices", words.correct_key, of_line=False),
            DeedShown("protect", words.protect, "save", words.protect_key, words.why_protect, of_line=False),
            DeedShown("unprotect", words.unprotect, "save", words.unprotect_key, words.why_unprotect, of_line=False),
            DeedShown("merge", words.merge, "to_supervisor", words.merge_key, words.why_merge, more=1, of_line=False),
        )
        mores = ((words.until, words.until_support), (words.into, words.into_support))
        super().__init__(kit, (words.title, words.list), deeds, mores)
        self._facts = fact_table(kit, words.facts, kit.texts.office.loading, 132)
        self.part = Pick(kit, words.part, tuple((one, kit.messages.word("social_part", one)) for one in PARTS))
        self.part.changed.connect(self._on_part)
        facts = Card(words.facts)
        facts.column.setContentsMargins(20, 8, 20, 8)
        facts.add_filling(self._facts, self._facts.height_for(4))
        self.beside.insertWidget(0, facts, 3)
        line = Card()
        line.column.setContentsMargins(20, 4, 20, 4)
        line.column.addWidget(self.part)
        self.above.addWidget(line)

    def first_focus(self) -> QWidget:
        return self._facts

    def show_facts(self, facts: Sequence[FactShown]) -> None:
        """Who it is."""
        show_again(self._facts, facts)

    def show_part(self, part: str) -> None:
        """Which part is open, without telling anybody."""
        self.part.blockSignals(True)  # noqa: FBT003
        self.part.show_value(part)
        self.part.blockSignals(False)  # noqa: FBT003

    def offer(self, *offers: Offer) -> None:
        """Besides, the parts one after another."""
        words = self.kit.texts.social_party
        is_asking = any(one.action == "commit" for one in offers)
        turns = () if is_asking else (
            Offer("next_part", words.next_part, lambda: self._turn(1)),
            Offer("previous_part", words.previous_part, lambda: self._turn(-1)),
        )  # fmt: skip
        super().offer(*offers, *turns)

    def wipe(self) -> None:
        super().wipe()
        self.show_facts(())
        self.show_part("")

    def _turn(self, by: int) -> None:
        at = PARTS.index(self.part.value()) if self.part.value() in PARTS else 0
        self.part.show_value(PARTS[(at + by) % len(PARTS)])

    def _on_part(self, part: str) -> None:
        if part:
            self.part_asked.emit(part)
