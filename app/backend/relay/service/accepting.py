"""The counter's side: enquiries are checked, kept and acknowledged at once; states and answers are read."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app.backend.relay.ports import ANSWERED, NO_CODE, REFUSED, STOPPED, Delay, Enquiry, RelayBook, RelayUnit
from app.backend.relay.service.acts import LONGEST_ID, accepted_act, read_act, refused_act
from app.backend.relay.service.checking import Allowed, Gate
from app.backend.relay.service.providers import ProviderRule, Residences, provider_of
from app.backend.relay.service.windows import SIDE_OF, Windows
from app.domain.act import Act
from app.domain.answer_steps import next_step
from app.domain.call import Call
from app.domain.clock import business_date
from app.domain.exchange_sides import expected_at
from app.domain.procedure import Enquiry as Rule
from app.domain.rights import allowed
from app.durable.news import Ear, Later
from app.errors import AppError, Conflict, NotAllowed, NotUnderstood
from app.link.letters import Correspondent, Neighbour
from app.wire.exchange import NetworkRequest
from app.wire.letter import Letter
from app.wire.message import encode
from app.wire.relay import AskEnquiries, EnquiryAccepted, EnquiryState, EnquiryStates, MakeEnquiry
from app.wire.tax import FirstJanuary, TaxQuestion

MOST = 64
NOWHERE = FirstJanuary(residence="", name="")
CLOSED = frozenset({ANSWERED, REFUSED, STOPPED})
LONGEST_WAIT_S = 5
"""How long an answer is put off at most: half of what a counter waits for any answer. Assumed."""

Admitted = tuple[Call, MakeEnquiry, Allowed]


class Accepting:
    """What counters may ask of the relay. ``reply_keys``: municipality → public key that answers are sealed to."""

    def __init__(
        self,
        book: RelayBook,
        post: Correspondent,
        gate: Gate,
        first_january: Neighbour,
        reply_keys: Mapping[str, bytes],
        going: tuple[Windows, Callable[[], None]],
    ) -> None:
        self._book = book
        self._post = post
        self._gate = gate
        self._residences = Residences(post, first_january)
        self.providers = ProviderRule(book, post, gate, self._residences)
        self._reply_keys = reply_keys
        self._windows, self._wake = going

    def rule(self, procedure: str, enquiry: str) -> Rule | None:
        """The enquiry as the procedure's data state it; None for none such."""
        return self._gate.rule(procedure, enquiry)

    def make(self, waiting: Sequence[tuple[Call, MakeEnquiry]]) -> list[EnquiryAccepted | AppError]:
        """Take enquiries, each once: the same message again gets the same answer. Refusals are recorded too.

        Errors: NotAllowed, Refused with its reason, Conflict for an id that was used for something else.
        """
        admitted = [self._admitted(call, asked) for call, asked in waiting]
        lived = self._lived([one for one in admitted if isinstance(one, tuple)])
        outcomes = [self._built(one, lived) if isinstance(one, tuple) else one for one in admitted]
        answers = self._book.write(lambda unit: self._kept(unit, waiting, outcomes))
        self._wake()
        return answers

    def states(self, waiting: Sequence[tuple[Call, AskEnquiries]]) -> list[EnquiryStates | AppError]:
        """How enquiries stand; those of procedures that a person may not read are as if they were not there.

        Every answer that is shown is an act, recorded before. Errors: NotUnderstood for too many at once.
        """
        looked = self._book.read(lambda unit: self._all_looked(unit, waiting))
        acts = [
            read_act(call, one)
            for (call, _), states in zip(waiting, looked, strict=True)
            if isinstance(states, EnquiryStates)
            for one in states.states
            if one.answer is not None
        ]
        if acts:
            self._book.write(lambda unit: unit.note(acts))
        return looked

    def watch(
        self, waiting: Sequence[tuple[Call, AskEnquiries]]
    ) -> list[EnquiryStates | Later[EnquiryStates] | AppError]:
        """As ``states``; where that is asked for and none has ended, the answer may wait for the next change."""
        ears = [self._ear(call, asked) for call, asked in waiting]
        try:
            told = self.states(waiting)
        except BaseException:
            for ear in ears:
                if ear is not None:
                    ear.close()
            raise
        return [_put_off(asked, ear, one) for (_, asked), ear, one in zip(waiting, ears, told, strict=True)]

    def _ear(self, call: Call, asked: AskEnquiries) -> Ear | None:
        """Begun before anything is read, so that no change falls between."""
        is_wanted = asked.wait_s > 0 and 0 < len(asked.enquiry_ids) <= MOST
        return self._book.listen(call.municipality, asked.enquiry_ids) if is_wanted else None

    def _admitted(self, call: Call, asked: MakeEnquiry) -> Admitted | AppError:
        if not 0 < len(asked.enquiry_id) <= LONGEST_ID:
            return NotUnderstood(what="enquiry_id")
        if not self._post.serves(f"relay@{call.municipality}"):
            return NotAllowed()
        try:
            return call, asked, self._gate.admit(call, asked)
        except AppError as error:
            return error

    def _lived(self, admitted: Sequence[Admitted]) -> dict[tuple[str, str, int], FirstJanuary | AppError]:
        """Municipality, 宛名番号 and year → where that person lived on 1 January."""
        lived: dict[tuple[str, str, int], FirstJanuary | AppError] = {}
        for municipality in dict.fromkeys(call.municipality for call, _, _ in admitted):
            own = [asked for call, asked, _ in admitted if call.municipality == municipality and asked.tax_year]
            keys = [(municipality, asked.subject.business_number, asked.tax_year) for asked in own]
            if not keys:
                continue
            try:
                found: Sequence[FirstJanuary | AppError] = self._residences.of(municipality, [key[1:] for key in keys])
            except AppError as error:
                found = [error] * len(keys)
            lived |= dict(zip(keys, found, strict=True))
        return lived

    def _built(
        self, admitted: Admitted, lived: Mapping[tuple[str, str, int], FirstJanuary | AppError]
    ) -> Enquiry | AppError:
        call, asked, granted = admitted
        key = (call.municipality, asked.subject.business_number, asked.tax_year)
        residence = lived[key] if asked.tax_year else NOWHERE
        if isinstance(residence, AppError):
            return residence
        try:
            provider = provider_of(call.municipality, asked, granted.rule.path, residence, self._gate.provider_reasons)
        except AppError as error:
            return error
        is_linked = granted.rule.path == "link"
        return Enquiry(
            municipality=call.municipality,
            enquiry_id=asked.enquiry_id,
            digest=_digest(call, asked),
            procedure=asked.procedure,
            item_class=granted.rule.item_class,
            enquiry=asked.enquiry,
            subject=asked.subject,
            visit_id=asked.visit_id,
            trace=call.trace,
            staff_id=call.actor.staff_id,
            terminal=call.actor.terminal,
            path=granted.rule.path,
            provider=provider.code,
            provider_name=provider.name,
            tax_year=asked.tax_year,
            information=asked.information,
            request=None if is_linked else self._request(admitted, provider.code),
            question=_question(admitted) if is_linked else None,
            accepted_at=call.at,
            proof="",
            since=asked.since,
            until=asked.until,
            provider_why=provider.why,
        )

    def _request(self, admitted: Admitted, provider: str) -> Letter:
        call, asked, granted = admitted
        request = NetworkRequest(
            enquiry_id=asked.enquiry_id,
            trace=call.trace,
            requester=call.municipality,
            provider=provider,
            series=granted.series,
            item=granted.item,
            task=asked.procedure,
            purpose=asked.purpose,
            information=asked.information,
            items=granted.items,
            tax_year=asked.tax_year,
            asked_on=call.day,
            reply_key=self._reply_keys[call.municipality],
            as_of=asked.as_of,
            since=asked.since,
            until=asked.until,
        )
        return self._post.write(f"relay@{call.municipality}", "network-request/1", request)

    def _kept(
        self,
        unit: RelayUnit,
        waiting: Sequence[tuple[Call, MakeEnquiry]],
        outcomes: Sequence[Enquiry | AppError],
    ) -> list[EnquiryAccepted | AppError]:
        """Record every enquiry and refusal, keep what is new; what was kept before answers again."""
        before = _before(unit, [outcome for outcome in outcomes if isinstance(outcome, Enquiry)])
        fresh: dict[tuple[str, str], Enquiry] = {}
        acts: list[Act] = []
        for (call, asked), outcome in zip(waiting, outcomes, strict=True):
            if isinstance(outcome, AppError):
                acts.append(refused_act(call, asked, outcome))
            elif (key := (call.municipality, asked.enquiry_id)) not in before and key not in fresh:
                fresh[key] = outcome
        receipts = unit.record([*(accepted_act(one) for one in fresh.values()), *acts])
        proven = {key: _with_proof(one, proof) for (key, one), proof in zip(fresh.items(), receipts, strict=False)}
        unit.add(tuple(proven.values()))
        everything = before | proven
        return [self._answer(outcome, everything) for outcome in outcomes]

    def _all_looked(
        self, unit: RelayUnit, waiting: Sequence[tuple[Call, AskEnquiries]]
    ) -> list[EnquiryStates | AppError]:
        """Everything that a list asks for is read at once; where something can't be, each asks for itself."""
        wanted: dict[str, list[str]] = {}
        for call, asked in waiting:
            if len(asked.enquiry_ids) <= MOST:
                wanted.setdefault(call.municipality, []).extend(asked.enquiry_ids)
        try:
            kept = {place: unit.kept(place, list(dict.fromkeys(names))) for place, names in wanted.items()}
        except AppError:
            return [self._looked(unit, call, asked) for call, asked in waiting]
        delays = {
            place: unit.delays([one for one in found.values() if one.state not in CLOSED])
            for place, found in kept.items()
        }
        nothing: tuple[dict[str, Enquiry], dict[str, Delay]] = ({}, {})
        known = {place: (kept[place], delays[place]) for place in kept}
        return [self._told(call, asked, *known.get(call.municipality, nothing)) for call, asked in waiting]

    def _looked(self, unit: RelayUnit, call: Call, asked: AskEnquiries) -> EnquiryStates | AppError:
        """As ``_states``; one that can't be read fails who asks for it and nobody else."""
        try:
            return self._states(unit, call, asked)
        except AppError as error:
            return error

    def _answer(
        self, outcome: Enquiry | AppError, kept: Mapping[tuple[str, str], Enquiry]
    ) -> EnquiryAccepted | AppError:
        if isinstance(outcome, AppError):
            return outcome
        one = kept[outcome.municipality, outcome.enquiry_id]
        if one.digest != outcome.digest:
            return Conflict(version=one.version)
        calendar = self._windows.calendar(one.municipality, SIDE_OF[one.path])
        return EnquiryAccepted(
            enquiry_id=one.enquiry_id,
            provider=one.provider,
            provider_name=one.provider_name,
            path=one.path,
            accepted_at=one.accepted_at,
            proof=one.proof,
            expected_at=calendar.next_opening(one.accepted_at),
            provider_why=one.provider_why,
        )

    def _state(self, one: Enquiry, delay: Delay | None, now: datetime) -> EnquiryState:
        calendar = self._windows.calendar(one.municipality, SIDE_OF[one.path])
        has_code = one.state != NO_CODE
        kind = "" if one.answer is None else one.answer.kind
        reason = one.reason or ("" if delay is None else delay.cause)
        return EnquiryState(
            enquiry_id=one.enquiry_id,
            visit_id=one.visit_id,
            procedure=one.procedure,
            state=one.state,
            reason=reason,
            next_at=None if delay is None else delay.next_at,
            attempts=0 if delay is None else delay.attempts,
            answer=one.answer,
            expected_at=None if one.state in CLOSED else expected_at(calendar, now, has_code=has_code),
            next_step=next_step(one.state, one.reason, kind),
            since=one.since,
            until=one.until,
            provider=one.provider,
            provider_why=one.provider_why,
        )

    def _states(self, unit: RelayUnit, call: Call, asked: AskEnquiries) -> EnquiryStates | AppError:
        if len(asked.enquiry_ids) > MOST:
            return NotUnderstood(what="enquiry_ids")
        kept = unit.kept(call.municipality, asked.enquiry_ids)
        return self._told(call, asked, kept, unit.delays([one for one in kept.values() if one.state not in CLOSED]))

    def _told(
        self, call: Call, asked: AskEnquiries, kept: Mapping[str, Enquiry], delays: Mapping[str, Delay]
    ) -> EnquiryStates | AppError:
        if len(asked.enquiry_ids) > MOST:
            return NotUnderstood(what="enquiry_ids")
        mine = [kept[name] for name in asked.enquiry_ids if name in kept and _may_read(call, kept[name])]
        return EnquiryStates(states=tuple(self._state(one, delays.get(one.enquiry_id), call.at) for one in mine))


