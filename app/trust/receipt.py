"""A receipt (C2SP tlog-proof): the proof, checkable without any network, that one entry stands in a log.

Lines: format, ``extra`` with the entry, ``index``, the audit path, an empty line, the signed checkpoint. With 2^30
leaves and one cosignature it stays below 2 KB.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import LedgerError
from app.trust.checkpoint import Checkpoint, log_key, open_checkpoint, read_checkpoint
from app.trust.merkle import HASH_SIZE, leaf_hash
from app.trust.note import from_base64, parse_note, to_base64
from app.trust.proofs import includes
from app.trust.sign import VerifyKey

_HEAD = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
_EXTRA = "extra "
_MIN_LINES = 3


@dataclass(frozen=True, slots=True)
class Receipt:
    """``entry`` stands at ``index`` of the log whose signed ``checkpoint`` is enclosed; ``path`` proves it."""

    entry: bytes
    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes

    def to_bytes(self) -> bytes:
        """As it travels and is kept."""
        lines = [_HEAD, _EXTRA + to_base64(self.entry), f"index {self.index}", *map(to_base64, self.path), "", ""]
        return "\n".join(lines).encode() + self.checkpoint


def parse_receipt(data: bytes) -> Receipt:
    """Read a receipt, not yet believed. Errors: LedgerError ``receipt_format`` for other bytes."""
    head, _, checkpoint = data.partition(b"\n\n")
    lines = head.decode(errors="replace").split("\n")
    if len(lines) < _MIN_LINES or lines[0] != _HEAD or not lines[1].startswith(_EXTRA):
        raise LedgerError(kind="receipt_format", place=0)
    index, entry = _INDEX.fullmatch(lines[2]), from_base64(lines[1].removeprefix(_EXTRA))
    path = [from_base64(line) for line in lines[_MIN_LINES:]]
    hashes = tuple(step for step in path if step is not None and len(step) == HASH_SIZE)
    if index is None or entry is None or len(hashes) != len(path):
        raise LedgerError(kind="receipt_format", place=0)
    receipt = Receipt(entry, int(index[1]), hashes, checkpoint)
    if receipt.to_bytes() != data:
        raise LedgerError(kind="receipt_format", place=0)
    return receipt


def log_of(receipt: Receipt) -> str:
    """The origin of the log the receipt speaks of, not yet believed."""
    return read_checkpoint(parse_note(receipt.checkpoint)).origin


def check_receipt(receipt: Receipt, keys: Mapping[str, VerifyKey]) -> Checkpoint:
    """The checkpoint of the log, once signature and path are proved. ``keys``: origin → its log's key.

    Errors: LedgerError ``unknown_log``, those of ``open_checkpoint``, ``inclusion``.
    """
    origin = log_of(receipt)
    if origin not in keys:
        raise LedgerError(kind="unknown_log", place=origin)
    checkpoint = open_checkpoint(receipt.checkpoint, log_key(origin, keys[origin]))
    leaf = leaf_hash(receipt.entry)
    if not includes(checkpoint.root, checkpoint.size, leaf, receipt.index, receipt.path):
        raise LedgerError(kind="inclusion", place=f"{origin}:{receipt.index}")
    return checkpoint
