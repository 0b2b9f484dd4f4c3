"""Each use of a card: alone, cancelled within one command, and the card without power and closed after it."""

import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot
from smartcard import scard

from app.domain.card_pace import PACES
from app.domain.verdict import Verified
from app.errors import AppError, CardCancelled, CardRemoved, CardSilent
from app.services.card_port import UNWATCHED, Insertion, Watch
from app.standin.cards.chip import Chip
from app.standin.cards.link import LinkedCard
from app.standin.cards.profiles import ADULT
from app.trust.card_proof import CardAnchors
from app.trust.certificate_anchors import CertificateAnchors
from app.ui.background import Lane, Ticket
from tests.support.cards import Counter, MakeCard
from tests.support.pcscd import Pcscd
from tests.support.process import wait_for
from tests.support.proving import ASKING, KnowingOffice, prover

pytestmark = pytest.mark.card

ATTRIBUTES, FACE, JPKI = "D3921000310001010408", "D3921000310001010402", "D392F000260100000001"
CLOSED = {ATTRIBUTES: ("00B0810000", "00B0820000", "00B0830000", "00B0870000"), FACE: ("00B0820000",)}
"""What a code opens, by application: the files to read."""
SIGN_AS_HOLDER = "802A0097200101010101010101010101010101010101010101010101010101010101010101" + "00"

Use = Callable[[Counter, Insertion, CertificateAnchors, Watch], object]
USES: dict[str, Use] = {
    "code B": lambda counter, at, _, watch: counter.read.by_code_b(at, ADULT.code_b, watch=watch),
    "code A": lambda counter, at, _, watch: counter.read.number_by_code_a(at, ADULT.my_number, watch=watch),
    "PIN": lambda counter, at, _, watch: counter.read.number_by_pin(at, ADULT.pin, watch=watch),
    "four by PIN": lambda counter, at, _, watch: counter.read.attributes_by_pin(at, ADULT.pin, watch=watch),
    "user PIN": lambda counter, at, anchors, watch: prover(counter.readers, KnowingOffice(), anchors).by_user_pin(
        at, ADULT.pin, ASKING, watch=watch
    ),
    "password": lambda counter, at, anchors, watch: prover(counter.readers, KnowingOffice(), anchors).by_sign_password(
        at, ADULT.password, ASKING, watch=watch
    ),
}


def what_a_stranger_finds(reader: str) -> list[str]:
    """Status words of another program that comes right after us, which shares the card and gives no code."""
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    result, card, _ = scard.SCardConnect(context, reader, scard.SCARD_SHARE_SHARED, scard.SCARD_PROTOCOL_T1)
    assert result == 0

    def said(text: str) -> str:
        return bytes(scard.SCardTransmit(card, scard.SCARD_PCI_T1, list(bytes.fromhex(text)))[1][-2:]).hex().upper()

    found = []
    for aid, commands in {**CLOSED, JPKI: ("00B0810000", SIGN_AS_HOLDER)}.items():
        assert said(f"00A4040C0A{aid}") == "9000"
        found += [said(command) for command in commands]
    scard.SCardDisconnect(card, scard.SCARD_UNPOWER_CARD)
    scard.SCardReleaseContext(context)
    return found


@pytest.fixture
def hasty(pcscd: Pcscd, test_anchors: CardAnchors) -> Iterator[Counter]:
    """A counter whose watch-dog waits 0.4 s only."""
    found = Counter(pcscd, test_anchors, silence_s=0.4)
    yield found
    found.close()


@pytest.fixture(scope="module")
def adult(make: MakeCard) -> Chip:
    return make("adult")


@pytest.mark.parametrize("keeps_state", [False, True], ids=["SELECT closes", "only power-down closes"])
def test_whatever_a_code_has_opened_is_closed_after_each_use(
    counter: Counter,
    adult: Chip,
    certificate_anchors: CertificateAnchors,
    keeps_state: bool,  # noqa: FBT001
) -> None:
    adult.faults.keeps_state = keeps_state
    at = counter.put(adult)
    for name, use in USES.items():
        adult.power.clear()
        use(counter, at, certificate_anchors, UNWATCHED)
        wait_for(lambda: adult.power[-1:] == ["down"], f"the power to be taken after {name}", 1)
        assert set(what_a_stranger_finds(at.reader)) == {"6982"}, name


def test_the_stranger_would_have_found_something(counter: Counter, adult: Chip) -> None:
    """The check of the test above can fail: without power-down such a card stays open."""
    adult.faults.keeps_state = True
    at = counter.put(adult)
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    _, card, _ = scard.SCardConnect(context, at.reader, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T1)
    for text in (f"00A4040C0A{ATTRIBUTES}", f"0020009104{ADULT.pin.encode().hex()}"):
        assert scard.SCardTransmit(card, scard.SCARD_PCI_T1, list(bytes.fromhex(text)))[1] == [0x90, 0x00]
    scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
    scard.SCardReleaseContext(context)
    assert "9000" in what_a_stranger_finds(at.reader)


