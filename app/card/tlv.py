"""Data objects of a card, read strictly: any BER length, filler after the object, nothing trusted."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import BadCardData

_LONG_TAG = 0x1F
_MORE = 0x80
_MOST_LENGTH_BYTES = 3
_MOST_TAG_BYTES = 3


@dataclass(frozen=True, slots=True)
class Object:
    """One object: ``whole`` is tag, length and value as they stand."""

    tag: int
    value: bytes
    whole: bytes


def head(data: bytes, start: int = 0) -> tuple[int, int, int]:
    """Tag, start of the value and its length. Errors: BadCardData.

    Lengths need not be in their shortest form: cards write ``82 00 9F`` (card.md 3.2, measured).
    """
    tag, at = _tag(data, start)
    first = _byte(data, at)
    at += 1
    if first < _MORE:
        return tag, at, first
    width = first - _MORE
    if not 1 <= width <= _MOST_LENGTH_BYTES or at + width > len(data):
        raise BadCardData(what="length")
    return tag, at + width, int.from_bytes(data[at : at + width], "big")


def first(data: bytes, tag: int) -> Object:
    """The object at the start of a file, which must have this tag; what follows is filler. Errors: BadCardData."""
    found, start, length = head(data)
    if found != tag:
        raise BadCardData(what=f"{tag:X}")
    if start + length > len(data):
        raise BadCardData(what="length")
    return Object(found, data[start : start + length], data[: start + length])


def members(value: bytes) -> dict[int, Object]:
    """The objects inside a value, by tag; the first of a tag counts. Errors: BadCardData."""
    found: dict[int, Object] = {}
    for each in _walk(value):
        found.setdefault(each.tag, each)
    return found


def member(found: dict[int, Object], tag: int) -> Object:
    """One member that must be there. Errors: BadCardData."""
    if tag not in found:
        raise BadCardData(what=f"{tag:X}")
    return found[tag]


def _walk(value: bytes) -> Iterator[Object]:
    at = 0
    while at < len(value):
        tag, start, length = head(value, at)
        if start + length > len(value):
            raise BadCardData(what="length")
        yield Object(tag, value[start : start + length], value[at : start + length])
        at = start + length


def _tag(data: bytes, start: int) -> tuple[int, int]:
    lead = _byte(data, start)
    at = start + 1
    if lead & _LONG_TAG != _LONG_TAG:
        return lead, at
    while _byte(data, at) & _MORE:
        at += 1
        if at - start >= _MOST_TAG_BYTES:
            raise BadCardData(what="tag")
    return int.from_bytes(data[start : at + 1], "big"), at + 1


def _byte(data: bytes, at: int) -> int:
    if at >= len(data):
        raise BadCardData(what="length")
    return data[at]