def _put_off(
    asked: AskEnquiries, ear: Ear | None, told: EnquiryStates | AppError
) -> EnquiryStates | Later[EnquiryStates] | AppError:
    """``told``, which may wait if this person may see all that they ask for and nothing of it has ended."""
    if ear is None:
        return told
    if isinstance(told, AppError) or _is_news(asked, told):
        ear.close()
        return told
    return Later(told, ear, min(asked.wait_s, LONGEST_WAIT_S))


def _is_news(asked: AskEnquiries, told: EnquiryStates) -> bool:
    is_whole = {one.enquiry_id for one in told.states} == set(asked.enquiry_ids)
    return not is_whole or any(one.state in CLOSED for one in told.states)


def _digest(call: Call, asked: MakeEnquiry) -> bytes:
    return hashlib.sha256(f"{call.actor.staff_id}\n".encode() + encode(asked)).digest()


def _question(admitted: Admitted) -> TaxQuestion:
    call, asked, granted = admitted
    return TaxQuestion(
        enquiry_id=asked.enquiry_id,
        visit_id=asked.visit_id,
        trace=call.trace,
        business_number=asked.subject.business_number,
        tax_year=asked.tax_year,
        series=granted.series,
        item=granted.item,
        task=asked.procedure,
        purpose=asked.purpose,
        information=asked.information,
        items=granted.items,
        asked_on=business_date(call.at),
    )


def _before(unit: RelayUnit, enquiries: Sequence[Enquiry]) -> dict[tuple[str, str], Enquiry]:
    before: dict[tuple[str, str], Enquiry] = {}
    for municipality in dict.fromkeys(one.municipality for one in enquiries):
        names = [one.enquiry_id for one in enquiries if one.municipality == municipality]
        kept = unit.kept(municipality, names)
        before |= {(municipality, name): one for name, one in kept.items()}
    return before


def _with_proof(one: Enquiry, proof: str) -> Enquiry:
    return replace(one, proof=proof)


def _may_read(call: Call, one: Enquiry) -> bool:
    return allowed(call.actor, "enquiry.read", one.procedure, one.item_class, day=call.day)
