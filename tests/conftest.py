"""What every test stands on: an offscreen screen, no skips where none are allowed, and the shared real things."""

import gc
import os
import sys
import time
from collections.abc import Generator, Iterator

import pytest

ELSEWHERE = "America/New_York"
"""Where this machine seems to stand: dates are the office's all the same, or a test fails."""
os.environ["TZ"] = ELSEWHERE
if hasattr(time, "tzset"):
    time.tzset()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = [
    "tests.support.counter_memory",
    "tests.support.keyring_session",
    "tests.support.pcscd",
    "tests.support.pinpad.pad",
    "tests.support.cards",
    "tests.support.other_cards",
    "tests.support.proving",
    "tests.support.postgres",
    "tests.support.stores",
    "tests.support.patient_bot",
    "tests.support.xvfb",
]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "seed(*rows): shows these rows of the seeds")
    config.addinivalue_line("markers", "twin(*rows): shows what must not happen where these rows hold")
    config.addinivalue_line("markers", "scenario(*names): a case at the edge of the law, in words")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skipped test is a failed test")
    parser.addoption("--endurance", action="store_true", help="repeat as often as the acceptance lists ask")


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped here: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if item.config.getoption("--no-skips"):
        _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if collector.config.getoption("--no-skips"):
        _refuse_skip(report)
    return report


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
