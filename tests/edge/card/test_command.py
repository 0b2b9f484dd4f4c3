"""madoguchi-admin card: a card worked on without the window."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.standin.cards.profiles import ADULT
from tests.support.cards import Counter, MakeCard
from tests.support.pcscd import Pcscd
from tests.support.process import program, wait_for

pytestmark = pytest.mark.card

ADMIN = [sys.executable, "-m", "app.admin", "card"]


def admin(pcscd: Pcscd, *words: str, entry: str = "") -> subprocess.CompletedProcess[str]:
    command = [*ADMIN, *words]
    return subprocess.run(
        command, input=entry, env=pcscd.environment, capture_output=True, text=True, timeout=30, check=False
    )


def read(pcscd: Pcscd, entry: str, *words: str) -> subprocess.CompletedProcess[str]:
    return admin(pcscd, "read", "--code-b-stdin", "--json", "--training", *words, entry=entry + "\n")


@contextmanager
def emulated(pcscd: Pcscd, profile: str) -> Iterator[dict[str, str]]:
    """A card that is a process of its own; gives what is printed on it."""
    child = subprocess.Popen(
        [*ADMIN, "emulate", "--profile", profile, "--port", str(next(iter(pcscd.ports.values())))],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    try:
        yield json.loads(child.stdout.readline())
    finally:
        child.terminate()
        assert child.wait(10) == 0
        child.stdout.close()


def test_a_card_that_is_another_process_is_read_and_proven(pcscd: Pcscd, counter: Counter) -> None:
    with emulated(pcscd, "adult") as printed:
        wait_for(lambda: counter.readers.seen().cards, "the card")
        done = read(pcscd, printed["code_b"])
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["name"] == ADULT.name
    assert told["proof"] == {part: {"verdict": "verified"} for part in ("issuer", "record", "chip")}
    assert told["expiry"]["proof"] == {"verdict": "not_checked", "reason": "card_outside_signature"}
    assert told["timing"]["traffic"]["commands"] == 57
    assert told["timing"]["total_s"] < 5


def test_a_test_card_is_refused_by_name_without_training(counter: Counter, make: MakeCard, pcscd: Pcscd) -> None:
    counter.put(make("adult"))
    done = admin(pcscd, "read", "--code-b-stdin", "--json", entry=ADULT.code_b + "\n")
    assert done.returncode == 1
    assert json.loads(done.stdout)["proof"]["issuer"] == {"verdict": "failed", "reason": "card_test_hierarchy"}
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("profile", "entry", "code"),
    [("adult", ADULT.code_b[:-1] + "0", 1), ("blocked", ADULT.code_b, 1), ("altered_photo", ADULT.code_b, 1)],
)
def test_what_does_not_hold_is_exit_code_1_and_one_sentence(
    counter: Counter, make: MakeCard, pcscd: Pcscd, profile: str, entry: str, code: int
) -> None:
    counter.put(make(profile))
    done = read(pcscd, entry)
    assert done.returncode == code
    assert done.stderr.strip().count("\n") == 0
    assert done.stderr.strip().endswith("。")
    assert entry not in done.stderr


@pytest.mark.parametrize("entry", ["", "1234", "05040920331a34", "05130920331234"])
def test_an_entry_of_wrong_form_is_exit_code_2_and_the_card_is_not_asked(
    counter: Counter, make: MakeCard, pcscd: Pcscd, entry: str
) -> None:
    chip = make("adult")
    counter.put(chip)
    assert read(pcscd, entry).returncode == 2
    assert chip.log == []


def test_no_card_no_reader_and_no_service_are_exit_code_3(pcscd: Pcscd, counter: Counter) -> None:
    assert read(pcscd, ADULT.code_b).returncode == 3
    assert read(pcscd, ADULT.code_b, "--reader", "none of that name").returncode == 3
    nowhere = dict(os.environ, PCSCLITE_CSOCK_NAME="/nonexistent/door")
    done = subprocess.run([*ADMIN, "diagnose", "--json"], env=nowhere, capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["service"]) == (3, False)


def test_cards_on_two_readers_need_the_readers_name(counter: Counter, make: MakeCard, pcscd: Pcscd) -> None:
    counter.put(make("adult"))
    counter.right.put(make("foreign"))
    wait_for(lambda: len(counter.readers.seen().cards) == 2, "both cards")
    assert read(pcscd, ADULT.code_b).returncode == 2
    assert read(pcscd, ADULT.code_b, "--reader", counter.left.name).returncode == 0


def test_diagnose_tells_readers_applications_and_tries(counter: Counter, make: MakeCard, pcscd: Pcscd) -> None:
    counter.put(make("adult"))
    done = admin(pcscd, "diagnose", "--json")
    assert done.returncode == 0, done.stderr
    left, right = json.loads(done.stdout)["readers"]
    assert right["card"] is False
    assert left["atr"] == "3BE000FF8131FE4514"
    assert [name for name, answers in left["applications"].items() if answers] == ["face", "attributes", "jpki"]
    assert (left["tries"]["face_b"], left["tries"]["attributes_pin"]) == (10, 3)
    assert left["speed"]["baud"] == 9600


def test_opensc_knows_the_virtual_card_as_jpki(counter: Counter, make: MakeCard, pcscd: Pcscd) -> None:
    tool = program("opensc-tool")
    counter.put(make("adult"))
    time.sleep(0.1)
    command = [tool, "-n", "-r", counter.left.name]
    done = subprocess.run(command, env=pcscd.environment, capture_output=True, text=True, timeout=30, check=False)
    assert done.stdout.strip() == "jpki", done.stderr
