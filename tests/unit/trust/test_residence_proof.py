"""What is proven of a residence card: each forgery shows in its own verdict, who is not known is not called false."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.verdict import Failed, NotChecked, Verified
from app.standin.cards.residence_authority import FIRST, SECOND, load_signer, strange_signer
from app.trust.residence_proof import (
    ResidenceAnchors,
    SignedResidence,
    check_residence,
    load_residence_anchors,
)
from app.trust.residence_session import Generation
from tests.support.cards import RESOURCES

TODAY = date(2026, 11, 20)
SIZES = {Generation.FIRST: (7000, 3000), Generation.SECOND: (53, 3000, 2500)}
NAMES = {Generation.FIRST: FIRST, Generation.SECOND: SECOND}
GENERATIONS = list(Generation)


@cache
def signed(generation: Generation, *, known: bool = True) -> SignedResidence:
    name = NAMES[generation]
    signer = load_signer(RESOURCES / "training" / "card" / "residence", name) if known else strange_signer(name)
    parts = tuple(bytes([65 + place]) * (size - 9) for place, size in enumerate(SIZES[generation]))
    filled = [part.ljust(size, b"\x00") for part, size in zip(parts, SIZES[generation], strict=True)]
    return SignedResidence(generation, parts, signer.sign(*filled), signer.certificate.ljust(1200, b"\x00"))


@pytest.fixture(scope="module")
def anchors() -> ResidenceAnchors:
    return load_residence_anchors(RESOURCES / "anchors", production=False)


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_genuine_card_holds_on_both_questions(generation: Generation, anchors: ResidenceAnchors) -> None:
    found = check_residence(signed(generation), anchors, TODAY)
    assert (found.issuer, found.record) == (Verified(), Verified())
    assert found.until is not None
    assert found.until > TODAY


@pytest.mark.parametrize(("generation", "part"), [(g, part) for g in GENERATIONS for part in range(len(SIZES[g]))])
def test_one_changed_bit_in_any_part_is_found(generation: Generation, part: int, anchors: ResidenceAnchors) -> None:
    genuine = signed(generation)
    parts = list(genuine.parts)
    parts[part] = parts[part][:-1] + bytes([parts[part][-1] ^ 1])
    found = check_residence(replace(genuine, parts=tuple(parts)), anchors, TODAY)
    assert (found.issuer, found.record) == (Verified(), Failed("card_record_altered"))


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("change", [lambda s: s[:-1] + bytes([s[-1] ^ 1]), lambda s: s[:-1], lambda s: s + s])
def test_a_changed_signature_is_found(generation: Generation, change, anchors: ResidenceAnchors) -> None:
    genuine = signed(generation)
    found = check_residence(replace(genuine, signature=change(genuine.signature)), anchors, TODAY)
    assert found.record == Failed("card_record_altered")


@pytest.mark.parametrize("generation", GENERATIONS)
def test_an_authority_without_an_anchor_is_not_called_false(generation: Generation, anchors: ResidenceAnchors) -> None:
    found = check_residence(signed(generation, known=False), anchors, TODAY)
    assert (found.issuer, found.record) == (NotChecked("card_issuer_unknown"), Verified())


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_certificate_whose_own_signature_is_wrong_is_found(generation: Generation, anchors: ResidenceAnchors) -> None:
    genuine = signed(generation)
    place = len(genuine.certificate.rstrip(b"\x00")) - 2
    changed = bytearray(genuine.certificate)
    changed[place] ^= 1
    found = check_residence(replace(genuine, certificate=bytes(changed)), anchors, TODAY)
    assert found.issuer == Failed("card_certificate_altered")


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2106, 5, 23)])
def test_outside_its_time_a_certificate_proves_no_issuer(day: date, anchors: ResidenceAnchors) -> None:
    found = check_residence(signed(Generation.SECOND), anchors, day)
    assert (found.issuer, found.record) == (NotChecked("residence_certificate_expired"), Verified())
    assert found.until == date(2106, 5, 22)


def test_the_first_and_the_last_day_still_count(anchors: ResidenceAnchors) -> None:
    for day in (date(2024, 4, 1), date(2106, 5, 22)):
        assert check_residence(signed(Generation.FIRST), anchors, day).issuer == Verified()


@pytest.mark.parametrize("generation", GENERATIONS)
def test_the_test_hierarchy_is_refused_by_name_in_production(generation: Generation) -> None:
    production = load_residence_anchors(RESOURCES / "anchors", production=True)
    assert not any(production.certificates.values())
    assert check_residence(signed(generation), production, TODAY).issuer == Failed("card_test_hierarchy")


def test_no_certificate_of_the_test_hierarchy_loads_in_production_wherever_it_lies(tmp_path) -> None:
    place = tmp_path / "residence" / "production" / "first"
    place.mkdir(parents=True)
    pem = RESOURCES / "anchors" / "residence" / "test" / "first" / "test-authority.pem"
    (place / "moved.pem").write_bytes(pem.read_bytes())
    assert load_residence_anchors(tmp_path, production=True).certificates[Generation.FIRST] == ()


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_card_of_a_child_without_signature_is_not_checked(generation: Generation, anchors: ResidenceAnchors) -> None:
    bare = replace(signed(generation), signature=b"", certificate=b"")
    found = check_residence(bare, anchors, TODAY)
    assert (found.issuer, found.record) == (NotChecked("residence_unsigned"), NotChecked("residence_unsigned"))


def test_a_certificate_of_the_other_generation_does_not_fit(anchors: ResidenceAnchors) -> None:
    mixed = replace(signed(Generation.FIRST), certificate=signed(Generation.SECOND).certificate)
    assert check_residence(mixed, anchors, TODAY).issuer == Failed("residence_certificate_malformed")


def test_an_authority_is_no_signer_of_cards(anchors: ResidenceAnchors) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding

    (authority,) = anchors.certificates[Generation.SECOND]
    posing = replace(signed(Generation.SECOND), certificate=authority.public_bytes(Encoding.DER))
    assert check_residence(posing, anchors, TODAY).issuer == Failed("residence_certificate_malformed")


@pytest.mark.filterwarnings("ignore:Parsed a serial number")  # the library's word on what is refused here
@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_broken_certificate_or_signature_never_breaks_the_check(data: st.DataObject) -> None:
    anchors = load_residence_anchors(RESOURCES / "anchors", production=False)
    genuine = signed(data.draw(st.sampled_from(GENERATIONS)))
    certificate = bytearray(genuine.certificate)
    for _ in range(data.draw(st.integers(0, 3))):
        certificate[data.draw(st.integers(0, 780))] = data.draw(st.integers(0, 255))
    noise = data.draw(st.binary(max_size=100))
    broken = replace(genuine, certificate=bytes(certificate[: data.draw(st.integers(0, 1200))]), signature=noise)
    assert check_residence(broken, anchors, TODAY).record != Verified()
