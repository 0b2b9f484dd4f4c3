"""How long a card takes to say something: the frames of its link, and what its answer to reset promises."""

from collections.abc import Iterable
from dataclasses import dataclass

Exchange = tuple[int, int]
"""Bytes of one command and of its answer, status word included."""

_SELECT_APPLICATION, _SELECT_FILE, _QUERY, _CODE_B, _READ, _SIGN = 15, 7, 4, 19, 5, 57
_STATUS, _CHUNK, _SIGNATURE = 2, 256, 256
_HOST_S = 0.004
"""Reader, USB and daemon for each command. Source: peers' trace of pcscd, published (3.1-3.3 ms), rounded up."""
_SIGNING_S = 0.185
"""One RSA-2048 signature of a card: median of 20 card models, published; this card's chip is not public."""


@dataclass(frozen=True, slots=True)
class Pace:
    """A link to a card. Seconds of air or contact only: no card processing, no reader, no signature.

    ``bit_s``: seconds of one etu; ``byte_etu``: etu for a byte; ``payload``: most bytes of a command or answer in one
    frame; ``frame_bytes``, ``frame_etu``, ``turn_s``: what each frame costs besides. A command or answer of several
    frames has an empty frame of acknowledgement after each but the last.
    """

    bit_s: float
    byte_etu: int
    payload: int
    frame_bytes: int
    frame_etu: int
    turn_s: float

    def seconds(self, up: int, down: int) -> float:
        """One exchange: ``up`` bytes of command, ``down`` bytes of answer with its status word."""
        frames = 2 * (self._frames(up) + self._frames(down)) - 2
        etu = (up + down) * self.byte_etu + frames * (self.frame_bytes * self.byte_etu + self.frame_etu)
        return etu * self.bit_s + frames * self.turn_s

    def total(self, exchanges: Iterable[Exchange]) -> float:
        """Seconds of a whole conversation."""
        return sum(self.seconds(up, down) for up, down in exchanges)

    def least(self, commands: int, up: int, down: int) -> float:
        """Seconds that so many commands with so many bytes in all can't go below, however the bytes are shared out."""
        frames = 2 * (max(commands, self._frames(up)) + max(commands, self._frames(down))) - 2 * commands
        etu = (up + down) * self.byte_etu + frames * (self.frame_bytes * self.byte_etu + self.frame_etu)
        return etu * self.bit_s + frames * self.turn_s

    def _frames(self, size: int) -> int:
        return max(1, -(-size // self.payload))


def type_b(kbps: int) -> Pace:
    """Contactless Type B at 106, 212, 424 or 848 kbps (ISO 14443-2, -3 and -4, published).

    10 etu a byte, frames of 256 bytes (3 of them head and checksum), 23 etu for start and end of a frame; 0.3 ms of
    turn-round per frame is an assumption.
    """
    return Pace(128 / 13.56e6 / (kbps // 106), 10, 253, 3, 23, 0.0003)


def contact(baud: float) -> Pace:
    """Contacts with T=1 (ISO 7816-3, published): 11 etu a byte, blocks of 254 bytes and 4 of frame, 22 etu between."""
    return Pace(1 / baud, 11, 254, 4, 22, 0.0)


PACES = {
    **{f"nfc-{kbps}": type_b(kbps) for kbps in (106, 212, 424, 848)},
    **{f"contact-{baud}": contact(baud) for baud in (9_600, 13_441, 38_400, 115_200)},
}
"""Links by name. A card that declares nothing else talks 9,600 to 13,441 baud (3.57 to 5 MHz by 372)."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes of the files that a reading by 照合番号B takes. Those of photo, name and address images are assumed."""

    face: int = 9_060
    certificate: int = 568
    attributes: int = 300
    integrity: int = 336
    card_key: int = 536


USUAL = Sizes()


def face_flow(sizes: Sizes = USUAL) -> list[Exchange]:
    """Flow F: select, ask tries, give the code, read certificate and face, have a challenge signed."""
    return [*_opened(), *_file(sizes.certificate), *_file(sizes.face), (_SIGN, _SIGNATURE + _STATUS)]


def attribute_flow(sizes: Sizes = USUAL) -> list[Exchange]:
    """Flow T: as F, with attributes, signed digests, certificate and card key."""
    files = (sizes.attributes, sizes.integrity, sizes.certificate, sizes.card_key)
    read = [exchange for size in files for exchange in _file(size)]
    return [*_opened(), *read, (_SIGN, _SIGNATURE + _STATUS)]


def estimate_s(atr: bytes, sizes: Sizes = USUAL) -> float:
    """Seconds a reading by 照合番号B (face and attributes) will about take with the card of this answer to reset.

    A contactless answer to reset does not tell the speed: the slowest is assumed. On contacts the card says its speed
    itself (TA1), at the default clock of 3.57 MHz; a reader may clock up to 1.4 times as fast.
    """
    flow = face_flow(sizes) + attribute_flow(sizes)
    pace = PACES["nfc-106"] if is_contactless(atr) else contact(declared_baud(atr))
    return pace.total(flow) + len(flow) * _HOST_S + 2 * _SIGNING_S


def is_contactless(atr: bytes) -> bool:
    """Whether a reader made up this answer to reset for a contactless card.

    PC/SC part 3 (3B 8n 80 01) or the form of Sony's readers (3B F5 91 00 FF 91 81 71 FE 40). Both published.
    """
    part_3 = len(atr) > 3 and atr[0] == 0x3B and atr[1] >> 4 == 0x8 and atr[2:4] == b"\x80\x01"  # noqa: PLR2004
    return part_3 or atr.startswith(bytes.fromhex("3BF59100FF918171FE40"))


_CLOCK_HZ = 3_571_200
_FI = {0: 372, 1: 372, 2: 558, 3: 744, 4: 1116, 5: 1488, 6: 1860, 9: 512, 10: 768, 11: 1024, 12: 1536, 13: 2048}
_DI = {1: 1, 2: 2, 3: 4, 4: 8, 5: 16, 6: 32, 7: 64, 8: 12, 9: 20}
"""Clock and bit rate factors, ISO 7816-3 tables 7 and 8, published."""


def declared_baud(atr: bytes) -> float:
    """The speed that a card on contacts offers in TA1, at the default clock; 9,600 baud if it says nothing."""
    if len(atr) < 3 or not atr[1] & 0x10:  # noqa: PLR2004 - TS, T0, TA1
        return _CLOCK_HZ / 372
    return _CLOCK_HZ / _FI.get(atr[2] >> 4, 372) * _DI.get(atr[2] & 0xF, 1)


def _opened() -> list[Exchange]:
    return [(_SELECT_APPLICATION, _STATUS), (_SELECT_FILE, _STATUS), (_QUERY, _STATUS), (_CODE_B, _STATUS)]


def _file(size: int) -> list[Exchange]:
    whole, rest = divmod(size, _CHUNK)
    chunks = [_CHUNK] * whole + ([rest] if rest else [])
    return [(_SELECT_FILE, _STATUS), *((_READ, chunk + _STATUS) for chunk in chunks)]
