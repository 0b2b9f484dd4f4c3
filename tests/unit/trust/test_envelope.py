"""A message between slices counts only as what its sender signed."""

from base64 import urlsafe_b64encode
from dataclasses import replace

import pytest
from joserfc import jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry

from app.errors import Refused
from app.trust.envelope import Signed, compact, sign_message, verify_message
from app.trust.sign import SigningKey

RELAY = SigningKey.generate()
DESK = SigningKey.generate()
KEYS = {"relay": RELAY.public, "desk": DESK.public}
REGISTRY = JWSRegistry(algorithms=["Ed25519"], strict_check_header=False)
SIGNED = sign_message(RELAY, "relay", "enquiry/1", b"body")


def _refusal(signed: Signed) -> str:
    with pytest.raises(Refused) as refused:
        verify_message(KEYS, signed)
    return refused.value.reason


def test_a_signed_message_gives_its_body() -> None:
    assert verify_message(KEYS, SIGNED) == b"body"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (replace(SIGNED, body=b"bodx"), "bad_signature"),
        (replace(SIGNED, kind="provision/1"), "bad_signature"),
        (replace(SIGNED, signature=bytes(64)), "bad_signature"),
        (replace(SIGNED, signature=b""), "bad_signature"),
        (replace(SIGNED, sender="desk"), "unknown_key"),
        (replace(SIGNED, sender="desk", key_id=DESK.public.key_id), "bad_signature"),
        (replace(SIGNED, key_id=DESK.public.key_id), "unknown_key"),
        (replace(SIGNED, sender="stranger"), "unknown_sender"),
    ],
)
def test_a_changed_message_is_refused_with_its_reason(changed: Signed, reason: str) -> None:
    assert _refusal(changed) == reason


def test_a_border_moved_between_kind_and_body_is_noticed() -> None:
    assert _refusal(replace(SIGNED, kind="enquiry/", body=b"1body")) == "bad_signature"


def test_a_key_signs_under_its_own_name_only() -> None:
    assert _refusal(sign_message(DESK, "relay", "enquiry/1", b"body")) == "unknown_key"


@pytest.mark.parametrize("claimed", ["none", "HS256", "EdDSA", "RS256", "Ed448", "", "ed25519"])
def test_a_message_that_claims_another_algorithm_is_refused_before_anything_is_computed(claimed: str) -> None:
    """S01-8b, S01-8c: what a key signs with belongs to the key."""
    assert _refusal(replace(SIGNED, algorithm=claimed)) == "wrong_algorithm"


def test_another_program_proves_the_signature_as_a_jws() -> None:
    """S01-8b: the message is a JWS under the key's own algorithm; its header says who, what and by which key."""
    octets = urlsafe_b64encode(RELAY.public.raw).rstrip(b"=").decode()
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": octets})
    proved = jws.deserialize_compact(compact(SIGNED), key, registry=REGISTRY)
    assert proved.payload == b"body"
    assert proved.headers() == {"alg": "Ed25519", "iss": "relay", "kid": RELAY.public.key_id, "typ": "enquiry/1"}
    with pytest.raises(BadSignatureError):
        jws.deserialize_compact(compact(replace(SIGNED, body=b"bodx")), key, registry=REGISTRY)
