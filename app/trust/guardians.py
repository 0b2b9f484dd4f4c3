"""保管者: three administrators, any two of whom together open what none of them can open alone.

The secret is sealed once for each of the three pairs: to the second's key, and that box to the first's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import msgspec

from app.domain.secret import Secret, taken
from app.errors import WrongKey
from app.trust.passwords import ORDINARY, SALT_SIZE, Strength, key_from_password
from app.trust.seal import BoxKey, Context, derive, open_box, open_sealed, seal, seal_to
from app.trust.sign import SigningKey

HOLDERS = 3
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Guardian:
    """One of the three, as everybody may know them. ``public``: X25519; ``signer``: Ed25519; 32 bytes each."""

    name: str
    public: bytes
    signer: bytes


class _Share(msgspec.Struct, frozen=True):
    first: str
    second: str
    box: bytes


class _Shares(msgspec.Struct, frozen=True, tag="shares/2"):
    label: str
    guardians: tuple[tuple[str, bytes, bytes], ...]
    shares: tuple[_Share, ...]


class _Kept(msgspec.Struct, frozen=True, tag="guardian/2"):
    name: str
    public: bytes
    signer: bytes
    salt: bytes
    strength: tuple[int, int, int]
    sealed: bytes


def share(secret: Secret, label: str, guardians: Sequence[Guardian]) -> bytes:
    """``secret`` for any two of ``guardians``. ``label``: what it is. Errors: WrongKey for other than three."""
    names = {each.name for each in guardians}
    if len(names) != HOLDERS or len(guardians) != HOLDERS or len({each.public for each in guardians}) != HOLDERS:
        raise WrongKey(what="guardians")
    made = []
    for first, second in combinations(guardians, _PAIR):
        place = _place(label, first.name, second.name)
        with secret.lent() as raw:
            inner = seal_to(second.public, raw, (*place, "inner"))
        made.append(_Share(first.name, second.name, seal_to(first.public, inner, place)))
    known = tuple((each.name, each.public, each.signer) for each in guardians)
    return msgspec.json.encode(_Shares(label, known, tuple(made)))


def guardians_of(shares: bytes) -> tuple[Guardian, ...]:
    """Who can open it. Errors: WrongKey."""
    return tuple(Guardian(*one) for one in _read(shares).guardians)


def together(shares: bytes, label: str, keys: Sequence[tuple[str, BoxKey]]) -> Secret:
    """The secret, by two of its guardians (name and key). Errors: WrongKey for one person twice, strangers, damage."""
    found = _read(shares)
    held = dict(keys)
    for each in found.shares:
        if found.label == label and len(held) == len(keys) == _PAIR and held.keys() == {each.first, each.second}:
            place = _place(label, each.first, each.second)
            inner = open_box(held[each.first], each.box, place)
            return taken(open_box(held[each.second], inner, (*place, "inner")))
    raise WrongKey(what="guardians")


def make_guardian(name: str, password: Secret, salt: bytes, strength: Strength = ORDINARY) -> tuple[Guardian, bytes]:
    """A new guardian, and the file that holds their key under ``password``. ``salt``: 16 random bytes."""
    key = BoxKey.generate()
    with key.to_bytes().lent() as raw:
        sealed = seal(key_from_password(password, salt, strength), raw, ("guardian", name))
    cost = (strength.memory_kib, strength.passes, strength.lanes)
    made = guardian_of(name, key)
    return made, msgspec.json.encode(_Kept(name, made.public, made.signer, salt[:SALT_SIZE], cost, sealed))


def guardian_of(name: str, key: BoxKey) -> Guardian:
    """A guardian, as everybody may know them, by their key."""
    return Guardian(name, key.public, signing_of(key).public.raw)


def signing_of(key: BoxKey) -> SigningKey:
    """What a guardian signs with: a second key that hangs on the first."""
    return SigningKey.from_seed(derive(key.to_bytes(), "guardian/sign"))


def open_guardian(file: bytes, password: Secret) -> tuple[str, BoxKey]:
    """Name and key. Errors: WrongKey for another password or a damaged file."""
    kept = _kept(file)
    key = key_from_password(password, kept.salt, Strength(*kept.strength))
    return kept.name, BoxKey.from_bytes(taken(open_sealed(key, kept.sealed, ("guardian", kept.name))))


def read_guardian(file: bytes) -> Guardian:
    """Who a guardian's file belongs to; needs no password. Errors: WrongKey."""
    kept = _kept(file)
    return Guardian(kept.name, kept.public, kept.signer)


def _place(label: str, first: str, second: str) -> Context:
    return ("guardians", label, first, second)


def _read(shares: bytes) -> _Shares:
    try:
        return msgspec.json.decode(shares, type=_Shares)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise WrongKey(what="shares") from error


def _kept(file: bytes) -> _Kept:
    try:
        return msgspec.json.decode(file, type=_Kept)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise WrongKey(what="guardian") from error
