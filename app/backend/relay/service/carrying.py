"""Carries enquiries in the background: in-city linkage or the network, hours, numbers, codes, the answer's way back."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.backend.relay.ports import (
    ANSWERED,
    NO_CODE,
    OUT_OF_HOURS,
    REFUSED,
    WAITING,
    Claimed,
    Enquiry,
    RelayBook,
    RelayUnit,
    Unread,
)
from app.backend.relay.service.keeping import Keeping
from app.backend.relay.service.outcomes import Load, Result, failed, held_back, stopped, told_code
from app.backend.relay.service.windows import NETWORK, SIDE_OF, Windows
from app.domain.clock import Clock
from app.domain.exchange_rules import ExchangeRules
from app.durable.outbox import CAP
from app.errors import AppError, NotUnderstood, Refused, Unreachable, WrongKey
from app.link.letters import Correspondent, Neighbour, digest_of, municipality_of
from app.trust.seal import BoxKey, open_box
from app.wire.addressee import CodeChange, CodeChanges, CodesNoted, Translate, Translation, Translations
from app.wire.exchange import (
    AnswerContent,
    NetworkEnquiries,
    NetworkEnquiry,
    NetworkOutcome,
    NetworkOutcomes,
    ProviderAnswer,
)
from app.wire.letter import Letter
from app.wire.message import decode
from app.wire.tax import TaxAnswer, TaxAnswers, TaxQuestions

log = logging.getLogger(__name__)

LIMIT = 64
LEASE = timedelta(minutes=2)
LOOK_AGAIN = timedelta(minutes=15)
"""How often a person's code is looked for. Assumed."""
REQUESTED, ACQUIRED = "requested", "acquired"
Step = Callable[[str, Sequence[Load]], list[Result]]
"""Carries enquiries of one municipality over one path."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Whom the relay speaks with."""

    translate: Neighbour
    codes: Neighbour
    intermediary: Neighbour
    tax: Neighbour


