"""S07-4: which systems open lines to here: IDs, passwords that end, waits after wrong ones, and open lines."""

import hashlib
from dataclasses import replace
from datetime import timedelta

from app.backend.jukirelay.ports import ConnectedSystem, NetworkBook, NetworkUnit
from app.backend.jukirelay.service.acting import REGISTER, slice_act
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.clock import Clock, Random, business_date
from app.domain.network_relay import NetworkRelayRules
from app.domain.secret import Secret, secret
from app.errors import AppError, NotAllowed, NotUnderstood, Refused, SessionEnded, SignInRefused, TooManyTries
from app.trust.passwords import NOBODY_SIZE, Strength, hash_of_nobody, hash_password, verify_password
from app.wire.jukirelay import LineOpened, OpenLine, RenewPassword
from app.wire.jukirelay_staff import AskSystems, CloseSystem, EnterSystem, SystemPassword, SystemRow, Systems
from app.wire.message import Nothing

MANAGE = "network.system"
FREE_TRIES = 4
FIRST_WAIT_S, LONGEST_WAIT_S = 30, 900
"""Waits after the fifth wrong password in a row: 30 s, doubling up to 15 min. Assumed, as for staff."""
SHORTEST = 24
"""Signs of a password: systems make them by chance and nobody types them. Assumed."""
REMEMBERED = 4
_PASSWORD_BYTES, _TOKEN_BYTES = 24, 32


