"""証明書の交付: drafts to look at, and copies that each take a number, with who asked and for what fee."""

from dataclasses import replace

from msgspec import structs

from app.backend.register.service.certificate_asking import Asking, CertificateBooks, Looked
from app.backend.register.service.certificate_pages import Writer
from app.backend.register.service.certificate_records import Records
from app.backend.register.service.certificate_rows import ISSUED, row_of
from app.backend.register.service.changing import ChangeBook, ChangeUnit
from app.backend.register.service.copies import Copy
from app.backend.register.service.fee_noting import note_fee
from app.backend.register.service.guard import demand_id, refusals_kept
from app.backend.register.service.issuing import ISSUE
from app.backend.register.service.states import GUARDED
from app.domain.act import Act, Detail, act_of
from app.domain.call import Call
from app.domain.certificate_rules import CertificateKind
from app.domain.person import Capacity
from app.domain.register_rules import RegisterRules
from app.domain.rights import ItemClass, allowed
from app.errors import Refused
from app.wire.certificate import (
    AskCertificate,
    AskKinds,
    CertificateDraft,
    Copies,
    FeeLine,
    GroupOffered,
    IssueCopies,
    KindOffered,
    Kinds,
    Page,
    PageBlock,
    PageRow,
)
from app.wire.message import encode

NUMBER_DIGITS = 4


