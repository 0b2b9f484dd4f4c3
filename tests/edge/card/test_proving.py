"""Challenge and signature certificate through pcscd: what each card gives, and a card pulled at every command."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from app.domain.certificate import Standing
from app.domain.verdict import Failed, Verified
from app.errors import CardCancelled, CardRemoved, CertificateAbsent, CodeBlocked
from app.services.card_port import Insertion, Watch
from app.services.jpki_port import TokenKind
from app.services.prove_holder import HolderProof, ProveHolder
from app.standin.cards.chip import Chip
from app.standin.cards.faults import Faults
from app.standin.cards.profiles import HOLDERS
from app.trust.certificate_anchors import CertificateAnchors
from tests.support.cards import Counter, MakeCard
from tests.support.pcscd import Pcscd
from tests.support.process import wait_for
from tests.support.proving import ASKING, KnowingOffice, prover, verifies

pytestmark = pytest.mark.card

COMMANDS = 12
"""How many commands each of the two ways takes."""

Way = Callable[[ProveHolder, Insertion, str], HolderProof]


def by_pin(prove: ProveHolder, at: Insertion, profile: str = "adult", **more) -> HolderProof:
    return prove.by_user_pin(at, HOLDERS[profile].pin, ASKING, **more)


def by_password(prove: ProveHolder, at: Insertion, profile: str = "adult", **more) -> HolderProof:
    return prove.by_sign_password(at, HOLDERS[profile].password, ASKING, **more)


@pytest.fixture
def office() -> KnowingOffice:
    return KnowingOffice()


@pytest.fixture
def prove(counter: Counter, office: KnowingOffice, certificate_anchors: CertificateAnchors) -> ProveHolder:
    return prover(counter.readers, office, certificate_anchors)


def test_an_adult_s_card_proves_both_ways_and_is_without_power_after_each(
    counter: Counter, prove: ProveHolder, office: KnowingOffice, holder_card: MakeCard
) -> None:
    chip = holder_card("adult")
    at = counter.put(chip)
    for way in (by_pin, by_password):
        proof = way(prove, at)
        assert proof.standing is Standing.CONFIRMED
        assert proof.timing.traffic.commands == COMMANDS
        wait_for(lambda: chip.power[-1] == "down", "the power to be taken")
    assert len(chip.log) == 2 * COMMANDS
    assert len(office.asked) == 2


GIVEN = (
    ("child", by_pin, TokenKind.CARD, Standing.CONFIRMED),
    ("moved", by_password, TokenKind.CARD, Standing.CONFIRMED),
    ("android", by_pin, TokenKind.ANDROID, Standing.CONFIRMED),
    ("iphone", by_password, TokenKind.IPHONE, Standing.CONFIRMED),
    ("expired_certificate", by_pin, TokenKind.CARD, Standing.REFUSED),
    ("expired_certificate", by_password, TokenKind.CARD, Standing.REFUSED),
)
REFUSED = (
    ("child", by_password, CertificateAbsent),
    ("moved_deleted", by_password, CertificateAbsent),
    ("blocked_pin", by_pin, CodeBlocked),
    ("blocked_pin", by_password, CodeBlocked),
)


def side_by_side(counter: Counter, rows: tuple, holder_card: MakeCard) -> Iterator[tuple]:
    """Each row's card on a reader, two at a time: pcscd takes 0.4 s to notice, however many there are."""
    for start in range(0, len(rows), len(counter.slots)):
        laid = list(zip(counter.slots, rows[start:], strict=False))
        chips = [holder_card(row[0]) for _, row in laid]
        for (slot, _), chip in zip(laid, chips, strict=True):
            slot.put(chip)
        for (slot, row), chip in zip(laid, chips, strict=True):
            yield (*row, chip, counter.awaited(slot))
        for slot, _ in laid:
            slot.take()
        wait_for(lambda: not counter.readers.seen().cards, "the cards to be gone")


