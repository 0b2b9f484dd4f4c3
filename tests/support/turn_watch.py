"""With ``--watch-turns`` a test fails when a turn of the window's loop takes the processor over 50 ms or waits."""

from collections.abc import Generator, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.turn_meter import Turn, WatchedApplication


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--watch-turns", action="store_true", help="a turn of the window's loop that is too long fails")


@pytest.fixture(scope="session")
def qapp_cls(pytestconfig: pytest.Config) -> type[QApplication]:
    """The class of the one application object, as pytest-qt asks for it."""
    return WatchedApplication if pytestconfig.getoption("--watch-turns") else QApplication


@pytest.fixture(scope="session", autouse=True)
def _looked_at_to_the_end() -> Iterator[None]:
    yield
    if isinstance(application := QApplication.instance(), WatchedApplication):
        application.onlooker.close()
        application.meter.close()


def _taken() -> list[Turn]:
    application = QApplication.instance()
    return application.meter.taken() if isinstance(application, WatchedApplication) else []


def _watched() -> Generator[None, object, object]:
    """What fails by itself fails for its own reason."""
    try:
        result = yield
    except BaseException:
        _taken()
        raise
    if turns := _taken():
        told = "\n".join(turn.told() for turn in turns)
        pytest.fail(f"the window's thread was taken for too long:\n{told}", pytrace=False)
    return result


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup() -> Generator[None, object, object]:
    return (yield from _watched())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call() -> Generator[None, object, object]:
    return (yield from _watched())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Generator[None, object, object]:
    return (yield from _watched())
