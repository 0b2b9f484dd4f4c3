"""Sign-in, sessions and rights: decides who an incoming request comes from. The default is no."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.backend.staff.ports import Session, StaffBook, StaffMember, StaffUnit, Terminal, Throttle
from app.backend.staff.service.second_factors import SIGN_IN, UNLOCK, SecondFactors, Shown
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.clock import Clock, Random
from app.domain.rights import Actor, Right
from app.domain.secret import Secret, secret
from app.errors import AppError, NotAllowed, SecondFactorRefused, SessionEnded, SignInRefused, TooManyTries
from app.trust.passwords import Strength, hash_password, verify_password
from app.wire.message import Nothing
from app.wire.staff import AskKey, AskUnlockKey, KeyAsked, Reauthenticate, RightRow, SignedIn, SignIn

SESSION = timedelta(hours=10)
"""One working day. Assumed; to become the office's policy."""
FREE_TRIES = 4
THROTTLE_STEP_S = 30
THROTTLE_CAP_S = 900
"""Waits after the fifth failure in a row: 30 s, doubling up to 15 min. Assumed."""


class StaffService:
    """The staff slice's use cases."""

    def __init__(
        self, book: StaffBook, factors: SecondFactors, clock: Clock, random: Random, strength: Strength
    ) -> None:
        self._book = book
        self._factors = factors
        self._clock = clock
        self._random = random
        self._strength = strength
        self._nobody = hash_password(Secret(random.token(16)), strength)

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

    def enrol(self, terminal: Terminal) -> None:
        """Enrol a terminal (or renew it); the caller has issued its certificate."""
        self._book.write(lambda unit: unit.put_terminal(terminal))

    def admit(self, member: StaffMember, password: Secret, rights: tuple[Right, ...], at: datetime) -> None:
        """Enter a member of staff with a first password and rights; replaces what was there."""
        known = replace(member, password_hash=hash_password(password, self._strength))
        self._book.write(lambda unit: unit.put_member(known, rights, at))

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
        elsewhere = ",".join(sorted({other.terminal for other in others} - {call.actor.terminal}))
        rights = unit.rights(call.municipality, member.staff_id)
        return _signed_in(member, session, (token, checked, elsewhere), rights)

    def _unlock(self, unit: StaffUnit, call: Call, asked: Reauthenticate) -> AppError | None:
        shown = Shown(asked.asked, asked.assertion)
        checked = self._checked(unit, call, (call.actor.staff_id, asked.password), shown, UNLOCK)
        if isinstance(checked, Refusal):
            unit.record(_refused(call, "session.unlock_refused", checked))
            return checked.error
        unit.record(act_of(call, "session.unlocked", second_factor=checked))
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
        stored = self._nobody if member is None or not member.is_active else member.password_hash
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

    @staticmethod
    def _actor(unit: StaffUnit, token: str, terminal: tuple[str, str], at: datetime) -> Actor:
        session = unit.session(digest(token))
        if session is None or session.ended_at is not None or at >= session.expires_at:
            raise SessionEnded
        if (session.municipality, session.terminal) != terminal:
            raise SessionEnded
        enrolled = unit.terminal(*terminal)
        member = unit.member(session.municipality, session.staff_id)
        if enrolled is None or enrolled.revoked_at is not None or member is None or not member.is_active:
            raise SessionEnded
        return Actor(
            municipality=session.municipality,
            staff_id=member.staff_id,
            name=member.name,
            department=member.department,
            terminal=session.terminal,
            rights=unit.rights(session.municipality, member.staff_id),
        )


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


def _signed_in(
    member: StaffMember, session: Session, told: tuple[str, str, str], rights: tuple[Right, ...]
) -> SignedIn:
    token, second_factor, elsewhere = told
    return SignedIn(
        token=token,
        municipality=member.municipality,
        municipality_name=member.municipality_name,
        office=member.office,
        staff_id=member.staff_id,
        name=member.name,
        department=member.department,
        rights=tuple(RightRow(r.act, r.procedure, r.item_class, r.since, r.until) for r in rights),
        started_at=session.started_at,
        expires_at=session.expires_at,
        second_factor=second_factor,
        elsewhere=elsewhere,
    )
