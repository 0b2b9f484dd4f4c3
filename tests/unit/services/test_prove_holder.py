"""Proving by certificate: what a PIN or password gives, what is sent to the card, and what is never sent."""

import threading
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.card.given import GivenReaders
from app.domain.certificate import KEY_NOT_USED, Purpose, Standing
from app.domain.clock import SystemClock
from app.domain.names import Agreement, NameFolder, parse_variants
from app.domain.person import Sex
from app.domain.substitutes import compare_marked_names
from app.domain.verdict import Failed, NotChecked, Verified
from app.errors import (
    BadFormat,
    CardCancelled,
    CardRemoved,
    CertificateAbsent,
    CodeBlocked,
    LastTry,
    NotAllowed,
    NotThisCard,
    PadFailed,
    SessionEnded,
    Unreachable,
    WrongCode,
)
from app.services.card_port import Insertion, Progress, Stage, TriesLeft, Watch
from app.services.jpki_port import TokenKind
from app.services.ports.validity import RevocationAnswer
from app.services.prove_holder import HolderProof, ProveHolder
from app.standin.cards.faults import Faults
from app.standin.cards.files import JPKI_AID
from app.standin.cards.jpki_files import SIGN_PASSWORD, USER_PIN
from app.standin.cards.profiles import ADULT, RARE_NAME
from app.trust.certificate_anchors import CertificateAnchors
from app.trust.certificates import parse_certificate
from tests.support.cards import RESOURCES, key_of
from tests.support.proving import ASKING, DAY, GOOD, Keeping, KnowingOffice, prover, verifies

READER = "training reader"
Prove = Callable[[Insertion], HolderProof]


@pytest.fixture
def readers() -> Iterator[GivenReaders]:
    found = GivenReaders((READER,), SystemClock(), silence_s=2)
    yield found
    found.close()


@pytest.fixture
def office() -> KnowingOffice:
    return KnowingOffice()


@pytest.fixture
def prove(readers: GivenReaders, office: KnowingOffice, certificate_anchors: CertificateAnchors) -> ProveHolder:
    return prover(readers, office, certificate_anchors)


def by_pin(prove: ProveHolder, at: Insertion, entry: str | None = ADULT.pin, **more) -> HolderProof:
    return prove.by_user_pin(at, entry, ASKING, **more)


def by_password(prove: ProveHolder, at: Insertion, entry: str = ADULT.password, **more) -> HolderProof:
    return prove.by_sign_password(at, entry, ASKING, **more)


def test_the_pin_proves_that_the_holder_of_the_certificate_s_key_is_here(readers, prove, office, holder_card) -> None:
    chip = holder_card("adult")
    proof = by_pin(prove, readers.put(READER, chip))
    assert dict(proof.verdicts.named()) == dict.fromkeys(
        ("issuer", "dates", "purpose", "chip", "revocation"), Verified()
    )
    assert proof.standing is Standing.CONFIRMED
    assert (proof.token, proof.purpose) == (TokenKind.CARD, Purpose.USER_AUTHENTICATION)
    assert proof.revoked == GOOD
    assert proof.holder is None
    assert len(office.asked) == 1
    assert chip.power[-1] == "down"


def test_the_challenge_takes_twelve_commands_and_selects_no_file(readers, prove, holder_card) -> None:
    chip = holder_card("adult")
    proof = by_pin(prove, readers.put(READER, chip))
    assert proof.timing.traffic.commands == len(chip.log) == 12
    assert [apdu[1] for apdu in chip.log] == [0xA4, 0xB0, 0x20, *[0xB0] * 7, 0x20, 0x2A]


def test_each_challenge_is_another(readers, prove, holder_card) -> None:
    signed = set()
    for _ in range(2):
        chip = holder_card("adult")
        by_pin(prove, readers.put(READER, chip))
        signed.add(chip.log[-1])
    assert len(signed) == 2


def test_the_password_gives_the_basic_four_and_its_key_signs_nothing(readers, prove, holder_card) -> None:
    chip = holder_card("adult")
    proof = by_password(prove, readers.put(READER, chip))
    assert proof.holder is not None
    holder = proof.holder
    four = (holder.name.text, holder.address.text, holder.birth, holder.sex)
    assert four == (ADULT.name, ADULT.address, ADULT.birth, Sex.MALE)
    assert proof.verdicts.chip == KEY_NOT_USED
    assert proof.standing is Standing.CONFIRMED
    assert 0x2A not in [apdu[1] for apdu in chip.log]
    assert proof.timing.traffic.commands == 12


