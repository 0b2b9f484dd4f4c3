"""印刷: a paper page under page, what is wrong with it, where it goes, and how its printing stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.printing import PrintChoice, Printer
from app.ui.kit import Kit
from app.ui.screen import Offer, Screen, scrolled
from app.ui.screens.paper import PageColumn
from app.ui.screens.print_order import PrintOrderForm
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, in_line
from app.ui.widgets.chip import Kind
from app.ui.widgets.words import Words

_SIDE = 400


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A paper as pages (PNG). ``faults``: sentences, and whether each holds it back; ``single``: one copy, once."""

    title: str
    pages: tuple[bytes, ...] = field(repr=False)
    faults: tuple[tuple[str, bool], ...] = ()
    single: bool = False


@dataclass(frozen=True, slots=True)
class JobShown:
    """How a printing stands. ``may``: print, again, cancel; ``wait``: nothing but looking on is possible."""

    tone: Kind
    title: str
    text: str = ""
    may: tuple[str, ...] = ()


class PrintScreen(Screen):
    """``print_asked`` carries a ``PrintChoice`` and (reason, its words); ``closed``: the clerk has looked."""

    print_asked = Signal(object, object)
    cancel_asked = Signal()
    reload_asked = Signal()
    closed = Signal()

    def __init__(self, kit: Kit) -> None:
        words = self._words = kit.texts.print_paper
        super().__init__(kit, words.title, has_side=False)
        self._may: tuple[str, ...] = ()
        self._knows_printers = self._is_asked = False
        self._paper = PageColumn(kit, words.page_name)
        self.order = PrintOrderForm(kit)
        self._lead, self._faults = Words("", "heading"), Words()
        self._do, close = Button(words.print, "primary"), Button(words.close)
        self._cancel = Button(words.cancel, final=True)
        self._lay()
        self.order.printer.changed.connect(lambda _: self._offer())
        self._do.clicked.connect(self._ask)
        self._cancel.clicked.connect(self.cancel_asked)
        close.clicked.connect(self.closed)
        self.back_asked.connect(self.closed)
        self.foot.addLayout(in_line(self._do, close, self._cancel))
        self._offer()

    def first_focus(self) -> QWidget:
        return self._do if self.order.printer.value() else self.order.printer

    def show_paper(self, shown: PaperShown) -> None:
        """Another paper, not printed yet."""
        self.wipe()
        self.show_pages(shown)
        self.order.show_single(single=shown.single)

    def show_pages(self, shown: PaperShown) -> None:
        """The pages under the title; none yet where the paper is made as it is printed."""
        words = self._words
        self._paper.show_pages(shown.title, shown.pages)
        self.setAccessibleName(f"{words.title} {shown.title}")
        self._lead.show_text(words.pages(shown.title, len(shown.pages)) if shown.pages else shown.title)
        held = sum(holds for _, holds in shown.faults)
        if held:
            self.banner.show_text("error", words.held(held), words.held_next)
        elif shown.faults:
            self.banner.show_text("warning", words.warned(len(shown.faults)), words.look)
        none = words.no_fault if shown.pages else self.kit.texts.print_state.later
        self._faults.show_text("\n".join(line for line, _ in shown.faults) or none)

    def show_printers(self, printers: Sequence[Printer], chosen: PrintChoice | None) -> None:
        """What there is to print with; the cursor stays where it is."""
        self.order.show_printers(printers, chosen)
        self._knows_printers, asked, self._is_asked = True, self._is_asked, False
        self._offer()
        if asked:
            self._ask()

    def show_job(self, shown: JobShown) -> None:
        """How it stands; read aloud. What may be done now is offered to the keys."""
        self._may = shown.may
        self.banner.show_text(shown.tone, shown.title, shown.text)
        self.order.show_again(again="again" in shown.may)
        self._offer()

    def show_ready(self, *, again: bool = False) -> None:
        """It may be printed: for the first time, or once more."""
        self._may = ("again",) if again else ("print",)
        self._offer()

    def show_busy(self) -> None:
        """It is being made ready; nothing may be done meanwhile."""
        self._may = ()
        self.banner.show_text("information", self.kit.texts.print_state.working)
        self._offer()

    def wipe(self) -> None:
        super().wipe()
        self._may = ()
        self._knows_printers = self._is_asked = False
        self._paper.show_pages("", ())
        self.order.wipe()
        for words in (self._lead, self._faults):
            words.show_text("")
        self._offer()

    def _ask(self) -> None:
        if not {"print", "again"} & set(self._may):
            return
        if not self._knows_printers:
            self._is_asked = True  # the key was faster than the print service: it counts once printers are known
            return
        ordered = self.order.ordered()
        if ordered is not None:
            self.print_asked.emit(*ordered)

    def _offer(self) -> None:
        words, may, printer = self._words, self._may, self.order.chosen()
        is_file = printer is not None and printer.is_file
        label, key = (words.save, words.save_key) if is_file else (words.print, words.print)
        if "again" in may:
            label, key = words.again, words.again_key
        self._do.show_text(label)
        self._do.setVisible(bool({"print", "again"} & set(may)))
        self._cancel.setVisible("cancel" in may)
        offers = [Offer("next_part", words.next_page, self._paper.next_page)]
        if {"print", "again"} & set(may):
            offers.append(Offer("preview", key, self._ask))
        if "cancel" in may:
            offers.append(Offer("return_case", words.cancel_key, self.cancel_asked.emit))
        offers += [
            Offer("refresh", words.reload_key, self.reload_asked.emit),
            Offer("save", words.close, self.closed.emit),
        ]
        self.offer(*offers)

    def _lay(self) -> None:
        words = self._words
        side, inner = QVBoxLayout(), QWidget()
        side.setContentsMargins(0, 0, 12, 0)
        side.setSpacing(16)
        where, checked = Card(words.where), Card(words.checked)
        where.column.addWidget(self.order)
        checked.column.addWidget(self._faults)
        for card in (where, checked):
            side.addWidget(card)
        side.addStretch(1)
        inner.setProperty("role", "clear")
        inner.setLayout(side)
        view = scrolled(inner)
        view.setFixedWidth(self.kit.look.px(_SIDE))
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(view)
        right = QVBoxLayout()
        right.addWidget(self._lead, 0, Qt.AlignmentFlag.AlignTop)
        right.addWidget(self._paper.view, 1)
        line.addLayout(right, 1)
        self.body.addLayout(line, 1)
