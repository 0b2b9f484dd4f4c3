"""Whether somebody is who they say: password and second factor, and the waits of those who try too often."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.backend.staff.ports import StaffUnit, Throttle
from app.backend.staff.service.second_factors import KEY, UNLOCK, SecondFactors, Shown
from app.backend.staff.service.standing import is_in_service
from app.backend.staff.service.tries import cause_of, note_try
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.clock import Random, business_date
from app.domain.secret import Secret, secret
from app.errors import AppError, SecondFactorRefused, SignInRefused, TooManyTries
from app.trust.passwords import NOBODY_SIZE, Strength, hash_of_nobody, verify_password

FREE_TRIES = 4
THROTTLE_STEP_S = 30
THROTTLE_CAP_S = 900
"""Waits after the fifth failure in a row: 30 s, doubling up to 15 min. Assumed."""

NOT_IN_SERVICE = "not_in_service"
"""The part that was wrong for somebody let go or without a post today, whatever else they showed."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is told, and which part was wrong, for the record only."""

    error: AppError
    part: str = ""


class Prover:
    """Checks both factors. Which part was wrong is recorded and not told."""

    def __init__(self, factors: SecondFactors, random: Random, strength: Strength) -> None:
        self._factors = factors
        self._random = random
        self._nobody = hash_of_nobody(random.token(NOBODY_SIZE), strength)

    def checked(
        self, unit: StaffUnit, call: Call, given: tuple[str, str], shown: Shown, purpose: str
    ) -> "str | Refusal":
        """Which second factor was shown, if all holds. ``given``: staff id and password, "" for the card alone.

        The same work is done for people who do not exist.
        """
        staff_id, password = given
        throttle = unit.throttle(call.municipality, staff_id)
        if throttle.not_before is not None and call.at < throttle.not_before:
            return Refusal(TooManyTries(wait_s=int((throttle.not_before - call.at).total_seconds()) + 1))
        member = unit.member(call.municipality, staff_id)
        is_here = member is not None and is_in_service(unit, member, business_date(call.at))
        wrong = "password" if is_here or member is None else NOT_IN_SERVICE
        stored = member.password_hash if member is not None and is_here else self._nobody
        by_card = is_here and _may_come_by_card(purpose, password, throttle)
        is_right = by_card or verify_password(secret(password), stored)
        try:
            factor = self._factors.check(unit, call, staff_id, shown, purpose)
            part = "" if is_right and not (by_card and factor != KEY) else "password"
        except SecondFactorRefused as refused:
            factor, part = "", str(refused.data["reason"])
        if is_right and not part:
            unit.set_throttle(call.municipality, staff_id, Throttle(failures=0, not_before=None))
            return factor
        unit.set_throttle(call.municipality, staff_id, _after_failure(throttle.failures + 1, call.at))
        return Refusal(SignInRefused(), part if is_right else wrong)

    def knows(self, unit: StaffUnit, call: Call, password: Secret) -> Refusal | None:
        """Why ``password`` is not the caller's own: wrong, given by an administrator, or tried too often.

        Tries are counted with those at the door.
        """
        place, staff_id = call.municipality, call.actor.staff_id
        throttle = unit.throttle(place, staff_id)
        if throttle.not_before is not None and call.at < throttle.not_before:
            return Refusal(TooManyTries(wait_s=int((throttle.not_before - call.at).total_seconds()) + 1))
        member = unit.member(place, staff_id)
        is_here = member is not None and is_in_service(unit, member, business_date(call.at))
        own = member.password_hash if member is not None and is_here and not member.must_change else self._nobody
        if verify_password(password, own):
            unit.set_throttle(place, staff_id, Throttle(failures=0, not_before=None))
            return None
        unit.set_throttle(place, staff_id, _after_failure(throttle.failures + 1, call.at))
        return Refusal(SignInRefused(), "password" if is_here or member is None else NOT_IN_SERVICE)

    def note(self, unit: StaffUnit, call: Call, who: tuple[str, str], checked: "str | Refusal") -> None:
        """Keep the try for administrators to look at. ``who``: staff id and purpose."""
        is_refused = isinstance(checked, Refusal)
        cause = cause_of(checked.error, checked.part) if isinstance(checked, Refusal) else ""
        note_try(unit, call, who, cause, (self._random, "" if is_refused else str(checked)))


def refused(call: Call, kind: str, refusal: Refusal) -> Act:
    """The act of a refused try."""
    what = {"part": refusal.part} if refusal.part else {}
    return act_of(call, kind, code=refusal.error.code, **what)


def _may_come_by_card(purpose: str, password: str, throttle: Throttle) -> bool:
    """At a lock the card alone may be enough: the session began with the password, at most a day ago.

    When the counter wants it besides is the office's rule, which the counter follows; after five failed tries in a row
    it is wanted here too.
    """
    return purpose == UNLOCK and not password and throttle.failures <= FREE_TRIES


def _after_failure(failures: int, at: datetime) -> Throttle:
    if failures <= FREE_TRIES:
        return Throttle(failures=failures, not_before=None)
    wait_s = min(THROTTLE_STEP_S * 2 ** (failures - FREE_TRIES - 1), THROTTLE_CAP_S)
    return Throttle(failures=failures, not_before=at + timedelta(seconds=wait_s))
