"""本人確認: with which documents a person's identity or number was confirmed, and what is kept of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.tables import Table

ENOUGH = 2
"""Points: one photo document has two, others have one each."""


class Regime(StrEnum):
    """Which rules hold; they are not mixed. Source: procedures.md 1.2, published (rules of cities, 番号法16条).

    A procedure has one. It says what follows when somebody is not confirmed, never whether an application is taken.
    """

    CERTIFICATE = "J-1"
    MOVE = "J-2"
    NUMBER = "N"


class Question(StrEnum):
    """What is to be confirmed, each for itself: 身元確認, 番号確認, 代理権 (or the ground of a request)."""

    IDENTITY = "person"
    NUMBER = "number"
    AUTHORITY = "authority"


class Part(StrEnum):
    """About whom: who stands here, whose act it is, whose 個人番号 is handed over, a spouse or child of theirs."""

    PRESENTER = "presenter"
    APPLICANT = "applicant"
    NUMBER_GIVER = "number_giver"
    DEPENDENT = "dependent"


class Means(StrEnum):
    """How it was confirmed. ``CHIP`` (code B and the face) and ``EYE`` confirm no number.

    ``DOCUMENT_CHIP``: another document's chip was read, ``REGISTER``: the register shows it, ``STATED``: the claimant
    gives the number of a spouse or child, of whom nothing is to be confirmed.
    """

    CHIP = "chip"
    EYE = "by_eye"
    PIN = "pin"
    JPKI = "jpki"
    DOCUMENT_CHIP = "document_chip"
    QUESTIONS = "questions"
    REGISTER = "register"
    CODE_A = "code_a"
    PAPER = "paper"
    LINKED = "linked"
    STATED = "stated"
    DECLINED = "declined"


class Result(StrEnum):
    """What came of it. ``NOT_REQUIRED``: the law asks for no confirmation here."""

    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    DECLINED = "declined"
    NOT_REQUIRED = "not_required"


class Aspect(StrEnum):
    """What a chip, a certificate or a clerk's eye was asked, each with its own verdict.

    ``RECORD``: are these the signed data, ``CHIP``: is it no copy, ``FACE``: the face on it is that of the person,
    ``HOLDER``: the holder's PIN or password was given, ``DATES`` and ``PURPOSE``: of a certificate, ``REVOCATION``:
    失効確認.
    """

    ISSUER = "issuer"
    RECORD = "record"
    CHIP = "chip"
    EXPIRY = "expiry"
    FACE = "face"
    HOLDER = "holder"
    DATES = "dates"
    PURPOSE = "purpose"
    REVOCATION = "revocation"


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of document that people bring; its list is data."""

    id: str
    label: str
    points: int
    proves: frozenset[Question]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One confirmation as the rules see it; ``documents``: ids of kinds."""

    question: Question
    part: Part
    means: Means
    result: Result
    documents: tuple[str, ...] = ()


def parse_documents(values: Mapping[str, object]) -> tuple[Document, ...]:
    """Make the list of resources/tables/documents.toml."""
    table = Table(values, "documents")
    table.count("version")
    return table.finish(tuple(_document(row) for row in table.tables("document")))


def suffices(question: Question, shown: Iterable[Document]) -> bool:
    """Whether these kinds of documents together answer the question; the same kind twice counts once."""
    kinds = {document.id: document for document in shown if question in document.proves}
    if question is Question.NUMBER:
        return bool(kinds)
    return points(kinds.values()) >= ENOUGH


def points(shown: Iterable[Document]) -> int:
    """What these kinds weigh together as proof of identity; the same kind twice counts once."""
    return sum(one.points for one in {one.id: one for one in shown if Question.IDENTITY in one.proves}.values())


def _document(row: Table) -> Document:
    proves = row.texts("proves")
    if not set(proves) <= set(Question):
        raise row.fault("unknown_value", "proves")
    kinds = frozenset(Question(one) for one in proves)
    return row.finish(Document(row.text("id"), row.text("label"), row.count("points"), kinds))
