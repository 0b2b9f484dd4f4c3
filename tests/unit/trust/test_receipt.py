"""Receipts and records: what was done is provable offline, and a deleted record leaves all other proofs whole."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.act import Act, Detail
from app.domain.time_band import TimeBand
from app.errors import LedgerError
from app.trust.act_record import act_of_record, record_of
from app.trust.checkpoint import origin_of, sign_checkpoint
from app.trust.merkle import Tree, prove_inclusion
from app.trust.note import cosign_note, parse_note
from app.trust.receipt import Receipt, check_receipt, log_of, parse_receipt
from app.trust.record import Record, decode_record, encode_record, entry_of, new_salt, stands_for
from app.trust.sign import SigningKey
from tests.unit.trust.trees import KeptTree

KEY = SigningKey.generate()
ORIGIN = origin_of("intermediary", "011002")
KEYS = {ORIGIN: KEY.public}
NOW = datetime(2026, 11, 20, 3, 0, 0, 5, tzinfo=UTC)
RECORD = Record("desk", "011002", "visit.open", "S-1", "T-1", NOW, "trace", details={"板": "一", "a": "b"})
SALTS = [new_salt() for _ in range(11)]
RECORDS = [encode_record(replace(RECORD, trace=str(number))) for number in range(11)]
ENTRIES = [entry_of(salt, record) for salt, record in zip(SALTS, RECORDS, strict=True)]
KEPT = KeptTree(ENTRIES)


def _receipt(index: int) -> Receipt:
    checkpoint = sign_checkpoint(ORIGIN, KEPT.tree, KEY)
    return Receipt(ENTRIES[index], index, prove_inclusion(index, KEPT.tree.size, KEPT.read), checkpoint)


@pytest.mark.parametrize("index", range(11))
def test_a_receipt_proves_its_entry_after_its_way_over_paper(index: int) -> None:
    receipt = parse_receipt(_receipt(index).to_bytes())
    assert receipt == _receipt(index)
    assert log_of(receipt) == ORIGIN
    assert check_receipt(receipt, KEYS).size == 11
    assert stands_for(receipt.entry, SALTS[index], RECORDS[index])


@pytest.mark.parametrize("index", [0, 6, 10])
def test_no_byte_of_a_receipt_can_be_changed(index: int) -> None:
    data = _receipt(index).to_bytes()
    for place in range(len(data)):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        with pytest.raises(LedgerError):
            check_receipt(parse_receipt(changed), KEYS)
    for size in range(len(data)):
        with pytest.raises(LedgerError):
            check_receipt(parse_receipt(data[:size]), KEYS)


def test_a_receipt_of_a_log_whose_key_is_not_known_is_not_believed() -> None:
    with pytest.raises(LedgerError) as error:
        check_receipt(_receipt(0), {})
    assert error.value.data == {"kind": "unknown_log", "place": ORIGIN}
    with pytest.raises(LedgerError) as error:
        check_receipt(_receipt(0), {ORIGIN: SigningKey.generate().public})
    assert error.value.data["kind"] == "checkpoint_signature"


def test_a_receipt_for_another_place_is_not_believed() -> None:
    with pytest.raises(LedgerError) as error:
        check_receipt(replace(_receipt(3), index=4), KEYS)
    assert error.value.data["kind"] == "inclusion"


def proof_of() -> Receipt:
    """A proof that holds under ``KEYS``."""
    return _receipt(3)


def proof_among_many() -> Receipt:
    """As long as a proof becomes: among 2^30 entries, with one cosignature. It proves nothing."""
    edge = tuple(bytes([number]) * 32 for number in range(30))
    tree = Tree((1 << 30) - 1, edge)
    note = parse_note(sign_checkpoint(origin_of("socialaddress", "011002"), tree, KEY))
    cosigned = note.with_signature(cosign_note(note.text, "madoguchi/witness/ledger", KEY, NOW))
    return Receipt(ENTRIES[0], (1 << 30) - 1, edge, cosigned.to_bytes())


def test_a_receipt_among_a_thousand_million_entries_with_a_witness_stays_below_two_kilobytes() -> None:
    assert len(proof_among_many().to_bytes()) <= 2000


def test_a_record_is_the_same_bytes_whatever_the_order_and_the_clocks_place() -> None:
    moved = replace(
        RECORD, details={"a": "b", "板": "一"}, at=datetime.fromisoformat("2026-11-20T12:00:00.000005+09:00")
    )
    assert encode_record(moved) == encode_record(RECORD)
    assert "一".encode() in encode_record(RECORD)
    assert b'"format":1' in encode_record(RECORD)


TEXT = st.text(st.characters(codec="utf-8"))
DETAIL: st.SearchStrategy[Detail] = st.one_of(TEXT, st.integers(), st.booleans(), st.none())


@given(TEXT, st.dictionaries(TEXT, DETAIL, max_size=4), st.datetimes(datetime(1000, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_record_is_canonical_json_and_its_act_comes_back_from_it(
    about: str, what: dict[str, Detail], at: datetime
) -> None:
    act = Act("visit.opened", at, "011002", "S-1", "T-1", "trace", "V-1", about, tuple(sorted(what.items())))
    band = TimeBand(at, about, 7, at) if about else None
    encoded = encode_record(record_of(act, "desk", band))
    canonical = json.dumps(json.loads(encoded), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert encoded == canonical.encode()
    assert act_of_record(decode_record(encoded)) == act


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"act": 1},
        {"details": {"a": 1}},
        {"details": []},
        {"at": "2026-11-20T03:00:00Z"},
        {"at": "2026-13-20T03:00:00.000005Z"},
        {"more": "x"},
    ],
)
def test_a_record_of_another_shape_is_refused(change: dict[str, object]) -> None:
    values = json.loads(encode_record(RECORD)) | change
    data = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(LedgerError):
        decode_record(data)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"null", encode_record(RECORD) + b" ", b"\xff"])
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(LedgerError):
        decode_record(data)


def test_an_entry_shows_nothing_without_its_salt_and_stands_for_one_record_only() -> None:
    assert entry_of(SALTS[0], RECORDS[0]) != entry_of(SALTS[1], RECORDS[0])
    assert not stands_for(ENTRIES[0], SALTS[1], RECORDS[0])
    assert not stands_for(ENTRIES[0], SALTS[0], RECORDS[1])
    assert not stands_for(ENTRIES[0], SALTS[0][:31], SALTS[0][31:] + RECORDS[0])
    with pytest.raises(LedgerError):
        entry_of(b"short", RECORDS[0])
