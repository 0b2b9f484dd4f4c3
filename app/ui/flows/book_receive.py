"""来庁以外の受付 before who opens the post: what is known of the form is laid into its fields, the rest comes later."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal

from app.domain.era import wareki_short
from app.domain.identity import Document, Means, Part, Question, Regime, Result
from app.domain.person import Capacity
from app.domain.procedure import Procedure
from app.domain.rights import ANY, allowed
from app.services.ports.seat import Press, Session
from app.services.tend_book import RECEIVE, TendBook
from app.ui.flows.office_flow import OfficeFlow, OfficeMeans
from app.ui.kit import Kit
from app.ui.screens.book_receive import BookReceiveScreen, ReceivedForm
from app.wire.desk import Evidence, Fact, PersonMark, Receipt, RolesMark
from app.wire.desk_book import ReceiveOutside

CHANNELS = ("post", "phone", "office")


class ReceiveFlow(OfficeFlow[BookReceiveScreen]):
    """``done`` carries title and sentence: it has its number."""

    done = Signal(str, str)

    def __init__(
        self,
        kit: Kit,
        means: OfficeMeans,
        case: TendBook,
        books: tuple[Mapping[str, Procedure], Sequence[Document]],
    ) -> None:
        self._procedures, documents = books
        channels = tuple((one, kit.messages.word("channel", one)) for one in CHANNELS)
        identity, numbers = (
            tuple((one.id, one.label) for one in documents if question in one.proves)
            for question in (Question.IDENTITY, Question.NUMBER)
        )
        super().__init__(kit, BookReceiveScreen(kit, channels, identity, numbers), means)
        self._case = case
        self._application_id = ""
        self._sent: tuple[ReceivedForm, Press] | None = None
        self.screen.procedure_chosen.connect(self._on_procedure)
        self.screen.receive_asked.connect(self._on_receive)

    def begin(self, session: Session) -> None:
        """Open an empty form."""
        self.enter(session)
        self._application_id, self._sent = self._means.new_id(), None
        today = self.today()
        open_ = [
            (name, one.short_title)
            for name, one in self._procedures.items()
            if one.in_force(today) and allowed(session.actor, RECEIVE, name, ANY, day=today)
        ]
        self.screen.show_procedures(open_, today)

    def end(self) -> None:
        super().end()
        self._sent = None

    def _on_procedure(self, name: str) -> None:
        known = self._procedures.get(name)
        papers = tuple((one.id, one.label) for one in known.papers) if known else ()
        self.screen.show_procedure(papers, asks_number=known is not None and known.identity.regime is Regime.NUMBER)

    def _on_receive(self, form: ReceivedForm) -> None:
        session, procedure = self._session, self._procedures.get(form.procedure)
        if session is None or procedure is None:
            return
        press = self._sent[1] if self._sent is not None and self._sent[0] == form else self._means.press()
        self._sent = (form, press)
        person = PersonMark(business_number="", name=form.name)
        asked = ReceiveOutside(
            application_id=self._application_id,
            procedure=form.procedure,
            channel=form.channel,
            arrived_on=form.arrived_on,
            roles=RolesMark(presenter=person, capacity=Capacity.SELF.value, applicant=person),
            facts=facts_of(procedure, form),
            evidence=tuple(evidence_of(session, press, procedure, form)),
            papers=form.papers,
            note=form.note,
        )
        self.screen.show_working()
        self.ask(lambda at, who: self._case.receive(at, who, asked), self._on_received, press)

    def _on_received(self, receipt: Receipt) -> None:
        words = self._kit.texts.book_receive
        follows = self._kit.messages.word("consequence", receipt.consequence)
        day = wareki_short(receipt.receipt_date)
        self.done.emit(words.done_title(receipt.number), words.done_text(day, follows))


def facts_of(procedure: Procedure, form: ReceivedForm) -> dict[str, Fact]:
    """What is known of the applicant, in the fields that a card would fill; kana and telephone by the field's kind."""
    known = {
        "card.name": form.name,
        "card.birth": form.birth.isoformat() if form.birth else "",
        "card.address": form.address,
    }
    facts: dict[str, Fact] = {}
    for field in procedure.fields:
        if field.of != procedure.identity.of:
            continue
        by_kind = {"kana": form.kana, "phone": form.phone}.get(field.kind.value, "")
        value = next((known[path] for path in field.prefill if known.get(path)), "") or by_kind
        if value:
            facts[field.id] = value
    return facts


def evidence_of(session: Session, press: Press, procedure: Procedure, form: ReceivedForm) -> list[Evidence]:
    """How somebody was confirmed by copies: kinds of documents, and never a text or a number of them."""
    regime = procedure.identity.regime
    seen: list[tuple[Question, Means, str, Part]] = []
    if form.identity:
        seen.append((Question.IDENTITY, Means.EYE, "+".join(form.identity), Part.PRESENTER))
    if form.number and regime is Regime.NUMBER:
        seen.append((Question.NUMBER, Means.PAPER, form.number, Part.NUMBER_GIVER))
    return [
        Evidence(
            about=about,
            method=method,
            document=document,
            verdicts={},
            result=Result.CONFIRMED,
            staff_id=session.actor.staff_id,
            terminal=session.actor.terminal,
            at=press.at,
            role=role,
            regime=regime,
        )
        for about, method, document, role in seen
    ]
