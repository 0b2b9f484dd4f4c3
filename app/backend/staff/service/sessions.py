"""Sign-in, sessions and rights: decides who an incoming request comes from. The default is no."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.backend.staff.ports import Session, StaffBook, StaffMember, StaffUnit, Terminal, Throttle
from app.backend.staff.service.second_factors import SIGN_IN, UNLOCK, SecondFactors, Shown
from app.backend.staff.service.standing import actor_of, is_in_service, right_row
from app.backend.staff.service.tries import cause_of, note_try
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.clock import Clock, Random, business_date, new_id
from app.domain.rights import Actor, Post, Right
from app.domain.secret import Secret, secret
from app.errors import AppError, NotAllowed, SecondFactorRefused, SessionEnded, SignInRefused, TooManyTries
from app.trust.passwords import Strength, hash_password, verify_password
from app.wire.message import Nothing
from app.wire.staff import AskKey, AskUnlockKey, KeyAsked, Reauthenticate, SignedIn, SignIn

SESSION = timedelta(hours=10)
"""One working day. Assumed; to become the office's policy."""
FREE_TRIES = 4
THROTTLE_STEP_S = 30
THROTTLE_CAP_S = 900
"""Waits after the fifth failure in a row: 30 s, doubling up to 15 min. Assumed."""


ADMINISTRATOR = "madoguchi-admin"
"""Who stands in acts that are done with the program of that name."""


@dataclass(frozen=True, slots=True)
class StaffRules:
    """How passwords are kept, and ``sections``: procedure → the section that is in charge of it."""

    strength: Strength
    sections: Mapping[str, str] = field(default_factory=dict)


