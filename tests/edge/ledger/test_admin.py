"""madoguchi-admin ledger: exported by the one who has the keys, checked by anybody, each fault named by its place."""

import json
import shutil
from pathlib import Path

import pytest

from app.admin.__main__ import main
from app.admin.ledger import export
from app.backend.staff import store as staff_store
from app.domain.clock import SystemClock, SystemRandom
from app.durable.logbook import LogBook
from app.server.keys import Keys
from app.server.ledgers import TABLES, ledger_service, open_ledgers
from app.server.parts import Parts, SliceLedger
from app.settings import server_settings
from app.trust.checkpoint import WITNESS, log_key
from app.trust.note import TIMED, NoteKey
from tests.edge.ledger.books import HERE, THERE, Ledger, act
from tests.support.source import ROOT
from tests.support.stores import sqlcipher_addresses

SETTINGS = """
folder = "backend"
host = "127.0.0.1"
port = 0
database = "sqlcipher"
schema_prefix = ""
training = true
[tls]
authority = "a"
certificate = "c"
key = "k"
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation whose staff slice has written acts of two municipalities; the path of its settings."""
    path = tmp_path_factory.mktemp("installation") / "server.toml"
    path.write_text(SETTINGS, encoding="utf-8")
    settings = server_settings(path)
    parts = Parts(settings, Keys(settings.folder / "keys", SystemRandom()), SystemClock())
    own = parts.slice("staff", staff_store.TABLES, staff_store.HISTORY)
    acts = [act(number, municipality) for municipality in (HERE, THERE) for number in range(5)]
    own.database.write(lambda connection: own.pen.write_all(connection, acts))
    assert ledger_service(parts, [own], lambda *_: None, settings, SystemClock()).service.collect() == 2
    parts.close()
    return path


@pytest.fixture
def exported(installation: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "export"
    assert main(["ledger", "export", str(folder), "--settings", str(installation)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"logs": [{"log": f"madoguchi/staff/{place}", "size": 5} for place in (HERE, THERE)]}
    return folder


def _verify(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict[str, object], str]:
    code = main(["ledger", "verify", str(folder), "--json", *more])
    said = capsys.readouterr()
    return code, json.loads(said.out), said.err


def test_a_clean_export_verifies(exported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told, error = _verify(exported, capsys)
    assert (code, error) == (0, "")
    assert told == {
        "ok": True,
        "logs": [
            {"log": f"madoguchi/staff/{place}", "size": 5, "ok": True, "cosigned": {WITNESS: 5}}
            for place in (HERE, THERE)
        ],
        "faults": [],
    }
    assert main(["ledger", "verify", str(exported)]) == 0
    assert capsys.readouterr().out == "ok madoguchi/staff/011002 5\nok madoguchi/staff/131016 5\n"


def test_after_one_changed_byte_in_any_file_the_place_is_named(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = sorted(path for path in exported.rglob("*") if path.is_file())
    assert len(files) == 1 + 2 * 8
    for path in files:
        content = path.read_bytes()
        if not content:
            continue
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
        code, told, error = _verify(exported, capsys)
        path.write_bytes(content)
        relative = path.relative_to(exported)
        faults = told["faults"]
        assert isinstance(faults, list)
        assert code == 1
        assert told["ok"] is False
        assert relative.name in error or relative.name == "keys"
        if relative.name != "keys":
            inner = relative.relative_to(Path(*relative.parts[:2])).as_posix()
            expected = {"slice": "staff", "municipality": relative.parts[1], "file": inner}
            assert any(expected.items() <= fault.items() for fault in faults), (relative, faults)
        else:
            assert any(fault["file"] == "keys" and fault["place"] in {1, 2, 3} for fault in faults)
    assert _verify(exported, capsys)[0] == 0


def test_a_log_that_is_left_out_or_slipped_in_is_named(exported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.move(exported / "staff" / HERE, exported / "staff" / "999999")
    code, told, _ = _verify(exported, capsys)
    kinds = {(fault["kind"], fault["file"]) for fault in told["faults"]}  # type: ignore[attr-defined]
    assert code == 1
    assert ("unknown_log", "staff/999999/checkpoint") in kinds
    assert ("note_format", "checkpoint") in kinds


def test_keys_from_elsewhere_catch_an_export_that_was_made_anew(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept-keys"
    shutil.copy(exported / "keys", kept)
    assert kept.read_text(encoding="utf-8").startswith("madoguchi/witness+")
    forger = Ledger(sqlcipher_addresses(tmp_path)("staff"), "staff")
    forger.write(*(act(number) for number in range(5)), *(act(number, THERE) for number in range(5)))
    book = LogBook("staff", forger.tables, forger.cells)
    shutil.rmtree(exported)
    export([SliceLedger(forger.database, book, forger.key)], exported)
    forger.database.close()
    assert _verify(exported, capsys)[0] == 0
    code, told, _ = _verify(exported, capsys, "--keys", str(kept))
    assert code == 1
    assert "checkpoint_signature" in json.dumps(told)


def test_an_export_does_not_write_over_what_is_there(
    exported: Path, installation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ledger", "export", str(exported), "--settings", str(installation)]) == 3
    assert "not_empty" in capsys.readouterr().err


def test_no_folder_is_a_missing_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", "verify", str(tmp_path / "none")]) == 3
    assert capsys.readouterr().err.count("\n") == 1


def test_a_receipt_is_checked_with_the_public_keys_alone(
    installation: Path, exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "receipt"
    with open_ledgers(server_settings(installation), SystemClock(), SystemRandom()) as (_, ledger):
        receipt = ledger.database.read(lambda c: ledger.book.receipt(c, HERE, 3))
    file.write_bytes(receipt.to_bytes())
    words = ["ledger", "receipt", str(file), "--keys", str(exported / "keys")]
    assert main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["log"], told["index"], told["size"]) == ("madoguchi/staff/011002", 3, 5)
    file.write_bytes(receipt.to_bytes().replace(b"index 3", b"index 2"))
    assert main(words) == 1
    assert "inclusion" in capsys.readouterr().err


def test_every_slice_with_a_store_is_exported() -> None:
    with_store = {path.parent.name for path in (ROOT / "app" / "backend").glob("*/store*")}
    assert set(TABLES) == with_store


def test_the_keys_of_an_export_are_those_of_the_installation(exported: Path, installation: Path) -> None:
    with open_ledgers(server_settings(installation), SystemClock(), SystemRandom()) as (witness, ledger):
        expected = [str(NoteKey(WITNESS, witness.signing.public, TIMED))]
        expected += [str(log_key(f"madoguchi/staff/{place}", ledger.signing.public)) for place in (HERE, THERE)]
    assert (exported / "keys").read_text(encoding="utf-8").splitlines() == expected


def test_a_closed_export_opens_no_store_afterwards(installation: Path) -> None:
    with open_ledgers(server_settings(installation), SystemClock(), SystemRandom()) as ledgers:
        assert [ledger.book.log for ledger in ledgers] == ["ledger", "staff"]
    assert not list(installation.parent.rglob("register.db"))
