"""情報提供: answers another body from the replica, if permit, addressee, time and list say so; each permit once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.backend.intermediary.ports import IntermediaryBook, IntermediaryUnit, Provision, ReplicaKey, ReplicaRow
from app.domain.act import Act
from app.domain.clock import Clock, business_date
from app.domain.exchange_numbers import LinkCode
from app.domain.permission import AnswerKind, PermissionList, Wish
from app.errors import AppError, Refused, WrongKey
from app.link.letters import Correspondent, digest_of, municipality_of
from app.trust.seal import BoxKey, open_box, seal_to
from app.wire.exchange import (
    AnswerContent,
    Deliveries,
    Delivery,
    DeliveryReplies,
    DeliveryReply,
    NetworkRequest,
    Permit,
    ProviderAnswer,
)
from app.wire.letter import Letter
from app.wire.message import encode


@dataclass(frozen=True, slots=True)
class _Asked:
    """A delivery that holds so far: its permit, its request and the person's code here."""

    permit: Permit
    request: NetworkRequest
    digest: bytes
    code: LinkCode


class Providing:
    """The provider's side of the intermediary."""

    def __init__(
        self,
        book: IntermediaryBook,
        post: Correspondent,
        permissions: PermissionList,
        boxes: Mapping[str, BoxKey],
        clock: Clock,
    ) -> None:
        self._book = book
        self._post = post
        self._permissions = permissions
        self._boxes = boxes
        self._clock = clock

    def load(self, rows: Sequence[ReplicaRow]) -> None:
        """Register replica rows (S01-6); a row of the same person, information and year is replaced."""
        self._book.write(lambda unit: unit.replicas.put(rows, self._clock.now()))

    def provide(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Answer other bodies' deliveries, in one transaction; the same delivery again gets the same answer."""
        opened = [self._opened(letter) for letter in letters]
        good = [one for one in opened if isinstance(one, Deliveries)]
        replies = iter(self._book.write(lambda unit: self._all_replies(unit, good)) if good else ())
        return [self._answer(one, next(replies)) if isinstance(one, Deliveries) else one for one in opened]

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
        kept = unit.provisions(provider, numbers)
        held = [
            self._asked(permit, delivery, kept) if isinstance(permit, Permit) else permit
            for permit, (_, delivery) in zip(permits, pairs, strict=True)
        ]
        new = {
            one.permit.process_number: one
            for one in reversed(held)
            if isinstance(one, _Asked) and one.permit.process_number not in kept
        }
        fresh = self._provisions(unit, provider, list(new.values()))
        unit.add_provisions(tuple(fresh.values()))
        everything = kept | fresh
        replies = [
            _refused(permit, one) if isinstance(one, str) else _replied(one, everything)
            for permit, one in zip(permits, held, strict=True)
        ]
        requesters = [asked.requester for asked, _ in pairs]
        unit.record(self._acts(provider, list(zip(requesters, replies, strict=True)), fresh))
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

    def _asked(self, permit: Permit, delivery: Delivery, kept: Mapping[str, Provision]) -> _Asked | str:
        """The request, if the permit is for it and our own list allows it; else the reason."""
        digest = digest_of(delivery.request)
        if digest != permit.request_digest:
            return "replayed_permit" if permit.process_number in kept else "altered_request"
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
        return reason or _Asked(permit, request, digest, code)

    def _provisions(self, unit: IntermediaryUnit, municipality: str, asked: Sequence[_Asked]) -> dict[str, Provision]:
        persons = unit.persons(municipality, [one.code for one in asked])
        keys: list[ReplicaKey | None] = [
            None if person is None else (person, one.request.information, one.request.tax_year)
            for one, person in zip(asked, persons, strict=True)
        ]
        rows = unit.replica(municipality, [key for key in keys if key is not None])
        made: dict[str, Provision] = {}
        for one, key in zip(asked, keys, strict=True):
            row = None if key is None else rows.get(key)
            made[one.permit.process_number] = self._provision(municipality, one, _content(one.request, row))
        return made

    def _provision(self, municipality: str, asked: _Asked, content: AnswerContent) -> Provision:
        permit, now = asked.permit, self._clock.now()
        context = ("answer", permit.requester, permit.process_number)
        answer = ProviderAnswer(
            process_number=permit.process_number,
            provider=municipality,
            request_digest=asked.digest,
            answered_at=now,
            sealed=seal_to(asked.request.reply_key, encode(content), context),
        )
        return Provision(
            municipality=municipality,
            process_number=permit.process_number,
            requester=permit.requester,
            permit_id=permit.permit_id,
            request_digest=asked.digest,
            information=asked.request.information,
            tax_year=asked.request.tax_year,
            kind=content.kind,
            answer=self._post.write(f"intermediary@{municipality}", "answer/1", answer),
            provided_at=now,
        )

    def _acts(
        self, provider: str, replies: Sequence[tuple[str, DeliveryReply]], fresh: Mapping[str, Provision]
    ) -> list[Act]:
        """One act for each new provision and each refusal; a repeated delivery is no act of its own."""
        untold = dict(fresh)
        acts: list[Act] = []
        for requester, reply in replies:
            made = None if reply.reason else untold.pop(reply.process_number, None)
            if reply.reason or made is not None:
                what = (
                    ("answer", "" if made is None else made.kind),
                    ("digest", "" if made is None else made.request_digest.hex()),
                    ("process_number", reply.process_number),
                    ("reason", reply.reason),
                    ("requester", requester),
                )
                kind = "provision.refused" if reply.reason else "provision.made"
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


def _content(request: NetworkRequest, row: ReplicaRow | None) -> AnswerContent:
    """What the replica says: exactly the items asked; nothing there is 該当なし and nothing else."""
    if row is None:
        return AnswerContent(kind=AnswerKind.NO_DATA, items={})
    if row.non_disclosure:
        return AnswerContent(kind=AnswerKind.WITHHELD, items={})
    if row.no_auto_answer:
        return AnswerContent(kind=AnswerKind.HELD_BACK, items={})
    items = {name: value for name, value in row.items.items() if name in request.items}
    return AnswerContent(kind=row.kind, items=items if row.kind == AnswerKind.VALUE else {})


def _refused(permit: Permit | str, reason: str) -> DeliveryReply:
    number = permit.process_number if isinstance(permit, Permit) else ""
    return DeliveryReply(process_number=number, reason=reason)


def _replied(asked: _Asked, provisions: Mapping[str, Provision]) -> DeliveryReply:
    number = asked.permit.process_number
    provision = provisions[number]
    if provision.request_digest != asked.digest or provision.requester != asked.permit.requester:
        return DeliveryReply(process_number=number, reason="replayed_permit")
    return DeliveryReply(process_number=number, reason="", answer=provision.answer)