def test_each_use_is_cancelled_between_two_commands_and_leaves_the_card_closed(
    counter: Counter, adult: Chip, certificate_anchors: CertificateAnchors
) -> None:
    adult.faults.keeps_state = True
    at = counter.put(adult)
    for name, use in USES.items():
        adult.log.clear()
        adult.power.clear()
        with pytest.raises(CardCancelled):
            use(counter, at, certificate_anchors, Watch(cancelled=lambda: len(adult.log) >= 5))
        assert len(adult.log) == 5, name
        wait_for(lambda: adult.power[-1:] == ["down"], f"the power to be taken after {name}", 1)
        assert set(what_a_stranger_finds(at.reader)) == {"6982"}, name


@pytest.mark.parametrize("link", ["nfc-106", "contact-9600"])
def test_cancelling_at_any_moment_ends_the_use_within_one_command(counter: Counter, adult: Chip, link: str) -> None:
    adult.faults.keeps_state = False
    pace = PACES[link]
    longest_s = pace.seconds(5, 258)
    counter.left.put(LinkedCard(adult, pace, contactless=link.startswith("nfc")))
    at = counter.awaited(counter.left)
    adult.power.clear()
    for part in (0.3, 1.4):
        cancelled = threading.Event()
        pressed: list[float] = []

        def press(cancelled: threading.Event = cancelled, pressed: list[float] = pressed) -> None:
            pressed.append(time.monotonic())
            cancelled.set()

        timer = threading.Timer(longest_s * 4 * part, press)
        timer.start()
        with pytest.raises(CardCancelled):
            counter.read.by_code_b(at, ADULT.code_b, watch=Watch(cancelled=cancelled.is_set))
        assert time.monotonic() - pressed[0] < longest_s + 0.1
        timer.join()
        wait_for(lambda: adult.power[-1:] == ["down"], "the power to be taken", 1)
        adult.power.clear()


def test_the_window_answers_while_a_slow_card_is_read_and_cancelled(
    counter: Counter, adult: Chip, qtbot: QtBot
) -> None:
    """The longest pause between two beats of the window's loop, from the beginning of the use to its end."""
    adult.faults.keeps_state = False
    counter.left.put(LinkedCard(adult, PACES["nfc-106"], contactless=True))
    at = counter.awaited(counter.left)
    lane, owner, stop = Lane("reader"), QObject(), Ticket()
    beats, failed = [time.monotonic()], list[AppError]()
    heart = QTimer(owner, interval=5)
    heart.timeout.connect(lambda: beats.append(time.monotonic()))
    heart.start()
    watch = Watch(cancelled=stop.is_cancelled)
    lane.run(
        lambda: counter.read.by_code_b(at, ADULT.code_b, watch=watch),
        owner=owner,
        done=lambda _: None,
        failed=failed.append,
    )
    QTimer.singleShot(300, stop.cancel)
    qtbot.waitUntil(lambda: bool(failed), timeout=3000)
    heart.stop()
    assert isinstance(failed[0], CardCancelled)
    assert max(after - before for before, after in pairwise(beats)) < 0.1
    assert lane.close()


def test_the_dead_connection_to_a_hanging_card_does_not_power_down_the_next_card(
    hasty: Counter, adult: Chip, make: MakeCard
) -> None:
    """Its thread is left behind and ends only when its card is taken: while the next one is already being read."""
    adult.faults.keeps_state, adult.faults.hang_after = False, 30
    with pytest.raises(CardSilent):
        hasty.read.by_code_b(hasty.put(adult), ADULT.code_b)
    adult.faults.hang_after = None
    sound = make("adult")
    at = hasty.put(sound)
    sound.power.clear()
    assert hasty.read.by_code_b(at, ADULT.code_b).proof.chip == Verified()
    wait_for(lambda: sound.power == ["down"], "the power to be taken, once", 1)


def test_a_card_loose_in_a_use_is_another_insertion_when_it_is_found_again(counter: Counter, adult: Chip) -> None:
    adult.faults.keeps_state, adult.faults.pull_after = False, 10
    at = counter.put(adult)
    with pytest.raises(CardRemoved):
        counter.read.by_code_b(at, ADULT.code_b)
    adult.faults.pull_after = None
    with pytest.raises(CardRemoved):
        counter.read.by_code_b(at, ADULT.code_b)
    again = counter.put(adult)
    assert again != at
    assert counter.read.by_code_b(again, ADULT.code_b).insertion == again
