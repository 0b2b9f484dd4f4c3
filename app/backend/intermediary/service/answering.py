"""What an answer is made of: exactly the items asked, sealed to the asker, under the provider's signature."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.backend.intermediary.ports import Provision, ReplicaRow
from app.backend.intermediary.ports.held import Flag
from app.domain.clock import Clock
from app.domain.enquiry_period import Period, kept_from_to, period_of
from app.domain.permission import AnswerKind
from app.domain.provision_rules import FlagKind, InformationRule
from app.link.letters import Correspondent
from app.trust.seal import seal_to
from app.wire.exchange import AnswerContent, NetworkRequest, ProviderAnswer
from app.wire.message import encode

ROW, INFORMATION, PERSON, PERIOD = "row", "information", "person", "period"
"""What holds an enquiry back: a mark on the row, its kind of information, its person; or that it asks about days from
before what is registered, of which only the section's own files tell."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is answered: a request under its 処理通番 and permit, about somebody ("" for nobody known here)."""

    process_number: str
    permit_id: str
    digest: bytes
    request: NetworkRequest
    person: str


def concerning(flags: Iterable[Flag], person: str, information: str) -> tuple[Flag, ...]:
    """Those of ``flags`` that are about this information of this person."""
    return tuple(
        flag
        for flag in flags
        if flag.addressee_number in {"", person} and flag.information in {"", information} and flag.is_set
    )


def holding(row: ReplicaRow | None, flags: Sequence[Flag], asked: Period | None, rule: InformationRule | None) -> str:
    """What holds an answer back for a person to decide, the gravest first; "" for nothing."""
    held = [flag for flag in flags if flag.kind == FlagKind.NO_AUTO_ANSWER]
    if any(flag.addressee_number for flag in held):
        return PERSON
    if row is not None and row.no_auto_answer:
        return ROW
    if held:
        return INFORMATION
    return PERIOD if row is not None and _lies_before(row, asked, rule) else ""


def is_withheld(row: ReplicaRow | None, flags: Sequence[Flag]) -> bool:
    """Whether it is provided to nobody."""
    marked = any(flag.kind == FlagKind.NON_DISCLOSURE for flag in flags)
    return marked or (row is not None and row.non_disclosure)


def content_of(request: NetworkRequest, row: ReplicaRow | None, rule: InformationRule | None) -> AnswerContent:
    """What the replica says: exactly the items asked; nothing there, or not then, is 該当なし and nothing else."""
    if row is None or not _holds_then(row, asked_about(request), rule):
        return AnswerContent(kind=AnswerKind.NO_DATA, items={})
    items = {name: value for name, value in row.items.items() if name in request.items}
    return AnswerContent(kind=row.kind, items=items if row.kind == AnswerKind.VALUE else {})


def asked_about(request: NetworkRequest) -> Period | None:
    """The days that a request names; None where it names a year."""
    return period_of(request.since, request.until, request.as_of)


def _holds_then(row: ReplicaRow, asked: Period | None, rule: InformationRule | None) -> bool:
    if asked is None or rule is None or rule.span is None or row.kind != AnswerKind.VALUE:
        return True
    return asked.meets(*kept_from_to(row.items, rule.span))


def _lies_before(row: ReplicaRow, asked: Period | None, rule: InformationRule | None) -> bool:
    """Whether all days asked about lie before what is registered: the replica keeps the last time only."""
    if asked is None or rule is None or rule.span is None or row.kind != AnswerKind.VALUE:
        return False
    since, _ = kept_from_to(row.items, rule.span)
    return since is not None and asked.until < since


def content_digest(content: AnswerContent, row: ReplicaRow | None) -> bytes:
    """Names what somebody looked at: the content, and the version of the replica that it is from."""
    version = 0 if row is None else row.version
    return hashlib.sha256(version.to_bytes(8, "big") + encode(content)).digest()


class Answering:
    """Makes provisions."""

    def __init__(self, post: Correspondent, clock: Clock) -> None:
        self._post = post
        self._clock = clock

    def provision(
        self,
        provider: str,
        ask: Ask,
        content: AnswerContent,
        row: ReplicaRow | None,
        released_by: tuple[str, ...] = (),
    ) -> Provision:
        """The answer and its record. ``released_by``: who checked and who let it go."""
        request, number, now = ask.request, ask.process_number, self._clock.now()
        context = ("answer", request.requester, number)
        answer = ProviderAnswer(
            process_number=number,
            provider=provider,
            request_digest=ask.digest,
            answered_at=now,
            sealed=seal_to(request.reply_key, encode(content), context),
        )
        is_told = row is not None and content.kind == row.kind
        return Provision(
            municipality=provider,
            process_number=number,
            requester=request.requester,
            permit_id=ask.permit_id,
            request_digest=ask.digest,
            information=request.information,
            tax_year=request.tax_year,
            kind=content.kind,
            answer=self._post.write(f"intermediary@{provider}", "answer/1", answer),
            provided_at=now,
            addressee_number=ask.person,
            task=request.task,
            replica_version=row.version if is_told and row is not None else 0,
            file_id=row.file_id if is_told and row is not None else "",
            told=tuple(sorted(content.items.items())),
            released_by=released_by,
            since=request.since,
            until=request.until,
        )
