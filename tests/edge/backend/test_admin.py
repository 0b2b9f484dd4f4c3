"""madoguchi-admin staff and terminal: who may sign in and where, entered from the command line."""

import json
import secrets
import subprocess
from pathlib import Path

import pytest

from app.domain.call import Call
from app.domain.clock import SystemClock, SystemRandom
from app.domain.rights import Actor, Right
from app.errors import NotAllowed, Refused, SignInRefused
from app.server.wiring import open_backend
from app.settings import server_settings
from app.wire.desk import JournalKept
from app.wire.staff import SignedIn, SignIn
from tests.edge.backend.desk.test_journal import TerminalLog
from tests.support.commands import ADMIN, command
from tests.support.source import ROOT

HERE = "991007"
ROLES = ROOT / "resources" / "training" / "staff.toml"
SETTINGS = f"""folder = "backend"
host = "127.0.0.1"
port = 0
database = "sqlcipher"
schema_prefix = ""
municipalities = ["{HERE}"]
slices = ["staff", "desk"]
training = true

[tls]
authority = "authority.pem"
certificate = "server.pem"
key = "server.key.pem"

[second_factor]
required = false
"""
WHO = {
    "municipality": HERE,
    "municipality-name": "見本市",
    "office": "中央区役所",
    "department": "子ども家庭",
    "staff-id": "n9001",
    "name": "新任　光",
}


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "server.toml"
    path.write_text(SETTINGS, "utf-8")
    return path


def admin(*words: str, entry: str = "") -> subprocess.CompletedProcess[str]:
    return command(ADMIN, *words, typed=entry)


def add(settings: Path, *roles: str, entry: str = "hajimete-no-aikotoba\n", **changed: str):
    given = WHO | {name.replace("_", "-"): value for name, value in changed.items()}
    words = [word for name, value in given.items() for word in (f"--{name}", value)]
    names = [word for role in roles for word in ("--role", role)]
    common = ("--settings", str(settings), "--roles", str(ROLES), "--password-stdin")
    return admin("staff", "add", *common, *words, *names, entry=entry)


def enrol(settings: Path, municipality: str = HERE, name: str = "T-05") -> subprocess.CompletedProcess[str]:
    where = ("--municipality", municipality, "--terminal", name, "--window", "5", "--display-checked-by", "n9001")
    return admin("terminal", "enrol", "--settings", str(settings), *where)


def sign_in(settings: Path, password: str) -> SignedIn:
    """What the office says to a sign-in at the terminal."""
    backend = open_backend(server_settings(settings), SystemClock(), SystemRandom())
    try:
        assert backend.staff is not None
        backend.staff.terminal(HERE, "T-05")
        nobody = Actor(HERE, "", "", "", "T-05", ())
        call = Call(nobody, "trace", "key", SystemClock().now())
        return backend.staff.sign_in(call, SignIn(staff_id="n9001", password=password))
    finally:
        backend.parts.close()


def test_who_was_added_signs_in_at_an_enrolled_terminal_with_the_rights_of_the_roles(settings: Path) -> None:
    done = add(settings, "everyone", "child_decider")
    assert done.returncode == 0, done.stderr
    assert "hajimete" not in done.stdout + done.stderr
    with pytest.raises(NotAllowed):
        sign_in(settings, "hajimete-no-aikotoba")
    done = enrol(settings)
    assert (done.returncode, json.loads(done.stdout)["closed_records"]) == (0, 0), done.stderr
    signed = sign_in(settings, "hajimete-no-aikotoba")
    acts = {(row.act, row.procedure) for row in signed.rights}
    assert (signed.name, signed.office) == (WHO["name"], WHO["office"])
    assert {("session.own", Right("session.own").procedure), ("application.decide", "child_allowance_claim")} <= acts
    with pytest.raises(SignInRefused):
        sign_in(settings, "another")


def test_the_list_shows_everybody_and_no_password(settings: Path) -> None:
    add(settings, "everyone")
    add(settings, "everyone", staff_id="a0001", name="先任　茜")
    done = admin("staff", "list", "--settings", str(settings))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["staff_id"], one["name"], one["active"]) for one in found] == [
        ("a0001", "先任　茜", True),
        ("n9001", WHO["name"], True),
    ]
    assert "argon2" not in done.stdout


@pytest.mark.parametrize(
    ("changed", "roles", "entry"),
    [
        ({}, ("no_such_role",), "x\n"),
        ({}, ("everyone",), ""),
        ({"municipality": "132004"}, ("everyone",), "x\n"),
    ],
)
def test_what_can_not_be_is_said_in_one_sentence(settings: Path, changed, roles, entry: str) -> None:
    done = add(settings, *roles, entry=entry, **changed)
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_terminal_of_a_municipality_that_is_not_served_is_not_enrolled(settings: Path) -> None:
    done = enrol(settings, "132004")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def synchronise(settings: Path, journal: TerminalLog) -> JournalKept:
    """What the desk says to the journal that terminal T-1 brings."""
    backend = open_backend(server_settings(settings), SystemClock(), SystemRandom())
    try:
        (endpoint,) = (one for one in backend.endpoints if one.path == "/desk/v1/sync-journal")
        clerk = Actor(HERE, "n9001", WHO["name"], "", "T-1", (Right("journal.write"),))
        number = secrets.token_hex(8)
        assert endpoint.does is not None
        return endpoint.does(Call(clerk, number, number, SystemClock().now()), journal.sync())
    finally:
        backend.parts.close()


def test_a_terminal_that_lost_its_keys_works_again_once_it_is_enrolled_again(settings: Path) -> None:
    enrol(settings, name="T-1")
    old, new = (TerminalLog(municipality=HERE) for _ in range(2))
    for journal in (old, new):
        journal.write("card.read")
    assert synchronise(settings, old).size == 1
    with pytest.raises(Refused) as refused:
        synchronise(settings, new)
    assert refused.value.reason == "journal_other_key"
    done = enrol(settings, name="T-1")
    assert json.loads(done.stdout)["closed_records"] == 1
    assert synchronise(settings, new).size == 1
