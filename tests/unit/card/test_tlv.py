"""Data objects of a card are read strictly, and never end in anything but a value or a typed error."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.card import tlv
from app.card.attributes import parse_attributes, parse_integrity, parse_key, parse_number
from app.card.face import parse_face
from app.card.picture import to_picture
from app.errors import BadCardData
from app.standin.cards import tlv as written
from app.standin.cards.authority import TrainingAuthority
from app.standin.cards.chip import DataFile
from app.standin.cards.files import ATTRIBUTE_AID, FACE_AID
from tests.support.cards import MakeCard

PARSERS = (parse_face, parse_attributes, parse_number, parse_integrity, parse_key)


@given(st.integers(0xDF01, 0xDF7E), st.binary(max_size=700), st.binary(max_size=9))
def test_what_the_card_writes_is_read_back_whatever_filler_follows(tag: int, value: bytes, filler: bytes) -> None:
    found = tlv.first(written.tlv(tag, value) + filler, tag)
    assert (found.tag, found.value, found.whole) == (tag, value, written.tlv(tag, value))


@pytest.mark.parametrize("length", ["05", "8105", "820005", "83000005"])
def test_a_length_may_stand_in_any_form(length: str) -> None:
    assert tlv.first(bytes.fromhex("DF22" + length) + b"abcde", 0xDF22).value == b"abcde"


@pytest.mark.parametrize("data", ["", "DF", "DF22", "DF2281", "DF2205AA", "DF2280", "DF228401000000", "1FFFFFFFFF01"])
def test_what_is_cut_short_or_endless_is_a_typed_error(data: str) -> None:
    with pytest.raises(BadCardData):
        tlv.first(bytes.fromhex(data), 0xDF22)


@given(st.binary(max_size=600))
def test_any_bytes_as_a_file_end_in_a_record_or_a_typed_error(file: bytes) -> None:
    for parse in PARSERS:
        with suppress(BadCardData):
            assert parse(file)


@pytest.fixture(scope="module")
def files(make: MakeCard) -> list[bytes]:
    chip = make("adult")
    places = [(FACE_AID, 2), (ATTRIBUTE_AID, 2), (ATTRIBUTE_AID, 1), (ATTRIBUTE_AID, 3), (ATTRIBUTE_AID, 7)]
    found = [chip.application(aid).files[number] for aid, number in places]
    return [file.content for file in found if isinstance(file, DataFile)]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_genuine_file_with_one_changed_byte_or_a_cut_end_never_breaks_the_reader(
    files: list[bytes], data: st.DataObject
) -> None:
    which = data.draw(st.integers(0, len(files) - 1))
    changed = bytearray(files[which])
    changed[data.draw(st.integers(0, min(len(changed), 900) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(changed[: data.draw(st.integers(0, len(changed)))])
    for content in (bytes(changed), cut):
        with suppress(BadCardData):
            assert PARSERS[which](content)


@given(st.binary(max_size=300))
def test_any_bytes_as_a_picture_end_in_a_picture_or_none(raw: bytes) -> None:
    for head in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\x4f\xff\x51", b"\x00\x00\x00\x0cjP  \r\n\x87\n"):
        to_picture(head + raw)


def test_the_training_authority_writes_certificates_of_the_known_size(authority: TrainingAuthority) -> None:
    assert len(authority.face.certificate) == 568