class CertificateService:
    """The use cases of who issues certificates, up to the number of each copy."""

    def __init__(self, book: ChangeBook, books: CertificateBooks, changes: RegisterRules) -> None:
        self._book = book
        self._books = books
        self.records = Records(books.rules, changes)
        self.asking = Asking(books, self.records)

    def kinds(self, call: Call, _: AskKinds) -> Kinds:
        """What is issued here, with what may be asked for besides and what it costs."""
        call.demand(ISSUE)
        rules = self._books.rules
        kinds = tuple(self._offered(call, one) for one in rules.kinds.values())
        return Kinds(kinds=kinds, spoil_reasons=rules.spoil_reasons, copies_most=rules.copies_most)

    def draft(self, call: Call, asked: AskCertificate) -> CertificateDraft:
        """To look at: no number is taken, guarded items are masked.

        Errors: Refused ``nothing_to_issue`` (whatever the reason), ``identity_missing``, ``authority_missing``,
        ``reason_missing``, ``number_not_for_them``, ``capacity_not_fitting``, and as the kind says.
        """
        call.demand(ISSUE)

        def draft(unit: ChangeUnit) -> CertificateDraft:
            looked = self.asking.look(unit, call, asked)
            unit.record(_act(call, "certificate.drafted", asked, looked))
            return CertificateDraft(
                page=self.page(asked, looked, masks=True),
                fee=self._fee_line(asked, looked),
                route=looked.route,
                address=looked.address,
                findings=looked.findings,
                basis=looked.basis,
            )

        with refusals_kept(self._book, call, "certificate.draft", _about(asked)):
            return self._book.write(draft)

    def issue(self, call: Call, asked: IssueCopies) -> Copies:
        """Each copy takes a number. Nothing is printed by it: ``CopyService.print`` looks at everything again.

        Errors: as ``draft``; Refused ``changed_since``, ``finding_not_confirmed``, ``not_spoiled``.
        """
        call.demand(ISSUE)
        wanted = asked.asked

        def issue(unit: ChangeUnit) -> Copies:
            looked = self.asking.look(unit, call, wanted)
            if looked.basis != asked.basis:
                raise Refused("changed_since")
            if not set(looked.findings) <= set(asked.confirmed):
                raise Refused("finding_not_confirmed")
            copies = [self._made(unit, call, wanted, looked) for _ in range(wanted.copies)]
            if wanted.replaces:
                self._replace(unit, call, wanted.replaces, copies[0].number)
            rows = tuple(row_of(self._books.rules, one) for one in copies)
            return Copies(rows=rows, taken=sum(row.fee for row in rows))

        with refusals_kept(self._book, call, "certificate.issue", _about(wanted)):
            return self._book.write(lambda unit: unit.once(call, asked, Copies, lambda: issue(unit)))

    def page(self, asked: AskCertificate, looked: Looked, *, number: str = "", masks: bool = False) -> Page:
        """What is printed; with ``masks`` nothing guarded and no imprint is in it."""
        words, kind = self._books.rules.words, looked.kind
        marks = (
            *((words["public_use"],) if asked.capacity == Capacity.PUBLIC_USE else ()),
            *((words["again"],) if looked.first is not None else ()),
        )
        if looked.first is not None:
            blocks = self._masked(looked.first) if masks else looked.first.blocks
        else:
            writer = Writer(self._books.rules, self.records.why, masks)
            blocks = writer.blocks(kind, frozenset(asked.groups), looked.subjects)
        return Page(
            form=kind.form,
            title=kind.title,
            number=number,
            day=looked.day,
            statement=kind.statement,
            blocks=blocks,
            marks=marks,
            bears_number=looked.bears_number,
            picture=b"" if masks else looked.picture,
            picture_mm=looked.picture_mm,
        )

    def _masked(self, first: Page) -> tuple[PageBlock, ...]:
        """The blocks of the first copy without what is guarded."""
        masked = self._books.rules.words["masked"]

        def line(row: PageRow) -> PageRow:
            return structs.replace(row, value=masked) if row.item in GUARDED else row

        return tuple(structs.replace(one, rows=tuple(map(line, one.rows))) for one in first.blocks)

    def _made(self, unit: ChangeUnit, call: Call, asked: AskCertificate, looked: Looked) -> Copy:
        office = call.actor.department
        place = unit.copies.next(call.municipality, office, call.day)
        copy = Copy(
            municipality=call.municipality,
            number=f"{call.day:%Y%m%d}-{office or call.actor.terminal}-{place:0{NUMBER_DIGITS}}",
            kind=looked.kind.id,
            day=call.day,
            office=office,
            state=ISSUED,
            persons=asked.persons,
            capacity=asked.capacity,
            route=looked.route,
            fee=looked.fee.yen,
            exemption=looked.fee.exemption,
            issued_by=call.actor.staff_id,
            issued_at=call.at,
            asked=encode(asked),
            basis=looked.basis,
            bears_number=looked.bears_number,
            again=looked.first is not None,
            visit_id=asked.visit_id,
        )
        unit.copies.put(copy)
        note_fee(unit, call, (copy.number, copy.kind), (copy.fee, copy.exemption))
        unit.record(_act(call, "certificate.issued", asked, looked, number=copy.number, replaces=asked.replaces))
        return copy

    def _replace(self, unit: ChangeUnit, call: Call, number: str, by: str) -> None:
        before = unit.copies.one(call.municipality, number)
        if before is not None:
            unit.copies.put(replace(before, replaced_by=by, version=before.version + 1))

    def _fee_line(self, asked: AskCertificate, looked: Looked) -> FeeLine:
        offered = self._books.fees.offered(looked.kind.id, Capacity(asked.capacity), replaces=bool(asked.replaces))
        return FeeLine(
            each=looked.fee.yen,
            total=looked.fee.yen * asked.copies,
            exemption=looked.fee.exemption,
            assumed=looked.fee.assumed,
            offered=tuple((one.id, one.title) for one in offered),
        )

    def _offered(self, call: Call, kind: CertificateKind) -> KindOffered:
        books = self._books
        exemptions = (one for one in books.fees.exemptions if kind.id in one.kinds and not one.needs_spoiled)
        return KindOffered(
            id=kind.id,
            title=kind.title,
            of=kind.of.value,
            single=kind.is_single,
            by_card=kind.by_card,
            capacities=tuple(one.value for one in Capacity if one in kind.capacities),
            groups=tuple(
                GroupOffered(
                    id=one.id, title=one.title, only=one.only, is_number=one.is_number,
                    may=one.guarded is None or _may_print(call, kind, one.guarded),
                )
                for one in books.rules.offered(kind)
            ),
            fee=books.fees.amounts[kind.id].yen,
            exemptions=tuple((one.id, one.title) for one in exemptions),
        )  # fmt: skip


def _may_print(call: Call, kind: CertificateKind, item_class: ItemClass) -> bool:
    return allowed(call.actor, ISSUE, kind.id, item_class, day=call.day)


def _about(asked: AskCertificate) -> str:
    """The 宛名番号 of the first person, where there is one."""
    return demand_id(asked.persons[0]) if asked.persons else "-"


def _act(call: Call, kind: str, asked: AskCertificate, looked: Looked, **more: Detail) -> Act:
    """What the ledger keeps: codes and identifiers."""
    said: dict[str, Detail] = {
        "certificate": looked.kind.id,
        "people": ",".join(asked.persons),
        "groups": ",".join(asked.groups),
        "capacity": asked.capacity,
        "route": looked.route,
        "fee": looked.fee.yen,
        "exemption": looked.fee.exemption,
        "bears_number": looked.bears_number,
        "evidence": ",".join(f"{one.about}:{one.method}:{one.document}" for one in asked.evidence),
    }
    return act_of(call, kind, visit=asked.visit_id, about=asked.persons[0], **said, **more)
