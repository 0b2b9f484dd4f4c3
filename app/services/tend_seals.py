"""印鑑登録 at the counter: what is registered for a person, a new registration, the answer to a letter, the end."""

from dataclasses import dataclass, field

from app.errors import PaperNeedsOffice
from app.services.issue_certificate import CertificatePress
from app.services.needs_office import needs_office
from app.services.paper import Paper
from app.services.ports.certificates import SealOffice
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session, Visit
from app.services.record_act import Doing, recorded
from app.wire.seal import AnswerLetter, CancelSeal, RegisterSeal, SealRow, Seals


@dataclass(frozen=True, slots=True)
class Registered:
    """What came of it; ``letter``: the 照会書, None where there is none."""

    row: SealRow
    letter: Paper | None = field(repr=False)


class TendSeals:
    """The use case."""

    def __init__(self, office: SealOffice, journal: Journal, papers: CertificatePress) -> None:
        self._office = office
        self._journal = journal
        self._papers = papers

    def seals(self, press: Press, session: Session, visit: Visit, business_number: str) -> Seals:
        """All registrations of a person. Errors: PaperNeedsOffice, NotAllowed, Refused ``restrained``."""

        def look() -> Seals:
            with needs_office(PaperNeedsOffice):
                return self._office.seals(press, session, (business_number, visit.visit_id))

        doing = Doing("seals.opened", visit.visit_id, business_number)
        return recorded(self._journal, (press, session), doing, look)

    def register(self, press: Press, session: Session, asked: RegisterSeal) -> Registered:
        """At once with a card, or by letter. Errors: Refused with why a seal is not registered."""

        def register() -> Registered:
            with needs_office(PaperNeedsOffice):
                done = self._office.register(press, session, asked)
            letter = None
            if done.letter is not None:
                letter = self._papers.set(done.letter, address=done.address, visit=asked.visit_id)
            return Registered(done.row, letter)

        doing = Doing("seal.registered", asked.visit_id, asked.business_number, {"way": asked.way})
        return recorded(self._journal, (press, session), doing, register)

    def answer(self, press: Press, session: Session, asked: AnswerLetter) -> SealRow:
        """The answer came back. Errors: Refused ``letter_wrong``, ``letter_over``."""

        def answer() -> SealRow:
            with needs_office(PaperNeedsOffice):
                return self._office.answer(press, session, asked)

        doing = Doing("seal.answered", asked.visit_id, asked.seal_id)
        return recorded(self._journal, (press, session), doing, answer)

    def cancel(self, press: Press, session: Session, asked: CancelSeal) -> SealRow:
        """廃印. Errors: Refused with why not."""

        def cancel() -> SealRow:
            with needs_office(PaperNeedsOffice):
                return self._office.cancel(press, session, asked)

        doing = Doing("seal.cancelled", asked.visit_id, asked.seal_id, {"reason": asked.reason})
        return recorded(self._journal, (press, session), doing, cancel)
