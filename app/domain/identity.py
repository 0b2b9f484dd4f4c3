"""本人確認: with which documents a person's identity or number was confirmed, and what is kept of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.tables import Table
from app.domain.verdict import Verdict

ENOUGH = 2
"""Points: one photo document has two, others have one each."""


class Question(StrEnum):
    """What is to be confirmed, each for itself: 身元確認, 番号確認, 代理権."""

    IDENTITY = "identity"
    NUMBER = "number"
    AUTHORITY = "authority"


class Means(StrEnum):
    """How it was confirmed. ``CODE_B`` and ``EYE`` confirm no number."""

    CODE_B = "code_b"
    CODE_A = "code_a"
    PIN = "pin"
    EYE = "eye"
    PAPER = "paper"
    LINKED = "linked"
    QUESTIONS = "questions"


class Result(StrEnum):
    """What came of it."""

    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of document that people bring; its list is data."""

    id: str
    label: str
    points: int
    proves: frozenset[Question]


@dataclass(frozen=True, slots=True)
class IdentityEvidence:
    """What is kept of one confirmation: kinds of documents, never their numbers, pictures or text.

    ``documents``: ids of kinds. ``verdicts``: what the chip's check said, question by question, none by eye; ``at``
    is UTC.
    """

    question: Question
    means: Means
    documents: tuple[str, ...]
    verdicts: tuple[tuple[str, Verdict], ...]
    result: Result
    staff: str
    terminal: str
    at: datetime


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
    return sum(document.points for document in kinds.values()) >= ENOUGH


def _document(row: Table) -> Document:
    proves = row.texts("proves")
    if not set(proves) <= set(Question):
        raise row.fault("unknown_value", "proves")
    kinds = frozenset(Question(one) for one in proves)
    return row.finish(Document(row.text("id"), row.text("label"), row.count("points"), kinds))
