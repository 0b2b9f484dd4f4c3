"""S03-6: business systems come in by ID and password beside certificate and signature; passwords end, with notice."""

import hashlib
from dataclasses import replace
from datetime import timedelta

from app.backend.addressee.ports import AddresseeBook, AddresseeUnit, BusinessSystem
from app.domain.act import Act
from app.domain.clock import Clock, Random, business_date
from app.domain.countdown import NEVER, due
from app.domain.secret import secret
from app.errors import AppError, Refused, SessionEnded, SignInRefused, TooManyTries
from app.trust.passwords import NOBODY_SIZE, Strength, hash_of_nobody, hash_password, verify_password
from app.wire.addressee_systems import AreaOpened

FREE_TRIES = 4
FIRST_WAIT_S, LONGEST_WAIT_S = 30, 900
"""Waits after the fifth wrong password in a row: 30 s, doubling up to 15 min. Assumed, as for staff."""
SHORTEST = 24
"""Signs of a password: systems make them by chance and nobody types them. Assumed."""
REMEMBERED = 4
PASSWORD = timedelta(days=90)
"""How long a password holds; one can be renewed by itself from 30 days before. Assumed."""
RENEWAL = timedelta(days=30)
SESSION = timedelta(hours=8)
_PASSWORD_BYTES, _TOKEN_BYTES = 24, 32


class SystemAreas:
    """Who comes in. ``strength``: what one guess costs."""

    def __init__(self, book: AddresseeBook, clock: Clock, random: Random, strength: Strength) -> None:
        self._book = book
        self._clock = clock
        self._random = random
        self._strength = strength
        self._nobody = hash_of_nobody(random.token(NOBODY_SIZE), strength)

    def open(self, municipality: str, system: str, password: str) -> AreaOpened:
        """The system's area, for who knows the password.

        Errors: SignInRefused, TooManyTries; Refused ``password_ended``. The same time for systems that there are not.
        """

        def enter(unit: AddresseeUnit) -> AreaOpened | AppError:
            found = self._proved(unit, municipality, system, password)
            return found if isinstance(found, AppError) else self._opened(unit, found)

        return _kept(self._book.write(enter))

    def renew(self, municipality: str, system: str, passwords: tuple[str, str]) -> AreaOpened:
        """Another password, and the area. ``passwords``: the present one and the next.

        Errors: as ``open``; Refused ``password_too_short``, ``password_used_before``.
        """

        def change(unit: AddresseeUnit) -> AreaOpened | AppError:
            found = self._proved(unit, municipality, system, passwords[0])
            if isinstance(found, AppError):
                return found
            used = (found.password_hash, *found.former)[: REMEMBERED + 1]
            if len(passwords[1]) < SHORTEST:
                return Refused("password_too_short")
            if any(verify_password(secret(passwords[1]), one) for one in used):
                return Refused("password_used_before")
            changed = replace(
                found,
                password_hash=hash_password(secret(passwords[1]), self._strength),
                former=used[:REMEMBERED],
                password_until=business_date(self._clock.now()) + PASSWORD,
                warned=NEVER,
                version=found.version + 1,
            )
            unit.systems.end_sessions(municipality, system, self._clock.now())
            unit.record([self._act("area.password_changed", municipality, system)])
            return self._opened(unit, changed)

        return _kept(self._book.write(change))

    def demand(self, unit: AddresseeUnit, municipality: str, system: str, token: str) -> None:
        """Errors: SessionEnded unless ``token`` opens the area of this very system."""
        if unit.systems.session(municipality, _digest(token), self._clock.now()) != system:
            raise SessionEnded

    def entered(self, unit: AddresseeUnit, municipality: str, system: str) -> tuple[str, BusinessSystem]:
        """A new password for a system, known or new; what it has open ends. The password is kept nowhere."""
        password = self._random.token(_PASSWORD_BYTES).hex()
        known = unit.systems.one(municipality, system)
        made = BusinessSystem(
            municipality=municipality,
            system=system,
            password_hash=hash_password(secret(password), self._strength),
            former=() if known is None else (known.password_hash, *known.former)[:REMEMBERED],
            password_until=business_date(self._clock.now()) + PASSWORD,
            version=1 if known is None else known.version + 1,
        )
        unit.systems.put(made)
        unit.systems.end_sessions(municipality, system, self._clock.now())
        return password, made

    def day(self) -> bool:
        """Announce passwords that end in 30, 7 and 1 days, each once; never more to do at once."""
        today = business_date(self._clock.now())
        if any(due(one.password_until, today, one.warned) for one in self._book.read(lambda unit: unit.systems.all())):
            self._book.write(self._announce)
        return False

    def _announce(self, unit: AddresseeUnit) -> None:
        today = business_date(self._clock.now())
        for one in unit.systems.all():
            step = due(one.password_until, today, one.warned)
            if step and not one.is_closed:
                unit.systems.put(replace(one, warned=step, version=one.version + 1))
                left = (one.password_until - today).days
                unit.record([self._act("area.password_ending", one.municipality, one.system, days_left=left)])

    def _proved(self, unit: AddresseeUnit, municipality: str, system: str, password: str) -> BusinessSystem | AppError:
        """The system, if it is who it says; what is refused is counted and recorded."""
        found, now = unit.systems.one(municipality, system), self._clock.now()
        if found is not None and found.not_before is not None and now < found.not_before:
            return TooManyTries(wait_s=int((found.not_before - now).total_seconds()) + 1)
        known = None if found is None or found.is_closed else found
        is_right = verify_password(secret(password), self._nobody if known is None else known.password_hash)
        if known is None or not is_right:
            if found is not None:
                unit.systems.put(self._failed(found))
            part = "password" if known else "system"
            unit.record([self._act("area.refused", municipality, system[:16], part=part)])
            return SignInRefused()
        if known.password_until < business_date(now):
            unit.record([self._act("area.refused", municipality, system, part="password_ended")])
            return Refused("password_ended")
        return known

    def _failed(self, found: BusinessSystem) -> BusinessSystem:
        failures, not_before = found.failures + 1, None
        if failures > FREE_TRIES:
            wait_s = min(FIRST_WAIT_S * 2 ** (failures - FREE_TRIES - 1), LONGEST_WAIT_S)
            not_before = self._clock.now() + timedelta(seconds=wait_s)
        return replace(found, failures=failures, not_before=not_before, version=found.version + 1)

    def _opened(self, unit: AddresseeUnit, found: BusinessSystem) -> AreaOpened:
        now, token = self._clock.now(), self._random.token(_TOKEN_BYTES).hex()
        unit.systems.put(replace(found, failures=0, not_before=None, last_at=now, version=found.version + 1))
        unit.systems.open_session(found.municipality, _digest(token), found.system, now + SESSION)
        unit.record([self._act("area.opened", found.municipality, found.system)])
        left = found.password_until - business_date(now)
        return AreaOpened(
            token=token,
            until=now + SESSION,
            password_until=found.password_until,
            days_left=left.days,
            renew=left <= RENEWAL,
        )

    def _act(self, kind: str, municipality: str, system: str, **what: str | int) -> Act:
        at = self._clock.now()
        return Act(kind, at, municipality, f"system:{system}", "", "area", what=tuple(sorted(what.items())))


def _kept(outcome: AreaOpened | AppError) -> AreaOpened:
    """Raise after the commit: a refused try stays counted and recorded."""
    if isinstance(outcome, AppError):
        raise outcome
    return outcome


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
