"""Our own signatures: made by one key, proved by its public half, useless for anything else."""

import pickle

import pytest

from app.domain.secret import secret
from app.errors import WrongKey
from app.trust.sign import SigningKey, VerifyKey

# RFC 8032 section 7.1, TEST 2
RFC_PUBLIC = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
RFC_SIGNATURE = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


def test_a_published_signature_is_accepted_and_a_changed_one_is_not() -> None:
    key = VerifyKey(bytes.fromhex(RFC_PUBLIC))
    assert key.verify(b"\x72", bytes.fromhex(RFC_SIGNATURE))
    assert not key.verify(b"\x73", bytes.fromhex(RFC_SIGNATURE))
    assert not key.verify(b"\x72", bytes.fromhex(RFC_SIGNATURE)[:-1])
    assert not key.verify(b"\x72", b"")


def test_what_one_key_signs_no_other_key_proves() -> None:
    key, other = SigningKey.generate(), SigningKey.generate()
    signature = key.sign(b"message")
    assert key.public.verify(b"message", signature)
    assert not other.public.verify(b"message", signature)
    assert key.public.key_id != other.public.key_id


def test_a_key_comes_back_from_its_file_with_the_right_passphrase_only() -> None:
    key = SigningKey.generate()
    pem = key.to_pem(secret("correct"))
    assert SigningKey.from_pem(pem, secret("correct")).public == key.public
    for passphrase in (secret("wrong"), None):
        with pytest.raises(WrongKey):
            SigningKey.from_pem(pem, passphrase)
    with pytest.raises(WrongKey):
        SigningKey.from_pem(key.to_pem(None), secret("not needed"))
    with pytest.raises(WrongKey):
        SigningKey.from_pem(b"no pem", None)


def test_a_key_shows_nothing_of_itself() -> None:
    key = SigningKey.generate()
    assert repr(key) == f"<SigningKey {key.public.key_id}>"
    with pytest.raises(TypeError):
        pickle.dumps(key)


def test_a_public_key_of_another_length_is_no_key() -> None:
    with pytest.raises(WrongKey):
        VerifyKey(b"\x01" * 31)
