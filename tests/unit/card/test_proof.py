"""Three questions about a card: each changed bit is found, nothing unknown is called forged."""

import secrets
from dataclasses import replace
from pathlib import Path

import pytest

from app.card.attributes import parse_attributes, parse_integrity, parse_key, parse_number
from app.card.face import parse_face
from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.standin.cards.authority import FACE_AUTHORITY, UNKNOWN_AUTHORITY, TrainingAuthority
from app.standin.cards.chip import Chip, DataFile
from app.standin.cards.files import ATTRIBUTE_AID, FACE_AID
from app.trust.card_proof import (
    CardAnchors,
    check_attributes,
    check_certificate,
    check_chip,
    check_face,
    check_key,
    check_number,
    load_anchors,
    worse,
)
from tests.support.cards import RESOURCES, MakeCard

ALTERED = Failed("card_record_altered")


@pytest.fixture(scope="module")
def chip(make: MakeCard) -> Chip:
    return make("adult")


def content(chip: Chip, aid: bytes, number: int) -> bytes:
    file = chip.application(aid).files[number]
    assert isinstance(file, DataFile)
    return file.content


def flipped(data: bytes, at: int, bit: int = 0) -> bytes:
    changed = bytearray(data)
    changed[at] ^= 1 << bit
    return bytes(changed)


