"""The edges of holders' certificates: kinds of keys no card has, bytes that break the library in each of its ways."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding

from app.domain.verdict import Failed, NotChecked, Verified
from app.errors import BadCardData
from app.trust.certificate_anchors import CertificateAnchors, load_certificate_anchors
from app.trust.certificates import HolderCertificate, check_answer, check_certificate, parse_certificate
from tests.support.certificates import (
    FOUR,
    NOW,
    POLICY,
    SIGNATURE,
    USER,
    Leaf,
    Root,
    curve_key,
    key_usage,
    lay_out,
    root,
)

SHORT_KEY = generate_private_key(65537, 1024)


@pytest.fixture(scope="module")
def user_root() -> Root:
    return root(USER, 0)


@pytest.fixture(scope="module")
def anchors(tmp_path_factory: pytest.TempPathFactory, user_root: Root) -> CertificateAnchors:
    return load_certificate_anchors(lay_out(tmp_path_factory.mktemp("anchors"), [user_root]), production=False)


def with_key(key: object, issuer: Root) -> HolderCertificate:
    return parse_certificate(Leaf(key=key).made_by(issuer))  # type: ignore[arg-type]


@pytest.mark.parametrize("key", [Ed25519PrivateKey.generate(), SHORT_KEY], ids=["another kind", "too short"])
def test_a_key_that_no_card_has_is_told_by_name_and_proves_nothing(user_root: Root, key: object) -> None:
    found = with_key(key, user_root)
    with pytest.raises(BadCardData) as told:
        _ = found.algorithm
    assert told.value.data == {"what": "certificate_key"}
    assert check_answer(found, Verified(), bytes(32), bytes(256)) == NotChecked("certificate_key_unknown")


RSA, PSS = bytes.fromhex("06092A864886F70D010101"), bytes.fromhex("06092A864886F70D01010F")
OTHER_NAME = bytes.fromhex("060B2A8308")
"""Where the object identifier of an otherName of ours begins, inside its object."""
BROKEN = {
    "another version": lambda der: der.replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x09", 1),
    "an extension twice": lambda der: der.replace(b"\x06\x03\x55\x1d\x0f", b"\x06\x03\x55\x1d\x20", 1),
    "another algorithm of the key": lambda der: der.replace(RSA, PSS, 1),
    "a subject that is no text": lambda der: der.replace(b"\x0c\x160123", b"\x0c\x16\xff\xfe\xfd3", 1),
    "a name of a kind nobody uses": lambda der: _at(der, der.index(OTHER_NAME) - 2, b"\xa3"),
    "no date": lambda der: der.replace(b"\x17\x0d", b"\x17\x0c", 1),
}


def _at(der: bytes, place: int, new: bytes) -> bytes:
    return der[:place] + new + der[place + len(new) :]


@pytest.mark.parametrize("how", BROKEN)
def test_what_the_library_can_not_read_is_bad_card_data(user_root: Root, how: str) -> None:
    sound = Leaf(purpose=SIGNATURE, four=FOUR).made_by(user_root)
    broken = BROKEN[how](sound)
    assert broken != sound
    with pytest.raises(BadCardData) as told:
        parse_certificate(broken)
    assert told.value.data == {"what": "certificate"}


def test_an_issuer_s_name_that_is_no_text_is_bad_card_data_too(user_root: Root) -> None:
    sound = Leaf().made_by(user_root)
    at = sound.index(b"TEST-MADE-UP")
    with pytest.raises(BadCardData):
        parse_certificate(sound[:at] + b"\xff\xfe\xfd\xfc" + sound[at + 4 :])


def test_bytes_after_a_certificate_are_not_taken(user_root: Root) -> None:
    sound = Leaf().made_by(user_root)
    assert parse_certificate(sound).der == sound
    with pytest.raises(BadCardData):
        parse_certificate(sound + b"\x00")


def test_a_stranger_s_certificate_is_unknown_and_not_altered_where_neither_names_a_key(
    user_root: Root, anchors: CertificateAnchors
) -> None:
    nameless = replace(anchors, authorities=tuple(replace(one, key_identifier=None) for one in anchors.authorities))
    stranger = parse_certificate(Leaf(names_issuer_key=False).made_by(root(USER, 3)))
    assert check_certificate(stranger, USER, nameless, NOW).issuer == NotChecked("certificate_issuer_unknown")
    assert check_certificate(parse_certificate(Leaf().made_by(user_root)), USER, nameless, NOW).issuer == Verified()


def test_an_authority_of_the_same_name_with_a_key_of_another_kind_is_passed_over(
    user_root: Root, anchors: CertificateAnchors
) -> None:
    name, key = user_root.certificate.subject, curve_key()
    first = NOW - timedelta(days=1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 99, first, NOW + timedelta(days=900))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    (known,) = anchors.authorities
    other = replace(known, certificate=builder.sign(key, SHA384()))
    both = replace(anchors, authorities=(other, known))
    found = parse_certificate(Leaf().made_by(user_root))
    assert check_certificate(found, USER, both, NOW).issuer == Verified()
    alone = replace(anchors, authorities=(replace(other, key_identifier=None),))
    assert check_certificate(found, USER, alone, NOW).issuer == NotChecked("certificate_issuer_unknown")


def test_dates_hold_at_their_first_and_last_second_and_not_beyond(user_root: Root, anchors: CertificateAnchors) -> None:
    leaf = Leaf()
    found = parse_certificate(leaf.made_by(user_root))
    second = timedelta(seconds=1)
    told = [
        check_certificate(found, USER, anchors, at).dates
        for at in (leaf.first - second, leaf.first, leaf.last, leaf.last + second)
    ]
    assert told == [Failed("certificate_not_yet_valid"), Verified(), Verified(), Failed("certificate_expired")]


@pytest.mark.parametrize("usage", [{"key_cert_sign": True}, {"crl_sign": True}])
def test_who_may_sign_certificates_or_lists_is_an_authority(
    user_root: Root, anchors: CertificateAnchors, usage: dict[str, bool]
) -> None:
    found = parse_certificate(Leaf(usage={"digital_signature": True, **usage}).made_by(user_root))
    assert check_certificate(found, USER, anchors, NOW).purpose == Failed("certificate_of_authority")


def made(issuer: Root, *extensions: tuple[x509.ExtensionType, bool]) -> HolderCertificate:
    """A certificate with just these extensions."""
    subject = issuer.certificate.subject
    builder = x509.CertificateBuilder(subject, subject, SHORT_KEY.public_key(), 8, NOW, NOW)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return parse_certificate(builder.sign(issuer.key, SHA256()).public_bytes(Encoding.DER))


POLICIES = x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier(POLICY[USER]), None)])
STRANGER = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")


def test_without_a_key_usage_nothing_may_be_used(user_root: Root, anchors: CertificateAnchors) -> None:
    found = made(user_root, (POLICIES, False))
    assert check_certificate(found, USER, anchors, NOW).purpose == Failed("certificate_usage_wrong")


def test_an_unknown_extension_counts_only_if_it_is_critical(user_root: Root, anchors: CertificateAnchors) -> None:
    usage = key_usage({"digital_signature": True})
    harmless = made(user_root, (POLICIES, False), (usage, True), (STRANGER, False))
    assert check_certificate(harmless, USER, anchors, NOW).purpose == Verified()
    binding = made(user_root, (POLICIES, False), (usage, True), (STRANGER, True))
    assert check_certificate(binding, USER, anchors, NOW).purpose == Failed("certificate_extension_unknown")


def test_constraints_that_say_no_authority_make_none(user_root: Root, anchors: CertificateAnchors) -> None:
    found = made(user_root, (x509.BasicConstraints(ca=False, path_length=None), True))
    told = check_certificate(found, USER, anchors, NOW)
    assert (told.issuer, told.purpose) == (Verified(), Failed("certificate_policy_wrong"))


def test_a_signature_certificate_of_the_right_authority_needs_its_own_policy(tmp_path: Path) -> None:
    signer = root(SIGNATURE, 2)
    known = load_certificate_anchors(lay_out(tmp_path, [signer]), production=False)
    leaf = Leaf(purpose=SIGNATURE)
    assert check_certificate(parse_certificate(leaf.made_by(signer)), SIGNATURE, known, NOW).purpose == Verified()
    other = parse_certificate(leaf.but(policy="1.2.3").made_by(signer))
    assert check_certificate(other, SIGNATURE, known, NOW).purpose == Failed("certificate_policy_wrong")
