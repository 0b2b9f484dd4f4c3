"""庁内連携: answers for persons whom this city taxed, under the ordinance, exactly the items asked."""

from collections.abc import Sequence

from app.backend.socialaddress.ports import TaxBook, TaxUnit
from app.backend.socialaddress.ports.records import TaxRow
from app.domain.act import Act
from app.domain.clock import Clock
from app.domain.permission import AnswerKind, PermissionList, Wish, tax_year_is_plausible
from app.errors import AppError, NotAllowed
from app.link.letters import Correspondent, answer_each, municipality_of, noted_in
from app.wire.letter import Letter
from app.wire.tax import (
    AskFirstJanuary,
    FirstJanuaries,
    FirstJanuary,
    TaxAnswer,
    TaxAnswers,
    TaxQuestion,
    TaxQuestions,
)


class SocialAddressService:
    """The socialaddress slice's use cases."""

    def __init__(self, book: TaxBook, post: Correspondent, permissions: PermissionList, clock: Clock) -> None:
        self._book = book
        self._post = post
        self._permissions = permissions
        self._clock = clock
        self._noted = noted_in(book, post, "socialaddress", clock)

    def load(self, rows: Sequence[TaxRow]) -> None:
        """Take rows over from the tax section (S05-2); a row of the same person and year is replaced."""
        self._book.write(lambda unit: unit.put(rows, self._clock.now()))

    def first_january(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Where persons lived on 1 January of a tax year."""
        return answer_each(letters, self._first_january, self._noted)

    def tax(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """In-city enquiries; each is an act, answered or refused."""
        return answer_each(letters, self._tax, self._noted)

    def _first_january(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "first-january/1", AskFirstJanuary, "relay")
        self._demand_own(letter, asked.municipality)
        wanted = [(person.business_number, person.tax_year) for person in asked.persons]
        rows = self._book.read(lambda unit: unit.rows(asked.municipality, wanted))
        found = tuple(_residence(rows.get(key)) for key in wanted)
        answer = FirstJanuaries(municipality=asked.municipality, found=found)
        return self._post.write(f"socialaddress@{asked.municipality}", "first-januaries/1", answer)

    def _tax(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "tax-questions/1", TaxQuestions, "relay")
        self._demand_own(letter, asked.municipality)
        answers = self._book.write(lambda unit: self._answers(unit, asked))
        answer = TaxAnswers(municipality=asked.municipality, answers=answers)
        return self._post.write(f"socialaddress@{asked.municipality}", "tax-answers/1", answer)

    def _answers(self, unit: TaxUnit, asked: TaxQuestions) -> tuple[TaxAnswer, ...]:
        wanted = [(question.business_number, question.tax_year) for question in asked.questions]
        rows = unit.rows(asked.municipality, wanted)
        pairs = zip(asked.questions, wanted, strict=True)
        answers = tuple(self._answer(asked.municipality, question, rows.get(key)) for question, key in pairs)
        acts = [self._act(asked.municipality, *pair) for pair in zip(asked.questions, answers, strict=True)]
        unit.record(acts)
        return answers

    def _answer(self, municipality: str, question: TaxQuestion, row: TaxRow | None) -> TaxAnswer:
        wish = Wish(
            path="link",
            series=question.series,
            item=question.item,
            requester="municipality",
            task=question.task,
            purpose=question.purpose,
            information=question.information,
            provider="municipality",
            items=question.items,
            day=question.asked_on,
        )
        reason = self._permissions.refusal(wish)
        if not reason and not tax_year_is_plausible(question.tax_year, question.asked_on):
            reason = "unknown_year"
        if not reason and row is not None and _taxing(row) != municipality:
            reason = "not_own_city"
        if reason:
            return TaxAnswer(enquiry_id=question.enquiry_id, kind="", items={}, reason=reason)
        if row is None:
            return TaxAnswer(enquiry_id=question.enquiry_id, kind=AnswerKind.NO_DATA, items={})
        items = {name: value for name, value in row.items.items() if name in question.items}
        return TaxAnswer(enquiry_id=question.enquiry_id, kind=row.kind, items=items)

    def _act(self, municipality: str, question: TaxQuestion, answer: TaxAnswer) -> Act:
        return Act(
            kind="tax.refused" if answer.reason else "tax.provided",
            at=self._clock.now(),
            municipality=municipality,
            staff_id="slice:relay",
            terminal="",
            trace=question.trace,
            visit=question.visit_id,
            about=question.business_number,
            what=(
                ("answer", answer.kind),
                ("enquiry", question.enquiry_id),
                ("reason", answer.reason),
                ("tax_year", question.tax_year),
            ),
        )

    def _demand_own(self, letter: Letter, municipality: str) -> None:
        if municipality_of(letter) != municipality or not self._post.serves(f"socialaddress@{municipality}"):
            raise NotAllowed


def _taxing(row: TaxRow) -> str:
    """Who taxed the person: who says so, else the municipality of 1 January."""
    return row.taxed_by or row.residence


def _residence(row: TaxRow | None) -> FirstJanuary:
    return (
        FirstJanuary(residence="", name="")
        if row is None
        else FirstJanuary(
            residence=row.residence, name=row.residence_name, taxed_by=row.taxed_by, taxed_by_name=row.taxed_by_name
        )
    )
