"""証明書の請求: which certificate, of whom, with which items, how many, what for; nothing is decided here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import Kit
from app.ui.restrained import show_restrained
from app.ui.screen import Offer, Screen
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, Fact, in_line
from app.ui.widgets.chip import Chip, Kind
from app.ui.widgets.choice import Choice, Options
from app.ui.widgets.field import TextField
from app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class KindShown:
    """What a kind asks for. ``groups``: id, word, whether this person may print it; ``examined``: it wants a reason.

    ``persons``: 宛名番号 and what stands beside the box; the first one is ticked, alone where ``single``.
    """

    groups: tuple[tuple[str, str, bool], ...]
    persons: tuple[tuple[str, str], ...] = field(repr=False)
    single: bool
    by_card: bool
    examined: bool
    powered: bool
    exemptions: Options


@dataclass(frozen=True, slots=True)
class MayShown:
    """交付可・交付不可 of one person, in words; ``stops``: what to do about it, "" for nothing.

    ``held``: restrained.
    """

    may: bool
    word: str
    tone: Kind
    stops: str = field(default="", repr=False)
    held: bool = False


@dataclass(frozen=True, slots=True)
class RequestEntered:
    """What was entered."""

    kind: str
    persons: tuple[str, ...] = field(repr=False)
    groups: tuple[str, ...]
    copies: int
    purpose: str = field(repr=False)
    submit_to: str = field(repr=False)
    reason: str = field(repr=False)
    power: str
    card: str
    exemption: str


class CertificateRequestScreen(Screen):
    """``check_asked`` carries a ``RequestEntered``; ``kind_chosen`` the kind; ``list_asked``: what was issued.

    ``release_asked``: the responsible person has to let it through.
    """

    kind_chosen = Signal(str)
    check_asked = Signal(object)
    list_asked = Signal()
    release_asked = Signal()
    close_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.texts.certificate
        super().__init__(kit, words.title, has_side=False)
        self._words, self._most, self._is_single = words, 1, False
        self._who, self._confirmed = Fact(words.who), Fact(words.confirmed)
        self.kind = Choice(kit, words.kind, (), required=True)
        self.kind.changed.connect(self.kind_chosen)
        self._persons: dict[str, QCheckBox] = {}
        self._may: dict[str, Chip] = {}
        self._groups: dict[str, QCheckBox] = {}
        self._person_column, self._group_grid = QVBoxLayout(), QGridLayout()
        self._group_words = Words(words.groups_support, "support")
        names = ("copies", "purpose", "submit_to", "reason", "power", "card")
        supports = {"reason": words.reason_support}
        self._fields = {
            name: TextField(kit, getattr(words, name), required=name == "copies", support=supports.get(name, ""))
            for name in names
        }
        self._exemption = Choice(kit, words.exemption, ())
        self._lay()
        check, listed, back = Button(words.check, "primary"), Button(words.list), Button(words.back)
        check.clicked.connect(self._ask)
        listed.clicked.connect(self.list_asked)
        back.clicked.connect(self.back_asked)
        self.foot.addLayout(in_line(check, listed, back))
        self.show_release_offered(offered=False)

    def first_focus(self) -> QWidget:
        return self.kind.box

    def show_release_offered(self, *, offered: bool) -> None:
        """Whether somebody restrained stands in the way whom another person can let through."""
        words, frame = self._words, self.kit.texts.frame
        self.offer(
            *([Offer("to_supervisor", frame.to_supervisor, self.release_asked.emit)] if offered else []),
            Offer("close_visit", self.kit.texts.visit.close_key, self.close_asked.emit),
            Offer("records", words.list, self.list_asked.emit),
            Offer("commit", words.check_key, self._ask),
        )

    def show_request(self, presenter: str, kinds: Options, most: int, *, confirmed: bool) -> None:
        """Who asks, and what may be asked for."""
        words = self._words
        self._most = most
        self._who.show_value(presenter)
        self._confirmed.show_value(words.is_confirmed if confirmed else words.not_confirmed)
        self.kind.show_options(kinds)
        self._fields["copies"].show_text("1")

    def show_kind(self, shown: KindShown | None) -> None:
        """What the chosen kind asks for besides; None: nothing is chosen."""
        self._is_single = shown is not None and shown.single
        self._fill(() if shown is None else shown.persons)
        for place, box in enumerate(self._persons.values()):
            box.setChecked(place == 0)
            box.setEnabled(shown is not None and not shown.single)
        self._fill_groups(() if shown is None else shown.groups)
        for name, is_asked in (
            ("reason", shown is not None and shown.examined),
            ("power", shown is not None and shown.powered),
            ("card", shown is not None and shown.by_card),
        ):
            self._fields[name].setVisible(is_asked)
        self._exemption.show_options(() if shown is None else shown.exemptions)

    def show_may(self, found: Mapping[str, MayShown]) -> None:
        """Of whom it may be issued, one line for each; nobody is ticked of whom it may not."""
        for name, one in found.items():
            box, chip = self._persons.get(name), self._may.get(name)
            if box is None or chip is None:
                continue
            chip.show_state(one.word, one.tone)
            chip.show()
            box.setAccessibleDescription(one.word)
            if not one.may:
                box.setChecked(False)
            box.setEnabled(one.may and not self._is_single)
        show_restrained(self, there=any(one.held for one in found.values()))
        stops = [one.stops for one in found.values() if one.stops]
        if stops:
            words = self._words
            self.banner.show_text("information", words.may_not_title, "\n".join(stops), words.may_not_say)

    def show_working(self) -> None:
        """The office is asked."""
        self.banner.show_text("information", self._words.working)

    def wipe(self) -> None:
        super().wipe()
        self._who.show_value("")
        self._confirmed.show_value("")
        for one in self._fields.values():
            one.show_text("")
        self.show_kind(None)
        self.kind.show_options(())
        self.show_release_offered(offered=False)

    def _ask(self) -> None:
        words, copies = self._words, self._fields["copies"].text().strip()
        persons = tuple(name for name, box in self._persons.items() if box.isChecked())
        if not self.kind.value():
            self.kind.show_error(words.kind_missing)
            self.kind.box.setFocus()
        elif not persons:
            self.banner.show_text("error", words.persons_missing)
        elif not copies.isdecimal() or not 0 < int(copies) <= self._most:
            self._fields["copies"].show_error(words.copies_wrong(self._most))
            self._fields["copies"].line.setFocus()
        else:
            self.check_asked.emit(self._entered(persons, int(copies)))

    def _entered(self, persons: tuple[str, ...], copies: int) -> RequestEntered:
        text = {name: one.text().strip() for name, one in self._fields.items()}
        return RequestEntered(
            kind=self.kind.value(),
            persons=persons,
            groups=tuple(name for name, box in self._groups.items() if box.isChecked()),
            copies=copies,
            purpose=text["purpose"],
            submit_to=text["submit_to"],
            reason=text["reason"],
            power=text["power"],
            card=text["card"],
            exemption=self._exemption.value(),
        )

    def _lay(self) -> None:
        words = self._words
        head, left, right, below = QHBoxLayout(), Card(), Card(words.groups), Card()
        head.setSpacing(32)
        head.addWidget(self._who)
        head.addWidget(self._confirmed, 1)
        left.column.addLayout(head)
        left.column.addWidget(self.kind)
        left.column.addWidget(Words(words.persons, "label"))
        left.column.addLayout(self._person_column)
        right.column.addWidget(self._group_words)
        right.column.addLayout(self._group_grid)
        for card in (left, right):
            card.column.addStretch(1)
        line, fields = QHBoxLayout(), QGridLayout()
        line.setSpacing(16)
        line.addWidget(left, 1)
        line.addWidget(right, 1)
        fields.setHorizontalSpacing(24)
        shown = [self._fields[name] for name in ("copies", "purpose", "submit_to")]
        asked = [self._fields[name] for name in ("card", "reason", "power")]
        for place, one in enumerate((*shown, self._exemption, *asked)):
            fields.addWidget(one, place // 4, place % 4)
            fields.setColumnStretch(place % 4, 1 if place % 4 == 0 else 2)
        below.column.addLayout(fields)
        self.body.addLayout(line, 1)
        self.body.addWidget(below)

    def _fill(self, shown: Sequence[tuple[str, str]]) -> None:
        _clear(self._person_column)
        self._persons.clear()
        self._may.clear()
        for name, word in shown:
            box, chip = QCheckBox(word), Chip(self.kit, "")
            chip.hide()
            line, inner = QWidget(), in_line(box, chip)
            inner.setContentsMargins(0, 0, 0, 0)
            line.setLayout(inner)
            self._persons[name], self._may[name] = box, chip
            self._person_column.addWidget(line)

    def _fill_groups(self, shown: Sequence[tuple[str, str, bool]]) -> None:
        _clear(self._group_grid)
        self._groups.clear()
        self._group_words.show_text(self._words.groups_support if shown else self._words.no_groups)
        for place, (name, word, may) in enumerate(shown):
            box = self._groups[name] = QCheckBox(word if may else self._words.may_not(word))
            box.setEnabled(may)
            self._group_grid.addWidget(box, place // 2, place % 2)


def _clear(layout: QVBoxLayout | QGridLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
