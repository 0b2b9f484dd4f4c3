"""What becomes of a copy: printed after one more look, handed over or posted, spoiled, its fee put right."""

from collections.abc import Callable
from dataclasses import replace

from app.backend.register.service.certificate_asking import Looked
from app.backend.register.service.certificate_rows import HANDED, POSTED, PRINTED, SPOILED, may, row_of
from app.backend.register.service.certificates import CertificateService
from app.backend.register.service.changing import ChangeBook, ChangeUnit
from app.backend.register.service.copies import Copy, FeeCorrection
from app.backend.register.service.fee_noting import note_fee
from app.backend.register.service.guard import refusals_kept
from app.backend.register.service.issuing import ISSUE
from app.domain.act import Act, Detail, act_of
from app.domain.call import Call
from app.domain.certificate_rules import CertificateRules
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.certificate import (
    AskCertificate,
    AskCopies,
    Copies,
    CopyRow,
    CorrectFee,
    HandCopy,
    PrintCopy,
    PrintedCopy,
    SpoilCopy,
)
from app.wire.message import decode, encode

_WAYS = {"handed": ("hand", HANDED), "posted": ("post", POSTED)}
_LONGEST_REASON = 200
_DEAREST = 100_000
_MOST_SHEETS = 200


class CopyService:
    """The use cases of a copy that has its number."""

    def __init__(self, book: ChangeBook, certificates: CertificateService, rules: CertificateRules) -> None:
        self._book = book
        self._certificates = certificates
        self._rules = rules

    def copies(self, call: Call, asked: AskCopies) -> Copies:
        """Those of a visit, or of a day of the own office, newest first."""
        call.demand(ISSUE)

        def look(unit: ChangeUnit) -> Copies:
            if asked.visit_id:
                found = unit.copies.of_visit(call.municipality, asked.visit_id)
            else:
                found = unit.copies.of_day(call.municipality, call.actor.department, asked.day or call.day)
            rows = tuple(row_of(self._rules, one) for one in found if one.office == call.actor.department)
            unit.record(act_of(call, "copies.listed", visit=asked.visit_id, copies=len(rows)))
            return Copies(rows=rows, taken=sum(row.fee for row in rows))

        return self._book.write(look)

    def print(self, call: Call, asked: PrintCopy) -> PrintedCopy:
        """The page with everything on it, once: whoever needs it again spoils the copy and takes a new number.

        A measure that was set since then, a changed record, a right that ended: nothing is printed.
        Errors: Refused ``may_not_print`` whatever the reason, ``changed_since``, ``already_printed``, ``another_day``.
        """
        call.demand(ISSUE)

        def print_(unit: ChangeUnit) -> PrintedCopy:
            copy = self._own(unit, call, asked.number)
            is_again = copy.state == PRINTED and copy.print_key == call.key
            if not is_again:
                self._demand(copy, "print", asked.version, "already_printed")
            if copy.day != call.day:
                raise Refused("another_day")
            request = decode(copy.asked, AskCertificate)
            looked = self._looked(unit, call, request, copy)
            page = self._certificates.page(request, looked, number=_printed_number(call, copy))
            if not is_again:
                first = encode(page) if looked.kind.keeps_first and looked.first is None else b""
                copy = replace(
                    copy, state=PRINTED, first=first, printed_by=call.actor.staff_id, printed_at=call.at,
                    print_key=call.key, version=copy.version + 1,
                )  # fmt: skip
                unit.copies.put(copy)
            proof = unit.record(_act(call, "certificate.printed", copy, bears_number=copy.bears_number))
            return PrintedCopy(row=row_of(self._rules, copy), page=page, address=looked.address, proof=proof)

        with refusals_kept(self._book, call, "certificate.print", asked.number):
            return self._book.write(print_)

    def spoil(self, call: Call, asked: SpoilCopy) -> CopyRow:
        """書損: it will not be handed over. Errors: Refused ``already_handed``; NotUnderstood."""
        call.demand(ISSUE)
        if asked.reason not in self._rules.spoil_reasons:
            raise NotUnderstood(what="reason")

        def spoil(copy: Copy) -> Copy:
            self._demand(copy, "spoil", asked.version, "already_handed")
            return replace(copy, state=SPOILED, spoiled_why=asked.reason, spoiled_by=call.actor.staff_id)

        return self._changed(call, asked, "certificate.spoiled", spoil, reason=asked.reason)

    def hand(self, call: Call, asked: HandCopy) -> CopyRow:
        """Handed over or posted, after the second look. Errors: Refused ``post_only``, ``not_printed``."""
        call.demand(ISSUE)
        if asked.how not in _WAYS or not 0 < asked.sheets <= _MOST_SHEETS:
            raise NotUnderstood(what="how")
        act, state = _WAYS[asked.how]

        def hand(copy: Copy) -> Copy:
            if act == "hand" and copy.route != "counter":
                raise Refused("post_only")
            self._demand(copy, act, asked.version, "not_printed")
            return replace(copy, state=state, handed_by=call.actor.staff_id, sheets=asked.sheets)

        return self._changed(call, asked, f"certificate.{state}", hand, sheets=asked.sheets)

    def correct_fee(self, call: Call, asked: CorrectFee) -> CopyRow:
        """What was really taken. Errors: Refused ``reason_missing``; NotUnderstood."""
        call.demand(ISSUE)
        reason = asked.reason.strip()[:_LONGEST_REASON]
        if not 0 <= asked.yen <= _DEAREST:
            raise NotUnderstood(what="yen")

        def correct(copy: Copy) -> Copy:
            if not reason:
                raise Refused("reason_missing")
            self._demand(copy, "fee", asked.version, "not_printed")
            was = FeeCorrection(copy.fee, reason, call.actor.staff_id, call.at)
            return replace(copy, fee=asked.yen, corrections=(*copy.corrections, was))

        return self._changed(call, asked, "certificate.fee_corrected", correct, fee=asked.yen)

    def _changed(
        self,
        call: Call,
        asked: "SpoilCopy | HandCopy | CorrectFee",
        kind: str,
        change: Callable[[Copy], Copy],
        **said: Detail,
    ) -> CopyRow:
        def work(unit: ChangeUnit) -> CopyRow:
            before = self._own(unit, call, asked.number)
            copy = replace(change(before), version=before.version + 1)
            unit.copies.put(copy)
            if copy.fee != before.fee:
                note_fee(unit, call, (copy.number, copy.kind), (copy.fee - before.fee, ""))
            unit.record(_act(call, kind, copy, **said))
            return row_of(self._rules, copy)

        with refusals_kept(self._book, call, kind, asked.number):
            return self._book.write(lambda unit: unit.once(call, asked, CopyRow, lambda: work(unit)))

    def _looked(self, unit: ChangeUnit, call: Call, request: AskCertificate, copy: Copy) -> Looked:
        """As it is now. Errors: Refused ``may_not_print``: all noes sound alike here; ``changed_since``."""
        try:
            looked = self._certificates.asking.look(unit, call, request, copy)
        except (Refused, NotAllowed):
            raise Refused("may_not_print") from None
        if looked.basis != copy.basis or looked.route != copy.route or (looked.first is not None) != copy.again:
            raise Refused("changed_since")
        return looked

    @staticmethod
    def _own(unit: ChangeUnit, call: Call, number: str) -> Copy:
        """The copy, of the own office only."""
        copy = unit.copies.one(call.municipality, number)
        if copy is None or copy.office != call.actor.department:
            raise NotAllowed
        return copy

    @staticmethod
    def _demand(copy: Copy, act: str, version: int, otherwise: str) -> None:
        if act not in may(copy):
            raise Refused(otherwise)
        if copy.version != version:
            raise Conflict(version=copy.version)


def _printed_number(call: Call, copy: Copy) -> str:
    """What the foot of each page says: number, municipality, PC. Source: 住民記録システム標準仕様書 5.5, published."""
    return f"{copy.number}  {copy.municipality}  {call.actor.terminal}"


def _act(call: Call, kind: str, copy: Copy, **more: Detail) -> Act:
    people = ",".join(copy.persons)
    return act_of(call, kind, visit=copy.visit_id, about=copy.persons[0], number=copy.number, people=people, **more)
