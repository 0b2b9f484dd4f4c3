"""The second factor at the door: what a person's card is asked, what holds, and the pass in place of a lost card."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from app.backend.staff.ports import Challenge, KeyUnit, OneTimePass, StaffKey
from app.domain.call import Call
from app.domain.clock import Random
from app.domain.secret import Secret
from app.errors import SecondFactorRefused
from app.trust.second_factor import Factor, SecondFactor
from app.wire.counter_rules import StatedCard, StatedCards
from app.wire.staff import KeyAsked, PassIssued

CHALLENGE = timedelta(minutes=3)
"""Time to lay the card down and type its PIN. Assumed."""
BACK = timedelta(minutes=1)
"""How far the office's own clock may be put right backwards meanwhile; beyond it no challenge is fresh. Assumed."""
PASS = timedelta(minutes=10)
"""How long a one-time pass is good. Assumed."""
KEY, ONE_TIME_PASS, NOT_ASKED = "key", "one_time_pass", "not_asked"
SIGN_IN, UNLOCK, REGISTER, CHANGE = "sign_in", "unlock", "register", "change"
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's digits: none is read as another."""
_PASS_LETTERS, _GROUP = 12, 4
_CHALLENGE_BYTES = 32


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody shows besides the password."""

    asked: str = ""
    assertion: str = ""
    one_time_pass: str = ""


class SecondFactors:
    """Rules and memory of the second factor. ``required`` False: only people with a registered card are asked.

    ``secret`` (of the slice) makes cards for people who have none, the same each time.
    """

    def __init__(self, office: SecondFactor, random: Random, secret: Secret, *, required: bool) -> None:
        self._office = office
        self._random = random
        self._secret = secret
        self._required = required

    def ask(self, unit: KeyUnit, call: Call, staff_id: str, purpose: str) -> KeyAsked:
        """What the card of ``staff_id`` is asked; somebody unknown is asked for a card that nobody has."""
        keys = _good(unit.keys(call.municipality, staff_id))
        if not keys and not self._required:
            return KeyAsked(asked="", options="")
        ids = [key.factor.credential_id for key in keys] or [self._made("card", call.municipality, staff_id)]
        challenge = self._challenge(unit, call, staff_id, purpose)
        return KeyAsked(asked=challenge.challenge_id, options=self._office.ask(ids, challenge.value))

    def check(self, unit: KeyUnit, call: Call, staff_id: str, shown: Shown, purpose: str) -> str:
        """Which factor was shown: "key", "one_time_pass", or "not_asked". What was asked is used up.

        Errors: SecondFactorRefused(reason).
        """
        value = self._take(unit, call, staff_id, shown.asked, purpose) if shown.asked else None
        if shown.one_time_pass:
            self._check_pass(unit, call, staff_id, shown.one_time_pass)
            return ONE_TIME_PASS
        keys = _good(unit.keys(call.municipality, staff_id))
        if not keys and not self._required:
            return NOT_ASKED
        if value is None:
            raise SecondFactorRefused(reason="missing")
        used = self._office.check(shown.assertion, value, [key.factor for key in keys])
        key = next(key for key in keys if key.factor.credential_id == used.credential_id)
        unit.put_key(replace(key, factor=used))
        return KEY

    def stated(self, unit: KeyUnit, call: Call) -> StatedCards:
        """The caller's own approved cards, in public, for a terminal that is to check them without the office."""
        keys = _good(unit.keys(call.municipality, call.actor.staff_id))
        cards = tuple(StatedCard(attested=key.factor.attested, counter=key.factor.counter) for key in keys)
        return StatedCards(rp_id=self._office.rp_id, needed=self._required or bool(keys), cards=cards)

    def ask_registration(self, unit: KeyUnit, call: Call, staff_id: str) -> KeyAsked:
        """What a new card of ``staff_id`` is asked."""
        known = [key.factor for key in unit.keys(call.municipality, staff_id) if key.revoked_at is None]
        challenge = self._challenge(unit, call, staff_id, REGISTER)
        person = (self._made("person", call.municipality, staff_id), staff_id)
        options = self._office.ask_registration(person, known, challenge.value)
        return KeyAsked(asked=challenge.challenge_id, options=options)

    def register(self, unit: KeyUnit, call: Call, staff_id: str, shown: Shown) -> Factor:
        """The card that answered. Errors: SecondFactorRefused(reason)."""
        value = self._take(unit, call, staff_id, shown.asked, REGISTER)
        if value is None:
            raise SecondFactorRefused(reason="replayed")
        return self._office.register(shown.assertion, value)

    def issue_pass(self, unit: KeyUnit, call: Call, staff_id: str) -> PassIssued:
        """A new pass for ``staff_id``; an earlier one is good no more."""
        letters = "".join(_LETTERS[each & 31] for each in self._random.token(_PASS_LETTERS))
        expires_at = call.at + PASS
        digest = _pass_digest(staff_id, letters)
        unit.put_pass(OneTimePass(call.municipality, staff_id, digest, call.actor.staff_id, expires_at))
        groups = (letters[at : at + _GROUP] for at in range(0, _PASS_LETTERS, _GROUP))
        return PassIssued(one_time_pass="-".join(groups), expires_at=expires_at)

    def _check_pass(self, unit: KeyUnit, call: Call, staff_id: str, given: str) -> None:
        kept = unit.take_pass(call.municipality, staff_id)
        letters = given.upper().replace("-", "").replace(" ", "")
        if kept is None or not hmac.compare_digest(kept.digest, _pass_digest(staff_id, letters)):
            raise SecondFactorRefused(reason="pass_wrong")
        if call.at >= kept.expires_at:
            raise SecondFactorRefused(reason="pass_expired")

    def _challenge(self, unit: KeyUnit, call: Call, staff_id: str, purpose: str) -> Challenge:
        unit.forget_challenges(call.at)
        made = Challenge(
            municipality=call.municipality,
            challenge_id=self._random.token(16).hex(),
            purpose=purpose,
            staff_digest=_named(staff_id),
            terminal=call.actor.terminal,
            value=self._random.token(_CHALLENGE_BYTES),
            expires_at=call.at + CHALLENGE,
        )
        unit.add_challenge(made)
        return made

    def _take(self, unit: KeyUnit, call: Call, staff_id: str, asked: str, purpose: str) -> bytes | None:
        """The challenge's value; None unless it was made for this person, terminal and purpose, and is fresh."""
        kept = unit.take_challenge(call.municipality, asked)
        if kept is None or not kept.expires_at - CHALLENGE - BACK <= call.at < kept.expires_at:
            return None
        mine = (kept.purpose, kept.staff_digest, kept.terminal) == (purpose, _named(staff_id), call.actor.terminal)
        return kept.value if mine else None

    def _made(self, *parts: str) -> bytes:
        return hmac.digest(self._secret.reveal(), "\x1f".join(parts).encode(), "sha256")


def key_id(credential_id: bytes) -> str:
    """Under what a card is kept and named."""
    return hashlib.sha256(credential_id).hexdigest()


def _good(keys: Iterable[StaffKey]) -> list[StaffKey]:
    return [key for key in keys if key.is_good]


def _named(staff_id: str) -> str:
    """What is kept of a typed staff id: it may be anything, a password in the wrong field too."""
    return hashlib.sha256(staff_id.encode()).hexdigest()


def _pass_digest(staff_id: str, letters: str) -> bytes:
    return hashlib.sha256(f"{staff_id}\x1f{letters}".encode()).digest()
