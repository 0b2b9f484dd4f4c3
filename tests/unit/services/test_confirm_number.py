"""C-20, M-1: no 個人番号 before its giver is confirmed, code A only with the office's leave; a missing one is fine."""

from dataclasses import dataclass, field, replace

import pytest

from app.domain.identity import Part, Question, Regime
from app.domain.number import MyNumber, TrainingNumber, training_check_digit
from app.domain.person import Capacity
from app.domain.procedure import Identity, Procedure
from app.domain.verdict import Failed, Verified
from app.errors import BadFormat, IdentityFirst, NoNumberLeave, NotAllowed, NotUnderstood, Unreachable
from app.services.card_port import Insertion, NumberReading, Proof, Timing, Traffic
from app.services.confirm_authority import ConfirmAuthority
from app.services.confirm_number import Asking, CardEntry, ConfirmNumber, NumberConfirmed, Way, ways
from app.services.confirm_person import ConfirmPerson
from app.services.known_facts import Relations
from app.services.ports.seat import Press, Session, Visit
from app.shipped import read_toml
from app.wire.desk import Evidence
from tests.support.claims import CLAIM
from tests.support.documents import CAPACITIES, DOCUMENTS
from tests.unit.services.conftest import Desk, hit

NUMBER = "123456789018"
VALID = Proof(Verified(), Verified(), Verified())
ALTERED = Proof(Verified(), Failed("card_record_altered"), Verified())
AT = Insertion("reader", 1)
QUICK = Timing(0, 0, 0, 0, Traffic())
CARD = ("my_number_card", NUMBER)
UNLINKED = hit(number_linked=False)


def under(regime: Regime) -> Procedure:
    return replace(CLAIM, identity=Identity(regime, "claimant"))


@dataclass
class Cards:
    """What a card would answer, and what it was asked."""

    proof: Proof = VALID
    asked: list[str] = field(default_factory=list)

    def number_by_code_a(self, at: Insertion, entry: str, *, last_try_confirmed: bool = False) -> NumberReading:
        self.asked.append("code_a")
        return NumberReading(at, MyNumber(entry), None, self.proof, QUICK)

    def number_by_pin(self, at: Insertion, entry: str, *, last_try_confirmed: bool = False) -> NumberReading:
        self.asked.append("pin")
        return NumberReading(at, MyNumber(NUMBER), None, self.proof, QUICK)


@dataclass
class Leave:
    """The office's leave. ``error``: what stands against it."""

    error: Exception | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)

    def ask(self, press: Press, session: Session, visit_id: str, procedure: str) -> None:
        self.asked.append((visit_id, procedure))
        if self.error is not None:
            raise self.error


@dataclass
class Seat:
    """A clerk, a visit and the use cases."""

    counter: Desk
    cards: Cards = field(default_factory=Cards)
    leave: Leave | None = field(default_factory=Leave)

    def __post_init__(self) -> None:
        self.session = self.counter.sign_in()
        self.visit: Visit = self.counter.visit(self.session)

    @property
    def confirm(self) -> ConfirmNumber:
        return ConfirmNumber(self.counter.journal, self.cards, DOCUMENTS, CAPACITIES, self.leave)  # type: ignore[arg-type]

    @property
    def at(self) -> tuple[Press, Session, Visit]:
        return self.counter.press(), self.session, self.visit

    def person(self, part: Part = Part.PRESENTER, *kinds: str) -> Evidence:
        confirm = ConfirmPerson(self.counter.journal, DOCUMENTS).of(part)
        return confirm.by_eye(*self.at, kinds or ("driving_licence",))

    def authority(self, capacity: Capacity = Capacity.AGENT, kind: str = "power_of_attorney") -> Evidence:
        relations = Relations.parse(read_toml("tables", "relations.toml"))
        return ConfirmAuthority(self.counter.journal, CAPACITIES, relations).by_paper(*self.at, capacity, (kind,))

    def each_way(self, asking: Asking) -> list[Way]:
        """By which ways a number was taken."""
        tries = {
            Way.CODE_A: lambda: self.confirm.by_code_a(*self.at, asking, CardEntry(AT, NUMBER)),
            Way.PIN: lambda: self.confirm.by_pin(*self.at, asking, CardEntry(AT, "1234")),
            Way.PAPER: lambda: self.confirm.by_paper(*self.at, asking, CARD),
            Way.STATED: lambda: self.confirm.stated(*self.at, asking, NUMBER),
        }
        taken = []
        for way, attempt in tries.items():
            try:
                found: NumberConfirmed = attempt()
            except (IdentityFirst, NotAllowed):
                continue
            if found.number is not None:
                taken.append(way)
        return taken


@pytest.fixture
def seat(counter: Desk) -> Seat:
    return Seat(counter)


ALL = [Way.CODE_A, Way.PIN, Way.PAPER]


