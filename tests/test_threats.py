"""The threat table is kept: every row is whole, numbered once, and points at a test that exists and can run."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.source import ROOT

ATTACKERS = {"visitor", "clerk", "administrator", "database operator", "PC thief", "other municipality", "network"}


@dataclass(frozen=True)
class Threat:
    number: str
    asset: str
    attacker: str
    control: str
    tests: tuple[str, ...]


def read_table(text: str) -> list[Threat]:
    """The rows whose first cell is a number T-nn or T-nnn."""
    rows = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if re.fullmatch(r"T-\d{2,3}", cells[0]) and len(cells) == 5:
            number, asset, attacker, control, tests = cells
            rows.append(Threat(number, asset, attacker, control, tuple(re.findall(r"`([^`]+)`", tests))))
    return rows


def is_test(name: str) -> bool:
    """Whether ``file::function`` (or ``file::Class::function``) names a test that is not skipped for good."""
    file, *steps = name.split("::")
    path = ROOT / file
    if not path.is_file() or not steps:
        return False
    body: list[ast.stmt] = ast.parse(path.read_text("utf-8")).body
    for step in steps:
        found = [node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == step]
        if len(found) != 1 or any("skip" in ast.unparse(mark) for mark in found[0].decorator_list):
            return False
        body = found[0].body
    return steps[-1].startswith("test_")


THREATS = read_table((ROOT / "app/threats.md").read_text("utf-8"))


def test_there_are_threats_and_each_has_a_number_of_its_own() -> None:
    numbers = [threat.number for threat in THREATS]
    assert numbers
    assert numbers == sorted(set(numbers), key=lambda number: int(number.removeprefix("T-")))
    assert len(numbers) == len(re.findall(r"^\|\s*T-", (ROOT / "app/threats.md").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("threat", THREATS, ids=lambda threat: threat.number)
def test_every_threat_has_a_control_and_a_test_that_shows_it(threat: Threat) -> None:
    assert threat.asset
    assert threat.control
    assert set(re.split(r",\s*", threat.attacker)) <= ATTACKERS
    assert threat.tests
    assert [name for name in threat.tests if not is_test(name)] == []


@pytest.mark.parametrize(
    "name",
    [
        "tests/test_threats.py",
        "tests/test_threats.py::read_table",
        "tests/test_threats.py::test_that_is_nowhere",
        "tests/nowhere.py::test_a",
    ],
)
def test_a_name_without_a_test_is_noticed(name: str) -> None:
    assert not is_test(name)


def test_links_in_the_documents_lead_somewhere() -> None:
    for document in ("README.md", "app/README.md", "app/threats.md", "resources/data/README.md"):
        text = (ROOT / document).read_text("utf-8")
        aims = re.findall(r"\]\((?!https?:)([^)#]+)", text) + re.findall(r'src="([^"]+)"', text)
        missing = [aim for aim in aims if not (Path(ROOT / document).parent / aim).exists()]
        assert missing == [], document
