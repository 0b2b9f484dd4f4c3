"""Passwords: argon2id (RFC 9106) for checking them and for keys made of them."""

from base64 import b64encode
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION, Type, core, error_to_str, ffi

from app.domain.secret import Secret
from app.errors import WrongKey

KEY_SIZE = 32
SALT_SIZE = 16
NOBODY_SIZE = SALT_SIZE + KEY_SIZE


@dataclass(frozen=True, slots=True)
class Strength:
    """What one guess costs: memory in KiB, passes over it, lanes side by side. Kept beside what was made with it."""

    memory_kib: int
    passes: int
    lanes: int


ORDINARY = Strength(memory_kib=65_536, passes=7, lanes=4)
"""The second recommendation of RFC 9106 section 4 (64 MiB, 4 lanes; published), with 7 passes instead of 3: one check
shall take 0.25 s at least; 3 passes took 0.15 s, 6 passes 0.24 to 0.29 s on two cores of 2026 (measured)."""


def hash_password(password: Secret, strength: Strength = ORDINARY) -> str:
    """A text that ``verify_password`` takes; carries algorithm, version, strength and a random salt."""
    return _hasher(strength).hash(password.reveal())


def hash_of_nobody(token: bytes, strength: Strength = ORDINARY) -> str:
    """What stands in for the entry of somebody who does not exist: no password fits, checking one costs the same.

    ``token``: ``NOBODY_SIZE`` random bytes. Nothing is computed here, so that a program that starts waits for nothing.
    """
    salt, made = (b64encode(part).rstrip(b"=").decode() for part in (token[:SALT_SIZE], token[SALT_SIZE:NOBODY_SIZE]))
    costs = f"m={strength.memory_kib},t={strength.passes},p={strength.lanes}"
    return f"$argon2id$v={ARGON2_VERSION}${costs}${salt}${made}"


def verify_password(password: Secret, stored: str) -> bool:
    """Whether ``stored`` was made of ``password``; a damaged ``stored`` is a no."""
    try:
        return _hasher(ORDINARY).verify(stored, password.reveal())
    except (VerificationError, InvalidHashError):
        return False


def needs_new_hash(stored: str, strength: Strength = ORDINARY) -> bool:
    """Whether ``stored`` was made with another strength than the present one."""
    try:
        return _hasher(strength).check_needs_rehash(stored)
    except InvalidHashError:
        return True


def key_from_password(password: Secret, salt: bytes, strength: Strength) -> Secret:
    """A 32-byte key. ``salt``: 16 random bytes, one for each use. Errors: WrongKey for a shorter salt."""
    if len(salt) < SALT_SIZE:
        raise WrongKey(what="salt")
    made = bytearray(KEY_SIZE)
    with password.lent() as entry:
        _argon2id(made, (entry, bytearray(salt)), strength)
    try:
        return Secret(made)
    finally:
        made[:] = bytes(KEY_SIZE)


def _argon2id(out: bytearray, given: tuple[bytearray, bytearray], strength: Strength) -> None:
    """Fill ``out`` from password and salt. In buffers of ours: ``hash_secret_raw`` leaves copies of both in memory."""
    password, salt = given
    context = ffi.new(
        "argon2_context *",
        {
            "out": ffi.from_buffer(out),
            "outlen": len(out),
            "pwd": ffi.from_buffer(password),
            "pwdlen": len(password),
            "salt": ffi.from_buffer(salt),
            "saltlen": len(salt),
            "secret": ffi.NULL,
            "secretlen": 0,
            "ad": ffi.NULL,
            "adlen": 0,
            "t_cost": strength.passes,
            "m_cost": strength.memory_kib,
            "lanes": strength.lanes,
            "threads": strength.lanes,
            "version": ARGON2_VERSION,
            "allocate_cbk": ffi.NULL,
            "free_cbk": ffi.NULL,
            "flags": 0,
        },
    )
    if error := core(context, Type.ID.value):
        raise WrongKey(what=error_to_str(error))


def _hasher(strength: Strength) -> PasswordHasher:
    return PasswordHasher(
        time_cost=strength.passes, memory_cost=strength.memory_kib, parallelism=strength.lanes, type=Type.ID
    )
