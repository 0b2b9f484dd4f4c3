"""Processes without a window that fill in a form through the shipped flow, screen and store; made to be killed."""

import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.client.application import make_application
from app.domain.clock import SystemClock, SystemRandom
from app.domain.secret import secret
from app.services.ports.seat import Seat, Visit, press
from app.services.save_draft import SaveDraft
from app.store.memory import Memory, Place, open_memory
from app.store.vault import Vault
from app.ui.background import Lane
from app.ui.flows.application import ApplicationFlow
from app.ui.flows.visit_acts import VisitLanes
from app.ui.flows.visit_state import Present
from app.ui.kit import open_kit
from app.ui.screens.application import ApplicationScreen
from app.wire.draft import Draft
from tests.fakes.office import FakeDesk, Line
from tests.support.claims import CLAIM, HERE
from tests.support.counter_memory import WEAK
from tests.support.slices import KITA

FIELD, LABEL, MOST = "claimant_phone", "電話番号", 11
BETWEEN_S = 0.12
STAFF, PASSWORD = "c001", "はるのうみ-1"


@dataclass(frozen=True)
class Told:
    """What a writer wrote down of itself, outside of the store: who is killed has no time to say it."""

    back: tuple[str, int] | None
    """The field with the cursor and its length after the draft was opened again; None for a first form."""
    typed: tuple[tuple[float, int], ...]
    """When (monotonic, s) the field had how many digits."""


def told(log: Path) -> Told:
    """Read it, without a last line that was cut off."""
    lines = [json.loads(line) for line in log.read_text().splitlines(keepends=True) if line.endswith("\n")]
    back = next(((one["field"], one["length"]) for one in lines if "field" in one), None)
    return Told(back, tuple((one["at"], one["count"]) for one in lines if "at" in one))


def write(folder: Path, service: str, log: Path) -> None:
    """Type until somebody ends this process."""
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
    form = _Form(folder, service)

    def say(**words: object) -> None:
        os.write(out, json.dumps(words).encode() + b"\n")

    def length() -> int:
        return len(form.focus().text())

    def step() -> None:
        if length() >= MOST:
            form.focus().clear()
            QTest.keyClicks(form.focus(), "0")
            say(at=time.monotonic(), count=1)
            return
        QTest.keyClicks(form.focus(), "0")
        say(at=time.monotonic(), count=length())

    def begin() -> None:
        if form.is_resumed and not form.has_focus():
            QTimer.singleShot(20, begin)
            return
        if form.is_resumed:
            at = form.focus()
            say(field=at.accessibleName(), length=len(at.text()) if isinstance(at, QLineEdit) else -1)
        else:
            form.go_to(LABEL)
        say(at=time.monotonic(), count=length())
        typing.start()

    typing = QTimer(interval=round(BETWEEN_S * 1000))
    typing.timeout.connect(step)
    QTimer.singleShot(50, begin)
    form.application.exec()


class _Form:
    """The form of the clerk's only draft, open: as it was left, or for the first time."""

    def __init__(self, folder: Path, service: str) -> None:
        self.application = make_application()
        clock, random = SystemClock(), SystemRandom()
        memory = self._memory = _memory(folder, service)
        marks = memory.work.drafts()
        self.is_resumed = bool(marks)
        draft = memory.work.draft(marks[0].draft_id) if marks else _first()
        kit = open_kit(self.application, clock)
        self._screen = ApplicationScreen(kit, ((HERE, "見本市"),))
        self._lanes = VisitLanes(Lane("reader"), Lane("store"), Lane("office"), Lane("news"))
        save = SaveDraft(memory.work, memory.journal, memory.copies)
        acts: Any = SimpleNamespace(press=lambda: press(clock, random), save_draft=save)  # a form asks no others
        books: Any = SimpleNamespace()
        self._flow = ApplicationFlow(kit, self._screen, self._lanes, acts, books)
        self._screen.resize(1366, 768)
        self._screen.show()
        self._screen.activateWindow()
        nobody: Any = None
        present = Present(session=nobody, visit=Visit(draft.visit_id, "", clock.now()), draft=draft)
        self._flow.begin(present, CLAIM, draft)

    def has_focus(self) -> bool:
        return self._screen.focusWidget() is not None

    def focus(self) -> Any:
        at = self._screen.focusWidget()
        assert at is not None
        return at

    def go_to(self, label: str) -> None:
        self._screen.first_focus().setFocus()
        for _ in range(80):
            if self.focus().accessibleName().startswith(label):
                return
            self._screen.focusNextChild()
        raise AssertionError(label)


def _memory(folder: Path, service: str) -> Memory:
    clock, random = SystemClock(), SystemRandom()
    place = Place(folder, Seat(KITA, "kita-1", "1"), bytes(31) + b"\x09", WEAK)
    memory = open_memory(place, Vault(service, random), FakeDesk(Line(), KITA, clock), clock, random)
    memory.work.open(STAFF, secret(PASSWORD), None)
    return memory


def _first() -> Draft:
    at = SystemClock().now()
    return Draft(draft_id="d1", visit_id="v1", procedure=CLAIM.id, procedure_version=CLAIM.version, saved_at=at)


def main(words: Sequence[str]) -> int:
    """Fork a writer for each line (folder, service, log as JSON) and say its number: the imports are made once."""
    del words
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    os.write(1, b"ready\n")
    for line in sys.stdin:
        folder, service, log = json.loads(line)
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.close(0)
            write(Path(folder), service, Path(log))
            os._exit(1)
        os.write(1, f"{pid}\n".encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
