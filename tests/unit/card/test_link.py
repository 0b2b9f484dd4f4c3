"""The links of virtual cards: the published times of a reading, an estimate for the clerk, answers kept to them."""

import time
from dataclasses import dataclass, field

import pytest

from app.domain.card_pace import (
    PACES,
    Exchange,
    attribute_flow,
    contact,
    declared_baud,
    estimate_s,
    face_flow,
    is_contactless,
)
from app.standin.cards.link import ATR_TYPE_B, LinkedCard

CONTACT_ATR = bytes.fromhex("3BE000FF8131FE4514")
NEWER_ATR = bytes.fromhex("3BDA13FF8131FB468012392F31C173C601C03B")
FACE, TEXT = face_flow(), attribute_flow()
READ: list[Exchange] = [(5, 258)]
JPKI: list[Exchange] = [(15, 2), (7, 2), *[(5, 258)] * 6, (5, 166), (7, 2), (4, 2), (9, 2), (57, 258)]


def test_the_flows_have_the_published_number_of_commands_and_bytes() -> None:
    def shape(flow: list[Exchange]) -> tuple[int, int, int]:
        return len(flow), sum(up for up, _ in flow), sum(down for _, down in flow)

    assert shape(FACE) == (46, 311, 9976)  # published: 9,977
    assert shape(TEXT) == (19, 180, 2034)  # published with the PIN, 10 bytes shorter than code B
    assert shape(JPKI)[0] == 13
    assert shape(JPKI)[2] == 1982


@pytest.mark.parametrize(
    ("link", "published"),
    [
        ("contact-9600", "12.9 2.9 2.7 15.8 0.33"),
        ("contact-13441", "9.2 2.1 1.9 11.3 0.23"),
        ("contact-38400", "3.2 0.72 0.67 4.0 0.082"),
        ("contact-115200", "1.1 0.24 0.22 1.3 0.027"),
        ("nfc-106", "1.11 0.25 0.23 1.36 0.028"),
        ("nfc-212", "0.58 0.13 0.12 0.71 0.015"),
        ("nfc-424", "0.31 0.07 0.07 0.39 0.008"),
        ("nfc-848", "0.18 0.05 0.04 0.23 0.005"),
    ],
)
def test_each_link_takes_the_published_time(link: str, published: str) -> None:
    """To the last published digit, which stands for half of itself up or down (one row was rounded a hair beyond)."""
    pace = PACES[link]
    for flow, told in zip((FACE, TEXT, JPKI, FACE + TEXT, READ), published.split(), strict=True):
        last_digit = 10.0 ** -len(told.partition(".")[2])
        assert pace.total(flow) == pytest.approx(float(told), abs=0.52 * last_digit)


def test_contacts_at_848_kbaud_are_theory_but_computed_alike() -> None:
    assert contact(848_000).total(FACE) == pytest.approx(0.15, abs=0.005)


@pytest.mark.parametrize(
    ("atr", "contactless", "least", "most"),
    [
        (CONTACT_ATR, False, 15.0, 17.0),
        (NEWER_ATR, False, 4.0, 5.0),  # TA1 = 13: four times the speed
        (ATR_TYPE_B, True, 1.8, 2.2),
        (bytes.fromhex("3BF59100FF918171FE400042000100D1D6"), True, 1.8, 2.2),
        (b"", False, 15.0, 17.0),
        (b"\x3b", False, 15.0, 17.0),
    ],
)
def test_the_estimate_follows_the_answer_to_reset(atr: bytes, contactless: bool, least: float, most: float) -> None:  # noqa: FBT001
    assert is_contactless(atr) is contactless
    assert least < estimate_s(atr) < most


def test_a_card_that_declares_no_speed_talks_9600_baud() -> None:
    assert declared_baud(CONTACT_ATR) == 9_600
    assert declared_baud(NEWER_ATR) == 4 * 9_600
    assert declared_baud(bytes.fromhex("3B1096")) == pytest.approx(3_571_200 / 512 * 32)


@dataclass
class Answering:
    """A card whose every answer has 254 bytes and takes ``work_s`` of computing."""

    work_s: float = 0.0
    atr: bytes = CONTACT_ATR
    happened: list[str] = field(default_factory=list)

    def insert(self) -> None:
        self.happened.append("insert")

    def pull(self) -> None:
        self.happened.append("pull")

    def power_down(self) -> None:
        self.happened.append("down")

    def reset(self, kind: str = "reset") -> None:
        self.happened.append(kind)

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        self.happened.append(f"{apdu[1]:02X}")
        end = time.monotonic() + self.work_s
        while time.monotonic() < end:
            pass
        return bytes(254), 0x9000


def test_an_answer_takes_the_time_of_the_link_and_computing_is_part_of_it() -> None:
    pace = PACES["nfc-106"]
    card = LinkedCard(Answering(work_s=0.004), pace, contactless=True)
    began = time.monotonic()
    for _ in range(10):
        assert card.transmit(b"\x00\xb0\x00\x00\xfe") == (bytes(254), 0x9000)
    assert 10 * pace.seconds(5, 256) <= time.monotonic() - began + 0.006 < 10 * pace.seconds(5, 256) + 0.15


def test_a_signature_takes_the_cards_time_besides() -> None:
    card = LinkedCard(Answering(), PACES["nfc-848"], contactless=True, signing_s=0.1)
    began = time.monotonic()
    card.transmit(b"\x80\x2a\x00\x00\x00")
    assert time.monotonic() - began > 0.1


def test_a_field_shows_the_answer_to_reset_that_readers_make_up_and_contacts_the_cards_own() -> None:
    own = bytes.fromhex("3B888001000041E0B381A1003B")
    pace = PACES["nfc-106"]
    assert LinkedCard(Answering(), pace, contactless=True).atr == ATR_TYPE_B
    assert LinkedCard(Answering(atr=own), pace, contactless=True).atr == own
    assert LinkedCard(Answering(), pace, contactless=False).atr == CONTACT_ATR


def test_power_and_hands_reach_the_card() -> None:
    inner = Answering()
    card = LinkedCard(inner, PACES["nfc-848"], contactless=True)
    card.insert()
    card.reset("up")
    card.reset()
    card.power_down()
    card.pull()
    assert inner.happened == ["insert", "up", "reset", "down", "pull"]
    with pytest.raises(ConnectionError):
        card.transmit(b"\x00\xb0\x00\x00\xfe")
    card.insert()
    assert card.transmit(b"\x00\xb0\x00\x00\xfe")[1] == 0x9000
