"""A message between slices counts only as what its sender signed."""

from base64 import urlsafe_b64encode
from dataclasses import replace

import pytest
from joserfc import jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry

from app.errors import Refused
from app.trust.envelope import PresentKeys, Proven, Signed, compact, sign_message, verify_message
from app.trust.sign import SigningKey, VerifyKey

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


class Proving:
    """Finds one key, and refuses it from now on when told."""

    def __init__(self, key: VerifyKey) -> None:
        self.key = key
        self.is_over = False

    def find(self, sender: str, key_id: str, algorithm: str) -> VerifyKey:
        if self.is_over or key_id != self.key.key_id:
            raise Refused("expired_key")
        return PresentKeys({"nws": self.key}).find(sender, key_id, algorithm)


def test_what_was_proved_once_is_known_and_nothing_else_is() -> None:
    key, proven = SigningKey.generate(), Proven()
    finder, signed = Proving(key.public), sign_message(key, "nws", "permit/1", b"body")
    assert not proven.knows(key.public, signed)
    assert verify_message(finder, signed, proven) == b"body"
    assert proven.knows(key.public, signed)
    assert verify_message(finder, signed, proven) == b"body"
    for name, value in (("body", b"other"), ("kind", "other/1"), ("signature", bytes(64)), ("sender", "nwS")):
        bent = replace(signed, **{name: value})
        assert not proven.knows(key.public, bent)
        with pytest.raises(Refused):
            verify_message(finder, bent, proven)
    assert not proven.knows(SigningKey.generate().public, signed)
    finder.is_over = True
    with pytest.raises(Refused):
        verify_message(finder, signed, proven)


def test_a_refused_signature_is_not_remembered_and_old_ones_are_forgotten() -> None:
    key, proven = SigningKey.generate(), Proven(most=2)
    bad = replace(sign_message(key, "nws", "permit/1", b"body"), signature=bytes(64))
    for _ in range(2):
        with pytest.raises(Refused):
            verify_message({"nws": key.public}, bad, proven)
    several = [sign_message(key, "nws", "permit/1", bytes([number])) for number in range(5)]
    for one in several:
        verify_message({"nws": key.public}, one, proven)
    assert [proven.knows(key.public, one) for one in several] == [False, False, True, True, True]
