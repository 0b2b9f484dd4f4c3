"""Confirm who stands here (身元確認): by a chip's verdicts and the face, or by eye (券面目視)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from app.domain.clock import business_date
from app.domain.identity import Aspect, Document, Means, Part, Question, Regime, Result, suffices
from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.errors import NotUnderstood
from app.services.card_port import FaceReading, Proof
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session, Visit
from app.services.ports.validity import RevocationAnswer
from app.services.prove_holder import HolderProof
from app.wire.desk import Evidence

CONFIRMED, NOT_CONFIRMED = Result.CONFIRMED, Result.NOT_CONFIRMED


CARD = "my_number_card"
"""The card's kind in the list of documents."""


@dataclass(frozen=True, slots=True)
class ChipCheck:
    """What reading a chip said of a document of ``kind``: verdicts, the last day, 失効確認 where it was asked.

    ``means``: JPKI, DOCUMENT_CHIP or PIN. ``last_day``: of the certificate or the document, None where not known.
    """

    means: Means
    kind: str
    verdicts: Mapping[Aspect, Verdict]
    last_day: date | None = None
    revocation: RevocationAnswer | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """One confirmation as it is kept: no more of a document than ``kinds`` of it goes any further."""

    question: Question
    means: Means
    result: Result
    kinds: tuple[str, ...] = ()
    verdicts: Mapping[Aspect, str] = field(default_factory=dict)
    valid_until: date | None = None
    revocation_as_of: datetime | None = None
    regime: Regime | None = None


class ConfirmPerson:
    """The use case. Of a document only its kind, the verdicts and the result are kept. ``documents``: all kinds."""

    def __init__(self, journal: Journal, documents: Sequence[Document], part: Part = Part.PRESENTER) -> None:
        self._journal = journal
        self._documents = {one.id: one for one in documents}
        self._part = part

    def of(self, part: Part) -> "ConfirmPerson":
        """The same for somebody else than who stands here: a number giver whose messenger brings copies."""
        return ConfirmPerson(self._journal, tuple(self._documents.values()), part)

    def suffices(self, kinds: tuple[str, ...]) -> bool:
        """Whether these kinds together confirm who it is. Errors: NotUnderstood for one that is not on the list."""
        return suffices(Question.IDENTITY, [document_of(self._documents, kind) for kind in kinds])

    def by_chip(
        self, press: Press, session: Session, visit: Visit, reading: FaceReading, *, same_face: bool
    ) -> Evidence:
        """The chip's answer and the clerk's look at the face together.

        Confirmed if no verdict has failed, the card has not expired and the face is that of the person. A verdict that
        could not be had (NotChecked) stands in the evidence and is the clerk's to weigh.
        """
        verdicts = proof_marks(reading.proof) | {Aspect.EXPIRY: _expiry(reading, session.call(press).day)}
        last = None if reading.expiry is None else reading.expiry.day
        checked = with_face(Means.CHIP, (CARD,), verdicts, same_face=same_face)
        return self._keep(press, session, visit, replace(checked, valid_until=last))

    def by_check(self, press: Press, session: Session, visit: Visit, check: ChipCheck, *, same_face: bool) -> Evidence:
        """What a chip said of its document, and the face printed on it.

        Confirmed if no verdict has failed (a revoked or expired certificate has) and the face is that of the person.
        Errors: NotUnderstood for a kind that is not on the list or confirms nobody by itself.
        """
        if not self.suffices((check.kind,)):
            raise NotUnderstood(what="document")
        verdicts = {aspect: mark_of(verdict) for aspect, verdict in check.verdicts.items()}
        as_of = None
        if check.revocation is not None:
            verdicts[Aspect.REVOCATION] = mark_of(check.revocation.verdict)
            as_of = check.revocation.as_of
        if check.last_day is not None and session.call(press).day > check.last_day:
            verdicts[Aspect.EXPIRY] = mark_of(Failed("card_expired"))
        checked = with_face(check.means, (check.kind,), verdicts, same_face=same_face)
        return self._keep(press, session, visit, replace(checked, valid_until=check.last_day, revocation_as_of=as_of))

    def by_eye(self, press: Press, session: Session, visit: Visit, kinds: tuple[str, ...]) -> Evidence:
        """The clerk has looked at documents of these kinds. Confirmed if they suffice. Errors: NotUnderstood."""
        result = CONFIRMED if self.suffices(kinds) else NOT_CONFIRMED
        return self._keep(press, session, visit, Checked(Question.IDENTITY, Means.EYE, result, kinds))

    def _keep(self, press: Press, session: Session, visit: Visit, checked: Checked) -> Evidence:
        return keep(self._journal, (press, session, visit), self._part, checked)


