"""What is said to a PIN pad, byte by byte (PC/SC part 10), and what is believed of a reader."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.card.pinpad import GET_FEATURES, VERIFY_PIN_DIRECT, PadKnowledge, PinPad, features, parse_liars, structure
from app.errors import CardBusy, CardSilent, DataFault, PadFailed, PinNotTyped
from tests.support.cards import RESOURCES

HEAD = bytes.fromhex("00200098")
CODE = 0x42330006
ANNOUNCED = bytes.fromhex("0604") + CODE.to_bytes(4, "big")


class Reader:
    """A reader that says what it was told to say."""

    def __init__(self, answer: bytes, announced: bytes = ANNOUNCED) -> None:
        self.answer, self.announced = answer, announced
        self.orders: list[tuple[int, bytes]] = []

    def control(self, code: int, data: bytes) -> bytes:
        self.orders.append((code, data))
        return self.announced if code == GET_FEATURES else self.answer


def pad(reader: Reader, waits: list[float] | None = None) -> PinPad:
    return PinPad(reader, (waits if waits is not None else []).append)


def test_four_digits_are_asked_for_in_thirty_seconds_with_the_command_they_go_into() -> None:
    assert structure(HEAD, 4) == bytes.fromhex(
        "1e 00 82 04 00 0404 02 01 1104 00 000000 09000000 00200098 04 ffffffff".replace(" ", "")
    )


def test_the_card_s_status_comes_back_and_the_watch_dog_is_told_to_wait() -> None:
    reader, waits = Reader(bytes.fromhex("63C2")), []
    assert pad(reader, waits).verify(HEAD, 4) == 0x63C2
    assert waits == [35.0]
    assert [code for code, _ in reader.orders] == [GET_FEATURES, CODE]


@pytest.mark.parametrize(
    ("answer", "how"), [("6400", "pad_too_slow"), ("6401", "pad_cancelled"), ("6403", "pad_wrong_length")]
)
def test_what_the_pad_itself_says_is_no_answer_of_the_card(answer: str, how: str) -> None:
    with pytest.raises(PinNotTyped) as told:
        pad(Reader(bytes.fromhex(answer))).verify(HEAD, 4)
    assert told.value.data == {"how": how}


@pytest.mark.parametrize("answer", ["", "90", "900000"])
def test_an_answer_of_another_form_is_a_failed_pad(answer: str) -> None:
    with pytest.raises(PadFailed):
        pad(Reader(bytes.fromhex(answer))).verify(HEAD, 4)


def test_a_reader_that_no_longer_announces_a_pad_is_not_ordered_anything() -> None:
    reader = Reader(b"", announced=b"")
    with pytest.raises(PadFailed):
        pad(reader).verify(HEAD, 4)
    assert [code for code, _ in reader.orders] == [GET_FEATURES]


def test_the_features_of_a_reader_with_several_are_told_apart() -> None:
    told = bytes.fromhex("0704423300070604423300060A0442330012")
    assert features(told) == {7: 0x42330007, 6: 0x42330006, 10: 0x42330012}
    assert features(told[:9]) == {7: 0x42330007}


@given(st.binary(max_size=64))
def test_no_answer_of_a_reader_is_an_error(noise: bytes) -> None:
    assert all(0 <= code < 1 << 32 for code in features(noise).values())


def fails() -> bytes:
    raise CardSilent


def held() -> bytes:
    raise CardBusy


def test_a_reader_on_the_list_of_liars_has_no_pad_and_one_that_fails_to_answer_neither() -> None:
    liars = parse_liars(tomllib.loads((RESOURCES / "tables/pin_pads.toml").read_text("utf-8")))
    known = PadKnowledge(liars)
    names = {"honest 00 00": True, "HID Global OMNIKEY 3x21 Smart Card Reader [x] 00 00": False, "silent": False}
    for name in names:
        known.learn(name, fails if name == "silent" else lambda: ANNOUNCED)
    assert {name: known.has(name) for name in names} == names
    assert all(map(known.knows, names))
    assert not known.has("never asked")


def test_a_reader_that_another_program_holds_is_asked_again_later() -> None:
    known = PadKnowledge(())
    known.learn("reader", held)
    assert not known.knows("reader")
    known.learn("reader", lambda: ANNOUNCED)
    assert known.has("reader")


def test_a_pad_that_failed_is_not_offered_again_until_the_reader_is_plugged_in_anew() -> None:
    known = PadKnowledge(())
    known.learn("reader", lambda: ANNOUNCED)
    known.distrust("reader")
    assert (known.has("reader"), known.knows("reader")) == (False, True)
    known.keep(("another",))
    assert not known.knows("reader")


def test_a_list_of_liars_with_an_unknown_key_is_refused() -> None:
    with pytest.raises(DataFault):
        parse_liars({"version": 1, "liar": [{"name": "x", "nmae": "y"}]})


def test_only_direct_entry_counts_as_a_pad() -> None:
    known = PadKnowledge(())
    known.learn("start and finish only", lambda: bytes.fromhex("010442330001020442330002"))
    assert not known.has("start and finish only")
    assert VERIFY_PIN_DIRECT == 6
