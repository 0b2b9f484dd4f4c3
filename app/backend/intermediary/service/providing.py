"""情報提供: answers another body from the replica, if permit, addressee, time and list say so; each permit once."""

from collections.abc import Container, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime

from app.backend.intermediary.ports import IntermediaryBook, IntermediaryUnit, Provision, ReplicaKey, ReplicaRow
from app.backend.intermediary.ports.held import Case, Flag
from app.backend.intermediary.service.answering import (
    PERSON,
    Answering,
    Ask,
    asked_about,
    concerning,
    content_of,
    holding,
    is_withheld,
)
from app.domain.act import Act
from app.domain.clock import Clock, business_date
from app.domain.exchange_numbers import LinkCode
from app.domain.permission import AnswerKind, PermissionList, Wish
from app.domain.provision_rules import ProvisionRules, end_of_open_days
from app.durable.worker import Pool
from app.errors import AppError, Refused, WrongKey
from app.link.letters import Correspondent, digest_of, municipality_of, noted_in
from app.trust.seal import BoxKey, open_box
from app.wire.exchange import (
    AnswerContent,
    Deliveries,
    Delivery,
    DeliveryReplies,
    DeliveryReply,
    NetworkRequest,
    Permit,
)
from app.wire.letter import Letter

HELD = "held_back"
"""Somebody here decides first: it is asked for again later."""
_UNRULED_DAYS = 3
"""Open days for information that is marked though no rule knows it. Assumed."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A delivery that holds so far: its permit, its request (as it was signed, too) and the person's code here."""

    permit: Permit
    letter: Letter
    request: NetworkRequest
    digest: bytes
    code: LinkCode


@dataclass(frozen=True, slots=True)
class _Fresh:
    """What is new, by 処理通番: answers, and what waits for a person."""

    made: dict[str, Provision]
    held: dict[str, Case]


