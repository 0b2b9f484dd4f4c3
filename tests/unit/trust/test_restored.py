"""A restore is declared by two people, under the log's own key, for what was lost and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.errors import LedgerError
from app.trust.checkpoint import Checkpoint, log_key, open_own, sign_checkpoint
from app.trust.merkle import Tree
from app.trust.note import cosign_note, parse_note
from app.trust.restored import Restored, declare, open_restored
from app.trust.sign import SigningKey

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
KEY, ORIGIN = SigningKey.generate(), "madoguchi/desk/011002"
RESTORED = Restored(Checkpoint(ORIGIN, 5, bytes(32)), 9, ("A-1", "A-2"), AT)


def test_a_declared_restore_is_read_back_and_covers_what_was_lost() -> None:
    found = open_restored(declare(RESTORED, KEY), log_key(ORIGIN, KEY.public))
    assert found == RESTORED
    seen = [Checkpoint(ORIGIN, size, bytes(32)) for size in (5, 6, 9, 10)]
    assert [found.covers(one) for one in seen] == [False, True, True, False]
    assert not found.covers(Checkpoint("madoguchi/relay/011002", 6, bytes(32)))


@pytest.mark.parametrize("change", [{"approvers": ("A-1", "A-1")}, {"approvers": ("A-1", "")}, {"lost": 5}])
def test_one_person_alone_or_nothing_lost_is_no_declaration(change: dict[str, object]) -> None:
    with pytest.raises(LedgerError):
        declare(replace(RESTORED, **change), KEY)  # type: ignore[arg-type]


def test_no_byte_can_be_changed_and_no_other_key_declares_it() -> None:
    data, key = declare(RESTORED, KEY), log_key(ORIGIN, KEY.public)
    for place in range(len(data)):
        with pytest.raises(LedgerError):
            open_restored(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :], key)
    with pytest.raises(LedgerError):
        open_restored(declare(RESTORED, SigningKey.generate()), key)


def test_a_log_knows_its_own_checkpoint_from_one_that_somebody_wrote_on() -> None:
    key, tree = log_key(ORIGIN, KEY.public), Tree()
    assert open_own(sign_checkpoint(ORIGIN, tree, KEY, AT), key)[1] == AT
    assert open_own(sign_checkpoint(ORIGIN, tree, KEY), key)[1] is None
    note = parse_note(sign_checkpoint(ORIGIN, tree, KEY, AT))
    with pytest.raises(LedgerError):
        open_own(note.with_signature(cosign_note(note.text, "somebody", SigningKey.generate(), AT)).to_bytes(), key)
    data = note.to_bytes()
    for place in range(len(data)):
        with pytest.raises(LedgerError):
            open_own(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :], key)
