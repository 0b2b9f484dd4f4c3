"""自己情報提供: what residents ask of their own information is fetched, answered from the replica, and kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from app.backend.intermediary.ports import IntermediaryBook, ReplicaKey, ReplicaRow
from app.backend.intermediary.service import guard
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.clock import Clock
from app.domain.exchange_numbers import LinkCode
from app.domain.permission import AnswerKind
from app.errors import NotAllowed, NotUnderstood
from app.link.letters import Correspondent, Neighbour
from app.trust.seal import seal_to
from app.wire.message import encode
from app.wire.own_information import AskOwn, AskOwnContent, OwnProvided, OwnProvidedContent, OwnProvidedRow
from app.wire.portal import (
    AskOwnRequests,
    OwnAnswer,
    OwnAnswers,
    OwnContent,
    OwnRequest,
    OwnRequests,
    PortalTaken,
)

T = TypeVar("T")

READ = "own.read"
MOST = 200


@dataclass(frozen=True, slots=True)
class OwnProvision:
    """What one person was given of their own information. ``addressee_number`` "": nobody here has that code."""

    municipality: str
    request_id: str
    addressee_number: str
    information: str
    tax_year: int
    asked_at: datetime
    provided_at: datetime
    content: OwnContent
    answer: OwnAnswer


class OwnUnit(Protocol):
    """What can be done inside one transaction."""

    def known(self, municipality: str, request_ids: Sequence[str]) -> dict[str, OwnProvision]: ...
    def add(self, provisions: Sequence[OwnProvision]) -> None: ...
    def of(self, municipality: str, addressee_number: str, limit: int) -> tuple[OwnProvision, ...]:
        """The newest first."""
        ...

    def record(self, acts: Sequence[Act]) -> None: ...


class OwnBook(Protocol):
    """Opens such units."""

    def write(self, work: Callable[[OwnUnit], T]) -> T: ...
    def read(self, work: Callable[[OwnUnit], T]) -> T: ...


@dataclass(frozen=True, slots=True)
class OwnPortal:
    """マイナポータル as far as own information goes; every connection to it is opened from here."""

    requests: Neighbour
    answers: Neighbour


class OwnInformation:
    """The turn that answers, and what staff are shown. ``places``: municipalities of this process."""

    def __init__(
        self,
        books: tuple[OwnBook, IntermediaryBook],
        post: Correspondent,
        portal: OwnPortal | None,
        places: Sequence[str],
        clock: Clock,
    ) -> None:
        self._book, self._replicas = books
        self._post = post
        self._portal = portal
        self._places = places
        self._clock = clock

    def turn(self) -> bool:
        """Answer what residents asked; whether there was any. Errors: Unreachable."""
        portal = self._portal
        served = [self._served(portal, place) for place in self._places] if portal is not None else []
        return any(served)

    def shown(self, call: Call, asked: AskOwn) -> OwnProvided:
        """What a person was given, without the content. Recorded. Errors: NotAllowed."""
        call.demand(READ)
        guard.demand_number(asked.person)
        place = call.municipality
        found = self._book.read(lambda unit: unit.of(place, asked.person, MOST))
        act = act_of(call, "own.state_read", about=asked.person, count=len(found))
        self._book.write(lambda unit: unit.record([act]))
        return OwnProvided(rows=tuple(_row(one) for one in found))

    def content(self, call: Call, asked: AskOwnContent) -> OwnProvidedContent:
        """What was in one provision, to answer the person's question. Recorded before. Errors: NotAllowed."""
        call.demand(READ)
        found = self._book.read(lambda unit: unit.known(call.municipality, [asked.request_id]))
        one = found.get(asked.request_id)
        if one is None or not one.addressee_number:
            raise NotAllowed
        act = act_of(call, "own.content_read", about=one.addressee_number, request=one.request_id)
        self._book.write(lambda unit: unit.record([act]))
        return OwnProvidedContent(row=_row(one), items=one.content.items)

    def _served(self, portal: OwnPortal, place: str) -> bool:
        sender = f"intermediary@{place}"
        letter = self._post.write(sender, "ask-own-requests/1", AskOwnRequests(municipality=place))
        asked = self._post.read(portal.requests.ask(letter), "own-requests/1", OwnRequests, "portal")
        if asked.municipality != place:
            raise NotUnderstood(what="municipality")
        if not asked.requests:
            return False
        known = self._book.read(lambda unit: unit.known(place, [one.request_id for one in asked.requests]))
        fresh = self._provisions(place, [one for one in asked.requests if one.request_id not in known])
        self._book.write(lambda unit: self._keep(unit, fresh))
        everything = known | {one.request_id: one for one in fresh}
        answers = tuple(everything[one.request_id].answer for one in asked.requests)
        letter = self._post.write(sender, "own-answers/1", OwnAnswers(municipality=place, answers=answers))
        taken = self._post.read(portal.answers.ask(letter), "portal-taken/1", PortalTaken, "portal")
        if taken.count != len(answers):
            raise NotUnderstood(what="count")
        return True

    def _provisions(self, place: str, requests: Sequence[OwnRequest]) -> list[OwnProvision]:
        codes = [LinkCode(one.code) for one in requests]
        persons = self._replicas.read(lambda unit: unit.persons(place, codes)) if codes else []
        keys: list[ReplicaKey] = [
            (person or "", one.information, one.tax_year) for one, person in zip(requests, persons, strict=True)
        ]
        rows = self._replicas.read(lambda unit: unit.replica(place, [key for key in keys if key[0]]))
        return [self._provision(place, one, key, rows) for one, key in zip(requests, keys, strict=True)]

    def _provision(
        self, place: str, asked: OwnRequest, key: ReplicaKey, rows: Mapping[ReplicaKey, ReplicaRow]
    ) -> OwnProvision:
        content = _content(rows.get(key))
        context = ("own-information", place, asked.request_id)
        sealed = seal_to(asked.reply_key, encode(content), context)
        answer = OwnAnswer(request_id=asked.request_id, sealed=sealed)
        now = self._clock.now()
        about = (asked.information, asked.tax_year, asked.asked_at)
        return OwnProvision(place, asked.request_id, key[0], *about, now, content, answer)

    def _keep(self, unit: OwnUnit, fresh: Sequence[OwnProvision]) -> None:
        unit.add(fresh)
        now = self._clock.now()
        unit.record([
            Act(
                "own.provided",
                now,
                one.municipality,
                "slice:intermediary",
                "",
                one.request_id,
                about=one.addressee_number,
                what=(("answer", one.content.kind), ("request", one.request_id)),
            )
            for one in fresh
        ])


def _content(row: ReplicaRow | None) -> OwnContent:
    """What the person may see: what is marked 不開示 is not even said to be there or not (R-040, published)."""
    if row is None:
        return OwnContent(kind=AnswerKind.NO_DATA, items={})
    if row.non_disclosure:
        return OwnContent(kind=AnswerKind.WITHHELD, items={})
    return OwnContent(kind=row.kind, items={**row.items} if row.kind == AnswerKind.VALUE else {})


def _row(one: OwnProvision) -> OwnProvidedRow:
    return OwnProvidedRow(
        request_id=one.request_id,
        information=one.information,
        tax_year=one.tax_year,
        asked_at=one.asked_at,
        provided_at=one.provided_at,
        kind=one.content.kind,
    )
