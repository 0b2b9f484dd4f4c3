"""副本の登録（ファイル）: parts in order, resumed where they stopped, each row for itself, the same file only once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import msgspec

from app.backend.intermediary.ports import IntermediaryBook, IntermediaryUnit, Value
from app.backend.intermediary.ports.files import BROKEN, COMING, DONE, WITHDRAWN, FileRow, RejectedRow, ReplicaFile
from app.domain.act import Act
from app.domain.clock import Clock, business_date
from app.domain.exchange_numbers import is_addressee_number
from app.domain.permission import AnswerKind
from app.domain.provision_rules import InformationRule, ProvisionRules, row_check, year_fault
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.trust.file_chain import begin_chain, next_chain
from app.wire.replica_file import (
    PART_ROWS,
    AskRejectedRows,
    BeginReplicaFile,
    PutReplicaPart,
    RejectedLine,
    RejectedLines,
    ReplicaFileState,
)

KINDS = frozenset({AnswerKind.VALUE, AnswerKind.UNDECLARED, AnswerKind.NO_DATA})
"""What a replica may say of a person."""
REJECTED_PAGE = 1000
_BEFORE_ITEMS = 2
_LONGEST_LINE = 20_000
_LONGEST_TEXT = 500
"""Characters of a rejected row that are kept."""
_ID_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a file: a system (``slice:…``) or a member of staff at a terminal."""

    name: str
    terminal: str = ""
    trace: str = "replica"


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part holds: its good rows, and those that are not registered."""

    good: tuple[FileRow, ...]
    bad: tuple[RejectedRow, ...]


class FileTaking:
    """Registers files. Who may is asked by the caller."""

    def __init__(self, book: IntermediaryBook, rules: ProvisionRules, clock: Clock) -> None:
        self._book = book
        self._rules = rules
        self._clock = clock

    def begin(self, asked: BeginReplicaFile, by: Sender) -> ReplicaFileState:
        """Announce a file; of one that is known, how far it has come. The same rows under another name are the same.

        Errors: NotUnderstood; Refused ``unknown_information``, ``bad_year``, ``item_unknown_here``; Conflict for
        another file of this name.
        """
        self._demand_sound(asked)
        now = self._clock.now()

        def begin(unit: IntermediaryUnit) -> ReplicaFileState:
            place = asked.municipality
            same = unit.files.by_digest(place, asked.digest)
            if same is not None:
                return state_of(same)
            if unit.files.one(place, asked.file_id) is not None:
                raise Conflict(version=0)
            file = ReplicaFile(
                municipality=place,
                file_id=asked.file_id,
                digest=asked.digest,
                information=asked.information,
                tax_year=asked.tax_year,
                columns=asked.columns,
                rows=asked.rows,
                parts=asked.parts,
                chain=begin_chain(asked.information, asked.tax_year, asked.columns),
                begun_at=now,
                changed_at=now,
            )
            unit.files.keep(file)
            unit.record([self._act("replica.file_begun", file, by)])
            return state_of(file)

        return self._book.write(begin)

    def part(self, asked: PutReplicaPart, by: Sender) -> ReplicaFileState:
        """Register the rows of the awaited part; any other part changes nothing.

        The digest is of the rows as they stood with whoever made the file; the relay that translated them checked it.
        Errors: NotAllowed; NotUnderstood.
        """
        place = asked.municipality
        known = self._book.read(lambda unit: unit.files.one(place, asked.file_id))
        if known is None:
            raise NotAllowed
        if known.state != COMING or known.next_part != asked.number:
            return state_of(known)
        taken = self._read(known, asked.lines)

        def put(unit: IntermediaryUnit) -> ReplicaFileState:
            file = unit.files.one(place, asked.file_id)
            if file is None:
                raise NotAllowed
            if file.state != COMING or file.next_part != asked.number:
                return state_of(file)
            after = self._taken(unit, file, taken, next_chain(file.chain, asked.digest))
            kind = "replica.file_part" if after.state == COMING else f"replica.file_{after.state}"
            unit.record([self._act(kind, after, by)])
            return state_of(after)

        return self._book.write(put)

    def state(self, municipality: str, file_id: str) -> ReplicaFileState:
        """How far it has come. Errors: NotAllowed where there is none."""
        return state_of(self.file(municipality, file_id))

    def file(self, municipality: str, file_id: str) -> ReplicaFile:
        """The file as it stands. Errors: NotAllowed where there is none."""
        found = self._book.read(lambda unit: unit.files.one(municipality, file_id))
        if found is None:
            raise NotAllowed
        return found

    def rejected(self, asked: AskRejectedRows, by: Sender) -> RejectedLines:
        """A page of the rows that were not registered, each with its reason; the look is recorded."""
        file = self.file(asked.municipality, asked.file_id)

        def look(unit: IntermediaryUnit) -> RejectedLines:
            found = unit.files.rejected(file.municipality, file.file_id, asked.after, REJECTED_PAGE + 1)
            unit.record([self._act("replica.rejected_shown", file, by)])
            rows = tuple(RejectedLine(line=one.line, reason=one.reason, text=one.text) for one in found[:REJECTED_PAGE])
            return RejectedLines(file_id=file.file_id, rows=rows, is_last=len(found) <= REJECTED_PAGE)

        return self._book.write(look)

    def withdraw(self, municipality: str, file_id: str, by: Sender, reason: str) -> ReplicaFileState:
        """Delete, portion by portion, all rows that came last with this file; the record of each portion tells why."""
        while True:
            gone, state = self._book.write(lambda unit: self._withdrawn(unit, (municipality, file_id), by, reason))
            if not gone:
                return state

    def _withdrawn(
        self, unit: IntermediaryUnit, place: tuple[str, str], by: Sender, reason: str
    ) -> tuple[int, ReplicaFileState]:
        file = unit.files.one(*place)
        if file is None:
            raise NotAllowed
        gone = unit.replicas.delete_file(*place, PART_ROWS)
        after = replace(file, state=WITHDRAWN, changed_at=self._clock.now())
        if gone or file.state != WITHDRAWN:
            # its digest is free again: the same rows may be registered anew
            unit.files.keep(replace(after, digest=begin_chain(file.file_id, 0, (WITHDRAWN,))))
            act = self._act("replica.file_withdrawn", after, by)
            unit.record([replace(act, what=tuple(sorted((*act.what, ("deleted", gone), ("reason", reason)))))])
        return gone, state_of(after)

    def _taken(self, unit: IntermediaryUnit, file: ReplicaFile, part: _Part, chain: bytes) -> ReplicaFile:
        now = self._clock.now()
        changed = unit.files.take(file, part.good, now) if part.good else 0
        unit.files.reject(file, part.bad)
        after = replace(
            file,
            chain=chain,
            next_part=file.next_part + 1,
            changed=file.changed + changed,
            unchanged=file.unchanged + len(part.good) - changed,
            rejected=file.rejected + len(part.bad),
            changed_at=now,
        )
        if after.next_part == after.parts:
            is_whole = chain == file.digest and after.changed + after.unchanged + after.rejected == file.rows
            after = replace(after, state=DONE if is_whole else BROKEN)
        unit.files.keep(after)
        return after

    def _read(self, file: ReplicaFile, lines: str) -> _Part:
        """Each row for itself: one that can't be read or is said twice holds up no other."""
        reader, holds = msgspec.json.Decoder(list[Value]), row_check(self._rule(file.information), file.columns)
        rows = lines.splitlines()
        if len(rows) > PART_ROWS:
            raise NotUnderstood(what="rows")
        first = file.changed + file.unchanged + file.rejected + 1
        good: dict[str, FileRow] = {}
        bad: list[RejectedRow] = []
        for line, text in enumerate(rows, first):
            row = _row(reader, holds, file.columns, text)
            if isinstance(row, FileRow) and row.addressee_number in good:
                row = "said_twice"
            if isinstance(row, FileRow):
                good[row.addressee_number] = row
            else:
                bad.append(RejectedRow(line, row, _without_number(text)[:_LONGEST_TEXT]))
        return _Part(tuple(good.values()), tuple(bad))

    def _rule(self, information: str) -> InformationRule:
        rule = self._rules.information.get(information)
        if rule is None:
            raise Refused(reason="unknown_information")
        return rule

    def _demand_sound(self, asked: BeginReplicaFile) -> None:
        rule = self._rule(asked.information)
        name = asked.file_id.replace("-", "").replace("_", "")
        if not (name.isascii() and name.isalnum() and len(asked.file_id) <= _ID_LENGTH):
            raise NotUnderstood(what="file_id")
        if len(asked.digest) != 32 or asked.parts < 1 or not 1 <= asked.rows <= asked.parts * PART_ROWS:  # noqa: PLR2004
            raise NotUnderstood(what="size")
        fault = year_fault(rule, asked.tax_year, business_date(self._clock.now()))
        if fault:
            raise Refused(reason=fault)
        if len(set(asked.columns)) != len(asked.columns) or not set(asked.columns) <= set(rule.items):
            raise Refused(reason="item_unknown_here")

    def _act(self, kind: str, file: ReplicaFile, by: Sender) -> Act:
        what = (
            ("changed", file.changed),
            ("file", file.file_id),
            ("information", file.information),
            ("part", file.next_part),
            ("rejected", file.rejected),
            ("tax_year", file.tax_year),
            ("unchanged", file.unchanged),
        )
        return Act(kind, self._clock.now(), file.municipality, by.name, by.terminal, by.trace, what=what)


