"""A terminal that somebody has turned against the office can't speak for another one, nor spoil a timeline."""

import json
from dataclasses import replace

import pytest

from app.domain.act import Act
from app.errors import NotUnderstood, Refused
from app.trust.act_record import record_of
from app.trust.record import Record, encode_record, new_salt
from app.wire.desk import AskTimeline, JournalRecord
from tests.edge.backend.desk.conftest import Office
from tests.edge.backend.desk.test_journal import SUPERVISOR, TerminalLog, keep, terminal  # noqa: F401 -- a fixture
from tests.support.slices import KITA, MORNING


def record(**changed) -> Record:
    act = Act("register.searched", MORNING, KITA, "001", "T-1", "trace", visit="v1")
    return replace(record_of(act, "terminal.T-1"), **changed)


def added(terminal: TerminalLog, forged: Record) -> TerminalLog:  # noqa: F811 -- the fixture's value
    terminal.records.append(JournalRecord(index=len(terminal.records), record=encode_record(forged), salt=new_salt()))
    return terminal


def test_an_act_at_another_terminal_is_refused(office: Office, terminal: TerminalLog) -> None:  # noqa: F811
    with pytest.raises(Refused) as refused:
        keep(office, added(terminal, record(terminal="T-2")).sync())
    assert refused.value.reason == "journal_foreign"


@pytest.mark.parametrize("detail", ["not json", "[1]", '{"a": 1}', "1.5", "NaN"])
def test_a_record_that_would_make_the_timeline_unreadable_is_refused(
    office: Office,
    terminal: TerminalLog,  # noqa: F811
    detail: str,
) -> None:
    keep(office, terminal.sync())
    with pytest.raises(NotUnderstood):
        keep(office, added(terminal, record(details={"hits": detail})).sync())
    timeline = office.desk.visits.timeline(office.call(SUPERVISOR), AskTimeline(visit_id="v1"))
    assert json.loads(json.dumps([entry.act for entry in timeline.entries]))
