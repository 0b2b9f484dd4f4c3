"""Sound input, changed: a fuzzer's bytes say where and how. So it starts deep inside every parser."""

from collections.abc import Sequence

_HEAD = 4
MOST_EDITS = 8


def edited(seeds: Sequence[bytes], data: bytes) -> bytes:
    """One of ``seeds`` after the edits in ``data``: first which seed, then kind, place (u16), size and payload each."""
    if not data:
        return b""
    text, at = bytearray(seeds[data[0] % len(seeds)]), 1
    for _ in range(MOST_EDITS):
        if at + _HEAD > len(data):
            break
        kind, place, size = data[at], int.from_bytes(data[at + 1 : at + 3], "big"), data[at + 3]
        payload = data[at + _HEAD : at + _HEAD + size % 64]
        at += _HEAD + len(payload)
        _edit(text, kind, place % (len(text) + 1), payload or bytes([size]))
    return bytes(text)


def _edit(text: bytearray, kind: int, place: int, payload: bytes) -> None:
    match kind % 5:
        case 0:
            text[place : place + len(payload)] = payload
        case 1:
            text[place:place] = payload
        case 2:
            del text[place : place + payload[0]]
        case 3:
            del text[place:]
        case _ if place < len(text):
            text[place] ^= 1 << payload[0] % 8
