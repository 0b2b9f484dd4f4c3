"""Where a paper goes: printer, tray, copies; after the first time also why once more. It asks nothing by itself."""

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.printing import MOST_COPIES, PrintChoice, Printer, PrinterState, stopping
from app.ui.kit import Kit
from app.ui.widgets.choice import Choice
from app.ui.widgets.field import TextField
from app.ui.widgets.words import Words

_OTHER, _OWN = "other", "own"
"""A reason that is written out; the tray that the printer chooses."""


class PrintOrderForm(QWidget):
    """``ordered`` gives what is filled in, or shows what is missing."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit, self._words = kit, kit.texts.print_paper
        words = self._words
        self._printers: tuple[Printer, ...] = ()
        self._is_again = self._is_single = False
        self.printer = Choice(kit, words.printer, ())
        self._note = Words("", "support")
        self._tray = Choice(kit, words.tray, ())
        self._copies = TextField(kit, words.copies)
        self._reason = Choice(kit, words.reason, kit.messages.words("reprint_reason"))
        self._reason_words = TextField(kit, words.reason_words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for one in (self.printer, self._tray, self._reason):
            one.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for field in (self.printer, self._note, self._tray, self._copies, self._reason, self._reason_words):
            column.addWidget(field)
        self.printer.changed.connect(self._on_printer)
        self._reason.changed.connect(lambda value: self._reason_words.setVisible(self._is_again and value == _OTHER))
        self.wipe()

    def show_single(self, *, single: bool) -> None:
        """One copy only, where a paper has a number of its own."""
        self._is_single = single
        self._copies.show_text("1")
        self._copies.setVisible(not single)

    def show_printers(self, printers: Sequence[Printer], chosen: PrintChoice | None) -> None:
        """What there is. ``chosen``: printed there last; without it the only printer, or none."""
        self._printers = tuple(printers)
        self.printer.show_options([(one.name, self._line(one)) for one in printers])
        names = [one.name for one in printers]
        usual = names[0] if len(names) == 1 else ""
        self.printer.show_value(chosen.printer if chosen is not None and chosen.printer in names else usual)
        self._on_printer()
        if chosen is not None and chosen.printer in names:
            self._tray.show_value(chosen.tray or _OWN)

    def show_again(self, *, again: bool) -> None:
        """It was printed before: the next time has a reason."""
        self._is_again = again
        self._reason.show_value("")
        self._reason_words.show_text("")
        self._reason.setVisible(again)
        self._reason_words.setVisible(False)

    def chosen(self) -> Printer | None:
        """The printer that is chosen."""
        return next((one for one in self._printers if one.name == self.printer.value()), None)

    def ordered(self) -> tuple[PrintChoice, tuple[str, str]] | None:
        """Choice, and reason with its words; None where something is missing, which is shown then."""
        wrong = self._what_is_wrong()
        if wrong is not None:
            field, why = wrong
            field.show_error(why)
            field.setFocus()
            return None
        tray = self._tray.value()
        choice = PrintChoice(self.printer.value(), "" if tray == _OWN else tray, int(self._copies.text()))
        told = self._reason_words.text() if self._reason.value() == _OTHER else ""
        return choice, (self._reason.value() if self._is_again else "", told if self._is_again else "")

    def wipe(self) -> None:
        """As before the first paper."""
        self._printers = ()
        self.printer.show_options(())
        self._note.show_text("")
        self._tray.show_options(())
        self._tray.hide()
        self.show_single(single=False)
        self.show_again(again=False)

    def _what_is_wrong(self) -> tuple[Choice | TextField, str] | None:
        """The first field with something missing, and what."""
        words, copies = self._words, self._copies.text()
        if not self.printer.value():
            return self.printer, words.printer_missing
        if not copies.isdecimal() or not 1 <= int(copies) <= MOST_COPIES:
            return self._copies, words.copies_wrong(MOST_COPIES)
        if self._is_again and not self._reason.value():
            return self._reason, words.reason_missing
        if self._is_again and self._reason.value() == _OTHER and not self._reason_words.text():
            return self._reason_words, words.reason_words_missing
        return None

    def _line(self, printer: Printer) -> str:
        words, word = self._words, self._kit.messages.word
        state = words.stopped if printer.state is PrinterState.STOPPED else words.ready
        if not printer.accepts:
            state = words.rejects
        elif causes := stopping(printer.reasons):
            state = word("printer_reason", causes[0]).partition("。")[0]
        return printer.name if printer.is_file else words.printer_line(printer.name, printer.place, state)

    def _on_printer(self, _: str = "") -> None:
        words, printer, word = self._words, self.chosen(), self._kit.messages.word
        only_files = all(one.is_file for one in self._printers)
        lines = [words.no_printer] if only_files else []
        if printer is not None and printer.is_file:
            lines.append(words.folder_line(printer.place))
        if self._is_single:
            lines.append(words.single)
        self._note.show_text("\n".join(lines))
        self._note.setVisible(bool(lines))
        trays = () if printer is None else printer.trays
        self._tray.show_options([(_OWN, words.own_tray), *((one.name, word("tray", one.label)) for one in trays)])
        self._tray.show_value(_OWN)
        self._tray.setVisible(bool(trays))
