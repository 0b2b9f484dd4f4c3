"""Floors of the card: the computed time of the plain conversation, a bare replay, a bare wait for a change.

``python -m bench.floors.card READER`` prints the moment of each change of that reader that shows a card, a line each.
"""

import sys
import time

from smartcard import scard

from app.card import tlv
from app.domain.card_pace import PACES, Sizes, attribute_flow, face_flow
from app.standin.cards.chip import Chip, DataFile
from app.standin.cards.files import ATTRIBUTE_AID, FACE_AID

CONVERSATION = (
    "computed floor: flows F and T of the plain conversation (each key and file selected by name, read in pieces of "
    "256 bytes) over this card's own files, on the air or contacts alone"
)


LEAST = (
    "computed floor: the shortest conversation over the same files; nothing selected but the applications, tries asked "
    "and code given in each, each file in as few pieces as answers of {piece} bytes allow"
)
LONG, SHORT = 1022, 256


def computed_s(link: str, sizes: Sizes) -> float:
    """Seconds of flows F and T on the link; what the program sends plays no part."""
    return PACES[link].total([*face_flow(sizes), *attribute_flow(sizes)])


def least_s(link: str, sizes: Sizes, piece: int) -> float:
    """Seconds of the shortest conversation on the link; what the program sends plays no part."""
    opened, signature = [(15, 2), (4, 2), (19, 2)], (57, 258)
    files = (sizes.attributes, sizes.integrity, sizes.card_key, sizes.certificate, sizes.certificate, sizes.face)
    read = [
        (5 if min(piece, size - at) <= SHORT else 7, min(piece, size - at) + 2)
        for size in files
        for at in range(0, size, piece)
    ]
    return PACES[link].total([*opened, *opened, *read, signature, signature])


def sizes_of(chip: Chip) -> Sizes:
    """How many bytes the objects in a card's files have, filler not counted. Both certificates are of one size."""

    def size(aid: bytes, number: int) -> int:
        file = chip.application(aid).files[number]
        assert isinstance(file, DataFile)
        _, start, length = tlv.head(file.content)
        return start + length

    return Sizes(
        face=size(FACE_AID, 0x02),
        certificate=size(FACE_AID, 0x04),
        attributes=size(ATTRIBUTE_AID, 0x02),
        integrity=size(ATTRIBUTE_AID, 0x03),
        card_key=size(ATTRIBUTE_AID, 0x07),
    )


def replay(reader: str, commands: list[bytes]) -> float:
    """Seconds for connecting, sending all commands and taking the power away."""
    began = time.perf_counter()
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    result, card, _ = scard.SCardConnect(context, reader, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T1)
    if result != scard.SCARD_S_SUCCESS:
        raise RuntimeError(f"no card for the floor: {result & 0xFFFFFFFF:08X}")
    for command in commands:
        result, answer = scard.SCardTransmit(card, scard.SCARD_PCI_T1, list(command))
        if result != scard.SCARD_S_SUCCESS or answer[-2] not in {0x90, 0x63}:
            raise RuntimeError("the card refused a command of the floor")
    scard.SCardDisconnect(card, scard.SCARD_UNPOWER_CARD)
    scard.SCardReleaseContext(context)
    return time.perf_counter() - began


def main() -> None:
    """Wait, tell, wait."""
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    word, lay = scard.SCARD_STATE_UNAWARE, False
    while True:
        result, states = scard.SCardGetStatusChange(context, 1000, [(sys.argv[1], word)])
        now = time.monotonic()
        if result == scard.SCARD_S_SUCCESS:
            word = states[0][1] & ~int(scard.SCARD_STATE_CHANGED)
            was, lay = lay, bool(word & scard.SCARD_STATE_PRESENT)
            if lay and not was:
                print(now, flush=True)


if __name__ == "__main__":
    main()
