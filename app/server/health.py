"""How this process stands: can it sign, log, reach the core; is its clock right, which keys end, what waits."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from app.backend.relay.store import OUTBOX
from app.domain.call import Call
from app.domain.clock import Clock, SystemRandom
from app.durable.logbook import last_at
from app.durable.outbox import backlog
from app.durable.probe import probe
from app.errors import AppError, Unreachable
from app.server.exchange import Exchange
from app.server.exchange_keys import ExchangeKeys
from app.server.keys import Keys, demand_signing
from app.server.master import MasterTaking
from app.server.parts import SliceParts
from app.settings import ServerSettings
from app.trust.authority import expires
from app.wire.endpoint import Caller, Endpoint
from app.wire.health import HealthPart, HealthState
from app.wire.message import Nothing

log = logging.getLogger(__name__)

PATH, ACT = "/health/v1/state", "slice.monitor"
TERMINALS = "/health/v1/terminal"
KEPT_S = 10.0
"""Seconds for which terminals are told what was found last: many may ask, the checks write. Assumed."""
_WORDS = b"madoguchi health\n"
WELL, WARNED, UNWELL = "well", "warned", "unwell"
DAYS = 30
"""From how many days before its end on a key or certificate is warned of. Source: 30/7/1 days, decided."""
BEHIND, DRIFT = timedelta(seconds=5), timedelta(seconds=30)
"""How far the clock may stand before an own record, and how far it may run apart from the steady one. Assumed."""
LATE, TOO_LATE = timedelta(minutes=30), timedelta(hours=24)
"""From which age of the oldest waiting enquiry on the backlog is warned of, and is too old. Assumed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found; see ``HealthPart``."""

    state: str = WELL
    reason: str = ""
    where: tuple[str, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)


Check = Callable[[], Finding]


class Health:
    """All checks of one process. ``checks``: part → what looks at it; one that fails is unwell itself."""

    def __init__(self, checks: Mapping[str, Check], clock: Clock) -> None:
        self._checks = checks
        self._clock = clock
        self._last: tuple[float, HealthState] | None = None

    def state(self, call: Call, _: Nothing) -> HealthState:
        """Look at everything now. What is not well is in the log too, under the trace number of who asked."""
        parts = []
        for name, check in self._checks.items():
            found = _looked(check)
            if found.state != WELL:
                said = {"part": name, "state": found.state, "reason": found.reason, "where": found.where}
                log.warning("a part is not well", extra={**said, "trace": call.trace})
            figures = dict(found.figures)
            part = HealthPart(name=name, state=found.state, reason=found.reason, where=found.where, figures=figures)
            parts.append(part)
        is_well = all(part.state != UNWELL for part in parts)
        return HealthState(at=self._clock.now(), is_well=is_well, parts=tuple(parts))

    def told(self, call: Call, nothing: Nothing) -> HealthState:
        """The same for a counter's diagnosis, a moment old at most, with the time of now and without figures."""
        now_s = self._clock.monotonic()
        if self._last is None or now_s - self._last[0] > KEPT_S:
            self._last = now_s, self.state(call, nothing)
        found = self._last[1]
        parts = tuple(
            HealthPart(name=p.name, state=p.state, reason=p.reason, where=p.where, figures={}) for p in found.parts
        )
        return HealthState(at=self._clock.now(), is_well=found.is_well, parts=parts)

    def for_terminals(self) -> Endpoint:
        """Asked by an enrolled terminal, signed in or not: the diagnosis must work when nothing else does."""
        return Endpoint(
            path=TERMINALS, act="session.open", takes=Nothing, gives=HealthState, caller=Caller.TERMINAL, does=self.told
        )

    def endpoint(self) -> Endpoint:
        """Asked by who has a certificate as ``monitor``; needs no session and no store."""
        return Endpoint(path=PATH, act=ACT, takes=Nothing, gives=HealthState, caller=Caller.SLICE, does=self.state)


def _looked(check: Check) -> Finding:
    try:
        return check()
    except AppError as error:
        return Finding(UNWELL, error.code)
    except Exception:
        log.exception("a check failed")
        return Finding(UNWELL, "check_failed")


def checks(
    settings: ServerSettings, slices: Sequence[SliceParts], exchange: Exchange, clock: Clock
) -> dict[str, Check]:
    """The parts of one process: sign, log, clock and keys of each; core and backlog where it stands before them."""
    keys, kept = exchange.keys, Keys(settings.folder / "keys", SystemRandom())
    master = exchange.master[0] if exchange.master else None
    found: dict[str, Check] = {
        "sign": lambda: can_sign(keys, kept),
        "log": lambda: can_log(slices),
        "clock": ClockCheck(slices, clock),
        "keys": lambda: ends(_endings(settings, keys, master), clock.now()),
    }
    if master is not None:
        found["core"] = lambda: core_answers(master.asked)
    relay = next((own for own in slices if own.book.log == "relay"), None)
    if relay is not None:
        waiting = partial(backlog, table=OUTBOX)
        found["backlog"] = lambda: waits(relay.database.read(waiting), clock.now())
    return found


