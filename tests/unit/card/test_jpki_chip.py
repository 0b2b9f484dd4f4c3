"""公的個人認証AP of the virtual card: what opens what, every way to sign, changed codes, refused commands."""

import hashlib

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256, SHA384

from app.standin.cards.files import ATTRIBUTE_AID, JPKI_AID, SIGN_PASSWORD, USER_PIN
from app.standin.cards.jpki_files import SIGN_CERTIFICATE, SIGN_KEY, UNKNOWN, USER_CERTIFICATE, USER_KEY
from app.standin.cards.profiles import ADULT
from tests.support.cards import MakeCard
from tests.support.talk import Talk

TEXT = b"a text to sign"
DIGEST = hashlib.sha256(TEXT).digest()
DIGEST_INFO = bytes.fromhex("3031300D060960864801650304020105000420") + DIGEST
FREE = {0x02, 0x06, 0x08, 0x0A, 0x0B}
ALL = {1, *FREE}


@pytest.fixture
def talk(make: MakeCard) -> Talk:
    found = Talk(make("adult"))
    assert found.select(JPKI_AID) == "9000"
    return found


def readable(talk: Talk) -> set[int]:
    return {number for number in ALL if talk.read(number)[1] == "9000"}


def certificate(content: bytes) -> x509.Certificate:
    return x509.load_der_x509_certificate(content[: 4 + int.from_bytes(content[2:4], "big")])


def rsa_key(talk: Talk, number: int = USER_CERTIFICATE) -> RSAPublicKey:
    key = certificate(talk.read(number)[0]).public_key()
    assert isinstance(key, RSAPublicKey)
    return key


def bare_block(key: RSAPublicKey, signature: bytes) -> bytes:
    numbers = key.public_numbers()
    return pow(int.from_bytes(signature, "big"), numbers.e, numbers.n).to_bytes(256, "big")


def test_all_but_the_signature_certificate_is_free_and_the_password_opens_that(talk: Talk) -> None:
    assert readable(talk) == FREE
    assert talk.verify(USER_PIN, ADULT.pin) == "9000"
    assert readable(talk) == FREE
    assert talk.verify(SIGN_PASSWORD, ADULT.password) == "9000"
    assert readable(talk) == ALL


def test_files_of_unknown_purpose_exist_and_give_nothing(talk: Talk) -> None:
    assert {talk.read(number)[1] for number in UNKNOWN} == {"6981"}


@pytest.mark.parametrize(
    ("key", "code", "number", "of"),
    [
        (USER_KEY, ADULT.pin, USER_PIN, USER_CERTIFICATE),
        (SIGN_KEY, ADULT.password, SIGN_PASSWORD, SIGN_CERTIFICATE),
    ],
)
def test_each_key_signs_after_its_own_code_only_and_again_without_asking_anew(
    talk: Talk, key: int, code: str, number: int, of: int
) -> None:
    other = SIGN_PASSWORD if number == USER_PIN else USER_PIN
    assert talk.verify(other, ADULT.password if other == SIGN_PASSWORD else ADULT.pin) == "9000"
    assert talk.sign(DIGEST_INFO, key=key)[1] == "6982"
    assert talk.verify(number, code) == "9000"
    first, second = talk.sign(DIGEST_INFO, key=key), talk.sign(DIGEST_INFO, key=key)
    assert (first, second[1]) == (second, "9000")
    rsa_key(talk, of).verify(first[0], TEXT, PKCS1v15(), SHA256())


