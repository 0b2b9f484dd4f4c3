"""One unambiguous way to put several texts into one byte string: counted and length-prefixed."""

from collections.abc import Sequence


def framed(label: str, parts: Sequence[str | bytes]) -> bytes:
    """``label`` and ``parts`` so that no two different inputs give the same bytes.

    Shape: number of parts (4 bytes), then each part as length (4 bytes, big endian) and content (UTF-8);
    the label comes first. It separates uses of one key from each other.
    """
    framing = [(len(parts) + 1).to_bytes(4, "big")]
    for part in (label, *parts):
        content = part.encode() if isinstance(part, str) else part
        framing += (len(content).to_bytes(4, "big"), content)
    return b"".join(framing)
