"""Somebody of a city is found in what a run leaves: in files written since, but where they are allowed to stand."""

import os
from datetime import date
from pathlib import Path

import pytest

from app.shipped import resource
from app.standin.city.make import CitySources, make_city
from tests.edge.leaks.left import LeftBehind, marks_of, told

PHONE = "09051728394"


@pytest.fixture(scope="module")
def marks() -> dict[str, str]:
    return marks_of(make_city(1, 60, date(2026, 11, 20), CitySources.below(resource("training"))), {"phone": PHONE})


@pytest.mark.parametrize("what", ["registered name of", "reading of", "number of", "address of", "phone"])
def test_each_kind_of_value_is_found_and_told_without_it(marks: dict[str, str], tmp_path: Path, what: str) -> None:
    value = next(value for name, value in marks.items() if name.startswith(what))
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "store.db").write_bytes(bytes(999) + value.encode() + os.urandom(999))
    finds = LeftBehind([tmp_path], 0).finds(marks)
    assert len(finds) == 1
    assert str(tmp_path / "deep" / "store.db") in told(finds)
    assert value not in told(finds)


def test_what_is_older_and_what_is_allowed_is_left_out(marks: dict[str, str], tmp_path: Path) -> None:
    old, city = tmp_path / "old", tmp_path / "city.json"
    old.write_text(PHONE)
    os.utime(old, (1, 1))
    city.write_text(PHONE)
    assert LeftBehind([tmp_path], 2).finds(marks) == []
    assert [find.place for find in LeftBehind([tmp_path], 0).finds(marks)] == [str(old)]