def test_the_way_to_sign_is_chosen_by_the_first_parameter(talk: Talk) -> None:
    talk.verify(USER_PIN, ADULT.pin)
    key = rsa_key(talk)
    pss = PSS(MGF1(SHA256()), 32)

    def signed(way: int, data: bytes) -> bytes:
        signature, status = talk.sign(data, way=way, key=USER_KEY)
        assert status == "9000"
        return signature

    assert bare_block(key, signed(0, b"any bytes")).endswith(b"\xff\x00any bytes")
    assert bare_block(key, signed(1, TEXT)).endswith(b"\xff\x00" + DIGEST)
    key.verify(signed(2, DIGEST), TEXT, PKCS1v15(), SHA256())
    key.verify(signed(3, TEXT), TEXT, PKCS1v15(), SHA256())
    key.verify(signed(4, DIGEST), TEXT, pss, SHA256())
    key.verify(signed(5, TEXT), TEXT, pss, SHA256())


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("802A060001 00 00", "6A86"),
        ("802A009700", "6700"),
        ("802A0097 01 00", "6700"),
        ("802A0097 F6" + "00" * 246 + "00", "6700"),
        ("802A0097 F5" + "00" * 245 + "00", "9000"),
        ("802A0297 1F" + "00" * 31 + "00", "6A80"),
        ("802A0098 01 00 00", "6981"),
        ("802A0000 01 00 00", "6986"),
        ("80AE0000 00", "66F1"),
        ("00840000 20", "9000"),
        ("00840000 00", "9000"),
        ("00840000 000200", "6700"),
        ("00840000", "6700"),
        ("00240198 04 31323334", "9000"),
        ("0024019B 08" + "41" * 8, "6982"),
        ("00240098 04 31323334", "6A86"),
        ("00240198", "6700"),
        ("00200198", "6A86"),
        ("00A4000C 02 3F00", "6A82"),
        ("00A40000", "9000"),
        ("00A4080C 02 0018", "6A86"),
        ("00A4020C 01 18", "6700"),
        ("01B08600 10", "6881"),
        ("08B08600 10", "69FC"),
        ("08A4020C 02 0018", "6882"),
        ("10B08600 10", "6E00"),
        ("00D00000 01 00", "6D00"),
        ("00CA0042 00", "6A88"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_status_word(talk: Talk, command: str, status: str) -> None:
    talk.verify(USER_PIN, ADULT.pin)
    assert talk.status(command) == status


@pytest.mark.parametrize(
    "command", ["00240180 04 31323334", "00200080", "00B00000 10", "00B20104 10", "802A0080 01 00 00"]
)
def test_a_command_to_the_current_file_needs_one(talk: Talk, command: str) -> None:
    assert talk.status(command) == "6986"


def test_random_numbers_come_as_long_as_wanted_and_never_twice(talk: Talk) -> None:
    sizes = {len(talk.send(f"00840000{wanted:02X}")[0]) for wanted in (8, 32, 0)}
    assert sizes == {8, 32, 256}
    assert talk.send("0084000020") != talk.send("0084000020")


@pytest.mark.parametrize(("aid", "number", "old"), [(JPKI_AID, 0x18, ADULT.pin), (ATTRIBUTE_AID, 0x11, ADULT.pin)])
def test_a_code_is_changed_after_the_old_one_was_right_in_this_selection(
    talk: Talk, aid: bytes, number: int, old: str
) -> None:
    new = f"00240180 04 {b'7391'.hex()}"
    talk.select(aid)
    talk.status(f"00A4020C02{number:04X}")
    assert talk.status(new) == "6982"
    assert talk.verify(number, old) == "9000"
    assert talk.status(new) == "9000"
    talk.select(aid)
    assert talk.verify(number, old) == "63C2"
    assert talk.verify(number, "7391") == "9000"


def test_the_small_applications_change_their_codes_in_their_own_way(make: MakeCard) -> None:
    from app.standin.cards.small_files import COMMON_AID, COMMON_PIN

    talk = Talk(make("adult"))
    talk.select(COMMON_AID)
    assert talk.status("8032009C 04 37333931") == "6982"
    talk.verify(COMMON_PIN, ADULT.pin)
    assert talk.status("8032009C 04 37333931") == "9000"
    assert talk.verify(COMMON_PIN, "7391") == "9000"


def test_a_card_of_the_next_generation_signs_with_its_own_algorithm(make: MakeCard) -> None:
    talk = Talk(make("next_generation"))
    talk.select(JPKI_AID)
    talk.verify(USER_PIN, ADULT.pin)
    made = certificate(talk.read(USER_CERTIFICATE)[0])
    key, digest = made.public_key(), hashlib.sha384(TEXT).digest()
    assert isinstance(key, EllipticCurvePublicKey)
    assert isinstance(made.signature_hash_algorithm, SHA384)
    for way, data in ((0, digest), (2, digest), (3, TEXT)):
        key.verify(talk.sign(data, way=way, key=USER_KEY)[0], digest, ECDSA(Prehashed(SHA384())))
    assert talk.sign(digest, way=4, key=USER_KEY)[1] == "6985"
    assert talk.sign(DIGEST, way=0, key=USER_KEY)[1] == "6A80"


def test_a_card_of_the_next_generation_has_one_pin_with_one_counter_for_both_applications(make: MakeCard) -> None:
    talk = Talk(make("next_generation"))
    talk.select(JPKI_AID)
    assert talk.verify(USER_PIN, "0000") == "63C2"
    talk.select(ATTRIBUTE_AID)
    assert talk.tries(0x11) == "63C2"
    assert talk.verify(0x11, ADULT.pin) == "9000"
    talk.select(JPKI_AID)
    assert talk.tries(USER_PIN) == "63C3"
