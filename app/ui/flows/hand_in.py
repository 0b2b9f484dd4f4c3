"""Handing in: everything once more, the press that fixes the receipt date, and what the resident is told."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.capacity import Consequence
from app.domain.checks import Finding, visible_columns, visible_fields
from app.domain.clock import business_date
from app.domain.era import wareki
from app.domain.facts import rows_of, scalar_of
from app.domain.present import shown
from app.domain.procedure import Field, Kind, Level, Procedure
from app.errors import AppError
from app.services.card_port import Insertion
from app.services.compose_visit_slip import Served
from app.services.hand_in import Again, Kept, Received
from app.services.prepare_application import FormView
from app.ui.flows.application_notes import FormNotes, present_words
from app.ui.flows.hand_in_papers import HandInPapers
from app.ui.flows.visit_acts import CounterBooks, ReceiptSlip, VisitActs, VisitLanes
from app.ui.flows.visit_state import Errands, Present
from app.ui.flows.waiting import clock_time
from app.ui.kit import Kit
from app.ui.screens.hand_in import CaseShown, HandedInScreen, HandInScreen, ItemShown, ResultShown
from app.ui.screens.review_shown import FindingShown as Noted
from app.wire.desk import Evidence, Receipt
from app.wire.draft import Draft
from app.wire.facts import facts_from_wire


def sure_of(
    present: Present, procedure: Procedure | None, lying: Collection[Insertion], *, has_looked: bool
) -> Again | None:
    """How it is sure that this is still the person. ``lying``: the cards on readers; None: the clerk has to look."""
    if procedure is None or not procedure.identity.again:
        return Again.NOT_ASKED
    if present.card_at is not None and present.card_at in lying:
        return Again.SAME_CARD
    return Again.LOOKED if has_looked else None


@dataclass(frozen=True, slots=True)
class Signed:
    """How it stands with the signature, in words; ``is_changed``: something was changed after it was given."""

    said: str = ""
    is_changed: bool = False


def _behind_all_saves() -> None:
    """Runs on the store's lane behind every save, so that none comes after the hand-in and brings the draft back."""