class SystemService:
    """Who may open a line, and who manages that."""

    def __init__(
        self, book: NetworkBook, clock: Clock, random: Random, rules: NetworkRelayRules, strength: Strength
    ) -> None:
        self._book = book
        self._clock = clock
        self._random = random
        self._rules = rules
        self._strength = strength
        self._nobody = hash_of_nobody(random.token(NOBODY_SIZE), strength)

    def open(self, asked: OpenLine) -> LineOpened:
        """A line for who knows the password.

        Errors: SignInRefused, TooManyTries; Refused ``password_ended``. The same time for systems that there are not.
        """
        return self._kept(self._book.write(lambda unit: self._open(unit, asked)))

    def renew(self, asked: RenewPassword) -> LineOpened:
        """Another password, and a line.

        Errors: as ``open``; Refused ``password_too_short``, ``password_used_before``.
        """

        def renew(unit: NetworkUnit) -> LineOpened | AppError:
            found = self._proved(unit, asked.municipality, asked.system, asked.password)
            if isinstance(found, AppError):
                return found
            used = (found.password_hash, *found.former)[: REMEMBERED + 1]
            if len(asked.new_password) < SHORTEST:
                return Refused("password_too_short")
            if any(verify_password(secret(asked.new_password), one) for one in used):
                return Refused("password_used_before")
            changed = replace(
                found,
                password_hash=hash_password(secret(asked.new_password), self._strength),
                former=used[:REMEMBERED],
                password_until=business_date(self._clock.now()) + timedelta(days=self._rules.password_days),
                version=found.version + 1,
            )
            unit.office.end_sessions(asked.municipality, asked.system)
            unit.record(self._act("line.password_changed", asked.municipality, asked.system))
            return self._opened(unit, changed)

        return self._kept(self._book.write(renew))

    def demand(self, unit: NetworkUnit, municipality: str, token: str) -> str:
        """The system whose line it is. Errors: SessionEnded."""
        system = unit.office.session(municipality, _digest(token), self._clock.now())
        if not system:
            raise SessionEnded
        return system

    def enter(self, call: Call, asked: EnterSystem) -> SystemPassword:
        """A new password for a system, known or new; its lines end. Errors: NotAllowed, NotUnderstood."""
        call.demand(MANAGE)
        if not (asked.system.isascii() and asked.system.isalnum() and len(asked.system) <= 32):  # noqa: PLR2004
            raise NotUnderstood(what="system")

        def enter(unit: NetworkUnit) -> SystemPassword:
            made = self._entered(unit, call.municipality, asked.system)
            unit.record(act_of(call, "system.entered", about=asked.system, until=made.until.isoformat()))
            return made

        return self._book.write(enter)

    def provide(self, municipality: str, system: str) -> str:
        """A first password for a system of this very installation; "" where the system is known already."""

        def provide(unit: NetworkUnit) -> str:
            if unit.office.system(municipality, system) is not None:
                return ""
            made = self._entered(unit, municipality, system)
            unit.record(self._act("system.provided", municipality, system))
            return made.password

        return self._book.write(provide)

    def close(self, call: Call, asked: CloseSystem) -> Nothing:
        """Errors: NotAllowed where there is none."""
        call.demand(MANAGE)

        def close(unit: NetworkUnit) -> Nothing:
            found = unit.office.system(call.municipality, asked.system)
            if found is None:
                raise NotAllowed
            unit.office.put_system(replace(found, is_closed=True, version=found.version + 1))
            unit.office.end_sessions(call.municipality, asked.system)
            unit.record(act_of(call, "system.closed", about=asked.system))
            return Nothing()

        return self._book.write(close)

    def systems(self, call: Call, _: AskSystems) -> Systems:
        """All of them; no password is told."""
        call.demand(MANAGE)
        found = self._book.read(lambda unit: unit.office.systems(call.municipality))
        return Systems(rows=tuple(_row(one, call) for one in found))

    def _open(self, unit: NetworkUnit, asked: OpenLine) -> LineOpened | AppError:
        found = self._proved(unit, asked.municipality, asked.system, asked.password)
        return found if isinstance(found, AppError) else self._opened(unit, found)

    def _proved(self, unit: NetworkUnit, municipality: str, system: str, password: str) -> ConnectedSystem | AppError:
        """The system, if it is who it says; what is refused is counted and recorded."""
        found, now = unit.office.system(municipality, system), self._clock.now()
        if found is not None and found.not_before is not None and now < found.not_before:
            return TooManyTries(wait_s=int((found.not_before - now).total_seconds()) + 1)
        stored = self._of_nobody() if found is None or found.is_closed else found.password_hash
        is_right = verify_password(secret(password), stored)
        if found is None or found.is_closed or not is_right:
            if found is not None:
                unit.office.put_system(self._failed(found))
            unit.record(self._act("line.refused", municipality, system[:32], part="password" if found else "system"))
            return SignInRefused()
        if found.password_until < business_date(now):
            unit.record(self._act("line.refused", municipality, system, part="password_ended"))
            return Refused("password_ended")
        return found

    def _of_nobody(self) -> str:
        """Made when it is needed first: a start must not wait for it."""
        self._nobody = self._nobody or hash_password(Secret(self._random.token(16)), self._strength)
        return self._nobody

    def _failed(self, found: ConnectedSystem) -> ConnectedSystem:
        failures, not_before = found.failures + 1, None
        if failures > FREE_TRIES:
            wait_s = min(FIRST_WAIT_S * 2 ** (failures - FREE_TRIES - 1), LONGEST_WAIT_S)
            not_before = self._clock.now() + timedelta(seconds=wait_s)
        return replace(found, failures=failures, not_before=not_before, version=found.version + 1)

    def _opened(self, unit: NetworkUnit, found: ConnectedSystem) -> LineOpened:
        now, token = self._clock.now(), self._random.token(_TOKEN_BYTES).hex()
        until = now + self._rules.session
        kept = replace(found, failures=0, not_before=None, last_at=now, version=found.version + 1)
        unit.office.put_system(kept)
        unit.office.open_session(found.municipality, _digest(token), found.system, until)
        unit.record(self._act("line.opened", found.municipality, found.system))
        left = found.password_until - business_date(now)
        return LineOpened(
            token=token,
            until=until,
            password_until=found.password_until,
            renew=left <= timedelta(days=self._rules.renewal_days),
        )

    def _entered(self, unit: NetworkUnit, municipality: str, system: str) -> SystemPassword:
        password = self._random.token(_PASSWORD_BYTES).hex()
        until = business_date(self._clock.now()) + timedelta(days=self._rules.password_days)
        known = unit.office.system(municipality, system)
        former = () if known is None else (known.password_hash, *known.former)[:REMEMBERED]
        unit.office.put_system(
            ConnectedSystem(
                municipality=municipality,
                system=system,
                password_hash=hash_password(secret(password), self._strength),
                former=former,
                password_until=until,
                version=1 if known is None else known.version + 1,
            )
        )
        unit.office.end_sessions(municipality, system)
        return SystemPassword(system=system, password=password, until=until)

    def _act(self, kind: str, municipality: str, system: str, **what: str) -> Act:
        return slice_act(REGISTER, kind, self._clock.now(), (municipality, system), **what)

    @staticmethod
    def _kept(outcome: LineOpened | AppError) -> LineOpened:
        """Raise after the commit: a refused try stays counted and recorded."""
        if isinstance(outcome, AppError):
            raise outcome
        return outcome


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _row(one: ConnectedSystem, call: Call) -> SystemRow:
    state = "open"
    if one.is_closed:
        state = "closed"
    elif one.password_until < call.day:
        state = "ended"
    elif one.not_before is not None and call.at < one.not_before:
        state = "waits"
    return SystemRow(system=one.system, state=state, password_until=one.password_until, last_at=one.last_at)
