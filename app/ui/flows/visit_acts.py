"""What the flows of a visit are handed: the use cases, the lanes they run on, and the data of the counter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.capacity import CapacityTable
from app.domain.carrying import Carrying
from app.domain.identity import Document, Question
from app.domain.procedure import Procedure
from app.services.ask_questions import AskQuestions
from app.services.card_port import CardReaders
from app.services.check_readers import CheckReaders
from app.services.close_visit import CloseVisit
from app.services.compose_visit_slip import Served
from app.services.confirm_authority import ConfirmAuthority
from app.services.confirm_number import ConfirmNumber
from app.services.confirm_person import ConfirmPerson
from app.services.correct_application import CorrectApplication
from app.services.enquire import Enquire
from app.services.find_person import FindPerson
from app.services.hand_in import HandIn
from app.services.hold_interview import HoldInterview
from app.services.open_visit import OpenVisit
from app.services.paper import Paper
from app.services.ports.seat import Press, Session, Visit
from app.services.prepare_application import PrepareApplication
from app.services.prove_holder import ProveHolder
from app.services.read_card import ReadCard
from app.services.read_licence import ReadLicence
from app.services.read_residence import ReadResidence
from app.services.save_draft import ResumeDraft, SaveDraft
from app.services.search_network import SearchNetwork
from app.services.work_status import WorkStatus
from app.ui.background import Lane
from app.wire.draft import Draft


@dataclass(frozen=True, slots=True)
class ReceiptSlip:
    """受付票: what it is printed from. ``number`` is "" while the application waits to be sent."""

    draft: Draft
    procedure: Procedure
    number: str
    receipt_date: date


@dataclass(frozen=True, slots=True)
class VisitActs:
    """The use cases of a visit. ``press`` makes the value of one key press; ``work_status`` looks at this PC alone.

    ``slip`` sets a 受付票, ``visit_slip`` a 応対票, ``sheet`` a 申請書, on the store's lane; ``show_paper`` puts one
    before the clerk under a title.
    """

    press: Callable[[], Press]
    readers: CardReaders
    read_card: ReadCard
    open_visit: OpenVisit
    close_visit: CloseVisit
    confirm_person: ConfirmPerson
    confirm_authority: ConfirmAuthority
    ask_questions: AskQuestions
    prove_holder: ProveHolder
    read_licence: ReadLicence
    read_residence: ReadResidence
    search_network: SearchNetwork
    check_readers: CheckReaders
    find_person: FindPerson
    confirm_number: ConfirmNumber
    prepare: PrepareApplication
    save_draft: SaveDraft
    resume_draft: ResumeDraft
    correct: CorrectApplication
    hand_in: HandIn
    work_status: Callable[[], WorkStatus]
    enquire: Enquire
    interview: HoldInterview
    slip: Callable[[Press, Session, ReceiptSlip], Paper]
    visit_slip: Callable[[Press, Session, Visit, Served], Paper]
    sheet: Callable[[Press, Session, ReceiptSlip], Paper]
    show_paper: Callable[[str, Paper], None]


@dataclass(frozen=True, slots=True)
class VisitLanes:
    """Where slow things run: the card, this PC's stores, the office behind the line; and where news is waited for."""

    reader: Lane
    store: Lane
    office: Lane
    news: Lane


@dataclass(frozen=True, slots=True)
class CounterBooks:
    """Data of the counter. ``municipalities``: code and name of those that are offered by name, own first.

    ``documents``: every kind that confirms a person or a number; ``capacities``: what each capacity asks for.
    ``changes``: kinds of changes of the register, id → title. ``carrying``: what several forms ask alike.
    """

    procedures: tuple[Procedure, ...]
    municipalities: tuple[tuple[str, str], ...]
    documents: tuple[Document, ...]
    capacities: CapacityTable
    changes: Mapping[str, str] = field(default_factory=dict)
    carrying: Carrying = field(default_factory=Carrying)

    def documents_for(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Id and word of the kinds that help to answer the question, in the order of the list."""
        return tuple((one.id, one.label) for one in self.documents if question in one.proves)

    def procedure(self, name: str) -> Procedure | None:
        """The procedure with that id."""
        return next((one for one in self.procedures if one.id == name), None)
