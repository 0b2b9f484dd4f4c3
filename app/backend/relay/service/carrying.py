"""Carries enquiries in the background: in-city linkage or the network, hours, numbers, codes, the answer's way back."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.backend.relay.ports import ANSWERED, NO_CODE, OUT_OF_HOURS, REFUSED, WAITING, Enquiry, RelayBook, RelayUnit
from app.domain.act import Act
from app.domain.clock import Clock
from app.domain.exchange_rules import ExchangeRules
from app.durable.outbox import OutboxItem
from app.errors import AppError, Refused, WrongKey
from app.link.letters import Correspondent, Neighbour, digest_of, municipality_of
from app.trust.seal import BoxKey, open_box
from app.wire.addressee import CodeChange, CodeChanges, CodesNoted, Translate, Translation, Translations
from app.wire.desk import AnswerMark, Scalar
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


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Whom the relay speaks with."""

    translate: Neighbour
    codes: Neighbour
    intermediary: Neighbour
    tax: Neighbour


@dataclass(frozen=True, slots=True)
class _Load:
    """One claimed enquiry."""

    item: OutboxItem
    enquiry: Enquiry


@dataclass(frozen=True, slots=True)
class _Result:
    """What a turn brought. Open states are tried at ``next_at``, or after the outbox's own wait when that is None."""

    load: _Load
    state: str
    reason: str = ""
    next_at: datetime | None = None
    kind: str = ""
    items: Mapping[str, Scalar] | None = None
    answered_at: datetime | None = None
    process_number: str = ""


class Carrying:
    """The background of the relay. ``boxes``: municipality → key that opens its answers."""

    def __init__(
        self,
        book: RelayBook,
        post: Correspondent,
        neighbours: Neighbours,
        boxes: Mapping[str, BoxKey],
        rules: ExchangeRules,
        clock: Clock,
    ) -> None:
        self._book = book
        self._post = post
        self._neighbours = neighbours
        self._boxes = boxes
        self._rules = rules
        self._clock = clock

    def turn(self) -> bool:
        """Carry what is due, at most 64 enquiries, one step or all the way; whether there was any."""
        now = self._clock.now()
        claimed = self._book.write(lambda unit: unit.claim(now, LEASE, LIMIT))
        loads = [_Load(item, enquiry) for item, enquiry in claimed]
        results: list[_Result] = []
        for municipality in dict.fromkeys(load.enquiry.municipality for load in loads):
            own = [load for load in loads if load.enquiry.municipality == municipality]
            results.extend(self._linked(municipality, [load for load in own if load.enquiry.path == "link"]))
            results.extend(self._networked(municipality, [load for load in own if load.enquiry.path == "nws"]))
        if results:
            self._book.write(lambda unit: self._finish(unit, results))
        return bool(loads)

    def _linked(self, municipality: str, loads: Sequence[_Load]) -> list[_Result]:
        if not loads:
            return []
        questions = tuple(load.enquiry.question for load in loads if load.enquiry.question is not None)
        asked = TaxQuestions(municipality=municipality, questions=questions)
        letter = self._post.write(f"relay@{municipality}", "tax-questions/1", asked)
        try:
            reply = self._neighbours.tax.ask(letter)
            answers = self._post.read(reply, "tax-answers/1", TaxAnswers, "socialaddress").answers
        except AppError as error:
            return _delayed(loads, error)
        now = self._clock.now()
        return [_of_tax(load, answer, now) for load, answer in zip(loads, answers, strict=True)]

    def _networked(self, municipality: str, loads: Sequence[_Load]) -> list[_Result]:
        if not loads:
            return []
        now = self._clock.now()
        if not self._rules.hours.open_at(now):
            opens = self._rules.hours.next_opening(now)
            return [_Result(load, OUT_OF_HOURS, next_at=opens) for load in loads]
        try:
            numbers = self._translated(municipality, loads)
        except AppError as error:
            return _delayed(loads, error)
        pairs = list(zip(loads, numbers, strict=True))
        unknown = [load for load, number in pairs if not number.addressee_number]
        known = [(load, number) for load, number in pairs if number.addressee_number]
        results = [_Result(load, NO_CODE, "number_unknown", now + LOOK_AGAIN) for load in unknown]
        return results + self._enquired(municipality, known)

    def _translated(self, municipality: str, loads: Sequence[_Load]) -> tuple[Translation, ...]:
        numbers = tuple(load.enquiry.subject.business_number for load in loads)
        asked = Translate(municipality=municipality, business_numbers=numbers)
        letter = self._post.write(f"relay@{municipality}", "translate/1", asked)
        reply = self._neighbours.translate.ask(letter)
        return self._post.read(reply, "translations/1", Translations, "addressee").found

    def _enquired(self, municipality: str, known: Sequence[tuple[_Load, Translation]]) -> list[_Result]:
        loads = [load for load, _ in known]
        enquiries = tuple(
            NetworkEnquiry(addressee_number=number.addressee_number, request=load.enquiry.request)
            for load, number in known
            if load.enquiry.request is not None
        )
        if not enquiries:
            return []
        asked = NetworkEnquiries(municipality=municipality, enquiries=enquiries)
        letter = self._post.write(f"relay@{municipality}", "network-enquiries/1", asked)
        try:
            reply = self._neighbours.intermediary.ask(letter)
            outcomes = self._post.read(reply, "network-outcomes/1", NetworkOutcomes, "intermediary").outcomes
        except AppError as error:
            return _delayed(loads, error)
        self._tell_codes(municipality, zip((number for _, number in known), outcomes, strict=True))
        return [self._of_network(load, outcome) for load, outcome in zip(loads, outcomes, strict=True)]

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

    def _of_network(self, load: _Load, outcome: NetworkOutcome) -> _Result:
        number = outcome.process_number
        match outcome.state:
            case "answered" if outcome.answer is not None:
                return self._opened(load, outcome.answer, number)
            case "no_code":
                return _Result(load, NO_CODE, next_at=self._clock.now() + LOOK_AGAIN)
            case "refused":
                return _Result(load, REFUSED, outcome.reason, process_number=number)
            case _:
                return _Result(load, WAITING, outcome.reason, process_number=number)

    def _opened(self, load: _Load, letter: Letter, process_number: str) -> _Result:
        """The provider's answer, if it is one to our very request; opened here and nowhere before."""
        enquiry = load.enquiry
        try:
            answer = self._post.read(letter, "answer/1", ProviderAnswer, "intermediary")
            _demand_ours(enquiry, letter, answer, process_number)
            context = ("answer", enquiry.municipality, process_number)
            content = decode(open_box(self._boxes[enquiry.municipality], answer.sealed, context), AnswerContent)
        except (Refused, WrongKey) as error:
            return _Result(load, REFUSED, str(error.data.get("reason", "bad_answer")), process_number=process_number)
        return _Result(
            load,
            ANSWERED,
            kind=content.kind,
            items=content.items,
            answered_at=answer.answered_at,
            process_number=process_number,
        )

    def _finish(self, unit: RelayUnit, results: Sequence[_Result]) -> None:
        now = self._clock.now()
        ended = [result for result in results if result.state in {ANSWERED, REFUSED}]
        proofs = dict(
            zip(
                (result.load.item.item_id for result in ended),
                unit.record([_ended(result, now) for result in ended]),
                strict=True,
            )
        )
        changed = [self._changed(result, proofs.get(result.load.item.item_id, ""), now) for result in results]
        before = [result.load.enquiry for result in results]
        unit.put([one for one, old in zip(changed, before, strict=True) if one.version != old.version], now)
        unit.done([result.load.item for result in ended])
        for result in results:
            if result.state not in {ANSWERED, REFUSED}:
                unit.again(result.load.item, now, result.next_at, result.reason or result.state)

    def _changed(self, result: _Result, proof: str, now: datetime) -> Enquiry:
        """The enquiry after this turn; the same version when nothing about it is new."""
        old = result.load.enquiry
        answer = self._mark(result, proof, now) if result.state == ANSWERED else None
        new = replace(
            old,
            state=result.state,
            reason=result.reason if result.state in {REFUSED, NO_CODE} else "",
            process_number=result.process_number or old.process_number,
            answer=answer,
        )
        return old if new == old else replace(new, version=old.version + 1)

    def _mark(self, result: _Result, proof: str, now: datetime) -> AnswerMark:
        """The answer in the desk's own numbers and names; what has no name there is not handed on."""
        enquiry = result.load.enquiry
        names = self._rules.layouts.get(enquiry.information, {})
        items = {names[name]: value for name, value in (result.items or {}).items() if name in names}
        return AnswerMark(
            enquiry_id=enquiry.enquiry_id,
            enquiry=enquiry.enquiry,
            subject=enquiry.subject,
            path=enquiry.path,
            provider=enquiry.provider,
            provider_name=enquiry.provider_name,
            tax_year=enquiry.tax_year,
            kind=result.kind,
            items=items,
            answered_at=result.answered_at or now,
            process_number=result.process_number,
            proof=proof,
        )


