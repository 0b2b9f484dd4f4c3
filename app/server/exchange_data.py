"""What the exchange is ruled by, read from the installation's files and from its master data."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.conversion.formats import Formats
from app.domain.exchange_rules import ExchangeRules, parse_exchange_rules
from app.domain.exchange_sides import Sides, parse_sides
from app.domain.permission import PermissionList
from app.domain.permission_data import parse_permissions
from app.domain.procedure import Enquiry
from app.domain.procedure_data import parse_procedure
from app.errors import DataFault
from app.server.formats import read_formats
from app.trust.sign import VerifyKey

DIRECTORY = "directory.json"
_NOT_ROWS = "exchange.toml"
_SIDES = "exchange_sides.toml"


@dataclass(frozen=True, slots=True)
class ExchangeData:
    """``enquiries``: procedure id and enquiry id → the enquiry as the procedure's file states it."""

    permissions: PermissionList
    rules: ExchangeRules
    enquiries: Mapping[tuple[str, str], Enquiry]
    sides: Sides
    formats: Formats


@dataclass(frozen=True, slots=True)
class Directory:
    """Master data of the network: public keys of senders, and box keys of intermediaries by municipality."""

    verify: Mapping[str, VerifyKey]
    boxes: Mapping[str, bytes]


def read_exchange_data(resources: Path, *, is_training: bool) -> ExchangeData:
    """Read permission rows, rules and procedures. Errors: DataFault with file and place."""
    folder = resources / "permissions"
    files = [(path.name, _toml(path)) for path in sorted(folder.glob("*.toml")) if path.name != _NOT_ROWS]
    rules = parse_exchange_rules(_toml(folder / _NOT_ROWS), is_training=is_training, file=_NOT_ROWS)
    enquiries: dict[tuple[str, str], Enquiry] = {}
    for path in sorted((resources / "procedures").glob("*.toml")):
        procedure = parse_procedure(_toml(path), path.name)
        enquiries |= {(procedure.id, enquiry.id): enquiry for enquiry in procedure.enquiries}
    table = _toml(resources / "tables" / _SIDES)
    sides = parse_sides(table, is_training=is_training, file=_SIDES)
    return ExchangeData(parse_permissions(files), rules, enquiries, sides, read_formats(resources))


def read_directory(folder: Path) -> Directory:
    """The keys of other bodies, as distributed; none where there is no such file. Errors: DataFault."""
    path = folder / DIRECTORY
    if not path.exists():
        return Directory({}, {})
    try:
        table = json.loads(path.read_bytes())
        verify = {name: VerifyKey(bytes.fromhex(key)) for name, key in table["verify"].items()}
        return Directory(verify, {name: bytes.fromhex(key) for name, key in table["boxes"].items()})
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise DataFault(what="directory", place=path.name) from error


def write_directory(folder: Path, directory: Directory) -> None:
    """Keep ``directory`` as this installation's master data."""
    table = {
        "verify": {name: key.raw.hex() for name, key in sorted(directory.verify.items())},
        "boxes": {name: key.hex() for name, key in sorted(directory.boxes.items())},
    }
    (folder / DIRECTORY).write_text(json.dumps(table, indent=1), encoding="utf-8")


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataFault(what="unreadable", place=path.name) from error
