"""一括照会: files of business systems become enquiries row by row, in the pace the sides bear; an outcome each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from app.backend.relay.ports import ANSWERED, REFUSED, STOPPED, Enquiry, RelayBook
from app.backend.relay.service.accepting import MOST, Accepting
from app.domain.act import Act, act_of
from app.domain.answer_steps import next_step
from app.domain.call import Call
from app.domain.clock import Clock, business_date
from app.domain.conversion.formats import Formats
from app.domain.conversion.losses import Loss
from app.domain.conversion.records import Row
from app.domain.conversion.values import Day, Value
from app.domain.rights import Actor, allowed
from app.errors import AppError, Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.desk import PersonMark
from app.wire.message import Message
from app.wire.relay import EnquiryAccepted, MakeEnquiry
from app.wire.relay_bulk import (
    AskBulk,
    AskBulkOutcomes,
    BulkOutcomes,
    BulkState,
    BulkTaken,
    Converted,
    ConvertFile,
    HandInBulk,
    LossMark,
)

A = TypeVar("A", bound=Message)
T = TypeVar("T")

BULK, READ, MAKE, CONVERT = "enquiry.bulk", "enquiry.read", "enquiry.make", "exchange.convert"
ENQUIRIES, OUTCOMES = "enquiries", "outcomes"
TAKEN, RUNNING, DONE = "taken", "running", "done"
ROW_WAITS, ROW_ASKED, ROW_DONE, ROW_REJECTED = "waiting", "asked", "done", "rejected"
ENDED = frozenset({ANSWERED, REFUSED, STOPPED})
MOST_ROWS, MOST_LOSSES, MOST_OUTCOMES, LONGEST_ID = 5000, 200, 1000, 40
LEASE, REST = timedelta(minutes=2), timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One row. ``reason``: why it was rejected or refused before there was an enquiry."""

    number: int
    state: str
    reference: str = ""
    business_number: str = ""
    enquiry: str = ""
    information: str = ""
    purpose: str = ""
    tax_year: int = 0
    requested_on: date | None = None
    consent: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BulkFile:
    """A file and who handed it in; ``rights``: those of theirs that its enquiries stand on."""

    municipality: str
    batch_id: str
    procedure: str
    outcomes: str
    actor: Actor
    state: str
    parts: int
    rows: int
    laid_at: datetime
    changed_at: datetime
    version: int = 1

    def enquiry_id(self, number: int) -> str:
        """What the enquiry of a row is called: a row is asked once, however often it is begun anew."""
        return f"{self.batch_id}-{number}"


class BulkUnit(Protocol):
    """What can be done inside one transaction."""

    def once(self, call: Call, message: Message, gives: type[A], work: Callable[[], A]) -> A: ...
    def file(self, municipality: str, batch_id: str) -> BulkFile | None: ...
    def put(self, file: BulkFile) -> None:
        """Write the next version. Errors: Conflict when it is not the next."""
        ...

    def add_rows(self, file: BulkFile, rows: Sequence[BulkRow]) -> None: ...
    def due(self, now: datetime, lease: timedelta) -> BulkFile | None:
        """A running file that is due, taken for the time of ``lease``."""
        ...

    def rest(self, file: BulkFile, until: datetime) -> None: ...
    def rows(self, file: BulkFile, state: str, limit: int) -> tuple[BulkRow, ...]:
        """Rows in ``state``, in order."""
        ...

    def some_rows(self, file: BulkFile, first: int, limit: int) -> tuple[BulkRow, ...]: ...
    def mark(self, file: BulkFile, rows: Sequence[BulkRow]) -> None: ...
    def counts(self, file: BulkFile) -> dict[str, int]: ...
    def record(self, acts: Sequence[Act]) -> tuple[str, ...]: ...


class BulkBook(Protocol):
    """Opens such units."""

    def write(self, work: Callable[[BulkUnit], T]) -> T: ...
    def read(self, work: Callable[[BulkUnit], T]) -> T: ...