def test_a_number_is_asked_only_where_the_procedure_uses_it_and_never_if_it_is_known() -> None:
    assert ways(Asking(CLAIM, hit()), card=True) == (Way.LINKED,)
    assert ways(Asking(CLAIM, UNLINKED), card=True) == (Way.CODE_A, Way.PIN, Way.PAPER, Way.DECLINED)
    assert ways(Asking(CLAIM, UNLINKED), card=False) == (Way.PAPER, Way.DECLINED)
    assert ways(Asking(CLAIM, None), card=False) == (Way.PAPER, Way.DECLINED)
    assert ways(Asking(CLAIM, UNLINKED, dependent=True), card=True) == (Way.STATED, Way.DECLINED)
    for regime in (Regime.CERTIFICATE, Regime.MOVE):
        assert ways(Asking(under(regime), UNLINKED), card=True) == ()


@pytest.mark.parametrize("regime", [Regime.CERTIFICATE, Regime.MOVE])
def test_under_the_other_regimes_every_way_to_a_number_is_locked(seat: Seat, regime: Regime) -> None:
    asking = Asking(under(regime), UNLINKED, evidence=(seat.person(),))
    assert seat.each_way(asking) == []
    assert (seat.cards.asked, seat.leave.asked) == ([], [])
    for way in (Way.LINKED, Way.DECLINED):
        with pytest.raises(NotAllowed):
            seat.confirm.without(*seat.at, asking, way)


def test_no_number_is_taken_before_the_person_is_confirmed_and_the_card_is_not_even_asked(seat: Seat) -> None:
    unproven = seat.person(Part.PRESENTER, "care_insurance")
    other = seat.person(Part.APPLICANT)
    for evidence in ((), (unproven,), (other,), (seat.person(), unproven)):
        asking = Asking(CLAIM, UNLINKED, evidence=evidence)
        assert seat.confirm.missing(asking) == (Question.IDENTITY,)
        assert seat.each_way(asking) == []
    assert (seat.cards.asked, seat.leave.asked) == ([], [])
    assert seat.each_way(Asking(CLAIM, UNLINKED, evidence=(seat.person(),))) == ALL


def test_an_agent_shows_authority_and_identity_before_the_number(seat: Seat) -> None:
    agent, mandate = seat.person(), seat.authority()
    of_a_guardian = seat.authority(Capacity.LEGAL_REPRESENTATIVE, "family_register")
    missing: list[tuple[tuple[Evidence, ...], tuple[Question, ...]]] = [
        ((), (Question.IDENTITY, Question.AUTHORITY)),
        ((agent,), (Question.AUTHORITY,)),
        ((mandate,), (Question.IDENTITY,)),
        ((agent, of_a_guardian), (Question.AUTHORITY,)),
    ]
    for evidence, questions in missing:
        asking = Asking(CLAIM, UNLINKED, Capacity.AGENT, evidence)
        assert seat.confirm.missing(asking) == questions
        assert seat.each_way(asking) == []
    assert seat.each_way(Asking(CLAIM, UNLINKED, Capacity.AGENT, (agent, mandate))) == ALL


def test_a_messenger_needs_the_number_givers_copies_and_not_his_own_document(seat: Seat) -> None:
    assert seat.each_way(Asking(CLAIM, UNLINKED, Capacity.MESSENGER, (seat.person(),))) == []
    copies = seat.person(Part.NUMBER_GIVER)
    assert seat.each_way(Asking(CLAIM, UNLINKED, Capacity.MESSENGER, (copies,))) == ALL


def test_a_capacity_that_hands_over_no_number_can_not(seat: Seat) -> None:
    for capacity in (Capacity.PUBLIC_USE, Capacity.THIRD_PARTY, Capacity.PROFESSIONAL):
        assert seat.each_way(Asking(CLAIM, UNLINKED, capacity, (seat.person(), seat.authority()))) == []


def test_the_number_of_a_spouse_or_child_is_taken_without_confirming_them(seat: Seat) -> None:
    asking = Asking(CLAIM, UNLINKED, dependent=True)
    found = seat.confirm.stated(*seat.at, asking, NUMBER)
    assert found.number == MyNumber(NUMBER)
    assert (found.evidence.role, found.evidence.result) == (Part.DEPENDENT, "not_required")
    assert seat.each_way(asking) == [Way.STATED]
    with pytest.raises(NotAllowed):
        seat.confirm.stated(*seat.at, Asking(CLAIM, UNLINKED), NUMBER)
    with pytest.raises(BadFormat):
        seat.confirm.stated(*seat.at, asking, "123456789012")


def test_code_a_needs_the_offices_leave_before_the_card_is_asked(seat: Seat) -> None:
    asking = Asking(CLAIM, UNLINKED, evidence=(seat.person(),))
    seat.confirm.by_code_a(*seat.at, asking, CardEntry(AT, NUMBER))
    assert seat.leave is not None
    assert seat.leave.asked == [(seat.visit.visit_id, CLAIM.id)]
    seat.cards.asked.clear()
    for error, told in ((Unreachable(), NoNumberLeave), (NotAllowed(), NotAllowed)):
        seat.leave.error = error
        with pytest.raises(told):
            seat.confirm.by_code_a(*seat.at, asking, CardEntry(AT, NUMBER))
    seat.leave = None
    with pytest.raises(NoNumberLeave):
        seat.confirm.by_code_a(*seat.at, asking, CardEntry(AT, NUMBER))
    assert seat.cards.asked == []
    assert seat.confirm.by_pin(*seat.at, asking, CardEntry(AT, "1234")).number is not None


