"""From the hand to the painted notice: the reader's event, the window, and a bare wait for the same change."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.cards.hand import Hand
from bench.figures import Figure, p50, p95
from tests.support.keyring_session import keyring_session
from tests.support.xvfb import screen

POLL_S = 0.4
MOST_TIMES_BARE = 1.2
MOST_PAINTING_S = 0.05


class Windows:
    """The counter's window and the bare wait, each a process of its own, both at the same reader."""

    def __init__(self, window: "subprocess.Popen[str]", bare: "subprocess.Popen[str]") -> None:
        self._window, self._bare = window, bare

    def ready(self) -> None:
        """Wait until the window stands where a card is awaited. Before, it takes no notice of cards."""
        assert _line(self._window) == "signed in"
        assert self._window.stdin is not None
        self._window.stdin.write("go on\n")
        self._window.stdin.flush()
        assert _line(self._window) == "ready"

    def seen(self, put: float) -> tuple[float, float, float]:
        """A card laid down at ``put``: moments of the window's event, its painted notice, the bare one's event."""
        told, bare = json.loads(_line(self._window)), 0.0
        while bare < put:  # it saw the cards before, too
            bare = float(_line(self._bare))
        return told["event"], told["painted"], bare


@contextmanager
def windows(reader: str) -> Iterator[Windows]:
    """Both, on a screen and with a keyring of their own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        found = stack.enter_context(keyring_session(folder / "keyring"))
        display = stack.enter_context(screen(folder))
        env = {**os.environ, **found, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        words = [sys.executable, "-m", "bench.cards.window", str(folder / "cities")]
        window = stack.enter_context(_piped(words, env))
        bare = stack.enter_context(_piped([sys.executable, "-m", "bench.floors.card", reader], env))
        try:
            yield Windows(window, bare)
        finally:
            assert window.stdin is not None
            window.stdin.close()
            bare.terminate()
            window.wait(20)


def noticed(made: Windows, hand: Hand, times: int) -> Iterator[Figure]:
    """``times`` cards laid down at moments that keep no step with the service's polling."""
    chance = random.Random(3)
    paintings, ours, bare = [], [], []
    for number in range(times):
        print(f"notice {number + 1}/{times}", file=sys.stderr)
        time.sleep(0.2 + chance.uniform(0, POLL_S))
        put = hand.put()
        event, painted, bare_event = made.seen(put)
        paintings.append(painted - event)
        ours.append(painted - put)
        bare.append(bare_event - put)
        time.sleep(0.3)
        hand.take()
        time.sleep(POLL_S + 0.1)
    scale = f"{times} cards laid down, real window on a screen of 1366x768; the service looks every 0.4 s"
    yield Figure("card_event_to_painted_p95", p95(paintings), "s", goal=MOST_PAINTING_S, scale=scale)
    yield Figure("card_event_to_painted_p50", p50(paintings), "s", scale=scale)
    for name, value, floor in (("p50", p50(ours), p50(bare)), ("p95", p95(ours), p95(bare))):
        yield Figure(
            f"card_laid_down_to_painted_{name}",
            value,
            "s",
            floor=floor,
            goal=MOST_TIMES_BARE,
            sense="ratio<=goal",
            scale=f"{scale}; floor: a bare SCardGetStatusChange beside it",
        )


def _piped(words: list[str], env: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)


def _line(child: "subprocess.Popen[str]") -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()
