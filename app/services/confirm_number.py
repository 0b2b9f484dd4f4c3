"""Confirm a 個人番号 (番号確認): only where the procedure may use it, and only if the office does not have it yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.identity import Document, Question, suffices
from app.domain.number import MyNumber
from app.domain.procedure import Procedure
from app.domain.verdict import Failed
from app.errors import NotAllowed, NotUnderstood
from app.services.card_port import Insertion, NumberReading
from app.services.confirm_person import CARD, CONFIRMED, NOT_CONFIRMED, document_of, evidence_of, verdict_marks
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session, Visit
from app.services.read_card import ReadCard
from app.wire.desk import Evidence
from app.wire.register import Hit

NUMBER_REGIME = "N"
"""The regime of procedures in which a number is handed over. Source: 番号法16条, published."""


class Way(StrEnum):
    """How a number is had or not had."""

    LINKED = "linked"
    CODE_A = "code_a"
    PIN = "pin"
    PAPER = "paper"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Asking:
    """Which procedure asks, and whom it concerns: ``hit`` None for a person not in the register."""

    procedure: Procedure
    hit: Hit | None


@dataclass(frozen=True, slots=True)
class NumberConfirmed:
    """The evidence; ``number`` only where one was confirmed, for the single-hit search, kept nowhere."""

    way: Way
    evidence: Evidence
    number: MyNumber | None = field(default=None, repr=False)


def ways(asking: Asking, *, card: bool) -> tuple[Way, ...]:
    """What may be offered, in the order of the rule; nothing where the procedure uses no number.

    ``card``: a card lies on the reader. A number that is linked already is not asked for again.
    """
    if asking.procedure.identity.regime != NUMBER_REGIME:
        return ()
    if asking.hit is not None and asking.hit.number_linked:
        return (Way.LINKED,)
    return (*((Way.CODE_A, Way.PIN) if card else ()), Way.PAPER, Way.DECLINED)


class ConfirmNumber:
    """The use case. A number that is missing, refused or not confirmed never stops the application."""

    def __init__(self, journal: Journal, cards: ReadCard, documents: Sequence[Document]) -> None:
        self._journal = journal
        self._cards = cards
        self._documents = {one.id: one for one in documents}

    def without(self, press: Press, session: Session, visit: Visit, asking: Asking, way: Way) -> NumberConfirmed:
        """LINKED: nothing is taken. DECLINED: the person has or gives none. Errors: NotAllowed where not offered."""
        if way not in {Way.LINKED, Way.DECLINED}:
            raise NotAllowed
        result = CONFIRMED if way is Way.LINKED else "declined"
        return self._keep(press, session, visit, asking, (way, "", {}, result, None))

    def by_code_a(
        self, press: Press, session: Session, visit: Visit, asking: Asking, card: "CardEntry"
    ) -> NumberConfirmed:
        """The 12 digits typed from the back, confirmed by the chip. Errors: those of ``ReadCard``, NotAllowed."""
        _offered(asking, Way.CODE_A)
        reading = self._cards.number_by_code_a(card.at, card.entry, last_try_confirmed=card.last_try_confirmed)
        return self._by_card(press, session, visit, asking, (Way.CODE_A, reading))

    def by_pin(
        self, press: Press, session: Session, visit: Visit, asking: Asking, card: "CardEntry"
    ) -> NumberConfirmed:
        """The holder's 4-digit PIN opens the number. Errors: those of ``ReadCard``, NotAllowed."""
        _offered(asking, Way.PIN)
        reading = self._cards.number_by_pin(card.at, card.entry, last_try_confirmed=card.last_try_confirmed)
        return self._by_card(press, session, visit, asking, (Way.PIN, reading))

    def by_paper(
        self, press: Press, session: Session, visit: Visit, asking: Asking, shown: tuple[str, str]
    ) -> NumberConfirmed:
        """A kind of paper that states it and the 12 digits typed from there.

        Errors: BadFormat, NotAllowed; NotUnderstood for a kind that proves no number.
        """
        kind, entry = shown
        if not suffices(Question.NUMBER, [document_of(self._documents, kind)]):
            raise NotUnderstood(what="document")
        return self._keep(press, session, visit, asking, (Way.PAPER, kind, {}, CONFIRMED, MyNumber(entry)))

    def _by_card(
        self, press: Press, session: Session, visit: Visit, asking: Asking, read: tuple[Way, NumberReading]
    ) -> NumberConfirmed:
        way, reading = read
        proof = reading.proof
        holds = not any(isinstance(verdict, Failed) for verdict in (proof.issuer, proof.record, proof.chip))
        seen = (way, CARD, verdict_marks(proof), CONFIRMED if holds else NOT_CONFIRMED)
        return self._keep(press, session, visit, asking, (*seen, reading.number if holds else None))

    def _keep(
        self,
        press: Press,
        session: Session,
        visit: Visit,
        asking: Asking,
        seen: tuple[Way, str, dict[str, str], str, MyNumber | None],
    ) -> NumberConfirmed:
        way, document, verdicts, result, number = seen
        _offered(asking, way)
        evidence = evidence_of(press, session, ("number", way.value, document), verdicts, result)
        marks = {f"verdict_{question}": mark for question, mark in verdicts.items()}
        about = "" if asking.hit is None else asking.hit.business_number
        act = session.act(
            press, "number.confirmed", visit=visit.visit_id, about=about, method=way.value, result=result, **marks
        )
        self._journal.write(act)
        return NumberConfirmed(way, evidence, number)


@dataclass(frozen=True, slots=True)
class CardEntry:
    """What was typed for the card that lies on a reader; ``last_try_confirmed``: the last try is used on purpose."""

    at: Insertion
    entry: str = field(repr=False)
    last_try_confirmed: bool = False


def _offered(asking: Asking, way: Way) -> None:
    if way not in ways(asking, card=True):
        raise NotAllowed