class Carrying:
    """The background of the relay. ``boxes``: municipality → key that opens its answers."""

    def __init__(
        self,
        book: RelayBook,
        post: Correspondent,
        neighbours: Neighbours,
        boxes: Mapping[str, BoxKey],
        rules: tuple[ExchangeRules, Windows],
        clock: Clock,
    ) -> None:
        self._book = book
        self._post = post
        self._neighbours = neighbours
        self._boxes = boxes
        self._windows = rules[1]
        self._clock = clock
        self._keeping = Keeping(rules[0].layouts, clock)
        self._looked_at: datetime | None = None
        self._is_down = self._is_back = False

    def turn(self) -> int:
        """Carry what is due, at most 64 enquiries, one step or all the way; how many there were.

        What goes wrong with one enquiry stays with that one. Errors: StoreBusy, DiskFull of the own store; what was
        claimed is claimed again after its lease then, and nobody is asked anything new.
        """
        now = self._clock.now()
        claimed = self._book.write(lambda unit: self._claimed(unit, now))
        self._looked_at = now
        loads = [Load(one.item, one.enquiry) for one in claimed if isinstance(one, Claimed)]
        results: list[Result] = []
        for municipality in dict.fromkeys(load.enquiry.municipality for load in loads):
            own = [load for load in loads if load.enquiry.municipality == municipality]
            for path, step in (("link", self._linked), ("nws", self._networked)):
                mine = [one for one in own if one.enquiry.path == path]
                ready, held = self._ready(municipality, path, mine)
                results.extend((*held, *self._carried(step, municipality, ready)))
        if claimed:
            self._keeping.keep(self._book, results, [one for one in claimed if isinstance(one, Unread)])
        self._note_outage(results)
        return len(claimed)

    def _note_outage(self, results: Sequence[Result]) -> None:
        """Once somebody answers again, nobody waits for the end of a wait that an outage made long."""
        if any(result.is_outage for result in results):
            self._is_down = True
        elif self._is_down and any(result.state in {ANSWERED, REFUSED} for result in results):
            self._is_down, self._is_back = False, True

    def _claimed(self, unit: RelayUnit, now: datetime) -> list[Claimed | Unread]:
        """What is due. After a clock was set back, what was to wait for an instant far ahead is due too."""
        before = self._looked_at
        if self._is_back:
            unit.recall(now, now)
            self._is_back = False
        if before is None or not before <= now < before + CAP:
            unit.recall(now, max(now + CAP, self._windows.latest(now)))
        return unit.claim(now, LEASE, LIMIT)

    def _ready(self, municipality: str, path: str, loads: Sequence[Load]) -> tuple[list[Load], list[Result]]:
        """What may go now; the rest waits until its side opens, or until the pace allows more."""
        now, side = self._clock.now(), SIDE_OF[path]
        calendar = self._windows.calendar(municipality, side)
        if not loads or not calendar.open_at(now):
            opens = calendar.next_opening(now) or now + LOOK_AGAIN
            return [], [Result(load, OUT_OF_HOURS, next_at=opens) for load in loads]
        if side != NETWORK:
            return list(loads), []
        granted, more_at = self._windows.granted(len(loads))
        later = [Result(load, WAITING, next_at=more_at, faults=load.enquiry.faults) for load in loads[granted:]]
        return list(loads[:granted]), later

    def _carried(self, step: Step, municipality: str, loads: Sequence[Load]) -> list[Result]:
        """All together, then those that stumbled each alone: only who stumbles alone is held to be at fault."""
        results = _tried(step, municipality, loads)
        if len(loads) < 2:  # noqa: PLR2004 -- one is alone already
            return results
        found = [result for result in results if not result.is_fault]
        down: AppError | None = None
        for load in (result.load for result in results if result.is_fault):
            if down is None:
                alone = _tried(step, municipality, [load])
                down = Unreachable() if alone[0].is_outage else None
            else:
                alone = [failed(load, down)]
            found.extend(alone)
        return found

    def _linked(self, municipality: str, loads: Sequence[Load]) -> list[Result]:
        questions = tuple(load.enquiry.question for load in loads if load.enquiry.question is not None)
        asked = TaxQuestions(municipality=municipality, questions=questions)
        letter = self._post.write(f"relay@{municipality}", "tax-questions/1", asked)
        reply = self._neighbours.tax.ask(letter)
        answers = self._post.read(reply, "tax-answers/1", TaxAnswers, "socialaddress").answers
        _demand_each([one.enquiry_id for one in questions], [one.enquiry_id for one in answers])
        now = self._clock.now()
        return [_of_tax(load, answer, now) for load, answer in zip(loads, answers, strict=True)]

    def _networked(self, municipality: str, loads: Sequence[Load]) -> list[Result]:
        now = self._clock.now()
        pairs = list(zip(loads, self._translated(municipality, loads), strict=True))
        unknown = [load for load, number in pairs if not number.addressee_number]
        known = [(load, number) for load, number in pairs if number.addressee_number]
        results = [Result(load, NO_CODE, "number_unknown", now + LOOK_AGAIN) for load in unknown]
        return results + self._enquired(municipality, known)

    def _translated(self, municipality: str, loads: Sequence[Load]) -> tuple[Translation, ...]:
        numbers = tuple(load.enquiry.subject.business_number for load in loads)
        asked = Translate(municipality=municipality, business_numbers=numbers)
        letter = self._post.write(f"relay@{municipality}", "translate/1", asked)
        reply = self._neighbours.translate.ask(letter)
        found = self._post.read(reply, "translations/1", Translations, "addressee").found
        if len(found) != len(numbers):
            raise NotUnderstood(what="found")
        return found

    def _enquired(self, municipality: str, known: Sequence[tuple[Load, Translation]]) -> list[Result]:
        enquiries = tuple(
            NetworkEnquiry(addressee_number=number.addressee_number, request=load.enquiry.request)
            for load, number in known
            if load.enquiry.request is not None
        )
        if not enquiries:
            return []
        asked = NetworkEnquiries(municipality=municipality, enquiries=enquiries)
        letter = self._post.write(f"relay@{municipality}", "network-enquiries/1", asked)
        reply = self._neighbours.intermediary.ask(letter)
        outcomes = self._post.read(reply, "network-outcomes/1", NetworkOutcomes, "intermediary").outcomes
        _demand_each([load.enquiry.enquiry_id for load, _ in known], [one.enquiry_id for one in outcomes])
        self._tell_codes(municipality, zip((number for _, number in known), outcomes, strict=True))
        return [self._of_network(load, outcome) for (load, _), outcome in zip(known, outcomes, strict=True)]

    def _tell_codes(self, municipality: str, pairs: Iterable[tuple[Translation, NetworkOutcome]]) -> None:
        """Let the addressee slice know what became of codes; it is told again with the next enquiry if this fails."""
        changes: dict[str, CodeChange] = {}
        for number, outcome in pairs:
            has_code = outcome.state != NO_CODE
            if has_code and number.code_state != ACQUIRED:
                change = CodeChange(addressee_number=number.addressee_number, state=ACQUIRED, process_number="")
                changes[number.addressee_number] = change
            elif not has_code and number.code_state in {"none", REQUESTED}:
                changes[number.addressee_number] = CodeChange(
                    addressee_number=number.addressee_number, state=REQUESTED, process_number=outcome.process_number
                )
        if not changes:
            return
        asked = CodeChanges(municipality=municipality, changes=tuple(changes.values()))
        letter = self._post.write(f"relay@{municipality}", "code-changes/1", asked)
        try:
            self._post.read(self._neighbours.codes.ask(letter), "codes-noted/1", CodesNoted, "addressee")
        except AppError as error:
            log.info("code states were not noted", extra={"code": error.code})

    def _of_network(self, load: Load, outcome: NetworkOutcome) -> Result:
        number = outcome.process_number
        match outcome.state:
            case "answered" if outcome.answer is not None:
                return self._opened(load, outcome.answer, number)
            case "no_code":
                return Result(load, NO_CODE, next_at=self._clock.now() + LOOK_AGAIN)
            case "refused":
                return Result(load, REFUSED, told_code(outcome.reason), process_number=number)
            case _:
                return held_back(load, outcome.reason, number)

    def _opened(self, load: Load, letter: Letter, process_number: str) -> Result:
        """The provider's answer, if it is one to our very request; opened here and nowhere before.

        One in which nothing can be read was sealed so by the other city, and comes again the same with every try.
        """
        enquiry = load.enquiry
        try:
            answer = self._post.read(letter, "answer/1", ProviderAnswer, "intermediary")
            _demand_ours(enquiry, letter, answer, process_number)
            context = ("answer", enquiry.municipality, process_number)
            content = decode(open_box(self._boxes[enquiry.municipality], answer.sealed, context), AnswerContent)
        except (Refused, WrongKey) as error:
            return Result(load, REFUSED, str(error.data.get("reason", "bad_answer")), process_number=process_number)
        except AppError as error:
            return stopped(load, error.code, process_number)
        return Result(
            load,
            ANSWERED,
            kind=content.kind,
            items=content.items,
            answered_at=answer.answered_at,
            process_number=process_number,
        )