class Providing:
    """The provider's side of the intermediary."""

    def __init__(
        self,
        book: IntermediaryBook,
        post: Correspondent,
        lists: tuple[PermissionList, ProvisionRules],
        boxes: Mapping[str, BoxKey],
        clock: Clock,
    ) -> None:
        self._book = book
        self._post = post
        self._permissions, self._rules = lists
        self._boxes = boxes
        self._clock = clock
        self._answering = Answering(post, clock)
        self._beside = Pool("provisions signed", 1)
        self._noted = noted_in(book, post, "intermediary", clock)

    def load(self, rows: Sequence[ReplicaRow]) -> None:
        """Register replica rows (S01-6); a row of the same person, information and year is replaced."""
        self._book.write(lambda unit: unit.replicas.put(rows, self._clock.now()))

    def provide(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Answer other bodies' deliveries, in one transaction; the same delivery again gets the same answer."""
        opened = [self._opened(letter) for letter in letters]
        good = [one for one in opened if isinstance(one, Deliveries)]
        for letter, one in zip(letters, opened, strict=True):
            if not isinstance(one, Deliveries):
                self._noted(letter, one)
        answers = iter(self._book.write(lambda unit: self._answers(unit, good)).result() if good else ())
        return [next(answers) if isinstance(one, Deliveries) else one for one in opened]

    def _opened(self, letter: Letter) -> Deliveries | AppError:
        try:
            asked = self._post.read(letter, "deliveries/1", Deliveries, "intermediary")
        except AppError as error:
            return error
        if municipality_of(letter) != asked.requester:
            return Refused(reason="not_your_permit")
        if not self._post.serves(f"intermediary@{asked.provider}"):
            return Refused(reason="not_addressed_to_us")
        return asked

    def _answers(self, unit: IntermediaryUnit, several: Sequence[Deliveries]) -> Future[list[Letter]]:
        """The letters in answer are signed while the transaction is committed; who never hears of it gets none."""
        replies = self._all_replies(unit, several)
        return self._beside.submit(lambda: list(map(self._answer, several, replies)))

    def _answer(self, asked: Deliveries, replies: tuple[DeliveryReply, ...]) -> Letter:
        answer = DeliveryReplies(provider=asked.provider, replies=replies)
        return self._post.write(f"intermediary@{asked.provider}", "delivery-replies/1", answer)

    def _all_replies(self, unit: IntermediaryUnit, several: Sequence[Deliveries]) -> list[tuple[DeliveryReply, ...]]:
        """The replies to each of ``several``, in order."""
        made: dict[int, tuple[DeliveryReply, ...]] = {}
        for provider in dict.fromkeys(asked.provider for asked in several):
            places = [place for place, asked in enumerate(several) if asked.provider == provider]
            pairs = [(several[place], delivery) for place in places for delivery in several[place].deliveries]
            replies = iter(self._replies(unit, provider, pairs))
            made |= {place: tuple(next(replies) for _ in several[place].deliveries) for place in places}
        return [made[place] for place in range(len(several))]

    def _replies(
        self, unit: IntermediaryUnit, provider: str, pairs: Sequence[tuple[Deliveries, Delivery]]
    ) -> list[DeliveryReply]:
        permits = [self._permit(asked, delivery) for asked, delivery in pairs]
        numbers = [permit.process_number for permit in permits if isinstance(permit, Permit)]
        kept, cases = unit.provisions(provider, numbers), unit.cases.many(provider, numbers)
        known = frozenset({*kept, *cases})
        held = [
            self._asked(permit, delivery, known) if isinstance(permit, Permit) else permit
            for permit, (_, delivery) in zip(permits, pairs, strict=True)
        ]
        held = self._still_coded(unit, provider, held, known)
        new = {
            one.permit.process_number: one
            for one in reversed(held)
            if isinstance(one, _Asked) and one.permit.process_number not in known
        }
        fresh = self._provisions(unit, provider, list(new.values()))
        unit.add_provisions(tuple(fresh.made.values()))
        unit.cases.add(tuple(fresh.held.values()))
        everything = _Fresh(kept | fresh.made, cases | fresh.held)
        replies = [
            _refused(permit, one) if isinstance(one, str) else _replied(one, everything)
            for permit, one in zip(permits, held, strict=True)
        ]
        requesters = [asked.requester for asked, _ in pairs]
        unit.note(self._acts(provider, list(zip(requesters, replies, strict=True)), fresh))
        return replies

    def _permit(self, asked: Deliveries, delivery: Delivery) -> Permit | str:
        """The permit, if it is one for these two bodies at this time; else the reason."""
        try:
            permit = self._post.read(delivery.permit, "permit/1", Permit, "nws")
        except AppError as error:
            return str(error.data.get("reason", "bad_permit"))
        if permit.requester != asked.requester:
            return "not_your_permit"
        if permit.provider != asked.provider:
            return "not_addressed_to_us"
        return "expired_permit" if self._clock.now() >= permit.expires_at else permit

    def _asked(self, permit: Permit, delivery: Delivery, known: frozenset[str]) -> _Asked | str:
        """The request, if the permit is for it and our own list allows it; else the reason."""
        digest = digest_of(delivery.request)
        if digest != permit.request_digest:
            return "replayed_permit" if permit.process_number in known else "altered_request"
        try:
            request = self._post.read(delivery.request, "network-request/1", NetworkRequest, "relay")
            sealed_for = ("person", permit.provider, permit.process_number)
            code = LinkCode(open_box(self._boxes[permit.provider], permit.person, sealed_for))
        except WrongKey:
            return "not_addressed_to_us"
        except AppError as error:
            return str(error.data.get("reason", "bad_request"))
        bodies = (request.requester, municipality_of(delivery.request), request.provider)
        if bodies != (permit.requester, permit.requester, permit.provider):
            return "altered_request"
        reason = self._permissions.refusal(_wish(request, self._clock.now()))
        if not reason and request.since is not None:
            rule = self._rules.information.get(request.information)
            reason = "" if rule is not None and rule.span is not None else "no_period_here"
        return reason or _Asked(permit, delivery.request, request, digest, code)

    def _provisions(self, unit: IntermediaryUnit, municipality: str, asked: Sequence[_Asked]) -> _Fresh:
        """What is provided now, and what is laid down for a person to decide."""
        if not asked:
            return _Fresh({}, {})
        persons = unit.persons(municipality, [one.code for one in asked])
        keys: list[ReplicaKey | None] = [
            None if person is None else (person, one.request.information, one.request.tax_year)
            for one, person in zip(asked, persons, strict=True)
        ]
        rows = unit.replica(municipality, [key for key in keys if key is not None])
        flags = unit.flags.held(municipality, [person for person in persons if person is not None])
        fresh = _Fresh({}, {})
        for one, key in zip(asked, keys, strict=True):
            row = None if key is None else rows.get(key)
            ask = Ask(one.permit.process_number, one.permit.permit_id, one.digest, one.request, key[0] if key else "")
            mine = concerning(flags, ask.person, one.request.information) if ask.person else ()
            self._settle(fresh, municipality, (one, ask, row, mine))
        return fresh

    def _still_coded(
        self, unit: IntermediaryUnit, provider: str, held: Sequence[_Asked | str], known: Container[str]
    ) -> list[_Asked | str]:
        """Whose code was given up with a correction has not "nothing there": whose it is, is being found out."""
        asked = [one for one in held if isinstance(one, _Asked) and one.permit.process_number not in known]
        gone = dict(zip(map(id, asked), unit.given_up(provider, [one.code for one in asked]), strict=True))
        return ["code_given_up" if gone.get(id(one)) else one for one in held]

    def _settle(
        self, fresh: _Fresh, municipality: str, found: tuple[_Asked, Ask, ReplicaRow | None, tuple[Flag, ...]]
    ) -> None:
        one, ask, row, flags = found
        number, rule = ask.process_number, self._rules.information.get(ask.request.information)
        cause = holding(row, flags, asked_about(ask.request), rule)
        if is_withheld(row, flags):
            content = AnswerContent(kind=AnswerKind.WITHHELD, items={})
            fresh.made[number] = self._answering.provision(municipality, ask, content, None)
        elif cause:
            fresh.held[number] = self._case(municipality, one, ask, cause)
        else:
            content = content_of(ask.request, row, rule)
            fresh.made[number] = self._answering.provision(municipality, ask, content, row)

    def _case(self, municipality: str, asked: _Asked, ask: Ask, cause: str) -> Case:
        rule, now = self._rules.information.get(ask.request.information), self._clock.now()
        days = rule.release_days if rule else _UNRULED_DAYS
        return Case(
            municipality=municipality,
            process_number=ask.process_number,
            requester=ask.request.requester,
            permit_id=ask.permit_id,
            request_digest=ask.digest,
            request=asked.letter,
            addressee_number=ask.person,
            information=ask.request.information,
            tax_year=ask.request.tax_year,
            owner=self._rules.owner(ask.request.information),
            cause=cause,
            needs_two=cause == PERSON or (rule is not None and rule.two_persons),
            asked_at=now,
            due_at=end_of_open_days(now, days),
        )

    def _acts(self, provider: str, replies: Sequence[tuple[str, DeliveryReply]], fresh: _Fresh) -> list[Act]:
        """One act for each new provision, each that is newly held and each refusal; a repeated delivery is none."""
        untold: dict[str, Provision | Case] = {**fresh.made, **fresh.held}
        acts: list[Act] = []
        for requester, reply in replies:
            is_refusal = bool(reply.reason) and reply.reason != HELD
            new = None if is_refusal else untold.pop(reply.process_number, None)
            if is_refusal or new is not None:
                kind = "provision.refused"
                if new is not None:
                    kind = "provision.held" if isinstance(new, Case) else "provision.made"
                what = (
                    ("answer", new.kind if isinstance(new, Provision) else ""),
                    ("digest", "" if new is None else new.request_digest.hex()),
                    ("process_number", reply.process_number),
                    ("reason", new.cause if isinstance(new, Case) else reply.reason),
                    ("requester", requester),
                )
                trace = reply.process_number or "unknown"
                acts.append(Act(kind, self._clock.now(), provider, "slice:intermediary", "", trace, what=what))
        return acts


def _wish(request: NetworkRequest, now: datetime) -> Wish:
    return Wish(
        path="nws",
        series=request.series,
        item=request.item,
        requester="municipality",
        task=request.task,
        purpose=request.purpose,
        information=request.information,
        provider="municipality",
        items=request.items,
        day=business_date(now),
    )


def _refused(permit: Permit | str, reason: str) -> DeliveryReply:
    number = permit.process_number if isinstance(permit, Permit) else ""
    return DeliveryReply(process_number=number, reason=reason)


def _replied(asked: _Asked, everything: _Fresh) -> DeliveryReply:
    number = asked.permit.process_number
    known = everything.made.get(number) or everything.held[number]
    if known.request_digest != asked.digest or known.requester != asked.permit.requester:
        return DeliveryReply(process_number=number, reason="replayed_permit")
    if isinstance(known, Case):
        return DeliveryReply(process_number=number, reason=HELD)
    return DeliveryReply(process_number=number, reason="", answer=known.answer)
