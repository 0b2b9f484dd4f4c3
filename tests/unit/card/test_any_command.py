"""Whatever bytes reach a virtual card, it answers with data and a status word of its table, and goes on answering."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.standin.cards.chip import Chip
from app.standin.cards.files import ATTRIBUTE_AID, FACE_AID, JPKI_AID
from app.standin.cards.small_files import COMMON_AID
from app.standin.cards.special_residence import RESIDENCE_AID
from tests.support.cards import MakeCard
from tests.support.talk import Talk

SELECTS = [
    f"00A4040C{len(aid):02X}{aid.hex()}" for aid in (JPKI_AID, FACE_AID, ATTRIBUTE_AID, COMMON_AID, RESIDENCE_AID)
]
HEADS = st.sampled_from([
    "00A4020C",
    "00B00000",
    "00B08100",
    "00B20104",
    "00200080",
    "00240180",
    "00840000",
    "00CA5F51",
    "802A0080",
    "802A0397",
    "80320080",
    "00880099",
    "80AE0000",
    "08B08100",
    "00820000",
])
BODIES = st.one_of(
    st.just(b""),
    st.binary(min_size=1, max_size=3),
    st.binary(max_size=40).map(lambda data: bytes([len(data)]) + data),
    st.binary(max_size=40).map(lambda data: bytes([len(data)]) + data + b"\x00"),
    st.binary(max_size=300).map(lambda data: b"\x00" + len(data).to_bytes(2, "big") + data + b"\x00\x00"),
)
COMMANDS = st.one_of(
    st.sampled_from([bytes.fromhex(each) for each in SELECTS]),
    st.builds(lambda head, body: bytes.fromhex(head) + body, HEADS, BODIES),
    st.binary(min_size=0, max_size=12),
)
KNOWN = {0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x90}


@pytest.fixture(scope="module")
def chip(make: MakeCard) -> Chip:
    return make("special_residence")


@settings(max_examples=150, deadline=None)
@given(st.lists(COMMANDS, min_size=1, max_size=12))
def test_any_conversation_is_answered(chip: Chip, commands: list[bytes]) -> None:
    talk = Talk(chip)
    for command in commands:
        data, status = chip.transmit(command)
        assert status >> 8 in KNOWN
        assert not data or status == 0x9000
    assert talk.select(JPKI_AID) == "9000"
    assert talk.send("00B0860004") == (b"JPKI", "9000")
