"""Words of printing: the page before it goes out, where to, and what became of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintTexts:
    """One paper before it is printed, and where it goes."""

    title: str
    pages_: str
    page_name_: str
    next_page: str
    close: str
    where: str
    printer: str
    no_printer: str
    tray: str
    own_tray: str
    copies: str
    copies_wrong_: str
    single: str
    checked: str
    no_fault: str
    printer_missing: str
    printer_line_: str
    ready: str
    stopped: str
    rejects: str
    folder_line_: str
    held_line_: str
    warn_line_: str
    look: str
    held_: str
    held_next: str
    warned_: str
    print: str
    save: str
    save_key: str
    again: str
    again_key: str
    cancel: str
    cancel_key: str
    reload_key: str
    reason: str
    reason_words: str
    reason_missing: str
    reason_words_missing: str

    def pages(self, title: str, count: int) -> str:
        return self.pages_.format(title=title, count=count)

    def page_name(self, title: str, page: int) -> str:
        return self.page_name_.format(title=title, page=page)

    def copies_wrong(self, most: int) -> str:
        return self.copies_wrong_.format(most=most)

    def printer_line(self, name: str, place: str, state: str) -> str:
        return self.printer_line_.format(name=name, place=place, state=state)

    def folder_line(self, folder: str) -> str:
        return self.folder_line_.format(folder=folder)

    def held_line(self, where: str, what: str) -> str:
        return self.held_line_.format(where=where, what=what)

    def held(self, count: int) -> str:
        return self.held_.format(count=count)

    def warned(self, count: int) -> str:
        return self.warned_.format(count=count)

    def warn_line(self, where: str, what: str) -> str:
        return self.warn_line_.format(where=where, what=what)


@dataclass(frozen=True, slots=True)
class PrintStateTexts:
    """How a printing stands, and how it ended."""

    later: str
    to_addressee: str
    working: str
    waiting_: str
    printing_: str
    held_: str
    cancelling: str
    printed_: str
    printed_next: str
    saved_: str
    saved_next: str
    cancelled: str
    aborted: str
    lost: str
    single_next: str
    try_again: str
    ended_elsewhere_: str

    def waiting(self, printer: str) -> str:
        return self.waiting_.format(printer=printer)

    def printing(self, printer: str) -> str:
        return self.printing_.format(printer=printer)

    def held(self, printer: str, causes: str) -> str:
        return self.held_.format(printer=printer, causes=causes)

    def printed(self, printer: str, sheets: int) -> str:
        return self.printed_.format(printer=printer, sheets=sheets)

    def saved(self, folder: str, name: str) -> str:
        return self.saved_.format(folder=folder, name=name)

    def ended_elsewhere(self, title: str, sentence: str) -> str:
        return self.ended_elsewhere_.format(title=title, sentence=sentence)
