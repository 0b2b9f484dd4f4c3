"""S01-6, S02-1: files as a section has them: cut into parts that each stand alone, made whole again, and kept."""

import json
from pathlib import Path

import pytest

from app.client.exchange_wing import shipped_layouts, shipped_provision_rules
from app.domain.conversion.layout import Layout
from app.errors import Refused
from app.services.bulk_parts import joined, parts_of
from app.services.extract_file import extract_rows
from app.services.replica_parts import open_replica_file

TAX = shipped_provision_rules().information["地方税関係情報"]
HEAD = "business_number,kind,total_income,income_levy"


def layout(name: str) -> Layout:
    return next(one for one in shipped_layouts() if one.id == name)


def replica(folder: Path, *lines: str, head: str = HEAD) -> Path:
    file = folder / "nenji.csv"
    file.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8-sig")
    return file


def test_rows_keep_their_numbers_and_values_and_what_does_not_fit_goes_as_it_stands(tmp_path: Path) -> None:
    file = replica(tmp_path, '001,value,"1,200",3', "002,undeclared,,", "003,value,many,3", "004,value,1")
    (part,) = open_replica_file(file, TAX).parts()
    assert [json.loads(line) for line in part.splitlines()] == [
        ["001", "value", 1200, 3],
        ["002", "undeclared", None, None],
        ["003", "value", "many", 3],
        ["004", "value", 1],
    ]


def test_the_same_content_is_the_same_file_whatever_it_is_called(tmp_path: Path) -> None:
    file = replica(tmp_path, "001,value,1,2")
    again = file.rename(tmp_path / "other.csv")
    name = open_replica_file(again, TAX).name
    assert name == open_replica_file(again, TAX).name
    assert name != open_replica_file(replica(tmp_path, "001,value,1,3"), TAX).name


@pytest.mark.parametrize("head", ["number,kind,total_income", "business_number,kind", "business_number,kind,salary"])
def test_a_heading_that_is_none_of_this_information_is_refused(tmp_path: Path, head: str) -> None:
    with pytest.raises(Refused) as refused:
        open_replica_file(replica(tmp_path, "001,value,1", head=head), TAX)
    assert refused.value.reason == "replica_file_heading"


def test_what_is_no_utf_8_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    file = tmp_path / "sjis.csv"
    file.write_bytes(HEAD.encode() + b"\n001,value,\x93\xfa,1\n")
    with pytest.raises(Refused) as refused:
        list(open_replica_file(file, TAX).parts())
    assert refused.value.reason == "replica_file_unreadable"


def test_every_part_of_a_csv_file_has_its_heading_and_a_value_with_a_line_break_is_not_cut() -> None:
    form = layout("enquiries_csv")
    head, rows = b"reference,business_number\r\n", [b'"a\r\nb",1\r\n', b"c,2\r\n", b"d,3\r\n"]
    parts = list(parts_of(form, head + b"".join(rows), 2))
    assert parts == [head + rows[0] + rows[1], head + rows[2]]
    assert joined(form, iter(parts)) == head + b"".join(rows)


def test_rows_that_only_their_length_ends_are_cut_between_rows() -> None:
    form = layout("enquiries_host")
    row = bytes(form.length) + form.newline
    parts = list(parts_of(form, row * 5, 2))
    assert [len(part) // len(row) for part in parts] == [2, 2, 1]
    assert joined(form, iter(parts)) == row * 5


def test_an_empty_file_is_one_part_and_nothing_in_a_kept_file_is_run_by_a_spreadsheet() -> None:
    assert list(parts_of(layout("enquiries_fixed"), b"")) == [b""]
    kept = extract_rows(("行", "値"), [("1", "=cmd|x"), ("2", "平文")]).decode("utf-8-sig")
    assert kept.splitlines() == ["行,値", "1,'=cmd|x", "2,平文"]