def test_a_replaced_glyph_comes_with_its_mark_and_can_not_disagree(readers, prove, holder_card) -> None:
    proof = by_password(prove, readers.put(READER, holder_card("rare_name")), RARE_NAME.password)
    assert proof.holder is not None
    name = proof.holder.name
    assert (name.text, name.replaced[0], name.marks_fit) == ("葛城　𠮷子", True, True)
    folder = NameFolder(parse_variants(tomllib.loads((RESOURCES / "tables/variants.toml").read_text("utf-8"))))
    assert compare_marked_names(name, RARE_NAME.name, folder) is Agreement.SHRUNK
    assert compare_marked_names(name, "葛\U000e0100城　𠮷代", folder) is Agreement.DIFFERENT


@pytest.mark.parametrize("profile", ["older_authority", "next_generation", "unlinked_certificate", "whole_chunks"])
def test_every_generation_of_authority_and_kind_of_key_is_proven(readers, prove, holder_card, profile) -> None:
    chip = holder_card(profile)
    assert by_pin(prove, readers.put(READER, chip)).standing is Standing.CONFIRMED
    assert by_password(prove, readers.put(READER, chip)).standing is Standing.CONFIRMED


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (Unreachable(), "revocation_unreachable"),
        (NotAllowed(), "revocation_refused"),
        (SessionEnded(), "revocation_refused"),
    ],
)
def test_without_an_answer_about_revocation_nothing_is_called_valid(
    readers, prove, office, holder_card, trouble, reason
) -> None:
    office.trouble = trouble
    proof = by_pin(prove, readers.put(READER, holder_card("adult")))
    assert proof.verdicts.revocation == NotChecked(reason)
    assert proof.revoked.as_of is None
    assert proof.standing is Standing.REVOCATION_UNKNOWN


def test_a_revoked_certificate_is_refused_with_the_list_s_time(readers, prove, office, holder_card) -> None:
    office.answer = RevocationAnswer(Failed("certificate_revoked"), DAY - timedelta(hours=2), "crl")
    proof = by_pin(prove, readers.put(READER, holder_card("adult")))
    assert proof.verdicts.revocation == Failed("certificate_revoked")
    assert proof.revoked.as_of == DAY - timedelta(hours=2)
    assert proof.standing is Standing.REFUSED


def test_a_certificate_ends_on_its_last_second_by_the_office_s_clock(
    readers, office, certificate_anchors, holder_card
) -> None:
    chip = holder_card("adult")
    end = by_pin(prover(readers, office, certificate_anchors), readers.put(READER, chip)).period.last
    for at, verdict in ((end, Verified()), (end + timedelta(seconds=1), Failed("certificate_expired"))):
        proof = by_pin(prover(readers, office, certificate_anchors, at), readers.put(READER, chip))
        assert proof.verdicts.dates == verdict
    early = prover(readers, office, certificate_anchors, datetime(2026, 3, 31, tzinfo=UTC))
    assert by_pin(early, readers.put(READER, chip)).verdicts.dates == Failed("certificate_not_yet_valid")


def test_without_its_authority_a_certificate_is_unproven_and_not_forged(readers, office, holder_card) -> None:
    nobody = CertificateAnchors(production=False)
    proof = by_pin(prover(readers, office, nobody), readers.put(READER, holder_card("adult")))
    assert proof.verdicts.issuer == NotChecked("certificate_issuer_unknown")
    assert proof.standing is Standing.REFUSED or proof.standing is Standing.UNPROVEN


def test_a_training_card_is_refused_by_name_in_production(readers, office, holder_card) -> None:
    proof = by_pin(
        prover(readers, office, CertificateAnchors(production=True)), readers.put(READER, holder_card("adult"))
    )
    assert proof.verdicts.issuer == Failed("certificate_test_hierarchy")
    assert proof.standing is Standing.REFUSED


def test_a_chip_with_another_key_is_a_copy(readers, prove, holder_card) -> None:
    chip = holder_card("adult")
    chip.faults.answers = {11: lambda answer: (answer[0][:-1] + bytes([answer[0][-1] ^ 1]), answer[1])}
    proof = by_pin(prove, readers.put(READER, chip))
    assert proof.verdicts.chip == Failed("card_copied")
    assert proof.standing is Standing.REFUSED


