"""A forgotten password, a lost card, a clerk who has left: two of three administrators open the work, by command."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.admin.guardian import OFFICE
from app.admin.work import RECOVERED, recover_work
from app.domain.clock import SystemRandom
from app.domain.secret import Secret, secret
from app.errors import WrongKey
from app.store.memory import Place
from app.trust.guardians import Guardian, guardian_of, make_guardian, open_guardian, share, together
from app.trust.passwords import SALT_SIZE
from app.trust.seal import BoxKey
from app.wire.draft import Draft
from tests.support.counter_memory import WEAK, CounterPc
from tests.support.source import ROOT

SECRET = Secret(bytes(range(32)))


def guardians() -> tuple[list[Guardian], dict[str, BoxKey]]:
    held = {name: BoxKey.generate() for name in ("a", "b", "c")}
    return [guardian_of(name, key) for name, key in held.items()], held


@pytest.mark.parametrize("two", ["ab", "bc", "ca", "ba"])
def test_any_two_of_three_open_it(two: str) -> None:
    known, held = guardians()
    shares = share(SECRET, OFFICE, known)
    assert together(shares, OFFICE, [(name, held[name]) for name in two]).reveal() == SECRET.reveal()


def test_nobody_alone_nor_for_another_purpose_nor_with_a_strangers_key(tmp_path: Path) -> None:
    known, held = guardians()
    shares = share(SECRET, OFFICE, known)
    a, b = ("a", held["a"]), ("b", held["b"])
    for label, keys in (
        (OFFICE, [a]),
        (OFFICE, [a, a]),
        (OFFICE, [a, ("b", held["a"])]),
        (OFFICE, [a, ("b", BoxKey.generate())]),
        ("master", [a, b]),
        (OFFICE, [a, b, ("c", held["c"])]),
    ):
        with pytest.raises(WrongKey):
            together(shares, label, keys)
    with pytest.raises(WrongKey):
        share(SECRET, OFFICE, [known[0], known[1], known[1]])


def test_a_guardians_file_opens_with_its_password_only() -> None:
    guardian, file = make_guardian("a", secret("ひみつ-1"), SystemRandom().token(SALT_SIZE), WEAK)
    name, key = open_guardian(file, secret("ひみつ-1"))
    assert (name, key.public) == (guardian.name, guardian.public)
    with pytest.raises(WrongKey):
        open_guardian(file, secret("ひみつ-2"))


@pytest.mark.keyring
def test_two_administrators_open_the_work_and_the_journal_names_both_before(pc: CounterPc) -> None:
    saved = Draft(
        draft_id="d1", visit_id="v1", procedure="p", procedure_version=1, saved_at=pc.clock.now(), facts={"n": 1}
    )
    pc.at_work()
    pc.memory.work.save(saved)
    pc.memory.work.close()
    place = Place(pc.folder, pc.seat, pc.recovery.public, WEAK)
    by = (("adm1", "adm2"), pc.recovery, secret("新しい合言葉"))
    assert recover_work(place, pc.memory.terminal, "c001", by, pc.clock) == 1
    pc.memory.work.open("c001", secret("新しい合言葉"), None)
    assert pc.memory.work.draft("d1").facts == {"n": 1}
    (act,) = pc.memory.journal.acts_of_visit("")
    assert (act.kind, act.about, act.detail()) == (RECOVERED, "c001", {"first": "adm1", "second": "adm2"})
    with pytest.raises(WrongKey):
        recover_work(place, pc.memory.terminal, "c001", (("adm1", "adm2"), BoxKey.generate(), secret("x")), pc.clock)


def admin(*words: str, typed: str = "") -> dict[str, object]:
    command = [sys.executable, "-m", "app.admin", *words]
    run = subprocess.run(command, input=typed, capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_the_offices_key_is_made_for_three_guardians_by_command(tmp_path: Path) -> None:
    files = [str(tmp_path / f"{name}.guardian") for name in "abc"]
    for name, file in zip("abc", files, strict=True):
        assert admin("guardian", "make", name, file, "--password-stdin", typed=f"{name}-ひみつ\n")["guardian"] == name
    made = admin("guardian", "office", str(tmp_path / "shares"), *files)
    keys = [
        open_guardian(Path(file).read_bytes(), secret(f"{n}-ひみつ")) for n, file in zip("ac", files[::2], strict=True)
    ]
    recovered = BoxKey.from_bytes(together((tmp_path / "shares").read_bytes(), OFFICE, keys))
    assert recovered.public.hex() == made["recovery"]
