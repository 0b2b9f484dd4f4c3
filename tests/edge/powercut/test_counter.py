"""The counter's stores through power cuts (R-041): acts, drafts, hand-ins, deliveries, schemas; a test that fails."""

import pytest

from tests.edge.powercut.conftest import Recorder

pytestmark = [pytest.mark.keyring, pytest.mark.fault, pytest.mark.usefixtures("keyring_home")]


ALWAYS, ENDURANCE = ("journal", "counter's hand-in", "outbox"), ("counter's migration", "counter's rotation")
"""What each run cuts, and what endurance runs and the soak cut besides."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "name" in metafunc.fixturenames:
        more = ENDURANCE if metafunc.config.getoption("--endurance") else ()
        metafunc.parametrize("name", [*ALWAYS, *more])


def test_after_a_power_cut_at_any_moment_nothing_acknowledged_is_lost_and_nothing_is_there_twice(
    name: str, recorder: Recorder, cuts: int
) -> None:
    verdicts = recorder(name).cut(cuts, seed=7)
    assert verdicts.faults == []
    assert (verdicts.cuts, verdicts.judged > cuts // 2, verdicts.said > cuts) == (cuts, True, True)


def test_with_the_usual_setting_of_sqlite_the_same_test_fails(recorder: Recorder, cuts: int) -> None:
    """``synchronous = NORMAL`` acknowledges what is not on the disk yet."""
    verdicts = recorder("journal", less=True).cut(cuts, seed=7, most_faults=1)
    assert "was acknowledged" in verdicts.faults[0]
