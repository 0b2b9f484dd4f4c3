"""Exports a ledger into files that are checked without the backend: tiles, entries, sealed records, a signed list."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from sqlalchemy import Connection

from app.durable.leaves import nodes_of, read_head
from app.durable.logbook import KeptRecord, LogBook, restorations
from app.errors import LedgerError
from app.trust.checkpoint import origin_of, read_checkpoint
from app.trust.manifest import (
    CHECKPOINT,
    COSIGNED,
    MANIFEST,
    RESTORED,
    STAMPS,
    Listed,
    join_records,
    listed,
    record_path,
    sign_manifest,
)
from app.trust.merkle import leaf_hash
from app.trust.note import parse_note
from app.trust.sign import SigningKey
from app.trust.tile import Tile, bundle_path, bundles_of, join_bundle, tiles_of

Write = Callable[[str, bytes], None]
"""Takes a path below the log's folder and the file's content."""


def export_log(
    connection: Connection,
    book: LogBook,
    municipality: str,
    signing: SigningKey,
    write: Write,
    stamps: Sequence[tuple[bytes, bytes]] = (),
) -> int:
    """Write one log as it stands now; its size. The records stay sealed. ``signing``: the log's own key.

    ``stamps``: checkpoints of the log with their time stamps.

    Errors: LedgerError ``leaf_missing``, ``node_missing`` when the store lacks rows.
    """
    head, files = read_head(connection, book.tables, municipality), dict[str, Listed]()

    def put(path: str, content: bytes) -> None:
        files[path] = listed(content)
        write(path, content)

    size = head.tree.size
    for path, content in _bundles(connection, book, municipality, size):
        put(path, content)
    for tile in tiles_of(size):
        if tile.level:
            put(tile.path, _tile(connection, book, municipality, tile))
    cosigned = book.cosigned(connection, municipality)
    put(COSIGNED, join_bundle([note for note in cosigned if read_checkpoint(parse_note(note)).size <= size]))
    stamped = [part for pair in stamps if read_checkpoint(parse_note(pair[0])).size <= size for part in pair]
    put(STAMPS, join_bundle(stamped))
    put(RESTORED, join_bundle(restorations(connection, book, municipality)))
    put(CHECKPOINT, head.checkpoint)
    write(MANIFEST, sign_manifest(origin_of(book.log, municipality), files, signing))
    return size


def _bundles(connection: Connection, book: LogBook, municipality: str, size: int) -> Iterator[tuple[str, bytes]]:
    kept = book.kept(connection, municipality)
    for number, width in bundles_of(size):
        portion: list[KeptRecord] = list(islice(kept, width))
        if len(portion) != width:
            raise LedgerError(kind="leaf_missing", place=origin_of(book.log, municipality))
        path = bundle_path(number, width)
        yield path, join_bundle([found.entry for found in portion])
        yield Tile(0, number, width).path, b"".join(leaf_hash(found.entry) for found in portion)
        yield record_path(path), join_records([found.sealed for found in portion])


def _tile(connection: Connection, book: LogBook, municipality: str, tile: Tile) -> bytes:
    stored = nodes_of(connection, book.tables, municipality)(tile.nodes)
    if len(stored) != tile.width:
        raise LedgerError(kind="node_missing", place=tile.path)
    return b"".join(stored[node] for node in tile.nodes)
