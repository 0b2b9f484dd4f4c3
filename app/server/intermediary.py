"""The intermediary of one process: what its relay, other bodies and the staff ask of it, and its own errands."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.backend.intermediary import http
from app.backend.intermediary.http import office
from app.backend.intermediary.service.answering import Answering
from app.backend.intermediary.service.errands import Errands
from app.backend.intermediary.service.files import FileTaking
from app.backend.intermediary.service.flags import Flagging
from app.backend.intermediary.service.noting import NoteSending, NoteTaking
from app.backend.intermediary.service.providing import Providing
from app.backend.intermediary.service.recording import Recording
from app.backend.intermediary.service.references import PersonReferences
from app.backend.intermediary.service.registering import Registering
from app.backend.intermediary.service.releasing import Releasing
from app.backend.intermediary.service.replicas import Replicating
from app.backend.intermediary.service.tracing import Tracing
from app.backend.intermediary.store import IntermediaryStore
from app.domain.clock import Clock, Random
from app.domain.exchange_rules import Hours
from app.domain.permission import PermissionList
from app.domain.retention import RetentionRule, rule_for
from app.domain.secret import Secret
from app.durable.worker import Pump
from app.errors import DataFault
from app.link.letters import Correspondent, Nearby, Neighbour, noted_in
from app.server import shipped
from app.server.retention import retention_rules
from app.trust.seal import BoxKey
from app.wire.endpoint import Endpoint

IDLE_S = 5.0
_RECORDS = ("intermediary", "enquiry.answered")
"""The log and act whose retention is that of the records themselves."""


@dataclass(frozen=True, slots=True)
class IntermediaryPlace:
    """Where the slice stands. ``others``: municipality → where its intermediary takes error notes, on a line."""

    municipalities: tuple[str, ...]
    post: Correspondent
    boxes: Mapping[str, BoxKey]
    others: Mapping[str, Neighbour]
    hours: Hours
    key: Secret
    """Of the slice; references to persons are sealed under one derived of it."""


@dataclass(frozen=True, slots=True)
class IntermediaryPart:
    """The slice with its endpoints. ``pump`` is to be started."""

    providing: Providing
    replicating: Replicating
    files: FileTaking
    office: office.Office
    errands: Errands
    pump: Pump
    endpoints: tuple[Endpoint, ...]


def build_intermediary(
    book: IntermediaryStore, place: IntermediaryPlace, permissions: PermissionList, time: tuple[Clock, Random]
) -> IntermediaryPart:
    """Put the provider's side together; nothing runs until ``pump.start``. Errors: DataFault."""
    clock, random = time
    rules, post = shipped.provision_rules(), place.post
    answering = Answering(post, clock)
    files = FileTaking(book, rules, clock)
    replicating = Replicating(book, post, files, clock)
    noting = NoteTaking(book, post, clock)
    local = dict.fromkeys(place.municipalities, Nearby(noting.take))
    sending = NoteSending(book, post, {**place.others, **local}, (rules, place.hours), clock)
    desk = office.Office(
        releasing=Releasing(book, answering, rules, clock),
        flagging=Flagging(book, rules, clock, random),
        tracing=Tracing(book, rules, clock, random),
        noting=noting,
        recording=Recording(book, (rules, _retention()), clock, random),
        registering=Registering(book, files, rules),
        references=PersonReferences(post, place.key, clock, noted_in(book, post, "intermediary", clock)),
    )
    errands = Errands(place.municipalities, (desk.releasing, sending, desk.recording), clock)
    return IntermediaryPart(
        providing=Providing(book, post, (permissions, rules), place.boxes, clock),
        replicating=replicating,
        files=files,
        office=desk,
        errands=errands,
        pump=Pump("intermediary", errands.turn, IDLE_S),
        endpoints=(
            *http.replica_endpoints(replicating),
            *http.note_endpoints(noting),
            *office.office_endpoints(desk),
        ),
    )


def _retention() -> RetentionRule:
    rule = rule_for(retention_rules(), *_RECORDS)
    if rule is None or not rule.years:
        raise DataFault(what="missing_key", place="retention.provision")
    return rule
