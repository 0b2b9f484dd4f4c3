"""madoguchi-admin ledger export, verify, receipt, extract: what happened, provable with files and public keys alone."""

import argparse
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from app.admin.commands import Commands
from app.admin.outcome import DONE
from app.backend.ledger.store import stamps_of
from app.domain.clock import SystemClock, SystemRandom
from app.durable.export import export_log
from app.errors import LedgerError, PartMissing
from app.server.exchange_data import read_directory
from app.server.guardians import guardian_lists
from app.server.ledgers import open_ledgers
from app.server.parts import SliceLedger
from app.settings import server_settings
from app.trust.checkpoint import WITNESS, log_key, origin_of
from app.trust.demands import Demands
from app.trust.exported import Checked, Fault, check_log, parse_keys
from app.trust.extract import check_extract
from app.trust.guardianship import Roster, read_rosters
from app.trust.manifest import CHECKPOINT, GUARDIANS, KEYS, STAMPER
from app.trust.note import PLAIN, TIMED, NoteKey
from app.trust.receipt import check_receipt, parse_receipt
from app.trust.sign import VerifyKey
from app.trust.tile import join_bundle, split_bundle

_ROOT = "madoguchi/"


def register(commands: Commands) -> None:
    """Add ``ledger`` and its sub-commands."""
    ledger = commands.add_parser("ledger", help="prove what happened").add_subparsers(required=True, metavar="COMMAND")
    export = ledger.add_parser("export", help="write the logs of this installation into a folder, records stay sealed")
    export.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    export.add_argument("--settings", type=Path, required=True, help="the backend's settings, a TOML file")
    export.set_defaults(run=_export)
    verify = ledger.add_parser("verify", help="check an exported folder without network or database")
    verify.add_argument("folder", type=Path, metavar="DIR")
    verify.add_argument("--keys", type=Path, help="public keys from elsewhere; without it those in the folder")
    verify.add_argument("--stamper", type=Path, help="root certificates of who stamps; without it those in the folder")
    verify.add_argument(
        "--guardians", type=Path, help="lists of guardians from elsewhere; without it those in the folder"
    )
    require = "a witness that must have cosigned each log: a municipality's code or a name of the keys; again for more"
    verify.add_argument("--require", action="append", default=[], metavar="WITNESS", help=require)
    verify.add_argument("--behind", type=int, metavar="LEAVES", help="how far required witnesses may lag, at most")
    verify.add_argument("--earlier", type=Path, metavar="DIR", help="an earlier export that the logs must lead on from")
    verify.add_argument("--json", action="store_true", help="print JSON")
    verify.set_defaults(run=_verify)
    receipt = ledger.add_parser("receipt", help="check one receipt")
    receipt.add_argument("file", type=Path, metavar="FILE")
    receipt.add_argument("--keys", type=Path, required=True, help="public keys, one a line")
    receipt.set_defaults(run=_receipt)
    extract = ledger.add_parser("extract", help="check an extract of access records that was handed over")
    extract.add_argument("file", type=Path, metavar="FILE")
    extract.add_argument("municipality", metavar="CODE", help="whose extract it is said to be")
    extract.add_argument("--keys", type=Path, required=True, help="public keys, one a line")
    extract.set_defaults(run=_extract)


