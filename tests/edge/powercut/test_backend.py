"""The backend on SQLCipher through power cuts: receipts, every slice's migrations, rotation of keys."""

import pytest

from tests.edge.powercut.conftest import Recorder

pytestmark = pytest.mark.fault


@pytest.mark.parametrize("name", ["desk's hand-in", "migration", "rotation"])
def test_after_a_power_cut_at_any_moment_the_backend_goes_on_where_it_was(
    name: str, recorder: Recorder, cuts: int
) -> None:
    verdicts = recorder(name).cut(cuts, seed=11)
    assert verdicts.faults == []
    assert (verdicts.cuts, verdicts.judged > cuts // 3, verdicts.said > cuts) == (cuts, True, True)


def test_receipts_are_lost_with_the_usual_setting_of_sqlite(recorder: Recorder, cuts: int) -> None:
    """``synchronous = NORMAL`` acknowledges what is not on the disk yet."""
    verdicts = recorder("desk's hand-in", less=True).cut(cuts, seed=11, most_faults=1)
    assert verdicts.faults