def test_a_child_has_no_signature_certificate_and_is_told_before_the_password_is_sent(
    readers, prove, holder_card
) -> None:
    chip = holder_card("child")
    key_of(chip, JPKI_AID, SIGN_PASSWORD).left = 5
    with pytest.raises(CertificateAbsent):
        by_password(prove, readers.put(READER, chip))
    assert verifies(chip) == []
    assert by_pin(prove, readers.put(READER, chip)).standing is Standing.CONFIRMED


@pytest.mark.parametrize(
    ("profile", "kind", "standing"),
    [
        ("android", TokenKind.ANDROID, Standing.CONFIRMED),
        ("iphone", TokenKind.IPHONE, Standing.CONFIRMED),
        ("resident_card", TokenKind.OLD_CARD, Standing.REFUSED),
    ],
)
def test_a_phone_is_told_and_gives_its_certificate_after_the_pin(
    readers, prove, holder_card, profile, kind, standing
) -> None:
    chip = holder_card(profile)
    proof = by_pin(prove, readers.put(READER, chip))
    assert (proof.token, proof.standing) == (kind, standing)
    assert len(verifies(chip)) == 1


def test_tries_are_asked_without_spending_any(readers, prove, holder_card) -> None:
    chip = holder_card("adult")
    keys = prove.tries(readers.put(READER, chip))
    assert (keys.user_pin, keys.sign_password, keys.token) == (TriesLeft(3), TriesLeft(5), TokenKind.CARD)
    assert verifies(chip) == []


@pytest.mark.parametrize(("number", "way", "most"), [(USER_PIN, by_pin, 3), (SIGN_PASSWORD, by_password, 5)])
def test_wrong_codes_count_down_the_last_needs_confirming_and_a_blocked_key_is_never_asked(
    readers, prove, holder_card, number, way, most
) -> None:
    chip = holder_card("adult")
    at = readers.put(READER, chip)
    wrong = "9999" if number == USER_PIN else "WRONG999"
    for left in range(most - 1, 0, -1):
        with pytest.raises(WrongCode) as told:
            way(prove, at, wrong)
        assert told.value.left == left
    sent = len(verifies(chip))
    with pytest.raises(LastTry):
        way(prove, at, wrong)
    assert len(verifies(chip)) == sent
    with pytest.raises(CodeBlocked):
        way(prove, at, wrong, last_try_confirmed=True)
    assert key_of(chip, JPKI_AID, number).left == 0
    sent = len(verifies(chip))
    for confirmed in (True, False):
        with pytest.raises(CodeBlocked):
            way(prove, at, last_try_confirmed=confirmed)
    assert len(verifies(chip)) == sent


def test_the_last_try_confirmed_and_right_restores_the_counter(readers, prove, holder_card) -> None:
    chip = holder_card("adult")
    key_of(chip, JPKI_AID, USER_PIN).left = 1
    at = readers.put(READER, chip)
    assert by_pin(prove, at, last_try_confirmed=True).standing is Standing.CONFIRMED
    assert key_of(chip, JPKI_AID, USER_PIN).left == 3


@pytest.mark.parametrize(
    ("way", "entry", "field"),
    [
        (by_pin, "", "pin_length"),
        (by_pin, "12345", "pin_length"),
        (by_pin, " 123", "pin_digits"),
        (by_password, "AB123", "sign_password_length"),
        (by_password, "A" * 16 + "1", "sign_password_length"),
        (by_password, "ABC 123", "sign_password_characters"),
        (by_password, "TEST1234 ", "sign_password_characters"),
        (by_password, "TESTÄ123", "sign_password_characters"),
        (by_password, "ABCDEF", "sign_password_mix"),
        (by_password, "123456", "sign_password_mix"),
    ],
)
def test_an_entry_of_wrong_form_never_reaches_the_card(readers, prove, holder_card, way, entry, field) -> None:
    chip = holder_card("adult")
    at = readers.put(READER, chip)
    with pytest.raises(BadFormat) as told:
        way(prove, at, entry)
    assert told.value.data == {"field": field}
    assert chip.log == []


@pytest.mark.parametrize("entry", ["test1234", "ＴＥＳＴ１２３４", "ｔest１２３４"])
def test_small_and_full_width_letters_become_what_the_card_knows(readers, prove, holder_card, entry) -> None:
    chip = holder_card("adult")
    assert by_password(prove, readers.put(READER, chip), entry).standing is Standing.CONFIRMED
    assert verifies(chip)[0].endswith(b"TEST1234")


