"""Printers, reasons and rules as values; the character map of fonts; IPP as bytes."""

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.font_map import CharacterMap, cmap_of
from app.domain.form import FaultKind, PaperFault
from app.domain.print_rules import parse_print_rules
from app.domain.printing import Printer, PrinterState, plain_reasons, stopping
from app.errors import DataFault, PrintServiceGone
from app.paper.ipp import decode_answer, encode_request
from app.shipped import read_toml

FAULTS = tuple(PaperFault(kind, "氏名", "x") for kind in FaultKind)


def test_levels_and_mere_reports_of_a_printer_are_left_out() -> None:
    told = ("none", "media-empty-error", "media-empty-warning", "toner-low-report", "paused")
    assert plain_reasons(told) == ("media-empty", "paused")
    assert stopping(("toner-low", "media-empty")) == ("media-empty",)
    assert Printer("a", "", PrinterState.IDLE, accepts=True, reasons=("toner-low",)).is_ready
    assert not Printer("a", "", PrinterState.IDLE, accepts=True, reasons=("media-empty",)).is_ready
    assert not Printer("a", "", PrinterState.IDLE, accepts=False).is_ready


def test_an_office_says_which_faults_hold_a_paper_back_and_a_form_may_be_stricter() -> None:
    rules = parse_print_rules(read_toml("tables", "printing.toml"))
    assert {one.kind for one in rules.holding("notice", FAULTS)} == {FaultKind.MISSING, FaultKind.OVERFLOW}
    strict = {one.kind for one in rules.holding("residence_certificate", FAULTS)}
    assert strict == set(FaultKind) - {FaultKind.SHRUNK}


@pytest.mark.parametrize(
    "change",
    [
        {"faults": {"variant": "warn", "other_face": "warn", "shrunk": "warn", "overflow": "stop"}},
        {"faults": {"variant": "warn"}},
        {"forms": {"notice": {"missing": "warn"}}},
        {"reprint": {"reasons": ["jam"]}},
        {"more": {}},
    ],
)
def test_rules_that_say_something_else_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(DataFault):
        parse_print_rules({**read_toml("tables", "printing.toml"), **change})


def segments(*spans: tuple[int, int], deltas: int = 1) -> bytes:
    """A cmap with one format 4 subtable of the basic plane."""
    rows = (*spans, (0xFFFF, 0xFFFF))
    ends, starts = ([struct.pack(">H", row[at]) for row in rows] for at in (1, 0))
    body = b"".join((*ends, b"\0\0", *starts, *[struct.pack(">H", deltas)] * len(rows), *[b"\0\0"] * len(rows)))
    table = struct.pack(">HHHHHHH", 4, 14 + len(body), 0, 2 * len(rows), 0, 0, 0) + body
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + table


def test_an_old_font_with_the_basic_plane_only_tells_its_characters() -> None:
    found = CharacterMap(segments((0x20, 0x7E), (0x3042, 0x3044)))
    assert [found.has(one) for one in "A~あぃいぅ"] == [True, True, True, True, True, False]
    assert not found.has("\U00020bb7")
    assert not CharacterMap(b"").has("A")
    assert cmap_of(b"OTTO\0\0" + bytes(20)) == b""


def test_a_request_is_written_as_the_standard_says() -> None:
    made = encode_request(0x4002, [], ("printer-name", "printer-state"))
    assert made.startswith(b"\x02\x00\x40\x02\x00\x00\x00\x01\x01\x47\x00\x12attributes-charset\x00\x05utf-8")
    assert made.endswith(b"\x44\x00\x14requested-attributes\x00\x0cprinter-name\x44\x00\x00\x00\x0dprinter-state\x03")


def test_an_answer_tells_each_object_with_all_its_values() -> None:
    def one(tag: int, name: bytes, value: bytes) -> bytes:
        return bytes([tag]) + struct.pack(">H", len(name)) + name + struct.pack(">H", len(value)) + value

    job = one(0x23, b"job-state", b"\0\0\0\x09") + one(0x44, b"reasons", b"a") + one(0x44, b"", b"b")
    other = one(0x22, b"accepts", b"\x01") + one(0x35, b"place", b"\0\x02ja\0\x03" + "階".encode())
    answer = decode_answer(b"\x02\x00\x00\x00\0\0\0\x01\x01\x02" + job + b"\x04" + other + b"\x03")
    assert answer.is_good
    assert answer.groups == (
        {"job-state": (9,), "reasons": ("a", "b")},
        {"accepts": (True,), "place": ("階",)},
    )


@given(st.binary(max_size=64))
def test_whatever_a_print_service_answers_only_a_fault_of_ours_comes_of_it(answer: bytes) -> None:
    with contextlib.suppress(PrintServiceGone):
        assert decode_answer(answer).status >= 0
