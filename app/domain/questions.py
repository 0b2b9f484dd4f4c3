"""質問: what is asked of somebody without a photo document, as data; what was answered is kept nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.procedure_rules import confidence
from app.domain.tables import Table

ANSWERS = frozenset({
    "household.names",
    "household.births",
    "household.relations",
    "moved_in.day",
    "moved_in.from",
    "january.address",
    "name.former",
    "name.alias",
})
"""What of a register's record a question may be held against."""


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """One question. ``answer``: one of ``ANSWERS``."""

    id: str
    text: str
    answer: str
    confidence: str


@dataclass(frozen=True, slots=True)
class QuestionRules:
    """``least`` questions are asked at least, ``wrong`` answers may be wrong, documents of ``points`` go with it."""

    least: int
    wrong: int
    points: int
    questions: tuple[CheckQuestion, ...]

    def holds(self, right: int, wrong: int, points: int) -> bool:
        """Whether so many right and wrong answers, with documents of so many points, confirm the person."""
        return right + wrong >= self.least and right > 0 and wrong <= self.wrong and points >= self.points


def parse_questions(values: Mapping[str, object]) -> QuestionRules:
    """Make the rules of resources/tables/questions.toml. Errors: DataFault."""
    table = Table(values, "questions")
    table.count("version")
    rules = QuestionRules(
        least=table.count("least"),
        wrong=table.count("wrong"),
        points=table.count("points"),
        questions=tuple(_question(row) for row in table.tables("question")),
    )
    if not 1 <= rules.least <= len(rules.questions):
        raise table.fault("unknown_value", "least")
    return table.finish(rules)


def _question(row: Table) -> CheckQuestion:
    answer = row.text("answer")
    if answer not in ANSWERS:
        raise row.fault("unknown_value", "answer")
    return row.finish(CheckQuestion(row.text("id"), row.text("text"), answer, confidence(row)))
