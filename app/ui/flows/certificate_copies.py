"""Each number of a visit: its paper is made at once or not at all, then handed over, posted, spoiled, put right."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from app.services.paper import Paper
from app.services.ports.seat import Press, Session
from app.ui.flows.certificate_acts import CertificateActs, asker
from app.ui.flows.print_acts import LatePaper
from app.ui.flows.visit_state import Errands, Present
from app.ui.kit import Kit
from app.ui.screens.certificate_copies import CertificateCopiesScreen, CopyShown
from app.ui.widgets.chip import Kind
from app.wire.certificate import Copies, CopyRow

T = TypeVar("T")
_TONES: dict[str, Kind] = {
    "issued": "information",
    "printed": "warning",
    "handed": "success",
    "posted": "success",
    "spoiled": "quiet",
}


class CertificateCopiesFlow(QObject):
    """``handed``: a copy left the counter, by hand or by post.

    ``again_asked`` carries the spoiled copy whose place another takes; ``another_asked``: a new request.
    """

    handed = Signal()
    again_asked = Signal(object)
    another_asked = Signal()

    def __init__(self, kit: Kit, screen: CertificateCopiesScreen, acts: CertificateActs) -> None:
        super().__init__(screen)
        self._kit, self._screen, self._acts = kit, screen, acts
        self._errands = Errands(self)
        self._present: Present | None = None
        self._rows: tuple[CopyRow, ...] = ()
        self._make_first = ""
        self._reasons: tuple[tuple[str, str], ...] = ()
        self._papers: dict[str, Paper] = {}
        screen.make_asked.connect(self._on_make)
        screen.handed_asked.connect(self._on_handed)
        screen.spoil_asked.connect(self._on_spoil)
        screen.again_asked.connect(self._on_again)
        screen.fee_asked.connect(self._on_fee)
        screen.another_asked.connect(self.another_asked)

    def begin(self, present: Present, reasons: tuple[str, ...], *, are_new: bool = False, make: str = "") -> None:
        """The list of this visit. ``reasons``: why a copy may be spoiled; ``are_new``: numbers were just taken.

        ``make``: the number whose paper is made at once.
        """
        self._present = present
        self._reasons = tuple((one, self._kit.messages.word("spoil_reason", one)) for one in reasons)
        self._screen.wipe()
        words = self._kit.texts.certificate_copies
        self._make_first = make
        self._load(words.done_numbers if are_new else "", make)

    def end(self) -> None:
        """The visit is over."""
        self._errands.drop()
        self._present, self._rows = None, ()
        self._papers = {}
        self._screen.wipe()

    def _load(self, said: str, mark: str = "") -> None:
        present = self._present
        if present is None:
            return
        work = partial(self._acts.issue.copies, self._acts.press(), present.session, present.visit.visit_id)
        self._errands.run(self._acts.lane, work, partial(self._on_listed, said, mark), self._on_failed)

    def _on_listed(self, said: str, mark: str, copies: Copies) -> None:
        self._rows = copies.rows
        words = self._kit.texts.certificate_copies
        taken = words.taken(copies.taken) if copies.rows else ""
        self._screen.show_copies([self._shown(row) for row in copies.rows], taken, self._reasons, mark)
        if said:
            self._screen.banner.show_text("success", said)
        first, self._make_first = self._make_first, ""
        if first:
            self._on_make(first)

    def _on_make(self, number: str) -> None:
        """The page leaves the register as it is printed, not before: a restraint counts until then."""
        present, row, words = self._present, self._row(number), self._kit.texts.certificate_copies
        if present is None or row is None:
            return
        self._screen.banner.clear()
        make = partial(self._made, present.session, row)
        late = LatePaper(row.kind, make, partial(self._on_made, row.number))
        self._acts.print_late(words.paper_title(row.title, row.number), late)

    def _made(self, session: Session, row: CopyRow) -> Paper:
        """On the office's lane."""
        made = self._acts.issue.make(self._acts.press(), session, row)
        return replace(made.paper, post_to=made.address)

    def _on_made(self, number: str, paper: Paper) -> None:
        words, address = self._kit.texts.certificate_copies, paper.post_to
        self._papers[number] = paper
        self._load(words.post_to("　".join(address)) if address else words.second_look, number)

    def _on_handed(self, number: str, sheets: int) -> None:
        hand = self._acts.issue.hand
        self._ask(
            number,
            lambda at, session, row: hand(at, session, row, sheets),
            self._on_left,
        )

    def _on_left(self, row: CopyRow) -> None:
        words = self._kit.texts.certificate_copies
        self.handed.emit()
        self._load(words.done_posted if row.route == "post" else words.done_handed, row.number)

    def _on_spoil(self, number: str, reason: str) -> None:
        words = self._kit.texts.certificate_copies
        spoil = self._acts.issue.spoil
        self._ask(
            number,
            lambda at, session, row: spoil(at, session, row, reason),
            lambda row: self._load(words.done_spoiled, row.number),
        )

    def _on_fee(self, number: str, yen: int, why: str) -> None:
        words = self._kit.texts.certificate_copies
        correct = self._acts.issue.correct_fee
        self._ask(
            number,
            lambda at, session, row: correct(at, session, row, (yen, why)),
            lambda row: self._load(words.done_fee, row.number),
        )

    def _on_again(self, number: str) -> None:
        if (row := self._row(number)) is not None:
            self.again_asked.emit(row)

    def _ask(self, number: str, work: Callable[[Press, Session, CopyRow], T], done: Callable[[T], None]) -> None:
        present, row = self._present, self._row(number)
        if present is None or row is None:
            return
        self._screen.banner.clear()
        asked = partial(work, self._acts.press(), present.session, row)
        self._errands.run(self._acts.lane, asked, done, self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        self._screen.banner.show_message(self._kit.messages.of(error))

    def _row(self, number: str) -> CopyRow | None:
        return next((one for one in self._rows if one.number == number), None)

    def _shown(self, row: CopyRow) -> CopyShown:
        word, words, paper = self._kit.messages.word, self._kit.texts.certificate_copies, self._papers.get(row.number)
        return CopyShown(
            number=row.number,
            title=f"{row.title}　{words.bears_number}" if row.bears_number else row.title,
            state=word("copy_state", row.state),
            tone=_TONES[row.state],
            route=word("copy_route", row.route),
            fee=words.yen(row.fee),
            may=row.may,
            whom="　".join(paper.post_to) if paper is not None and paper.post_to else self._whom(),
            names=words.unknown_names if paper is None else "、".join(paper.names),
            bears=words.bears_number if row.bears_number else words.bears_none,
            sheets="" if paper is None else str(len(paper.pages)),
        )

    def _whom(self) -> str:
        """Who stands here, and as what."""
        present = self._present
        return (
            ""
            if present is None
            else f"{asker(present)[0]}（{self._kit.messages.word('capacity', present.capacity.value)}）"
        )
