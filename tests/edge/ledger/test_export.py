"""An exported ledger is checked with its files and the public keys alone; one changed byte is found and named."""

from collections.abc import Iterator, Sequence

import pytest

from app.durable.export import export_log
from app.trust.checkpoint import log_key, origin_of
from app.trust.exported import Checked, check_log, parse_keys
from app.trust.manifest import CHECKPOINT, COSIGNED, MANIFEST, RESTORED, STAMPS, listed, sign_manifest
from app.trust.merkle import leaf_hash
from app.trust.note import TIMED, NoteKey, cosign_note, parse_note
from app.trust.sign import SigningKey
from app.trust.tile import join_bundle, split_bundle
from tests.edge.ledger.books import HERE, NOW, Ledger, act
from tests.support.stores import sqlcipher_addresses

SIZE = 300
ORIGIN = origin_of("desk", HERE)
WITNESS = SigningKey.generate()
WITNESSES = {"witness": NoteKey("witness", WITNESS.public, TIMED)}
FILES = [
    "tile/entries/000",
    "tile/entries/001.p/44",
    "tile/0/000",
    "tile/0/001.p/44",
    "tile/1/000.p/1",
    "records/000",
    "records/001.p/44",
    CHECKPOINT,
    COSIGNED,
    MANIFEST,
]


class Memory(dict[str, bytes]):
    """The files of one log."""

    def names(self) -> Sequence[str]:
        return list(self)

    def read(self, name: str) -> bytes | None:
        return self.get(name)


def _cosign(ledger: Ledger) -> None:
    note = parse_note(ledger.database.read(lambda c: ledger.book.checkpoint(c, HERE)))
    cosigned = note.with_signature(cosign_note(note.text, "witness", WITNESS, NOW)).to_bytes()
    size = int(note.text.split("\n")[1])
    ledger.database.write(lambda c: ledger.book.keep_checkpoint(c, HERE, size, (cosigned, NOW)))


def _exported(ledger: Ledger) -> Memory:
    files = Memory()
    ledger.database.read(lambda c: export_log(c, ledger.book, HERE, ledger.key, files.__setitem__))
    return files


def _fill(ledger: Ledger) -> None:
    ledger.write(*(act(number) for number in range(100)))
    _cosign(ledger)
    ledger.write(*(act(number) for number in range(100, SIZE)))
    _cosign(ledger)
    ledger.database.write(lambda c: ledger.book.delete(c, HERE, 270))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Memory, SigningKey]]:
    made = Ledger(sqlcipher_addresses(tmp_path_factory.mktemp("stores"))("desk"))
    _fill(made)
    yield _exported(made), made.key
    made.database.close()


def _check(files: Memory, key: SigningKey) -> Checked:
    return check_log(files, log_key(ORIGIN, key.public), WITNESSES)


def _found(files: Memory, key: SigningKey) -> set[tuple[str, str, int | None]]:
    checked = _check(files, key)
    assert all(fault.origin == ORIGIN for fault in checked.faults)
    return {(fault.kind, fault.file, fault.place) for fault in checked.faults}


def _changed(files: Memory, name: str, offset: int) -> Memory:
    content = files[name]
    flipped = content[:offset] + bytes([content[offset] ^ 1]) + content[offset + 1 :]
    return Memory(files | {name: flipped})


def test_a_clean_export_holds_on_both_engines(ledger: Ledger) -> None:
    _fill(ledger)
    files = _exported(ledger)
    assert sorted(files) == sorted([*FILES, RESTORED, STAMPS])
    assert _check(files, ledger.key) == Checked(ORIGIN, SIZE, (), {"witness": SIZE})


def test_an_export_of_a_few_acts_holds(ledger: Ledger) -> None:
    ledger.write(act(0))
    assert _check(_exported(ledger), ledger.key) == Checked(ORIGIN, 1, ())