def state_of(file: ReplicaFile) -> ReplicaFileState:
    """A file as it is told."""
    return ReplicaFileState(
        file_id=file.file_id,
        information=file.information,
        tax_year=file.tax_year,
        state=file.state,
        parts=file.parts,
        next_part=file.next_part,
        rows=file.rows,
        changed=file.changed,
        unchanged=file.unchanged,
        rejected=file.rejected,
        begun_at=file.begun_at,
        changed_at=file.changed_at,
    )


def _row(
    reader: msgspec.json.Decoder[list[Value]],
    holds: Callable[[Sequence[Value]], bool],
    columns: Sequence[str],
    text: str,
) -> FileRow | str:
    """The row in a line, or why it is none."""
    if len(text) > _LONGEST_LINE:
        return "unreadable"
    try:
        values = reader.decode(text)
    except (msgspec.MsgspecError, UnicodeError):
        return "unreadable"
    if len(values) != len(columns) + _BEFORE_ITEMS:
        return "bad_length"
    fault = _head_fault(values[0], values[1])
    if fault:
        return fault
    number, kind, items = str(values[0]), str(values[1]), values[_BEFORE_ITEMS:]
    if kind != AnswerKind.VALUE:
        return FileRow(number, kind, {}) if not any(items) else "value_without_kind"
    return FileRow(number, kind, dict(zip(columns, items, strict=True))) if holds(items) else "bad_value"


def _without_number(text: str) -> str:
    """The row as it is shown to whoever sent it: they know it by its line; the platform's number stays here."""
    head, comma, rest = text.partition(",")
    return f'[""{comma}{rest}' if is_addressee_number(head.strip().removeprefix("[").strip().strip('"')) else text


def _head_fault(number: Value, kind: Value) -> str:
    """Why nobody can be meant, or nothing said; "" for nothing. An empty number: it could not be translated."""
    if number == "":
        return "number_unknown"
    if not isinstance(number, str) or not is_addressee_number(number):
        return "bad_number"
    return "" if kind in KINDS else "bad_kind"
