"""The door: who calls, under which certificate and session; turns requests into Calls and errors into Problems."""

import hashlib
import logging
from collections.abc import Callable, Container
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.domain.call import Call
from app.domain.clock import Clock
from app.domain.rights import Actor
from app.errors import (
    AppError,
    Conflict,
    DiskFault,
    DiskFull,
    NotAllowed,
    NotUnderstood,
    ServerDisk,
    ServerFault,
    SessionEnded,
    SignInRefused,
    StoreBusy,
    TooManyTries,
)
from app.trust.authority import TerminalName, slices_of, terminal_of
from app.wire.endpoint import Caller, Endpoint
from app.wire.message import encode
from app.wire.problem import problem

log = logging.getLogger(__name__)

STATUS: dict[type[AppError], int] = {
    NotUnderstood: 400,
    SignInRefused: 401,
    SessionEnded: 401,
    NotAllowed: 404,
    Conflict: 409,
    TooManyTries: 429,
    ServerDisk: 507,
    ServerFault: 500,
    StoreBusy: 503,
}
"""HTTP status of an error that leaves; anything else an AppError says is 422."""

MAX_KEY = 64
_MOST_CALLERS = 10_000
"""Certificates whose names are kept in memory. Assumed: more than a city has terminals."""


class Staff(Protocol):
    """What the door asks the staff slice."""

    def actor(self, token: str, terminal: tuple[str, str], at: datetime) -> Actor: ...
    def one_look(self) -> AbstractContextManager[None]: ...


@dataclass(frozen=True, slots=True)
class Knock:
    """What a request shows at the door, before anything is believed."""

    peer_der: bytes | None
    authorization: str = field(repr=False)
    trace: str
    key: str
    address: str = ""


class Door:
    """Decides whom a request comes from.

    ``lets_in``: municipality, terminal and SHA-256 (hex) of its certificate → whether that is the enrolled one.
    """

    def __init__(self, staff: Staff, lets_in: Callable[[str, str, str], bool], clock: Clock) -> None:
        self._staff = staff
        self._lets_in = lets_in
        self._clock = clock
        self._callers: dict[bytes, tuple[TerminalName, str]] = {}
        self._slices: dict[bytes, Container[str]] = {}

    def admit(self, knock: Knock, endpoint: Endpoint) -> Call:
        """The Call of a request that may go on. Errors: NotAllowed, SessionEnded, NotUnderstood."""
        _demand_numbers(knock)
        if knock.peer_der is None or endpoint.caller is Caller.NEWCOMER:
            raise NotAllowed
        if endpoint.caller is Caller.SLICE:
            return self._admit_slice(knock, knock.peer_der, endpoint)
        with self.one_look():
            return self._admit_staff(knock, knock.peer_der, endpoint)

    def one_look(self) -> AbstractContextManager[None]:
        """Whoever is admitted inside is held against the rights of one moment, that of the first."""
        return self._staff.one_look()

    def _admit_staff(self, knock: Knock, peer_der: bytes, endpoint: Endpoint) -> Call:
        caller, certificate = self._caller(peer_der)
        if not self._lets_in(caller.municipality, caller.terminal, certificate):
            raise NotAllowed
        at = self._clock.now()
        if endpoint.caller is Caller.TERMINAL:
            actor = Actor(caller.municipality, "", "", "", caller.terminal, ())
            return Call(actor, knock.trace, knock.key, at)
        token = knock.authorization.removeprefix("Bearer ")
        actor = self._staff.actor(token, (caller.municipality, caller.terminal), at)
        call = Call(actor, knock.trace, knock.key, at)
        if not call.may_anything(endpoint.act):
            raise NotAllowed
        return call

    def _caller(self, peer_der: bytes) -> tuple[TerminalName, str]:
        """The terminal that a certificate names, and its digest; a certificate is read once, not at each request."""
        found = self._callers.get(peer_der)
        if found is None:
            if len(self._callers) >= _MOST_CALLERS:
                self._callers.clear()
            found = self._callers[peer_der] = terminal_of(peer_der), hashlib.sha256(peer_der).hexdigest()
        return found

    def _admit_slice(self, knock: Knock, peer_der: bytes, endpoint: Endpoint) -> Call:
        """Another slice, by its certificate; for which municipality it speaks stands under its letter's signature."""
        name = endpoint.act.removeprefix("slice.")
        known = self._slices.get(peer_der)
        if known is None:
            if len(self._slices) >= _MOST_CALLERS:
                self._slices.clear()
            known = self._slices[peer_der] = slices_of(peer_der)
        if name not in known:
            raise NotAllowed
        actor = Actor("", f"slice:{name}", "", "", "", ())
        return Call(actor, knock.trace, knock.key, self._clock.now())


class EnrolmentDoor:
    """Lets anybody ask what newcomers may, known by nothing but the address that they call from."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def admit(self, knock: Knock, endpoint: Endpoint) -> Call:
        """The Call of a request. Errors: NotUnderstood; NotAllowed for what is not for newcomers."""
        _demand_numbers(knock)
        if endpoint.caller is not Caller.NEWCOMER:
            raise NotAllowed
        return Call(Actor("", f"pc:{knock.address}", "", "", "", ()), knock.trace, knock.key, self._clock.now())

    def one_look(self) -> AbstractContextManager[None]:
        """Nobody has rights here."""
        return nullcontext()


def _demand_numbers(knock: Knock) -> None:
    if not (0 < len(knock.key) <= MAX_KEY and 0 < len(knock.trace) <= MAX_KEY):
        raise NotUnderstood(what="key or trace")


def refusal(error: BaseException, trace: str) -> tuple[int, bytes]:
    """Status and body for an error: "not allowed" and "does not exist" have the same ones."""
    if isinstance(error, NotAllowed):
        return STATUS[NotAllowed], encode(problem(NotAllowed(), trace))
    if isinstance(error, DiskFull | DiskFault):  # of this machine's disk, not of the caller's
        log.critical("the disk takes nothing", extra={"code": error.code, "trace": trace})
        error = ServerDisk(trace=trace)
    if isinstance(error, AppError):
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 422)
        return status, encode(problem(error, trace))
    log.error("a request failed", exc_info=error, extra={"trace": trace})
    return STATUS[ServerFault], encode(problem(ServerFault(trace=trace), trace))
