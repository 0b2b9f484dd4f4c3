"""Data objects as a My Number card writes them; the reader has a codec of its own on purpose."""

_SHORT_FORM = 0x80


def tlv(tag: int, *parts: bytes) -> bytes:
    """One object. Lengths from 128 on take three bytes (``82 00 9F``), as on the card (card.md 3.2, measured)."""
    value = b"".join(parts)
    length = bytes([len(value)]) if len(value) < _SHORT_FORM else b"\x82" + len(value).to_bytes(2, "big")
    return tag.to_bytes((tag.bit_length() + 7) // 8, "big") + length + value


def with_offsets(outer: int, table: int, *objects: bytes) -> bytes:
    """``outer`` holding a table of u16 offsets from the file's start, then the objects it points to."""
    size = 2 * len(objects)
    inner = len(tlv(table, bytes(size))) + sum(map(len, objects))
    start = len(tlv(outer, bytes(inner))) - inner + len(tlv(table, bytes(size)))
    offsets = []
    for each in objects:
        offsets.append(start.to_bytes(2, "big"))
        start += len(each)
    return tlv(outer, tlv(table, *offsets), *objects)


def der(tag: int, value: bytes) -> bytes:
    """One object as certificates hold it: its length in as few bytes as it takes."""
    size = len(value)
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    length = bytes([size]) if size < _SHORT_FORM else bytes([_SHORT_FORM | len(digits)]) + digits
    return bytes([tag]) + length + value
