"""From an interview's values to what is read: questions with answers so far, needs with place, period and reason."""

from app.domain.era import wareki
from app.domain.facts import Scalar, scalar_of
from app.domain.interview import Due, Interview, Need, Question, Suggested, Told
from app.domain.visit_plan import Plan, Planned, Standing, rows
from app.ui.kit import Kit
from app.ui.screens.interview_plan import NeedShown
from app.ui.screens.interview_question import Heard, QuestionShown
from app.ui.widgets.chip import Kind as Tone
from app.ui.widgets.choice import Options

_TONES: dict[Standing, Tone] = {Standing.TODAY: "information", Standing.TOLD: "quiet", Standing.DONE: "success"}


class InterviewWords:
    """Words of one interview's table."""

    def __init__(self, kit: Kit, interview: Interview) -> None:
        self._kit, self._interview = kit, interview
        self._words, self._parts = kit.texts.interview_plan, kit.texts.parts

    def question(self, question: Question, told: Told) -> QuestionShown:
        """A question with its answer, else with what the 住民票 says."""
        value = told.answers.get(question.id)
        default = scalar_of(told.known, question.default) if question.default and value is None else None
        return QuestionShown(
            id=question.id,
            label=question.label,
            hint=question.hint,
            kind=question.kind,
            options=tuple((one.value, one.label) for one in question.options),
            value=default if value is None else value,
            from_register=default is not None,
        )

    def heard(self, told: Told) -> tuple[Heard, ...]:
        """What was named and answered so far."""
        named = tuple((one.label, self._parts.yes) for one in self._interview.events if one.id in told.events)
        answers = tuple(
            (one.label, self._answer(one, told.answers[one.id]))
            for one in self._interview.questions
            if one.id in told.answers
        )
        return (*named, *answers)

    def needs(self, plan: Plan) -> tuple[NeedShown, ...]:
        """The list, in its order."""
        return tuple(self._need(item, one, plan) for item, one in rows(self._interview, plan))

    def others(self, plan: Plan) -> Options:
        """What is not on the list and may be added."""
        there = {one.need for one in plan.items}
        return tuple((one.id, one.title) for one in self._interview.needs if one.id not in there)

    def place(self, need: Need) -> str:
        """Where it is done."""
        place = self._interview.places[need.place]
        return f"{place.floor} {place.window} {place.title}".replace("  ", " ")

    def _need(self, item: Planned, one: Suggested, plan: Plan) -> NeedShown:
        due = () if item.standing is Standing.DONE else one.due
        first = min(due, key=lambda one: one.day, default=None)
        reason = one.reasons[0] if one.reasons else self._words.added
        return NeedShown(
            id=item.need,
            standing=self._kit.messages.word("plan_standing", item.standing.value),
            tone=_TONES[item.standing],
            title=one.need.title,
            place=self.place(one.need),
            due=self._words.no_due if first is None else self._day(first),
            is_late=first is not None and first.is_over,
            why=reason,
            details="\n".join(self._details(one, plan)),
        )

    def _details(self, one: Suggested, plan: Plan) -> list[str]:
        words = self._words
        lines = [words.details_why(reason) for reason in one.reasons or (words.added,)]
        lines += [words.details_due(f"{due.label}：{self._day(due)}") for due in one.due]
        if one.papers:
            lines.append(words.details_bring("、".join(paper.label for paper in one.papers)))
        needs = (self._interview.need(name) for name in one.need.after if plan.standing(name) is not None)
        before = [need.title for need in needs if need is not None]
        if before:
            lines.append(words.details_after("、".join(before)))
        return lines

    def _day(self, due: Due) -> str:
        return (self._words.over if due.is_over else self._words.day)(wareki(due.day))

    def _answer(self, question: Question, value: Scalar) -> str:
        if isinstance(value, bool):
            return self._parts.yes if value else self._parts.no
        shown = self._kit.texts.interview.not_answered if value == "" else str(value)
        options = {one.value: one.label for one in question.options}
        return options.get(str(value), wareki(value) if not isinstance(value, str | int) else shown)