class Bulk:
    """The use cases, and the turn that carries files. ``most_open``: rows of a file that are under way at once."""

    def __init__(
        self, books: tuple[BulkBook, RelayBook], accepting: Accepting, formats: Formats, most_open: int, clock: Clock
    ) -> None:
        self._book, self._enquiries = books
        self._accepting = accepting
        self._formats = formats
        self._most_open = most_open
        self._clock = clock
        self._wake: Callable[[], None] = lambda: None

    def wakes(self, wake: Callable[[], None]) -> None:
        """``wake`` is called when there is something to carry."""
        self._wake = wake

    def hand_in(self, call: Call, asked: HandInBulk) -> BulkTaken:
        """Keep one part of a file; rows that can't be read are rejected each for itself.

        Errors: NotAllowed; Refused ``unknown_layout``, ``too_many_rows``; Conflict for a part out of order.
        """
        call.demand(BULK, asked.procedure)
        if not 0 < len(asked.batch_id) <= LONGEST_ID or asked.part < 1:
            raise NotUnderstood(what="batch_id")
        self._formats.of(asked.outcomes, OUTCOMES)
        found = list(self._formats.of(asked.layout, ENQUIRIES).read(asked.body))
        if len(found) > MOST_ROWS:
            raise Refused("too_many_rows")
        losses = [loss for row in found for loss in row.losses]

        def keep(unit: BulkUnit) -> BulkTaken:
            file = self._next_part(unit, call, asked)
            rows = [self._row(asked.procedure, file.rows + at, row) for at, row in enumerate(found, 1)]
            grown = replace(file, rows=file.rows + len(rows), state=RUNNING if asked.is_last else TAKEN)
            unit.put(grown)
            unit.add_rows(grown, rows)
            rejected = sum(row.state == ROW_REJECTED for row in rows)
            act = act_of(
                call,
                "bulk.taken",
                about=asked.batch_id,
                procedure=asked.procedure,
                part=asked.part,
                rows=len(rows),
                rejected=rejected,
                losses=len(losses),
            )
            (proof,) = unit.record([act])
            return BulkTaken(
                batch_id=asked.batch_id,
                rows=len(rows),
                rejected=rejected,
                lossy=len(losses),
                losses=_marks(losses),
                proof=proof,
            )

        taken = self._book.write(lambda unit: unit.once(call, asked, BulkTaken, lambda: keep(unit)))
        self._wake()
        return taken

    def state(self, call: Call, asked: AskBulk) -> BulkState:
        """How a file stands. Errors: NotAllowed for none such and without the right."""
        file, counts = self._book.read(lambda unit: self._counted(unit, call, asked.batch_id))
        return BulkState(
            batch_id=file.batch_id,
            procedure=file.procedure,
            state=file.state,
            parts=file.parts,
            rows=file.rows,
            counts=counts,
            laid_at=file.laid_at,
            changed_at=file.changed_at,
        )

    def outcomes(self, call: Call, asked: AskBulkOutcomes) -> BulkOutcomes:
        """The rows' outcomes as they stand, as a file for the business system; every answer given out is recorded.

        Errors: NotAllowed for none such, and without the right to the answers of the procedure.
        """
        if asked.first < 1 or not 0 < asked.limit <= MOST_OUTCOMES:
            raise NotUnderstood(what="limit")
        file, _ = self._book.read(lambda unit: self._counted(unit, call, asked.batch_id))
        rows = self._book.read(lambda unit: unit.some_rows(file, asked.first, asked.limit))
        kept = self._kept(file, rows)
        if not all(allowed(call.actor, READ, one.procedure, one.item_class, day=call.day) for one in kept.values()):
            raise NotAllowed
        records = self._formats.of(file.outcomes, OUTCOMES)
        pairs = [(row, kept.get(file.enquiry_id(row.number))) for row in rows]
        lines = list(records.write([_outcome(row, one) for row, one in pairs]))
        read = [_read(call, one) for _, one in pairs if one is not None and one.answer is not None]
        if read:
            self._book.write(lambda unit: unit.record(read))
        losses = [replace(loss, row=loss.row + asked.first - 1) for line in lines for loss in line.losses]
        last = asked.first + len(rows)
        return BulkOutcomes(
            batch_id=file.batch_id,
            layout=file.outcomes,
            body=records.head() + b"".join(line.data for line in lines),
            rows=len(rows),
            next=last if rows and last <= file.rows else 0,
            lossy=len(losses),
            losses=_marks(losses),
        )

    def convert(self, call: Call, asked: ConvertFile) -> Converted:
        """A file in another layout of the same use, for another business system. Errors: NotAllowed; Refused."""
        call.demand(CONVERT)
        use = next((one.use for one in self._formats.layouts() if one.id == asked.source), "")
        source, target = self._formats.of(asked.source, use), self._formats.of(asked.target, use)
        rows = list(source.read(asked.body))
        if len(rows) > MOST_ROWS:
            raise Refused("too_many_rows")
        good = [row for row in rows if not row.fault]
        lines = list(target.write([row.values for row in good]))
        told = [replace(loss, row=row.number) for row, line in zip(good, lines, strict=True) for loss in line.losses]
        losses = sorted((*(loss for row in rows for loss in row.losses), *told), key=lambda loss: loss.row)
        faults = tuple(f"{row.number}:{row.fault}" for row in rows if row.fault)
        act = act_of(
            call,
            "file.converted",
            source=asked.source,
            target=asked.target,
            rows=len(rows),
            faults=len(faults),
            losses=len(losses),
        )
        self._book.write(lambda unit: unit.record([act]))
        body = target.head() + b"".join(line.data for line in lines)
        return Converted(body=body, rows=len(good), faults=faults, lossy=len(losses), losses=_marks(losses))

    def turn(self) -> bool:
        """Carry one file a step on; whether there was anything to do. Killed anywhere, the next turn goes on."""
        now = self._clock.now()
        file = self._book.write(lambda unit: unit.due(now, LEASE))
        if file is None:
            return False
        asked = self._book.read(lambda unit: unit.rows(file, ROW_ASKED, self._most_open))
        kept = self._kept(file, asked)
        ended = [row for row in asked if (one := kept.get(file.enquiry_id(row.number))) and one.state in ENDED]
        room = max(0, min(MOST, self._most_open - len(asked) + len(ended)))
        waiting = self._book.read(lambda unit: unit.rows(file, ROW_WAITS, room)) if room else ()
        begun = self._begun(file, waiting)
        changed = [*(replace(row, state=ROW_DONE) for row in ended), *begun]
        self._book.write(lambda unit: self._stepped(unit, file, changed))
        return bool(changed)

    def _begun(self, file: BulkFile, rows: Sequence[BulkRow]) -> list[BulkRow]:
        """The rows as enquiries of whoever handed the file in; a refusal is the row's outcome."""
        if not rows:
            return []
        now = self._clock.now()
        calls = [(_call(file, row, now), _asked(file, row)) for row in rows]
        outcomes = self._accepting.make(calls)
        return [_after(row, outcome) for row, outcome in zip(rows, outcomes, strict=True)]

    def _stepped(self, unit: BulkUnit, file: BulkFile, changed: Sequence[BulkRow]) -> None:
        now = self._clock.now()
        unit.mark(file, changed)
        counts = unit.counts(file)
        if counts.get(ROW_WAITS, 0) + counts.get(ROW_ASKED, 0):
            unit.rest(file, now if changed else now + REST)
            return
        unit.put(replace(file, state=DONE, changed_at=now, version=file.version + 1))
        what = tuple(sorted({"rows": file.rows, "rejected": counts.get(ROW_REJECTED, 0)}.items()))
        place = (file.municipality, "slice:relay", "", file.batch_id)
        unit.record([Act("bulk.done", now, *place, about=file.batch_id, what=what)])

    def _next_part(self, unit: BulkUnit, call: Call, asked: HandInBulk) -> BulkFile:
        """The file with this part counted. Errors: Conflict for a part out of order; NotAllowed for another's file."""
        known = unit.file(call.municipality, asked.batch_id)
        if known is None:
            if asked.part != 1:
                raise Conflict(version=0)
            mine = tuple(right for right in call.actor.rights if right.act == MAKE)
            actor = replace(call.actor, rights=mine)
            place = (call.municipality, asked.batch_id, asked.procedure, asked.outcomes)
            return BulkFile(*place, actor, TAKEN, 1, 0, call.at, call.at)
        if (known.actor.staff_id, known.procedure) != (call.actor.staff_id, asked.procedure):
            raise NotAllowed
        if known.state != TAKEN or known.parts + 1 != asked.part:
            raise Conflict(version=known.parts)
        return replace(known, parts=asked.part, changed_at=call.at, version=known.version + 1)

    def _row(self, procedure: str, number: int, row: Row) -> BulkRow:
        if row.fault:
            return BulkRow(number, ROW_REJECTED, reason=row.fault)
        given = row.values
        rule = self._accepting.rule(procedure, str(given.get("enquiry") or ""))
        day = given.get("requested_on")
        requested = day.date if isinstance(day, Day) else None
        lacking = not given.get("business_number") or rule is None or requested is None
        fatal = [loss for loss in row.losses if loss.field in {"business_number", "enquiry", "tax_year"}]
        return BulkRow(
            number,
            ROW_REJECTED if lacking or fatal else ROW_WAITS,
            reference=str(given.get("reference") or ""),
            business_number=str(given.get("business_number") or ""),
            enquiry="" if rule is None else rule.id,
            information="" if rule is None else rule.information,
            purpose="" if rule is None else rule.purpose,
            tax_year=_number(given.get("tax_year")),
            requested_on=requested,
            consent="signed" if given.get("consent") is True else "",
            reason="row_altered" if fatal else "row_incomplete" if lacking else "",
        )

    def _counted(self, unit: BulkUnit, call: Call, batch_id: str) -> tuple[BulkFile, dict[str, int]]:
        file = unit.file(call.municipality, batch_id)
        if file is None:
            raise NotAllowed
        call.demand(BULK, file.procedure)
        return file, unit.counts(file)

    def _kept(self, file: BulkFile, rows: Sequence[BulkRow]) -> Mapping[str, Enquiry]:
        names = [file.enquiry_id(row.number) for row in rows if row.state in {ROW_ASKED, ROW_DONE}]
        return self._enquiries.read(lambda unit: unit.kept(file.municipality, names)) if names else {}


