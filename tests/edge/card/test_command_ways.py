"""madoguchi-admin card: every kind of card by its own way, and what stands behind a reader."""

import json
import subprocess
import sys

import pytest

from app.standin.cards.other_profiles import OTHER, PROFILES
from app.standin.cards.profiles import ADULT, RARE_NAME
from tests.support.cards import Counter, MakeCard
from tests.support.pcscd import Pcscd

pytestmark = pytest.mark.card

ADMIN = [sys.executable, "-m", "app.admin", "card"]
SIDES = ("left", "right")


class Shell:
    """Commands on the counter's two readers at the same time: starting a program takes longer than its work."""

    def __init__(self, counter: Counter, pcscd: Pcscd) -> None:
        self._counter = counter
        self._environment = pcscd.environment

    def lay(self, *cards: object) -> None:
        slots = self._counter.slots[: len(cards)]
        for slot, card in zip(slots, cards, strict=True):
            slot.put(card)
        seen = [self._counter.awaited(slot) for slot in slots]
        assert all(seen)

    def read(self, *asked: tuple[str, str]) -> list[tuple[int, str, str]]:
        """Exit code, output and complaint of ``card read`` by (way, entry), the first on the left reader."""
        started = [
            (
                subprocess.Popen(
                    [*ADMIN, "read", *way.split(), "--training", "--reader", slot.name],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    env=self._environment,
                    text=True,
                ),
                entry,
            )
            for slot, (way, entry) in zip(self._counter.slots, asked, strict=False)
        ]
        ended = [(child, child.communicate(entry, timeout=60)) for child, entry in started]
        return [(child.returncode, *said) for child, said in ended]


@pytest.fixture
def shell(counter: Counter, pcscd: Pcscd) -> Shell:
    return Shell(counter, pcscd)


def verified(*parts: str) -> dict[str, dict[str, str]]:
    return {part: {"verdict": "verified"} for part in parts}


def test_the_pin_gives_no_number_to_a_shell_and_the_user_pin_proves_the_holder(shell: Shell, make: MakeCard) -> None:
    shell.lay(make("adult"), make("adult"))
    by_pin, by_user_pin = shell.read(
        ("--pin-stdin --json", f"{ADULT.pin}\n"), ("--user-pin-stdin --json", f"{ADULT.pin}\n")
    )
    assert by_pin[0] == 0, by_pin[2]
    told = json.loads(by_pin[1])
    assert (told["name"], told["my_number"]) == (ADULT.name, "*" * 12)
    assert told["proof"] == verified("issuer", "record", "chip")
    assert ADULT.my_number not in by_pin[1]
    assert by_user_pin[0] == 0, by_user_pin[2]
    told = json.loads(by_user_pin[1])
    not_asked = {"revocation": {"verdict": "not_checked", "reason": "revocation_not_yet_asked"}}
    assert told["proof"] == verified("issuer", "dates", "purpose", "chip") | not_asked
    assert (told["standing"], told["token"]) == ("revocation_unknown", "card")
    assert told["timing"]["traffic"]["commands"] == 12
    assert "name" not in told


def test_the_password_gives_the_certified_four_in_lines_and_a_wrong_one_one_sentence(
    shell: Shell, make: MakeCard
) -> None:
    shell.lay(make("rare_name"), make("adult"))
    right, wrong = shell.read(
        ("--sign-password-stdin", f"{RARE_NAME.password}\n"), ("--sign-password-stdin", "WRONG1234\n")
    )
    assert right[0] == 0, right[2]
    lines = dict(line.split(": ", 1) for line in right[1].splitlines() if ": " in line)
    assert (lines["name"], lines["name_replaced.0"], lines["marks_fit"]) == ("葛城　𠮷子", "0", "True")
    assert (lines["standing"], lines["proof.issuer.verdict"]) == ("revocation_unknown", "verified")
    assert (wrong[0], wrong[1]) == (1, "")
    assert "署名用" in wrong[2]
    assert wrong[2].count("\n") == 1
    assert "WRONG1234" not in wrong[2]


def test_a_driving_licence_and_a_residence_card_are_read_by_what_opens_them(shell: Shell) -> None:
    licence, residence = PROFILES["licence"], PROFILES["residence_second"]
    shell.lay(OTHER["licence"](), OTHER["residence_second"]())
    pins = "".join(f"{licence.entries[name]}\n" for name in ("pin_1", "pin_2"))
    driver, resident = shell.read(
        ("--pins-stdin --json", pins), ("--card-number-stdin --json", f"{residence.entries['number']}\n")
    )
    assert driver[0] == 0, driver[2]
    told = json.loads(driver[1])
    assert told["name"]
    assert told["photo"]["width"] > 0
    assert set(told["proof"]) == {"issuer", "record", "chip"}
    assert resident[0] == 0, resident[2]
    told = json.loads(resident[1])
    assert (told["generation"], told["proof"]["record"]) == ("second", {"verdict": "verified"})
    assert told["address_proof"]["reason"] == "card_outside_signature"


def test_diagnose_tells_driver_speed_token_and_every_kind_of_card(shell: Shell, make: MakeCard, pcscd: Pcscd) -> None:
    shell.lay(make("newer_contact"), OTHER["licence"]())
    done = subprocess.run(
        [*ADMIN, "diagnose", "--json"], env=pcscd.environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["service_name"].startswith("pcsclite")
    assert told["service_version"].count(".") == 2
    left, right = told["readers"]
    assert left["applications"] == {
        "face": True,
        "attributes": True,
        "jpki": True,
        "licence": False,
        "residence": False,
    }
    assert left["tries"] == {
        "face_b": 10,
        "face_a": 10,
        "attributes_b": 10,
        "attributes_a": 10,
        "attributes_pin": 3,
        "user_pin": 3,
        "sign_password": 5,
    }
    assert (left["token"], left["certificates"]) == ("card", {"user_authentication": True, "digital_signature": True})
    assert left["speed"]["contactless"] is False
    assert left["speed"]["baud"] == 38400
    assert (left["pin_pad"], left["driver"].keys()) == (False, {"vendor", "model", "version", "connection"})
    assert right["applications"]["licence"]
    assert not right["applications"]["jpki"]
    assert right["tries"] == {"licence_pin_1": 3, "licence_pin_2": 3}
