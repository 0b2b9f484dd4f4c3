"""One trace number runs from the key press to the office's log and its ledger."""

import json

import pytest

from app.domain.clock import SystemClock, SystemRandom, new_id
from app.link.line import Headers, Line
from app.wire.desk import AskTimeline, OpenVisit, Timeline
from app.wire.message import Nothing
from tests.support.backend import PASSPHRASE, Backend, Seated

pytestmark = pytest.mark.postgres


def asked(seated: Seated, path: str, message: object, gives: type, trace: str) -> object:
    line = Line(f"https://127.0.0.1:{seated.port}", seated.tls, PASSPHRASE)
    try:
        return line.ask(path, message, gives, Headers(trace, new_id(SystemClock(), SystemRandom()), seated.token))
    finally:
        line.close()


def test_a_key_press_is_found_by_its_number_in_the_log_and_in_the_ledger(running_backend: Backend) -> None:
    clerk, supervisor = running_backend.seat("k1001"), running_backend.seat("v6001", "T-02")
    trace = new_id(SystemClock(), SystemRandom())
    visit = OpenVisit(visit_id=new_id(SystemClock(), SystemRandom()), ticket="A1", opened_at=SystemClock().now())
    asked(clerk, "/desk/v1/open-visit", visit, Nothing, trace)

    lines = [
        json.loads(line) for line in running_backend.log.read_text(encoding="utf-8").splitlines() if line[:1] == "{"
    ]
    assert [line["path"] for line in lines if line.get("trace") == trace] == ["/desk/v1/open-visit"]
    timeline = asked(supervisor, "/desk/v1/timeline", AskTimeline(visit_id=visit.visit_id), Timeline, "another")
    assert isinstance(timeline, Timeline)
    assert [entry.trace for entry in timeline.entries if entry.act == "visit.opened"] == [trace]
