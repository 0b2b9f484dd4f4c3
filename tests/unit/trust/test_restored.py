"""A restore is declared by two of three guardians, under the log's key, for what was lost and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.errors import LedgerError, WrongKey
from app.trust.checkpoint import Checkpoint, log_key, open_own, sign_checkpoint
from app.trust.guardians import guardian_of, signing_of
from app.trust.guardianship import Roster, agreed, next_roster, read_rosters, sign_roster
from app.trust.merkle import Tree
from app.trust.note import cosign_note, parse_note
from app.trust.restored import Restored, declare, open_restored
from app.trust.seal import BoxKey
from app.trust.sign import SigningKey

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
KEY, ORIGIN = SigningKey.generate(), "madoguchi/desk/011002"
RESTORED = Restored(Checkpoint(ORIGIN, 5, bytes(32)), 9, ("A-1", "A-2"), AT)
OFFICE = [("office", SigningKey.generate())]


class Three:
    """Three guardians."""

    def __init__(self, *names: str) -> None:
        self.held = {name: BoxKey.generate() for name in names}
        self.guardians = [guardian_of(name, key) for name, key in self.held.items()]

    def signers(self, *names: str) -> list[tuple[str, SigningKey]]:
        return [(name, signing_of(self.held[name])) for name in names]


FIRST = Three("A-1", "A-2", "A-3")
ROSTER = next_roster(FIRST.guardians, (), AT - timedelta(days=9))
SIGNED = declare(RESTORED, KEY, FIRST.signers("A-1", "A-2"))


def _opened(data: bytes, *guardians: Roster) -> Restored:
    return open_restored(data, log_key(ORIGIN, KEY.public), guardians or (ROSTER,))


def test_a_declared_restore_is_read_back_and_covers_what_was_lost() -> None:
    found = _opened(SIGNED)
    assert found == RESTORED
    seen = [Checkpoint(ORIGIN, size, bytes(32)) for size in (5, 6, 9, 10)]
    assert [found.covers(one) for one in seen] == [False, True, True, False]
    assert not found.covers(Checkpoint("madoguchi/relay/011002", 6, bytes(32)))


@pytest.mark.parametrize("change", [{"approvers": ("A-1", "A-1")}, {"approvers": ("A-1", "")}, {"lost": 5}])
def test_one_person_alone_or_nothing_lost_is_no_declaration(change: dict[str, object]) -> None:
    with pytest.raises(LedgerError):
        declare(replace(RESTORED, **change), KEY, FIRST.signers("A-1", "A-2"))  # type: ignore[arg-type]


STRANGER = ("A-2", SigningKey.generate())


@pytest.mark.parametrize(
    "signers",
    [
        [],
        FIRST.signers("A-1"),
        FIRST.signers("A-1", "A-3"),
        FIRST.signers("A-3", "A-2"),
        [*FIRST.signers("A-1"), STRANGER],
    ],
    ids=["the log alone", "one guardian", "another than declared", "without the first", "a stranger in a name"],
)
def test_a_restore_that_both_have_not_signed_is_refused(signers: list[tuple[str, SigningKey]]) -> None:
    with pytest.raises(LedgerError) as refused:
        _opened(declare(RESTORED, KEY, signers))
    assert refused.value.data["kind"] == "restored_guardians"


def test_who_was_no_guardian_then_declares_nothing() -> None:
    """Before the first list, and by those who were guardians before or are only afterwards."""
    next_three = Three("B-1", "B-2", "A-3")
    second = next_roster(next_three.guardians, (ROSTER,), AT - timedelta(days=1))
    theirs = replace(RESTORED, approvers=("B-1", "B-2"))
    assert _opened(declare(theirs, KEY, next_three.signers("B-1", "B-2")), ROSTER, second) == theirs
    for restored, signers in (
        (RESTORED, FIRST.signers("A-1", "A-2")),
        (replace(theirs, at=AT - timedelta(days=2)), next_three.signers("B-1", "B-2")),
        (replace(RESTORED, at=AT - timedelta(days=10)), FIRST.signers("A-1", "A-2")),
    ):
        with pytest.raises(LedgerError):
            _opened(declare(restored, KEY, signers), ROSTER, second)


def test_no_byte_can_be_changed_and_no_other_key_declares_it() -> None:
    for place in range(len(SIGNED)):
        with pytest.raises(LedgerError):
            _opened(SIGNED[:place] + bytes([SIGNED[place] ^ 1]) + SIGNED[place + 1 :])
    with pytest.raises(LedgerError):
        _opened(declare(RESTORED, SigningKey.generate(), FIRST.signers("A-1", "A-2")))


def test_guardians_hand_on_by_two_of_three_and_nobody_else_names_the_next() -> None:
    second = next_roster(Three("B-1", "B-2", "B-3").guardians, (ROSTER,), AT)
    head = sign_roster(ROSTER, OFFICE)
    good = sign_roster(second, FIRST.signers("A-3", "A-1"))
    assert read_rosters([head, good]) == (ROSTER, second)
    known, longer = (head.decode(),), (head.decode(), good.decode())
    assert agreed((), longer) == agreed(known, longer) == agreed(longer, known) == agreed(longer, ()) == longer
    for signers in (OFFICE, FIRST.signers("A-1"), [*FIRST.signers("A-1"), STRANGER]):
        with pytest.raises(LedgerError):
            read_rosters([head, sign_roster(second, signers)])
    other = sign_roster(next_roster(Three("A-1", "A-2", "A-3").guardians, (), AT), OFFICE).decode()
    with pytest.raises(LedgerError) as parted:
        agreed(known, (other,))
    assert parted.value.data["kind"] == "guardians_changed"
    with pytest.raises(WrongKey):
        next_roster([FIRST.guardians[0]] * 3, (), AT)


def test_no_byte_of_a_list_can_be_changed() -> None:
    data = sign_roster(next_roster(Three("B-1", "B-2", "B-3").guardians, (ROSTER,), AT), FIRST.signers("A-1", "A-2"))
    head = sign_roster(ROSTER, OFFICE)
    for place in range(len(data)):
        with pytest.raises(LedgerError):
            read_rosters([head, data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]])


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
