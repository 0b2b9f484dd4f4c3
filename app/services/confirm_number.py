"""Confirm a 個人番号 (番号確認): only where the procedure may use it, and only if the office does not have it yet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.domain.capacity import CapacityTable, consequence
from app.domain.identity import Document, Means, Part, Question, Regime, Result, suffices
from app.domain.number import MyNumber, ReadNumber
from app.domain.person import Capacity
from app.domain.procedure import Procedure
from app.domain.rights import ItemClass, allowed
from app.domain.verdict import Failed
from app.errors import IdentityFirst, NoNumberLeave, NotAllowed, NotUnderstood, Unreachable
from app.services.card_port import Insertion, NumberReading, Picture
from app.services.confirm_person import (
    CARD,
    CONFIRMED,
    NOT_CONFIRMED,
    Checked,
    checked_by_pin,
    document_of,
    keep,
    proof_marks,
)
from app.services.ports.leave import NumberLeave
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session, Visit
from app.services.read_card import ReadCard
from app.wire.desk import Evidence
from app.wire.evidence import confirmations
from app.wire.register import Hit

SHOW = "item.show"
"""The right to see an item of a class, here the number."""


class Way(StrEnum):
    """How a number is had or not had. ``STATED``: the claimant gives that of a spouse or child."""

    LINKED = "linked"
    CODE_A = "code_a"
    PIN = "pin"
    PAPER = "paper"
    STATED = "stated"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Asking:
    """Which procedure asks, and whose number: ``hit`` is that person, None for one not in the register.

    ``capacity`` and ``evidence``: in what capacity the presenter stands here and what was confirmed so far.
    ``dependent``: the claimant hands in the number of a spouse or child, of whom nothing is to be confirmed.
    """

    procedure: Procedure
    hit: Hit | None
    capacity: Capacity = Capacity.SELF
    evidence: tuple[Evidence, ...] = ()
    dependent: bool = False


@dataclass(frozen=True, slots=True)
class NumberConfirmed:
    """The evidence; ``number`` only where one was confirmed, for the single-hit search, kept nowhere.

    ``person``: that the same card and PIN confirmed who it is; None where that was confirmed before. ``image``: the
    card's picture of the number, only for who may see numbers; kept nowhere, but that it is shown is an act.
    """

    way: Way
    evidence: Evidence
    number: MyNumber | None = field(default=None, repr=False)
    person: Evidence | None = None
    image: Picture | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CardEntry:
    """What was typed for the card that lies on a reader; None: a PIN that is typed on the reader's own pad.

    ``last_try_confirmed``: the last try is used on purpose.

    ``same_face``: the clerk holds the face on the card for that of the person (asked with the PIN, where the person
    is not confirmed yet).
    """

    at: Insertion
    entry: str | None = field(repr=False)
    last_try_confirmed: bool = False
    same_face: bool = False


def ways(asking: Asking, *, card: bool) -> tuple[Way, ...]:
    """What may be offered, in the order of the rule; nothing where the procedure uses no number.

    ``card``: a card lies on the reader. A number that is linked already is not asked for again.
    """
    if asking.procedure.identity.regime is not Regime.NUMBER:
        return ()
    if asking.hit is not None and asking.hit.number_linked:
        return (Way.LINKED,)
    if asking.dependent:
        return (Way.STATED, Way.DECLINED)
    return (*((Way.CODE_A, Way.PIN) if card else ()), Way.PAPER, Way.DECLINED)


class ConfirmNumber:
    """The use case. A number that is missing, refused or not confirmed never stops the application.

    None is taken before 番号確認, 身元確認 and, for a representative, the authority are confirmed. ``leave`` None: this
    counter can't ask the office, so code A is refused. Errors of all that take a number: NotAllowed where the way is
    not offered, IdentityFirst(question) while something else has to be confirmed before.
    """

    def __init__(
        self,
        journal: Journal,
        cards: ReadCard,
        documents: Sequence[Document],
        rules: CapacityTable,
        leave: NumberLeave | None,
        read_number: ReadNumber = MyNumber,
    ) -> None:
        self._journal = journal
        self._cards = cards
        self._documents = {one.id: one for one in documents}
        self._rules = rules
        self._leave = leave
        self._read_number = read_number

    def missing(self, asking: Asking) -> tuple[Question, ...]:
        """What has to be confirmed before a number may be taken: person, authority, or nothing."""
        if asking.dependent:
            return ()
        found = confirmations(asking.evidence)
        needs = consequence(self._rules, Regime.NUMBER, asking.capacity, found).missing
        if self._rules.rule(Regime.NUMBER, asking.capacity) is None:
            return (Question.AUTHORITY,)
        return tuple(need.question for need in needs if need.question is not Question.NUMBER)

    def without(self, press: Press, session: Session, visit: Visit, asking: Asking, way: Way) -> NumberConfirmed:
        """LINKED: nothing is taken. DECLINED: the person has or gives none. Errors: NotAllowed where not offered."""
        if way not in {Way.LINKED, Way.DECLINED}:
            raise NotAllowed
        result = CONFIRMED if way is Way.LINKED else Result.DECLINED
        return self._keep((press, session, visit), asking, way, Checked(Question.NUMBER, Means(way.value), result))

    def by_code_a(
        self, press: Press, session: Session, visit: Visit, asking: Asking, card: CardEntry
    ) -> NumberConfirmed:
        """The 12 digits typed from the back, confirmed by the chip; the office's leave is asked before the card.

        Errors besides: those of ``ReadCard``; NoNumberLeave while the office can't be asked.
        """
        self._demand(asking, Way.CODE_A)
        if self._leave is None:
            raise NoNumberLeave
        try:
            self._leave.ask(press, session, visit.visit_id, asking.procedure.id)
        except Unreachable as error:
            raise NoNumberLeave from error
        reading = self._cards.number_by_code_a(card.at, card.entry or "", last_try_confirmed=card.last_try_confirmed)
        confirmed = self._by_card((press, session, visit), asking, Way.CODE_A, reading)
        return replace(confirmed, image=self._seen((press, session, visit), asking, reading.image))

    def by_pin(self, press: Press, session: Session, visit: Visit, asking: Asking, card: CardEntry) -> NumberConfirmed:
        """The holder's 4-digit PIN opens number and basic four: with ``same_face`` it confirms the person as well.

        Errors besides: those of ``ReadCard``.
        """
        at = (press, session, visit)
        also_person = card.same_face and asking.capacity is Capacity.SELF
        self._demand(asking, Way.PIN, but=Question.IDENTITY if also_person else None)
        reading = self._cards.number_by_pin(card.at, card.entry, last_try_confirmed=card.last_try_confirmed)
        if not also_person or Question.IDENTITY not in self.missing(asking):
            return self._by_card(at, asking, Way.PIN, reading)
        checked = replace(checked_by_pin(reading.proof, same_face=True), regime=Regime.NUMBER)
        person = keep(self._journal, at, Part.PRESENTER, checked)
        return replace(self._by_card(at, asking, Way.PIN, reading), person=person)

    def by_paper(
        self, press: Press, session: Session, visit: Visit, asking: Asking, shown: tuple[str, str]
    ) -> NumberConfirmed:
        """A kind of paper that states it and the 12 digits typed from there.

        Errors besides: BadFormat; NotUnderstood for a kind that proves no number.
        """
        kind, entry = shown
        self._demand(asking, Way.PAPER)
        if not suffices(Question.NUMBER, [document_of(self._documents, kind)]):
            raise NotUnderstood(what="document")
        number = self._read_number(entry)
        checked = Checked(Question.NUMBER, Means.PAPER, CONFIRMED, (kind,))
        return self._keep((press, session, visit), asking, Way.PAPER, checked, lambda: number)

    def stated(self, press: Press, session: Session, visit: Visit, asking: Asking, entry: str) -> NumberConfirmed:
        """The claimant gives the number of a spouse or child; it is held against the register afterwards.

        Errors besides: BadFormat.
        """
        self._demand(asking, Way.STATED)
        number = self._read_number(entry)
        checked = Checked(Question.NUMBER, Means.STATED, Result.NOT_REQUIRED)
        return self._keep((press, session, visit), asking, Way.STATED, checked, lambda: number)

    def _demand(self, asking: Asking, way: Way, but: Question | None = None) -> None:
        _offered(asking, way)
        first = next((question for question in self.missing(asking) if question is not but), None)
        if first is not None:
            raise IdentityFirst(question=first.value)

    def _by_card(
        self, at: tuple[Press, Session, Visit], asking: Asking, way: Way, reading: NumberReading
    ) -> NumberConfirmed:
        """The chip's number; one of training counts in service for nothing, nor a real one in training."""
        self._read_number(reading.number.text())
        proof = reading.proof
        holds = not any(isinstance(verdict, Failed) for verdict in (proof.issuer, proof.record, proof.chip))
        result = CONFIRMED if holds else NOT_CONFIRMED
        checked = Checked(Question.NUMBER, Means(way.value), result, (CARD,), proof_marks(proof))
        if not holds:
            reading.number.wipe()
        return self._keep(at, asking, way, checked, lambda: reading.number if holds else None)

    def _seen(self, at: tuple[Press, Session, Visit], asking: Asking, image: Picture | None) -> Picture | None:
        """The picture for who may see numbers, once it is kept that it is shown; nothing for the others."""
        press, session, visit = at
        day, procedure = session.call(press).day, asking.procedure.id
        if image is None or not allowed(session.actor, SHOW, procedure, ItemClass.MY_NUMBER, day=day):
            return None
        about = "" if asking.hit is None else asking.hit.business_number
        self._journal.write(session.act(press, "number.shown", visit=visit.visit_id, about=about, procedure=procedure))
        return image

    def _keep(
        self,
        at: tuple[Press, Session, Visit],
        asking: Asking,
        way: Way,
        checked: Checked,
        number: Callable[[], MyNumber | None] = lambda: None,
    ) -> NumberConfirmed:
        """The act is written before the number is given on."""
        _offered(asking, way)
        about = "" if asking.hit is None else asking.hit.business_number
        part = Part.DEPENDENT if asking.dependent else Part.NUMBER_GIVER
        evidence = keep(self._journal, at, part, replace(checked, regime=Regime.NUMBER), about)
        return NumberConfirmed(way, evidence, number())


def _offered(asking: Asking, way: Way) -> None:
    if way not in ways(asking, card=True):
        raise NotAllowed