class Folder:
    """The files of one log below ``root``."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def names(self) -> Sequence[str]:
        found = ((Path(folder), name) for folder, _, names in os.walk(self._root) for name in names)
        return [(folder.relative_to(self._root) / name).as_posix() for folder, name in found]

    def read(self, name: str) -> bytes | None:
        path = self._root / name
        return path.read_bytes() if path.is_file() else None

    def write(self, name: str, content: bytes) -> None:
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def export(
    ledgers: Sequence[SliceLedger],
    folder: Path,
    stamper: bytes = b"",
    counterparts: Sequence[NoteKey] = (),
    guardians: Sequence[str] = (),
) -> dict[str, int]:
    """Write every log of ``ledgers`` and their public keys below ``folder``; origin → size. Errors: PartMissing.

    For those who verify: ``stamper``, the root certificates of whoever stamps; ``counterparts``, the keys of the
    institutions that witness; ``guardians``, the signed lists of who may declare a restore.
    """
    if folder.exists() and any(folder.iterdir()):
        raise PartMissing(what="not_empty", place=str(folder))
    sizes: dict[str, int] = {}
    keys = [str(key) for key in counterparts]
    for ledger in ledgers:
        if ledger.book.log == "ledger":
            keys.append(str(NoteKey(WITNESS, ledger.signing.public, TIMED)))
        for municipality in ledger.database.read(ledger.book.municipalities):
            origin = origin_of(ledger.book.log, municipality)
            stamps = _stamps(ledgers, municipality, ledger.book.log)
            sizes[origin] = _export_one(ledger, municipality, Folder(folder / origin.removeprefix(_ROOT)), stamps)
            keys.append(str(log_key(origin, ledger.signing.public)))
    if stamper:
        Folder(folder).write(STAMPER, stamper)
    if guardians:
        Folder(folder).write(GUARDIANS, join_bundle([one.encode() for one in guardians]))
    Folder(folder).write(KEYS, "".join(f"{key}\n" for key in keys).encode())
    return sizes


def verify(
    folder: Path, keys: bytes, stamper: bytes = b"", demands: Demands | None = None, earlier: Path | None = None
) -> tuple[tuple[Checked, ...], tuple[Fault, ...]]:
    """Check every log below ``folder``: what each check found, and what is wrong with the keys or the folder itself.

    ``earlier``: an export of another day that each log in it must lead on from.
    """
    known, faults = parse_keys(keys)
    logs = {name: key for name, key in known.items() if key.kind == PLAIN}
    witnesses = {name: key for name, key in known.items() if key.kind == TIMED}
    checked = tuple(
        check_log(Folder(_place(folder, name)), key, witnesses, stamper, _since(demands or Demands(), earlier, name))
        for name, key in logs.items()
    )
    return checked, (*faults, *_strangers(folder, logs))


def _since(demands: Demands, earlier: Path | None, origin: str) -> Demands:
    known = None if earlier is None else Folder(_place(earlier, origin)).read(CHECKPOINT)
    return demands if known is None else replace(demands, earlier=known)


def _export(asked: argparse.Namespace) -> int:
    settings = server_settings(asked.settings)
    stamper = b"" if settings.stamper is None else _content(settings.stamper.authority)
    counterparts = [
        NoteKey(origin_of("witness", municipality), key, TIMED)
        for name, key in sorted(read_directory(settings.folder).verify.items())
        if (municipality := name.removeprefix("witness@")) != name
    ]
    with open_ledgers(settings, SystemClock(), SystemRandom()) as ledgers:
        sizes = export(ledgers, asked.folder, stamper, counterparts, guardian_lists(settings))
    print(json.dumps({"logs": [{"log": origin, "size": size} for origin, size in sizes.items()]}))
    return DONE


def _verify(asked: argparse.Namespace) -> int:
    enclosed = asked.folder / STAMPER
    roots = asked.stamper or (enclosed if enclosed.exists() else None)
    keys = _content(asked.keys or asked.folder / KEYS)
    known, faulty = _guardians(asked.guardians or asked.folder / GUARDIANS)
    required = tuple(origin_of("witness", name) if name.isdecimal() else name for name in asked.require)
    demands = Demands(required, asked.behind, known)
    checked, faults = verify(asked.folder, keys, b"" if roots is None else _content(roots), demands, asked.earlier)
    faults = (*faults, *faulty)
    everything = [*faults, *(fault for log in checked for fault in log.faults)]
    if asked.json:
        logs = [
            {"log": log.origin, "size": log.size, "ok": not log.faults, "cosigned": dict(sorted(log.cosigned.items()))}
            for log in checked
        ]
        print(json.dumps({"ok": not everything, "logs": logs, "faults": [_told(fault) for fault in everything]}))
    else:
        for log in checked:
            print(f"{'ng' if log.faults else 'ok'} {log.origin} {log.size}")
        for fault in everything:
            print(f"{fault.kind} {_where(fault)}")
    if everything:
        raise LedgerError(kind=everything[0].kind, place=_where(everything[0]))
    return DONE


def _guardians(path: Path) -> tuple[tuple[Roster, ...], tuple[Fault, ...]]:
    """The lists of guardians, and what is wrong with them; none where there is no such file."""
    if not path.exists():
        return (), ()
    try:
        return read_rosters(split_bundle(path.read_bytes())), ()
    except LedgerError as error:
        return (), (Fault(str(error.data["kind"]), "", GUARDIANS),)


def _receipt(asked: argparse.Namespace) -> int:
    keys = _log_keys(asked.keys)
    receipt = parse_receipt(_content(asked.file))
    checkpoint = check_receipt(receipt, keys)
    told = {"ok": True, "log": checkpoint.origin, "index": receipt.index, "size": checkpoint.size}
    print(json.dumps(told | {"entry": receipt.entry.hex()}))
    return DONE


def _extract(asked: argparse.Namespace) -> int:
    found = check_extract(_content(asked.file).decode(errors="replace"), asked.municipality, _log_keys(asked.keys))
    content = found.content
    told = {"ok": True, "extract": content["extract"], "rows": len(found.logs), "left_out": content["left_out"]}
    print(json.dumps(told))
    return DONE


def _log_keys(path: Path) -> dict[str, VerifyKey]:
    """The logs' keys of a file of keys. Errors: LedgerError for a line that is none."""
    known, faults = parse_keys(_content(path))
    if faults:
        raise LedgerError(kind=faults[0].kind, place=_where(faults[0]))
    return {name: key.key for name, key in known.items() if key.kind == PLAIN}


