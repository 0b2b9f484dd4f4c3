"""What every test stands on: an offscreen screen, no skips where none are allowed, and the shared real things."""

import gc
import os
import sys
import time
from collections.abc import Iterator

import pytest

ELSEWHERE = "America/New_York"
"""Where this machine seems to stand: dates are the office's all the same, or a test fails."""
os.environ["TZ"] = ELSEWHERE
if hasattr(time, "tzset"):
    time.tzset()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

collect_ignore = ["frozen"]
"""Building the program takes minutes: ``make package`` does, and asks for these tests by name."""
pytest_plugins = [
    "tests.support.no_skips",
    "tests.support.counter_memory",
    "tests.support.counts",
    "tests.support.cups",
    "tests.support.keyring_session",
    "tests.support.pcscd",
    "tests.support.pinpad.pad",
    "tests.support.cards",
    "tests.support.other_cards",
    "tests.seed_matrix.witness",
    "tests.support.proving",
    "tests.support.postgres",
    "tests.support.stores",
    "tests.support.patient_bot",
    "tests.support.turn_watch",
    "tests.support.xvfb",
]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "seed(*rows): shows these rows of the seeds")
    config.addinivalue_line("markers", "twin(*rows): shows what must not happen where these rows hold")
    config.addinivalue_line("markers", "scenario(*names): a case at the edge of the law, in words")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--endurance", action="store_true", help="repeat as often as the acceptance lists ask")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Asked only in a run of several processes."""
    from tests.support.sharing_out import scheduler

    return scheduler(config, log)


def pytest_collection_finish() -> None:
    """Thousands of collected tests live as long as the run: no later search for garbage shall walk through them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module", autouse=True)
def _no_window_outlives_its_file() -> Iterator[None]:
    """A style is worked out for every window that still stands: those of earlier files would slow all later ones."""
    yield
    if (widgets := sys.modules.get("PySide6.QtWidgets")) is None or widgets.QApplication.instance() is None:
        return
    core = sys.modules["PySide6.QtCore"]
    for widget in widgets.QApplication.topLevelWidgets():
        widget.deleteLater()
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    gc.collect()
    gc.freeze()
