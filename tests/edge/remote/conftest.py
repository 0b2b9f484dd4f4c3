"""An office that tests may fail: killed, or standing still."""

import os
import secrets
import signal
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.support.backend import Backend, backend


@dataclass
class Office:
    """The office of these tests, and where this PC keeps its keys."""

    backend: Backend
    keys: str
    how: str = ""

    def fail(self, how: str) -> None:
        """The office is killed, or it stands still: then its connections stay open and nothing comes back."""
        self.how = how
        if how == "killed":
            self.backend.kill()
        else:
            os.kill(self.backend.pid, signal.SIGSTOP)

    def mend(self) -> None:
        how, self.how = self.how, ""
        if how == "killed":
            self.backend.start()
        elif how:
            os.kill(self.backend.pid, signal.SIGCONT)


@pytest.fixture(autouse=True)
def mended(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test did to the office, the next one finds it standing."""
    yield
    if "office" in request.fixturenames:
        made = request.getfixturevalue("office")
        if isinstance(made, Office):
            made.mend()


@pytest.fixture(scope="package")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One backend that tests may fail."""
    with backend(tmp_path_factory.mktemp("failing"), size=12) as made:
        office = Office(made, f"madoguchi-test-{secrets.token_hex(6)}")
        yield office
        office.mend()
