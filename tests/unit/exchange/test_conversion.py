"""S02-0c, S02-2, K-03: files in every charset come back the same, or the report says what became of what."""

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.domain.conversion.charsets import GETA, Charset
from app.domain.conversion.formats import HOST, NAMED, Formats, build_formats, parse_charsets
from app.domain.conversion.layout import parse_codes, parse_layout
from app.domain.conversion.losses import points
from app.domain.conversion.records import Records
from app.domain.conversion.values import Converter, Day, Value
from app.errors import DataFault, Refused
from app.server.formats import read_formats
from app.shipped import read_toml, resource

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = [*NAMED, *HOST]
JAPANESE = st.lists(
    st.one_of(
        st.sampled_from("見本花子髙﨑𠮷葛城辻々〆ヶ〜～−－‖—ｱｲｳﾞﾟ¥\\~‾①㈱Ⅲ神邉邊邉ゝか゚セ゚"),
        st.integers(0x20, 0x2FFFF).filter(lambda point: not 0xD800 <= point < 0xE000).map(chr),
        st.sampled_from(["葛\U000e0100", "辻\ufe00", "\x00", "\n", "\ue000", "か\u3099"]),
    ),
    max_size=20,
).map("".join)


@cache
def charset(name: str) -> Charset:
    return parse_charsets(read_toml("charsets", "charsets.toml"), read_toml("charsets", "ibm.toml"))[name]


@cache
def formats() -> Formats:
    return read_formats(resource())


@cache
def persons(name: str) -> Records:
    return formats().of(name, "persons")


def read_one(records: Records, data: bytes):
    (row,) = records.read(records.head() + data)
    return row


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(text=JAPANESE)
@example(text="見本　花子")
def test_text_comes_back_the_same_or_each_change_is_told(name: str, text: str) -> None:
    written = charset(name).write(text)
    again = charset(name).read(written.data)
    assert again.text == text or written.steps
    if not written.steps:
        assert again.steps == ()


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.binary(max_size=24))
def test_bytes_that_are_no_text_are_never_taken_for_some(name: str, data: bytes) -> None:
    found = charset(name).read(data)
    marks = found.text.count(GETA)
    assert all(step.what for step in found.steps)
    assert marks >= sum(step.kind in {"unreadable", "external_character"} for step in found.steps)


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(text=JAPANESE, room=st.integers(2, 30))
def test_what_is_too_long_is_cut_between_characters_and_told(name: str, text: str, room: int) -> None:
    written = charset(name).write(text, room)
    assert len(written.data) == room
    again = charset(name).read(written.data)
    assert [step for step in again.steps if step.kind == "unreadable"] == []
    if not written.steps:
        assert again.text.rstrip(" ") == text.rstrip(" ")


@pytest.mark.parametrize(
    ("name", "text", "kind", "what", "became"),
    [
        ("cp932", "〜", "same_shape", "〜", "～"),
        ("cp932", "葛\U000e0100", "variation_lost", "葛\U000e0100", "葛"),
        ("cp932", "𠮷", "not_in_charset", "𠮷", GETA),
        ("cp932", "か\u3099", "composed", "か\u3099", "が"),
        ("euc_jp", "①", "not_in_charset", "①", GETA),
        ("shift_jis_2004", "～", "same_shape", "～", "〜"),
        ("ibm930", "ー\n", "control_character", "\n", " "),
    ],
)
def test_each_lossy_step_says_what_was_there_and_what_it_became(
    name: str, text: str, kind: str, what: str, became: str
) -> None:
    (step,) = charset(name).write(text).steps
    assert (step.kind, step.what, step.became) == (kind, points(what), points(became))


def test_jis_x_0213_keeps_what_cp932_does_not_have() -> None:
    for name in ("euc_jis_2004", "shift_jis_2004"):
        written = charset(name).write("𠮟か゚①")
        assert (charset(name).read(written.data).text, written.steps) == ("𠮟か゚①", ())
    assert [step.kind for step in charset("cp932").write("𠮟か゚").steps] == ["not_in_charset"] * 2


def test_host_text_is_that_of_the_maker_s_table_with_shifts_between() -> None:
    """The bytes are those that other implementations of CCSID 930 and 939 give."""
    assert charset("ibm930").write("A1ｱ見本").data.hex() == "c1f1810e45bb45660f"
    assert charset("ibm939").write("a花").data.hex() == "810e46d90f"
    assert charset("ibm930").write("a花").data.hex() == "620e46d90f"
    assert charset("ibm939").write("花", 6, wide=True).data.hex() == "46d940404040"
    assert charset("ibm930").read(bytes.fromhex("0e6941")).steps[0].kind == "external_character"


