"""Several keys of one sender, each for its time: the next is known before it is used, the last holds a while."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.errors import Refused
from app.trust.envelope import ALGORITHM
from app.trust.sign import VerifyKey


@dataclass(frozen=True, slots=True)
class KeyVersion:
    """One key of a sender. ``since``, ``until``: when it may sign; None: no bound. The algorithm belongs to the key."""

    version: int
    key: VerifyKey
    since: datetime | None = None
    until: datetime | None = None
    algorithm: str = ALGORITHM


Known = Mapping[str, Sequence[KeyVersion]]


def find_version(known: Known, named: tuple[str, str, str], now: datetime) -> VerifyKey:
    """The key that a letter names: sender, key id and algorithm. Errors: Refused as ``verify_message``."""
    sender, key_id, algorithm = named
    versions = known.get(sender)
    if not versions:
        raise Refused(reason="unknown_sender")
    found = next((one for one in versions if one.key.key_id == key_id), None)
    if found is None:
        raise Refused(reason="unknown_key")
    if algorithm != found.algorithm:
        raise Refused(reason="wrong_algorithm")
    if found.until is not None and now >= found.until:
        raise Refused(reason="expired_key")
    if found.since is not None and now < found.since:
        raise Refused(reason="early_key")
    return found.key


def present(versions: Sequence[KeyVersion], now: datetime) -> KeyVersion:
    """What is signed with at ``now``: the newest one that has begun."""
    begun = [one for one in versions if one.since is None or one.since <= now]
    return max(begun or versions[:1], key=lambda one: one.version)
