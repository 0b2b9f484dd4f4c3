"""OpenSC as it is, a program that knows nothing of ours, finds in the virtual card what it finds in a real one."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509

from app.standin.cards.chip import Chip
from app.standin.cards.files import JPKI_AID, SIGN_PASSWORD, USER_PIN
from tests.support.cards import MakeCard, VirtualReader, key_of
from tests.support.pcscd import Pcscd
from tests.support.process import program, wait_for

pytestmark = pytest.mark.card

CA, USER, SIGNATURE = "TEST-NOT-JPKI", "1", "2"
USER_TOKEN, SIGN_TOKEN = "JPKI (User Authentication PIN)", "JPKI (Digital Signature PIN)"
ONLY_JPKI = {"OPENSC_DRIVER": "jpki"}


class OpenSc:
    """The tools of OpenSC at one virtual reader."""

    def __init__(self, pcscd: Pcscd, reader: str, room: Path) -> None:
        self.reader = reader
        self.room = room
        (room / "opensc.conf").write_text(
            "app default { reader_driver pcsc { disconnect_action = reset; } "
            f"ignored_readers = {', '.join(repr(each) for each in pcscd.ports if each != reader)}; "
            "framework pkcs15 { use_file_caching = no; } }".replace("'", '"')
        )
        self._environment = {**pcscd.environment, "OPENSC_CONF": str(room / "opensc.conf")}

    def run(self, tool: str, *words: str, probing: bool = False) -> subprocess.CompletedProcess[str]:
        environment = self._environment | ({} if probing else ONLY_JPKI)
        command = [program(tool), *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)

    def sees_a_card(self) -> bool:
        return "Yes" in self.run("opensc-tool", "--list-readers").stdout

    def wait_until_empty(self) -> None:
        """A card laid down before pcscd has seen that the last one is gone would be taken for it."""
        wait_for(lambda: not self.sees_a_card(), "the reader to be empty")

    def sign(self, token: str, key: str, pin: str) -> subprocess.CompletedProcess[str]:
        (self.room / "text").write_bytes(b"a text to sign")
        words = ("--token-label", token, "--login", "--pin", pin, "--sign", "--id", key, "-m", "SHA256-RSA-PKCS")
        files = ("-i", str(self.room / "text"), "-o", str(self.room / "signature"))
        return self.run("pkcs11-tool", *words, *files)

    def certificate(self, number: str, *words: str) -> str:
        done = self.run("pkcs15-tool", "--read-certificate", number, *words)
        return done.stdout if done.returncode == 0 else ""


@contextmanager
def playing(opensc: OpenSc, port: int, *words: str) -> Iterator[dict[str, str]]:
    """A card that is a process of its own; gives what is printed on it."""
    opensc.wait_until_empty()
    command = [sys.executable, "-m", "app.admin", "card", "emulate", "--port", str(port), *words]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    try:
        printed: dict[str, str] = json.loads(child.stdout.readline())
        wait_for(opensc.sees_a_card, "the card")
        yield printed
    finally:
        child.terminate()
        assert child.wait(10) == 0
        child.stdout.close()


@pytest.fixture(scope="module")
def emulated(pcscd: Pcscd, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OpenSc, dict[str, str]]]:
    """An adult's card on the left reader."""
    reader, port = next(iter(pcscd.ports.items()))
    opensc = OpenSc(pcscd, reader, tmp_path_factory.mktemp("opensc"))
    with playing(opensc, port, "--profile", "adult") as printed:
        yield opensc, printed


@pytest.fixture
def beside(pcscd: Pcscd, make: MakeCard, tmp_path: Path) -> Iterator[tuple[OpenSc, Chip]]:
    """A card on the right reader that the test can look into."""
    name, port = list(pcscd.ports.items())[1]
    opensc, chip, slot = OpenSc(pcscd, name, tmp_path), make("adult"), VirtualReader(port, name)
    opensc.wait_until_empty()
    slot.put(chip)
    wait_for(opensc.sees_a_card, "the card")
    yield opensc, chip
    slot.take()