def _export_one(ledger: SliceLedger, municipality: str, folder: Folder, stamps: Sequence[tuple[bytes, bytes]]) -> int:
    return ledger.database.read(
        lambda connection: export_log(connection, ledger.book, municipality, ledger.signing, folder.write, stamps)
    )


def _stamps(ledgers: Sequence[SliceLedger], municipality: str, log: str) -> tuple[tuple[bytes, bytes], ...]:
    """What the witness has had stamped of a log."""
    witness = next((ledger for ledger in ledgers if ledger.book.log == "ledger"), None)
    return () if witness is None else witness.database.read(lambda c: stamps_of(c, municipality, log))


def _place(folder: Path, origin: str) -> Path:
    """Where a log lies; a name that leads elsewhere leads nowhere."""
    parts = origin.removeprefix(_ROOT).split("/")
    return folder / KEYS / "none" if {"", ".", ".."} & set(parts) else folder.joinpath(*parts)


def _strangers(folder: Path, logs: Mapping[str, NoteKey]) -> Iterator[Fault]:
    """Files that belong to no log whose key is known."""
    known = tuple(f"{origin.removeprefix(_ROOT)}/" for origin in logs)
    for name in sorted(Folder(folder).names()):
        if name not in {KEYS, STAMPER, GUARDIANS} and not name.startswith(known):
            yield Fault("unknown_log", "", name)


def _told(fault: Fault) -> dict[str, object]:
    log, _, municipality = fault.origin.removeprefix(_ROOT).partition("/")
    return asdict(fault) | {"slice": log, "municipality": municipality}


def _where(fault: Fault) -> str:
    place = "" if fault.place is None else f":{fault.place}"
    return f"{fault.origin.removeprefix(_ROOT)}{'/' if fault.origin else ''}{fault.file}{place}"


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PartMissing(what="file_missing", place=str(path)) from error
