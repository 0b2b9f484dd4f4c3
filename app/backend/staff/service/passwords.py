"""A person takes another password: with both factors, by rules, and never one of the last ones again."""

from dataclasses import replace

from app.backend.staff.ports import StaffBook, StaffMember, StaffUnit
from app.backend.staff.service.proving import Prover, Refusal, refused
from app.backend.staff.service.second_factors import CHANGE, SecondFactors, Shown
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.password_rules import REMEMBERED, password_fault
from app.domain.secret import secret
from app.errors import AppError, NotAllowed, Refused
from app.trust.passwords import Strength, hash_password, verify_password
from app.wire.message import Nothing
from app.wire.staff import AskChangeKey, ChangePassword, KeyAsked


class PasswordService:
    """The use cases around one's own password."""

    def __init__(self, book: StaffBook, factors: SecondFactors, prover: Prover, strength: Strength) -> None:
        self._book = book
        self._factors = factors
        self._prover = prover
        self._strength = strength

    def ask_key(self, call: Call, _: AskChangeKey) -> KeyAsked:
        """What the card of the session's person is to be asked."""
        return self._book.write(lambda unit: self._factors.ask(unit, call, call.actor.staff_id, CHANGE))

    def change(self, call: Call, asked: ChangePassword) -> Nothing:
        """Take the new password. Time: one check and at most five more, 0.1 s each.

        Errors: SignInRefused, TooManyTries as at signing in; Refused ``password_too_short``, ``password_too_long``,
        ``password_staff_number``, ``password_too_plain``, ``password_used_before``.
        """
        outcome = self._book.write(lambda unit: self._change(unit, call, asked))
        if outcome is not None:
            raise outcome  # after the commit: a refused try stays counted and recorded
        return Nothing()

    def _change(self, unit: StaffUnit, call: Call, asked: ChangePassword) -> AppError | None:
        staff_id = call.actor.staff_id
        shown = Shown(asked.asked, asked.assertion)
        checked = self._prover.checked(unit, call, (staff_id, asked.password), shown, CHANGE)
        self._prover.note(unit, call, (staff_id, CHANGE), checked)
        member = unit.member(call.municipality, staff_id)
        if isinstance(checked, Refusal):
            unit.record(refused(call, "password.change_refused", checked))
            return checked.error
        if member is None:
            raise NotAllowed
        former = (member.password_hash, *unit.former_passwords(call.municipality, staff_id))[:REMEMBERED]
        if fault := self._fault(asked.new_password, staff_id, former):
            unit.record(act_of(call, "password.change_refused", reason=fault))
            return Refused(fault)
        self._put(unit, call, member, (asked.new_password, former))
        unit.record(act_of(call, "password.changed", second_factor=checked, was_given=member.must_change))
        return None

    def _put(self, unit: StaffUnit, call: Call, member: StaffMember, put: tuple[str, tuple[str, ...]]) -> None:
        password, former = put
        hashed = hash_password(secret(password), self._strength)
        unit.put_member(replace(member, password_hash=hashed, must_change=False), call.at)
        unit.put_former_passwords(call.municipality, member.staff_id, former)

    @staticmethod
    def _fault(password: str, staff_id: str, former: tuple[str, ...]) -> str:
        fault = password_fault(password, staff_id)
        if not fault and any(verify_password(secret(password), one) for one in former):
            fault = "used_before"
        return f"password_{fault}" if fault else ""
