"""Acts are written into a ledger together with what they did, on both engines, and every change is found."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, delete, func, select, update

from app.domain.act import Act
from app.durable.audit import audit
from app.errors import LedgerError
from app.trust.checkpoint import log_key, open_checkpoint, origin_of
from app.trust.note import cosign_note, parse_note
from app.trust.proofs import extends
from app.trust.receipt import Receipt, check_receipt, parse_receipt
from app.trust.sign import SigningKey
from tests.edge.ledger.books import HERE, NOW, THERE, Ledger, act


def _checked(ledger: Ledger, receipt: Receipt) -> tuple[int, int]:
    keys = {origin_of("desk", place): ledger.key.public for place in (HERE, THERE)}
    return receipt.index, check_receipt(parse_receipt(receipt.to_bytes()), keys).size


def _faults(ledger: Ledger, municipality: str = HERE) -> list[tuple[object, object]]:
    faults = ledger.database.read(lambda c: list(audit(c, ledger.book, municipality, ledger.key.public)))
    return [(fault.data["kind"], fault.data["place"]) for fault in faults]


def _clear(ledger: Ledger) -> int:
    return ledger.database.read(lambda c: c.execute(select(func.count()).select_from(ledger.tables.leaf)).scalar_one())


def test_the_receipt_of_an_act_is_in_the_answer_of_the_act(ledger: Ledger) -> None:
    for number in range(20):
        (receipt,) = ledger.write(act(number))
        assert _checked(ledger, receipt) == (number, number + 1)
        assert len(receipt.to_bytes()) <= 2000
    assert _faults(ledger) == []


def test_several_acts_of_one_transaction_have_one_checkpoint_and_a_receipt_each(ledger: Ledger) -> None:
    ledger.write(act(0), act(1), act(2))
    receipts = ledger.write(*(act(number) for number in range(3, 40)))
    assert [_checked(ledger, receipt) for receipt in receipts] == [(number, 40) for number in range(3, 40)]
    assert len({receipt.checkpoint for receipt in receipts}) == 1


def test_each_municipality_has_a_log_of_its_own(ledger: Ledger) -> None:
    receipts = ledger.write(act(0), act(1, THERE), act(2), act(3, THERE))
    assert [_checked(ledger, receipt) for receipt in receipts] == [(0, 2), (0, 2), (1, 2), (1, 2)]
    assert ledger.database.read(ledger.book.municipalities) == (HERE, THERE)
    assert b"desk/131016" in receipts[1].checkpoint
    assert _faults(ledger) == _faults(ledger, THERE) == []


def test_an_act_that_is_rolled_back_leaves_no_leaf(ledger: Ledger) -> None:
    ledger.write(act(0))

    def fails(connection: Connection) -> None:
        ledger.pen.write(connection, act(1))
        raise LedgerError(kind="on_purpose", place=0)

    with pytest.raises(LedgerError):
        ledger.database.write(fails)
    assert _clear(ledger) == 1
    (receipt,) = ledger.write(act(2))
    assert _checked(ledger, receipt) == (1, 2)
    assert _faults(ledger) == []


def test_writers_at_the_same_time_make_one_log_without_gap(ledger: Ledger) -> None:
    def several(writer: int) -> list[Receipt]:
        return [ledger.write(act(writer * 10 + number))[0] for number in range(10)]

    with ThreadPoolExecutor(4) as pool:
        receipts = [receipt for made in pool.map(several, range(4)) for receipt in made]
    assert sorted(receipt.index for receipt in receipts) == list(range(40))
    assert all(_checked(ledger, receipt)[0] == receipt.index for receipt in receipts)
    assert _faults(ledger) == []


def test_an_old_act_gets_a_receipt_at_any_time_and_later_logs_extend_earlier_ones(ledger: Ledger) -> None:
    ledger.write(*(act(number) for number in range(11)))
    read = ledger.database.read
    key = log_key(origin_of("desk", HERE), ledger.key.public)
    before = open_checkpoint(read(lambda c: ledger.book.checkpoint(c, HERE)), key)
    ledger.write(*(act(number) for number in range(11, 30)))
    for number in range(30):
        receipt = read(lambda c, number=number: ledger.book.receipt(c, HERE, number))
        assert _checked(ledger, receipt) == (number, 30)
    after = open_checkpoint(read(lambda c: ledger.book.checkpoint(c, HERE)), key)
    proof = read(lambda c: ledger.book.consistency(c, HERE, 11, 30))
    assert extends((before.size, before.root), (after.size, after.root), proof)
    with pytest.raises(LedgerError):
        read(lambda c: ledger.book.consistency(c, HERE, 11, 31))
    with pytest.raises(LedgerError):
        read(lambda c: ledger.book.receipt(c, HERE, 30))


def test_what_happened_in_a_visit_is_read_back_in_order(ledger: Ledger) -> None:
    acts = [act(0, visit="V-1"), act(1, visit="V-2"), act(2, visit="V-1")]
    ledger.write(*acts, act(3, THERE, "V-1"))
    assert ledger.database.read(lambda c: ledger.book.acts_of_visit(c, HERE, "V-1")) == (acts[0], acts[2])


def test_a_lawfully_deleted_record_is_gone_and_all_proofs_stay(ledger: Ledger) -> None:
    receipts = ledger.write(*(act(number) for number in range(5)))
    ledger.database.write(lambda c: ledger.book.delete(c, HERE, 2))
    assert _faults(ledger) == [("record_missing", "madoguchi/desk/011002:2")]
    ledger.write(Act("record.deleted", NOW, HERE, "S-1", "", "trace", what=(("places", "2-2"),)))
    assert [_checked(ledger, receipt)[0] for receipt in receipts] == list(range(5))
    assert _faults(ledger) == []
    numbers = [
        dict(found.what)["number"]
        for found in ledger.database.read(lambda c: ledger.book.acts_of_visit(c, HERE, "V-1"))
    ]
    assert numbers == [0, 1, 3, 4]
    kept = ledger.database.read(lambda c: next(ledger.book.kept(c, HERE, 2)))
    with pytest.raises(LedgerError) as gone:
        ledger.database.read(lambda c: ledger.book.act(c, HERE, kept))
    assert gone.value.data["kind"] == "record_deleted"
    with pytest.raises(LedgerError):
        ledger.database.write(lambda c: ledger.book.delete(c, HERE, 6))


def test_a_cosigned_checkpoint_is_kept_once_for_each_size(ledger: Ledger) -> None:
    ledger.write(act(0))
    witness = SigningKey.generate()
    note = parse_note(ledger.database.read(lambda c: ledger.book.checkpoint(c, HERE)))
    cosigned = note.with_signature(cosign_note(note.text, "witness", witness, NOW)).to_bytes()
    for _ in range(2):
        ledger.database.write(lambda c: ledger.book.keep_checkpoint(c, HERE, 1, (cosigned, NOW)))
    assert ledger.database.read(lambda c: ledger.book.cosigned(c, HERE)) == (cosigned,)


def _at(ledger: Ledger, position: int) -> tuple[object, ...]:
    columns = ledger.tables.leaf.c
    return (columns.municipality == HERE, columns.position == position)


def _edit_entry(ledger: Ledger, connection: Connection) -> None:
    connection.execute(update(ledger.tables.leaf).where(*_at(ledger, 3)).values(entry=os.urandom(33)))


def _edit_record(ledger: Ledger, connection: Connection) -> None:
    sealed = connection.execute(select(ledger.tables.leaf.c.sealed).where(*_at(ledger, 3))).scalar_one()
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    connection.execute(update(ledger.tables.leaf).where(*_at(ledger, 3)).values(sealed=changed))


def _move_record(ledger: Ledger, connection: Connection) -> None:
    sealed = connection.execute(select(ledger.tables.leaf.c.sealed).where(*_at(ledger, 4))).scalar_one()
    connection.execute(update(ledger.tables.leaf).where(*_at(ledger, 3)).values(sealed=sealed))


def _rename(ledger: Ledger, connection: Connection) -> None:
    connection.execute(update(ledger.tables.leaf).where(*_at(ledger, 3)).values(visit="V-9"))


def _drop_middle(ledger: Ledger, connection: Connection) -> None:
    connection.execute(delete(ledger.tables.leaf).where(*_at(ledger, 3)))


def _drop_tail(ledger: Ledger, connection: Connection) -> None:
    connection.execute(delete(ledger.tables.leaf).where(*_at(ledger, 6)))


def _edit_node(ledger: Ledger, connection: Connection) -> None:
    columns = ledger.tables.node.c
    here = (columns.municipality == HERE, columns.level == 1, columns.position == 1)
    connection.execute(update(ledger.tables.node).where(*here).values(hash=bytes(32)))


def _edit_head(ledger: Ledger, connection: Connection) -> None:
    connection.execute(update(ledger.tables.head).where(ledger.tables.head.c.municipality == HERE).values(size=8))


def _old_checkpoint(ledger: Ledger, connection: Connection) -> None:
    other = SigningKey.generate()
    note = parse_note(ledger.book.checkpoint(connection, HERE))
    forged = note.text + "\n" + str(cosign_note(note.text, origin_of("desk", HERE), other, NOW))
    connection.execute(
        update(ledger.tables.head).where(ledger.tables.head.c.municipality == HERE).values(checkpoint=forged.encode())
    )


@pytest.mark.parametrize(
    ("change", "kind", "place"),
    [
        (_edit_entry, "record_differs", ":3"),
        (_edit_entry, "root_differs", ":7"),
        (_edit_record, "record_sealed", ":3"),
        (_move_record, "record_sealed", ":3"),
        (_rename, "record_differs", ":3"),
        (_drop_middle, "leaf_missing", ":3"),
        (_drop_tail, "head_differs", ":6"),
        (_drop_tail, "root_differs", ":7"),
        (_edit_node, "node_differs", ":1/1"),
        (_edit_head, "head_differs", ":7"),
        (_old_checkpoint, "checkpoint_signature", ""),
    ],
)
def test_whoever_changes_the_store_by_hand_is_found_with_the_place(
    ledger: Ledger, change: Callable[[Ledger, Connection], None], kind: str, place: str
) -> None:
    ledger.write(*(act(number) for number in range(7)))
    assert _faults(ledger) == []
    ledger.database.write(lambda connection: change(ledger, connection))
    assert (kind, f"madoguchi/desk/011002{place}") in _faults(ledger)


def test_nothing_of_an_act_stands_in_clear_in_the_rows_of_its_leaf(ledger: Ledger) -> None:
    ledger.write(Act("visit.step", NOW, HERE, "staff-in-clear", "terminal-in-clear", "trace-in-clear"))
    rows = ledger.database.read(lambda c: [tuple(row) for row in c.execute(select(ledger.tables.leaf))])
    assert "in-clear" not in repr(rows)
