"""A log goes back only as two of three guardians sign: others and exports refuse the rest."""

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from app.admin.__main__ import main
from app.domain.act import Act
from app.durable.leaves import read_head
from app.errors import WrongKey
from app.server.backup import back_up
from app.server.guardians import ROSTERS, appoint, guardian_lists
from app.server.restore import restore
from app.trust.checkpoint import read_checkpoint
from app.trust.guardians import guardian_of, signing_of
from app.trust.note import parse_note
from app.trust.restored import RESTORED, Restored, declare
from app.trust.seal import BoxKey
from tests.edge.backend.exchange.test_processes import written
from tests.edge.ledger.cities import HERE, RANDOM, THERE, City, bring_back, copy_away, introduce, note_sizes
from tests.support.slices import MovedClock

NAMES = ("鈴木", "田中", "佐藤")


class Guarded(City):
    """A city with three guardians."""

    def __init__(self, folder: Path, code: str, clock: MovedClock) -> None:
        super().__init__(folder, code, clock)
        self.held = {name: BoxKey.generate() for name in NAMES}
        appoint(self.settings, [guardian_of(name, key) for name, key in self.held.items()], [], clock, RANDOM)

    def keys_of(self, *names: str) -> list[tuple[str, BoxKey]]:
        return [(name, self.held[name]) for name in names]

    def declare_itself(self, lost: int, *names: str) -> None:
        """The log states a restore of itself, with the signatures of ``names`` besides its own."""
        pen, signing = self.own.pen, self.own.signing
        signers = [(name, signing_of(self.held[name])) for name in names]

        def work(connection) -> None:
            head = read_head(connection, pen._tables, self.code)
            kept = read_checkpoint(parse_note(head.checkpoint))
            said = declare(Restored(kept, lost, (NAMES[0], NAMES[1]), self.clock.now()), signing, signers).decode()
            what = (("statement", said),)
            pen.write(connection, Act(RESTORED, self.clock.now(), self.code, "S-1", "", "", visit=RESTORED, what=what))

        self.own.database.write(work)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Guarded]:
    made = Guarded(tmp_path, HERE, MovedClock())
    yield made
    made.close()


@pytest.fixture
def there(tmp_path: Path, here: Guarded) -> Iterator[City]:
    made = City(tmp_path, THERE, here.clock)
    introduce(here, made)
    yield made
    made.close()


def turn(here: Guarded, there: City) -> None:
    """The own witness looks, then the counterpart."""
    here.ledger.service.collect()
    here.showing(there).turn()


def exported(here: City, folder: Path) -> Path:
    assert main(["ledger", "export", str(folder), "--settings", str(written(here.settings, "here"))]) == 0
    return folder


