"""情報照会: takes a request under a 処理通番, gets code and permit, brings the provider's answer back, once."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.backend.intermediary.ports import (
    ANSWERED,
    OPEN,
    REFUSED,
    CodeState,
    Enquiry,
    IntermediaryBook,
    IntermediaryUnit,
)
from app.domain.act import Act
from app.domain.clock import Clock, Random
from app.domain.exchange_numbers import LinkCode, new_process_number
from app.errors import AppError, NotAllowed, NotUnderstood, Refused
from app.link.letters import Correspondent, Neighbour, answer_each, digest_of, municipality_of, noted_in
from app.trust.seal import BoxKey, open_box
from app.wire.exchange import (
    CollectCodes,
    CollectedCodes,
    Deliveries,
    Delivery,
    DeliveryReplies,
    NetworkEnquiries,
    NetworkEnquiry,
    NetworkOutcome,
    NetworkOutcomes,
    NetworkRequest,
    PermitQuestion,
    PermitQuestions,
    PermitReplies,
    ProviderAnswer,
)
from app.wire.letter import Letter

log = logging.getLogger(__name__)

BAD_ANSWER = "bad_answer"
AGAIN = frozenset({"expired_permit", "held_back", "code_given_up"})
"""Reasons of a provider that another try, with a new permit, removes: some day, where a person there decides first."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """``permits`` and ``codes``: the core. ``providers``: municipality → its intermediary."""

    permits: Neighbour
    codes: Neighbour
    providers: Mapping[str, Neighbour]


@dataclass(frozen=True, slots=True)
class _Item:
    """One enquiry on its way through. ``delay``: why it could not go further now."""

    sent: NetworkEnquiry
    kept: Enquiry
    code: CodeState | None
    delay: str = ""


class Asking:
    """The asker's side of the intermediary."""

    def __init__(
        self,
        book: IntermediaryBook,
        post: Correspondent,
        neighbours: Neighbours,
        boxes: Mapping[str, BoxKey],
        clock: Clock,
        random: Random,
    ) -> None:
        self._book = book
        self._post = post
        self._neighbours = neighbours
        self._boxes = boxes
        self._clock = clock
        self._random = random
        self._noted = noted_in(book, post, "intermediary", clock)

    def enquire(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Take the relay's enquiries as far as they go; the same enquiry again gives what is kept of it."""
        return answer_each(letters, self._enquire, self._noted)

    def ask_codes(self, municipality: str, addressee_numbers: Sequence[str]) -> dict[str, str]:
        """Begin to acquire the codes that are missing; 統合宛名番号 → 処理通番 to pass on."""

        def ask(unit: IntermediaryUnit) -> dict[str, str]:
            codes = self._with_codes(unit, municipality, addressee_numbers)
            return {number: state.process_number for number, state in codes.items() if state.code is None}

        return self._book.write(ask)

    def collect_codes(self, municipality: str, waiting: Mapping[str, str]) -> dict[str, LinkCode]:
        """Fetch from the core what is there. ``waiting``: 統合宛名番号 → 処理通番. Errors: Unreachable."""
        if not waiting:
            return {}
        asked = CollectCodes(municipality=municipality, process_numbers=tuple(waiting.values()))
        letter = self._post.write(f"intermediary@{municipality}", "collect-codes/1", asked)
        answer = self._post.read(self._neighbours.codes.ask(letter), "collected-codes/1", CollectedCodes, "nws")
        sealed = {one.process_number: one.sealed for one in answer.codes}
        found: dict[str, LinkCode] = {}
        for number, process_number in waiting.items():
            box = sealed.get(process_number)
            if box is not None:
                context = ("code", municipality, process_number)
                found[number] = LinkCode(open_box(self._boxes[municipality], box, context))
        if found:
            self._book.write(lambda unit: self._put_codes(unit, municipality, found))
        return found

    def _enquire(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "network-enquiries/1", NetworkEnquiries, "relay")
        municipality = asked.municipality
        if municipality_of(letter) != municipality or not self._post.serves(f"intermediary@{municipality}"):
            raise NotAllowed
        items = self._book.write(lambda unit: self._laid_down(unit, asked))
        items = self._coded(municipality, items)
        going = [item for item in items if item.kept.state == OPEN and item.code is not None and item.code.code]
        done = {item.kept.enquiry_id: item for item in self._asked(municipality, going)}
        finished = [done.get(item.kept.enquiry_id, item) for item in items]
        outcomes = tuple(_outcome(item) for item in finished)
        answer = NetworkOutcomes(municipality=municipality, outcomes=outcomes)
        return self._post.write(f"intermediary@{municipality}", "network-outcomes/1", answer)

    def _laid_down(self, unit: IntermediaryUnit, asked: NetworkEnquiries) -> list[_Item]:
        """Every enquiry has its record and its 処理通番 before anything is sent."""
        municipality = asked.municipality
        requests = [self._request(municipality, sent) for sent in asked.enquiries]
        kept = unit.enquiries(municipality, [request.enquiry_id for request in requests])
        numbers = [sent.addressee_number for sent in asked.enquiries]
        codes = self._with_codes(unit, municipality, numbers)
        items: list[_Item] = []
        fresh: list[Enquiry] = []
        for sent, request in zip(asked.enquiries, requests, strict=True):
            enquiry = kept.get(request.enquiry_id)
            if enquiry is None:
                enquiry = self._new(municipality, sent, request)
                fresh.append(enquiry)
            elif enquiry.request_digest != digest_of(sent.request):
                enquiry = replace(enquiry, state=REFUSED, reason="altered_request", answer=None)
            items.append(_Item(sent, enquiry, codes.get(sent.addressee_number)))
        unit.add_enquiries(fresh)
        traces = {request.enquiry_id: request.trace for request in requests}
        unit.note([self._act("enquiry.recorded", enquiry, traces[enquiry.enquiry_id]) for enquiry in fresh])
        return items

    def _request(self, municipality: str, sent: NetworkEnquiry) -> NetworkRequest:
        request = self._post.read(sent.request, "network-request/1", NetworkRequest, "relay")
        if not municipality == request.requester == municipality_of(sent.request):
            raise Refused(reason="not_your_request")
        return request

    def _with_codes(self, unit: IntermediaryUnit, municipality: str, numbers: Sequence[str]) -> dict[str, CodeState]:
        codes = unit.codes(municipality, numbers)
        now = self._clock.now()
        missing = [number for number in dict.fromkeys(numbers) if number not in codes]
        wanted = [(number, new_process_number(municipality, self._random, now)) for number in missing]
        if wanted:
            unit.ask_codes(municipality, wanted, now)
            what = (("count", len(wanted)),)
            unit.record([Act("code.asked", now, municipality, "slice:relay", "", wanted[0][1], what=what)])
        return codes | {number: CodeState(None, process_number) for number, process_number in wanted}

    def _coded(self, municipality: str, items: list[_Item]) -> list[_Item]:
        """The items with the codes that the core has by now; while it can't be reached they wait."""
        waiting = {
            item.sent.addressee_number: item.code.process_number
            for item in items
            if item.code is not None and item.code.code is None
        }
        try:
            found = self.collect_codes(municipality, waiting)
        except AppError as error:
            log.info("codes could not be collected", extra={"code": error.code})
            return items
        return [
            replace(item, code=CodeState(found[item.sent.addressee_number], ""))
            if item.sent.addressee_number in found
            else item
            for item in items
        ]

    def _put_codes(self, unit: IntermediaryUnit, municipality: str, found: Mapping[str, LinkCode]) -> None:
        now = self._clock.now()
        others = unit.put_codes(municipality, list(found.items()), now)
        what = (("count", len(found) - len(others)), ("of_another", len(others)))
        unit.record([Act("code.stored", now, municipality, "slice:nws", "", "collect", what=what)])

    def _asked(self, municipality: str, items: Sequence[_Item]) -> list[_Item]:
        """The items after permit and delivery; what ended is written down before it is told."""
        if not items:
            return []
        try:
            replies = self._permits(municipality, items)
        except AppError as error:
            return [replace(item, delay=error.code) for item in items]
        done: list[_Item] = []
        permitted: dict[str, list[tuple[_Item, Letter]]] = {}
        for item, reply in zip(items, replies.replies, strict=True):
            if reply.permit is None:
                done.append(replace(item, kept=self._ended(item.kept, REFUSED, reply.reason, None)))
            else:
                permitted.setdefault(item.kept.provider, []).append((item, reply.permit))
        for provider, pairs in permitted.items():
            done.extend(self._delivered(municipality, provider, pairs))
        ended = [item.kept for item in done if item.kept.state != OPEN]
        if ended:
            self._book.write(lambda unit: self._finish(unit, ended))
        return done

    def _permits(self, municipality: str, items: Sequence[_Item]) -> PermitReplies:
        questions = tuple(
            PermitQuestion(
                process_number=item.kept.process_number,
                code=item.code.code.reveal(),
                request=item.sent.request,
            )
            for item in items
            if item.code is not None and item.code.code is not None
        )
        asked = PermitQuestions(municipality=municipality, questions=questions)
        letter = self._post.write(f"intermediary@{municipality}", "permit-questions/1", asked)
        told = self._post.read(self._neighbours.permits.ask(letter), "permit-replies/1", PermitReplies, "nws")
        _demand_all(told.replies, len(questions))
        return told

    def _delivered(self, municipality: str, provider: str, pairs: Sequence[tuple[_Item, Letter]]) -> list[_Item]:
        neighbour = self._neighbours.providers.get(provider)
        if neighbour is None:
            return [replace(item, delay="no_route") for item, _ in pairs]
        deliveries = tuple(Delivery(permit=permit, request=item.sent.request) for item, permit in pairs)
        asked = Deliveries(requester=municipality, provider=provider, deliveries=deliveries)
        letter = self._post.write(f"intermediary@{municipality}", "deliveries/1", asked)
        try:
            answer = self._post.read(neighbour.ask(letter), "delivery-replies/1", DeliveryReplies, "intermediary")
            _demand_all(answer.replies, len(pairs))
        except AppError as error:
            return [replace(item, delay=error.code) for item, _ in pairs]
        replies = zip(pairs, answer.replies, strict=True)
        return [self._replied(item, reply.answer, reply.reason) for (item, _), reply in replies]

    def _replied(self, item: _Item, answer: Letter | None, reason: str) -> _Item:
        if reason in AGAIN:
            return replace(item, delay=reason)
        if answer is not None and not reason:
            reason = self._fault(item.kept, answer)
        state = REFUSED if reason or answer is None else ANSWERED
        return replace(item, kept=self._ended(item.kept, state, reason, answer if state == ANSWERED else None))

    def _fault(self, kept: Enquiry, letter: Letter) -> str:
        """Why ``letter`` is no answer to this enquiry, "" if it is one."""
        try:
            answer = self._post.read(letter, "answer/1", ProviderAnswer, "intermediary")
        except Refused as refused:
            return refused.reason
        except NotUnderstood:  # of this one alone: the others of the letter are answered
            return BAD_ANSWER
        said = (answer.process_number, answer.request_digest, answer.provider, municipality_of(letter))
        return "" if said == (kept.process_number, kept.request_digest, kept.provider, kept.provider) else BAD_ANSWER

    def _ended(self, kept: Enquiry, state: str, reason: str, answer: Letter | None) -> Enquiry:
        return replace(kept, state=state, reason=reason, answer=answer, done_at=self._clock.now())

    def _finish(self, unit: IntermediaryUnit, ended: Sequence[Enquiry]) -> None:
        unit.finish(ended)
        unit.note([self._act(f"enquiry.{one.state}", one, one.process_number) for one in ended])

    def _new(self, municipality: str, sent: NetworkEnquiry, request: NetworkRequest) -> Enquiry:
        now = self._clock.now()
        return Enquiry(
            municipality=municipality,
            enquiry_id=request.enquiry_id,
            process_number=new_process_number(municipality, self._random, now),
            addressee_number=sent.addressee_number,
            provider=request.provider,
            information=request.information,
            tax_year=request.tax_year,
            request_digest=digest_of(sent.request),
            state=OPEN,
            reason="",
            answer=None,
            asked_at=now,
            done_at=None,
            task=request.task,
            items=request.items,
            since=request.since,
            until=request.until,
        )

    def _act(self, kind: str, enquiry: Enquiry, trace: str) -> Act:
        what = (
            ("digest", enquiry.request_digest.hex()),
            ("process_number", enquiry.process_number),
            ("provider", enquiry.provider),
            ("reason", enquiry.reason),
        )
        return Act(kind, self._clock.now(), enquiry.municipality, "slice:relay", "", trace, what=what)


def _demand_all(replies: Sequence[object], count: int) -> None:
    """Errors: NotUnderstood where there is not one reply to each question: nobody can say which is whose."""
    if len(replies) != count:
        raise NotUnderstood(what="replies")


def _outcome(item: _Item) -> NetworkOutcome:
    kept = item.kept
    has_code = item.code is not None and item.code.code is not None
    if kept.state == OPEN and not has_code:
        number = "" if item.code is None else item.code.process_number
        return NetworkOutcome(enquiry_id=kept.enquiry_id, state="no_code", reason="", process_number=number)
    return NetworkOutcome(
        enquiry_id=kept.enquiry_id,
        state="delayed" if kept.state == OPEN else kept.state,
        reason=item.delay if kept.state == OPEN else kept.reason,
        process_number=kept.process_number,
        answer=kept.answer,
    )
