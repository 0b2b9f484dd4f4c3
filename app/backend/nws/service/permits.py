"""The core: refuses what its list does not allow, whatever was sent; turns codes into codes; signs permits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.backend.nws.ports import CoreBook, CoreUnit, KeptPermit, PendingCode
from app.backend.nws.service.making import CodeMaker, subject_of
from app.backend.nws.service.noting import note_refusal
from app.domain.act import Act
from app.domain.clock import Clock, Random, business_date, new_id
from app.domain.enquiry_period import order_fault
from app.domain.exchange_numbers import LinkCode
from app.domain.exchange_rules import next_business_day
from app.domain.permission import PermissionList, Wish, tax_year_is_plausible
from app.domain.secret import Secret
from app.errors import AppError, NotAllowed, Refused
from app.link.letters import Correspondent, answer_each, digest_of, municipality_of
from app.trust.seal import seal_to
from app.wire.exchange import (
    Acquired,
    Acquisitions,
    CollectCodes,
    CollectedCode,
    CollectedCodes,
    NetworkRequest,
    Permit,
    PermitQuestion,
    PermitQuestions,
    PermitReplies,
    PermitReply,
)
from app.wire.letter import Letter

NAME = "nws"


@dataclass(frozen=True, slots=True)
class CoreKeys:
    """``index``: makes codes. ``boxes``: municipality → public key of its intermediary, master data of the network.

    ``permit_life``: how long a permit may be used.
    """

    index: Secret
    boxes: Mapping[str, bytes]
    permit_life: timedelta


class CoreService:
    """The network core's use cases."""

    def __init__(
        self,
        book: CoreBook,
        post: Correspondent,
        permissions: PermissionList,
        keys: CoreKeys,
        clock: Clock,
        random: Random,
    ) -> None:
        self._book = book
        self._post = post
        self._permissions = permissions
        self._keys = keys
        self._clock = clock
        self._random = random

    def permits(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Permit or reason for each question of an intermediary."""
        return answer_each(letters, self._permits, self._refused)

    def acquire(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """住民票コード from the resident network; the codes are there on the next business day."""
        return answer_each(letters, self._acquire, self._refused)

    def collect(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Codes that are there, each sealed to the intermediary that asks."""
        return answer_each(letters, self._collect, self._refused)

    def open_now(self, municipality: str) -> int:
        """Let the codes of ``municipality`` be collected from now on, without waiting for the day; how many waited."""
        at = self._clock.now()

        def opened(unit: CoreUnit) -> int:
            count = unit.open_pending(municipality, at)
            unit.record([_act("code.opened", at, municipality, "open_now", count=count)])
            return count

        return self._book.write(opened)

    def load_residents(self, municipality: str, codes: Sequence[tuple[str, Secret]]) -> None:
        """Tell the stand-in of the resident network who has which 住民票コード, by 宛名番号 of the municipality."""
        self._book.write(lambda unit: unit.put_residents(municipality, codes))

    def resident_codes(self, municipality: str, numbers: Sequence[str]) -> dict[str, Secret]:
        """What the resident gateway asks of the stand-in; persons it does not know are left out."""
        return self._book.read(lambda unit: unit.residents(municipality, numbers))

    def _refused(self, letter: Letter, error: AppError) -> None:
        note_refusal(self._book, self._clock.now(), (letter, error), self._keys.boxes)

    def _permits(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "permit-questions/1", PermitQuestions, "intermediary")
        if municipality_of(letter) != asked.municipality:
            raise NotAllowed
        replies = self._book.write(lambda unit: self._replies(unit, asked))
        answer = PermitReplies(municipality=asked.municipality, replies=replies)
        return self._post.write(NAME, "permit-replies/1", answer)

    def _replies(self, unit: CoreUnit, asked: PermitQuestions) -> tuple[PermitReply, ...]:
        municipality, questions = asked.municipality, asked.questions
        kept = unit.permits(municipality, [question.process_number for question in questions])
        subjects = unit.subjects(municipality, [LinkCode(question.code) for question in questions])
        replies: list[PermitReply] = []
        fresh: list[KeptPermit] = []
        acts: list[Act] = []
        makers = _Makers(unit, self._keys.index)
        for question, subject in zip(questions, subjects, strict=True):
            before, number = kept.get(question.process_number), question.process_number
            try:
                given = self._permit(makers, municipality, question, (subject, before))
            except Refused as refused:
                acts.append(self._noted("permit.refused", municipality, question, refused.reason))
                replies.append(PermitReply(process_number=number, reason=refused.reason))
                continue
            replies.append(PermitReply(process_number=number, reason="", permit=given.letter))
            if given is not before:
                fresh.append(given)
                acts.append(self._noted("permit.issued", municipality, question, ""))
        unit.put_permits(fresh)
        unit.record(acts)
        return tuple(replies)

    def _permit(
        self,
        makers: "_Makers",
        municipality: str,
        question: PermitQuestion,
        known: tuple[Secret | None, KeptPermit | None],
    ) -> KeptPermit:
        """The permit given before while it holds, else a new one. ``known``: whose code it is, and that permit.

        Errors: Refused with the reason.
        """
        subject, before = known
        request = self._post.read(question.request, "network-request/1", NetworkRequest, "relay")
        now, digest = self._clock.now(), digest_of(question.request)
        reason = self._refusal(municipality, municipality_of(question.request), request, now)
        if not reason and subject is None:
            reason = "unknown_code"
        if not reason and before is not None and before.request_digest != digest:
            reason = "altered_request"
        if reason or subject is None:
            raise Refused(reason=reason)
        if before is not None and now < before.expires_at:
            return before
        code = makers.code(request.provider, subject)
        permit = Permit(
            permit_id=new_id(self._clock, self._random),
            process_number=question.process_number,
            requester=municipality,
            provider=request.provider,
            request_digest=digest,
            person=seal_to(
                self._keys.boxes[request.provider], code.reveal(), ("person", request.provider, question.process_number)
            ),
            issued_at=now,
            expires_at=now + self._keys.permit_life,
        )
        letter = self._post.write(NAME, "permit/1", permit)
        serial = 1 if before is None else before.serial + 1
        return KeptPermit(
            municipality, question.process_number, digest, request.provider, letter, permit.expires_at, serial
        )

    def _refusal(self, municipality: str, relay: str, request: NetworkRequest, now: datetime) -> str:
        day = business_date(now)
        if not municipality == relay == request.requester:
            return "not_your_request"
        if request.provider == municipality:
            return "own_city"
        if request.provider not in self._keys.boxes:
            return "unknown_provider"
        wish = Wish(
            path="nws",
            series=request.series,
            item=request.item,
            requester="municipality",
            task=request.task,
            purpose=request.purpose,
            information=request.information,
            provider="municipality",
            items=request.items,
            day=day,
        )
        reason = self._permissions.refusal(wish)
        if not reason and (request.since is not None or request.until is not None):
            return "wrong_enquiry_period" if _period_fault(request) else ""
        if not reason and request.as_of is not None:
            return "wrong_reference_date" if request.tax_year or request.as_of > day else ""
        if not reason and not tax_year_is_plausible(request.tax_year, day):
            reason = "unknown_year"
        return reason

    def _acquire(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "acquisitions/1", Acquisitions, "gateway")
        municipality, at = asked.municipality, self._clock.now()
        if municipality_of(letter) != municipality:
            raise NotAllowed
        opens_at = next_business_day(at)
        pending = [
            PendingCode(municipality, one.process_number, subject_of(self._keys.index, one.resident_code), opens_at)
            for one in asked.acquisitions
        ]

        def take(unit: CoreUnit) -> int:
            count = unit.add_pending(pending, at)
            unit.record([_act("code.requested", at, municipality, "acquire", count=count)])
            return count

        return self._post.write(NAME, "acquired/1", Acquired(count=self._book.write(take)))

    def _collect(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "collect-codes/1", CollectCodes, "intermediary")
        municipality, now = asked.municipality, self._clock.now()
        if municipality_of(letter) != municipality or municipality not in self._keys.boxes:
            raise NotAllowed

        def give(unit: CoreUnit) -> tuple[CollectedCode, ...]:
            pending = unit.pending(municipality, asked.process_numbers)
            given = tuple(self._given(unit, number, pending.get(number), now) for number in asked.process_numbers)
            count = sum(one.sealed is not None for one in given)
            if count:
                unit.record([_act("code.generated", now, municipality, "collect", count=count)])
            return given

        codes = CollectedCodes(municipality=municipality, codes=self._book.write(give))
        return self._post.write(NAME, "collected-codes/1", codes)

    def _given(self, unit: CoreUnit, number: str, pending: PendingCode | None, now: datetime) -> CollectedCode:
        if pending is None or now < pending.opens_at:
            return CollectedCode(process_number=number, sealed=None)
        municipality = pending.municipality
        version = unit.rotation.versions(municipality)[-1]
        code = CodeMaker(self._keys.index, municipality, version).code(pending.subject)
        unit.put_code(municipality, code, pending.subject, now)
        sealed = seal_to(self._keys.boxes[municipality], code.reveal(), ("code", municipality, number))
        return CollectedCode(process_number=number, sealed=sealed)

    def _noted(self, kind: str, municipality: str, question: PermitQuestion, reason: str) -> Act:
        number = question.process_number
        return _act(kind, self._clock.now(), municipality, number, process_number=number, reason=reason)


def _period_fault(request: NetworkRequest) -> bool:
    """Whether a request by period isn't one: both ends in order and not too far apart, neither year nor day besides.

    How far ahead it may reach is the asker's row's to say.
    """
    if request.since is None or request.until is None or request.tax_year or request.as_of is not None:
        return True
    return bool(order_fault(request.since, request.until))


class _Makers:
    """Makes codes within one transaction: each body's keys are derived once."""

    def __init__(self, unit: CoreUnit, index: Secret) -> None:
        self._unit = unit
        self._index = index
        self._made: dict[str, list[CodeMaker]] = {}

    def code(self, municipality: str, subject: Secret) -> LinkCode:
        """The person's code as the body has it: while a rotation lasts, the oldest one that was given out."""
        if municipality not in self._made:
            versions = self._unit.rotation.versions(municipality)
            self._made[municipality] = [CodeMaker(self._index, municipality, version) for version in versions]
        *older, newest = self._made[municipality]
        for maker in older:
            code = maker.code(subject)
            if self._unit.rotation.known(municipality, code):
                return code
        return newest.code(subject)


def _act(kind: str, at: datetime, municipality: str, trace: str, **what: str | int) -> Act:
    return Act(kind, at, municipality, f"slice:{NAME}", "", trace, what=tuple(sorted(what.items())))
