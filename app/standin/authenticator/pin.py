"""The card's PIN: its retries, and the tokens it gives for one power-up. Source: CTAP 2.1 section 6.5, published."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.standin.authenticator.faults import CommandRefused, Status
from app.standin.authenticator.pin_protocol import KeyAgreement, Shared, authenticates

_PROTOCOLS = (1, 2)
_RETRIES, _IN_A_ROW = 8, 3
_SHORTEST, _LONGEST, _PADDED = 4, 63, 64
MAKE, ASSERT = 0x01, 0x02
"""What a token may permit: making a credential, asserting with one."""


@dataclass(slots=True)
class Token:
    """A pinUvAuthToken: what it permits, and for whom."""

    value: bytes
    permissions: int
    rp_id: str | None


@dataclass(slots=True)
class Pin:
    """``digest``: what is kept of the PIN; None: not set. ``left`` outlives power, ``wrong`` (in a row) does not."""

    random: Callable[[int], bytes]
    digest: bytes | None = None
    left: int = _RETRIES
    wrong: int = field(default=0, init=False)
    agreement: KeyAgreement = field(init=False)
    token: Token | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.power_up()

    def power_up(self) -> None:
        """New key agreement, no token, tries in a row forgotten."""
        self.agreement = KeyAgreement(self.random)
        self.token = None
        self.wrong = 0

    def command(self, asked: dict[int, Any]) -> dict[int, Any]:
        """Carry out authenticatorClientPIN. Errors: CommandRefused."""
        match asked.get(2):
            case 0x01:
                return {3: self.left, 4: self.wrong >= _IN_A_ROW}
            case 0x02:
                return {1: self.agreement.public()}
            case 0x03:
                return self._set(asked)
            case 0x04:
                return self._change(asked)
            case 0x05:
                return self._give(asked, MAKE | ASSERT, None)
            case 0x09:
                return self._give_with_permissions(asked)
            case _:
                raise CommandRefused(Status.INVALID_SUBCOMMAND)

    def allows(self, version: int, message: bytes, given: bytes, wanted: tuple[int, str]) -> None:
        """Check a pinUvAuthParam. Errors: CommandRefused(PIN_AUTH_INVALID)."""
        permission, rp_id = wanted
        token = self.token
        if token is None or not authenticates(version, token.value, message, given):
            raise CommandRefused(Status.PIN_AUTH_INVALID)
        if not token.permissions & permission or token.rp_id not in {None, rp_id}:
            raise CommandRefused(Status.PIN_AUTH_INVALID)
        token.rp_id = rp_id

    def _set(self, asked: dict[int, Any]) -> dict[int, Any]:
        if self.digest is not None:
            raise CommandRefused(Status.PIN_AUTH_INVALID)
        shared = self.shared(asked)
        sealed = _bytes(asked, 5)
        if not shared.holds(sealed, _bytes(asked, 4)):
            raise CommandRefused(Status.PIN_AUTH_INVALID)
        self._keep(shared.decrypt(sealed))
        return {}

    def _change(self, asked: dict[int, Any]) -> dict[int, Any]:
        shared = self.shared(asked)
        new, old = _bytes(asked, 5), _bytes(asked, 6)
        if not shared.holds(new + old, _bytes(asked, 4)):
            raise CommandRefused(Status.PIN_AUTH_INVALID)
        self._verify(shared.decrypt(old))
        self._keep(shared.decrypt(new))
        self.token = None
        return {}

    def _give_with_permissions(self, asked: dict[int, Any]) -> dict[int, Any]:
        permissions, rp_id = asked.get(9), asked.get(10)
        if not isinstance(permissions, int) or permissions == 0:
            raise CommandRefused(Status.MISSING_PARAMETER)
        if permissions & ~(MAKE | ASSERT):
            raise CommandRefused(Status.UNSUPPORTED_OPTION)
        if not isinstance(rp_id, str):
            raise CommandRefused(Status.MISSING_PARAMETER)
        return self._give(asked, permissions, rp_id)

    def _give(self, asked: dict[int, Any], permissions: int, rp_id: str | None) -> dict[int, Any]:
        shared = self.shared(asked)
        self._verify(shared.decrypt(_bytes(asked, 6)))
        self.token = Token(self.random(32), permissions, rp_id)
        return {2: shared.encrypt(self.token.value)}

    def shared(self, asked: dict[int, Any], *, version: int = 1, key: int = 3) -> Shared:
        """The secret agreed on with the platform's key in ``asked``; ``version`` and ``key``: under which numbers."""
        protocol, peer = asked.get(version), asked.get(key)
        if protocol not in _PROTOCOLS:
            raise CommandRefused(Status.INVALID_PARAMETER)
        if not isinstance(peer, dict):
            raise CommandRefused(Status.MISSING_PARAMETER)
        return self.agreement.agree(protocol, peer)

    def _verify(self, given: bytes) -> None:
        if self.digest is None:
            raise CommandRefused(Status.PIN_NOT_SET)
        if self.left == 0:
            raise CommandRefused(Status.PIN_BLOCKED)
        if self.wrong >= _IN_A_ROW:
            raise CommandRefused(Status.PIN_AUTH_BLOCKED)
        self.left -= 1
        if not hmac.compare_digest(given, self.digest):
            self.wrong += 1
            self.agreement = KeyAgreement(self.random)
            raise CommandRefused(self._after_wrong())
        self.left, self.wrong = _RETRIES, 0

    def _after_wrong(self) -> Status:
        if self.left == 0:
            return Status.PIN_BLOCKED
        return Status.PIN_AUTH_BLOCKED if self.wrong >= _IN_A_ROW else Status.PIN_INVALID

    def _keep(self, padded: bytes) -> None:
        pin = padded.rstrip(b"\x00")
        if len(padded) != _PADDED or not _SHORTEST <= len(pin) <= _LONGEST:
            raise CommandRefused(Status.PIN_POLICY_VIOLATION)
        self.digest = digest(pin)
        self.left, self.wrong = _RETRIES, 0


def digest(pin: bytes) -> bytes:
    """What a card keeps of its PIN."""
    return hashlib.sha256(pin).digest()[:16]


def _bytes(asked: dict[int, Any], number: int) -> bytes:
    found = asked.get(number)
    if not isinstance(found, bytes):
        raise CommandRefused(Status.MISSING_PARAMETER)
    return found
