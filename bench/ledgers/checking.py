"""An exported log of any size is verified offline, and single receipts."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile

from app.admin.ledger import Folder
from app.trust.checkpoint import log_key, origin_of, sign_checkpoint
from app.trust.manifest import (
    CHECKPOINT,
    COSIGNED,
    KEYS,
    MANIFEST,
    STAMPS,
    Listed,
    join_records,
    listed,
    record_path,
    sign_manifest,
)
from app.trust.merkle import HASH_SIZE, Node, Tree, grow, leaf_hash, prove_inclusion
from app.trust.receipt import Receipt, check_receipt, parse_receipt
from app.trust.record import ENTRY_SIZE
from app.trust.sign import SigningKey
from app.trust.tile import Tile, bundle_path, bundles_of, join_bundle, tiles_of
from bench.figures import p95

ORIGIN = origin_of("desk", "011002")
SEALED = 420
_LOOK_S = 0.02


class Exported:
    """An export with ``count`` entries of random bytes, as ``madoguchi-admin ledger export`` would lay it down."""

    def __init__(self, root: Path, count: int) -> None:
        self.root, self.key = root, SigningKey.generate()
        self._entries = bytearray()
        self._levels: list[bytearray] = []
        self._files: dict[str, Listed] = {}
        self._folder = Folder(root / "desk" / "011002")
        self.tree = self._bundles(count)
        for tile in tiles_of(count):
            if tile.level:
                self._put(tile.path, b"".join(self._read(tile.nodes).values()))
        self._put(COSIGNED, b"")
        self._put(STAMPS, b"")
        self._put(CHECKPOINT, sign_checkpoint(ORIGIN, self.tree, self.key))
        self._folder.write(MANIFEST, sign_manifest(ORIGIN, self._files, self.key))
        (root / KEYS).write_text(f"{log_key(ORIGIN, self.key.public)}\n", encoding="utf-8")

    def verified(self) -> tuple[float, float]:
        """Seconds of ``madoguchi-admin ledger verify`` as a process of its own, and the most memory it took (MB)."""
        words = [sys.executable, "-m", "app.admin", "ledger", "verify", str(self.root), "--json"]
        memory_mb = 0.0
        with TemporaryFile() as told:
            begin = time.perf_counter()
            run = subprocess.Popen(words, stdout=told, stderr=subprocess.STDOUT)
            while run.poll() is None:
                memory_mb = max(memory_mb, _peak_mb(run.pid))
                time.sleep(_LOOK_S)
            seconds = time.perf_counter() - begin
            told.seek(0)
            found = told.read().decode()
        assert run.returncode == 0, found
        assert f'"size": {self.tree.size}' in found
        return seconds, memory_mb

    def receipt_p95(self, rounds: int) -> tuple[float, int]:
        """Seconds to read and check one receipt, and its size in bytes."""
        keys, seconds, size = {ORIGIN: self.key.public}, [], 0
        checkpoint = sign_checkpoint(ORIGIN, self.tree, self.key, datetime.now(UTC))
        for number in range(rounds):
            place = number * self.tree.size // rounds
            entry = bytes(self._entries[place * ENTRY_SIZE : (place + 1) * ENTRY_SIZE])
            path = prove_inclusion(place, self.tree.size, self._read)
            data = Receipt(entry, place, path, checkpoint).to_bytes()
            begin = time.perf_counter()
            check_receipt(parse_receipt(data), keys)
            seconds.append(time.perf_counter() - begin)
            size = max(size, len(data))
        return p95(seconds), size

    def _bundles(self, count: int) -> Tree:
        tree = Tree()
        for number, width in bundles_of(count):
            entries = [b"\x01" + os.urandom(ENTRY_SIZE - 1) for _ in range(width)]
            hashes = [leaf_hash(entry) for entry in entries]
            path = bundle_path(number, width)
            self._put(path, join_bundle(entries))
            self._put(Tile(0, number, width).path, b"".join(hashes))
            self._put(record_path(path), join_records([os.urandom(SEALED) for _ in entries]))
            growth = grow(tree, hashes)
            tree = growth.tree
            for node, made in growth.nodes:
                self._levels += [bytearray() for _ in range(len(self._levels), node.level + 1)]
                self._levels[node.level] += made
            self._entries += b"".join(entries)
        return tree

    def _read(self, nodes: Sequence[Node]) -> dict[Node, bytes]:
        return {node: self._hash(*node) for node in nodes}

    def _hash(self, level: int, position: int) -> bytes:
        return bytes(self._levels[level][position * HASH_SIZE : (position + 1) * HASH_SIZE])

    def _put(self, path: str, content: bytes) -> None:
        self._files[path] = listed(content)
        self._folder.write(path, content)


def _peak_mb(process: int) -> float:
    """The most memory that a running process has taken. Not by ``wait4``: what it tells includes the parent's own."""
    try:
        lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