def can_sign(keys: ExchangeKeys, kept: Keys) -> Finding:
    """Each own key of the plan lies where it belongs and opens; the one in use is proved by what lies there.

    The files are asked for before the keys in memory: nothing is made that is missing.
    """
    broken: dict[str, str] = {}
    for name in keys.signing:
        try:
            signed = [demand_signing(kept, name, term.version).sign(_WORDS) for term in keys.plan.of(name)]
        except AppError as error:
            broken[name] = str(error.data.get("what", error.code))
        else:
            used = keys.signing[name].public
            if not any(used.verify(_WORDS, one) for one in signed):
                broken[name] = "key_changed"
    figures = {"keys": float(len(keys.signing)), "broken": float(len(broken))}
    return Finding(UNWELL, next(iter(broken.values())), tuple(broken), figures) if broken else Finding(figures=figures)


def _endings(settings: ServerSettings, keys: ExchangeKeys, master: MasterTaking | None) -> dict[str, datetime | None]:
    """What ends when: own signing keys by the plan, the master information, this process's certificates."""
    found: dict[str, datetime | None] = {name: keys.plan.of(name)[-1].until for name in keys.signing}
    if master is not None:
        found["master"] = master.until
    for name, path in (("certificate", settings.tls.certificate), ("authority", settings.tls.authority)):
        found[name] = expires(path.read_bytes())
    return found


def can_log(slices: Sequence[SliceParts]) -> Finding:
    """Each slice's ledger takes a durable write."""
    broken: dict[str, str] = {}
    for own in slices:
        try:
            probe(own.database)
        except AppError as error:
            broken[own.book.log] = error.code
    figures = {"ledgers": float(len(slices)), "broken": float(len(broken))}
    return Finding(UNWELL, next(iter(broken.values())), tuple(broken), figures) if broken else Finding(figures=figures)


def core_answers(ask: Callable[[], object]) -> Finding:
    """The core answers a letter. ``ask`` raises what it is refused with."""
    try:
        ask()
    except Unreachable as error:
        return Finding(UNWELL, error.code, ("nws",))
    except AppError as error:
        return Finding(UNWELL, str(error.data.get("reason", error.code)), ("nws",))
    return Finding()


class ClockCheck:
    """The clock stands before nothing that is on record, and has not jumped since the start."""

    def __init__(self, slices: Sequence[SliceParts], clock: Clock) -> None:
        self._slices = slices
        self._clock = clock
        self._began = clock.now() - timedelta(seconds=clock.monotonic())

    def __call__(self) -> Finding:
        now = self._clock.now()
        ahead = {own.book.log: (last - now).total_seconds() for own in self._slices if (last := _last(own)) is not None}
        behind_s = max((0.0, *ahead.values()))
        drift_s = abs((now - timedelta(seconds=self._clock.monotonic()) - self._began).total_seconds())
        figures = {"behind_s": round(behind_s, 3), "drift_s": round(drift_s, 3)}
        if behind_s > BEHIND.total_seconds():
            later = tuple(name for name, by in ahead.items() if by > BEHIND.total_seconds())
            return Finding(UNWELL, "behind_records", later, figures)
        if drift_s > DRIFT.total_seconds():
            return Finding(WARNED, "jumped", (), figures)
        return Finding(figures=figures)


def ends(until: Mapping[str, datetime | None], now: datetime) -> Finding:
    """How long keys, certificates and master information hold. ``until``: what it is → its end, None: none planned."""
    left = {name: (end - now).total_seconds() / 86_400 for name, end in until.items() if end is not None}
    figures = {"ends": float(len(left)), "days_left": round(min(left.values(), default=0.0), 3)}
    ended = tuple(sorted(name for name, days in left.items() if days <= 0))
    if ended:
        return Finding(UNWELL, "expired", ended, figures)
    soon = tuple(sorted(name for name, days in left.items() if days <= DAYS))
    return Finding(WARNED, "ends_soon", soon, figures) if soon else Finding(figures=figures)


def waits(waiting: tuple[int, datetime | None], now: datetime) -> Finding:
    """What waits to be carried. ``waiting``: how many, and since when the oldest."""
    count, since = waiting
    age = timedelta() if since is None else now - since
    figures = {"waiting": float(count), "oldest_s": round(max(0.0, age.total_seconds()), 3)}
    if age > LATE:
        return Finding(UNWELL if age > TOO_LATE else WARNED, "too_old", ("relay",), figures)
    return Finding(figures=figures)


def _last(own: SliceParts) -> datetime | None:
    return own.database.read(lambda connection: last_at(connection, own.book))
