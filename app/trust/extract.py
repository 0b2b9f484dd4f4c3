"""開示の写し as a file, checked without any network: signed by the review's log, each row's record in its own log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from app.errors import AppError, LedgerError
from app.trust.checkpoint import origin_of
from app.trust.receipt import check_receipt, parse_receipt
from app.trust.sign import VerifyKey
from app.trust.statement import stated

EXTRACT = "access-extract"
"""The kind of statement."""


@dataclass(frozen=True, slots=True)
class CheckedExtract:
    """A proved extract. ``content``: as it was signed; ``logs``: origin of the log of each row, in order."""

    content: Mapping[str, Any]
    logs: tuple[str, ...]


def check_extract(data: str, municipality: str, keys: Mapping[str, VerifyKey]) -> CheckedExtract:
    """Prove a file. ``keys``: origin → log's key.

    Errors: LedgerError ``unknown_log``, ``extract_signature``, ``extract_format``, and those of ``check_receipt`` with
    the row in their place.
    """
    origin = origin_of("review", municipality)
    if origin not in keys:
        raise LedgerError(kind="unknown_log", place=origin)
    try:
        body = stated(EXTRACT, data, origin, keys[origin])
    except AppError as error:
        raise LedgerError(kind="extract_signature", place=origin) from error
    try:
        content = msgspec.json.decode(body, type=dict[str, Any])
        receipts = [str(row["receipt"]) for row in content["rows"]]
        approved = str(content["approved"])
    except (msgspec.MsgspecError, KeyError, TypeError) as error:
        raise LedgerError(kind="extract_format", place=origin) from error
    own = {name: key for name, key in keys.items() if name.endswith(f"/{municipality}")}
    _proved(approved, own, "approved")
    return CheckedExtract(content, tuple(_proved(one, own, f"row {at}") for at, one in enumerate(receipts, 1)))


def _proved(receipt: str, keys: Mapping[str, VerifyKey], place: str) -> str:
    try:
        return check_receipt(parse_receipt(receipt.encode()), keys).origin
    except LedgerError as error:
        raise LedgerError(kind=str(error.data["kind"]), place=place) from error
