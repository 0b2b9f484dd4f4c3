"""Each row of the registers has a test that shows it and a twin that shows what must not happen, on both engines."""

from collections import defaultdict
from collections.abc import Mapping

import pytest

from tests.seed_matrix.marks import KINDS, SCENARIO, Marked, all_marked
from tests.seed_matrix.rows import OWNERS
from tests.support.stores import ENGINES

ROWS = (
    *(f"S04-{name}" for name in ("0a", "0b", "1", "2", "2a", "3", "4", "5")),
    *(f"S05-{number}" for number in range(5)),
    *(f"S06-{number}" for number in range(1, 9)),
    *(f"S07-{name}" for name in ("0a", "0b", *range(1, 6))),
    *(f"S08-{number}" for number in range(1, 9)),
    *(f"B2-{number}" for number in range(1, 13)),
    *(f"F-{number:02}" for number in (*range(2, 11), 30)),
    "C-22", "C-32", "C-33", "K-02", "K-09", "K-10", "K-11", "K-12", "M-3", "M-4",
    *(f"R-{number:03}" for number in (20, 21, 84, 85, 86, 88)),
    *OWNERS, *(f"F-{number}" for number in range(14, 18)),
    "C-44", "C-48", "C-49", "K-04", "K-13", "K-16",
    "C-41", "C-50", "C-51", "C-53", "K-01", "K-03", "K-05",
)  # fmt: skip
"""What registers, numbers, codes and the relay do: functions, tasks, flows, acceptance items and measures."""
SCENARIOS = (
    "a victim's address asked by the spouse at another counter",
    "death while a move is provisional",
    "special move-in that never comes",
    "twin births",
    "household head change on divorce",
    "a foreign resident whose alias changes",
    "back-dated move over New Year of a new era",
)
"""The laws' edge cases that are shown in words."""
Shown = Mapping[tuple[str, str], Mapping[str, set[str]]]
"""Row and kind of the mark → test → the engines on which it is collected."""


def shown(marked: list[Marked]) -> Shown:
    """Which tests show what, by their own names."""
    found: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for nodeid, kind, rows in marked:
        test, _, parameters = nodeid.partition("[")
        engines = {name for name in ENGINES if name in parameters}
        for row in rows:
            found[row, kind][test] |= engines
    return found


@pytest.fixture(scope="module")
def collected(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Marked]:
    return all_marked(request.session, tmp_path_factory.mktemp("marks"))


def lacking(found: Shown) -> list[tuple[str, str]]:
    """Rows without a test of a kind that runs on both engines."""
    return [
        (row, kind)
        for row in ROWS
        for kind in KINDS
        if not any(engines == set(ENGINES) for engines in found.get((row, kind), {}).values())
    ]


def test_each_row_is_shown_and_so_is_what_must_not_happen_on_both_engines(collected: list[Marked]) -> None:
    assert lacking(shown(collected)) == []


def test_a_mark_names_rows_that_there_are_and_no_test_is_the_twin_of_itself(collected: list[Marked]) -> None:
    assert {row for _, kind, rows in collected if kind in KINDS for row in rows} <= set(ROWS)
    assert {name for _, kind, names in collected if kind == SCENARIO for name in names} == set(SCENARIOS)
    both = {(test, row) for test, kind, rows in collected for row in rows if kind == "seed"}
    assert both & {(test, row) for test, kind, rows in collected for row in rows if kind == "twin"} == set()


@pytest.mark.parametrize("name", SCENARIOS)
def test_each_case_of_the_law_is_shown_on_both_engines(collected: list[Marked], name: str) -> None:
    found = shown(collected)[name, SCENARIO]
    assert any(engines == set(ENGINES) for engines in found.values()), found


def test_one_engine_or_one_side_alone_is_not_enough() -> None:
    here = [(f"t.py::test_a[{engine}]", kind, (row,)) for engine in ENGINES for kind in KINDS for row in ROWS]
    assert lacking(shown(here)) == []
    assert lacking(shown([one for one in here if "postgresql" in one[0]]))[0] == (ROWS[0], "seed")
    assert lacking(shown([one for one in here if (one[1], one[2]) != ("twin", ("M-3",))])) == [("M-3", "twin")]
    assert lacking(shown([("t.py::test_a", "seed", ("M-4",))]))[-1] == (ROWS[-1], "twin")
