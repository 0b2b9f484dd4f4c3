"""Items put on pages: three to six at a time, only what fits without scrolling, long values over several pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.domain.resident_view import MOST, Item

Pages = tuple[tuple[Item, ...], ...]
Part = Callable[[int, int], str]
"""Which part of how many, in words."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much there is on one page: ``height`` of an item's row, of ``available`` in all; pixels.

    ``part``: what a value that is too long for a page is marked with.
    """

    height: Callable[[Item], int]
    available: int
    part: Part


def paged(items: Sequence[Item], room: Room) -> Pages:
    """All items, in their order. Pages are as even as they can be: seven items stand on four and three."""
    whole = [part for item in items for part in _fitting(item, room)]
    pages = _filled(whole, room)
    even = _even(whole, len(pages))
    return even if all(_fits(page, room) for page in even) else pages


def _filled(items: Sequence[Item], room: Room) -> Pages:
    pages: list[list[Item]] = []
    for item in items:
        if pages and _fits([*pages[-1], item], room):
            pages[-1].append(item)
        else:
            pages.append([item])
    return tuple(map(tuple, pages))


def _fits(page: Sequence[Item], room: Room) -> bool:
    return len(page) <= MOST and sum(map(room.height, page)) <= room.available


def _even(items: Sequence[Item], count: int) -> Pages:
    """The same number of pages, none with more than one item more than another."""
    if not count:
        return ()
    least, more = divmod(len(items), count)
    sizes = [least + (at < more) for at in range(count)]
    starts = [sum(sizes[:at]) for at in range(count)]
    return tuple(tuple(items[start : start + size]) for start, size in zip(starts, sizes, strict=True))


def _fitting(item: Item, room: Room) -> list[Item]:
    """The item, or its value in as many parts as fit a page each."""
    if room.height(item) <= room.available or len(item.value) < 2:  # noqa: PLR2004 -- nothing left to divide
        return [item]
    count = 2
    while count < len(item.value) and any(room.height(one) > room.available for one in _parts(item, count, room)):
        count += 1
    return _parts(item, count, room)


def _parts(item: Item, count: int, room: Room) -> list[Item]:
    size = -(-len(item.value) // count)
    texts = [item.value[at : at + size] for at in range(0, len(item.value), size)]
    return [
        replace(item, label=f"{item.label} ({room.part(at, len(texts))})", value=text)
        for at, text in enumerate(texts, 1)
    ]
