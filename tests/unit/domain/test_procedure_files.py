"""Every procedure's file is sound, nothing in the program names one, and a broken file is refused with its place."""

import copy
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.procedure import Kind, Need
from app.domain.procedure_data import parse_procedure
from app.errors import DataFault
from tests.support.claims import CLAIM, FILES, RAW, ROOT


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_procedure_file_is_sound(file: Path) -> None:
    procedure = parse_procedure(tomllib.loads(file.read_text(encoding="utf-8")), file.name)
    assert procedure.id == file.stem
    assert {step.id for step in procedure.steps} >= {"reception", "reception_check", "examination", "decision"}
    for output in procedure.outputs:
        if output.kind == "disposition":
            assert {"reasons", "instruction"} <= set(output.needs)
            assert "審査請求" in output.instruction
    for field in procedure.all_fields():
        if field.kind is Kind.MY_NUMBER:
            assert field.need is Need.ASKED


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_program_text_names_a_procedure(file: Path) -> None:
    procedure = parse_procedure(tomllib.loads(file.read_text(encoding="utf-8")), file.name)
    names = {procedure.id, procedure.title, procedure.short_title}
    for source in (ROOT / "app").rglob("*.py"):
        text = source.read_text(encoding="utf-8")
        assert not [name for name in names if name in text], source


BREAKS: dict[str, Callable[[dict[str, Any]], object]] = {
    "unknown_key": lambda raw: raw["check"][0].update(whem={}),
    "missing_key": lambda raw: raw["check"][0].pop("why"),
    "wrong_kind": lambda raw: raw["check"][0].update(what=1),
    "unknown_name": lambda raw: raw["check"][0].update(when={"field": "no_such_field", "is": 1}),
    "twice": lambda raw: raw["field"].append(raw["field"][0]),
    "blocks": lambda raw: raw["check"][0].update(blocks="reception"),
    "one_operator": lambda raw: raw["check"][0].update(when={"field": "claim_reason", "is": "x", "is_not": "y"}),
    "unknown_value": lambda raw: raw["check"][0].update(confidence="sure"),
    "months_not_covered": lambda raw: raw["enquiry"][0].update(year=[{"first": 1, "last": 5, "offset": 0}]),
}


@pytest.mark.parametrize("fault", list(BREAKS))
def test_a_broken_file_is_refused_with_its_place(fault: str) -> None:
    raw = copy.deepcopy(RAW)
    BREAKS[fault](raw)
    with pytest.raises(DataFault) as caught:
        parse_procedure(raw, "claim.toml")
    assert caught.value.data["what"] == fault
    assert str(caught.value.data["place"]).startswith("claim.toml")


def test_a_procedure_is_in_force_from_its_day() -> None:
    assert CLAIM.in_force(date(2024, 10, 1))
    assert not CLAIM.in_force(date(2024, 9, 30))
