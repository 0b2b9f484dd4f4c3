"""A message between slices counts only as what its sender signed."""

from dataclasses import replace

import pytest

from app.errors import Refused
from app.trust.envelope import Signed, sign_message, verify_message
from app.trust.sign import SigningKey

RELAY = SigningKey.generate()
DESK = SigningKey.generate()
KEYS = {"relay": RELAY.public, "desk": DESK.public}
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
