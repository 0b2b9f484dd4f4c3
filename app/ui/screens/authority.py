"""代理の権限: who stands here for somebody else, by which paper, or as whom of the household in the register."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.choice import Choice, Options
from app.ui.widgets.field import TextField
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class AuthorityShown:
    """What is asked: capacity in words, papers (id, word), members of the household (id, word; none: no such proof).

    ``presenter``: the name that is known already, "" to ask for it; ``follows``: what happens without it.
    """

    capacity: str
    papers: Options
    members: Options
    presenter: str = field(repr=False)
    follows: str


class AuthorityScreen(Screen):
    """``papers_shown`` carries kinds and the presenter's name, ``member_chosen`` a 宛名番号 and the name.

    ``skip_asked`` carries the name: the authority can't be confirmed.
    """

    papers_shown = Signal(object, str)
    member_chosen = Signal(str, str)
    skip_asked = Signal(str)
    close_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.authority
        super().__init__(kit, words.title)
        self._words = words
        self._lead, self._follows = Words(""), Words("", "support")
        self._name = TextField(kit, words.name, required=True)
        self._member = Choice(kit, words.member, (), support=words.member_support)
        self._papers: dict[str, QCheckBox] = {}
        self._papers_head = Words(words.papers, "label")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        card, after = Card(), Card(words.follows)
        card.column.addWidget(self._lead)
        for widget in (self._name, self._member):
            widget.setMaximumWidth(kit.look.px(560))
            card.column.addWidget(widget)
        card.column.addWidget(self._papers_head)
        card.column.addLayout(self._list)
        after.column.addWidget(self._follows)
        self._confirm, skip = Button(words.confirm, "primary"), Button(words.skip)
        self._confirm.clicked.connect(self._ask)
        skip.clicked.connect(self._skip)
        self.body.addWidget(card)
        self.body.addWidget(after)
        self.body.addStretch(1)
        self.foot.addLayout(in_line(self._confirm, skip))
        self.offer(
            Offer("other_way", words.skip_key, self._skip),
            Offer("close_visit", kit.texts.visit.close_key, self.close_asked.emit),
            Offer("commit", words.confirm_key, self._ask),
        )

    def first_focus(self) -> QWidget:
        if not self._name.isHidden():
            return self._name.line
        if not self._member.isHidden():
            return self._member.box
        return next(iter(self._papers.values()), self._confirm)

    def show_asked(self, shown: AuthorityShown) -> None:
        """Ask for this."""
        self.wipe()
        self._lead.show_text(self._words.lead(shown.capacity))
        self._follows.show_text(shown.follows)
        self._name.setVisible(not shown.presenter)
        self._name.show_text(shown.presenter)
        self._member.show_options(shown.members)
        self._member.setVisible(bool(shown.members))
        self._papers_head.setVisible(bool(shown.papers))
        self._show_papers(shown.papers)

    def show_not_confirmed(self) -> None:
        """What was shown proves no authority."""
        words = self._words
        self.banner.show_text("error", words.not_title, words.not_text, words.not_next)
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def wipe(self) -> None:
        super().wipe()
        for text in (self._lead, self._follows):
            text.show_text("")
        self._name.show_text("")
        self._member.show_options(())
        self._show_papers(())

    def _show_papers(self, papers: Sequence[tuple[str, str]]) -> None:
        self._papers.clear()
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        before: QWidget = self._member
        for name, word in papers:
            box = QCheckBox(word)
            box.setAccessibleName(word)
            self._papers[name] = box
            self._list.addWidget(box)
            QWidget.setTabOrder(before, box)
            before = box

    def _named(self) -> bool:
        if self._name.text():
            return True
        self._name.show_error(self._words.name_missing)
        self._name.line.setFocus()
        return False

    def _ask(self) -> None:
        if not self._named():
            return
        kinds = tuple(name for name, box in self._papers.items() if box.isChecked())
        if kinds:
            self.papers_shown.emit(kinds, self._name.text())
        elif self._member.value():
            self.member_chosen.emit(self._member.value(), self._name.text())
        else:
            words = self._words
            self.banner.show_text("warning", words.nothing_title, words.nothing_text, words.nothing_next)
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _skip(self) -> None:
        if self._named():
            self.skip_asked.emit(self._name.text())
