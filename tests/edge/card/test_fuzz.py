"""Twenty thousand strange cards: whatever one says ends in an error of ours or in a verdict, never in a false proof."""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.domain.verdict import Failed, Verified
from app.errors import BadCardData
from tests.fuzz import codecs, hostile
from tests.fuzz.codecs import TARGETS, seeds
from tests.fuzz.edits import edited

AT_ONCE = 20
"""Cases made of one example: making examples takes longer than most of the cases."""
CASES = dict.fromkeys(TARGETS, 1200) | {"face": 600, "residence_first": 600, "residence_second": 600}
ATTACKS = dict.fromkeys(hostile.NAMES, 400) | {"by code B": 1000}

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")


@pytest.fixture(autouse=True)
def silent() -> Iterator[None]:
    """Nothing is logged: ten thousand pictures that can't be decoded are no news here."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


def run(cases: int, size: int, one: Callable[[bytes], None]) -> int:
    """``one`` with so many pieces of bytes, always the same ones; tells how many it were."""
    ran = 0

    @settings(
        max_examples=cases // AT_ONCE,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.binary(min_size=size * AT_ONCE, max_size=size * AT_ONCE))
    def examples(data: bytes) -> None:
        nonlocal ran
        for at in range(0, len(data), size):
            ran += 1
            one(data[at : at + size])

    examples()
    return ran


def test_there_are_twenty_thousand_cases() -> None:
    assert sum(CASES.values()) + sum(ATTACKS.values()) >= 20_000


@pytest.mark.parametrize("name", TARGETS)
def test_a_parser_gives_a_value_or_an_error_of_ours(name: str) -> None:
    target, sound = TARGETS[name], seeds(name)

    def one(data: bytes) -> None:
        with suppress(BadCardData):
            target(edited(sound, data))

    assert run(CASES[name], 40, one) >= CASES[name]


@pytest.mark.parametrize("name", hostile.NAMES)
def test_a_card_that_lies_gets_an_error_or_a_verdict_but_no_false_reading(name: str) -> None:
    number = bytes([hostile.NAMES.index(name)])
    assert run(ATTACKS[name], 60, lambda data: hostile.attack_from_bytes(number + data)) >= ATTACKS[name]


def test_a_sound_card_passes_the_same_way() -> None:
    assert {name: hostile.attack(name, ()) for name in hostile.NAMES} == dict.fromkeys(hostile.NAMES, "read")


CORPUS = Path(hostile.__file__).with_name("corpus")


@pytest.mark.parametrize("name", [*TARGETS, "flows"])
def test_what_the_coverage_guided_runs_found_worth_keeping_passes(name: str) -> None:
    kept = [path.read_bytes() for path in sorted((CORPUS / name).iterdir())]
    for data in kept:
        if name not in TARGETS:
            hostile.attack_from_bytes(data)
            continue
        with suppress(BadCardData):
            TARGETS[name](data)
    assert kept


# found by the fuzzer once


def test_entries_of_a_residence_card_that_changed_places_are_not_what_was_signed() -> None:
    (sound,) = seeds("residence_second")
    assert codecs.residence_second(sound).record == Verified()  # type: ignore[attr-defined]
    birth, expiry = sound.index(b"\xc6\x08"), sound.index(b"\xc5\x08")
    forged = bytearray(sound)
    forged[birth], forged[expiry] = sound[expiry], sound[birth]
    told = codecs.residence_second(bytes(forged))
    assert told.record == Failed("card_record_altered")  # type: ignore[attr-defined]


def test_a_byte_that_went_from_one_entry_to_the_next_is_not_taken() -> None:
    (sound,) = seeds("residence_second")
    sex = sound.index(b"\xc7\x01")
    moved = sound[:sex] + b"\xc7\x00\xc8\x04" + sound[sex + 2 : sex + 3] + sound[sex + 5 :]
    with pytest.raises(BadCardData):
        codecs.residence_second(moved)


def test_a_certificate_of_a_version_that_does_not_exist_is_bad_data() -> None:
    sound = seeds("holder_certificate")[0]
    version = sound.index(b"\xa0\x03\x02\x01\x02")
    with pytest.raises(BadCardData):
        codecs.holder_certificate(sound[: version + 4] + b"\x09" + sound[version + 5 :])