def faults(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> set[str]:
    capsys.readouterr()
    code = main(["ledger", "verify", str(folder), "--json", *more])
    told = json.loads(capsys.readouterr().out)
    assert (code == 0) is (told["faults"] == [])
    return {fault["kind"] for fault in told["faults"]}


def test_a_restore_signed_by_two_guardians_is_followed_by_the_counterpart_and_proved_from_an_export(
    here: Guarded, there: City, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here.write(5)
    turn(here, there)
    place, _ = back_up(here.settings, tmp_path / "backups", here.clock, RANDOM)
    here.clock.move(hours=20)
    here.write(4, first=5)
    turn(here, there)
    before = exported(here, tmp_path / "before")
    here.close()
    restore(here.settings, place, here.keys_of("鈴木", "佐藤"), here.clock, RANDOM)
    here.open()
    here.write(2, first=50)
    turn(here, there)
    assert [kind for _, kind, _, _ in there.alarms()] == ["restored"]
    assert here.alarms() == []
    assert note_sizes(here, THERE) == {"staff": 8}
    after = exported(here, tmp_path / "after")
    assert faults(after, capsys, "--earlier", str(before), "--require", THERE, "--behind", "0") == set()
    shutil.rmtree(after / "staff" / HERE)
    turn(here, there)
    assert [kind for _, kind, _, _ in there.alarms()] == ["restored"]


@pytest.mark.parametrize("signers", [(), ("鈴木",), ("鈴木", "佐藤")], ids=["the log alone", "one", "not as declared"])
def test_a_way_back_that_two_guardians_have_not_signed_is_refused_and_told_on_both_sides(
    here: Guarded, there: City, tmp_path: Path, capsys: pytest.CaptureFixture[str], signers: Sequence[str]
) -> None:
    here.write(5)
    turn(here, there)
    copy_away(here, tmp_path / "yesterday")
    here.write(4, first=5)
    turn(here, there)
    before = exported(here, tmp_path / "before")
    bring_back(here, tmp_path / "yesterday")
    here.declare_itself(9, *signers)
    here.write(6, first=50)
    for _ in range(2):
        turn(here, there)
        here.clock.move(hours=2)
    kinds = {(log, kind) for log, kind, _, _ in here.alarms()}
    assert kinds == {("staff", "restored_guardians"), ("staff", "shown_restored_guardians")}
    assert {(log, kind) for log, kind, _, _ in there.alarms()} == {(f"{HERE}/staff", "restored_guardians")}
    after = exported(here, tmp_path / "after")
    assert faults(after, capsys, "--earlier", str(before)) == {"restored_guardians", "forked"}


def test_guardians_hand_on_by_two_of_them_and_the_counterpart_follows(here: Guarded, there: City) -> None:
    here.write(1)
    turn(here, there)
    others = {name: BoxKey.generate() for name in NAMES}
    made = [guardian_of(name, key) for name, key in others.items()]
    with pytest.raises(WrongKey):
        appoint(here.settings, made, list(others.items())[:2], here.clock, RANDOM)
    with pytest.raises(WrongKey):
        appoint(here.settings, made, here.keys_of("鈴木"), here.clock, RANDOM)
    lists = guardian_lists(here.settings)
    appoint(here.settings, made, here.keys_of("鈴木", "佐藤"), here.clock, RANDOM)
    assert len(guardian_lists(here.settings)) == len(lists) + 1 == 2
    here.write(1, first=1)
    turn(here, there)
    assert here.alarms() == there.alarms() == []


def test_guardians_that_others_put_in_their_place_are_told_by_the_counterpart(
    here: Guarded, there: City, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever rules the server can name others to themselves, and not to anybody who knew the first."""
    here.write(1)
    turn(here, there)
    kept = exported(here, tmp_path / "before") / "guardians"
    (here.settings.folder / "keys" / ROSTERS).unlink()
    here.held = {name: BoxKey.generate() for name in NAMES}
    appoint(here.settings, [guardian_of(name, key) for name, key in here.held.items()], [], here.clock, RANDOM)
    copy_away(here, tmp_path / "yesterday")
    here.write(4, first=5)
    turn(here, there)
    bring_back(here, tmp_path / "yesterday")
    here.declare_itself(6, "鈴木", "田中")
    turn(here, there)
    assert (f"{HERE}/guardians", "guardians_changed") in {(log, kind) for log, kind, _, _ in there.alarms()}
    assert (f"{HERE}/staff", "restored_guardians") in {(log, kind) for log, kind, _, _ in there.alarms()}
    assert ("guardians", "shown_guardians_changed") in {(log, kind) for log, kind, _, _ in here.alarms()}
    after = exported(here, tmp_path / "after")
    assert faults(after, capsys) == set()
    assert faults(after, capsys, "--guardians", str(kept)) == {"restored_guardians"}


def test_an_export_can_be_asked_for_the_counterparts_cosignature(
    here: Guarded, there: City, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """C-11, R-032: what only the office itself vouches for does not count where an outside witness is required."""
    here.write(3)
    turn(here, there)
    here.write(2, first=3)
    here.ledger.service.collect()
    folder = exported(here, tmp_path / "export")
    assert faults(folder, capsys, "--require", THERE) == set()
    assert faults(folder, capsys, "--require", THERE, "--behind", "1") == {"cosignature_behind"}
    assert faults(folder, capsys, "--require", "131016") == {"cosignature_missing"}
    lines = (folder / "keys").read_text("utf-8").splitlines(keepends=True)
    strangers = "".join(line for line in lines if not line.startswith(f"madoguchi/witness/{THERE}"))
    (tmp_path / "keys").write_text(strangers, "utf-8")
    assert faults(folder, capsys, "--keys", str(tmp_path / "keys"), "--require", THERE) == {"cosignature_missing"}
    file = folder / "staff" / HERE / "restored"
    file.write_bytes(b"\x00\x00\x00\x04junk")
    assert faults(folder, capsys) == {"file_changed", "note_format"}