def check_of_holder(proof: HolderProof) -> ChipCheck:
    """A certificate's verdicts as a check of the card; serial and certificate go no further."""
    verdicts = {Aspect(name): verdict for name, verdict in proof.verdicts.named()}
    return ChipCheck(
        means=Means.JPKI,
        kind=CARD,
        verdicts={**verdicts, Aspect.HOLDER: Verified()},
        last_day=business_date(proof.period.last),
        revocation=proof.revoked,
    )


def with_face(means: Means, kinds: tuple[str, ...], verdicts: Mapping[Aspect, str], *, same_face: bool) -> Checked:
    """Identity by a chip: it holds if nothing has failed and the face on the document is that of the person."""
    holds = same_face and not any(mark.startswith("failed") for mark in verdicts.values())
    face = mark_of(Verified() if same_face else Failed("face_differs"))
    result = CONFIRMED if holds else NOT_CONFIRMED
    return Checked(Question.IDENTITY, means, result, kinds, {**verdicts, Aspect.FACE: face})


def checked_by_pin(proof: Proof, *, same_face: bool) -> Checked:
    """Identity by the holder's PIN; that the card took it is the verdict about the holder."""
    verdicts = proof_marks(proof) | {Aspect.HOLDER: mark_of(Verified())}
    return with_face(Means.PIN, (CARD,), verdicts, same_face=same_face)


def keep(journal: Journal, at: tuple[Press, Session, Visit], part: Part, checked: Checked, about: str = "") -> Evidence:
    """Write the act ``<question>.confirmed`` to the journal and give the evidence of the same; ``about``: 宛名番号."""
    press, session, visit = at
    evidence = evidence_of(press, session, part, checked)
    marks = {f"verdict_{aspect}": mark for aspect, mark in checked.verdicts.items()}
    if checked.valid_until is not None:
        marks["valid_until"] = checked.valid_until.isoformat()
    if checked.revocation_as_of is not None:
        marks["revocation_as_of"] = checked.revocation_as_of.isoformat()
    act = session.act(
        press,
        f"{checked.question}.confirmed",
        visit=visit.visit_id,
        about=about,
        method=checked.means.value,
        document=evidence.document,
        result=checked.result.value,
        role=part.value,
        regime="" if checked.regime is None else checked.regime.value,
        **marks,
    )
    journal.write(act)
    return evidence


def document_of(documents: Mapping[str, Document], kind: str) -> Document:
    """The kind of that id. Errors: NotUnderstood when the list has none."""
    found = documents.get(kind)
    if found is None:
        raise NotUnderstood(what="document")
    return found


def evidence_of(press: Press, session: Session, part: Part, checked: Checked) -> Evidence:
    """The evidence as it travels."""
    return Evidence(
        about=checked.question,
        method=checked.means,
        document="+".join(dict.fromkeys(checked.kinds)),
        verdicts=dict(checked.verdicts),
        result=checked.result,
        staff_id=session.actor.staff_id,
        terminal=session.actor.terminal,
        at=press.at,
        role=part,
        regime=checked.regime,
        valid_until=checked.valid_until,
        revocation_as_of=checked.revocation_as_of,
    )


def proof_marks(proof: Proof) -> dict[Aspect, str]:
    """The three verdicts as they travel."""
    found = {Aspect.ISSUER: proof.issuer, Aspect.RECORD: proof.record, Aspect.CHIP: proof.chip}
    return {aspect: mark_of(verdict) for aspect, verdict in found.items()}


def mark_of(verdict: Verdict) -> str:
    """A verdict as it travels."""
    match verdict:
        case Verified():
            return "verified"
        case Failed(reason):
            return f"failed:{reason}"
        case NotChecked(reason):
            return f"not_checked:{reason}"


def _expiry(reading: FaceReading, day: date) -> str:
    if reading.expiry is None:
        return "not_checked:card_no_expiry"
    return "failed:card_expired" if reading.expiry.passed(day) else mark_of(reading.expiry.proof)