def test_two_codes_of_one_character_are_told_when_only_one_comes_back() -> None:
    records = fixed("cp932", 'kind = "text"', 2)
    (found,) = records.read(b"\xfa\x5c\r\n")  # an IBM extension; NEC's selection has the same character
    assert (found.values["it"], [loss.step.kind for loss in found.losses]) == ("纊", ["other_form"])


def fixed(name: str, kind: str, *widths: int, more: str = "") -> Records:
    import tomllib

    text = (
        f'version = 1\nid = "t"\ntitle = "t"\nuse = "t"\nform = "fixed"\ncharset = "{name}"\nnewline = "crlf"\n'
        f'[[field]]\nname = "it"\n{kind}\nwidths = {list(widths)}\n{more}\n'
    )
    codes = parse_codes(read_toml("layouts", "codes.toml"))
    layout = parse_layout(tomllib.loads(text))
    return Records(layout, Converter(layout, charset(name), codes))


def told(records: Records, value: Value) -> tuple[bytes, list[str]]:
    (line,) = records.write([{"it": value}])
    return line.data.removesuffix(b"\r\n"), [loss.step.kind for loss in line.losses]


def test_a_date_that_is_not_known_whole_keeps_its_words_in_three_fields_and_loses_them_in_one() -> None:
    born = Day(1955, is_unknown=True, written="昭和30年春")
    three = fixed("cp932", 'kind = "date"', 8, 1, 20)
    data, kinds = told(three, born)
    assert (data.rstrip(), kinds) == ("195500001昭和30年春".encode("cp932"), [])
    (row,) = three.read(data + b"\r\n")
    assert (row.values["it"], row.losses) == (born, ())
    assert told(fixed("cp932", 'kind = "date"', 8), born) == (b"19550000", ["written_lost"])
    whole = Day(1955, 4, 1, is_unknown=True)
    assert told(fixed("cp932", 'kind = "date"', 8), whole) == (b"19550401", ["unknown_date"])


def test_wareki_is_read_and_written_and_an_era_that_had_no_such_day_is_told() -> None:
    era = fixed("cp932", 'kind = "date"', 7, more='date = "wareki"')
    assert told(era, Day(2026, 11, 20)) == (b"5081120", [])
    assert told(era, Day(1989, 1, 7)) == (b"3640107", [])
    assert told(era, Day(1868, 1, 1)) == (b" " * 7, ["no_era"])
    assert told(era, Day(1955, is_unknown=True)) == (b"3300000", [])

    def read(data: bytes) -> tuple[Value, list[str]]:
        (row,) = era.read(data + b"\r\n")
        return row.values["it"], [loss.step.kind for loss in row.losses]

    assert read(b"4310501") == (Day(2019, 5, 1), ["other_era"])
    assert read(b"1450730") == (Day(1912, 7, 30), ["other_form"])  # 明治45年: a day of both eras
    assert read(b"5081320") == (None, ["not_a_date"])


@pytest.mark.parametrize(
    ("kind", "width", "more", "value", "kinds"),
    [
        ('kind = "number"', 4, "", 12345, ["too_long"]),
        ('kind = "number"', 4, "", -12, []),
        ('kind = "digits"', 4, "", "12a", ["not_digits"]),
        ('kind = "digits"', 4, "", "12", []),
        ('kind = "code"', 2, 'codes = "answer"', "value", []),
        ('kind = "code"', 2, 'codes = "answer"', "perhaps", ["unknown_code"]),
        ('kind = "flag"', 1, "", True, []),
        ('kind = "flag"', 1, "", "1", ["wrong_kind"]),
        ('kind = "text"', 4, "", "a ", ["edge_spaces"]),
        ('kind = "text"', 4, "", "長い名前", ["cut"]),
        ('kind = "text"', 4, "wide = true", "A", ["widened"]),
    ],
)
def test_a_value_that_does_not_fit_is_told_and_never_half_written(
    kind: str, width: int, more: str, value: Value, kinds: list[str]
) -> None:
    records = fixed("cp932", kind, width, more=more)
    data, found = told(records, value)
    assert (len(data), found) == (width, kinds)
    (row,) = records.read(data + b"\r\n")
    assert row.values["it"] == value or kinds
    if kinds and kinds[0] in {"too_long", "not_digits", "unknown_code", "wrong_kind"}:
        assert row.values["it"] is None


