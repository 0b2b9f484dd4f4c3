"""The training office's cards: what each bears, whose certificates, and how they differ from real ones on purpose."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from app.card.given import GivenReaders
from app.domain.certificate import Purpose
from app.domain.clock import SystemClock, SystemRandom
from app.domain.verdict import Failed, NotChecked, Verified
from app.errors import CodeBlocked, NotThisCard
from app.services.card_port import Proof
from app.services.read_card import ReadCard
from app.standin.cards.authority import TrainingAuthority, found
from app.standin.cards.chip import Chip, DataFile, KeyFile
from app.standin.cards.drawing import Drawing
from app.standin.cards.files import ATTRIBUTE_AID, FACE_AID, JPKI_AID, PIN
from app.standin.cards.jpki_authority import GENERATIONS, POLICIES, SIGNATURE, USER
from app.standin.cards.jpki_files import SIGN_AUTHORITY, SIGN_CERTIFICATE, USER_AUTHORITY, USER_CERTIFICATE
from app.standin.cards.profiles import ADULT, ALIAS, HOLDERS, LONG_ADDRESS, RARE_NAME, SETTLED, make_card
from app.standin.cards.residence import DF1
from app.standin.cards.small_files import COMMON_AID, REGISTER_AID
from app.standin.cards.special_residence import RESIDENCE_AID
from app.trust.card_proof import CardAnchors, load_anchors
from app.trust.card_proof import check_certificate as check_card_certificate
from app.trust.certificate_anchors import load_certificate_anchors
from app.trust.certificates import check_certificate, parse_certificate
from tests.support.cards import RESOURCES, MakeCard
from tests.support.talk import Talk

NAMED = ("adult", "moved", "lost", "rare_name")
FIELDS = "1.2.392.200149.8.5.5."


def certificate(chip: Chip, number: int) -> x509.Certificate:
    content = chip.application(JPKI_AID).files[number].content  # type: ignore[union-attr]
    return x509.load_der_x509_certificate(content[: 4 + int.from_bytes(content[2:4], "big")])


def der_size(chip: Chip, number: int) -> int:
    content = chip.application(JPKI_AID).files[number].content  # type: ignore[union-attr]
    return 4 + int.from_bytes(content[2:4], "big")


def personal(chip: Chip) -> dict[str, str]:
    """The six fields of the signature certificate in their order, by the last number of their identifier."""
    names = certificate(chip, SIGN_CERTIFICATE).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    found = {}
    for other in names.get_values_for_type(x509.OtherName):
        assert other.value[0] == 0x0C
        start = 3 if other.value[1] == 0x81 else 2
        found[other.type_id.dotted_string.removeprefix(FIELDS)] = other.value[start:].decode()
    return found


def test_every_profile_is_made_quickly_and_bears_its_holders_data(make: MakeCard) -> None:
    times = []
    for name, holder in HOLDERS.items():
        began = time.process_time()
        chip = make(name)
        times.append(time.process_time() - began)
        with_face = [each.aid for each in chip.applications if each.aid == ATTRIBUTE_AID]
        if with_face and name != "no_pin":
            pin = chip.application(ATTRIBUTE_AID).files[PIN]
            assert isinstance(pin, KeyFile)
            assert pin.code == holder.pin.encode()
    assert sorted(times)[len(times) // 2] < 0.3


GENUINE = Proof(Verified(), Verified(), Verified())
ALTERED, UNPROVEN = Failed("card_record_altered"), NotChecked("card_key_unproven")
JUDGED = {
    "unknown_issuer": Proof(NotChecked("card_issuer_unknown"), Verified(), Verified()),
    "altered_photo": Proof(Verified(), ALTERED, UNPROVEN),
    "altered_text": Proof(Verified(), ALTERED, Verified()),
    "copied": Proof(Verified(), Verified(), Failed("card_did_not_sign")),
    "other_chip": Proof(Verified(), Verified(), Failed("card_copied")),
}
"""How cards that are not sound are judged; all others are genuine."""
UNREADABLE = {"blocked": CodeBlocked, "android": NotThisCard, "iphone": NotThisCard, "resident_card": NotThisCard}


@pytest.fixture(scope="module")
def readers() -> Iterator[GivenReaders]:
    found = GivenReaders(("counter",), SystemClock())
    yield found
    found.close()


@pytest.mark.parametrize("name", HOLDERS)
def test_every_profile_is_read_and_judged_at_the_counter_by_the_code_on_its_face(
    name: str, make: MakeCard, readers: GivenReaders, test_anchors: CardAnchors
) -> None:
    holder, at = HOLDERS[name], readers.put("counter", make(name))
    use = ReadCard(readers, test_anchors, clock=SystemClock(), random=SystemRandom())
    if name in UNREADABLE:
        with pytest.raises(UNREADABLE[name]):
            use.by_code_b(at, holder.code_b)
        return
    found = use.by_code_b(at, holder.code_b)
    assert found.proof == JUDGED.get(name, GENUINE)
    assert (found.four.name, found.four.birth, found.four.sex) == (holder.name, holder.birth, holder.sex)
    assert (found.four.address == holder.address) is (name != "altered_text")
    assert found.photo is not None
    assert found.expiry is not None
    assert (found.expiry.day, found.expiry.year_agrees) == (holder.expiry, True)


def test_no_training_certificate_is_named_like_a_real_one(make: MakeCard, authority: TrainingAuthority) -> None:
    roots = [each.certificate for each in authority.jpki.authorities.values()]
    leaves = [certificate(make("adult"), number) for number in (SIGN_CERTIFICATE, USER_CERTIFICATE)]
    for each in (*roots, *leaves):
        organisations = each.issuer.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
        assert [str(name.value) for name in organisations] == ["TEST-NOT-JPKI"]


@pytest.mark.parametrize("purpose", [USER, SIGNATURE])
def test_generations_of_an_authority_share_a_name_and_differ_in_keys(
    authority: TrainingAuthority, purpose: str
) -> None:
    roots = [authority.jpki.authority(purpose, name).certificate for name in GENERATIONS]
    assert len({root.subject.rfc4514_string() for root in roots}) == 1
    assert len({root.public_key().public_numbers() for root in roots}) == len(roots)  # type: ignore[union-attr]
    for root in roots:
        kinds = {extension.oid.dotted_string for extension in root.extensions}
        assert kinds == {"2.5.29.15", "2.5.29.19", "2.5.29.14", "2.5.29.17", "2.5.29.31"}
        root.verify_directly_issued_by(root)


@pytest.mark.parametrize(
    ("profile", "generation"),
    [
        ("adult", "2"),
        ("older_authority", "1"),
        ("expired", "1"),
        ("next_generation", "next"),
        ("expired_certificate", "1"),
    ],
)
def test_a_leaf_was_made_by_the_authority_of_its_day_and_the_card_carries_that(
    make: MakeCard, authority: TrainingAuthority, profile: str, generation: str
) -> None:
    chip = make(profile)
    for purpose, leaf, root in (
        (USER, USER_CERTIFICATE, USER_AUTHORITY),
        (SIGNATURE, SIGN_CERTIFICATE, SIGN_AUTHORITY),
    ):
        made_by = authority.jpki.authority(purpose, generation).certificate
        assert certificate(chip, root) == made_by
        found = certificate(chip, leaf)
        found.verify_directly_issued_by(made_by)
        assert made_by.not_valid_before_utc < found.not_valid_before_utc
        policies = found.extensions.get_extension_for_class(x509.CertificatePolicies).value
        assert [each.policy_identifier.dotted_string for each in policies] == [POLICIES[purpose]]


def test_the_user_certificate_names_nobody_and_the_signature_certificate_the_place(make: MakeCard) -> None:
    chip = make("adult")
    user, signature = certificate(chip, USER_CERTIFICATE), certificate(chip, SIGN_CERTIFICATE)
    assert [each.oid for each in user.subject] == [NameOID.COUNTRY_NAME, NameOID.COMMON_NAME]
    assert [str(each.value) for each in signature.subject][1:3] == ["Kaku-ken", "Mihon-shi"]
    assert not any(isinstance(each.value, x509.SubjectAlternativeName) for each in user.extensions)


def test_six_fields_stand_in_the_order_of_real_certificates(make: MakeCard) -> None:
    fields = personal(make("adult"))
    assert "".join(fields) == "143526"
    assert fields == {
        "1": ADULT.name,
        "4": "319880517",
        "3": "1",
        "5": ADULT.address,
        "2": "0" * 5,
        "6": "0" * len(ADULT.address),
    }


def test_a_replaced_glyph_is_marked_and_rare_characters_and_selectors_are_kept(make: MakeCard) -> None:
    fields = personal(make("rare_name"))
    assert RARE_NAME.name == "葛\U000e0100城　\U00020bb7子"
    assert (fields["1"], fields["2"]) == ("葛城　\U00020bb7子", "10000")
    assert "\U000e0100" in fields["5"]
    assert set(fields["6"]) == {"0"}


def test_a_long_address_stands_whole_in_the_certificate(make: MakeCard) -> None:
    fields = personal(make("long_address"))
    assert (fields["5"], len(fields["6"])) == (LONG_ADDRESS.address, len(LONG_ADDRESS.address))
    assert len(fields["5"].encode()) > 200


@pytest.mark.parametrize(("profile", "birth"), [("foreign", "019960229"), ("rare_name", "419930409")])
def test_a_birth_date_carries_the_era_it_was_registered_in_or_none(make: MakeCard, profile: str, birth: str) -> None:
    assert personal(make(profile))["4"] == birth


def test_a_resident_with_an_alias_bears_the_latin_name_and_the_alias(make: MakeCard) -> None:
    assert personal(make("foreign_alias"))["1"] == ALIAS.name
    assert ALIAS.name.startswith("SAMPLE ")
    assert "（" in ALIAS.name


@pytest.mark.parametrize(("profile", "sizes"), [("adult", (1583, 1742)), ("whole_chunks", (1792, 2048))])
def test_certificates_are_as_long_as_real_ones_or_exactly_whole_chunks(
    make: MakeCard, profile: str, sizes: tuple[int, int]
) -> None:
    chip = make(profile)
    assert tuple(der_size(chip, number) for number in (USER_CERTIFICATE, SIGN_CERTIFICATE)) == sizes


def test_a_certificate_ends_with_its_holders_fifth_birthday_or_with_the_card(make: MakeCard) -> None:
    ends = {name: certificate(make(name), USER_CERTIFICATE).not_valid_after_utc for name in ("adult", "moved")}
    assert ends["adult"] == datetime(2030, 5, 17, 14, 59, 59, tzinfo=UTC)
    assert ends["moved"] == datetime(2029, 12, 24, 14, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(("profile", "is_linked"), [("adult", True), ("unlinked_certificate", False)])
def test_leaves_come_with_and_without_the_key_of_their_authority(
    make: MakeCard, profile: str, *, is_linked: bool
) -> None:
    extensions = certificate(make(profile), USER_CERTIFICATE).extensions
    assert any(isinstance(each.value, x509.AuthorityKeyIdentifier) for each in extensions) is is_linked


def test_a_certificates_number_is_the_same_each_time_the_card_is_made_so_that_a_list_can_name_it(
    make: MakeCard,
) -> None:
    first, again = ({certificate(make(name), SIGN_CERTIFICATE).serial_number for name in NAMED} for _ in range(2))
    assert first == again
    assert len(first) == len(NAMED)


def test_the_card_tells_number_municipality_and_expiry_in_one_record(make: MakeCard) -> None:
    talk = Talk(make("adult"))
    talk.select(COMMON_AID)
    for command in ("00B2010C00", "00B2010400"):
        if command.endswith("0400"):
            talk.status("00A4020C020001")
        record, status = talk.send(command)
        assert (record[:2].hex(), len(record), status) == ("011c", 30, "9000")
        assert record[17:].decode() == f"{ADULT.municipality}{ADULT.expiry:%Y%m%d}"
    assert talk.status("00B2020C00") == "6A83"
    assert talk.status("00B2010D00") == "6A86"
    assert (talk.select(REGISTER_AID), talk.tries(0x1C)) == ("9000", "63C3")


def test_the_common_application_signs_a_challenge_without_a_code(make: MakeCard) -> None:
    talk = Talk(make("adult"))
    talk.select(COMMON_AID)
    signature, status = talk.send(f"00880099 10 {bytes(range(16)).hex()} 00")
    assert (len(signature), status) == (256, "9000")


def test_the_card_itself_answers_before_any_application_is_selected(make: MakeCard) -> None:
    talk = Talk(make("adult"))
    assert talk.send("00CA00F000") == (bytes.fromhex("F005") + ADULT.municipality.encode(), "9000")
    assert talk.send("00CA5F5100")[0].hex() == "5f5108e000ff8131fe4514"
    assert talk.status("00CA7F2100") == "6700"
    assert len(talk.send("00CA7F21000000")[0]) == 568
    assert talk.status("00CA123400") == "6A88"
    talk.select(FACE_AID)
    assert talk.status("00CA00F000") == "6A88"


def test_an_application_is_found_by_the_beginning_of_its_name_and_the_next_by_asking_on(make: MakeCard) -> None:
    talk, prefix = Talk(make("adult")), "D39210003100010104"
    assert talk.status(f"00A4040C09{prefix}") == "9000"
    assert talk.status("00A4020C020002") == "9000"
    assert talk.tries(0x13) == "63CA"
    assert talk.status(f"00A4040E09{prefix}") == "9000"
    assert talk.tries(0x11) == "63C3"
    assert [talk.status(f"00A4040E09{prefix}") for _ in range(2)] == ["9000", "6A82"]
    assert talk.status("00A4040C04D3921000") == "6A82"


def test_a_special_residence_card_is_a_my_number_card_with_one_more_application(make: MakeCard) -> None:
    talk = Talk(make("special_residence"))
    assert talk.select(RESIDENCE_AID) == "9000"
    assert talk.send("00B08A0010")[0] == b"\xc1\x0207"
    assert talk.select(DF1) == "9000"
    assert talk.status("00B0810010") != "9000"
    assert talk.select(ATTRIBUTE_AID) == "9000"
    assert talk.verify(PIN, SETTLED.pin) == "9000"
    assert SETTLED.name.encode() in talk.read(2)[0]
    assert talk.status("00B08A0010") == "6A82"
    talk.card.power_down()
    assert talk.status("00B08A0010") == "6A82"


def test_copies_of_a_special_residence_card_do_not_share_what_is_open_in_it(make: MakeCard) -> None:
    chip = make("special_residence")
    first, second = Talk(chip), Talk(replace(chip, log=[]))
    for each in (first, second):
        each.select(RESIDENCE_AID)
    first.select(DF1)
    assert second.send("00B08A0010")[0] == b"\xc1\x0207"


def test_the_training_authorities_can_be_made_anew_and_their_cards_are_proven_under_the_new_anchors(
    tmp_path: Path, drawing: Drawing
) -> None:
    found(tmp_path / "private", tmp_path / "anchors", "a service", chips=2)
    (tmp_path / "anchors/jpki/test/policies.toml").write_bytes(
        (RESOURCES / "anchors/jpki/test/policies.toml").read_bytes()
    )
    chip = make_card("adult", TrainingAuthority.load(tmp_path / "private"), drawing)
    anchors = load_anchors(tmp_path / "anchors", production=False)
    record = chip.application(FACE_AID).files[4]
    assert isinstance(record, DataFile)
    assert check_card_certificate(record.content, anchors).issuer == Verified()
    jpki = load_certificate_anchors(tmp_path / "anchors", production=False)
    content = chip.application(JPKI_AID).files[USER_CERTIFICATE]
    assert isinstance(content, DataFile)
    leaf = parse_certificate(content.content[: der_size(chip, USER_CERTIFICATE)])
    verdicts = check_certificate(leaf, Purpose.USER_AUTHENTICATION, jpki, datetime(2027, 1, 1, tzinfo=UTC))
    assert (verdicts.issuer, verdicts.dates, verdicts.purpose) == (Verified(), Verified(), Verified())
