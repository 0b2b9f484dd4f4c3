"""Whether a certificate may be made for whoever asks, of which records, for what fee, by which way: looked at live."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.backend.register.ports import Resident
from app.backend.register.service.certificate_pages import Subject
from app.backend.register.service.certificate_records import Records
from app.backend.register.service.changing import ChangeUnit
from app.backend.register.service.copies import Copy
from app.backend.register.service.issuing import ISSUE, verdict_of
from app.backend.register.service.presenting import saw_photo
from app.domain.call import Call
from app.domain.capacity import CapacityTable, HandOver, consequence
from app.domain.certificate_rules import CertificateKind, CertificateRules
from app.domain.fees import Fee, FeeTable
from app.domain.identity import Document, Question, Regime
from app.domain.person import Capacity
from app.domain.rights import ItemClass
from app.errors import NotUnderstood, Refused
from app.wire.certificate import AskCertificate, Page
from app.wire.evidence import confirmations
from app.wire.message import decode
from app.wire.register_restraint import AskIssue

COUNTER, POST = "counter", "post"
SPOILED = "spoiled"
_EXAMINED = frozenset({Capacity.PUBLIC_USE, Capacity.THIRD_PARTY, Capacity.PROFESSIONAL})
"""Who says why; the reason is examined. Source: 住基法12条の2, 12条の3, published."""
_LONGEST = 200
_PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0x110000))
"""Code points that each city gives a shape of its own (外字)."""


@dataclass(frozen=True, slots=True)
class CertificateBooks:
    """The data that certificates are issued by."""

    rules: CertificateRules
    fees: FeeTable
    capacities: CapacityTable
    documents: Sequence[Document]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was found. ``first``: the page of the first copy, where this one is a 再交付 of it."""

    kind: CertificateKind
    day: date
    subjects: tuple[Subject, ...] = field(repr=False)
    fee: Fee
    route: str
    address: tuple[str, ...] = field(repr=False)
    findings: tuple[str, ...]
    basis: str
    bears_number: bool
    first: Page | None = field(default=None, repr=False)
    picture: bytes = field(default=b"", repr=False)
    picture_mm: int = 0