def _call(file: BulkFile, row: BulkRow, now: datetime) -> Call:
    name = file.enquiry_id(row.number)
    return Call(file.actor, name, name, now)


def _asked(file: BulkFile, row: BulkRow) -> MakeEnquiry:
    return MakeEnquiry(
        enquiry_id=file.enquiry_id(row.number),
        visit_id=f"bulk:{file.batch_id}",
        procedure=file.procedure,
        enquiry=row.enquiry,
        subject=PersonMark(business_number=row.business_number, name=""),
        information=row.information,
        purpose=row.purpose,
        tax_year=row.tax_year,
        requested_on=row.requested_on or business_date(file.laid_at),
        consent=row.consent,
    )


def _after(row: BulkRow, outcome: EnquiryAccepted | AppError) -> BulkRow:
    if isinstance(outcome, AppError):
        return replace(row, state=ROW_DONE, reason=str(outcome.data.get("reason", outcome.code)))
    return replace(row, state=ROW_ASKED)


def _outcome(row: BulkRow, one: Enquiry | None) -> dict[str, Value]:
    state = "rejected" if row.state == ROW_REJECTED else "waiting" if one is None else one.state
    reason = row.reason if one is None else one.reason
    if one is None and row.state == ROW_DONE:
        state = REFUSED
    given: dict[str, Value] = {
        "reference": row.reference,
        "business_number": row.business_number,
        "state": state,
        "reason": reason,
        "tax_year": row.tax_year or None,
    }
    kind = ""
    if one is not None and one.answer is not None:
        answer, kind = one.answer, one.answer.kind
        on = business_date(answer.answered_at)
        given |= {"answer": kind, "provider": answer.provider, "answered_on": Day(on.year, on.month, on.day)}
        given |= answer.items
    return given | {"next_step": next_step(state, reason, kind)}


def _read(call: Call, one: Enquiry) -> Act:
    what = {"enquiry": one.enquiry_id, "procedure": one.procedure}
    return act_of(call, "enquiry.answer_read", visit=one.visit_id, about=one.subject.business_number, **what)


def _marks(losses: Sequence[Loss]) -> tuple[LossMark, ...]:
    return tuple(
        LossMark(row=one.row, field=one.field, kind=one.step.kind, what=one.step.what, became=one.step.became)
        for one in losses[:MOST_LOSSES]
    )


def _number(value: Value | None) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
