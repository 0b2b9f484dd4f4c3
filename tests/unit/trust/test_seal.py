"""Sealed values open with their key, at their place, unchanged, and otherwise not at all."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.secret import Secret
from app.errors import WrongKey
from app.trust.framing import framed
from app.trust.seal import (
    BoxKey,
    derive,
    key_version_of,
    new_key,
    open_box,
    open_sealed,
    receiver_of,
    seal,
    seal_to,
)

PLACE = ("resident", "name", "0001", "011002", "1")


@given(st.binary(max_size=300), st.integers(0, 65_535))
def test_what_was_sealed_opens_again(plain: bytes, version: int) -> None:
    key = new_key()
    box = seal(key, plain, PLACE, key_version=version)
    assert open_sealed(key, box, PLACE) == plain
    assert key_version_of(box) == version
    assert len(box) == len(plain) + 31


def test_the_same_value_sealed_twice_looks_different() -> None:
    key = new_key()
    assert seal(key, b"name", PLACE) != seal(key, b"name", PLACE)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(WrongKey):
        open_sealed(new_key(), seal(new_key(), b"name", PLACE), PLACE)


@pytest.mark.parametrize("part", range(5))
def test_a_value_moved_to_another_table_column_row_municipality_or_version_does_not_open(part: int) -> None:
    key = new_key()
    box = seal(key, b"name", PLACE)
    moved = tuple(text + "x" if place == part else text for place, text in enumerate(PLACE))
    with pytest.raises(WrongKey):
        open_sealed(key, box, moved)


def test_no_byte_of_a_sealed_value_can_be_changed() -> None:
    key = new_key()
    box = seal(key, b"name", PLACE)
    for place in range(len(box)):
        changed = box[:place] + bytes([box[place] ^ 1]) + box[place + 1 :]
        with pytest.raises(WrongKey):
            open_sealed(key, changed, PLACE)
    for size in range(len(box)):
        with pytest.raises(WrongKey):
            open_sealed(key, box[:size], PLACE)


def test_no_byte_of_a_box_can_be_changed() -> None:
    receiver = BoxKey.generate()
    box = seal_to(receiver.public, b"name", PLACE)
    assert open_box(receiver, box, PLACE) == b"name"
    for place in range(len(box)):
        changed = box[:place] + bytes([box[place] ^ 1]) + box[place + 1 :]
        with pytest.raises(WrongKey):
            open_box(receiver, changed, PLACE)
    for size in range(len(box)):
        with pytest.raises(WrongKey):
            open_box(receiver, box[:size], PLACE)


def test_a_box_opens_for_its_receiver_at_its_place_only() -> None:
    receiver = BoxKey.generate()
    box = seal_to(receiver.public, b"name", PLACE)
    assert receiver_of(box) == receiver.key_id
    with pytest.raises(WrongKey):
        open_box(BoxKey.generate(), box, PLACE)
    with pytest.raises(WrongKey):
        open_box(receiver, box, (*PLACE, "more"))


def test_a_box_to_a_point_of_small_order_is_refused() -> None:
    with pytest.raises(WrongKey):
        seal_to(bytes(32), b"name", PLACE)


def test_a_receivers_key_comes_back_from_its_bytes() -> None:
    receiver = BoxKey.generate()
    again = BoxKey.from_bytes(receiver.to_bytes())
    assert open_box(again, seal_to(receiver.public, b"name", PLACE), PLACE) == b"name"
    assert receiver.to_bytes().reveal().hex() not in repr(receiver)
    with pytest.raises(TypeError):
        pickle.dumps(receiver)
    with pytest.raises(WrongKey):
        BoxKey.from_bytes(Secret(b"short"))


def test_a_derived_key_depends_on_key_and_label() -> None:
    key = Secret(bytes(range(32)))
    assert derive(key, "a") == derive(key, "a")
    assert derive(key, "a") != derive(key, "b")
    assert derive(key, "a") != derive(new_key(), "a")
    assert len(derive(key, "a")) == 32


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(WrongKey):
        seal(Secret(b"sixteen bytes...."[:16]), b"name", PLACE)


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_two_different_places_never_look_alike(one: list[str], other: list[str]) -> None:
    assert (framed("label", one) == framed("label", other)) == (one == other)
