"""Card: from a card that lies on a PC/SC reader to face, attributes and three verdicts, by code B."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.figures import Figure, p50, p95
from bench.floors.card import replay

SCALE = "virtual card of 9 KB behind vpcd, no link time; the card's own two signatures are in value and floor"


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """Reads one card by turns with the program and bare. The engine plays no part."""
    from app.card.readers import PcscReaders
    from app.domain.clock import SystemClock, SystemRandom
    from app.services.read_card import ReadCard
    from app.shipped import resource
    from app.trust.card_proof import load_anchors
    from tests.support.pcscd import private_pcscd
    from tests.support.process import wait_for

    rounds = 20 if small else 200
    clock = SystemClock()
    with (
        TemporaryDirectory() as folder,
        private_pcscd(Path(folder)) as pcscd,
        _emulated(next(iter(pcscd.ports.values()))) as printed,
        closing(PcscReaders(clock)) as readers,
    ):
        use = ReadCard(readers, load_anchors(resource("anchors"), production=False), clock=clock, random=SystemRandom())
        wait_for(lambda: readers.seen().cards, "the card")
        (at,) = readers.seen().cards
        commands = _commands(printed["code_b"])
        use.by_code_b(at, printed["code_b"])
        readings, bare = [], []
        for number in range(rounds):
            print(f"{number + 1}/{rounds}", file=sys.stderr)
            readings.append(use.by_code_b(at, printed["code_b"]).timing)
            bare.append(replay(at.reader, commands))
    whole = [timing.total_s for timing in readings]
    traffic = readings[-1].traffic
    return [
        figure.row()
        for figure in (
            Figure("card_to_verdicts_p50", p50(whole), "s", floor=p50(bare), scale=SCALE),
            Figure("card_to_verdicts_p95", p95(whole), "s", floor=p95(bare), scale=SCALE),
            Figure("card_signing_p50", p50([timing.traffic.signing_s for timing in readings]), "s", scale=SCALE),
            Figure("card_proving_p50", p50([timing.proving_s for timing in readings]), "s", scale=SCALE),
            Figure("card_commands", float(traffic.commands), "commands", scale=SCALE),
            Figure("card_bytes", float(traffic.sent + traffic.received), "B", scale=SCALE),
        )
    ]


@contextmanager
def _emulated(port: int) -> Iterator[dict[str, str]]:
    """A card that is a process of its own, as a card is; gives what is printed on it."""
    command = [sys.executable, "-m", "app.admin", "card", "emulate", "--profile", "adult", "--port", str(port)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    if child.stdout is None:
        raise RuntimeError("the card does not speak")
    try:
        yield json.loads(child.stdout.readline())
    finally:
        child.terminate()
        child.wait(10)
        child.stdout.close()


def _commands(code_b: str) -> list[bytes]:
    """What the program sends for one reading, overheard on a card of its own."""
    from app.card.given import GivenReaders
    from app.domain.clock import SystemClock, SystemRandom
    from app.services.read_card import ReadCard
    from app.shipped import resource
    from app.standin.cards.authority import TrainingAuthority
    from app.standin.cards.drawing import Drawing
    from app.standin.cards.profiles import make_card
    from app.trust.card_proof import load_anchors

    clock = SystemClock()
    chip = make_card("adult", TrainingAuthority.load(resource("training", "card")), Drawing())
    with closing(GivenReaders(("overheard",), clock)) as readers:
        anchors = load_anchors(resource("anchors"), production=False)
        ReadCard(readers, anchors, clock=clock, random=SystemRandom()).by_code_b(readers.put("overheard", chip), code_b)
    return list(chip.log)
