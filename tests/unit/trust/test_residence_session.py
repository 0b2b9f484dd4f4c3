"""The talk with a residence card, by the worked examples of the published specifications."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.secret import Secret
from app.errors import BadCardData
from app.trust.residence_session import NONCE_BYTES, Generation, Greeting, Session

NUMBER = Secret(b"AA12345678BB")
NONCE = bytes.fromhex("1122334455667788404142434445464748494A4B4C4D4E4F")
GENERATIONS = list(Generation)
VECTORS = {
    Generation.FIRST: {
        "challenge": "5A6E7E385162B7A3",
        "message": "937745C20883A1BAD1E04193722A1592378F81A8F1DC589157AEB0F7544FA1BA1AD7FB6A3389E017",
        "answer": "5860775B4D032CC564BA204B8EA868F694A74E7475A8FEF240588BDA1AF496CE59388FD6CD45248B",
        "key": "CE94938E19E3B97DF96EABCEDC1715CC",
        "sealed_number": "1AA82973DB959A811F9711D728F0EEF6",
    },
    Generation.SECOND: {
        "challenge": "921CE277323DA057",
        "message": "4AD3C7B6BB484A52771977DED618B41DF841FA0476A05FBE041DEAD6109E773BAC854617634F5397",
        "answer": "289A96B1DA6AE3DA87770419BFD14F0BDAD15F36432B5A946C188C7221759A62FA942EC51E62FF5F",
        "key": "C19CF13D3D7FBEE9EA293D834C88952F",
        "sealed_number": "EE0B31EF877F68D071C56D58C72E6748",
    },
}


def vector(generation: Generation, name: str) -> bytes:
    return bytes.fromhex(VECTORS[generation][name])


def greeting(generation: Generation, nonce: bytes = NONCE) -> Greeting:
    return Greeting.to_card(generation, NUMBER, vector(generation, "challenge"), nonce)


@pytest.mark.parametrize("generation", GENERATIONS)
def test_the_published_example_comes_out_byte_by_byte(generation: Generation) -> None:
    ours = greeting(generation)
    assert ours.message == vector(generation, "message")
    session = ours.session(vector(generation, "answer"))
    assert session.key == vector(generation, "key")
    assert session.seal(NUMBER.reveal()) == vector(generation, "sealed_number")


@pytest.mark.parametrize("generation", GENERATIONS)
def test_an_answer_to_another_greeting_is_refused(generation: Generation) -> None:
    with pytest.raises(BadCardData, match="nonce"):
        greeting(generation, bytes(NONCE_BYTES)).session(vector(generation, "answer"))


@given(st.sampled_from(GENERATIONS), st.integers(0, 319))
def test_an_answer_with_one_wrong_bit_is_refused(generation: Generation, bit: int) -> None:
    answer = bytearray(vector(generation, "answer"))
    answer[bit // 8] ^= 1 << bit % 8
    with pytest.raises(BadCardData):
        greeting(generation).session(bytes(answer))


@given(st.sampled_from(GENERATIONS), st.binary(max_size=300))
def test_what_is_sealed_is_unsealed(generation: Generation, plain: bytes) -> None:
    session = Session(generation, vector(generation, "key"))
    assert session.unseal(session.seal(plain)) == plain


@given(st.sampled_from(GENERATIONS), st.binary(max_size=80))
def test_any_bytes_from_the_card_end_in_a_value_or_a_typed_error(generation: Generation, noise: bytes) -> None:
    session = Session(generation, vector(generation, "key"))
    with suppress(BadCardData):
        session.unseal(noise)
    with suppress(BadCardData):
        greeting(generation).session(noise)
    with suppress(BadCardData):
        Greeting.to_card(generation, NUMBER, noise, NONCE)


def test_a_session_shows_no_key() -> None:
    shown = f"{Session(Generation.FIRST, b'k' * 16)!r} {greeting(Generation.SECOND)!r}"
    assert "kkkk" not in shown
    assert "12345678" not in shown
    assert repr(NONCE) not in shown
