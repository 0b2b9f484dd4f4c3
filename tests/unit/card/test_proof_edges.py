"""The edges of the card's proof: each reason by its name, each anchor by its kind, each length by one byte."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as new_curve_key
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.card.attributes import parse_attributes, parse_integrity, parse_key
from app.card.face import parse_face
from app.domain.verdict import Failed, NotChecked, Verified
from app.standin.cards.authority import TrainingAuthority
from app.standin.cards.chip import DataFile
from app.standin.cards.files import ATTRIBUTE_AID, FACE_AID
from app.standin.cards.keys import public_key as key_object
from app.trust.card_proof import (
    CardAnchors,
    Certificate,
    check_attributes,
    check_certificate,
    check_chip,
    check_face,
    check_key,
    check_number,
    load_anchors,
    public_key,
    worse,
)
from tests.support.cards import MakeCard

PRODUCTION_ID = b"5000023" + bytes(9)
TEST_ID = b"6000023" + bytes(9)
UNREADABLE = Certificate(Failed("card_certificate_malformed"), None)
MISSING = NotChecked("card_no_certificate")
UNSURE = NotChecked("card_issuer_unknown")


@pytest.fixture(scope="module")
def face(make: MakeCard) -> dict[int, bytes]:
    files = make("adult").application(FACE_AID).files
    return {number: file.content for number, file in files.items() if isinstance(file, DataFile)}


@pytest.fixture(scope="module")
def text(make: MakeCard) -> dict[int, bytes]:
    files = make("adult").application(ATTRIBUTE_AID).files
    return {number: file.content for number, file in files.items() if isinstance(file, DataFile)}


def laid(folder: Path, kind: str, key_id: bytes, pem: bytes) -> Path:
    place = folder / "card" / kind
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{key_id.hex()}.pem").write_bytes(pem)
    return folder


def pem_of(authority: TrainingAuthority) -> bytes:
    return authority.face.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def test_an_anchor_of_production_is_loaded_from_its_own_folder_in_production(
    tmp_path: Path, authority: TrainingAuthority
) -> None:
    laid(tmp_path, "production", PRODUCTION_ID, pem_of(authority))
    laid(tmp_path, "test", TEST_ID, pem_of(authority))
    found = load_anchors(tmp_path, production=True)
    assert (set(found.keys), found.production) == ({PRODUCTION_ID}, True)
    found = load_anchors(tmp_path, production=False)
    assert (set(found.keys), found.production) == ({TEST_ID}, False)


def test_a_key_of_another_kind_is_no_anchor(tmp_path: Path) -> None:
    curve = new_curve_key(SECP256R1()).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    assert dict(load_anchors(laid(tmp_path, "test", TEST_ID, curve), production=False).keys) == {}


@pytest.mark.parametrize("bent", ["head", "key", "middle", "short", "empty"])
def test_a_certificate_of_no_known_form_says_so_and_gives_no_key(
    face: dict[int, bytes], test_anchors: CardAnchors, bent: str
) -> None:
    sound = face[4]
    key_at, middle_at = 10 + 32, 10 + 297
    bad = {
        "head": b"\x7f\x22" + sound[2:],
        "key": sound[:key_at] + b"\x92" + sound[key_at + 1 :],
        "middle": sound[:middle_at] + b"\x5f\x38" + sound[middle_at + 2 :],
        "short": sound[:567],
        "empty": b"",
    }
    assert check_certificate(bad[bent], test_anchors) == UNREADABLE


def test_filler_after_the_certificate_is_left_aside(face: dict[int, bytes], test_anchors: CardAnchors) -> None:
    assert check_certificate(face[4] + b"\xff" * 9, test_anchors).issuer == Verified()


def test_an_unknown_issuer_s_key_is_still_known(face: dict[int, bytes]) -> None:
    unknown = check_certificate(face[4], CardAnchors(production=False))
    assert unknown.issuer == NotChecked("card_issuer_unknown")
    assert check_face(parse_face(face[2]).signed, unknown) == Verified()


def test_a_test_card_s_key_in_production_is_known_and_its_issuer_refused(face: dict[int, bytes]) -> None:
    found = check_certificate(face[4], CardAnchors(production=True))
    assert found.issuer == Failed("card_test_hierarchy")
    assert found.key is not None


def test_in_production_only_the_test_hierarchy_s_ids_are_refused_by_name(face: dict[int, bytes]) -> None:
    renamed = face[4][:10] + b"5" + face[4][11:]
    assert check_certificate(renamed, CardAnchors(production=True)).issuer == NotChecked("card_issuer_unknown")


def test_an_altered_certificate_says_so(face: dict[int, bytes], test_anchors: CardAnchors) -> None:
    altered = face[4][:-1] + bytes([face[4][-1] ^ 1])
    assert check_certificate(altered, test_anchors).issuer == Failed("card_certificate_altered")


def test_without_a_certificate_s_key_nothing_is_checked(face: dict[int, bytes], text: dict[int, bytes]) -> None:
    integrity = parse_integrity(text[3])
    assert check_face(parse_face(face[2]).signed, UNREADABLE) == MISSING
    assert check_attributes(integrity, parse_attributes(text[2]).covered, UNREADABLE) == MISSING
    assert check_number(integrity, text[1], UNREADABLE) == MISSING
    assert check_key(parse_key(text[7]), UNREADABLE) == MISSING


def test_a_signature_that_is_none_and_one_of_another_length_are_altered(
    face: dict[int, bytes], text: dict[int, bytes], test_anchors: CardAnchors
) -> None:
    altered = Failed("card_record_altered")
    certificate = check_certificate(face[4], test_anchors)
    signed = parse_face(face[2]).signed
    for signature in (b"", bytes(256), signed.signature[:-1], signed.signature + b"\x00"):
        assert check_face(replace(signed, signature=signature), certificate) == altered
    own = check_certificate(text[4], test_anchors)
    for signature in (b"", bytes(256)):
        assert check_key(replace(parse_key(text[7]), signature=signature), own) == altered


def test_a_record_with_the_right_digest_and_a_foreign_signature_is_altered(
    text: dict[int, bytes], face: dict[int, bytes], test_anchors: CardAnchors
) -> None:
    integrity, covered = parse_integrity(text[3]), parse_attributes(text[2]).covered
    other = check_certificate(face[4], test_anchors)
    assert check_attributes(integrity, covered, other) == Failed("card_record_altered")
    assert check_number(integrity, text[1], other) == Failed("card_record_altered")


@pytest.mark.parametrize("record", [Verified(), Failed("card_record_altered")])
def test_a_card_key_that_is_none_is_malformed_whatever_the_record(record: Verified | Failed) -> None:
    assert check_chip(b"", b"c", b"a", record) == Failed("card_key_malformed")
    assert check_chip(bytes(265), b"c", b"a", record) == Failed("card_key_malformed")


@pytest.mark.parametrize("bit", [0, 1023, 2047])
def test_one_flipped_bit_of_the_chips_answer_makes_it_another_chip(authority: TrainingAuthority, bit: int) -> None:
    for key in authority.keys_for("somebody"):
        answer = key.sign(b"our challenge", PKCS1v15(), SHA256())
        flipped = (int.from_bytes(answer, "big") ^ 1 << bit).to_bytes(256, "big")
        assert check_chip(key_object(key), b"our challenge", answer, Verified()) == Verified()
        assert check_chip(key_object(key), b"our challenge", flipped, Verified()) == Failed("card_copied")
        assert check_chip(key_object(key), b"our challenge", flipped, UNSURE) == Failed("card_copied")


def test_a_key_has_exactly_its_form(text: dict[int, bytes]) -> None:
    sound = parse_key(text[7]).card_key
    key = public_key(sound)
    assert key is not None
    assert (key.public_numbers().e, key.key_size) == (65537, 2048)
    assert public_key(sound + b"\x00") is None
    assert public_key(sound[:-1]) is None
    assert public_key(b"\x90\x03\x01\x00\x03" + sound[5:]) is None
    assert public_key(sound[:9] + bytes(256)) is None


def test_of_two_answers_the_worse_stands_and_of_two_alike_the_first() -> None:
    fails, fails_too, unsure = Failed("card_copied"), Failed("card_record_altered"), MISSING
    assert worse(fails, unsure) == worse(unsure, fails) == fails
    assert worse(fails, fails_too) == fails
    assert worse(unsure, Verified()) == worse(Verified(), unsure) == unsure
