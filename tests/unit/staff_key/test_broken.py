"""Whatever is said to the staff card or to the office's check: an answer by a status or a code, nothing else."""

import os

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import SecondFactorRefused
from app.standin.authenticator.card import AID, StaffCard
from app.trust.second_factor import Factor, SecondFactor
from tests.support.staff_keys import staff_card

OFFICE = SecondFactor("madoguchi.mihon.example", "見本市")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-70, 70) | st.binary(max_size=70) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.integers(-4, 12) | st.text(max_size=5), inner, max_size=6)
    ),
    max_leaves=12,
)
MESSAGES = st.binary(max_size=80) | st.builds(
    lambda command, asked: bytes([command]) + cbor2.dumps(asked),
    st.sampled_from([1, 2, 4, 6, 7, 8, 11]),
    st.dictionaries(st.integers(1, 10), VALUES, max_size=8) | VALUES,
)


@settings(max_examples=400, deadline=None)
@given(message=MESSAGES)
def test_any_message_gets_a_status(message: bytes) -> None:
    answer = staff_card().authenticator.answer(message)
    assert answer[0] in range(0x40)
    assert len(answer) == 1 or answer[0] == 0


@settings(max_examples=150, deadline=None)
@given(commands=st.lists(st.binary(max_size=300), max_size=4))
def test_any_command_gets_a_status_word(commands: list[bytes]) -> None:
    card: StaffCard = staff_card()
    card.insert()
    card.transmit(b"\x00\xa4\x04\x00\x08" + AID)
    for apdu in commands:
        data, status = card.transmit(apdu)
        assert 0x6000 <= status <= 0x9FFF
        assert len(data) <= 0x10000


@settings(max_examples=150, deadline=None)
@given(answer=st.text() | st.from_regex(r'\{("(id|rawId|type|response)":("[A-Za-z0-9_-]{0,40}"|\{\}|null),?){0,4}\}'))
def test_any_answer_is_refused_with_a_reason(answer: str) -> None:
    challenge = os.urandom(32)
    for check in (
        lambda: OFFICE.register(answer, challenge),
        lambda: OFFICE.check(answer, challenge, [Factor(b"1" * 32, b"", 0)]),
        lambda: OFFICE.check(answer, challenge, []),
    ):
        with pytest.raises(SecondFactorRefused, match="malformed"):
            check()
