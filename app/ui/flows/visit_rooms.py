"""The screens and flows of a visit, made once and put together."""

from app.domain.identity import Question
from app.ui.flows.application import ApplicationFlow
from app.ui.flows.application_notes import FormNotes
from app.ui.flows.card_watch import CardWatch
from app.ui.flows.chip import ChipFlow
from app.ui.flows.chip_ways import chip_ways
from app.ui.flows.enquiries import EnquiryFlow
from app.ui.flows.hand_in import HandInFlow
from app.ui.flows.identify import IdentifyFlow
from app.ui.flows.identify_eye import EyeFlow
from app.ui.flows.identify_ways import WaysFlow
from app.ui.flows.interview import InterviewFlow
from app.ui.flows.interview_plan import PlanFlow
from app.ui.flows.number import NumberFlow
from app.ui.flows.person import PersonFlow
from app.ui.flows.person_checks import ChecksFlow
from app.ui.flows.pin_entry import Faces, PinFlow
from app.ui.flows.readers import ReadersFlow
from app.ui.flows.resident_check import ResidentCheckFlow
from app.ui.flows.resident_display import ResidentFlow
from app.ui.flows.resident_more import ResidentSayFlow
from app.ui.flows.visit_acts import CounterBooks, VisitActs, VisitLanes
from app.ui.flows.waiting import WaitingFlow
from app.ui.kit import Kit
from app.ui.screens.application import ApplicationScreen
from app.ui.screens.authority import AuthorityScreen
from app.ui.screens.enquiries import EnquiryScreen
from app.ui.screens.hand_in import HandedInScreen, HandInScreen
from app.ui.screens.identify import IdentifyScreen
from app.ui.screens.identify_chip import ChipScreen
from app.ui.screens.identify_eye import EyeScreen
from app.ui.screens.identify_ways import WaysScreen
from app.ui.screens.interview_events import InterviewEventsScreen
from app.ui.screens.interview_plan import InterviewPlanScreen
from app.ui.screens.interview_question import InterviewQuestionScreen
from app.ui.screens.number import NumberScreen
from app.ui.screens.person import PersonScreen
from app.ui.screens.pin_entry import PinEntryScreen
from app.ui.screens.procedure import ProcedureScreen
from app.ui.screens.questions import QuestionsScreen
from app.ui.screens.readers import ReadersScreen
from app.ui.screens.resident_check import ResidentCheckScreen
from app.ui.screens.waiting import WaitingScreen

VisitScreen = (
    IdentifyScreen
    | EyeScreen
    | WaysScreen
    | ChipScreen
    | QuestionsScreen
    | AuthorityScreen
    | PersonScreen
    | ProcedureScreen
    | InterviewEventsScreen
    | InterviewQuestionScreen
    | InterviewPlanScreen
    | NumberScreen
    | ApplicationScreen
    | EnquiryScreen
    | HandInScreen
    | ResidentCheckScreen
    | HandedInScreen
)


class Rooms:
    """Where a visit takes place."""

    def __init__(self, kit: Kit, faces: Faces, lanes: VisitLanes, acts: VisitActs, books: CounterBooks) -> None:
        self.notes = FormNotes(kit)
        self.waiting_screen = WaitingScreen(kit)
        self.identify_screen, self.eye_screen = (
            IdentifyScreen(kit),
            EyeScreen(kit, books.documents_for(Question.IDENTITY)),
        )
        self.person_screen, self.procedure_screen = PersonScreen(kit), ProcedureScreen(kit)
        events = [(one.id, one.label, one.hint) for one in acts.interview.interview.events]
        self.interview_screens = (
            InterviewEventsScreen(kit, events),
            InterviewQuestionScreen(kit),
            InterviewPlanScreen(kit),
        )
        self.number_screen = NumberScreen(kit, books.documents_for(Question.NUMBER))
        self.form_screen = ApplicationScreen(kit, books.municipalities)
        self.enquiry_screen, self.readers_screen = EnquiryScreen(kit), ReadersScreen(kit)
        self.hand_in_screen, self.result_screen = HandInScreen(kit), HandedInScreen(kit)
        self.readers = ReadersFlow(kit, self.readers_screen, lanes, acts)
        self.waiting = WaitingFlow(kit, self.waiting_screen, lanes, acts, books)
        self.cards = CardWatch(kit, self.identify_screen, lanes, acts)
        self.identify = IdentifyFlow(kit, self.identify_screen, self.cards, lanes, acts)
        self.eye = EyeFlow(kit, self.eye_screen, lanes, acts)
        self.person = PersonFlow(kit, self.person_screen, lanes, acts)
        self.pin_screen = PinEntryScreen(kit)
        self.pin = PinFlow(kit, self.pin_screen, faces)
        self.ways_screen, self.chip_screen = WaysScreen(kit), ChipScreen(kit)
        self.chip = ChipFlow(kit, self.chip_screen, (self.cards, self.pin), lanes, acts)
        self.ways = WaysFlow(kit, self.ways_screen, self.cards, chip_ways(kit, acts), books)
        self.questions_screen = QuestionsScreen(kit, books.documents_for(Question.IDENTITY))
        self.authority_screen = AuthorityScreen(kit)
        self.checks = ChecksFlow(kit, (self.questions_screen, self.authority_screen), lanes, acts, books)
        self.interview, self.plan = (
            InterviewFlow(kit, self.interview_screens[:2], lanes, acts),
            PlanFlow(kit, self.interview_screens[2], lanes, acts),
        )
        self.number = NumberFlow(kit, self.number_screen, (self.cards, self.pin), lanes, acts)
        self.form = ApplicationFlow(kit, self.form_screen, lanes, acts, books)
        self.enquiries = EnquiryFlow(kit, self.enquiry_screen, lanes, acts, books)
        self.hand_in = HandInFlow(kit, (self.hand_in_screen, self.result_screen), lanes, acts, books)
        self._make_resident(kit, faces, books)

    def of_a_visit(self) -> tuple[VisitScreen, ...]:
        """Every screen that may hold something of a person."""
        return (
            self.identify_screen,
            self.eye_screen,
            self.ways_screen,
            self.chip_screen,
            self.questions_screen,
            self.authority_screen,
            self.person_screen,
            self.procedure_screen,
            *self.interview_screens,
            self.number_screen,
            self.form_screen,
            self.enquiry_screen,
            self.hand_in_screen,
            self.check_screen,
            self.result_screen,
        )

    def end_visit(self) -> None:
        """Every flow lets go of the person, every screen is emptied."""
        self.pin.drop()
        for shown in (self.check, self.resident, self.say):
            shown.end()
        identity = (self.identify, self.eye, self.ways, self.chip, self.checks)
        for flow in (
            *identity,
            self.person,
            self.interview,
            self.plan,
            self.number,
            self.form,
            self.enquiries,
            self.hand_in,
        ):
            flow.end()
        for screen in self.of_a_visit():
            screen.wipe()

    def _make_resident(self, kit: Kit, faces: Faces, books: CounterBooks) -> None:
        """What stands on the resident's display, and the flows that put it there."""
        self.resident, self.check_screen = ResidentFlow(kit, faces), ResidentCheckScreen(kit)
        self.check = ResidentCheckFlow(kit, self.check_screen, faces, self.resident, books)
        self.say = ResidentSayFlow(kit, faces, self.resident)
        self.cards.moved.connect(self.resident.card_moved)
