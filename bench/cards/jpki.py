"""公的個人認証 beside OpenSC: on the same card, who needs fewer commands and how long the card is busy."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from app.card.readers import PcscReaders
from app.domain.clock import SystemClock, SystemRandom
from app.domain.verdict import Verified
from app.services.prove_holder import ProveHolder
from app.shipped import resource
from app.trust.certificate_anchors import load_certificate_anchors
from bench.cards.hand import Hand
from bench.cards.reading import Desk
from bench.figures import Figure
from tests.support.process import program, wait_for
from tests.support.proving import ASKING, KnowingOffice

LINK = "nfc-106"
OURS = "token, tries, certificate, PIN, one signature over our challenge"
THEIRS = "pkcs11-tool --login --sign alone, told which driver to take (OPENSC_DRIVER=jpki), no file cache"
TOKEN = "JPKI (User Authentication PIN)"


def beside_opensc(readers: PcscReaders, desk: Desk, hand: Hand, signing_ms: float) -> Iterator[Figure]:
    """Once each: the number of commands does not vary."""
    hand.put(LINK, signing_ms=signing_ms)
    at = desk.next_card()
    anchors = load_certificate_anchors(resource("anchors"), production=False)
    use = ProveHolder(readers, anchors, KnowingOffice(), clock=SystemClock(), random=SystemRandom())
    assert use.by_user_pin(at, hand.printed["pin"], ASKING).verdicts.chip == Verified()
    ours = hand.take()
    wait_for(lambda: not readers.seen().cards, "the card to be gone")
    hand.put(LINK, signing_ms=signing_ms)
    desk.next_card()
    with TemporaryDirectory() as folder:
        _sign_by_opensc(hand.printed["pin"], Path(folder))
    theirs = hand.take()
    wait_for(lambda: not readers.seen().cards, "the card to be gone")
    scale = f"{LINK}, a signature {signing_ms:g} ms; ours: {OURS}; floor: {THEIRS}; counted by the card"
    yield Figure(
        "card_jpki_commands",
        ours.commands,
        "commands",
        floor=theirs.commands,
        goal=theirs.commands - 1,
        scale=scale,
    )
    yield Figure("card_jpki_seconds", ours.seconds, "s", floor=theirs.seconds, scale=f"{scale}; first to last command")


def _sign_by_opensc(pin: str, room: Path) -> None:
    (room / "opensc.conf").write_text("app default { framework pkcs15 { use_file_caching = no; } }")
    (room / "text").write_bytes(b"a text to sign")
    env = {**os.environ, "OPENSC_CONF": str(room / "opensc.conf"), "OPENSC_DRIVER": "jpki"}
    signing = ["--login", "--pin", pin, "--sign", "--id", "1", "-m", "SHA256-RSA-PKCS"]
    files = ["-i", str(room / "text"), "-o", str(room / "signature")]
    command = [program("pkcs11-tool"), "--token-label", TOKEN, *signing, *files]
    subprocess.run(command, env=env, capture_output=True, check=True, timeout=60)
    assert (room / "signature").stat().st_size == 256
