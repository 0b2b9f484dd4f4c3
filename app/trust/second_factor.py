"""The second factor of a member of staff as the office checks it: FIDO2, the person verified by PIN or biometric.

Source: WebAuthn level 2 sections 7.1 and 7.2 (published), carried out by ``fido2.server``.
"""

import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.errors import SecondFactorRefused

_KEY = PublicKeyCredentialType.PUBLIC_KEY
_REQUIRED = UserVerificationRequirement.REQUIRED
_FAULTS = (ValueError, TypeError, KeyError, AttributeError, IndexError, struct.error)
"""What the library raises on an answer that is none (tried with broken ones)."""
_REASONS = {
    "Wrong challenge in response.": "replayed",
    "Invalid origin in CollectedClientData.": "other_office",
    "Wrong RP ID hash in response.": "other_office",
    "User Present flag not set.": "not_verified",
    "User verification required, but User Verified flag not set.": "not_verified",
    "User verification required, but user verified flag not set.": "not_verified",
    "Invalid signature.": "signature",
    "Unknown credential ID.": "unknown_key",
}
"""What the library says, as our codes; anything else is malformed. Tests fail if its words change."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A registered key: its public part as the authenticator attested it, and the counter it last showed."""

    credential_id: bytes
    attested: bytes = field(repr=False)
    counter: int


class SecondFactor:
    """The office as relying party; ``rp_id`` and origin (https of the same name) are fixed when it is set up."""

    def __init__(self, rp_id: str, name: str) -> None:
        self.rp_id = rp_id
        self.origin = f"https://{rp_id}"
        office = PublicKeyCredentialRpEntity(id=rp_id, name=name)
        self._server = Fido2Server(office, verify_origin=lambda origin: origin == self.origin)

    def ask_registration(self, person: tuple[bytes, str], known: Iterable[Factor], challenge: bytes) -> str:
        """What a new key is asked (JSON of WebAuthn). ``person``: an opaque handle and the staff id."""
        handle, staff_id = person
        options, _ = self._server.register_begin(
            PublicKeyCredentialUserEntity(id=handle, name=staff_id, display_name=staff_id),
            credentials=[_attested(each) for each in known],
            resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
            user_verification=_REQUIRED,
            challenge=challenge,
        )
        return json.dumps(dict(options.public_key))

    def register(self, answer: str, challenge: bytes) -> Factor:
        """The key that answered. Errors: SecondFactorRefused(reason)."""
        try:
            data = self._server.register_complete(_state(challenge), json.loads(answer))
        except _FAULTS as error:
            raise SecondFactorRefused(reason=_reason(error)) from None
        credential = data.credential_data
        if credential is None:
            raise SecondFactorRefused(reason="malformed")
        return Factor(credential.credential_id, bytes(credential), data.counter)

    def ask(self, credential_ids: Iterable[bytes], challenge: bytes) -> str:
        """What a key is asked at sign-in (JSON of WebAuthn)."""
        options, _ = self._server.authenticate_begin(
            [PublicKeyCredentialDescriptor(type=_KEY, id=each) for each in credential_ids],
            user_verification=_REQUIRED,
            challenge=challenge,
        )
        return json.dumps(dict(options.public_key))

    def check(self, answer: str, challenge: bytes, known: Iterable[Factor]) -> Factor:
        """The key that answered, with its new counter.

        A counter that does not grow tells of a second copy of the key (reason "cloned"); a key that always shows 0
        keeps none and is no clone. Errors: SecondFactorRefused(reason).
        """
        factors = {each.credential_id: each for each in known}
        try:
            response = AuthenticationResponse.from_dict(json.loads(answer))
            attested = [_attested(each) for each in factors.values()]
            used = self._server.authenticate_complete(_state(challenge), attested, response)
        except _FAULTS as error:
            raise SecondFactorRefused(reason=_reason(error)) from None
        factor = factors[used.credential_id]
        counter = response.response.authenticator_data.counter
        if (counter or factor.counter) and counter <= factor.counter:
            raise SecondFactorRefused(reason="cloned")
        return replace(factor, counter=counter)


def factor_of(attested: bytes, counter: int) -> Factor:
    """A key by its public part as it was attested. Errors: SecondFactorRefused(reason)."""
    try:
        return Factor(AttestedCredentialData(attested).credential_id, attested, counter)
    except _FAULTS:
        raise SecondFactorRefused(reason="malformed") from None


def _attested(factor: Factor) -> AttestedCredentialData:
    return AttestedCredentialData(factor.attested)


def _state(challenge: bytes) -> dict[str, object]:
    return {"challenge": websafe_encode(challenge), "user_verification": _REQUIRED}


def _reason(error: Exception) -> str:
    return _REASONS.get(str(error), "malformed")
