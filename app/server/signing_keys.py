"""The exchange's signing keys over time: when each version may sign, which one signs now, and others' from the master.

The plan of the own keys lies beside them in ``signing.json`` and is looked at again when it changes, so that a rotation
counts while the program runs.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from app.domain.clock import Clock, business_date
from app.domain.countdown import NEVER, due
from app.durable.files import sync_folder, write_new
from app.errors import DataFault
from app.server.keys import Keys
from app.trust.key_versions import KeyVersion, find_version, present
from app.trust.sign import SigningKey, VerifyKey

PLAN = "signing.json"
LIFE, LEAD, OVERLAP = timedelta(days=730), timedelta(days=7), timedelta(days=30)
"""How long a key signs, how long the next one is known before it does, how long the last one holds then. Assumed."""
ROTATED = ("addressee", "gateway", "intermediary", "nws", "relay", "residentbase", "socialaddress")
"""Roles whose keys are rotated: those that others know from the master information."""


@dataclass(frozen=True, slots=True)
class Term:
    """One version of a key in the plan. ``announced``: days ahead at which its end was last told."""

    version: int
    since: datetime | None = None
    until: datetime | None = None
    announced: int = NEVER


FIRST = (Term(1),)
"""A key that nobody has planned anything for."""


class SigningPlan:
    """When own keys sign. ``folder``: where the keys lie."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / PLAN
        self._seen = 0
        self._terms: dict[str, tuple[Term, ...]] = {}

    def of(self, name: str) -> tuple[Term, ...]:
        """The versions of a key, the first one first. Errors: DataFault."""
        return self.all().get(name, FIRST)

    def all(self) -> Mapping[str, tuple[Term, ...]]:
        """What is planned; read again when it has changed. Errors: DataFault."""
        seen = stamp(self._path)
        if seen != self._seen:
            self._terms, self._seen = (_read(self._path) if seen else {}), seen
        return self._terms

    def put(self, terms: Mapping[str, Sequence[Term]]) -> None:
        """Keep new terms of some keys; those of the others stay."""
        planned = {**self.all(), **terms}
        table = {
            name: [
                {"version": one.version, "since": _text(one.since), "until": _text(one.until), "told": one.announced}
                for one in planned[name]
            ]
            for name in sorted(planned)
        }
        replaced(self._path, json.dumps(table, indent=1).encode())


class RotatingKeys(Mapping[str, SigningKey]):
    """The key of each own name that signs now."""

    def __init__(self, names: Sequence[str], keys: Keys, plan: SigningPlan, clock: Clock) -> None:
        self._names = tuple(names)
        self._keys = keys
        self._plan = plan
        self._clock = clock
        self._made: dict[tuple[str, int], SigningKey] = {}
        self._versions: dict[str, tuple[tuple[Term, ...], tuple[KeyVersion, ...]]] = {}

    def __getitem__(self, name: str) -> SigningKey:
        if name not in self._names:
            raise KeyError(name)
        versions = self.versions(name)
        return self._key(name, present(versions, self._clock.now()).version)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def versions(self, name: str) -> tuple[KeyVersion, ...]:
        """All versions of a name's key."""
        terms = self._plan.of(name)
        known = self._versions.get(name)
        if known is None or known[0] is not terms:
            made = (KeyVersion(one.version, self._key(name, one.version).public, one.since, one.until) for one in terms)
            known = self._versions[name] = terms, tuple(made)
        return known[1]

    def _key(self, name: str, version: int) -> SigningKey:
        found = self._made.get((name, version))
        if found is None:
            found = self._made[name, version] = self._keys.signing(name, version)
        return found


class LiveKeys:
    """Finds the key that a letter names: own ones by the plan, others' as given or as the master says."""

    def __init__(self, own: RotatingKeys, others: Mapping[str, VerifyKey], clock: Clock) -> None:
        self._own = own
        self._given = {name: (KeyVersion(1, key),) for name, key in others.items()}
        self._master: Mapping[str, Sequence[KeyVersion]] = {}
        self._clock = clock

    def find(self, sender: str, key_id: str, algorithm: str) -> VerifyKey:
        """See ``KeyFinder``."""
        versions = self.versions(sender)
        known = {sender: versions} if versions else {}
        return find_version(known, (sender, key_id, algorithm), self._clock.now())

    def versions(self, sender: str) -> Sequence[KeyVersion]:
        """All versions that are known of a sender; none for a stranger."""
        if sender in self._own:
            return self._own.versions(sender)
        return self._master.get(sender) or self._given.get(sender) or ()

    def learn(self, master: Mapping[str, Sequence[KeyVersion]]) -> None:
        """Take others' keys from master information; nothing in it changes an own one."""
        self._master = master

    def known(self) -> Mapping[str, Sequence[KeyVersion]]:
        """Everybody."""
        names = {*self._own, *self._given, *self._master}
        return {name: self.versions(name) for name in sorted(names)}


def rotate_signing(folder: Path, names: Sequence[str], keys: Keys, now: datetime) -> dict[str, int]:
    """Plan the next version of each own key; it signs in a week. Who has one planned already keeps that plan.

    The answer: name → version that comes. The keys are on the disk before the plan is.
    """
    plan, made = SigningPlan(folder), {}
    for name in names:
        *before, last = plan.of(name)
        if last.since is not None and last.since > now:
            continue
        since = now + LEAD
        keys.signing(name, last.version + 1)
        ending = replace(last, until=since + OVERLAP, announced=NEVER)
        made[name] = (*before, ending, Term(last.version + 1, since, since + LIFE))
    plan.put(made)
    return {name: terms[-1].version for name, terms in made.items()}


def endings(plan: SigningPlan, names: Sequence[str], now: datetime) -> list[tuple[str, Term, int]]:
    """Keys whose end is to be told now: name, term, days left. Only the newest version: those before it have a heir."""
    found = []
    for name in names:
        last = plan.of(name)[-1]
        if last.until is not None and due(business_date(last.until), business_date(now), last.announced):
            found.append((name, last, (business_date(last.until) - business_date(now)).days))
    return found


def announced(plan: SigningPlan, told: Sequence[tuple[str, Term, int]], now: datetime) -> None:
    """Note that these ends were told."""
    terms = {}
    for name, term, _ in told:
        step = due(business_date(term.until or now), business_date(now), term.announced)
        terms[name] = (*plan.of(name)[:-1], replace(term, announced=step))
    plan.put(terms)


def begin(plan: SigningPlan, names: Sequence[str], now: datetime) -> None:
    """Give an end to keys that have none: from the first start in service on every key has its countdown."""
    missing = {name: (replace(plan.of(name)[0], until=now + LIFE),) for name in names if plan.of(name) == FIRST}
    if missing:
        plan.put(missing)


def replaced(path: Path, content: bytes) -> None:
    """Put ``content`` in the place of a file, whole or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    write_new(fresh, content)
    fresh.replace(path)
    sync_folder(path.parent)


def stamp(path: Path) -> int:
    """What changes with a file; 0 where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0
    return found.st_mtime_ns ^ found.st_ino


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _read(path: Path) -> dict[str, tuple[Term, ...]]:
    try:
        table = json.loads(path.read_bytes())
        return {str(name): tuple(_term(row) for row in rows) for name, rows in table.items()}
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise DataFault(what="signing_plan", place=path.name) from error


def _term(row: Mapping[str, str | int | None]) -> Term:
    since, until = (
        None if row[name] is None else datetime.fromisoformat(str(row[name])) for name in ("since", "until")
    )
    return Term(int(row["version"] or 0), since, until, int(row["told"] or 0))