def test_every_byte_of_the_signed_face_counts_and_the_expiry_does_not(chip: Chip, test_anchors: CardAnchors) -> None:
    file = content(chip, FACE_AID, 2)
    certificate = check_certificate(content(chip, FACE_AID, 4), test_anchors)
    genuine = parse_face(file).signed
    assert check_face(genuine, certificate) == Verified()
    for value in (genuine.personal, genuine.images, genuine.photo):
        start = file.index(value)
        header_and_tags = 6
        for at in {start + header_and_tags, start + len(value) // 2, start + len(value) - 1}:
            assert check_face(parse_face(flipped(file, at)).signed, certificate) == ALTERED
    expiry = file.index(b"\xdf\x29") + 3
    assert check_face(parse_face(flipped(file, expiry + 3)).signed, certificate) == Verified()
    assert parse_face(flipped(file, expiry + 3)).expiry != parse_face(file).expiry


def test_every_bit_of_a_signature_byte_counts(chip: Chip, test_anchors: CardAnchors) -> None:
    file = content(chip, FACE_AID, 2)
    certificate = check_certificate(content(chip, FACE_AID, 4), test_anchors)
    start = file.index(parse_face(file).signed.signature)
    for bit in range(8):
        assert check_face(parse_face(flipped(file, start + 100, bit)).signed, certificate) == ALTERED


def test_a_signature_of_another_card_does_not_fit(chip: Chip, make: MakeCard, test_anchors: CardAnchors) -> None:
    certificate = check_certificate(content(chip, FACE_AID, 4), test_anchors)
    genuine = parse_face(content(chip, FACE_AID, 2)).signed
    other = parse_face(content(make("foreign"), FACE_AID, 2)).signed
    assert check_face(other, certificate) == Verified()
    assert check_face(replace(genuine, signature=other.signature), certificate) == ALTERED
    assert check_face(replace(genuine, photo=other.photo), certificate) == ALTERED
    assert check_face(replace(genuine, card_key=other.card_key, personal=other.personal), certificate) == ALTERED


def test_every_changed_byte_of_a_certificate_is_altered_malformed_or_unknown(
    chip: Chip, test_anchors: CardAnchors
) -> None:
    genuine = content(chip, FACE_AID, 4)
    assert check_certificate(genuine, test_anchors).issuer == Verified()
    names_the_other_authority = 15
    for at in range(len(genuine)):
        issuer = check_certificate(flipped(genuine, at), test_anchors).issuer
        assert issuer != Verified(), at
        unknown = 10 <= at < 26 and at != names_the_other_authority
        assert isinstance(issuer, NotChecked) == unknown, at


def test_an_unknown_authority_is_not_checked_and_never_a_forgery(chip: Chip, test_anchors: CardAnchors) -> None:
    genuine = content(chip, FACE_AID, 4)
    strange = genuine.replace(FACE_AUTHORITY, UNKNOWN_AUTHORITY)
    assert check_certificate(strange, test_anchors).issuer == NotChecked("card_issuer_unknown")
    assert check_certificate(genuine, CardAnchors(production=False)).issuer == NotChecked("card_issuer_unknown")


def test_a_test_card_fails_in_production_by_name(chip: Chip) -> None:
    production = load_anchors(RESOURCES / "anchors", production=True)
    assert check_certificate(content(chip, FACE_AID, 4), production).issuer == Failed("card_test_hierarchy")


def test_a_test_anchor_laid_among_those_of_production_is_not_loaded(tmp_path: Path) -> None:
    test = RESOURCES / "anchors" / "card" / "test"
    wrong = tmp_path / "card" / "production"
    wrong.mkdir(parents=True)
    for anchor in test.glob("*.pem"):
        (wrong / anchor.name).write_bytes(anchor.read_bytes())
    assert len(list(wrong.glob("*.pem"))) == 3
    assert dict(load_anchors(tmp_path, production=True).keys) == {}


def test_a_production_anchor_is_not_loaded_in_training(tmp_path: Path) -> None:
    genuine = next((RESOURCES / "anchors" / "card" / "test").glob("*.pem"))
    wrong = tmp_path / "card" / "test"
    wrong.mkdir(parents=True)
    (wrong / (b"5000023" + bytes(9)).hex()).with_suffix(".pem").write_bytes(genuine.read_bytes())
    assert dict(load_anchors(tmp_path, production=False).keys) == {}


def test_the_shipped_test_anchors_fit_the_training_authority(
    authority: TrainingAuthority, test_anchors: CardAnchors
) -> None:
    for signer in (authority.face, authority.attributes):
        assert check_certificate(signer.certificate, test_anchors).issuer == Verified()


def test_the_text_the_number_and_the_key_each_have_their_own_proof(chip: Chip, test_anchors: CardAnchors) -> None:
    certificate = check_certificate(content(chip, ATTRIBUTE_AID, 4), test_anchors)
    integrity = parse_integrity(content(chip, ATTRIBUTE_AID, 3))
    four, number = content(chip, ATTRIBUTE_AID, 2), content(chip, ATTRIBUTE_AID, 1)
    covered = parse_attributes(four).covered
    assert check_attributes(integrity, covered, certificate) == Verified()
    assert check_attributes(integrity, flipped(covered, 20), certificate) == ALTERED
    assert check_number(integrity, parse_number(number).covered.reveal(), certificate) == Verified()
    assert check_number(integrity, number[:-2], certificate) == ALTERED
    key = content(chip, ATTRIBUTE_AID, 7)
    assert check_key(parse_key(key), certificate) == Verified()
    assert check_key(parse_key(flipped(key, 200)), certificate) == ALTERED
    changed = flipped(content(chip, ATTRIBUTE_AID, 3), 20)
    assert check_attributes(parse_integrity(changed), covered, certificate) == ALTERED


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (Verified(), Verified()),
        (ALTERED, NotChecked("card_key_unproven")),
        (NotChecked("card_no_certificate"), NotChecked("card_key_unproven")),
    ],
)
def test_a_chip_is_present_only_by_a_key_from_a_genuine_record(chip: Chip, record: Verdict, expected: Verdict) -> None:
    from app.card.channel import Channel
    from app.card.face import Face
    from app.domain.clock import SystemClock
    from app.services.card_port import UNWATCHED

    chip.insert()
    face = Face(Channel(chip, UNWATCHED, clock=SystemClock(), beat=lambda: None))
    key = parse_face(content(chip, FACE_AID, 2)).signed.card_key
    challenge = secrets.token_bytes(32)
    answer = face.sign(challenge)
    assert check_chip(key, challenge, answer, record) == expected
    assert check_chip(key, secrets.token_bytes(32), answer, record) == Failed("card_copied")
    assert check_chip(key[:-1], challenge, answer, record) == Failed("card_key_malformed")


def test_silence_instead_of_a_signature_is_a_failure_of_a_card_whose_record_promises_a_key() -> None:
    assert check_chip(b"", b"", None, Verified()) == Failed("card_did_not_sign")
    assert check_chip(b"", b"", None, ALTERED) == NotChecked("card_key_unproven")


def test_the_worse_of_two_verdicts_stands() -> None:
    fails, unsure, fine = ALTERED, NotChecked("card_issuer_unknown"), Verified()
    assert worse(fine, unsure) == unsure
    assert worse(unsure, fails) == fails
    assert worse(fails, fine) == fails
    assert worse(fine, fine) == fine
