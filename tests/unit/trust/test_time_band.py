"""Each act has the device's time, a count that runs on and the last time the backend signed; old records hold."""

import json
from datetime import timedelta

import pytest

from app.domain.time_band import SLACK, TimeBand, is_off, surely
from app.errors import LedgerError
from app.trust.act_record import record_of
from app.trust.checkpoint import log_key, open_checkpoint, sign_checkpoint, signed_at
from app.trust.merkle import Tree, grow, leaf_hash
from app.trust.note import NoteKey
from app.trust.receipt import check_receipt, parse_receipt
from app.trust.record import decode_record, encode_record, stands_for
from app.trust.sign import SigningKey
from tests.edge.ledger.books import NOW, act
from tests.support.source import ROOT

BAND = TimeBand(NOW, "run-1", 123_456, NOW - timedelta(minutes=3))


def test_records_of_the_oldest_format_are_read_and_proved_as_they_were_written() -> None:
    kept = json.loads((ROOT / "tests" / "golden" / "ledger_format_1.json").read_text(encoding="utf-8"))
    key = NoteKey.parse(kept["key"])
    tree = Tree()
    for one in kept["records"]:
        data, salt, entry = one["record"].encode(), bytes.fromhex(one["salt"]), bytes.fromhex(one["entry"])
        record = decode_record(data)
        assert record.band is None
        assert encode_record(record) == data
        assert stands_for(entry, salt, data)
        tree = grow(tree, [leaf_hash(entry)]).tree
    said = open_checkpoint(kept["checkpoint"].encode(), key)
    assert (said.size, said.root) == (tree.size, tree.root)
    assert signed_at(kept["checkpoint"].encode(), key) is None
    assert check_receipt(parse_receipt(kept["receipt"].encode()), {key.name: key.key}) == said


@pytest.mark.parametrize("band", [BAND, TimeBand(NOW, "", 0, None)])
def test_a_record_keeps_its_time_band(band: TimeBand) -> None:
    data = encode_record(record_of(act(1), "desk", band))
    assert b'"format":2' in data
    assert decode_record(data).band == band


@pytest.mark.parametrize(
    "change",
    [
        {"run": 1},
        {"monotonic_ms": "1"},
        {"monotonic_ms": True},
        {"heard": "yesterday"},
        {"heard": None},
        {"kept_at": ""},
    ],
)
def test_a_band_of_another_shape_is_refused(change: dict[str, object]) -> None:
    values = json.loads(encode_record(record_of(act(1), "desk", BAND)))
    values["band"] |= change
    with pytest.raises(LedgerError):
        decode_record(json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def test_a_clock_that_runs_ahead_or_behind_what_was_heard_is_told() -> None:
    arrived = NOW + timedelta(minutes=10)
    assert not is_off(NOW, BAND, arrived)
    assert not is_off(NOW, None, arrived)
    assert is_off(arrived + SLACK * 2, BAND, arrived)
    assert BAND.heard is not None
    assert is_off(BAND.heard - SLACK * 2, BAND, arrived)
    assert surely(NOW - timedelta(days=400), BAND, arrived) == (BAND.heard, arrived)
    assert surely(NOW, None, arrived) == (NOW, arrived)


def test_a_log_signs_what_time_it_was_and_nobody_else_does() -> None:
    key, stranger = SigningKey.generate(), SigningKey.generate()
    note = sign_checkpoint("madoguchi/desk/011002", Tree(), key, NOW)
    assert signed_at(note, log_key("madoguchi/desk/011002", key.public)) == NOW
    assert signed_at(note, log_key("madoguchi/desk/011002", stranger.public)) is None
    assert signed_at(b"", log_key("madoguchi/desk/011002", key.public)) is None
