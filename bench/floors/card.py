"""A bare PC/SC replay: the same commands as a reading by code B, sent without any program around them."""

import time

from smartcard import scard


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
