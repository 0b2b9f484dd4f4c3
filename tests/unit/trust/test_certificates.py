"""Certificates of 公的個人認証: own answers to each question; nothing unknown is forged, nothing unasked valid."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA384, SHA512
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.certificate import KEY_NOT_USED, NOT_ASKED, CertificateVerdicts, Standing
from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.errors import AppError, BadCardData, DataFault
from app.trust.algorithms import WORTHY_HASHES
from app.trust.certificate_anchors import CertificateAnchors, load_certificate_anchors
from app.trust.certificate_holder import holder_of
from app.trust.certificates import check_answer, check_certificate, parse_certificate
from tests.support.cards import RESOURCES
from tests.support.certificates import (
    FOUR,
    NAME,
    NOW,
    SIGNATURE,
    USER,
    Leaf,
    Root,
    curve_key,
    key,
    lay_out,
    next_generation,
    root,
)

LEAF = Leaf()
SIGNER = Leaf(purpose=SIGNATURE, four=FOUR)
CHALLENGE = bytes(range(32))


@pytest.fixture(scope="module")
def roots() -> dict[str, Root]:
    return {"first": root(USER, 0), "second": root(USER, 1), "signature": root(SIGNATURE, 2), "stranger": root(USER, 3)}


@pytest.fixture(scope="module")
def anchors(tmp_path_factory: pytest.TempPathFactory, roots: dict[str, Root]) -> CertificateAnchors:
    known = [roots[name] for name in ("first", "second", "signature")]
    return load_certificate_anchors(lay_out(tmp_path_factory.mktemp("anchors"), known), production=False)


def verdicts(der: bytes, anchors: CertificateAnchors, purpose=USER, at=NOW) -> CertificateVerdicts:
    return check_certificate(parse_certificate(der), purpose, anchors, at)


def test_a_sound_certificate_holds_but_is_never_called_valid_without_a_revocation_answer(roots, anchors) -> None:
    found = verdicts(LEAF.made_by(roots["first"]), anchors)
    assert found == CertificateVerdicts(Verified(), Verified(), Verified(), KEY_NOT_USED, NOT_ASKED)
    assert found.standing is Standing.REVOCATION_UNKNOWN


@pytest.mark.parametrize("hinted", [True, False])
@pytest.mark.parametrize("generation", ["first", "second"])
def test_the_generation_is_found_by_trying_with_and_without_a_hint(roots, anchors, generation, hinted) -> None:
    der = LEAF.but(names_issuer_key=hinted).made_by(roots[generation])
    assert verdicts(der, anchors).issuer == Verified()


def test_an_authority_of_the_same_name_that_is_not_here_is_not_checked_and_not_failed(roots, anchors) -> None:
    found = verdicts(LEAF.made_by(roots["stranger"]), anchors)
    assert found.issuer == NotChecked("certificate_issuer_unknown")
    assert (found.dates, found.purpose) == (Verified(), Verified())
    assert found.standing is Standing.UNPROVEN


@pytest.mark.parametrize(
    ("leaf", "question", "reason"),
    [
        (LEAF.but(first=NOW + timedelta(seconds=1)), "dates", "certificate_not_yet_valid"),
        (LEAF.but(last=NOW - timedelta(seconds=1)), "dates", "certificate_expired"),
        (LEAF.but(policy="1.2.392.200149.8.5.1.1.20"), "purpose", "certificate_policy_wrong"),
        (LEAF.but(usage={"key_encipherment": True}), "purpose", "certificate_usage_wrong"),
        (LEAF.but(usage={"digital_signature": True, "key_cert_sign": True}), "purpose", "certificate_of_authority"),
        (LEAF.but(is_authority=True), "purpose", "certificate_of_authority"),
        (LEAF.but(critical_stranger=True), "purpose", "certificate_extension_unknown"),
    ],
)
def test_what_is_wrong_has_its_own_verdict_and_leaves_the_others(roots, anchors, leaf, question, reason) -> None:
    found = verdicts(leaf.made_by(roots["first"]), anchors)
    expected: dict[str, Verdict] = {"issuer": Verified(), "dates": Verified(), "purpose": Verified()}
    expected[question] = Failed(reason)
    assert {name: verdict for name, verdict in found.named() if name in expected} == expected
    assert found.standing is Standing.REFUSED


def test_a_signature_certificate_must_bind_its_holder(roots, anchors) -> None:
    unbinding = SIGNER.but(usage={"digital_signature": True}).made_by(roots["signature"])
    assert verdicts(unbinding, anchors, SIGNATURE).purpose == Failed("certificate_usage_wrong")
    assert verdicts(SIGNER.made_by(roots["signature"]), anchors, SIGNATURE).purpose == Verified()


def test_a_certificate_of_the_other_authority_is_refused_for_its_purpose_though_it_is_genuine(roots, anchors) -> None:
    crossed = SIGNER.made_by(roots["first"])
    assert verdicts(crossed, anchors, SIGNATURE).issuer == Verified()
    assert verdicts(crossed, anchors, SIGNATURE).purpose == Failed("certificate_of_other_authority")
    other = SIGNER.made_by(roots["signature"])
    assert verdicts(other, anchors, USER).purpose == Failed("certificate_of_other_authority")


def test_dates_hold_to_the_last_second_and_not_one_longer(roots, anchors) -> None:
    der = LEAF.made_by(roots["first"])
    assert verdicts(der, anchors, at=LEAF.last).dates == Verified()
    assert verdicts(der, anchors, at=LEAF.last + timedelta(seconds=1)).dates == Failed("certificate_expired")
    assert verdicts(der, anchors, at=LEAF.first).dates == Verified()
    assert verdicts(der, anchors, at=LEAF.first - timedelta(seconds=1)).dates == Failed("certificate_not_yet_valid")


def test_an_authority_past_its_end_vouches_for_nothing(tmp_path: Path) -> None:
    short = root(USER, 0, years=2)
    anchors = load_certificate_anchors(lay_out(tmp_path, [short]), production=False)
    late = short.certificate.not_valid_after_utc + timedelta(days=1)
    found = verdicts(LEAF.but(last=late + timedelta(days=1)).made_by(short), anchors, at=late)
    assert found.issuer == Failed("certificate_authority_expired")


def test_a_certificate_signed_with_a_hash_that_is_not_on_the_list_is_not_taken(roots, anchors) -> None:
    assert verdicts(LEAF.but(hash=SHA512()).made_by(roots["first"]), anchors).issuer == Failed("certificate_altered")
    assert not issubclass(SHA1, WORTHY_HASHES)


def test_every_changed_bit_is_noticed_and_none_is_taken_for_genuine(roots, anchors) -> None:
    der = SIGNER.made_by(roots["signature"])
    outcomes = set()
    for at in range(0, len(der), 7):
        changed = bytearray(der)
        changed[at] ^= 1 << at % 8
        try:
            found = verdicts(bytes(changed), anchors, SIGNATURE)
        except BadCardData:
            outcomes.add("unreadable")
            continue
        assert found.issuer != Verified(), at
        outcomes.add(found.issuer.reason)
    assert outcomes == {"unreadable", "certificate_altered", "certificate_issuer_unknown"}


@pytest.mark.parametrize(
    ("part", "at", "issuer"),
    [
        (b"0123456789ABCDEFGHIJKL", 3, Failed("certificate_altered")),
        (bytes.fromhex("170d"), 5, Failed("certificate_altered")),
        (bytes.fromhex("2a83088c9b5508050101"), 9, Failed("certificate_altered")),
        (NAME.encode(), 4, Failed("certificate_altered")),
        (b"TEST for digital signature", 6, NotChecked("certificate_issuer_unknown")),
        (b"TEST-MADE-UP", 6, NotChecked("certificate_issuer_unknown")),
    ],
    ids=["subject", "dates", "policy", "name", "issuer's unit", "issuer's organisation"],
)
def test_one_bit_in_each_part_is_noticed(roots, anchors, part, at, issuer) -> None:
    der = bytearray(SIGNER.made_by(roots["signature"]))
    der[der.index(part) + at] ^= 0x01
    assert verdicts(bytes(der), anchors, SIGNATURE).issuer == issuer


def test_one_bit_in_the_signature_or_the_issuer_s_key_is_noticed(roots, anchors) -> None:
    sound = SIGNER.made_by(roots["signature"])
    hint = sound.index(bytes.fromhex("80 14")) + 5
    for at, issuer in ((-1, Failed("certificate_altered")), (hint, NotChecked("certificate_issuer_unknown"))):
        der = bytearray(sound)
        der[at] ^= 0x01
        assert verdicts(bytes(der), anchors, SIGNATURE).issuer == issuer


def test_the_chip_has_signed_our_own_challenge_with_the_certificate_s_key(roots) -> None:
    certificate = parse_certificate(LEAF.made_by(roots["first"]))
    answer = key(100).sign(CHALLENGE, PKCS1v15(), SHA256())
    assert check_answer(certificate, Verified(), CHALLENGE, answer) == Verified()
    assert check_answer(certificate, NotChecked("certificate_issuer_unknown"), CHALLENGE, answer) == Verified()
    assert check_answer(certificate, Failed("certificate_altered"), CHALLENGE, answer) == NotChecked(
        "card_key_unproven"
    )
    copied = Failed("card_copied")
    assert check_answer(certificate, Verified(), CHALLENGE[::-1], answer) == copied
    for wrong in (answer[:-1], b"", bytes(256), key(0).sign(CHALLENGE, PKCS1v15(), SHA256())):
        assert check_answer(certificate, Verified(), CHALLENGE, wrong) == copied


def test_a_key_of_the_next_card_is_another_row_and_no_other_path(roots, anchors) -> None:
    leaf = next_generation().but(hash=SHA256())
    certificate = parse_certificate(leaf.made_by(roots["first"]))
    assert verdicts(certificate.der, anchors).issuer == Verified()
    assert len(certificate.algorithm.block(CHALLENGE)) == 48
    der = curve_key().sign(CHALLENGE, ECDSA(SHA384()))
    r, s = decode_dss_signature(der)
    for answer in (der, r.to_bytes(48, "big") + s.to_bytes(48, "big")):
        assert check_answer(certificate, Verified(), CHALLENGE, answer) == Verified()
        assert check_answer(certificate, Verified(), b"another", answer) == Failed("card_copied")


def test_a_test_certificate_is_refused_by_name_in_production(tmp_path: Path, roots) -> None:
    anchors = load_certificate_anchors(lay_out(tmp_path, [], production=True), production=True)
    assert verdicts(LEAF.made_by(roots["first"]), anchors).issuer == Failed("certificate_test_hierarchy")


def test_production_and_test_authorities_are_never_loaded_together(tmp_path: Path, caplog) -> None:
    real = root(USER, 4, organisation="MADE-UP")
    test = root(USER, 0)
    lay_out(tmp_path, [real, test])
    lay_out(tmp_path, [real, test], production=True)
    for production, only in ((True, real), (False, test)):
        loaded = load_certificate_anchors(tmp_path, production=production)
        assert [each.certificate for each in loaded.authorities] == [only.certificate]
    assert len(caplog.records) == 2
    der = LEAF.made_by(real)
    assert verdicts(der, load_certificate_anchors(tmp_path, production=True)).issuer == Verified()
    assert isinstance(verdicts(der, load_certificate_anchors(tmp_path, production=False)).issuer, NotChecked)


def test_a_file_that_is_no_authority_is_no_anchor(tmp_path: Path) -> None:
    lay_out(tmp_path, [root(USER, 0, is_authority=False)])
    assert load_certificate_anchors(tmp_path, production=False).authorities == ()
    (tmp_path / "jpki/test/user_authentication/9.pem").write_text("nothing")
    with pytest.raises(DataFault):
        load_certificate_anchors(tmp_path, production=False)


def test_the_shipped_production_folder_trusts_nobody_until_a_person_puts_the_authorities_there() -> None:
    shipped = load_certificate_anchors(RESOURCES / "anchors", production=True)
    assert shipped.authorities == ()
    assert all(shipped.policies.values())


def test_the_basic_four_come_with_their_marks(roots) -> None:
    holder = holder_of(parse_certificate(SIGNER.made_by(roots["signature"])))
    assert holder.name.text == FOUR["1"]
    assert (holder.birth.isoformat(), holder.sex.value) == ("1993-04-09", "2")
    assert holder.name.has_replaced
    assert "葛" not in repr(holder)


@pytest.mark.parametrize("changed", [{"4": "41993049"}, {"4": "419931309"}, {"4": "4199304091"}, {"5": None}])
def test_a_certificate_without_readable_basic_four_is_bad_data(roots, changed) -> None:
    four = {last: text for last, text in (FOUR | changed).items() if text is not None}
    certificate = parse_certificate(SIGNER.but(four=four).made_by(roots["signature"]))
    with pytest.raises(BadCardData):
        holder_of(certificate)


def anything(data: bytes, anchors: CertificateAnchors) -> None:
    try:
        certificate = parse_certificate(data)
        check_certificate(certificate, SIGNATURE, anchors, NOW)
        check_answer(certificate, Verified(), CHALLENGE, data)
        holder_of(certificate)
    except AppError:
        return


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=300, deadline=None)
@given(noise=st.binary(max_size=600))
def test_no_bytes_raise_anything_but_a_typed_error(anchors: CertificateAnchors, noise: bytes) -> None:
    anything(noise, anchors)
    anything(b"\x30\x82" + len(noise).to_bytes(2, "big") + noise, anchors)


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=500, deadline=None)
@given(changes=st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=3)), max_size=4), cut=st.integers(0, 5000))
def test_no_damage_to_a_certificate_raises_anything_but_a_typed_error(anchors, roots, changes, cut) -> None:
    data = bytearray(_sound(roots))
    for at, new in changes:
        start = at % len(data)
        data[start : start + len(new)] = new
    anything(bytes(data[: max(cut % (2 * len(data)), 4)]), anchors)


_MADE: list[bytes] = []


def _sound(roots) -> bytes:
    if not _MADE:
        _MADE.append(SIGNER.made_by(roots["signature"]))
    return _MADE[0]