def test_pin_and_face_confirm_person_and_number_with_one_reading(seat: Seat) -> None:
    asking = Asking(CLAIM, UNLINKED)
    found = seat.confirm.by_pin(*seat.at, asking, CardEntry(AT, "1234", same_face=True))
    assert found.person is not None
    assert (found.person.about, found.person.method, found.person.result) == ("person", "pin", "confirmed")
    assert found.number == MyNumber(NUMBER)
    assert seat.counter.kinds[-2:] == ["person.confirmed", "number.confirmed"]
    before = Asking(CLAIM, UNLINKED, evidence=(seat.person(),))
    assert seat.confirm.by_pin(*seat.at, before, CardEntry(AT, "1234", same_face=True)).person is None
    agent = Asking(CLAIM, UNLINKED, Capacity.AGENT)
    with pytest.raises(IdentityFirst):
        seat.confirm.by_pin(*seat.at, agent, CardEntry(AT, "1234", same_face=True))


def test_a_number_that_the_chip_does_not_prove_is_not_taken(seat: Seat) -> None:
    seat.cards.proof = ALTERED
    asking = Asking(CLAIM, UNLINKED, evidence=(seat.person(),))
    found = seat.confirm.by_pin(*seat.at, asking, CardEntry(AT, "1234"))
    assert (found.number, found.evidence.result) == (None, "not_confirmed")
    both = seat.confirm.by_pin(*seat.at, Asking(CLAIM, UNLINKED), CardEntry(AT, "1234", same_face=True))
    assert both.person is not None
    assert (both.number, both.person.result) == (None, "not_confirmed")


def test_on_paper_only_a_kind_that_states_the_number_confirms_it(seat: Seat) -> None:
    asking = Asking(CLAIM, UNLINKED, evidence=(seat.person(),))
    assert seat.confirm.by_paper(*seat.at, asking, CARD).evidence.document == "my_number_card"
    with pytest.raises(NotUnderstood):
        seat.confirm.by_paper(*seat.at, asking, ("driving_licence", NUMBER))
    with pytest.raises(NotUnderstood):
        seat.confirm.by_paper(*seat.at, asking, ("number_notification_letter", NUMBER))
    with pytest.raises(BadFormat):
        seat.confirm.by_paper(*seat.at, asking, ("my_number_card", "123456789012"))


def test_declining_is_no_error_and_a_linked_number_is_never_taken_again(seat: Seat) -> None:
    unlinked = Asking(CLAIM, UNLINKED)
    assert seat.confirm.without(*seat.at, unlinked, Way.DECLINED).evidence.result == "declined"
    linked = Asking(CLAIM, hit(), evidence=(seat.person(),))
    assert seat.confirm.without(*seat.at, linked, Way.LINKED).evidence.result == "confirmed"
    assert seat.each_way(linked) == []
    with pytest.raises(NotAllowed):
        seat.confirm.without(*seat.at, unlinked, Way.LINKED)


def test_what_is_kept_is_kind_result_role_and_regime_and_never_the_number(seat: Seat) -> None:
    found = seat.confirm.by_paper(*seat.at, Asking(CLAIM, UNLINKED, evidence=(seat.person(),)), CARD)
    act = seat.counter.journal.acts[-1]
    assert act.detail() == {
        "method": "paper",
        "document": "my_number_card",
        "result": "confirmed",
        "role": "number_giver",
        "regime": "N",
    }
    assert (act.staff_id, act.terminal, act.visit) == ("c001", "T-01", seat.visit.visit_id)
    assert (found.evidence.staff_id, found.evidence.terminal, found.evidence.at) == ("c001", "T-01", act.at)
    assert NUMBER not in repr((found, seat.counter.journal.acts))


def test_in_training_only_numbers_of_training_are_taken_by_paper_by_word_and_from_a_card(seat: Seat) -> None:
    asking = Asking(CLAIM, UNLINKED, evidence=(seat.person(),))
    child = Asking(CLAIM, UNLINKED, dependent=True)
    confirm = ConfirmNumber(seat.counter.journal, seat.cards, DOCUMENTS, CAPACITIES, seat.leave, TrainingNumber)  # type: ignore[arg-type]
    training = f"{NUMBER[:11]}{training_check_digit(NUMBER[:11])}"
    assert confirm.by_paper(*seat.at, asking, (CARD[0], training)).number == TrainingNumber(training)
    assert confirm.stated(*seat.at, child, training).number == TrainingNumber(training)
    with pytest.raises(BadFormat):
        confirm.by_paper(*seat.at, asking, (CARD[0], NUMBER))
    with pytest.raises(BadFormat):
        confirm.stated(*seat.at, child, NUMBER)
    with pytest.raises(BadFormat):
        confirm.by_pin(*seat.at, asking, CardEntry(AT, "1234"))
    with pytest.raises(BadFormat):
        seat.confirm.stated(*seat.at, child, training)