class StaffService:
    """The staff slice's use cases."""

    def __init__(
        self, book: StaffBook, factors: SecondFactors, clock: Clock, random: Random, rules: StaffRules
    ) -> None:
        self._book = book
        self._factors = factors
        self._clock = clock
        self._random = random
        self._rules = rules
        self._nobody = hash_password(Secret(random.token(16)), rules.strength)

    def sign_in(self, call: Call, asked: SignIn) -> SignedIn:
        """Open a session for a member of staff at the calling terminal.

        Errors: SignInRefused without a hint which part was wrong, TooManyTries(wait_s). Failures are kept.
        """
        outcome = self._book.write(lambda unit: self._sign_in(unit, call, asked))
        if isinstance(outcome, AppError):
            raise outcome  # after the commit: a refused try stays counted and recorded
        return outcome

    def ask_key(self, call: Call, asked: AskKey) -> KeyAsked:
        """What the card of this person is to be asked before signing in; says nothing of whether there is one."""
        return self._book.write(lambda unit: self._factors.ask(unit, call, asked.staff_id, SIGN_IN))

    def ask_unlock_key(self, call: Call, _: AskUnlockKey) -> KeyAsked:
        """What the card of the session's own person is to be asked before unlocking."""
        return self._book.write(lambda unit: self._factors.ask(unit, call, call.actor.staff_id, UNLOCK))

    def unlock(self, call: Call, asked: Reauthenticate) -> Nothing:
        """Check both factors of the session's own person again. Errors as ``sign_in``."""
        outcome = self._book.write(lambda unit: self._unlock(unit, call, asked))
        if isinstance(outcome, AppError):
            raise outcome
        return Nothing()

    def sign_out(self, call: Call, token: str) -> Nothing:
        """End the session of ``token``."""

        def end(unit: StaffUnit) -> None:
            unit.end_session(digest(token), call.at)
            unit.record(act_of(call, "session.ended"))

        self._book.write(end)
        return Nothing()

    def actor(self, token: str, terminal: tuple[str, str], at: datetime) -> Actor:
        """Who ``token`` stands for, with the rights of this moment. ``terminal``: municipality and name by certificate.

        Errors: SessionEnded when unknown, ended, expired or used at another terminal.
        """
        return self._book.read(lambda unit: self._actor(unit, token, terminal, at))

    def terminal(self, municipality: str, terminal: str) -> Terminal:
        """The enrolled terminal. Errors: NotAllowed when not enrolled or revoked."""
        found = self._book.read(lambda unit: unit.terminal(municipality, terminal))
        if found is None or found.revoked_at is not None:
            raise NotAllowed
        return found

    def lets_in(self, municipality: str, terminal: str, certificate: str) -> bool:
        """Whether a request under ``certificate`` (SHA-256, hex) is one of the enrolled terminal as it is now.

        Where none is bound yet the first to come is, unless the terminal gave it up before.
        """
        found = self._book.read(lambda unit: unit.terminal(municipality, terminal))
        if found is None or found.revoked_at is not None:
            return False
        if found.certificate:
            return found.certificate == certificate
        return self._book.write(lambda unit: self._bind(unit, (municipality, terminal), certificate))

    def enrol(self, terminal: Terminal) -> None:
        """Enrol a terminal, enrol it anew or shut it out, with the administrator's program."""
        kind = "terminal.enrolled" if terminal.revoked_at is None else "terminal.revoked"
        act = self._administrated(terminal.municipality, kind, terminal.terminal)
        placed = (("display_checked_by", terminal.display_checked_by), ("window", terminal.window))

        def enrol(unit: StaffUnit) -> None:
            unit.put_terminal(terminal)
            unit.record(replace(act, what=placed))

        self._book.write(enrol)

    def admit(self, member: StaffMember, password: Secret, rights: tuple[Right, ...], at: datetime) -> None:
        """Enter a member of staff with a first password, one post and rights; replaces what was there."""
        known = replace(member, password_hash=hash_password(password, self._rules.strength))
        place, staff_id = member.municipality, member.staff_id
        act = self._administrated(place, "staff.entered", staff_id)

        def admit(unit: StaffUnit) -> None:
            unit.put_member(known, at)
            unit.know_department(place, member.department)
            unit.put_posts(place, staff_id, (Post(member.department),))
            unit.put_rights(place, staff_id, rights)
            unit.record(replace(act, what=(("active", member.is_active), ("rights", len(rights)))))

        self._book.write(admit)

    def members(self, municipality: str) -> tuple[StaffMember, ...]:
        """Everybody of a municipality, by staff id."""
        return self._book.read(lambda unit: unit.members(municipality))

    def _sign_in(self, unit: StaffUnit, call: Call, asked: SignIn) -> SignedIn | AppError:
        shown = Shown(asked.asked, asked.assertion, asked.one_time_pass)
        checked = self._checked(unit, call, (asked.staff_id, asked.password), shown, SIGN_IN)
        member = unit.member(call.municipality, asked.staff_id)
        if isinstance(checked, Refusal) or member is None:
            refusal = checked if isinstance(checked, Refusal) else Refusal(SignInRefused())
            unit.record(replace(_refused(call, "session.refused", refusal), staff_id=asked.staff_id[:32]))
            self._note(unit, call, (asked.staff_id, SIGN_IN), refusal)
            return refusal.error
        others = unit.open_sessions(call.municipality, member.staff_id, call.at)
        token = self._random.token(32).hex()
        session = Session(
            token_digest=digest(token),
            municipality=call.municipality,
            staff_id=member.staff_id,
            terminal=call.actor.terminal,
            started_at=call.at,
            expires_at=call.at + SESSION,
            ended_at=None,
        )
        unit.add_session(session)
        unit.record(replace(act_of(call, "session.opened", second_factor=checked), staff_id=member.staff_id))
        self._note(unit, call, (member.staff_id, SIGN_IN), checked)
        elsewhere = ",".join(sorted({other.terminal for other in others} - {call.actor.terminal}))
        actor = actor_of(unit, session, member, self._rules.sections, call.at)
        return _signed_in(member, session, (token, checked, elsewhere), actor)

    def _unlock(self, unit: StaffUnit, call: Call, asked: Reauthenticate) -> AppError | None:
        shown = Shown(asked.asked, asked.assertion)
        checked = self._checked(unit, call, (call.actor.staff_id, asked.password), shown, UNLOCK)
        if isinstance(checked, Refusal):
            unit.record(_refused(call, "session.unlock_refused", checked))
            self._note(unit, call, (call.actor.staff_id, UNLOCK), checked)
            return checked.error
        unit.record(act_of(call, "session.unlocked", second_factor=checked))
        self._note(unit, call, (call.actor.staff_id, UNLOCK), checked)
        return None

    def _checked(
        self, unit: StaffUnit, call: Call, given: tuple[str, str], shown: Shown, purpose: str
    ) -> "str | Refusal":
        """Which second factor was shown, if all holds. The same work is done for people who do not exist.

        Which part was wrong is recorded and not told.
        """
        staff_id, password = given
        throttle = unit.throttle(call.municipality, staff_id)
        if throttle.not_before is not None and call.at < throttle.not_before:
            return Refusal(TooManyTries(wait_s=int((throttle.not_before - call.at).total_seconds()) + 1))
        member = unit.member(call.municipality, staff_id)
        is_here = member is not None and is_in_service(unit, member, business_date(call.at))
        stored = member.password_hash if member is not None and is_here else self._nobody
        is_right = verify_password(secret(password), stored)
        try:
            factor = self._factors.check(unit, call, staff_id, shown, purpose)
            part = "" if is_right else "password"
        except SecondFactorRefused as refused:
            factor, part = "", str(refused.data["reason"])
        if is_right and not part:
            unit.set_throttle(call.municipality, staff_id, Throttle(failures=0, not_before=None))
            return factor
        unit.set_throttle(call.municipality, staff_id, _after_failure(throttle.failures + 1, call.at))
        return Refusal(SignInRefused(), part if is_right else "password")

    def _note(self, unit: StaffUnit, call: Call, who: tuple[str, str], checked: "str | Refusal") -> None:
        """Keep the try for administrators to look at."""
        is_refused = isinstance(checked, Refusal)
        cause = cause_of(checked.error, checked.part) if isinstance(checked, Refusal) else ""
        note_try(unit, call, who, cause, (self._random, "" if is_refused else str(checked)))

    def _bind(self, unit: StaffUnit, name: tuple[str, str], certificate: str) -> bool:
        found = unit.terminal(*name)
        if found is None or found.revoked_at is not None:
            return False
        if not found.certificate and not unit.is_given_up(*name, certificate):
            unit.put_terminal(replace(found, certificate=certificate))
            act = self._administrated(name[0], "terminal.bound", name[1])
            unit.record(replace(act, staff_id="slice:staff", terminal=name[1], what=(("certificate", certificate),)))
            return True
        return found.certificate == certificate

    def _administrated(self, municipality: str, kind: str, about: str) -> Act:
        trace = new_id(self._clock, self._random)
        return Act(kind, self._clock.now(), municipality, ADMINISTRATOR, "", trace, about=about)

    def _actor(self, unit: StaffUnit, token: str, terminal: tuple[str, str], at: datetime) -> Actor:
        session = unit.session(digest(token))
        if session is None or session.ended_at is not None or at >= session.expires_at:
            raise SessionEnded
        if (session.municipality, session.terminal) != terminal:
            raise SessionEnded
        enrolled = unit.terminal(*terminal)
        member = unit.member(session.municipality, session.staff_id)
        if enrolled is None or enrolled.revoked_at is not None or member is None:
            raise SessionEnded
        actor = actor_of(unit, session, member, self._rules.sections, at)
        if actor is None:
            raise SessionEnded
        return actor


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is told, and which part was wrong, for the record only."""

    error: AppError
    part: str = ""


def digest(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def _after_failure(failures: int, at: datetime) -> Throttle:
    if failures <= FREE_TRIES:
        return Throttle(failures=failures, not_before=None)
    wait_s = min(THROTTLE_STEP_S * 2 ** (failures - FREE_TRIES - 1), THROTTLE_CAP_S)
    return Throttle(failures=failures, not_before=at + timedelta(seconds=wait_s))


def _refused(call: Call, kind: str, refusal: Refusal) -> Act:
    what = {"part": refusal.part} if refusal.part else {}
    return act_of(call, kind, code=refusal.error.code, **what)


def _signed_in(member: StaffMember, session: Session, told: tuple[str, str, str], actor: Actor | None) -> SignedIn:
    token, second_factor, elsewhere = told
    return SignedIn(
        token=token,
        municipality=member.municipality,
        municipality_name=member.municipality_name,
        office=member.office,
        staff_id=member.staff_id,
        name=member.name,
        department="" if actor is None else actor.department,
        rights=() if actor is None else tuple(map(right_row, actor.rights)),
        started_at=session.started_at,
        expires_at=session.expires_at,
        second_factor=second_factor,
        elsewhere=elsewhere,
    )
