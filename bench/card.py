"""Card: from the reader's event to face, attributes and three verdicts by code B, at each link's speed."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SIGNING_MS = 185.0
"""The median of 20 card models; small: 60 ms, the fastest of them. Published."""


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """The engine plays no part."""
    from app.card.readers import PcscReaders
    from app.domain.clock import SystemClock
    from app.shipped import resource
    from app.standin.cards.authority import TrainingAuthority
    from app.standin.cards.drawing import Drawing
    from app.standin.cards.profiles import ADULT, make_card
    from bench.cards.hand import a_hand
    from bench.cards.jpki import beside_opensc
    from bench.cards.notice import noticed, windows
    from bench.cards.reading import CONTACT, CONTACTLESS, Desk, commands_of, linked, without_link
    from bench.floors.card import sizes_of
    from tests.support.pcscd import private_pcscd

    contactless = dict.fromkeys(CONTACTLESS, 2 if small else 20)
    signing_ms = 60.0 if small else SIGNING_MS
    chip = make_card("adult", TrainingAuthority.load(resource("training", "card")), Drawing())
    sizes, commands = sizes_of(chip), commands_of(chip, ADULT.code_b)
    with TemporaryDirectory() as folder, private_pcscd(Path(folder)) as pcscd:
        reader, port = next(iter(pcscd.ports.items()))
        with a_hand(port) as hand, closing(PcscReaders(SystemClock())) as readers, closing(Desk(readers)) as desk:
            figures = list(without_link(desk, hand, commands, 10 if small else 50))
            figures += linked(desk, hand, sizes, contactless, signing_ms)
            figures += beside_opensc(readers, desk, hand, signing_ms)
            with windows(reader) as made:  # opens while the slow contacts are read
                figures += linked(desk, hand, sizes, {CONTACT: 1 if small else 3}, signing_ms)
                made.ready()
                figures += noticed(made, hand, 4 if small else 40)
    return [figure.row() for figure in figures]