@pytest.mark.parametrize("way", [by_pin, by_password])
def test_taken_away_at_any_command_it_is_removed_and_a_lost_code_is_never_sent_again(
    readers, prove, office, holder_card, way
) -> None:
    for answered in range(12):
        chip = holder_card("adult")
        chip.faults = Faults(pull_after=answered)
        with pytest.raises(CardRemoved) as lost:
            way(prove, readers.put(READER, chip))
        during_verify = chip.log[-1][1] == 0x20 and len(chip.log[-1]) > 4
        assert lost.value.data == ({"during": "verify"} if during_verify else {})
        assert len(verifies(chip)) <= 1
        assert len(chip.log) == answered + 1
    assert office.asked == []
    assert way(prove, readers.put(READER, holder_card("adult"))).standing is Standing.CONFIRMED


@pytest.mark.parametrize("way", [by_pin, by_password])
def test_cancelled_before_the_code_nothing_is_spent_and_power_is_taken(readers, prove, holder_card, way) -> None:
    for allowed in range(12):
        chip = holder_card("adult")
        with pytest.raises(CardCancelled):
            way(prove, readers.put(READER, chip), watch=Watch(cancelled=lambda: len(chip.log) >= allowed))  # noqa: B023
        assert len(chip.log) == allowed
        assert chip.power[-1] == "down"


def test_a_card_whose_holder_wanted_no_certificate_says_so(readers, prove, holder_card) -> None:
    chip = holder_card("no_certificates")
    with pytest.raises(CertificateAbsent) as told:
        by_pin(prove, readers.put(READER, chip))
    assert told.value.data == {"purpose": "user_authentication"}
    assert verifies(chip) == []


def test_a_card_without_codes_is_blocked_and_is_not_asked(readers, prove, holder_card) -> None:
    chip = holder_card("no_pin")
    with pytest.raises(CodeBlocked):
        by_pin(prove, readers.put(READER, chip))
    assert verifies(chip) == []


def test_progress_tells_certificate_and_proving(readers, prove, holder_card) -> None:
    told: list[Progress] = []
    by_pin(prove, readers.put(READER, holder_card("adult")), watch=Watch(progress=told.append))
    stages = list(dict.fromkeys(each.stage for each in told))
    assert stages == [Stage.CONNECTING, Stage.CERTIFICATE, Stage.PROVING]
    assert [each.read for each in told if each.total] == [512, 768, 1024, 1280, 1536, 1583]


def test_a_card_without_the_application_is_not_this_card(readers, prove, holder_card) -> None:
    chip = holder_card("adult")
    bare = replace(chip, applications=tuple(one for one in chip.applications if one.aid != JPKI_AID))
    with pytest.raises(NotThisCard):
        by_pin(prove, readers.put(READER, bare))


def test_on_a_reader_without_a_pad_nothing_is_sent(readers, prove, holder_card) -> None:
    chip = holder_card("adult")
    with pytest.raises(PadFailed):
        by_pin(prove, readers.put(READER, chip), None)
    assert verifies(chip) == []


def test_no_secret_no_certificate_and_no_serial_stays_in_what_is_returned_or_logged(
    readers, prove, office, holder_card, caplog
) -> None:
    with caplog.at_level("DEBUG"):
        proof = by_password(prove, readers.put(READER, holder_card("adult")))
    said = repr(proof) + "".join(str(record.__dict__) for record in caplog.records)
    (der,) = office.asked
    serial = parse_certificate(der).parsed.serial_number
    assert caplog.records
    for secret in (ADULT.password, ADULT.name, str(serial), f"{serial:x}", f"{serial:X}", der[:40].hex()):
        assert secret not in said


@pytest.mark.parametrize(("way", "entry"), [(by_pin, ADULT.pin), (by_pin, "9999"), (by_password, ADULT.password)])
def test_a_code_is_overwritten_after_its_use_whatever_came_of_it(
    readers, office, certificate_anchors, holder_card, way, entry
) -> None:
    keeping = Keeping(readers)
    prove = prover(keeping, office, certificate_anchors)
    with suppress(WrongCode):
        way(prove, readers.put(READER, holder_card("adult")), entry)
    assert [set(each.reveal()) for each in keeping.kept] == [{0}]


def test_two_askers_take_turns(readers, prove, holder_card) -> None:
    at = readers.put(READER, holder_card("adult"))
    found: list[HolderProof] = []
    threads = [threading.Thread(target=lambda: found.append(by_pin(prove, at))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert [proof.standing for proof in found] == [Standing.CONFIRMED] * 2
