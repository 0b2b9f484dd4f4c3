"""The resident checks what was entered, page by page, and signs for exactly that; on the display or on paper."""

import re
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.domain.procedure import Procedure
from app.domain.resident_view import Audience, CheckPage, SignPage
from app.domain.signature import Signature
from app.services.sign_application import shown_items, signed
from app.ui.flows.application_notes import place_of
from app.ui.flows.pin_entry import Faces
from app.ui.flows.resident_display import ResidentFlow
from app.ui.flows.resident_signed import CheckReader
from app.ui.flows.visit_acts import CounterBooks
from app.ui.flows.visit_state import Present
from app.ui.kit import Kit
from app.ui.resident.paging import Pages, paged
from app.ui.resident.words import BASE, Said
from app.ui.screens.resident_check import CheckedItem, CheckShown, ResidentCheckScreen
from app.wire.draft import Draft

_NUMBER = re.compile(r"[0-9A-Za-z-]{1,40}")


@dataclass(frozen=True, slots=True)
class _Under:
    """What is being checked: the draft as it stood, its items on pages, and who looks at them."""

    draft: Draft
    title: str
    audience: Audience
    pages: Pages


class ResidentCheckFlow(QObject):
    """One check at a time. ``opened``: its screen is needed. ``signed`` carries the draft with its signature.

    ``wrong`` carries the ``Place`` of what the resident says is wrong, and its label; ``left``: back without.
    ``reader``: what is shown of a draft, and how its signature stands.
    """

    opened = Signal(object)
    signed = Signal(object)
    wrong = Signal(object, str)
    left = Signal()

    def __init__(
        self, kit: Kit, screen: ResidentCheckScreen, faces: Faces, resident: ResidentFlow, books: CounterBooks
    ) -> None:
        super().__init__(screen)
        self._kit, self._words, self._screen, self._resident = kit, kit.texts.resident_check, screen, resident
        self._display, self.reader = faces.display, CheckReader(kit, books)
        self._under = _nothing_under()
        self._at, self._asks_which, self._put_away = 0, False, False
        screen.right_asked.connect(self._on_right)
        screen.wrong_asked.connect(self._on_pointed)
        screen.again_asked.connect(self._show_again)
        screen.paper_asked.connect(self._on_paper)
        screen.back_asked.connect(self._on_back)
        pages = self._display.pages
        pages.right_said.connect(self._on_right)
        pages.wrong_said.connect(self._on_wrong_said)
        pages.pointed.connect(self._on_pointed)
        pages.signed.connect(self._on_signed)
        self._display.blanked.connect(self._on_blanked)
        resident.translated.connect(self._on_translated)

    def begin(self, present: Present, procedure: Procedure, draft: Draft) -> None:
        """Have ``draft`` checked and signed. The display is shown where it can be, for as long as this takes."""
        self.end()
        items = self.reader.items(present, procedure, draft)
        was_shown = self._resident.is_shown
        self._put_away = self._resident.stand() and not was_shown
        pages = paged(items, self._display.pages.room()) if items else ()
        self._under = _Under(draft, procedure.title, self.reader.reading(present, draft).audience(), pages)
        self._screen.wipe()
        self.opened.emit(self._screen)
        self._show()

    def end(self) -> None:
        """Nothing is checked any more; the display shows nothing of it, and is put away if it was not shown before."""
        under, self._under = self._under, None
        self._at, self._asks_which = 0, False
        if under is None:
            return
        self._screen.wipe()
        self._display.show_neutral()
        if self._put_away:
            self._display.put_away()
        self._put_away = False

    def _show(self) -> None:
        """Both sides as they stand now."""
        under = self._under
        if under is None:
            return
        is_signing = bool(under.pages) and self._at >= len(under.pages)
        is_out = bool(under.pages) and self._resident.show_page(self._page(under))
        items = under.pages[self._at] if under.pages and not is_signing else ()
        words = self._words
        state = words.state_sign if is_signing else words.state_which if self._asks_which else words.state_check
        self._screen.show_check(
            CheckShown(
                page=words.page_text(min(self._at + 1, len(under.pages)), len(under.pages)) if under.pages else "",
                language=self._display.words.language(self._resident.display_language).name,
                state=state if under.pages else words.nothing_title,
                items=[CheckedItem(one.place, one.label, one.value) for one in items],
                can_answer=bool(items),
            )
        )
        self._say(under, is_out=is_out)

    def _page(self, under: _Under) -> CheckPage | SignPage:
        if self._at >= len(under.pages):
            return SignPage(under.title)
        return CheckPage(under.audience, under.pages[self._at], self._at + 1, len(under.pages), self._asks_which)

    def _say(self, under: _Under, *, is_out: bool) -> None:
        words, banner = self._words, self._screen.banner
        if not under.pages:
            banner.show_text("information", words.nothing_title, words.nothing_text)
        elif is_out:
            banner.clear()
        elif self._resident.is_shown:
            banner.show_text("warning", words.alerted_title, words.alerted_text)
        else:
            banner.show_text("warning", words.no_display_title, words.no_display_text, words.no_display_next)

    def _show_again(self) -> None:
        """As after it went blank; a monitor that came back is used again."""
        under = self._under
        if under is None:
            return
        was_shown = self._resident.is_shown
        if self._resident.stand() and not was_shown:
            self._put_away = True
            self._page_again(under)
        self._show()

    def _page_again(self, under: _Under) -> None:
        """Another size or language: the items stand on other pages, and are checked from the first."""
        items = [one for page in under.pages for one in page]
        self._under = _Under(under.draft, under.title, under.audience, paged(items, self._display.pages.room()))
        self._at, self._asks_which = 0, False

    def _on_translated(self) -> None:
        under = self._under
        if under is not None and under.pages:
            self._page_again(under)
            self._show()

    def _on_right(self) -> None:
        under = self._under
        if under is not None and self._at < len(under.pages):
            self._at, self._asks_which = self._at + 1, False
            self._show()

    def _on_wrong_said(self) -> None:
        under = self._under
        if under is not None and self._at < len(under.pages):
            self._asks_which = True
            self._show()

    def _on_pointed(self, place: str) -> None:
        under = self._under
        if under is None or self._at >= len(under.pages):
            return
        label = next((one.label for one in under.pages[self._at] if one.place == place), "")
        self.end()
        self.wrong.emit(place_of(place), label)

    def _on_signed(self, signature: Signature) -> None:
        under = self._under
        if under is not None and self._at >= len(under.pages):
            self._finish(under, signature)

    def _on_paper(self, typed: str) -> None:
        under = self._under
        if under is None:
            return
        if _NUMBER.fullmatch(typed.strip()) is None:
            self._screen.show_paper_missing()
        else:
            self._finish(under, typed.strip())

    def _finish(self, under: _Under, hand: Signature | str) -> None:
        on_paper = isinstance(hand, str)
        items = tuple(one for page in under.pages for one in page)
        label = (lambda official: official) if on_paper else self._label
        language = BASE if on_paper else self._display.words.say(self._resident.display_language, "right").language
        shown = shown_items(under.draft, items, label)
        draft = signed(under.draft, shown, language, (hand, self._kit.clock.now()))
        self.end()
        self.signed.emit(draft)

    def _label(self, official: str) -> str:
        said: Said = self._display.words.label(self._resident.display_language, official)
        return f"{said.text} / {said.below}" if said.below else said.text

    def _on_blanked(self) -> None:
        if self._under is not None:
            words = self._words
            self._screen.banner.show_text("warning", words.blanked_title, words.blanked_text)

    def _on_back(self) -> None:
        self.end()
        self.left.emit()


def _nothing_under() -> _Under | None:
    return None
