"""利用申請の内容: one application with its items and ground; decided by another person, taken back or ended."""

from dataclasses import dataclass
from functools import partial
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screen import Offer, Screen
from app.ui.screens.fact_table import FactShown, fact_table, show_again
from app.ui.screens.why_asked import WhyAsked
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line

Deed = Literal["approve", "refuse", "withdraw", "end"]


@dataclass(frozen=True, slots=True)
class UseShown:
    """An application as text. ``deeds``: what this person may do; ``notes``: what is to be known now."""

    facts: tuple[FactShown, ...] = ()
    items: tuple[FactShown, ...] = ()
    deeds: frozenset[Deed] = frozenset()
    notes: tuple[str, ...] = ()


class DistributionUseScreen(Screen):
    """``asked`` carries a deed and why ("" for an approval)."""

    asked = Signal(str, str)
    refresh_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.distribution_use
        super().__init__(kit, words.title, has_side=False)
        self._words, self._is_busy, self._wanted = words, False, ""
        self._shown = UseShown()
        self._facts = fact_table(kit, words.facts, kit.texts.office.loading)
        self._items = fact_table(kit, words.items, kit.texts.office.loading)
        self._buttons: dict[str, Button] = {
            "approve": Button(words.approve, "primary", final=True),
            "refuse": Button(words.refuse),
            "withdraw": Button(words.withdraw),
            "end": Button(words.end),
        }
        self._why = WhyAsked(kit)
        self._why.given.connect(self._send)
        self._why.cancelled.connect(self._to_buttons)
        self._build()
        self.wipe()

    def first_focus(self) -> QWidget:
        return self._facts

    def show_working(self) -> None:
        """The office is asked; a second press asks nothing."""
        self._is_busy = True
        self.banner.clear()

    def show_use(self, shown: UseShown) -> None:
        """One application."""
        self._is_busy, self._shown = False, shown
        show_again(self._facts, shown.facts)
        show_again(self._items, shown.items)
        for name, button in self._buttons.items():
            button.setVisible(name in shown.deeds)
        if shown.notes:
            self.banner.show_text("information", shown.notes[0], "\n".join(shown.notes[1:]))
        self._to_buttons()

    def show_failed(self, message: Message) -> None:
        """It did not come about."""
        self._is_busy = False
        self.banner.show_message(message)

    def wipe(self) -> None:
        super().wipe()
        self.show_use(UseShown())

    def ask(self, deed: str, *_: object) -> None:
        """What a button or key stands for: an approval at once, all else with a reason."""
        if self._is_busy or deed not in self._shown.deeds:
            return
        if deed == "approve":
            self.asked.emit(deed, "")
            return
        titles = {"refuse": self._words.why_refuse, "withdraw": self._words.why_withdraw, "end": self._words.why_end}
        self._wanted = deed
        self._line.hide()
        self.offer(Offer("commit", self.kit.texts.office.send_key, self._why.send))
        self._why.ask(titles[deed])

    def _send(self, why: str) -> None:
        if self._wanted and not self._is_busy:
            self.asked.emit(self._wanted, why)

    def _to_buttons(self) -> None:
        words, deeds = self._words, self._shown.deeds
        self._wanted = ""
        self._why.wipe()
        self._line.show()
        keys = (
            ("approve", "commit", words.approve_key),
            ("refuse", "return_case", words.refuse_key),
            ("withdraw", "hold", words.withdraw_key),
            ("end", "hold", words.end_key),
        )
        offers = [Offer(action, label, partial(self.ask, name)) for name, action, label in keys if name in deeds]
        self.offer(Offer("refresh", self.kit.texts.office.refresh, self.refresh_asked.emit), *offers)

    def _build(self) -> None:
        words = self._words
        columns = QHBoxLayout()
        columns.setSpacing(16)
        for title, table, share in ((words.facts, self._facts, 7), (words.items, self._items, 5)):
            card = Card(title)
            card.add_filling(table, table.height_for(5))
            columns.addWidget(card, share)
        self.body.addLayout(columns, 1)
        back = Button(self.kit.texts.office.back)
        back.clicked.connect(self.back_asked)
        for name, button in self._buttons.items():
            button.clicked.connect(partial(self.ask, name))
        self._line = QWidget()
        line = in_line(*self._buttons.values(), back)
        line.setContentsMargins(0, 0, 0, 0)
        self._line.setLayout(line)
        self.foot.addWidget(self._why)
        self.foot.addWidget(self._line)
