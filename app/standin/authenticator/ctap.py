"""The CTAP2 commands of the card: say what it can, make a credential, assert with one, PIN, reset.

Source: CTAP 2.1 sections 6.1-6.6 and WebAuthn section 6.5 (packed self attestation), published.
"""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec

from app.standin.authenticator.credential import ES256, Credential, rp_hash
from app.standin.authenticator.faults import CommandRefused, Status
from app.standin.authenticator.pin import ASSERT, MAKE, Pin

AAGUID = bytes.fromhex("6d61646f677563686920747261696e67")
"""Says that this is no maker's product."""
_PRESENT, _VERIFIED, _ATTESTED, _EXTENDED = 0x01, 0x04, 0x40, 0x80
_MOST_MESSAGE, _MOST_CREDENTIALS = 2048, 32
_ID_BYTES = 32
_SALT, _SALTS = 32, (32, 64)

Asked = dict[int, Any]


@dataclass(slots=True)
class Authenticator:
    """One staff card. ``counts`` False: the signature counter stays 0; ``keeps`` False: no hmac-secret, as on some."""

    random: Callable[[int], bytes]
    pin: Pin
    credentials: list[Credential] = field(default_factory=list)
    counter: int = 0
    counts: bool = True
    keeps: bool = True

    def power_up(self) -> None:
        """Tokens and key agreement are new."""
        self.pin.power_up()

    def answer(self, message: bytes) -> bytes:
        """One command: its status byte, and CBOR where it has an answer."""
        try:
            found = self._answer(message)
        except CommandRefused as refused:
            return bytes([refused.status])
        return bytes([Status.OK]) + (cbor2.dumps(found, canonical=True) if found else b"")

    def _answer(self, message: bytes) -> Mapping[int, Any]:
        if not message or len(message) > _MOST_MESSAGE:
            raise CommandRefused(Status.INVALID_PARAMETER)
        match message[0]:
            case 0x01:
                return self._make(_parameters(message))
            case 0x02:
                return self._assert(_parameters(message))
            case 0x04:
                return self._info()
            case 0x06:
                return self.pin.command(_parameters(message))
            case 0x07:
                return self._reset()
            case _:
                raise CommandRefused(Status.INVALID_COMMAND)

    def _info(self) -> Mapping[int, Any]:
        has_pin = self.pin.digest is not None
        return {
            1: ["FIDO_2_0", "FIDO_2_1"],
            2: ["hmac-secret"] if self.keeps else [],
            3: AAGUID,
            4: {"rk": True, "up": True, "plat": False, "clientPin": has_pin, "pinUvAuthToken": True},
            5: _MOST_MESSAGE,
            6: [2, 1],
            7: 8,
            8: _ID_BYTES,
            9: ["nfc"],
            10: [{"alg": ES256, "type": "public-key"}],
            13: 4,
            14: 1,
        }

    def _reset(self) -> Mapping[int, Any]:
        self.credentials.clear()
        self.pin.digest = None
        self.pin.power_up()
        return {}

    def _make(self, asked: Asked) -> Mapping[int, Any]:
        digest, rp, user = _need(asked, 1, bytes), _need(asked, 2, dict), _need(asked, 3, dict)
        rp_id = rp.get("id")
        if not isinstance(rp_id, str) or not isinstance(user.get("id"), bytes):
            raise CommandRefused(Status.MISSING_PARAMETER)
        if not any(isinstance(each, dict) and each.get("alg") == ES256 for each in _need(asked, 4, list)):
            raise CommandRefused(Status.UNSUPPORTED_ALGORITHM)
        verified = self._verified(asked, (8, 9), digest, (MAKE, rp_id))
        if not verified and self.pin.digest is not None:
            raise CommandRefused(Status.TOKEN_REQUIRED)
        if self._named(asked.get(5) or [], rp_id):
            raise CommandRefused(Status.CREDENTIAL_EXCLUDED)
        made = self._new(rp_id, user)
        extensions = asked.get(6) or {}
        answers = {"hmac-secret": True} if self.keeps and extensions.get("hmac-secret") is True else {}
        attested = AAGUID + struct.pack(">H", len(made.credential_id)) + made.credential_id
        attested += made.public
        data = self._data(rp_id, _PRESENT | (_VERIFIED if verified else 0), attested=attested, answers=answers)
        return {1: "packed", 2: data, 3: {"alg": ES256, "sig": made.sign(data + digest)}}

    def _new(self, rp_id: str, user: dict[str, Any]) -> Credential:
        others = [each for each in self.credentials if (each.rp_id, each.user["id"]) != (rp_id, user["id"])]
        if len(others) >= _MOST_CREDENTIALS:
            raise CommandRefused(Status.KEY_STORE_FULL)
        key = ec.generate_private_key(ec.SECP256R1())
        random = self.random
        made = Credential(random(_ID_BYTES), rp_id, dict(user), key, random(_SALT), random(_SALT))
        self.credentials[:] = [*others, made]
        return made

    def _assert(self, asked: Asked) -> Mapping[int, Any]:
        rp_id, digest = _need(asked, 1, str), _need(asked, 2, bytes)
        options = asked.get(5) or {}
        if options.get("uv"):
            raise CommandRefused(Status.INVALID_OPTION)
        verified = self._verified(asked, (6, 7), digest, (ASSERT, rp_id))
        allowed = asked.get(3)
        found = self._named(allowed, rp_id) if allowed else [each for each in self.credentials if each.rp_id == rp_id]
        if not found:
            raise CommandRefused(Status.NO_CREDENTIALS)
        chosen = found[-1]
        answers = self._secrets((asked.get(4) or {}).get("hmac-secret"), chosen, verified=verified)
        flags = (_PRESENT if options.get("up", True) else 0) | (_VERIFIED if verified else 0)
        data = self._data(rp_id, flags, answers=answers)
        described = {"id": chosen.credential_id, "type": "public-key"}
        user = chosen.user if verified else {"id": chosen.user["id"]}
        return {1: described, 2: data, 3: chosen.sign(data + digest), 4: user}

    def _secrets(self, asked: object, chosen: Credential, *, verified: bool) -> dict[str, bytes]:
        if asked is None or not self.keeps:
            return {}
        if not isinstance(asked, dict):
            raise CommandRefused(Status.INVALID_PARAMETER)
        shared = self.pin.shared({1: asked.get(4, 1), 3: asked.get(1)})
        sealed, mac = _need(asked, 2, bytes), _need(asked, 3, bytes)
        if not shared.holds(sealed, mac):
            raise CommandRefused(Status.PIN_AUTH_INVALID)
        salts = shared.decrypt(sealed)
        if len(salts) not in _SALTS:
            raise CommandRefused(Status.INVALID_PARAMETER)
        return {"hmac-secret": shared.encrypt(chosen.secret(salts, verified=verified))}

    def _verified(self, asked: Asked, at: tuple[int, int], digest: bytes, wanted: tuple[int, str]) -> bool:
        """Whether the person was verified by PIN. Errors: CommandRefused for a token that does not hold."""
        given, version = asked.get(at[0]), asked.get(at[1])
        if given is None:
            return False
        if not isinstance(given, bytes) or version not in {1, 2}:
            raise CommandRefused(Status.INVALID_PARAMETER)
        self.pin.allows(version, digest, given, wanted)
        return True

    def _named(self, descriptors: object, rp_id: str) -> list[Credential]:
        if not isinstance(descriptors, list):
            raise CommandRefused(Status.INVALID_PARAMETER)
        ids = {each.get("id") for each in descriptors if isinstance(each, dict)}
        return [each for each in self.credentials if each.rp_id == rp_id and each.credential_id in ids]

    def _data(self, rp_id: str, flags: int, *, answers: dict[str, Any], attested: bytes = b"") -> bytes:
        if self.counts:
            self.counter += 1
        flags |= (_ATTESTED if attested else 0) | (_EXTENDED if answers else 0)
        more = cbor2.dumps(answers, canonical=True) if answers else b""
        return rp_hash(rp_id) + struct.pack(">BI", flags, self.counter) + attested + more


def _parameters(message: bytes) -> Asked:
    try:
        found = cbor2.loads(message[1:])
    except (cbor2.CBORDecodeError, ValueError):
        raise CommandRefused(Status.INVALID_CBOR) from None
    if not isinstance(found, dict):
        raise CommandRefused(Status.INVALID_CBOR)
    return found


def _need(asked: Asked, number: int, kind: type) -> Any:  # noqa: ANN401
    found = asked.get(number)
    if not isinstance(found, kind):
        raise CommandRefused(Status.MISSING_PARAMETER)
    return found