def holds(opensc: OpenSc, certificate: str) -> bool:
    """Whether openssl finds the signature right under the certificate's key."""
    (opensc.room / "certificate.pem").write_text(certificate)
    key = subprocess.run(
        ["openssl", "x509", "-in", "certificate.pem", "-noout", "-pubkey"],
        cwd=opensc.room,
        capture_output=True,
        check=True,
    )
    (opensc.room / "key.pem").write_bytes(key.stdout)
    command = ["openssl", "dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "text"]
    return subprocess.run(command, cwd=opensc.room, capture_output=True, check=False).returncode == 0


def test_it_is_known_as_jpki_among_all_cards_opensc_knows(emulated: tuple[OpenSc, dict[str, str]]) -> None:
    opensc, _ = emulated
    assert opensc.run("opensc-tool", "-n", probing=True).stdout.strip() == "jpki"


def test_a_dump_shows_two_codes_with_their_tries_two_keys_and_four_certificates(
    emulated: tuple[OpenSc, dict[str, str]],
) -> None:
    done = emulated[0].run("pkcs15-tool", "--dump")
    assert done.returncode == 0, done.stderr
    assert [line.split(":")[1].strip() for line in done.stdout.splitlines() if "Tries left" in line] == ["3", "5"]
    assert done.stdout.count("Private RSA Key [") == 2
    assert done.stdout.count("X.509 Certificate [") == 4


@pytest.mark.parametrize(("number", "unit"), [("1", ""), ("3", "user authentication"), ("4", "digital signature")])
def test_certificates_that_need_no_code_are_read_freely(
    emulated: tuple[OpenSc, dict[str, str]], number: str, unit: str
) -> None:
    certificate = x509.load_pem_x509_certificate(emulated[0].certificate(number).encode())
    assert CA in certificate.issuer.rfc4514_string()
    assert unit in certificate.subject.rfc4514_string()


def test_the_signature_certificate_is_read_after_its_password_and_not_before(
    emulated: tuple[OpenSc, dict[str, str]],
) -> None:
    opensc, printed = emulated
    assert opensc.certificate(SIGNATURE) == ""
    opened = opensc.certificate(SIGNATURE, "--verify-pin", "--auth-id", "2", "--pin", printed["password"])
    assert "CERTIFICATE" in opened
    assert opensc.certificate(SIGNATURE) == ""


@pytest.mark.parametrize(("token", "number", "code"), [(USER_TOKEN, USER, "pin"), (SIGN_TOKEN, SIGNATURE, "password")])
def test_both_keys_sign_so_that_openssl_finds_it_right(
    emulated: tuple[OpenSc, dict[str, str]], token: str, number: str, code: str
) -> None:
    opensc, printed = emulated
    done = opensc.sign(token, number, printed[code])
    assert done.returncode == 0, done.stderr
    certificate = opensc.certificate(number, "--verify-pin", "--auth-id", number, "--pin", printed[code])
    assert holds(opensc, certificate)
    (opensc.room / "text").write_bytes(b"another text")
    assert not holds(opensc, certificate)


def test_a_wrong_pin_counts_down_to_blocked_and_then_the_right_one_is_refused_with_6984(
    beside: tuple[OpenSc, Chip],
) -> None:
    opensc, chip = beside
    verify = ("--verify-pin", "--auth-id", "1", "--pin")
    for left in (2, 1, 0):
        assert opensc.run("pkcs15-tool", *verify, "0000").returncode != 0
        assert key_of(chip, JPKI_AID, USER_PIN).left == left
    sent = ("-s", f"00A4040C0A{JPKI_AID.hex()}", "-s", "00A4020C020018", "-s", "002000800431323334")
    assert "SW1=0x69, SW2=0x84" in opensc.run("opensc-tool", *sent).stdout
    assert key_of(chip, JPKI_AID, SIGN_PASSWORD).left == 5


def test_a_wrong_password_signs_nothing_and_costs_one_try(beside: tuple[OpenSc, Chip]) -> None:
    opensc, chip = beside
    assert "CKR_PIN_INCORRECT" in opensc.sign(SIGN_TOKEN, SIGNATURE, "WRONG123").stderr
    assert key_of(chip, JPKI_AID, SIGN_PASSWORD).left == 4
    assert not any(apdu[:2] == b"\x80\x2a" for apdu in chip.log)


def test_tries_spent_stay_spent_when_the_card_is_played_by_another_process(pcscd: Pcscd, tmp_path: Path) -> None:
    reader, port = list(pcscd.ports.items())[1]
    opensc = OpenSc(pcscd, reader, tmp_path)
    words = ("--profile", "android", "--counters", str(tmp_path / "counters"))
    with playing(opensc, port, *words):
        opensc.run("pkcs15-tool", "--verify-pin", "--auth-id", "1", "--pin", "0000")
    with playing(opensc, port, *words):
        dump = opensc.run("pkcs15-tool", "--dump").stdout
    assert [line.split(":")[1].strip() for line in dump.splitlines() if "Tries left" in line] == ["2", "5"]


def test_cards_of_other_kinds_are_played_too_and_are_no_jpki(pcscd: Pcscd, tmp_path: Path) -> None:
    reader, port = list(pcscd.ports.items())[1]
    opensc = OpenSc(pcscd, reader, tmp_path)
    with playing(opensc, port, "--profile", "licence") as printed:
        assert printed.keys() >= {"pin_1", "pin_2"}
        assert opensc.run("opensc-tool", "-n", probing=True).stdout.strip() != "jpki"
