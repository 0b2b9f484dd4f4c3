"""What a card keeps for the work file leaves no trace in the counter's memory once it was used."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from app.desktop.linux import ALLOCATOR
from app.domain.secret import Secret
from app.store.work_cards import USE
from app.trust.seal import derive
from tests.edge.staff_key.test_authenticator import OFFICE, Desk
from tests.support.far_window import memory, writings
from tests.support.pcscd import DOOR, Pcscd
from tests.support.staff_keys import STAFF_PIN, staff_card

pytestmark = pytest.mark.card

PROGRAM = """
import sys
from functools import partial
from app.card.staff_card import FidoStaffCards, on_readers, watched
from app.domain.clock import SystemClock
from app.domain.secret import secret
from app.services.ports.staff_card import CardAsked
from app.store.work_cards import USE
from app.trust.seal import derive
name, options, salt, pin = sys.argv[1:]
clock = SystemClock()
cards = FidoStaffCards(partial(on_readers, (name,), clock), clock, watched(frozenset({name}), clock))
answer = cards.answer(CardAsked("a", options), secret(pin), bytes.fromhex(salt))
wrapping = derive(answer.kept, USE)
print("held", flush=True)
sys.stdin.readline()
wrapping.wipe()
answer.kept.wipe()
print("wiped", flush=True)
sys.stdin.readline()
cards.close()
"""


@pytest.fixture
def desk(pcscd: Pcscd) -> Iterator[Desk]:
    found = Desk(pcscd)
    yield found
    found.take()


def test_what_the_card_gave_and_what_was_made_of_it_is_in_memory_while_it_is_used_and_then_no_more(
    desk: Desk,
) -> None:
    card, salt = staff_card(), os.urandom(32)
    desk.put(card)
    factor = desk.register()
    asked = OFFICE.ask([factor.credential_id], os.urandom(32))
    kept = card.authenticator.credentials[0].secret(hashlib.sha256(b"WebAuthn PRF\0" + salt).digest(), verified=True)
    wanted = writings("kept", kept) | writings("wrapping", derive(Secret(kept), USE).reveal())
    words = [sys.executable, "-c", PROGRAM, desk.name, asked, salt.hex(), STAFF_PIN]
    env = {**os.environ, **ALLOCATOR, "PCSCLITE_CSOCK_NAME": str(DOOR)}
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        assert program.stdout.readline() == "held\n"
        assert {"kept raw", "wrapping raw"} <= lying(program.pid, wanted)
        program.stdin.write("\n")
        program.stdin.flush()
        assert program.stdout.readline() == "wiped\n"
        assert lying(program.pid, wanted) == set()
        program.stdin.write("\n")
        program.stdin.flush()


def lying(pid: int, wanted: dict[str, bytes]) -> set[str]:
    """Which of these lie in the memory of that process."""
    return {name for content in memory(pid) for name, value in wanted.items() if value in content}
