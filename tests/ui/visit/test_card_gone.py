"""A card that goes, or a clerk who stops, in the middle of a reading: nothing half-read stays, the next card works."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton

from app.domain.card_pace import PACES
from app.standin.cards.chip import Chip
from app.standin.cards.link import LinkedCard
from app.standin.cards.profiles import ADULT
from app.ui.widgets.photo import PhotoBox
from app.ui.widgets.words import Words
from tests.ui.visit.conftest import READER, Counter
from tests.ui.visit.test_ways import choose, enter_pin

CHECKING = "確認中"
REMOVED, CANCELLED = "読み取りの途中でカードが離れました", "読み取りを取りやめました"
COMMANDS = 57
"""How many commands a reading by code B takes."""
SLOWEST_BEAT_S = 0.1
SIGN = 0x2A


def put_slow(counter: Counter, pace: str = "nfc-106") -> Chip:
    """A card that answers at the speed of its link; its attempts are counted and nothing is under way."""
    chip = counter.make("adult")
    counter.readers.put(READER, LinkedCard(chip, PACES[pace], contactless=pace.startswith("nfc"), signing_s=0.185))
    counter.says("照合番号B　あと10回")
    return chip


def button(counter: Counter, text: str) -> QPushButton:
    return next(one for one in counter.screen.findChildren(QPushButton) if one.text().startswith(text))


def shows_nobody(counter: Counter) -> bool:
    """Nothing of the holder can be read, no photo is shown, nobody can be confirmed."""
    shown = counter.shown()
    photos = [one for one in counter.screen.findChildren(PhotoBox) if one.isVisible() and one.has_photo()]
    stated = (ADULT.name, ADULT.address, "平成", CHECKING)
    return not photos and not any(one in shown for one in stated) and not button(counter, "本人").isEnabled()


def standing(counter: Counter, text: str) -> Callable[[], bool]:
    """Whether a line of the screen begins with ``text``: cheap to ask, so that asking does not hold the window up."""
    labels = counter.screen.findChildren(QLabel)

    def stands() -> bool:
        seen = (one.words() if isinstance(one, Words) else one.text() for one in labels if one.isVisible())
        return any(one.startswith(text) for one in seen)

    return stands


def queued_s() -> float:
    """How long threads of this process have waited for a processor: the machine's slowness, not the program's.

    Source: the second figure of schedstat, Documentation/scheduler/sched-stats in the kernel, published.
    """
    waited = 0
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # a thread that has just ended
            waited += int((task / "schedstat").read_text().split()[1])
    return waited / 1e9


@contextmanager
def beating(counter: Counter) -> Iterator[None]:
    """The window's thread serves a timer all the while, and is never away for a tenth of a second."""
    beats = [(monotonic(), queued_s())]
    timer = QTimer(counter.window, interval=10, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: beats.append((monotonic(), queued_s())))
    timer.start()
    yield
    timer.stop()
    beats.append((monotonic(), queued_s()))
    gaps = [after[0] - before[0] - (after[1] - before[1]) for before, after in pairwise(beats)]
    assert len(gaps) > 10
    assert max(gaps) < SLOWEST_BEAT_S


def stop(counter: Counter, is_under_way: Callable[[], bool]) -> None:
    """Stop the use of the card that has begun, by the keyboard."""
    is_told = standing(counter, CANCELLED)
    with beating(counter):
        counter.bot.waitUntil(is_under_way, timeout=6000)
        counter.key(Qt.Key.Key_F12)
        counter.bot.waitUntil(is_told, timeout=6000)
    assert CANCELLED in counter.shown()
    assert shows_nobody(counter)
    assert counter.visit._present.evidence == ()


@pytest.mark.parametrize("after", [18, 38])
def test_who_was_half_read_is_gone_with_the_card_and_the_next_card_works(counter: Counter, after: int):
    counter.start()
    chip = put_slow(counter)
    chip.faults.pull_after = len(chip.log) + after
    counter.read_card()
    counter.bot.waitUntil(lambda: ADULT.name in counter.shown() and CHECKING in counter.shown(), timeout=6000)
    assert not button(counter, "本人").isEnabled()
    counter.says(REMOVED)
    assert shows_nobody(counter)
    counter.readers.take(READER)
    counter.says("カードを置いてください")
    assert REMOVED in counter.shown()
    assert shows_nobody(counter)
    counter.key(Qt.Key.Key_F12)
    assert counter.screen.title == "本人確認"
    assert counter.visit._present.evidence == ()
    counter.put_card()
    counter.says("照合番号B　あと10回")
    counter.read_card()
    counter.says("署名対象外")
    assert ADULT.name in counter.shown()
    assert button(counter, "本人").isEnabled()


def test_the_clerk_stops_a_reading_and_the_window_answers_all_the_while(counter: Counter):
    counter.start()
    chip = put_slow(counter)
    is_checking, before = standing(counter, CHECKING), len(chip.log)
    counter.read_card()
    stop(counter, lambda: len(chip.log) > before + 30 and is_checking())
    assert len(chip.log) < before + COMMANDS, "the card was not read to its end"
    counter.says("照合番号B　あと10回")
    assert CANCELLED in counter.shown()
    counter.read_card()
    counter.says("署名対象外")
    assert CANCELLED not in counter.shown()
    assert ADULT.name in counter.shown()


def test_the_clerk_stops_the_use_of_a_certificate_and_the_window_answers_all_the_while(counter: Counter):
    counter.start()
    chip = put_slow(counter, "contact-13441")
    choose(counter, "マイナンバーカード：署名用")
    counter.says("あと5回")
    counter.key(Qt.Key.Key_F12)
    before = len(chip.log)
    enter_pin(counter, ADULT.password)
    counter.at("チップによる本人確認")
    stop(counter, lambda: len(chip.log) > before + 5)
    assert not any(command[1] == SIGN for command in chip.log), "nothing was signed"
    counter.says("あと5回")
    counter.key(Qt.Key.Key_F12)
    enter_pin(counter, ADULT.password)
    counter.says("確認済み")
    assert ADULT.name in counter.shown()
    assert CANCELLED not in counter.shown()