def _demand_ours(enquiry: Enquiry, letter: Letter, answer: ProviderAnswer, process_number: str) -> None:
    """Errors: Refused ``bad_answer`` unless this provider answered this request under this 処理通番."""
    expected = b"" if enquiry.request is None else digest_of(enquiry.request)
    said = (municipality_of(letter), answer.provider, answer.process_number, answer.request_digest)
    if said != (enquiry.provider, enquiry.provider, process_number, expected):
        raise Refused(reason="bad_answer")


def _tried(step: Step, municipality: str, loads: Sequence[Load]) -> list[Result]:
    """One step for ``loads``; where it fails it fails for all of them."""
    if not loads:
        return []
    try:
        return step(municipality, loads)
    except AppError as error:
        log.info("enquiries were not carried", extra={"code": error.code, "together": len(loads)})
        return [failed(load, error) for load in loads]
    except Exception as error:
        log.exception("enquiries could not be carried", extra={"together": len(loads)})
        return [failed(load, error) for load in loads]


def _of_tax(load: Load, answer: TaxAnswer, now: datetime) -> Result:
    if answer.reason:
        return Result(load, REFUSED, told_code(answer.reason))
    return Result(load, ANSWERED, kind=answer.kind, items=answer.items, answered_at=now)


def _demand_each(asked: Sequence[str], told: Sequence[str]) -> None:
    """Errors: NotUnderstood unless there is one answer for each question, in order."""
    if list(asked) != list(told):
        raise NotUnderstood(what="enquiry_id")
