"""Power cuts while a counter's stores go forward and while a clerk's file of work changes who may open it."""

from contextlib import closing
from pathlib import Path

from app.domain.act import Act
from app.domain.clock import SystemClock, SystemRandom
from app.domain.secret import Secret, secret
from app.durable.address import SqlcipherFile
from app.durable.engine import Database, open_database
from app.durable.migrate import migrate
from app.errors import PasswordChanged
from app.store.journal import TerminalJournal
from app.store.memory import Memory
from app.store.outbox import Slot, keep_desk_key, make_outbox
from app.store.tables import TERMINAL, TERMINAL_HISTORY
from app.store.terminal import FILE, KEY_NAME, Terminal, _signing
from app.trust.seal import derive
from app.wire.parcel import ParcelKey
from tests.fakes.office import Line
from tests.support.migrations import revisions, version_of
from tests.support.powercut.counter import (
    CLERK,
    SEAT,
    AtTheCounter,
    Counter,
    MarkedDesk,
    OftenAsked,
    a_claim,
    a_draft,
)
from tests.support.powercut.record import Marks
from tests.support.powercut.scenario import Given, last
from tests.support.slices import KITA

PASSWORDS = ("はるのうみ-1", "あきのそら-2", "ふゆのほし-3", "なつのやま-4")
_CLOCK, _RANDOM = SystemClock(), SystemRandom()


class Upgraded(AtTheCounter):
    """terminal.db goes forward step by step, acts and parcels in it; then the program opens it and makes a work.db."""

    def record(self, folder: Path, given: Given, marks: Marks) -> None:
        root = OftenAsked(given["service"], _RANDOM).make(KEY_NAME)
        with closing(_open(folder, root)) as database:
            steps = revisions(database, TERMINAL_HISTORY, TERMINAL)
        for step, revision in enumerate(steps):
            terminal = _at(folder, root, revision)
            marks.say(f"version {int(revision)}")
            if not step:
                office = MarkedDesk(Line(), given)
                key = ParcelKey(box=office.box.public, log=office.signing.public.raw)
                terminal.database.write(lambda connection, key=key: keep_desk_key(connection, key))
            journal = TerminalJournal(terminal, SEAT, Slot(make_outbox(), KITA), _CLOCK)
            act = Act("application.handed_in", _CLOCK.now(), KITA, CLERK, SEAT.terminal, "t1", visit=f"v{step}")
            journal.write(act, a_claim(step))
            marks.say(f"handed {step}")
            terminal.database.close()
        counter = self.open(folder, given, MarkedDesk)
        counter.at_work()
        marks.say("worked 0")
        counter.memory.work.save(a_draft(0))
        marks.say("saved 0")
        counter.memory.close()

    def judge(self, folder: Path, given: Given, said: tuple[str, ...]) -> None:
        root = OftenAsked(given["service"], _RANDOM).find(KEY_NAME)
        if root is not None:
            with closing(_open(folder, root)) as database:
                assert database.read(version_of) >= last(said, "version"), "a finished migration is undone"
        counter = self.open(folder, given, None)
        try:
            acts = [visit for kind, visit in counter.acts() if kind == "application.handed_in"]
            waiting = [state.subject for state in counter.memory.postbox.waiting()]
            assert acts == waiting, "act and parcel are kept together or not at all"
            assert len(acts) > last(said, "handed"), "a hand-in is lost"
            counter.write("visit.opened", "after")
            assert counter.memory.journal.faults() == ()
            counter.memory.work.open(CLERK, secret(PASSWORDS[0]), None)
            drafts = {mark.draft_id for mark in counter.memory.work.drafts()}
            assert drafts >= {f"d{number}" for number in range(last(said, "saved") + 1)}, "a draft is lost"
            counter.memory.work.save(a_draft(1))
        finally:
            counter.memory.close()


class Rewrapped(AtTheCounter):
    """A clerk's file of work is opened by a new password again and again; after a cut it opens, drafts in it."""

    def record(self, folder: Path, given: Given, marks: Marks) -> None:
        counter = self.open(folder, given, MarkedDesk)
        counter.at_work()
        for turn, password in enumerate(PASSWORDS):
            former = None if not turn else secret(PASSWORDS[turn - 1])
            counter.memory.work.open(CLERK, secret(password), former)
            marks.say(f"password {turn}")
            counter.memory.work.save(a_draft(turn))
            marks.say(f"saved {turn}")
            counter.memory.work.close()
        counter.memory.close()

    def judge(self, folder: Path, given: Given, said: tuple[str, ...]) -> None:
        counter = self.open(folder, given, None)
        try:
            turn = _opened(counter, max(last(said, "password"), 0))
            drafts = [mark.draft_id for mark in counter.memory.work.drafts()]
            assert set(drafts) >= {f"d{number}" for number in range(last(said, "saved") + 1)}, "a draft is lost"
            assert [counter.memory.work.draft(name).facts["n"] for name in sorted(drafts)] == list(range(len(drafts)))
            _refused(counter.memory, turn)
        finally:
            counter.memory.close()


def _opened(counter: Counter, at_least: int) -> int:
    """The password that opens: the one acknowledged last, or the next, which may have been on its way."""
    for turn in (at_least, at_least + 1):
        try:
            counter.memory.work.open(CLERK, secret(PASSWORDS[turn]), None)
        except PasswordChanged:
            continue
        return turn
    raise AssertionError("no password opens the work")


def _refused(memory: Memory, turn: int) -> None:
    """An earlier password opens nothing any more."""
    memory.work.close()
    if turn:
        try:
            memory.work.open(CLERK, secret(PASSWORDS[turn - 1]), None)
        except PasswordChanged:
            return
        raise AssertionError("a former password opens the work")


def _at(folder: Path, root: Secret, revision: str) -> Terminal:
    """terminal.db as the program of that schema opened it."""
    database = _open(folder, root)
    migrate(database, TERMINAL_HISTORY, TERMINAL, to=revision)
    passphrase = Secret(derive(root, "journal signing").reveal().hex().encode())
    signing = database.write(lambda connection: _signing(connection, passphrase))
    return Terminal(folder / "counter", database, derive(root, "journal records"), signing)


def _open(folder: Path, root: Secret) -> Database:
    return open_database(SqlcipherFile(folder / "counter" / FILE, derive(root, FILE)))