class HandInFlow(QObject):
    """``handed_in``: the office has it or it waits to be sent; ``received`` carries the receipt and the title."""

    handed_in = Signal()
    received = Signal(object, str)

    def __init__(
        self,
        kit: Kit,
        screens: tuple[HandInScreen, HandedInScreen],
        lanes: VisitLanes,
        acts: VisitActs,
        books: CounterBooks,
    ) -> None:
        screen, result = screens
        super().__init__(screen)
        self._kit, self._screen, self._result, self._lanes, self._acts = kit, screen, result, lanes, acts
        self._notes, self._words, self._books = FormNotes(kit), present_words(kit), books
        self._errands = Errands(self)
        self._papers = HandInPapers(kit, lanes, acts, self._errands)
        self._present: Present | None = None
        self._procedure: Procedure | None = None
        self._draft: Draft | None = None
        self._slip: ReceiptSlip | None = None
        self._served: tuple[tuple[str, Receipt | None], ...] = ()
        self._is_sending = self._has_asked = self._is_warned = False
        self._signed = Signed()
        screen.hand_in_asked.connect(self._on_hand_in)
        result.slip_asked.connect(self._on_slip)
        result.visit_slip_asked.connect(self._on_visit_slip)
        screen.sheet_asked.connect(self._on_sheet_before)
        result.sheet_asked.connect(self._on_sheet)

    def open(self, present: Present, procedure: Procedure, draft: Draft, about: tuple[FormView, Signed]) -> None:
        """Show ``draft`` once more. ``about``: how the form stands, and its signature."""
        view, self._signed = about
        self._has_asked = self._is_warned = False
        if self._draft is None or self._draft.draft_id != draft.draft_id:
            self._screen.wipe()
        self._present, self._procedure, self._draft = present, procedure, draft
        counted, _ = self._notes.findings(procedure, view.findings)
        texts = self._kit.texts.application
        parts = (
            texts.errors(counted.errors) if counted.errors else "",
            texts.confirms(counted.confirms) if counted.confirms else "",
            texts.missing(counted.missing) if counted.missing else "",
        )
        found = "　".join(part for part in parts if part) or self._kit.texts.hand_in.no_findings
        roles = draft.roles
        self._screen.show_case(
            CaseShown(
                applicant=roles.applicant.name if roles else "",
                capacity=self._kit.messages.word("capacity", roles.capacity if roles else ""),
                person=self._evidence(draft, "person", "method"),
                number=self._evidence(draft, "number", "number_way"),
                findings=found,
                items=tuple(self._items(procedure, draft)),
                lead=self._lead(draft),
                notes=self._looks(procedure, draft, view),
                signature=self._signed.said,
            )
        )

    def end(self) -> None:
        """The visit is over. What was handed in goes on by itself."""
        self._errands.drop()
        self._present = self._procedure = self._draft = self._slip = None
        self._served, self._signed = (), Signed()
        self._is_sending = False
        self._screen.wipe()
        self._result.wipe()

    def _on_hand_in(self) -> None:
        if self._present is None or self._draft is None or self._is_sending:
            return
        if self._signed.is_changed and not self._is_warned:
            self._is_warned = True
            self._screen.show_changed(self._signed.said)
            return
        again = sure_of(self._present, self._procedure, self._acts.readers.seen().cards, has_looked=self._has_asked)
        if again is None:
            self._has_asked, words = True, self._kit.texts.hand_in
            self._screen.show_again(words.sure_document if self._present.card_at is None else words.sure_card)
            return
        self._is_sending = True
        self._screen.show_sending()
        press = self._acts.press()
        looked = dict.fromkeys((*self._draft.confirmed_findings, *self._screen.looked()))
        self._draft = self._draft.changed(confirmed_findings=tuple(looked))
        work = partial(self._acts.hand_in, press, self._present.session, self._draft, again)
        self._errands.run(self._lanes.store, _behind_all_saves, lambda _: self._send(work), self._on_failed)

    def _send(self, work: Callable[[], Received | Kept]) -> None:
        self._errands.run(self._lanes.office, work, self._on_done, self._on_failed)

    def _on_done(self, outcome: Received | Kept) -> None:
        self._is_sending = False
        if self._draft is None or self._procedure is None:
            return
        match outcome:
            case Received(receipt):
                self._slip = ReceiptSlip(self._draft, self._procedure, receipt.number, receipt.receipt_date)
                self._served = (*self._served, (self._procedure.short_title, receipt))
                self._result.show_result(self._received(receipt))
                self.received.emit(receipt, self._procedure.title)
            case Kept():
                back = self._draft.returned
                number = "" if back is None else back.number
                self._slip = ReceiptSlip(self._draft, self._procedure, number, outcome.receipt_date)
                self._served = (*self._served, (self._procedure.short_title, None))
                self._result.show_result(self._kept(outcome))
        self.handed_in.emit()

    def _on_failed(self, error: AppError) -> None:
        self._is_sending = False
        self._screen.show_idle()
        self._screen.banner.show_message(self._kit.messages.of(error))

    def _received(self, receipt: Receipt) -> ResultShown:
        words, word = self._kit.texts.hand_in, self._kit.messages.word
        rows: tuple[tuple[str, str], ...] = (
            (words.number_label, receipt.number),
            (words.date_label, wareki(receipt.receipt_date)),
            (words.state_label, word("application_state", receipt.state)),
        )
        if receipt.consequence not in {"", Consequence.CONFIRMED.value}:
            rows = (*rows, (words.identity_label, word("consequence", receipt.consequence)))
        again = self._draft is not None and self._draft.returned is not None
        tell = words.tell_again if again else words.tell_received
        return ResultShown(kept=False, rows=rows, tell=tell, goes_on=not again)

    def _kept(self, kept: Kept) -> ResultShown:
        words = self._kit.texts.hand_in
        soon = kept.next_at <= self._kit.clock.now()
        back = None if self._draft is None else self._draft.returned
        rows = (
            (words.number_label, words.number_later if back is None else back.number),
            (words.date_label, wareki(kept.receipt_date)),
            (words.state_label, words.kept_state),
            (words.kept_cause, self._kit.messages.word("outgoing_cause", kept.cause)),
            (words.kept_next, self._kit.texts.waiting.at_once if soon else clock_time(kept.next_at)),
        )
        tell = words.tell_kept if back is None else words.tell_again
        return ResultShown(kept=True, rows=rows, tell=tell, goes_on=back is None)

    def _looks(self, procedure: Procedure, draft: Draft, view: FormView) -> tuple[Noted, ...]:
        """What the checks say, with a box where a look is asked for; the tick travels with the application."""
        found = [one for one in view.findings if one.check != procedure.missing.id]
        return tuple(self._look(one, looked=one.key in draft.confirmed_findings) for one in found)

    @staticmethod
    def _look(one: Finding, *, looked: bool) -> Noted:
        asks = one.level is Level.CONFIRM
        return Noted(one.key, one.level is Level.ERROR, one.what, one.why, one.next, asks, asks and looked)

    def _lead(self, draft: Draft) -> str:
        words, back = self._kit.texts.hand_in, draft.returned
        return words.lead if back is None else words.lead_again(back.number, wareki(back.receipt_date))

    def _on_slip(self) -> None:
        if self._slip is not None and self._present is not None:
            self._papers.slip(self._present, self._slip, self._on_no_slip)

    def _on_sheet_before(self) -> None:
        draft, procedure, present = self._draft, self._procedure, self._present
        if draft is not None and procedure is not None and present is not None:
            day = draft.day(business_date(self._kit.clock.now()))
            self._papers.sheet(present, ReceiptSlip(draft, procedure, "", day), self._on_failed)

    def _on_sheet(self) -> None:
        if self._slip is not None and self._present is not None:
            self._papers.sheet(self._present, self._slip, self._on_no_slip)

    def _on_visit_slip(self) -> None:
        if self._present is not None:
            self._papers.visit_slip(self._present, Served(self._present.name, self._served), self._on_no_slip)

    def _on_no_slip(self, error: AppError) -> None:
        self._result.banner.show_message(self._kit.messages.of(error))

    def _evidence(self, draft: Draft, about: str, table: str) -> str:
        """The last confirmation about person or number, in words."""
        found: Evidence | None = next((one for one in reversed(draft.evidence) if one.about == about), None)
        if found is None:
            return self._kit.texts.parts.empty_value
        word = self._kit.messages.word
        method = word(table, found.method)
        if about == "number" and found.method in {"linked", "declined"}:
            return method
        return f"{method}（{word('confirmed', found.result)}）"

    def _items(self, procedure: Procedure, draft: Draft) -> Iterator[ItemShown]:
        facts, day = facts_from_wire(procedure, draft.facts), draft.day(business_date(self._kit.clock.now()))
        fields = visible_fields(procedure, facts, day)
        for section in procedure.sections:
            for group in procedure.groups:
                if group.section != section.id:
                    continue
                for at, row in enumerate(rows_of(facts, group.id), 1):
                    for field in visible_columns(procedure, group, facts, row, day):
                        text = self._shown(field, row.get(field.id))
                        yield ItemShown(f"{group.label} {at}", field.label, text)
            for field in fields:
                if field.section == section.id:
                    yield ItemShown(section.title, field.label, self._shown(field, scalar_of(facts, field.id)))

    def _shown(self, field: Field, value: "str | int | bool | date | None") -> str:
        if field.kind is Kind.MUNICIPALITY and value:
            return dict(self._books.municipalities).get(str(value), str(value))
        return shown(field, value, self._words)