def test_each_card_gives_what_it_has(counter: Counter, prove: ProveHolder, holder_card: MakeCard) -> None:
    for profile, way, token, standing, _, at in side_by_side(counter, GIVEN, holder_card):
        proof = way(prove, at, profile)
        assert (profile, proof.token, proof.standing) == (profile, token, standing)
        assert proof.verdicts.issuer == Verified()
        expired = standing is Standing.REFUSED
        assert proof.verdicts.dates == (Failed("certificate_expired") if expired else Verified())


def test_where_there_is_nothing_to_prove_no_code_leaves_this_pc(
    counter: Counter, prove: ProveHolder, holder_card: MakeCard
) -> None:
    for profile, way, error, chip, at in side_by_side(counter, REFUSED, holder_card):
        with pytest.raises(error):
            way(prove, at, profile)
        assert verifies(chip) == []


def test_cancelled_before_the_code_none_leaves_this_pc(
    counter: Counter, prove: ProveHolder, holder_card: MakeCard
) -> None:
    chip = holder_card("adult")
    at = counter.put(chip)
    for allowed in (1, 2, 10):
        chip.log.clear()
        with pytest.raises(CardCancelled):
            by_pin(prove, at, watch=Watch(cancelled=lambda: len(chip.log) >= allowed))  # noqa: B023
        assert len(chip.log) == allowed
        assert verifies(chip) == []
        wait_for(lambda: chip.power[-1] == "down", "the power to be taken")


@pytest.mark.fault
def test_pulled_at_any_command_of_both_ways_it_is_removed_and_no_code_is_sent_twice(
    counter: Counter, prove: ProveHolder, office: KnowingOffice, holder_card: MakeCard
) -> None:
    ways = dict(zip(counter.slots, (by_pin, by_password), strict=True))
    for answered in range(COMMANDS):
        frail: dict[object, Chip] = {}
        for slot in ways:
            frail[slot] = holder_card("adult")
            frail[slot].faults = Faults(pull_after=answered)
            slot.put(frail[slot])
        for slot, way in ways.items():
            chip = frail[slot]
            with pytest.raises(CardRemoved) as lost:
                way(prove, counter.awaited(slot))
            is_code = len(verifies(chip)) == 1 and chip.log[-1] == verifies(chip)[0]
            assert lost.value.data == ({"during": "verify"} if is_code else {})
            assert len(chip.log) == answered + 1
            assert len(verifies(chip)) <= 1
        for slot in ways:
            slot.take()
        wait_for(lambda: not counter.readers.seen().cards, "the removals to be seen")
    assert office.asked == []
    assert by_pin(prove, counter.put(holder_card("adult"))).standing is Standing.CONFIRMED


STRANGER = """
from smartcard import scard
_, context = scard.SCardEstablishContext(0)
_, names = scard.SCardListReaders(context, [])
_, card, _ = scard.SCardConnect(context, names[0], scard.SCARD_SHARE_SHARED, scard.SCARD_PROTOCOL_T1)
def send(text):
    return bytes(scard.SCardTransmit(card, scard.SCARD_PCI_T1, list(bytes.fromhex(text)))[1][-2:]).hex()
print(send("00A4040C0AD392F000260100000001"), send("802A009704" + "00" * 4 + "00"), send("00B0810000"))
scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
"""


def test_another_program_can_neither_sign_nor_read_on_afterwards(
    counter: Counter, prove: ProveHolder, holder_card: MakeCard, pcscd: Pcscd
) -> None:
    chip = holder_card("adult")
    chip.faults = Faults(keeps_state=True)
    at = counter.put(chip)
    by_pin(prove, at)
    by_password(prove, at)
    done = subprocess.run(
        [sys.executable, "-c", STRANGER], env=pcscd.environment, capture_output=True, text=True, check=True, timeout=20
    )
    assert done.stdout.split() == ["9000", "6982", "6982"]
