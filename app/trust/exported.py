"""Checks an exported ledger with nothing but its files and the public keys, and names the place of every fault."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.errors import LedgerError, WrongKey
from app.trust.checkpoint import Checkpoint, open_checkpoint, read_checkpoint
from app.trust.demands import Demands, WaysBack, kept_sizes, witness_faults
from app.trust.manifest import (
    CHECKPOINT,
    COSIGNED,
    KEYS,
    MANIFEST,
    RESTORED,
    STAMPS,
    Listed,
    changed_records,
    open_manifest,
    record_path,
)
from app.trust.merkle import Node, Tree, grow, leaf_hashes, perfect_root
from app.trust.note import PLAIN, NoteKey, parse_note
from app.trust.stamp import open_stamp
from app.trust.tile import HEIGHT, WIDTH, Tile, bundle_path, bundles_of, split_bundle, split_tile, tiles_of


class Files(Protocol):
    """The files of one log's folder."""

    def names(self) -> Sequence[str]: ...
    def read(self, name: str) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold, and where. ``kind``: a stable code; ``place``: index, line or offset, if there is one."""

    kind: str
    origin: str
    file: str
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """One log of an export after its check. ``size``: leaves, by the proved checkpoint; None without one.

    ``cosigned``: witness → the largest size that it cosigned, proved.
    """

    origin: str
    size: int | None
    faults: tuple[Fault, ...]
    cosigned: Mapping[str, int] = field(default_factory=dict)


def parse_keys(data: bytes) -> tuple[dict[str, NoteKey], tuple[Fault, ...]]:
    """Public keys, one a line, by name; lines that are none are faults."""
    keys: dict[str, NoteKey] = {}
    faults = []
    *lines, rest = data.decode(errors="replace").split("\n")
    for number, line in enumerate(lines, 1):
        try:
            key = NoteKey.parse(line)
            keys[key.name] = key
        except WrongKey:
            faults.append(Fault("key_format", "", KEYS, number))
    if rest or not lines:
        faults.append(Fault("key_format", "", KEYS, None))
    return keys, tuple(faults)


def check_log(
    files: Files,
    key: NoteKey,
    witnesses: Mapping[str, NoteKey],
    stamper: bytes = b"",
    demands: Demands | None = None,
) -> Checked:
    """Check one exported log. ``key``: the log's; ``witnesses``: name → key of whoever cosigns.

    ``stamper``: root certificates (PEM) of the time-stamping authority; without them stamps are not judged.
    """
    asked = demands or Demands()
    faults = list(_file_faults(files, key))
    try:
        checkpoint = open_checkpoint(files.read(CHECKPOINT) or b"", key)
    except LedgerError as error:
        faults.append(Fault(str(error.data["kind"]), key.name, CHECKPOINT))
        return Checked(key.name, None, tuple(faults))
    rebuilt = _Rebuilt(files, key, checkpoint, asked)
    found = (*rebuilt.faults(witnesses), *rebuilt.stamp_faults(stamper), *rebuilt.demanded(witnesses))
    return Checked(key.name, checkpoint.size, (*faults, *found), rebuilt.cosigned_sizes(witnesses))


def _file_faults(files: Files, key: NoteKey) -> Iterator[Fault]:
    """Every file against the signed list."""
    listed: dict[str, Listed] = {}
    try:
        listed = open_manifest(files.read(MANIFEST) or b"", key)
    except LedgerError as error:
        yield Fault(str(error.data["kind"]), key.name, MANIFEST)
    for name in sorted(listed):
        content = files.read(name)
        if content is None:
            yield Fault("file_missing", key.name, name)
        elif not listed[name].matches(content):
            yield Fault("file_changed", key.name, name)
    for name in sorted(set(files.names()) - listed.keys() - {MANIFEST}):
        yield Fault("file_unexpected", key.name, name)


class _Rebuilt:
    """The tree made again from the entries, against all that is said of it."""

    def __init__(self, files: Files, key: NoteKey, checkpoint: Checkpoint, demands: Demands) -> None:
        self._demands = demands
        self._files = files
        self._key = key
        self._checkpoint = checkpoint
        self._tree = Tree()
        self._tops: dict[Node, bytes] = {}
        self._roots: dict[int, bytes] = {}

    def faults(self, witnesses: Mapping[str, NoteKey]) -> Iterator[Fault]:
        notes, size = self._cosigned(), self._checkpoint.size
        stamped = [said.size for note, _ in self._stamps() if (said := _read(note)) is not None]
        earlier = _read(self._demands.earlier)
        others = [*kept_sizes(self._statements()), *([] if earlier is None else [earlier.size])]
        wanted = sorted({*(checkpoint.size for _, checkpoint in notes.values()), *stamped, *others})
        for number, width in bundles_of(size):
            yield from self._bundle(number, width, wanted)
        if self._tree.size == size and self._tree.root != self._checkpoint.root:
            yield self._fault("root_differs", CHECKPOINT)
        yield from self._upper_tiles()
        yield from self._cosigned_faults(notes, witnesses)

    def stamp_faults(self, stamper: bytes) -> Iterator[Fault]:
        """Stamps of what the log never was, or that prove nothing; to be asked after ``faults``."""
        pairs = self._stamps()
        if not pairs and self._files.read(STAMPS):
            yield self._fault("stamp_format", STAMPS)
        for number, (note, token) in enumerate(pairs):
            said = _read(note)
            if said is None or not parse_note(note).signed_by(self._key):
                yield self._fault("stamp_format", STAMPS, number)
            elif said.size and self._roots.get(said.size) != said.root:
                yield self._fault("stamp_differs", STAMPS, number)
            elif stamper and (kind := _stamp_fault(token, note, stamper)):
                yield self._fault(kind, STAMPS, number)

    def demanded(self, witnesses: Mapping[str, NoteKey]) -> Iterator[Fault]:
        """What else the log was asked for; to be asked after ``faults``."""
        size, statements = self._checkpoint.size, self._statements()
        if not statements and self._files.read(RESTORED):
            yield self._fault("restored_format", RESTORED)
        ways_back = WaysBack(self._key, self._demands, statements, self._roots)
        found = (*witness_faults(self._demands, size, self.cosigned_sizes(witnesses)), *ways_back.faults(size))
        yield from (self._fault(kind, file, place) for kind, file, place in found)

    def cosigned_sizes(self, witnesses: Mapping[str, NoteKey]) -> dict[str, int]:
        """Witness → the largest size of the log that it truly cosigned."""
        sizes: dict[str, int] = {}
        for data, said in sorted(self._cosigned().values(), key=lambda one: -one[1].size):
            note = parse_note(data)
            if sizes.keys() == witnesses.keys() or (said.size and self._roots.get(said.size) != said.root):
                continue
            for name in {line.name for line in note.signatures} & (witnesses.keys() - sizes.keys()):
                if note.cosigned_at(witnesses[name]) is not None:
                    sizes[name] = said.size
        return sizes

    def _statements(self) -> tuple[bytes, ...]:
        try:
            return split_bundle(self._files.read(RESTORED) or b"")
        except LedgerError:
            return ()

    def _stamps(self) -> list[tuple[bytes, bytes]]:
        try:
            parts = split_bundle(self._files.read(STAMPS) or b"")
        except LedgerError:
            return []
        return list(zip(parts[::2], parts[1::2], strict=True)) if len(parts) % 2 == 0 else []

    def _bundle(self, number: int, width: int, wanted: Sequence[int]) -> Iterator[Fault]:
        path, first = bundle_path(number, width), number * WIDTH
        try:
            entries = split_bundle(self._files.read(path) or b"")
        except LedgerError as error:
            yield self._fault("bundle_format", path, int(error.data["place"]))
            return
        hashes = leaf_hashes(entries)
        yield from self._tile(Tile(0, number, width), hashes)
        records = record_path(path)
        wrong = changed_records(self._files.read(records) or b"", width)
        yield from (self._fault("record_changed", records, first + step) for step in wrong)
        if len(hashes) != width or self._tree.size != first:
            yield self._fault("bundle_format", path)
        else:
            self._grow(hashes, wanted)

    def _grow(self, hashes: Sequence[bytes], wanted: Sequence[int]) -> None:
        first, last = self._tree.size, self._tree.size + len(hashes)
        inside = wanted[bisect_right(wanted, first) : bisect_right(wanted, last)]
        if len(hashes) == WIDTH and not inside:
            self._add([perfect_root(hashes)], HEIGHT)
            return
        for stop in sorted({*inside, last}):
            self._add(hashes[self._tree.size - first : stop - first], 0)
            if stop in inside:
                self._roots[stop] = self._tree.root

    def _add(self, hashes: Sequence[bytes], level: int) -> None:
        growth = grow(self._tree, hashes, level)
        self._tree = growth.tree
        self._tops |= {node: made for node, made in growth.nodes if node.level and node.level % HEIGHT == 0}

    def _upper_tiles(self) -> Iterator[Fault]:
        for tile in tiles_of(self._checkpoint.size):
            if tile.level:
                yield from self._tile(tile, [self._tops.get(node, b"") for node in tile.nodes])

    def _tile(self, tile: Tile, expected: Sequence[bytes]) -> Iterator[Fault]:
        content = self._files.read(tile.path) or b""
        if content == b"".join(expected) and len(expected) == tile.width:
            return
        try:
            found = split_tile(content)
        except LedgerError:
            yield self._fault("tile_format", tile.path)
            return
        if len(found) != tile.width:
            yield self._fault("tile_format", tile.path)
        kind, first = ("tile_differs", 0) if tile.level else ("entry_differs", tile.number * WIDTH)
        for step, (one, other) in enumerate(zip(found, expected, strict=False)):
            if one != other:
                yield self._fault(kind, tile.path, first + step)

    def _cosigned(self) -> dict[int, tuple[bytes, Checkpoint]]:
        """The cosigned checkpoints that can be read at all, by their number in the file."""
        notes: dict[int, tuple[bytes, Checkpoint]] = {}
        for number, data in enumerate(self._cosigned_notes()):
            try:
                notes[number] = (data, read_checkpoint(parse_note(data)))
            except LedgerError:
                continue
        return notes

    def _cosigned_notes(self) -> tuple[bytes, ...]:
        try:
            return split_bundle(self._files.read(COSIGNED) or b"")
        except LedgerError:
            return ()

    def _cosigned_faults(
        self, notes: Mapping[int, tuple[bytes, Checkpoint]], witnesses: Mapping[str, NoteKey]
    ) -> Iterator[Fault]:
        for number, (data, said) in notes.items():
            if said.size and self._roots.get(said.size) != said.root:
                yield self._fault("cosigned_differs", COSIGNED, number)
            if not _is_signed(data, self._key, witnesses):
                yield self._fault("cosigned_signature", COSIGNED, number)
        for number in set(range(len(self._cosigned_notes()))) - notes.keys():
            yield self._fault("cosigned_format", COSIGNED, number)

    def _fault(self, kind: str, file: str, place: int | None = None) -> Fault:
        return Fault(kind, self._key.name, file, place)


def _read(note: bytes) -> Checkpoint | None:
    try:
        return read_checkpoint(parse_note(note))
    except LedgerError:
        return None


def _stamp_fault(token: bytes, note: bytes, stamper: bytes) -> str:
    try:
        open_stamp(token, note, stamper)
    except LedgerError as error:
        return str(error.data["kind"])
    return ""


def _is_signed(data: bytes, key: NoteKey, witnesses: Mapping[str, NoteKey]) -> bool:
    """Whether the log signed, and every line of a known witness is a true one."""
    note = parse_note(data)
    lines = {line.name for line in note.signatures} & witnesses.keys()
    known = [witnesses[name] for name in lines if witnesses[name].kind != PLAIN]
    return note.signed_by(key) and all(note.cosigned_at(witness) is not None for witness in known)
