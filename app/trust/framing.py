"""One unambiguous way to put several texts into one byte string: counted and length-prefixed."""

from collections.abc import Sequence


def framed(label: str, parts: Sequence[str | bytes]) -> bytes:
    """``label`` and ``parts`` so that no two different inputs give the same bytes.

    Shape: number of parts (4 bytes), then each part as length (4 bytes, big endian) and content (UTF-8);
    the label comes first. It separates uses of one key from each other.
    """
    name = label.encode()
    framing = [_length(len(parts) + 1), _sized(name), name]
    for part in parts:
        content = part if type(part) is bytes else part.encode()  # type: ignore[union-attr]
        size = len(content)
        framing += (_SHORT[size] if size < _SHORT_ONES else _length(size), content)
    return b"".join(framing)


_APART = 2


class Framer:
    """Frames many lists of parts that mostly begin alike, and only their last two differ; the same as ``framed``."""

    def __init__(self, label: str, first: bytes) -> None:
        self._label = label
        self._first = first
        self._begun: dict[tuple[str, ...], bytes] = {}

    def framed(self, parts: Sequence[str]) -> bytes:
        """``framed`` of label, first part and ``parts``."""
        if len(parts) < _APART:
            return framed(self._label, [self._first, *parts])
        alike = tuple(parts[:-_APART])
        begun = self._begun.get(alike)
        if begun is None:
            empty = framed(self._label, [self._first, *alike, "", ""])
            begun = self._begun[alike] = empty[: -_APART * len(_length(0))]
        one, other = parts[-2].encode(), parts[-1].encode()
        return b"%b%b%b%b%b" % (begun, _sized(one), one, _sized(other), other)


def _sized(content: bytes) -> bytes:
    size = len(content)
    return _SHORT[size] if size < _SHORT_ONES else _length(size)


def _length(size: int) -> bytes:
    return size.to_bytes(4, "big")


_SHORT_ONES = 256
_SHORT = tuple(map(_length, range(_SHORT_ONES)))
"""Lengths of short parts, which nearly all are, as they are written."""
