"""Folders as a power cut could leave them: what was synced is there, of the rest each write is kept, lost or torn."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from random import Random

from tests.support.powercut.record import CREATED, EMPTIED, FOLDER, Event

SECTOR = 512
"""What a disk writes whole or not at all. Source: ATA and NVMe logical blocks (published); larger ones tear less."""


@dataclass(slots=True)
class Node:
    """A file: what is surely on the disk, and the changes since, (offset, bytes) or (new size, None)."""

    is_folder: bool = False
    kept: bytearray = field(default_factory=bytearray)
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)

    def settle(self) -> None:
        """It was synced."""
        for change in self.waiting:
            _apply(self.kept, *change)
        self.waiting.clear()


@dataclass(frozen=True, slots=True)
class Naming:
    """A change of names: ``name`` comes to be ``node`` (None: it is gone); ``former``: a name that goes with it."""

    name: str
    node: Node | None
    former: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """A moment's end. ``files``: path → content; ``said``: the marks until then; ``place``: position in the record."""

    place: int
    way: str
    files: dict[str, bytes]
    folders: tuple[str, ...]
    said: tuple[str, ...]

    @property
    def digest(self) -> bytes:
        """What tells this cut from others: what it left and what had been acknowledged."""
        made = hashlib.sha256(repr((sorted(self.folders), self.said)).encode())
        for name in sorted(self.files):
            made.update(name.encode() + b"\0" + hashlib.sha256(self.files[name]).digest())
        return made.digest()

    def lay_out(self, folder: Path) -> None:
        """Write it below ``folder``, which is new."""
        folder.mkdir(parents=True)
        for name in sorted(self.folders):
            (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in self.files.items():
            path = folder / name
            path.write_bytes(content)
            path.chmod(0o600)


class Disk:
    """The state of the folder while the record is played; it began empty."""

    def __init__(self) -> None:
        self._names: dict[str, Node] = {}
        self._synced: dict[str, Node] = {}
        self._waiting: list[Naming] = []
        self._files: dict[tuple[int, int], tuple[str, Node]] = {}
        self.said: list[str] = []

    def play(self, event: Event) -> None:
        """One event more."""
        match event.op:
            case "O":
                self._open(event)
            case "C":
                self._files.pop((event.process, event.file), None)
            case "W":
                self._node(event).waiting.append((event.offset, event.data))
            case "T":
                self._node(event).waiting.append((event.size, None))
            case "S":
                self._sync(event)
            case "K":
                self.said.extend(event.data.decode().splitlines())
            case _:
                self._rename(event)

    def _open(self, event: Event) -> None:
        if event.flags & CREATED:
            self._name(Naming(event.path, Node()))
        node = Node(is_folder=True) if event.flags & FOLDER else self._names[event.path]
        if event.flags & EMPTIED:
            node.waiting.append((0, None))
        self._files[event.process, event.file] = (event.path, node)

    def _rename(self, event: Event) -> None:
        if event.op == "M":
            self._name(Naming(event.path, Node(is_folder=True)))
        elif event.op == "U":
            self._name(Naming(event.path, None))
        elif event.op == "L":
            self._name(Naming(event.other, self._names[event.path]))
        else:
            self._name(Naming(event.other, self._names[event.path], event.path))

    def _name(self, change: Naming) -> None:
        _rename(self._names, change)
        self._waiting.append(change)

    def _node(self, event: Event) -> Node:
        return self._files[event.process, event.file][1]

    def _sync(self, event: Event) -> None:
        path, node = self._files[event.process, event.file]
        if not node.is_folder:
            node.settle()
            return
        mine = [change for change in self._waiting if _parent(change.name) == path]
        for change in mine:
            _rename(self._synced, change)
        self._waiting = [change for change in self._waiting if _parent(change.name) != path]

    def cut(self, place: int, chance: Random) -> Cut:
        """The power fails now. What was not synced meets one of five ends."""
        way = chance.choice(WAYS)
        names = dict(self._synced)
        for change in _left(self._waiting, way, chance):
            if not change.former or change.former in names:
                _rename(names, change)
        reached = {name: node for name, node in names.items() if _has_way(name, names)}
        files = {name: _content(node, way, chance) for name, node in reached.items() if not node.is_folder}
        folders = tuple(name for name, node in reached.items() if node.is_folder)
        return Cut(place, way, files, folders, tuple(self.said))


WAYS = ("nothing", "everything", "the first ones", "any", "torn")
"""What is left of the writes that were not synced."""


def cuts(events: list[Event], count: int, seed: int, begin: int = 0) -> Iterator[Cut]:
    """``count`` cuts at seeded moments, in the order of the record; the first events until ``begin`` are never cut.

    Half of them fall on the moments around a mark, where the loss of something acknowledged would show.
    """
    chance, disk = Random(seed), Disk()
    marked = [place for place, event in enumerate(events, 1) if event.op == "K" and place > begin]
    places = sorted(
        chance.choice(marked) if marked and turn % 2 else chance.randint(begin, len(events)) for turn in range(count)
    )
    played = 0
    for place in places:
        for event in events[played:place]:
            disk.play(event)
        played = place
        yield disk.cut(place, chance)


def _left(waiting: list[Naming], way: str, chance: Random) -> list[Naming]:
    if way == "nothing":
        return []
    if way == "everything":
        return waiting
    if way == "the first ones":
        return waiting[: chance.randint(0, len(waiting))]
    return [change for change in waiting if chance.random() < 0.5]


def _content(node: Node, way: str, chance: Random) -> bytes:
    content = bytearray(node.kept)
    waiting = node.waiting
    if way == "nothing":
        waiting = []
    elif way == "the first ones":
        waiting = waiting[: chance.randint(0, len(waiting))]
    for number, (offset, data) in enumerate(waiting):
        is_torn = data is not None and (
            way == "torn" or (way == "the first ones" and number == len(waiting) - 1 and chance.random() < 0.5)
        )
        if way == "any" and chance.random() < 0.5:
            continue
        if is_torn and data is not None:
            _tear(content, offset, data, chance)
        else:
            _apply(content, offset, data)
    return bytes(content)


def _tear(content: bytearray, offset: int, data: bytes, chance: Random) -> None:
    """Some sectors of the write are on the disk, the others are not."""
    at = 0
    while at < len(data):
        size = min(SECTOR - (offset + at) % SECTOR, len(data) - at)
        if chance.random() < 0.5:
            _apply(content, offset + at, data[at : at + size])
        at += size


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:
        del content[offset:]
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    if data is not None:
        content[offset : offset + len(data)] = data


def _rename(names: dict[str, Node], change: Naming) -> None:
    names.pop(change.former, None)
    if change.node is None:
        names.pop(change.name, None)
    else:
        names[change.name] = change.node


def _has_way(name: str, names: dict[str, Node]) -> bool:
    """Whether every folder above is there too."""
    return all(str(above) in names for above in list(PurePosixPath(name).parents)[:-1])


def _parent(name: str) -> str:
    above = str(PurePosixPath(name).parent)
    return "" if above == "." else above
