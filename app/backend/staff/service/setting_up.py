"""Setting an office up from the command line: good until two administrators could agree to all else between them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from app.backend.staff.ports import StaffBook, StaffMember, StaffUnit, Terminal
from app.backend.staff.service.changes import DECIDE, PROPOSE
from app.backend.staff.service.proving import Prover
from app.backend.staff.service.sessions import ADMINISTRATOR, StaffRules, enter, keep_terminal
from app.backend.staff.service.standing import everybody
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.clock import Clock, Random, business_date, new_id
from app.domain.rights import ANY, Right, effective
from app.domain.secret import Secret
from app.errors import AppError, Refused
from app.trust.passwords import hash_password

CLOSED = "two_administrators"


class SettingUp:
    """What the administrator's program does alone. What it is refused stands in the ledger."""

    def __init__(self, book: StaffBook, prover: Prover, clock: Clock, random: Random, rules: StaffRules) -> None:
        self._book = book
        self._prover = prover
        self._clock = clock
        self._random = random
        self._rules = rules

    def admit(self, member: StaffMember, password: Secret, rights: tuple[Right, ...]) -> None:
        """Enter somebody; replaces what was there. Errors: Refused ``two_administrators``."""
        hashed = hash_password(password, self._rules.strength)
        act = self._act(member.municipality, "staff.entered", member.staff_id)

        def admit(unit: StaffUnit) -> AppError | None:
            if can_agree(unit, member.municipality, self._rules.sections, act.at):
                return _closed(unit, replace(act, kind="staff.entry_refused"))
            enter(unit, replace(member, password_hash=hashed), rights, act, act.at)
            return None

        self._write(admit)

    def enrol(self, terminal: Terminal) -> None:
        """Make a terminal known, or known anew.

        Errors: Refused ``two_administrators``, where a terminal is in use at which they could agree to it.
        """
        act = self._act(terminal.municipality, "terminal.enrolled", terminal.terminal)

        def enrol(unit: StaffUnit) -> AppError | None:
            place = terminal.municipality
            has_seat = any(one.revoked_at is None and one.certificate for one in unit.terminals(place))
            if has_seat and can_agree(unit, place, self._rules.sections, act.at):
                return _closed(unit, replace(act, kind="terminal.enrolment_refused"))
            keep_terminal(unit, terminal, act)
            return None

        self._write(enrol)

    def vouch(self, call: Call, password: Secret) -> None:
        """Whoever is to stand as proposer knows the password of ``call.actor``, their own and no given one.

        Nobody proposes in another's name and then agrees to it. Errors: SignInRefused, TooManyTries, both kept.
        """

        def check(unit: StaffUnit) -> AppError | None:
            refusal = self._prover.knows(unit, call, password)
            if refusal is None:
                return None
            what = {"part": refusal.part} if refusal.part else {}
            unit.record(act_of(call, "staff.proposal_refused", code=refusal.error.code, **what))
            return refusal.error

        self._write(check)

    def _write(self, work: Callable[[StaffUnit], AppError | None]) -> None:
        outcome = self._book.write(work)
        if outcome is not None:
            raise outcome  # after the commit: what was refused stays recorded

    def _act(self, municipality: str, kind: str, about: str) -> Act:
        trace = new_id(self._clock, self._random)
        return Act(kind, self._clock.now(), municipality, ADMINISTRATOR, "", trace, about=about)


def can_agree(unit: StaffUnit, municipality: str, sections: Mapping[str, str], at: datetime) -> bool:
    """Whether somebody in service on that business date may propose changes and somebody else may decide them."""
    day = business_date(at)
    may: dict[str, set[str]] = {PROPOSE: set(), DECIDE: set()}
    for member, granted in everybody(unit, municipality):
        rights = effective(granted, sections, day) if member.is_active else ()
        for act, people in may.items():
            if any(right.covers(act, ANY, ANY, day) for right in rights):
                people.add(member.staff_id)
    return any(one != other for one in may[PROPOSE] for other in may[DECIDE])


def _closed(unit: StaffUnit, act: Act) -> Refused:
    refused = Refused(CLOSED)
    unit.record(replace(act, what=(("code", refused.code), ("reason", CLOSED))))
    return refused
