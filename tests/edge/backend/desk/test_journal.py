"""A terminal's journal arrives at the desk: unbroken, under its own key, or not at all; on both engines."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from app.domain.act import Act
from app.errors import NotAllowed, NotUnderstood, Refused
from app.trust.act_record import record_of
from app.trust.checkpoint import log_key, open_checkpoint, origin_of, sign_checkpoint
from app.trust.merkle import Tree, grow, leaf_hash
from app.trust.proofs import extends
from app.trust.record import encode_record, entry_of, new_salt
from app.trust.sign import SigningKey
from app.wire.desk import AskTimeline, JournalKept, JournalRecord, SyncJournal
from tests.edge.backend.desk.conftest import CHECKER, Office
from tests.support.slices import KITA, MINAMI, MORNING, acts, person

CLERK = person("001", "journal.write", "visit.open", terminal="T-1")
SUPERVISOR = person("007", "visit.read")


@dataclass
class TerminalLog:
    """What a terminal keeps: its records and its key."""

    log: str = "terminal.T-1"
    municipality: str = KITA
    key: SigningKey = field(default_factory=SigningKey.generate)
    records: list[JournalRecord] = field(default_factory=list)

    def write(self, kind: str, at: datetime = MORNING, **more) -> None:
        act = Act(kind, at, self.municipality, "001", "T-1", "trace", visit="v1", **more)
        record = encode_record(record_of(act, self.log))
        self.records.append(JournalRecord(index=len(self.records), record=record, salt=new_salt()))

    def sync(self, first: int = 0, *, size: int | None = None) -> SyncJournal:
        """The records from ``first`` on, with the checkpoint of the first ``size`` (all)."""
        covered = self.records[: len(self.records) if size is None else size]
        tree = grow(Tree(), [leaf_hash(entry_of(one.salt, one.record)) for one in covered]).tree
        note = sign_checkpoint(origin_of(self.log, self.municipality), tree, self.key)
        return SyncJournal(
            first=first,
            records=tuple(self.records[first:]),
            checkpoint=note.decode(),
            public_key=self.key.public.raw,
        )


@pytest.fixture
def terminal() -> TerminalLog:
    made = TerminalLog()
    made.write("card.read")
    made.write("register.searched")
    return made


def keep(office: Office, asked: SyncJournal, key: str = "") -> JournalKept:
    return office.desk.journals.keep(office.call(CLERK, key), asked)


def reason_of(office: Office, asked: SyncJournal) -> str:
    with pytest.raises(Refused) as caught:
        keep(office, asked)
    kind, detail = acts(office.slice, KITA)[-1]
    assert (kind, detail["reason"]) == ("journal.sync_refused", caught.value.reason)
    return caught.value.reason


def test_a_journal_is_taken_over_piece_by_piece(office: Office, terminal: TerminalLog) -> None:
    assert keep(office, terminal.sync()).size == 2
    terminal.write("application.handed_in")
    kept = keep(office, terminal.sync(2))
    assert kept.size == 3
    ours = log_key(origin_of("desk", KITA), office.slice.signing.public)
    assert open_checkpoint(kept.checkpoint.encode(), ours).size == 2


def test_the_desk_proves_that_its_own_log_only_grew(office: Office, terminal: TerminalLog) -> None:
    ours = log_key(origin_of("desk", KITA), office.slice.signing.public)
    first = open_checkpoint(keep(office, terminal.sync()).checkpoint.encode(), ours)
    office.receive()
    terminal.write("three")
    kept = keep(office, replace_seen(terminal.sync(2), first.size))
    second = open_checkpoint(kept.checkpoint.encode(), ours)
    assert second.size == 4
    assert extends((first.size, first.root), (second.size, second.root), kept.consistency)
    assert not extends((first.size, bytes(32)), (second.size, second.root), kept.consistency)


def test_a_terminal_that_saw_more_than_the_desk_has_gets_no_proof(office: Office, terminal: TerminalLog) -> None:
    assert keep(office, replace_seen(terminal.sync(), 9)).consistency == ()


def replace_seen(asked: SyncJournal, seen: int) -> SyncJournal:
    return SyncJournal(
        first=asked.first,
        records=asked.records,
        checkpoint=asked.checkpoint,
        public_key=asked.public_key,
        seen=seen,
    )


def test_what_came_before_may_come_again(office: Office, terminal: TerminalLog) -> None:
    keep(office, terminal.sync())
    terminal.write("application.handed_in")
    assert keep(office, terminal.sync(0)).size == 3
    assert keep(office, terminal.sync(3)).size == 3


def test_the_same_key_gives_the_same_answer(office: Office, terminal: TerminalLog) -> None:
    asked = terminal.sync()
    assert keep(office, asked, "key-j") == keep(office, asked, "key-j")


def test_a_gap_is_refused(office: Office, terminal: TerminalLog) -> None:
    keep(office, terminal.sync())
    terminal.write("three")
    terminal.write("four")
    assert reason_of(office, terminal.sync(3)) == "journal_gap"


def test_a_missing_record_in_the_middle_is_refused(office: Office, terminal: TerminalLog) -> None:
    terminal.write("three")
    whole = terminal.sync()
    holed = SyncJournal(
        first=0,
        records=(whole.records[0], whole.records[2]),
        checkpoint=whole.checkpoint,
        public_key=whole.public_key,
    )
    assert reason_of(office, holed) == "journal_gap"


def test_records_that_the_checkpoint_does_not_cover_are_refused(office: Office, terminal: TerminalLog) -> None:
    assert reason_of(office, terminal.sync(size=1)) == "journal_gap"


def test_a_rewritten_past_is_refused(office: Office, terminal: TerminalLog) -> None:
    keep(office, terminal.sync())
    changed = TerminalLog(key=terminal.key)
    changed.write("nothing happened")
    changed.write("register.searched")
    changed.write("three")
    assert reason_of(office, changed.sync(0)) == "journal_rewritten"
    assert reason_of(office, changed.sync(2)) == "journal_rewritten"


def test_a_rolled_back_terminal_is_refused(office: Office, terminal: TerminalLog) -> None:
    keep(office, terminal.sync())
    older = replace(terminal, records=terminal.records[:1])
    assert reason_of(office, older.sync(0)) == "journal_rolled_back"


def test_another_key_is_refused(office: Office, terminal: TerminalLog) -> None:
    keep(office, terminal.sync())
    other = replace(terminal, key=SigningKey.generate())
    assert reason_of(office, other.sync(0)) == "journal_other_key"


def test_a_checkpoint_that_somebody_else_signed_is_refused(office: Office, terminal: TerminalLog) -> None:
    stolen = replace(terminal, key=SigningKey.generate()).sync()
    asked = SyncJournal(
        first=0, records=stolen.records, checkpoint=stolen.checkpoint, public_key=terminal.key.public.raw
    )
    assert reason_of(office, asked) == "journal_signature"


@pytest.mark.parametrize("other", [{"log": "terminal.T-2"}, {"municipality": MINAMI}])
def test_the_journal_of_another_terminal_is_refused(office: Office, other: dict[str, str]) -> None:
    foreign = TerminalLog(**other)
    foreign.write("card.read")
    assert reason_of(office, foreign.sync()) == "journal_signature"
    posing = TerminalLog(key=foreign.key, records=foreign.records)
    assert reason_of(office, posing.sync()) == "journal_foreign"


def test_what_is_no_record_is_not_understood(office: Office, terminal: TerminalLog) -> None:
    terminal.records.append(JournalRecord(index=2, record=b"{}", salt=new_salt()))
    with pytest.raises(NotUnderstood):
        keep(office, terminal.sync())


def test_a_refused_journal_leaves_nothing(office: Office, terminal: TerminalLog) -> None:
    reason_of(office, terminal.sync(size=1))
    assert keep(office, terminal.sync()).size == 2


def test_who_has_no_right_writes_no_journal(office: Office, terminal: TerminalLog) -> None:
    with pytest.raises(NotAllowed):
        office.desk.journals.keep(office.call(CHECKER), terminal.sync())


def test_the_timeline_puts_terminal_and_desk_in_order_of_time(office: Office) -> None:
    terminal = TerminalLog()
    terminal.write("card.read", MORNING - timedelta(minutes=2), about="100", what=(("left", 9),))
    terminal.write("receipt.printed", MORNING + timedelta(minutes=1))
    office.receive()
    keep(office, terminal.sync())
    timeline = office.desk.visits.timeline(office.call(SUPERVISOR), AskTimeline(visit_id="v1"))
    assert [(entry.act, entry.source) for entry in timeline.entries] == [
        ("card.read", "terminal"),
        ("evidence.kept", "desk"),
        ("application.handed_in", "desk"),
        ("receipt.printed", "terminal"),
    ]
    assert timeline.entries[0].what == {"left": 9, "about": "100"}
    assert timeline.entries[0].name == "職員001"


def reenrolled(office: Office) -> int:
    act = Act("terminal.reenrolled", office.slice.clock.at, KITA, "madoguchi-admin", "T-1", "trace", about="T-1")
    return office.desk.journals.reenrol(act)


def test_a_terminal_that_lost_its_keys_begins_a_new_journal_after_the_act_and_not_before(
    office: Office, terminal: TerminalLog
) -> None:
    keep(office, terminal.sync())
    fresh = TerminalLog()
    fresh.write("person.confirmed")
    assert reason_of(office, fresh.sync()) == "journal_other_key"
    assert reenrolled(office) == 2
    kind, detail = acts(office.slice, KITA)[-1]
    assert (kind, detail["about"], detail["size"]) == ("terminal.reenrolled", "T-1", 2)
    assert keep(office, fresh.sync()).size == 1
    fresh.write("application.handed_in")
    assert keep(office, fresh.sync(1)).size == 2
    stranger = TerminalLog()
    stranger.write("card.read")
    assert reason_of(office, stranger.sync()) == "journal_other_key"


def test_what_the_old_journal_said_stays_in_the_timeline(office: Office, terminal: TerminalLog) -> None:
    keep(office, terminal.sync())
    reenrolled(office)
    fresh = TerminalLog()
    fresh.write("person.confirmed", MORNING + timedelta(minutes=5))
    keep(office, fresh.sync())
    timeline = office.desk.visits.timeline(office.call(SUPERVISOR), AskTimeline(visit_id="v1"))
    found = [entry.act for entry in timeline.entries if entry.source == "terminal"]
    assert found == ["card.read", "register.searched", "person.confirmed"]


def test_a_key_that_was_given_up_does_not_come_back(office: Office, terminal: TerminalLog) -> None:
    keep(office, terminal.sync())
    reenrolled(office)
    assert reason_of(office, terminal.sync()) == "journal_other_key"
    fresh = TerminalLog()
    fresh.write("person.confirmed")
    assert keep(office, fresh.sync()).size == 1
    assert reenrolled(office) == 1
    assert reason_of(office, terminal.sync()) == "journal_other_key"
    assert reason_of(office, fresh.sync()) == "journal_other_key"


def test_enrolling_a_terminal_without_a_journal_closes_nothing(office: Office, terminal: TerminalLog) -> None:
    assert reenrolled(office) == 0
    keep(office, terminal.sync())
    assert reenrolled(office) == 2
    assert reenrolled(office) == 0
    assert [kind for kind, _ in acts(office.slice, KITA)].count("terminal.reenrolled") == 1


def test_the_new_journal_has_to_be_unbroken_too(office: Office, terminal: TerminalLog) -> None:
    keep(office, terminal.sync())
    reenrolled(office)
    fresh = TerminalLog()
    for _ in range(3):
        fresh.write("person.confirmed")
    assert reason_of(office, fresh.sync(1)) == "journal_gap"
    keep(office, fresh.sync())
    changed = replace(fresh, records=list(fresh.records))
    changed.records[0] = terminal.records[0]
    assert reason_of(office, changed.sync()) == "journal_rewritten"