DAYS = st.one_of(
    st.dates().map(lambda day: Day(day.year, day.month, day.day)),
    st.builds(Day, st.integers(1, 2100), st.integers(0, 12), st.just(0), st.just(value=True), JAPANESE),
)
ROWS = st.fixed_dictionaries({
    "business_number": st.none() | st.text("0123456789", min_size=1, max_size=16),
    "name": st.none() | JAPANESE,
    "kana": st.none() | JAPANESE,
    "sex": st.sampled_from([None, "male", "female", "other"]),
    "birth": st.none() | DAYS,
    "since": st.none() | DAYS,
    "is_student": st.none() | st.booleans(),
    "levy": st.none() | st.integers(-(10**9), 10**10),
})


@pytest.mark.parametrize("name", ["persons_euc", "persons_jis2004", "persons_host"])
@FEW
@given(values=ROWS)
def test_a_row_comes_back_the_same_or_its_changed_fields_are_named(name: str, values: dict[str, Value]) -> None:
    records = persons(name)
    (line,) = records.write([values])
    row = read_one(records, line.data)
    assert row.fault == ""
    named = {loss.field for loss in line.losses}
    assert {
        field for field, value in values.items() if row.values[field] != (value or None if value == "" else value)
    } <= named


@pytest.mark.parametrize("name", ["persons_jis2004", "persons_host"])
@FEW
@given(data=st.binary(min_size=175, max_size=175))
def test_bytes_that_were_read_are_written_the_same_or_the_field_is_named(name: str, data: bytes) -> None:
    records = persons(name)
    length = records.layout.length
    cells = (data * 2)[:length].replace(b"\r\n", b"  ")
    row = next(records.read(cells + records.layout.newline))
    if row.fault:
        return
    (line,) = records.write([row.values])
    assert line.data == cells + records.layout.newline or row.losses


def test_a_row_that_can_not_be_taken_apart_stops_no_other(read: Callable[[str, bytes], list[str]]) -> None:
    head = b"reference,business_number,enquiry,tax_year,requested_on,consent\r\n"
    good = b'"r,1",000000000000001,x,2026,20261120,1\r\n'
    assert read("enquiries_csv", head + good + b"a,b\r\n" + good) == ["", "wrong_cells", ""]
    assert read("enquiries_csv", head + good + b'"a"b,,,,,\r\n' + good) == ["", "bad_quotes", ""]
    assert read("enquiries_csv", b"reference\r\n" + good) == ["wrong_header", ""]
    line = "r".ljust(20) + "1".ljust(15) + "x".ljust(40) + "2026202611201"
    assert read("enquiries_fixed", f"{line}\r\n{line[1:]}\r\n{line}".encode()) == ["", "wrong_length", ""]


@pytest.fixture
def read() -> Callable[[str, bytes], list[str]]:
    def reading(name: str, data: bytes) -> list[str]:
        return [row.fault for row in formats().of(name, "enquiries").read(data)]

    return reading


def test_a_mark_before_a_utf_8_file_is_told_once() -> None:
    head = b"\xef\xbb\xbfreference,business_number,enquiry,tax_year,requested_on,consent\r\n"
    first, second = formats().of("enquiries_csv", "enquiries").read(head + b"a,1,,,,\r\nb,2,,,,\r\n")
    assert [loss.step.kind for loss in first.losses] == ["byte_order_mark"]
    assert second.losses == ()


def test_an_external_character_of_the_city_is_read_and_written_by_its_table() -> None:
    table = read_toml("charsets", "charsets.toml")
    table["external"] = [{"charset": "ibm930", "code": "E000", "stands_for": "葛\U000e0100"}]
    own = parse_charsets(table, read_toml("charsets", "ibm.toml"))["ibm930"]
    written = own.write("葛\U000e0100")
    assert (written.data.hex(), written.steps) == ("0e69410f", ())
    assert own.read(written.data).text == "葛\U000e0100"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"charset": "latin-1"}, "layout_does_not_fit"),
        ({"charset": "ibm930"}, "layout_does_not_fit"),
        ({"form": "xml"}, "unknown_value"),
        ({"newline": "none"}, "unknown_value"),
        ({"field": []}, "twice_or_none"),
        ({"misspelt": 1}, "unknown_key"),
    ],
)
def test_a_layout_that_does_not_fit_is_refused_at_the_start(change: dict, what: str) -> None:
    charsets = {name: charset(name) for name in NAMES}
    raw = read_toml("layouts", "persons_euc.toml") | change
    with pytest.raises(DataFault) as raised:
        build_formats([("x.toml", raw)], read_toml("layouts", "codes.toml"), charsets)
    assert raised.value.data["what"] == what


def test_a_layout_is_used_for_nothing_else() -> None:
    with pytest.raises(Refused):
        formats().of("persons_euc", "enquiries")
    with pytest.raises(Refused):
        formats().of("nothing", "enquiries")
