"""Passwords of the staff that cost nothing to check: for tests of other things than the cost of a guess."""

from dataclasses import replace

from app.domain.clock import SystemClock
from app.domain.secret import Secret
from app.server.wiring import Backend
from app.trust.passwords import Strength, hash_password

WEAK = Strength(memory_kib=64, passes=1, lanes=1)
"""One check at the ordinary strength computes for 0.6 s, and each sign-in asks for two."""


def weaken(office: Backend, municipalities: tuple[str, ...], password: Secret, strength: Strength = WEAK) -> None:
    """Everybody's password stays the same and is kept at ``strength``."""
    assert office.staff is not None
    hashed, at = hash_password(password, strength), SystemClock().now()
    office.staff._book.write(
        lambda unit: [
            unit.put_member(replace(member, password_hash=hashed), at)
            for code in municipalities
            for member in unit.members(code)
        ]
    )
