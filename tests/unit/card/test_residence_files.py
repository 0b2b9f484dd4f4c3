"""The files of residence cards, byte by byte: what stands in them is read, anything else is a typed error."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.card.picture import to_picture
from app.card.residence_files import FirstFiles, SecondFiles, objects, parse_first, parse_kind, parse_second
from app.domain.person import Sex
from app.errors import BadCardData
from app.services.other_cards_port import ResidenceKind, ResidenceRecord
from app.standin.cards.residence import DF1, DF2, DF3
from app.trust.residence_session import Generation
from tests.support.other_cards import residence


def first(profile: str = "residence_first_moved") -> FirstFiles:
    files = residence(profile).files
    permissions = tuple(files[DF2][number].content for number in (2, 3, 4))
    return FirstFiles(
        files[DF1][5].content, files[DF1][6].content, files[DF2][1].content, permissions, files[DF3][2].content
    )


def second() -> SecondFiles:
    files = residence("residence_second").files
    permissions = tuple(files[DF2][number].content for number in (1, 2))
    shown = (files[DF1][number].content for number in (3, 4, 6))
    return SecondFiles(*shown, permissions, files[DF3][2].content)


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("C10131", ResidenceKind(Generation.FIRST, special_permanent=False)),
        ("C10132", ResidenceKind(Generation.FIRST, special_permanent=True)),
        ("C1023035", ResidenceKind(Generation.SECOND, special_permanent=False)),
        ("C10230360000", ResidenceKind(Generation.SECOND, special_permanent=True)),
        ("C1023037", ResidenceKind(Generation.SECOND, special_permanent=False, specified=True)),
        ("C181023038", ResidenceKind(Generation.SECOND, special_permanent=True, specified=True)),
    ],
)
def test_a_card_says_which_it_is(file: str, kind: ResidenceKind) -> None:
    assert parse_kind(bytes.fromhex(file)) == kind


@pytest.mark.parametrize("file", ["", "C0023035", "C10139", "C1", "C10530", "C101FF", "DF", "DFD1", "C1830000013"])
def test_a_card_of_no_known_kind_is_a_typed_error(file: str) -> None:
    with pytest.raises(BadCardData):
        parse_kind(bytes.fromhex(file + "0" * (len(file) % 2)))


def test_the_address_picture_has_a_tag_of_two_bytes_that_is_no_rule_for_others() -> None:
    assert objects(bytes.fromhex("DFD1820002AABB D90130 0000")) == {0xDFD1: b"\xaa\xbb", 0xD9: b"0"}


def test_the_second_generation_states_dates_and_sex_as_text() -> None:
    record = parse_second(second())
    assert (record.birth, record.sex, record.expiry) == (date(1996, 2, 29), Sex.FEMALE, date(2029, 3, 31))
    assert (record.status, record.address) == (None, "")
    assert len(record.signed.parts[0]) == 53


def test_a_birth_date_without_a_known_day_is_left_open() -> None:
    files = second()
    record = parse_second(replace(files, entries=files.entries.replace(b"19960229", b"19960000")))
    assert record.birth is None
    assert record.expiry == date(2029, 3, 31)


def test_residence_status_is_shown_only_where_it_is_asked_for() -> None:
    status = parse_second(second(), with_status=True).status
    assert status is not None
    assert (status.status, status.period_end, status.work_restriction) == ("T00", date(2029, 3, 31), "1")
    assert not status.application_pending
    assert "T00" not in repr(parse_second(second(), with_status=True))
    assert parse_first(first()).status is None
    assert parse_first(first(), with_status=True).status is not None


def test_the_first_generation_states_the_newest_address_from_its_back() -> None:
    record = parse_first(first())
    assert (record.address, record.address_changed) == ("架空県見本市西区別天地九丁目９番９号", date(2026, 10, 3))
    assert (record.birth, record.sex, record.expiry) == (None, None, None)


PARSERS: tuple[Callable[[bytes], object], ...] = (
    parse_kind,
    *(
        lambda file, name=name: parse_first(replace(first(), **{name: file}), with_status=True)
        for name in ("front", "photo", "back", "signature")
    ),
    *(
        lambda file, name=name: parse_second(replace(second(), **{name: file}), with_status=True)
        for name in ("entries", "images", "address", "signature")
    ),
    lambda file: parse_first(replace(first(), permissions=(file, file, file)), with_status=True),
    lambda file: parse_second(replace(second(), permissions=(file, file)), with_status=True),
)


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200))
def test_any_bytes_as_a_file_end_in_a_record_or_a_typed_error(file: bytes) -> None:
    for parse in PARSERS:
        with suppress(BadCardData):
            assert parse(file)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_genuine_file_with_a_changed_byte_or_a_cut_end_never_breaks_the_reader(data: st.DataObject) -> None:
    whole: FirstFiles | SecondFiles = data.draw(st.sampled_from([first(), second()]))
    names = [name for name in type(whole).__dataclass_fields__ if name != "permissions"]
    name = data.draw(st.sampled_from(names))
    file = bytearray(getattr(whole, name))
    file[data.draw(st.integers(0, min(len(file), 600) - 1))] = data.draw(st.integers(0, 255))
    broken = replace(whole, **{name: bytes(file[: data.draw(st.integers(0, len(file)))])})
    with suppress(BadCardData):
        found = parse_first(broken) if isinstance(broken, FirstFiles) else parse_second(broken)
        assert isinstance(found, ResidenceRecord)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 255))
def test_a_broken_fax_picture_gives_no_picture_and_no_other_error(noise: bytes, place: int, byte: int) -> None:
    image = bytearray(objects(second().images)[0xD0].rstrip(b"\x00"))
    image[place % len(image)] = byte
    for raw in (bytes(image), bytes(image[: place % len(image)]), b"II*\x00" + noise, b"MM\x00*" + noise):
        found = to_picture(raw)
        assert found is None or found.png.startswith(b"\x89PNG")


@pytest.mark.parametrize("side", [3000, 60000])
def test_a_picture_that_claims_to_be_huge_is_not_unpacked(side: int) -> None:
    image = bytearray(objects(second().images)[0xD0].rstrip(b"\x00"))
    for tag in (b"\x00\x01", b"\x01\x01"):
        place = image.index(tag + b"\x04\x00") if tag + b"\x04\x00" in image else image.index(tag + b"\x03\x00")
        image[place + 8 : place + 12] = side.to_bytes(4, "little")
    assert to_picture(bytes(image)) is None


def test_a_portrait_keeps_its_colours_and_a_text_is_grey() -> None:
    record = parse_second(second())
    assert record.photo is not None
    assert record.name is not None
    assert record.photo.png[25] == 2
    assert record.name.png[25] == 0