@pytest.mark.parametrize("name", FILES)
def test_a_changed_byte_anywhere_is_found_and_its_file_named(kept: tuple[Memory, SigningKey], name: str) -> None:
    files, key = kept
    size = len(files[name])
    for offset in sorted({0, 1, size // 3, size // 2, size - 2, size - 1}):
        found = _found(_changed(files, name, offset), key)
        assert any(file == name for _, file, _ in found), (offset, found)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(kept: tuple[Memory, SigningKey], name: str) -> None:
    files, key = kept
    less = Memory({other: content for other, content in files.items() if other != name})
    assert any(file == name for _, file, _ in _found(less, key))


@pytest.mark.parametrize(
    ("name", "offset", "kind", "place"),
    [
        ("tile/0/000", 32 * 7 + 5, "entry_differs", 7),
        ("tile/0/001.p/44", 5, "entry_differs", 256),
        ("tile/1/000.p/1", 9, "tile_differs", 0),
        ("tile/entries/001.p/44", 35 * 3 + 2, None, None),
    ],
)
def test_the_index_of_a_changed_hash_is_named(
    kept: tuple[Memory, SigningKey], name: str, offset: int, kind: str | None, place: int | None
) -> None:
    files, key = kept
    found = _found(_changed(files, name, offset), key)
    assert ("file_changed", name, None) in found
    if kind is None:
        assert ("entry_differs", "tile/0/001.p/44", 259) in found
        assert ("root_differs", CHECKPOINT, None) in found
    else:
        assert (kind, name, place) in found


def test_the_index_of_a_changed_record_is_named(kept: tuple[Memory, SigningKey]) -> None:
    files, key = kept
    length = int.from_bytes(files["records/000"][32:36], "big")
    assert ("record_changed", "records/000", 0) in _found(_changed(files, "records/000", 40), key)
    assert ("record_changed", "records/000", 1) in _found(_changed(files, "records/000", 36 + length + 40), key)


def test_an_added_file_is_named(kept: tuple[Memory, SigningKey]) -> None:
    files, key = kept
    assert ("file_unexpected", "tile/0/002", None) in _found(Memory(files | {"tile/0/002": b"x"}), key)


def test_an_entry_exchanged_together_with_its_hash_and_the_list_is_found_by_the_root(
    kept: tuple[Memory, SigningKey],
) -> None:
    files, key = kept
    entries = list(split_bundle(files["tile/entries/000"]))
    entries[9] = entries[8]
    forged = Memory(files)
    forged["tile/entries/000"] = join_bundle(entries)
    forged["tile/0/000"] = b"".join(map(leaf_hash, entries))
    names = {name: listed(content) for name, content in forged.items() if name != MANIFEST}
    forged[MANIFEST] = sign_manifest(ORIGIN, names, key)
    found = _found(forged, key)
    assert ("root_differs", CHECKPOINT, None) in found
    assert ("tile_differs", "tile/1/000.p/1", 0) in found
    assert ("cosigned_differs", COSIGNED, 0) in found


def test_an_export_of_another_log_or_signed_by_another_key_does_not_hold(kept: tuple[Memory, SigningKey]) -> None:
    files, key = kept
    other = log_key(origin_of("desk", "131016"), key.public)
    assert {fault.kind for fault in check_log(files, other, WITNESSES).faults} >= {
        "manifest_format",
        "checkpoint_origin",
    }
    found = {kind for kind, _, _ in _found(files, SigningKey.generate())}
    assert found >= {"manifest_signature", "checkpoint_signature"}


def test_a_witness_line_that_was_not_made_by_the_witness_is_named(kept: tuple[Memory, SigningKey]) -> None:
    files, key = kept
    imposter = {"witness": NoteKey("witness", SigningKey.generate().public, TIMED)}
    faults = check_log(files, log_key(ORIGIN, key.public), imposter).faults
    assert [(fault.kind, fault.file, fault.place) for fault in faults] == [
        ("cosigned_signature", COSIGNED, 0),
        ("cosigned_signature", COSIGNED, 1),
    ]


def test_keys_are_read_line_by_line_and_a_damaged_line_is_named() -> None:
    one, two = (NoteKey(name, SigningKey.generate().public) for name in ("a", "b"))
    data = f"{one}\n{two}\n".encode()
    assert parse_keys(data) == ({"a": one, "b": two}, ())
    for offset in range(len(data)):
        changed = data[:offset] + bytes([data[offset] ^ 1]) + data[offset + 1 :]
        assert parse_keys(changed)[1], offset
