"""A hand with one card, as a process of its own: ``put`` and ``take`` on a virtual reader, with what the card counted.

``python -m bench.cards.hand PORT PROFILE``: one JSON object per line in, one per line out, the first when it is ready.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from threading import Thread
from typing import Any


@dataclass(frozen=True, slots=True)
class Counted:
    """What one insertion's card was asked and answered, counted by the card; seconds from first to last of it."""

    commands: int
    sent: int
    received: int
    seconds: float


class Hand:
    """The other end: in the process that measures."""

    def __init__(self, child: "subprocess.Popen[str]") -> None:
        self._child = child
        self.printed: dict[str, str] = self._said()

    def put(self, link: str | None = None, *, signing_ms: float = 0.0) -> float:
        """Lay the card down; the moment, in seconds of the machine's monotonic clock, just before."""
        return float(self._asked(do="put", link=link, signing_ms=signing_ms)["at"])

    def take(self) -> Counted:
        """Take it off; what it counted since it was laid down."""
        return Counted(**self._asked(do="take"))

    def _asked(self, **words: object) -> dict[str, Any]:
        assert self._child.stdin is not None
        self._child.stdin.write(json.dumps(words) + "\n")
        self._child.stdin.flush()
        return self._said()

    def _said(self) -> dict[str, Any]:
        assert self._child.stdout is not None
        said: dict[str, Any] = json.loads(self._child.stdout.readline())
        return said


@contextmanager
def a_hand(port: int, profile: str = "adult") -> Iterator[Hand]:
    """A hand at the virtual reader on ``port``; ended afterwards, its card with it."""
    command = [sys.executable, "-m", "bench.cards.hand", str(port), profile]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        try:
            yield Hand(child)
        finally:
            child.terminate()


@dataclass
class Counting:
    """A ``VirtualCard`` that counts around the inner one."""

    card: Any
    commands: int = 0
    sent: int = 0
    received: int = 0
    first_s: float = 0.0
    last_s: float = 0.0

    @property
    def atr(self) -> bytes:
        return bytes(self.card.atr)

    def insert(self) -> None:
        self.card.insert()

    def pull(self) -> None:
        self.card.pull()

    def power_down(self) -> None:
        self.card.power_down()

    def reset(self, kind: str = "reset") -> None:
        self.card.reset(kind)

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        self.first_s = self.first_s or time.monotonic()
        self.commands += 1
        self.sent += len(apdu)
        data, status = self.card.transmit(apdu)
        self.received += len(data) + 2
        self.last_s = time.monotonic()
        return data, status

    def counted(self) -> Counted:
        return Counted(self.commands, self.sent, self.received, self.last_s - self.first_s)


def main() -> None:
    """Serve lines until the input ends."""
    from app.domain.card_pace import PACES
    from app.shipped import resource
    from app.standin.cards.authority import TrainingAuthority
    from app.standin.cards.drawing import Drawing
    from app.standin.cards.link import LinkedCard
    from app.standin.cards.profiles import HOLDERS, make_card
    from app.standin.cards.virtual import VirtualCard
    from app.standin.cards.vpcd import VpcdSlot

    port, profile = int(sys.argv[1]), sys.argv[2]
    holder = HOLDERS[profile]
    chip = make_card(profile, TrainingAuthority.load(resource("training", "card")), Drawing())
    _say({"code_b": holder.code_b, "pin": holder.pin})
    counting, slot, thread = Counting(chip), VpcdSlot(port), Thread()
    for line in sys.stdin:
        words = json.loads(line)
        if words["do"] == "put":
            link, signing_s = words["link"], words["signing_ms"] / 1000
            card: VirtualCard = chip
            if link is not None:
                card = LinkedCard(chip, PACES[link], contactless=link.startswith("nfc-"), signing_s=signing_s)
            counting = Counting(card)
            at = time.monotonic()
            slot.insert(counting)
            thread = Thread(target=slot.answer, daemon=True)
            thread.start()
            _say({"at": at})
        else:
            slot.remove()
            thread.join(10)
            _say(asdict(counting.counted()))


def _say(words: dict[str, Any]) -> None:
    print(json.dumps(words), flush=True)


if __name__ == "__main__":
    main()
