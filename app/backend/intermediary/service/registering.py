"""副本 by hand: found by person, entered and deleted one by one, files looked after; by who owns the information."""

from app.backend.intermediary.ports import IntermediaryBook, IntermediaryUnit, ReplicaRow
from app.backend.intermediary.service import guard
from app.backend.intermediary.service.files import KINDS, FileTaking, Sender, state_of
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import business_date
from app.domain.permission import AnswerKind
from app.domain.provision_rules import ProvisionRules, fault_of, year_fault
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.replica_file import (
    AskRejectedRows,
    AskReplicaFiles,
    BeginReplicaFile,
    DeleteReplica,
    EnterReplica,
    FindReplica,
    FoundReplica,
    RejectedLines,
    ReplicaFiles,
    ReplicaFileState,
    ReplicaKept,
    ReplicaView,
    WithdrawReplicaFile,
)

_FILES = 200


class Registering:
    """For the staff, at a terminal."""

    def __init__(self, book: IntermediaryBook, files: FileTaking, rules: ProvisionRules) -> None:
        self._book = book
        self._files = files
        self._rules = rules

    def find(self, call: Call, asked: FindReplica) -> FoundReplica:
        """What is registered of one person, of the owner's information; the look is recorded. Errors: NotAllowed."""
        guard.demand(call, guard.READ, asked.owner)
        guard.demand_number(asked.person)

        def look(unit: IntermediaryUnit) -> FoundReplica:
            mine = self._rules.of_owner(asked.owner)
            found = unit.replicas.of(call.municipality, asked.person)
            rows = tuple(_view(row) for row in found if row.information in mine)
            act = act_of(call, "replica.shown", about=asked.person, count=len(rows), owner=asked.owner)
            return FoundReplica(person=asked.person, rows=rows, proof=unit.record([act])[0])

        return self._book.write(look)

    def enter(self, call: Call, asked: EnterReplica) -> ReplicaKept:
        """Register one row instead of the version that was seen.

        Errors: NotAllowed; NotUnderstood; Refused ``bad_year``, ``item_unknown_here``, ``bad_value``; Conflict.
        """

        def enter(unit: IntermediaryUnit) -> ReplicaKept:
            guard.demand_owned(call, guard.ENTER, self._rules, asked.owner, asked.information)
            self._demand_sound(call, asked)
            before = _there(unit, call, asked)
            row = ReplicaRow(
                municipality=call.municipality,
                addressee_number=asked.person,
                information=asked.information,
                tax_year=asked.tax_year,
                kind=asked.kind,
                items=dict(asked.items),
                no_auto_answer=before is not None and before.no_auto_answer,
                non_disclosure=before is not None and before.non_disclosure,
            )
            changed = unit.replicas.put([row], call.at)
            version = asked.version + changed
            act = act_of(
                call,
                "replica.entered",
                about=asked.person,
                information=asked.information,
                tax_year=asked.tax_year,
                version=version,
            )
            return ReplicaKept(version=version, proof=unit.record([act])[0])

        with guard.refusals_kept(self._book, call, "replica.enter", asked.person):
            return self._book.write(lambda unit: unit.once(call, asked, ReplicaKept, lambda: enter(unit)))

    def delete(self, call: Call, asked: DeleteReplica) -> ReplicaKept:
        """Delete one row. Errors: NotAllowed, also where there is none; Refused ``unknown_reason``; Conflict."""

        def delete(unit: IntermediaryUnit) -> ReplicaKept:
            guard.demand_owned(call, guard.DELETE, self._rules, asked.owner, asked.information)
            guard.demand_number(asked.person)
            guard.demand_reason(self._rules, "delete", asked.reason)
            if _there(unit, call, asked) is None:
                raise NotAllowed
            key = (asked.person, asked.information, asked.tax_year)
            unit.replicas.delete(call.municipality, [key])
            act = act_of(
                call,
                "replica.deleted",
                about=asked.person,
                information=asked.information,
                reason=asked.reason,
                tax_year=asked.tax_year,
            )
            return ReplicaKept(version=0, proof=unit.record([act])[0])

        with guard.refusals_kept(self._book, call, "replica.delete", asked.person):
            return self._book.write(lambda unit: unit.once(call, asked, ReplicaKept, lambda: delete(unit)))

    def files(self, call: Call, asked: AskReplicaFiles) -> ReplicaFiles:
        """The newest files with how far each has come. Nothing of a person is in it: no act. Errors: NotAllowed."""
        guard.demand(call, guard.READ, asked.owner)
        mine = self._rules.of_owner(asked.owner)
        found = self._book.read(lambda unit: unit.files.listed(call.municipality, mine, _FILES))
        return ReplicaFiles(files=tuple(state_of(file) for file in found))

    def begin(self, call: Call, asked: BeginReplicaFile) -> ReplicaFileState:
        """A file from a terminal; see ``FileTaking``. Errors: NotAllowed besides."""
        self._demand_mine(call, guard.ENTER, asked.municipality, asked.information)
        return self._files.begin(asked, _sender(call))

    def rejected(self, call: Call, asked: AskRejectedRows) -> RejectedLines:
        self._demand_file(call, guard.READ, asked.municipality, asked.file_id)
        return self._files.rejected(asked, _sender(call))

    def withdraw(self, call: Call, asked: WithdrawReplicaFile) -> ReplicaFileState:
        """Delete what came last with a file. Errors: NotAllowed; Refused ``unknown_reason``."""
        with guard.refusals_kept(self._book, call, "replica.file_withdraw", asked.file_id):
            self._demand_file(call, guard.DELETE, asked.municipality, asked.file_id)
            guard.demand_reason(self._rules, "delete", asked.reason)
        return self._files.withdraw(asked.municipality, asked.file_id, _sender(call), asked.reason)

    def _demand_file(self, call: Call, act: str, municipality: str, file_id: str) -> None:
        if not call.may_anything(act):
            raise NotAllowed
        self._demand_mine(call, act, municipality, self._files.file(municipality, file_id).information)

    def _demand_mine(self, call: Call, act: str, municipality: str, information: str) -> None:
        if municipality != call.municipality:
            raise NotAllowed
        guard.demand(call, act, self._rules.owner(information))

    def _demand_sound(self, call: Call, asked: EnterReplica) -> None:
        guard.demand_number(asked.person)
        rule = self._rules.information[asked.information]
        if asked.kind not in KINDS or (asked.items and asked.kind != AnswerKind.VALUE):
            raise NotUnderstood(what="kind")
        fault = year_fault(rule, asked.tax_year, business_date(call.at)) or fault_of(rule, asked.items)
        if fault:
            raise Refused(reason=fault)


def _there(unit: IntermediaryUnit, call: Call, asked: EnterReplica | DeleteReplica) -> ReplicaRow | None:
    """The row as it stands. Errors: Conflict when it is another version than was seen."""
    key = (asked.person, asked.information, asked.tax_year)
    row = unit.replica(call.municipality, [key]).get(key)
    if (0 if row is None else row.version) != asked.version:
        raise Conflict(version=0 if row is None else row.version)
    return row


def _sender(call: Call) -> Sender:
    return Sender(call.actor.staff_id, call.actor.terminal, call.trace)


def _view(row: ReplicaRow) -> ReplicaView:
    return ReplicaView(
        information=row.information,
        tax_year=row.tax_year,
        kind=row.kind,
        items=row.items,
        version=row.version,
        file_id=row.file_id,
        changed_at=row.changed_at,
        no_auto_answer=row.no_auto_answer,
        non_disclosure=row.non_disclosure,
    )
