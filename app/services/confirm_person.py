"""Confirm who stands here (身元確認): by the chip's three verdicts and the face, or by eye (券面目視)."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.domain.identity import Document, Question, suffices
from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.errors import NotUnderstood
from app.services.card_port import FaceReading, Proof
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session, Visit
from app.wire.desk import Evidence

CONFIRMED, NOT_CONFIRMED = "confirmed", "not_confirmed"


CARD = "my_number_card"
"""The card's kind in the list of documents."""


class ConfirmPerson:
    """The use case. Of a document only its kind, the verdicts and the result are kept. ``documents``: all kinds."""

    def __init__(self, journal: Journal, documents: Sequence[Document]) -> None:
        self._journal = journal
        self._documents = {one.id: one for one in documents}

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
        verdicts = {**verdict_marks(reading.proof), "expiry": _expiry(reading, session.call(press).day)}
        holds = same_face and not any(mark.startswith("failed") for mark in verdicts.values())
        verdicts["face"] = "verified" if same_face else "failed:face_differs"
        return self._keep(press, session, visit, ("chip", CARD, verdicts, holds))

    def by_eye(self, press: Press, session: Session, visit: Visit, kinds: tuple[str, ...]) -> Evidence:
        """The clerk has looked at documents of these kinds. Confirmed if they suffice. Errors: NotUnderstood."""
        holds = self.suffices(kinds)
        return self._keep(press, session, visit, ("by_eye", "+".join(dict.fromkeys(kinds)), {}, holds))

    def _keep(
        self, press: Press, session: Session, visit: Visit, seen: tuple[str, str, dict[str, str], bool]
    ) -> Evidence:
        method, document, verdicts, holds = seen
        result = CONFIRMED if holds else NOT_CONFIRMED
        evidence = evidence_of(press, session, ("person", method, document), verdicts, result)
        marks = {f"verdict_{question}": mark for question, mark in verdicts.items()}
        act = session.act(
            press, "person.confirmed", visit=visit.visit_id, method=method, document=document, result=result, **marks
        )
        self._journal.write(act)
        return evidence


def document_of(documents: Mapping[str, Document], kind: str) -> Document:
    """The kind of that id. Errors: NotUnderstood when the list has none."""
    found = documents.get(kind)
    if found is None:
        raise NotUnderstood(what="document")
    return found


def evidence_of(
    press: Press, session: Session, seen: tuple[str, str, str], verdicts: dict[str, str], result: str
) -> Evidence:
    """The evidence of ``seen``: about what, by which method, on which document."""
    about, method, document = seen
    return Evidence(
        about=about,
        method=method,
        document=document,
        verdicts=verdicts,
        result=result,
        staff_id=session.actor.staff_id,
        terminal=session.actor.terminal,
        at=press.at,
    )


def verdict_marks(proof: Proof) -> dict[str, str]:
    """The three verdicts as they travel."""
    return {"issuer": _mark(proof.issuer), "record": _mark(proof.record), "chip": _mark(proof.chip)}


def _mark(verdict: Verdict) -> str:
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
    return "failed:card_expired" if reading.expiry.passed(day) else _mark(reading.expiry.proof)