def _demand_ours(enquiry: Enquiry, letter: Letter, answer: ProviderAnswer, process_number: str) -> None:
    """Errors: Refused ``bad_answer`` unless this provider answered this request under this 処理通番."""
    expected = b"" if enquiry.request is None else digest_of(enquiry.request)
    said = (municipality_of(letter), answer.provider, answer.process_number, answer.request_digest)
    if said != (enquiry.provider, enquiry.provider, process_number, expected):
        raise Refused(reason="bad_answer")


def _delayed(loads: Sequence[_Load], error: AppError) -> list[_Result]:
    return [_Result(load, WAITING, str(error.data.get("reason", error.code))) for load in loads]


def _of_tax(load: _Load, answer: TaxAnswer, now: datetime) -> _Result:
    if answer.reason:
        return _Result(load, REFUSED, answer.reason)
    return _Result(load, ANSWERED, kind=answer.kind, items=answer.items, answered_at=now)


def _ended(result: _Result, now: datetime) -> Act:
    enquiry = result.load.enquiry
    what = (
        ("answer", result.kind),
        ("enquiry", enquiry.enquiry_id),
        ("path", enquiry.path),
        ("process_number", result.process_number),
        ("provider", enquiry.provider),
        ("reason", result.reason),
    )
    return Act(
        kind=f"enquiry.{result.state}",
        at=now,
        municipality=enquiry.municipality,
        staff_id="slice:relay",
        terminal="",
        trace=enquiry.trace,
        visit=enquiry.visit_id,
        about=enquiry.subject.business_number,
        what=what,
    )