class Asking:
    """Looks at a request; it writes nothing."""

    def __init__(self, books: CertificateBooks, records: Records) -> None:
        self._books = books
        self._records = records

    def look(self, unit: ChangeUnit, call: Call, asked: AskCertificate, copy: Copy | None = None) -> Looked:
        """Everything anew, for ``copy`` where it is about to be printed.

        Errors: Refused, NotUnderstood; NotAllowed without the right to print a guarded item.
        """
        kind, chosen = self._shape(asked), frozenset(asked.groups)
        self._who(asked, kind)
        bears = self._books.rules.bears_number(kind, chosen)
        route = self._route(asked, bears=bears)
        verdict = verdict_of(unit, call, self._leave(asked, kind))
        if not verdict.basis:
            raise Refused("nothing_to_issue")
        found = self._records.of(unit, call, asked, kind)
        for one in self._classes(kind, chosen, found.subjects):
            call.demand(ISSUE, kind.id, one)
        first = self._first(unit, call, (asked, kind), found.subjects, copy)
        said = {
            "restraint_alert": any(line.alert for line in verdict.lines),
            "provisional_waits": any(unit.entries.about(call.municipality, one) for one in asked.persons),
            "goes_by_post": route == POST and asked.channel == COUNTER,
            "kana_empty": "kana" in chosen and any(_kana_missing(one) for one in found.subjects),
            "number_missing": "my_number" in chosen and not all(one.number for one in found.subjects),
            "external_character": any(map(_is_external, found.subjects)),
            "again": first is not None,
        }
        return Looked(
            kind=kind,
            day=call.day,
            subjects=found.subjects,
            fee=self._fee(unit, call, asked, kind, copy),
            route=route,
            address=_address(found.residents, route),
            findings=tuple(name for name, is_so in said.items() if is_so),
            basis="|".join((verdict.basis, found.basis)),
            bears_number=bears,
            first=first,
            picture=found.picture,
            picture_mm=found.picture_mm,
        )

    def _shape(self, asked: AskCertificate) -> CertificateKind:
        rules = self._books.rules
        kind = rules.kind(asked.kind)
        texts = (asked.presenter_name, asked.purpose, asked.reason, asked.submit_to, asked.power, asked.card)
        is_shaped = (
            0 < len(asked.persons) <= (1 if kind.is_single else rules.persons_most)
            and len(set(asked.persons)) == len(asked.persons)
            and set(asked.groups) <= set(kind.choices)
            and asked.channel in {COUNTER, POST}
            and 0 < asked.copies <= rules.copies_most
            and all(len(text) <= _LONGEST for text in texts)
            and not (asked.replaces and asked.copies > 1)
        )
        if not is_shaped or asked.capacity not in set(Capacity):
            raise NotUnderstood(what="certificate")
        if Capacity(asked.capacity) not in kind.capacities:
            raise Refused("capacity_not_fitting")
        return kind

    def _who(self, asked: AskCertificate, kind: CertificateKind) -> None:
        """Who asks, confirmed as the rule for certificates says: without it nothing is issued."""
        capacity = Capacity(asked.capacity)
        if not asked.presenter_name.strip():
            raise Refused("presenter_missing")
        outcome = consequence(self._books.capacities, Regime.CERTIFICATE, capacity, confirmations(asked.evidence))
        missing = {one.question for one in outcome.missing}
        rule = self._books.capacities.rule(Regime.CERTIFICATE, capacity)
        if Question.IDENTITY in missing or rule is None:
            raise Refused("identity_missing")
        if Question.AUTHORITY in missing and not rule.by_register and not kind.by_card:
            raise Refused("authority_missing")
        if capacity in _EXAMINED and not asked.reason.strip():
            raise Refused("reason_missing")

    def _route(self, asked: AskCertificate, *, bears: bool) -> str:
        """How the copy reaches whom. A copy with a number for an agent goes to the principal by post.

        Source: municipal rules (published), kept in capacities.toml as ``with_number``.
        """
        if not bears:
            return asked.channel
        capacity = Capacity(asked.capacity)
        way = self._books.capacities.capacities[capacity].with_number
        if way is HandOver.NEVER and not (capacity is Capacity.PUBLIC_USE and asked.power.strip()):
            raise Refused("number_not_for_them")
        return POST if way is HandOver.POST else asked.channel

    def _leave(self, asked: AskCertificate, kind: CertificateKind) -> AskIssue:
        return AskIssue(
            persons=asked.persons,
            capacity=asked.capacity,
            channel=asked.channel,
            presenter=asked.presenter,
            photo=saw_photo(asked.evidence, self._books.documents),
            removed=self._records.is_of_removed(kind),
            visit_id=asked.visit_id,
        )

    def _classes(
        self, kind: CertificateKind, chosen: frozenset[str], subjects: Sequence[Subject]
    ) -> tuple[ItemClass, ...]:
        """The classes whose items will stand on the page."""
        foreign = any(one.is_foreign for one in subjects)
        classes = self._books.rules.guarded(kind, chosen)
        return tuple(one for one in sorted(classes) if one is not ItemClass.RESIDENCE_STATUS or foreign)

    def _fee(
        self, unit: ChangeUnit, call: Call, asked: AskCertificate, kind: CertificateKind, copy: Copy | None
    ) -> Fee:
        """For one copy; a copy that takes the place of a spoiled one may cost nothing."""
        if copy is not None:
            return Fee(copy.fee, copy.exemption)
        if asked.replaces:
            before = unit.copies.one(call.municipality, asked.replaces)
            if before is None or before.office != call.actor.department or before.kind != kind.id:
                raise NotUnderstood(what="replaces")
            if before.state != SPOILED or before.replaced_by:
                raise Refused("not_spoiled")
        replaces = bool(asked.replaces)
        return self._books.fees.fee(kind.id, Capacity(asked.capacity), asked.exemption, replaces=replaces)

    def _first(
        self,
        unit: ChangeUnit,
        call: Call,
        wanted: tuple[AskCertificate, CertificateKind],
        subjects: Sequence[Subject],
        own: Copy | None,
    ) -> Page | None:
        """The page that was printed first for the same leaving, by another copy than ``own``."""
        asked, kind = wanted
        if not kind.keeps_first:
            return None
        day = subjects[0].state.get("planned_move_out_on") or subjects[0].state.get("removed_on", "")
        for copy in reversed(unit.copies.of_person(call.municipality, asked.persons[0])):
            same = copy.kind == kind.id and copy.persons == asked.persons and copy.basis.endswith(f"~{day}")
            if same and copy.first and (own is None or own.number != copy.number):
                return decode(copy.first, Page)
        return None


def _address(residents: Sequence[Resident], route: str) -> tuple[str, ...]:
    """Where post goes: to the principal, at the registered address. Errors: Refused where there is none here."""
    if route != POST:
        return ()
    principal = residents[0]
    if not principal.is_resident or not principal.address:
        raise Refused("post_address_unknown")
    return principal.address, principal.name


def _kana_missing(one: Subject) -> bool:
    return not one.is_foreign and not one.state.get("legal_kana")


def _is_external(one: Subject) -> bool:
    values: Mapping[str, str] = one.state
    return any(ord(letter) in area for value in values.values() for letter in value for area in _PRIVATE)
