"""Keeps what a turn brought, all at once or, where that can't be, each by itself; what can't be kept is counted too."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from app.backend.relay.ports import ANSWERED, NO_CODE, REFUSED, STOPPED, Enquiry, RelayBook, RelayUnit, Unread
from app.backend.relay.service.outcomes import Result, code_of, limit_of
from app.domain.act import Act
from app.domain.clock import Clock
from app.errors import Conflict, DiskFault, DiskFull, StoreBusy
from app.wire.desk import AnswerMark

log = logging.getLogger(__name__)

_CLOSED = frozenset({ANSWERED, REFUSED})
_RECORDED = frozenset({ANSWERED, REFUSED, STOPPED})
_NO_ROOM = (StoreBusy, DiskFull, DiskFault)


class Keeping:
    """Writes results down. ``layouts``: information → names on the wire → names at the desk."""

    def __init__(self, layouts: Mapping[str, Mapping[str, str]], clock: Clock) -> None:
        self._layouts = layouts
        self._clock = clock

    def keep(self, book: RelayBook, results: Sequence[Result], unread: Sequence[Unread]) -> None:
        """Each result once. Errors: StoreBusy, DiskFull, DiskFault; then all are claimed again after their lease."""
        try:
            book.write(lambda unit: self._finish(unit, results, unread))
        except _NO_ROOM:
            raise
        except Exception:
            log.exception("what a turn brought could not be kept together", extra={"together": len(results)})
            for result in results:
                self._keep_alone(book, result)
            for one in unread:
                book.write(partial(_set_aside, one=one, now=self._clock.now()))

    def _keep_alone(self, book: RelayBook, result: Result) -> None:
        """One result; where even that can't be, it is tried again later, and in the end left for somebody."""
        item, enquiry = result.load.item, result.load.enquiry
        try:
            book.write(lambda unit: self._finish(unit, [result], ()))
        except _NO_ROOM:
            raise
        except Conflict:
            log.warning("somebody else was first with an enquiry", extra={"attempts": item.attempts})
            book.write(lambda unit: unit.again(item, self._clock.now(), None, Conflict.code))
        except Exception as error:
            log.exception("a result could not be kept", extra={"attempts": item.attempts})
            one = Unread(item, enquiry.municipality, enquiry.enquiry_id, code_of(error))
            book.write(partial(_set_aside, one=one, now=self._clock.now()))

    def _finish(self, unit: RelayUnit, results: Sequence[Result], unread: Sequence[Unread]) -> None:
        now = self._clock.now()
        told = [result for result in results if result.state in _RECORDED]
        proofs = dict(
            zip(
                (result.load.item.item_id for result in told),
                unit.record([_ended(result, now) for result in told]),
                strict=True,
            )
        )
        changed = [self._changed(result, proofs.get(result.load.item.item_id, ""), now) for result in results]
        before = [result.load.enquiry for result in results]
        unit.put([one for one, old in zip(changed, before, strict=True) if one.version != old.version], now)
        unit.done([result.load.item for result in results if result.state in _CLOSED])
        for result in results:
            if result.state == STOPPED:
                unit.dead(result.load.item, result.reason)
            elif result.state not in _CLOSED:
                unit.again(result.load.item, now, result.next_at, result.reason or result.state)
        for one in unread:
            _set_aside(unit, one, now)

    def _changed(self, result: Result, proof: str, now: datetime) -> Enquiry:
        """The enquiry after this turn; the same version when nothing about it is new."""
        old = result.load.enquiry
        new = replace(
            old,
            state=result.state,
            reason=result.reason if result.state in {REFUSED, NO_CODE, STOPPED} else "",
            process_number=result.process_number or old.process_number,
            answer=self._mark(result, proof, now) if result.state == ANSWERED else None,
            faults=result.faults,
        )
        return old if new == old else replace(new, version=old.version + 1)

    def _mark(self, result: Result, proof: str, now: datetime) -> AnswerMark:
        """The answer in the desk's own numbers and names; what has no name there is not handed on."""
        enquiry = result.load.enquiry
        names = self._layouts.get(enquiry.information, {})
        items = {names[name]: value for name, value in (result.items or {}).items() if name in names}
        return AnswerMark(
            enquiry_id=enquiry.enquiry_id,
            enquiry=enquiry.enquiry,
            subject=enquiry.subject,
            path=enquiry.path,
            provider=enquiry.provider,
            provider_name=enquiry.provider_name,
            tax_year=enquiry.tax_year,
            kind=result.kind,
            items=items,
            answered_at=result.answered_at or now,
            process_number=result.process_number,
            proof=proof,
            since=enquiry.since,
            until=enquiry.until,
        )


def _set_aside(unit: RelayUnit, one: Unread, now: datetime) -> None:
    """What can't be read is tried again for a while, then left for somebody; there may be a key to bring back."""
    if one.item.attempts < limit_of(one.cause):
        unit.again(one.item, now, None, one.cause)
        return
    what = (("attempts", one.item.attempts), ("enquiry", one.enquiry_id), ("reason", one.cause))
    unit.record([Act("enquiry.stopped", now, one.municipality, "slice:relay", "", one.enquiry_id, what=what)])
    unit.dead(one.item, one.cause)


def _ended(result: Result, now: datetime) -> Act:
    enquiry = result.load.enquiry
    what = (
        ("answer", result.kind),
        ("enquiry", enquiry.enquiry_id),
        ("path", enquiry.path),
        ("process_number", result.process_number),
        ("provider", enquiry.provider),
        ("reason", result.reason),
    )
    tries = (("attempts", result.load.item.attempts),) if result.state == STOPPED else ()
    return Act(
        kind=f"enquiry.{result.state}",
        at=now,
        municipality=enquiry.municipality,
        staff_id="slice:relay",
        terminal="",
        trace=enquiry.trace,
        visit=enquiry.visit_id,
        about=enquiry.subject.business_number,
        what=tuple(sorted((*tries, *what))),
    )
