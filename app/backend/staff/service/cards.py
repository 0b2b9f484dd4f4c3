"""Who gets which staff card: registered with the person there, approved by a second administrator, revoked by one."""

from dataclasses import replace

from app.backend.staff.ports import StaffBook, StaffKey, StaffUnit
from app.backend.staff.service.second_factors import SecondFactors, Shown, key_id
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.errors import AppError, Conflict, NotAllowed, SecondFactorRefused
from app.wire.counter_rules import StatedCards
from app.wire.staff import (
    ApproveKey,
    AskKeys,
    AskRegistration,
    IssuePass,
    KeyAsked,
    KeyRow,
    Keys,
    PassIssued,
    RegisterKey,
    RevokeKey,
)


class CardService:
    """The use cases around staff cards. Every one is a record of the slice's ledger."""

    def __init__(self, book: StaffBook, factors: SecondFactors) -> None:
        self._book = book
        self._factors = factors

    def ask_registration(self, call: Call, asked: AskRegistration) -> KeyAsked:
        """Begin to register a card. Errors: NotAllowed for somebody who is not there."""

        def ask(unit: StaffUnit) -> KeyAsked:
            _demand_member(unit, call, asked.staff_id)
            return self._factors.ask_registration(unit, call, asked.staff_id)

        return self._book.write(ask)

    def register(self, call: Call, asked: RegisterKey) -> KeyRow:
        """Keep the card, not good yet. Errors: SecondFactorRefused(reason), Conflict for a card that is known."""
        outcome = self._book.write(lambda unit: self._register(unit, call, asked))
        if isinstance(outcome, AppError):
            raise outcome  # after the commit: the challenge stays used, the refusal recorded
        return _row(outcome)

    def approve(self, call: Call, asked: ApproveKey) -> KeyRow:
        """The second administrator's word. Errors: NotAllowed for the first one and for the card's own holder."""

        def approve(unit: StaffUnit) -> KeyRow:
            key = self._waiting(unit, call, asked.key_id)
            if call.actor.staff_id in {key.registered_by, key.staff_id}:
                raise NotAllowed
            good = replace(key, approved_by=call.actor.staff_id)
            unit.put_key(good)
            unit.record(act_of(call, "staff.key_approved", about=key.staff_id, key=key.key_id))
            return _row(good)

        return self._book.write(approve)

    def revoke(self, call: Call, asked: RevokeKey) -> KeyRow:
        """At once and by one person: a lost card can't wait for a second one."""

        def revoke(unit: StaffUnit) -> KeyRow:
            key = unit.key(call.municipality, asked.key_id)
            if key is None:
                raise NotAllowed
            gone = replace(key, revoked_at=key.revoked_at or call.at)
            unit.put_key(gone)
            unit.record(act_of(call, "staff.key_revoked", about=key.staff_id, key=key.key_id))
            return _row(gone)

        return self._book.write(revoke)

    def keys(self, call: Call, asked: AskKeys) -> Keys:
        """Cards of a person, or all that wait for approval."""

        def read(unit: StaffUnit) -> Keys:
            place = call.municipality
            found = unit.keys(place, asked.staff_id) if asked.staff_id else unit.waiting_keys(place)
            return Keys(rows=tuple(map(_row, found)))

        return self._book.read(read)

    def stated(self, call: Call) -> StatedCards:
        """What the desk states of the caller's own cards in a lease."""
        return self._book.read(lambda unit: self._factors.stated(unit, call))

    def issue_pass(self, call: Call, asked: IssuePass) -> PassIssued:
        """Let somebody in once without a card. Errors: NotAllowed for oneself and for somebody who is not there."""

        def issue(unit: StaffUnit) -> PassIssued:
            _demand_member(unit, call, asked.staff_id)
            if asked.staff_id == call.actor.staff_id:
                raise NotAllowed
            unit.record(act_of(call, "staff.pass_issued", about=asked.staff_id, reason=asked.reason[:64]))
            return self._factors.issue_pass(unit, call, asked.staff_id)

        return self._book.write(issue)

    def enter(self, key: StaffKey, trace: str) -> None:
        """Enter a card with the administrator's program, which two people start together: it is good at once."""

        def enter(unit: StaffUnit) -> None:
            unit.put_key(key)
            what = (("key", key.key_id),)
            at, who = key.registered_at, key.registered_by
            unit.record(Act("staff.key_entered", at, key.municipality, who, "", trace, about=key.staff_id, what=what))

        self._book.write(enter)

    def _register(self, unit: StaffUnit, call: Call, asked: RegisterKey) -> StaffKey | AppError:
        _demand_member(unit, call, asked.staff_id)
        try:
            factor = self._factors.register(unit, call, asked.staff_id, Shown(asked.asked, asked.answer))
        except SecondFactorRefused as refused:
            reason = str(refused.data["reason"])
            unit.record(act_of(call, "staff.key_refused", about=asked.staff_id, reason=reason))
            return refused
        name = key_id(factor.credential_id)
        if unit.key(call.municipality, name) is not None:
            return Conflict()
        key = StaffKey(
            municipality=call.municipality,
            key_id=name,
            staff_id=asked.staff_id,
            label=asked.label[:64],
            factor=factor,
            registered_at=call.at,
            registered_by=call.actor.staff_id,
            approved_by="",
            revoked_at=None,
        )
        unit.put_key(key)
        unit.record(act_of(call, "staff.key_registered", about=asked.staff_id, key=name))
        return key

    @staticmethod
    def _waiting(unit: StaffUnit, call: Call, name: str) -> StaffKey:
        key = unit.key(call.municipality, name)
        if key is None or key.revoked_at is not None:
            raise NotAllowed
        if key.approved_by:
            raise Conflict
        return key


def _demand_member(unit: StaffUnit, call: Call, staff_id: str) -> None:
    member = unit.member(call.municipality, staff_id)
    if member is None or not member.is_active:
        raise NotAllowed


def _row(key: StaffKey) -> KeyRow:
    return KeyRow(
        key_id=key.key_id,
        staff_id=key.staff_id,
        label=key.label,
        registered_at=key.registered_at,
        registered_by=key.registered_by,
        approved_by=key.approved_by,
        revoked_at=key.revoked_at,
    )
