"""Confirm who stands here (身元確認): by the chip's three verdicts and the face, or by eye (券面目視)."""

from datetime import date
from enum import StrEnum

from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.services.card_port import FaceReading, Proof
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session, Visit
from app.wire.desk import Evidence

CONFIRMED, NOT_CONFIRMED = "confirmed", "not_confirmed"


class Document(StrEnum):
    """What a person shows; labels under ``[document.<value>]``. Source: published rules of cities."""

    MY_NUMBER_CARD = "my_number_card"
    RESIDENCE_PERMIT_WITH_NUMBER = "residence_permit_with_number"
    DRIVING_LICENCE = "driving_licence"
    DRIVING_HISTORY = "driving_history"
    PASSPORT = "passport"
    BODY_HANDBOOK = "body_handbook"
    MENTAL_HANDBOOK = "mental_handbook"
    REHABILITATION_HANDBOOK = "rehabilitation_handbook"
    RESIDENCE_CARD = "residence_card"
    SPECIAL_RESIDENT_CERTIFICATE = "special_resident_certificate"
    OTHER_PHOTO_DOCUMENT = "other_photo_document"
    ELIGIBILITY_CONFIRMATION = "eligibility_confirmation"
    CARE_INSURANCE_CARD = "care_insurance_card"
    PENSION_CERTIFICATE = "pension_certificate"
    BASIC_PENSION_NOTICE = "basic_pension_notice"
    CHILD_REARING_CERTIFICATE = "child_rearing_certificate"
    PUBLIC_ASSISTANCE_CERTIFICATE = "public_assistance_certificate"
    MEDICAL_CERTIFICATE = "medical_certificate"


ONE_OF = frozenset(list(Document)[: list(Document).index(Document.OTHER_PHOTO_DOCUMENT) + 1])
"""With photo: one suffices; of the others two are needed."""


def enough(documents: tuple[Document, ...]) -> bool:
    """Whether what was shown suffices: one with photo, or two different ones without."""
    return bool(ONE_OF & set(documents)) or len(set(documents)) >= 2  # noqa: PLR2004 -- the rule itself


class ConfirmPerson:
    """The use case. Of a document only its kind, the verdicts and the result are kept."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

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
        return self._keep(press, session, visit, ("chip", Document.MY_NUMBER_CARD.value, verdicts, holds))

    def by_eye(self, press: Press, session: Session, visit: Visit, documents: tuple[Document, ...]) -> Evidence:
        """The clerk has looked at the documents. Confirmed if they suffice."""
        shown = "+".join(dict.fromkeys(document.value for document in documents))
        return self._keep(press, session, visit, ("by_eye", shown, {}, enough(documents)))

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
