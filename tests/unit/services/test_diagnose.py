"""The diagnosis: what is wrong with a PC has a name and a way to mend it, and nothing in it is of a person."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.printing import Printer, PrinterState
from app.errors import AppError, DiskFull, KeyringLocked, Unreachable
from app.services import diagnose as part
from app.services.card_port import ReaderSeen
from app.services.check_readers import ReaderChecked, ReadersChecked
from app.services.diagnose import Diagnose, Finding, State, exported
from app.services.ports.memory import Kind, OutgoingState, Standing
from app.services.ports.seat import Press
from app.ui.messages import load_messages
from app.wire.health import HealthPart, HealthState

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
CANARY = "辻󠄀野花子", "123456789018", "A012"


@dataclass
class Clock:
    at: datetime = AT
    seconds: float = 0.0

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.seconds


@dataclass
class Office:
    """Answers with its own time, or with what it was told."""

    clock: Clock
    ahead_s: float = 0.0
    took_s: float = 0.0
    error: AppError | None = None
    parts: tuple[HealthPart, ...] = field(default_factory=tuple)

    def state(self, press: Press) -> HealthState:
        if self.error is not None:
            raise self.error
        at = self.clock.at + timedelta(seconds=self.ahead_s)
        self.clock.at += timedelta(seconds=self.took_s)
        self.clock.seconds += self.took_s
        return HealthState(at=at, is_well=True, parts=self.parts)


def pressed() -> Press:
    return Press("trace", "key", AT)


def looked(office: Office) -> dict[str, Finding]:
    return {one.part: one for one in part.office(office, pressed, office.clock)}


def item(*, standing: Standing = Standing.WAITING, age_s: float = 0.0) -> OutgoingState:
    return OutgoingState(
        item_id=CANARY[2], kind=Kind.HAND_IN, author=CANARY[1], subject=CANARY[0],
        created_at=AT - timedelta(seconds=age_s), standing=standing, attempts=1, cause="office.unreachable",
        next_at=AT, can_act="nobody",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "state", "cause"),
    [
        (lambda: part.readers(ReadersChecked(service_runs=False, readers=())), State.UNWELL, "card_service_down"),
        (lambda: part.readers(ReadersChecked(service_runs=True, readers=())), State.UNWELL, "no_reader"),
        (lambda: part.printers(()), State.UNWELL, "no_printer"),
        (
            lambda: part.printers((Printer("p", "", PrinterState.STOPPED, accepts=True),)),
            State.UNWELL,
            "printer_stopped",
        ),
        (lambda: part.printers((Printer("p", "", PrinterState.IDLE, accepts=True),)), State.WELL, ""),
        (lambda: part.disk(part.FEW - 1), State.UNWELL, "disk_full"),
        (lambda: part.disk(part.LOW - 1), State.WARNED, "disk_low"),
        (lambda: part.disk(part.LOW), State.WELL, ""),
        (lambda: part.ending("certificate", AT + timedelta(days=31), AT), State.WELL, ""),
        (lambda: part.ending("certificate", AT + timedelta(days=30), AT), State.WARNED, "certificate_ends"),
        (lambda: part.ending("certificate", AT + timedelta(days=1), AT), State.UNWELL, "certificate_ends"),
        (lambda: part.ending("certificate", AT - timedelta(seconds=1), AT), State.UNWELL, "certificate_ended"),
        (lambda: part.outbox((), AT), State.WELL, ""),
        (lambda: part.outbox((item(age_s=part.OLD_S + 1),), AT), State.WARNED, "outbox_old"),
        (lambda: part.outbox((item(standing=Standing.DEAD),), AT), State.UNWELL, "outbox_stopped"),
    ],
)
def test_what_is_wrong_has_a_name_a_cause_and_a_way_to_mend_it(
    found: Callable[[], tuple[Finding, ...]], state: State, cause: str
):
    (one,) = found()
    assert (one.state, one.cause) == (state, cause)
    words = load_messages()
    assert words.word("diagnosis_part", one.part) != one.part
    assert all(words.word("diagnosis_figure", name) != name for name in one.figures)
    if cause:
        assert words.word("diagnosis_cause", cause) != cause
        assert words.word("diagnosis_fix", cause) != cause


def test_a_reader_that_stands_there_is_well_whatever_lies_on_it():
    checked = ReaderChecked(ReaderSeen("ACS", None))
    (one,) = part.readers(ReadersChecked(service_runs=True, readers=(checked,)))
    assert one == Finding("readers", figures={"readers": 1.0})


@pytest.mark.parametrize(
    ("ahead_s", "state"),
    [(0.0, State.WELL), (-9.0, State.WELL), (20.0, State.WARNED), (-20.0, State.WARNED), (-300.0, State.UNWELL)],
)
def test_this_pcs_clock_is_compared_with_the_offices(ahead_s: float, state: State):
    found = looked(Office(Clock(), ahead_s))
    assert found["network"].state is State.WELL
    assert found["clock"].state is state


def test_a_slow_line_is_not_taken_for_a_wrong_clock():
    assert looked(Office(Clock(), ahead_s=8.0, took_s=16.0))["clock"].state is State.WELL


def test_an_office_that_does_not_answer_leaves_the_rest_unknown_and_not_well():
    found = looked(Office(Clock(), error=Unreachable()))
    assert (found["network"].state, found["network"].cause) == (State.UNWELL, "office.unreachable")
    assert {found["clock"].state, found["slices"].state} == {State.UNKNOWN}


def test_each_part_of_the_office_is_told_with_its_own_cause():
    parts = (
        HealthPart(name="log", state="unwell", reason="store.disk_full", where=("desk",), figures={}),
        HealthPart(name="keys", state="well", reason="", where=(), figures={}),
        HealthPart(name="from_a_newer_office", state="strange", reason="", where=(), figures={}),
    )
    found = looked(Office(Clock(), parts=parts))
    assert (found["office_log"].state, found["office_log"].cause) == (State.UNWELL, "office_log")
    assert found["office_keys"].state is State.WELL
    assert found["office_from_a_newer_office"].state is State.UNKNOWN


def test_a_part_that_can_not_be_looked_at_is_what_is_wrong():
    def locked() -> tuple[Finding, ...]:
        raise KeyringLocked

    def well() -> tuple[Finding, ...]:
        return (Finding("disk"),)

    looking = Diagnose({"keyring": locked, "disk": well})
    assert looking.parts == ("keyring", "disk")
    assert looking.look("keyring") == (Finding("keyring", State.UNWELL, KeyringLocked.code),)
    assert looking.look("disk") == (Finding("disk"),)


def test_what_is_exported_names_causes_and_nobody():
    waiting = (item(standing=Standing.DEAD), item(age_s=4000))
    findings = (*part.outbox(waiting, AT), Finding("disk", State.UNWELL, DiskFull.code, {"free_mb": 12.0}))
    text = exported(findings, AT, "1.0")
    assert "outbox\tunwell\toutbox_stopped\toldest_s=4000\tstopped=1\twaiting=2" in text
    assert "disk\tunwell\tstore.disk_full\tfree_mb=12" in text
    assert not any(name in text for name in CANARY)
    assert text.isascii()
