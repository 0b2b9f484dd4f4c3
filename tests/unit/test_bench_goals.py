"""A bench or soak that loses something ends with an exit code that says so."""

import pytest

from bench.__main__ import names, verdict
from bench.figures import Figure
from tests.support.source import ROOT

MET = Figure("kept", 5, "records", goal=5, sense="value>=goal").row()
LOST = Figure("lost", 1, "records", goal=0).row()
OPEN = Figure("told beside", 7, "s").row()


@pytest.mark.parametrize(
    ("name", "small", "figures", "code"),
    [
        ("soak", False, [MET, OPEN], 0),
        ("soak", False, [MET, LOST], 1),
        ("soak", True, [LOST, MET], 1),
        ("ledger", False, [OPEN, LOST], 1),
        ("ledger", True, [LOST], 0),
        ("ledger", False, [OPEN], 0),
    ],
)
def test_a_lost_goal_is_an_exit_code_and_its_name_is_told(
    capsys: pytest.CaptureFixture[str],
    name: str,
    small: bool,  # noqa: FBT001
    figures: list[dict[str, object]],
    code: int,
) -> None:
    assert verdict(name, figures, small=small) == code
    assert ("goal missed: lost" in capsys.readouterr().err) is (LOST in figures)


def test_the_help_of_make_names_every_bench_there_is() -> None:
    line = next(one for one in (ROOT / "Makefile").read_text("utf-8").splitlines() if one.startswith("bench:"))
    told = line.partition("NAME=")[2].split(" ")[0]
    assert sorted(told.split("|")) == sorted(set(names()) - {"soak"})
