"""Each requirement that is said to be met is named by a test that shows it, in the test's docstring or its module's."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

import pytest

from tests.seed_matrix.marks import ABOUT_MARKS
from tests.seed_matrix.rows import OWNERS
from tests.support.source import ROOT

_ID = re.compile(r"\b(?:[CKF]-\d\d|M-\d|B2-\d+|R-\d{3}|S\d\d-\d+[a-z]?)\b")
SESSION = (
    *(f"C-{number:02}" for number in (*range(1, 11), 13)),
    "K-07", "S01-9", "S03-4", "S03-6", "S04-4", "S07-4", "S13-5", "S14-6a", "S16-6",
    *(f"R-{number:03}" for number in (*range(22, 31), 55, 56, 81, 90)),
)  # fmt: skip
"""Who sits here: staff, terminals, two factors, rights, lock, no hard copy."""
LEDGER = (
    "C-11", "C-12", "K-08", "K-15", "K-19", "S01-5", "S01-10d", "S03-5", "S04-5",
    "K-24", *(f"R-{number:03}" for number in (9, 11, 32, 41, 52, 66, 69, 77)),
)  # fmt: skip
"""What happened, provably: journal, ledger, outbox, review, backup, a server lost with its disk."""
NETWORK = ("K-01", "K-02", "K-12", "R-036", "R-087", "S07-0a", "S07-0b", "S07-1", "S07-2", "S07-3", "S07-5", "S08-6")
"""The resident network behind its boundary."""
DISTRIBUTION = (
    "B2-11", "B2-12", "F-07", "F-08", "F-09", "K-09", "K-10", "R-020", "R-085", "R-086",
    "S04-0a", "S04-0b", "S04-1", "S04-2", "S04-2a", "S04-3", "S04-5",
)  # fmt: skip
"""個人基本: changes of the register to approved systems, household information to the replica."""
REGISTERS = (
    *(f"B2-{number}" for number in range(1, 11)), *(f"F-{number:02}" for number in (*range(2, 7), 10, 30)),
    *(f"S05-{number}" for number in range(5)), *(f"S06-{number}" for number in range(1, 9)), "S07-4",
    *(f"S08-{number}" for number in (*range(1, 6), 7, 8)), "C-22", "C-32", "C-33", "K-11", "M-3", "M-4",
    "R-021", "R-084", "R-088",
)  # fmt: skip
"""Residents, social insurance addresses, the resident network's own side."""
EXCHANGE = ("S01-", "S02-", "S03-", "S15-")
"""中間サーバー, 市中間サーバ, 団体内統合宛名, 既存システム: their rows count over mutual TLS only."""
OPEN: tuple[str, ...] = ()
"""What is not there, or not whole: the README says so, and no test may say otherwise."""


def claims(text: str) -> Mapping[str, Sequence[str]]:
    """Identifier → names of the tests in a module that name it; a module's docstring speaks for all of its tests."""
    tree = ast.parse(text)
    found: dict[str, list[str]] = {}
    tests = list(_tests(tree))
    for test in tests:
        said = f"{ast.get_docstring(tree) or ''}\n{ast.get_docstring(test) or ''}"
        for name in _ID.findall(said):
            found.setdefault(name, []).append(test.name)
    return found


def _tests(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Those that run everywhere: none that is skipped or expected to fail."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            marks = {ast.unparse(mark) for mark in node.decorator_list}
            if not any(word in mark for mark in marks for word in ("mark.skip", "mark.xfail")):
                yield node


@pytest.fixture(scope="module")
def claimed() -> set[str]:
    """All identifiers that tests name, but for this folder's own."""
    files = [path for path in (ROOT / "tests").rglob("test_*.py") if path.name not in ABOUT_MARKS]
    return {name for path in files for name in claims(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("name", [*SESSION, *LEDGER, *NETWORK, *DISTRIBUTION, *REGISTERS])
def test_each_requirement_is_shown_by_a_test(claimed: set[str], name: str) -> None:
    assert name in claimed, f"no test names {name}"


def test_no_row_of_the_exchange_is_claimed_that_has_no_owner_to_answer_for_it(claimed: set[str]) -> None:
    """Who has an owner is shown over mutual TLS on both engines, or ``test_marked`` fails."""
    rows = {name for name in claimed if name.startswith(EXCHANGE)}
    assert rows
    assert rows - set(OWNERS) == set()


def test_what_is_not_there_is_told_to_the_reader_and_claimed_by_no_test(claimed: set[str]) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    told = readme.partition("## What does not yet")[2].partition("## Commands")[0]
    assert told, "the list of gaps has its place"
    assert [name for name in OPEN if name in claimed or name not in told] == []


def test_a_name_counts_in_a_docstring_of_a_test_that_runs_and_nowhere_else() -> None:
    module = '"""R-001: all."""\ndef test_a():\n    """C-02: this."""\n'
    assert claims(module) == {"R-001": ["test_a"], "C-02": ["test_a"]}
    assert claims('"""R-001: none runs."""\ndef helper():\n    """C-02"""\n') == {}
    assert claims('import pytest\n@pytest.mark.skip\ndef test_a():\n    """C-02"""\n') == {}
    assert claims('def test_a():\n    x = "C-02"  # R-001\n') == {}
    assert claims('def test_a():\n    """S14-6a, S01-9, C-021, XR-001"""\n').keys() == {"S14-6a", "S01-9"}
