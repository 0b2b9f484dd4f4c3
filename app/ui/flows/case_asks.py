"""What the forms of a case ask for: owner, hand-over, steps, delay, papers; and what each answer becomes."""

from collections.abc import Callable
from datetime import date, timedelta

from app.domain.case_track import SKIPPED
from app.domain.days import next_open_day
from app.domain.era import wareki_short
from app.services.ports.book import CaseChange
from app.ui.flows.case_form import Asking, Change
from app.ui.flows.case_words import CaseReader
from app.ui.kit import Kit
from app.ui.screens.case_form import CaseAnswer, CaseAsk
from app.wire.desk_book import CaseCard, GiveCase, HandOver
from app.wire.desk_case import BeginStage, ClockMark, FinishStage, MarkPaper, RequestPapers, TellDelay, TrackMark

LETTER_DAYS = 14
"""How long a letter about missing papers waits unless somebody says otherwise. Assumed."""
Send = Callable[..., object]


class CaseAsks:
    """Made for one card; ``send`` sends a change, ``new_id`` makes identifiers."""

    def __init__(self, kit: Kit, reader: CaseReader, card: CaseCard, send: Send, new_id: Callable[[], str]) -> None:
        self._kit, self._reader, self._card = kit, reader, card
        self._send, self._new_id = send, new_id
        self._words = kit.texts.case_form

    def assign(self) -> Asking:
        """Somebody else has it from now on."""
        words, card = self._words, self._card
        people = tuple((one.staff_id, one.name) for one in card.colleagues)
        ask = CaseAsk(words.assign_heading, words.assign_lead, words.assign_do, words.assign_choice, people)
        said = (words.assigned_title, words.assigned_text)
        return self._asking(ask, self._given, said)

    def hand_over(self) -> Asking:
        """It goes to another section."""
        words, card, name = self._words, self._card, self._new_id()
        others = tuple((one, one) for one in card.sections if one != card.row.section)
        ask = CaseAsk(
            words.hand_heading, words.hand_lead, words.hand_do, words.hand_choice, others, note=words.hand_note
        )

        def change(answer: CaseAnswer) -> CaseChange:
            return HandOver(
                handover_id=name, application_id=card.row.application_id, to_section=answer.choice, note=answer.note
            )

        return self._asking(ask, change, (words.handed_title, words.handed_text))

    def stage(self, mark: TrackMark, what: str, today: date) -> Asking:
        """A step is begun, ended or left out."""
        return {"begin": self._begin, "finish": self._finish}.get(what, self._skip)(mark, today)

    def delay(self, clock: ClockMark, then: Callable[[], None]) -> Asking:
        """A notice of delay; ``then``: the notice is shown."""
        words, row = self._words, self._card.row
        label = self._reader.clock_label(row.procedure, clock.clock)
        limit = "" if clock.delay_limit is None else words.delay_limit(wareki_short(clock.delay_limit))
        ask = CaseAsk(
            words.delay_heading(label), words.delay_lead(wareki_short(clock.due_on)), words.delay_do,
            day=words.delay_day, day_support=limit, day_value=clock.delay_limit, note=words.delay_note, needs_note=True,
        )  # fmt: skip

        def change(answer: CaseAnswer) -> CaseChange | None:
            if answer.day is None:
                return None
            return TellDelay(
                application_id=row.application_id, clock=clock.clock, version=clock.version, until=answer.day,
                reason=answer.note,
            )  # fmt: skip

        return self._asking(ask, change, (words.delayed_title, words.delayed_text), then)

    def promise(self, paper: str) -> Asking:
        """A paper is promised for a day."""
        words, row = self._words, self._card.row
        mark = next(one for one in self._card.papers if one.paper == paper)
        title = self._reader.paper_title(row.procedure, paper, mark.label)
        ask = CaseAsk(words.promise_heading(title), words.promise_lead, words.promise_do, day=words.promise_day)

        def change(answer: CaseAnswer) -> CaseChange:
            return MarkPaper(
                application_id=row.application_id, paper=paper, version=mark.version, state="promised",
                promised_on=answer.day,
            )  # fmt: skip

        return self._asking(ask, change, (words.marked_title, words.marked_text))

    def add_paper(self) -> Asking:
        """A paper that the procedure does not have."""
        words, row, name = self._words, self._card.row, self._new_id()
        ask = CaseAsk(words.add_heading, words.add_lead, words.add_do, name=words.add_name)

        def change(answer: CaseAnswer) -> CaseChange:
            return MarkPaper(
                application_id=row.application_id, paper=name, version=0, state="missing", label=answer.name
            )

        return self._asking(ask, change, (words.marked_title, words.marked_text))

    def request(self, today: date, then: Callable[[], None]) -> Asking:
        """A letter about what is missing or promised; ``then``: the letter is shown."""
        words, row = self._words, self._card.row
        wanted = tuple(one.paper for one in self._card.papers if one.state in {"missing", "promised"})
        day = next_open_day(today + timedelta(days=LETTER_DAYS))
        ask = CaseAsk(
            words.ask_heading, words.ask_lead(len(wanted)), words.ask_do, day=words.ask_day, day_value=day,
            note=words.ask_note,
        )  # fmt: skip

        def change(answer: CaseAnswer) -> CaseChange | None:
            if answer.day is None:
                return None
            return RequestPapers(application_id=row.application_id, papers=wanted, due_on=answer.day, note=answer.note)

        return self._asking(ask, change, (words.asked_title, words.asked_text), then)

    def _given(self, answer: CaseAnswer) -> CaseChange:
        row = self._card.row
        return GiveCase(application_id=row.application_id, owner=answer.choice, version=row.version)

    def _begin(self, mark: TrackMark, _today: date) -> Asking:
        words, card = self._words, self._card
        known = self._reader.procedures[card.row.procedure].step(mark.step)
        people = tuple((one.staff_id, one.name) for one in card.colleagues)
        ask = CaseAsk(
            words.begin_heading(self._title(mark)), words.begin_lead(known.role if known else ""), words.begin_do,
            words.begin_choice, people, card.row.owner,
        )  # fmt: skip

        def change(answer: CaseAnswer) -> CaseChange:
            return BeginStage(application_id=card.row.application_id, step=mark.step, owner=answer.choice)

        return self._asking(ask, change, (words.begun_title, words.begun_text))

    def _finish(self, mark: TrackMark, today: date) -> Asking:
        words, row = self._words, self._card.row
        outcomes = self._reader.outcomes(row.procedure, mark.step)
        ask = CaseAsk(
            words.finish_heading(self._title(mark)), words.finish_lead, words.finish_do, words.finish_choice, outcomes,
            day=words.finish_day, day_value=today, note=words.finish_note,
        )  # fmt: skip

        def change(answer: CaseAnswer) -> CaseChange | None:
            if answer.day is None:
                return None
            return FinishStage(
                application_id=row.application_id, step=mark.step, version=mark.version, outcome=answer.choice,
                done_on=answer.day, note=answer.note,
            )  # fmt: skip

        return self._asking(ask, change, (words.finished_title, words.finished_text))

    def _skip(self, mark: TrackMark, today: date) -> Asking:
        words, row = self._words, self._card.row
        heading = words.skip_heading(self._title(mark))
        ask = CaseAsk(heading, words.skip_lead, words.skip_do, note=words.skip_note, needs_note=True)

        def change(answer: CaseAnswer) -> CaseChange:
            return FinishStage(
                application_id=row.application_id, step=mark.step, version=mark.version, outcome=SKIPPED,
                done_on=today, note=answer.note,
            )  # fmt: skip

        return self._asking(ask, change, (words.skipped_title, words.skipped_text))

    def _title(self, mark: TrackMark) -> str:
        return self._reader.step_title(self._card.row.procedure, mark.step)

    def _asking(
        self,
        ask: CaseAsk,
        change: Callable[[CaseAnswer], Change | None],
        said: tuple[str, str],
        then: Callable[[], None] | None = None,
    ) -> Asking:
        return Asking(ask, change, self._send, said, then)
