"""C-02, C-09, S01-9: the transfers of April come from a file, with dry run and second administrator."""

import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.admin.__main__ import main
from app.admin.transfers import read_transfers
from app.backend.staff.ports import StaffMember
from app.domain.clock import SystemClock, SystemRandom
from app.domain.rights import Right
from app.domain.secret import secret
from app.errors import DataFault
from app.server.registry import open_registry
from app.settings import server_settings
from app.wire.staff import RightRow
from app.wire.staff_change import Transfer
from tests.edge.backend.test_admin import HERE, ROLES, SETTINGS

KNOWN = {"counter": (Right("application.receive"), Right("visit.open"))}
TOML = """# 4月1日付
[[transfer]]
staff = "k1"
from = "子ども家庭"
to = "戸籍住民"
on = 2027-04-01
roles = ["counter"]

[[transfer]]
staff = "k2"
from = "子ども家庭"
on = 2027-04-01

[[transfer]]
staff = "k3"
to = "子ども家庭"
on = 2027-04-01
until = 2028-03-31
"""
CSV = """staff,from,to,on,until,roles
k1,子ども家庭,戸籍住民,2027-04-01,,counter
k2,子ども家庭,,2027-04-01,,
k3,,子ども家庭,2027-04-01,2028-03-31,
"""
APRIL = date(2027, 4, 1)
PASSWORD = "たぬきの合言葉"
RIGHTS = tuple(RightRow(act=act, procedure="*", item_class="*") for act in ("application.receive", "visit.open"))
MEANT = [
    Transfer(staff_id="k1", leaves="子ども家庭", department="戸籍住民", on=APRIL, rights=RIGHTS),
    Transfer(staff_id="k2", leaves="子ども家庭", department="", on=APRIL),
    Transfer(staff_id="k3", leaves="", department="子ども家庭", on=APRIL, until=date(2028, 3, 31)),
]


def kept(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(("name", "text", "lines"), [("a.toml", TOML, (2, 9, 14)), ("a.csv", CSV, (2, 3, 4))])
def test_a_file_of_either_kind_says_the_same(tmp_path: Path, name: str, text: str, lines: tuple[int, ...]) -> None:
    found = read_transfers(kept(tmp_path, name, text), KNOWN)
    assert [line.transfer for line in found] == MEANT
    assert [line.place for line in found] == [f"{name}:{at}" for at in lines]
    assert [line.transfer for line in read_transfers(kept(tmp_path, name, "\ufeff" + text), KNOWN)] == MEANT


@pytest.mark.parametrize(
    ("name", "text", "what", "place"),
    [
        ("a.toml", TOML.replace('staff = "k2"', 'staf = "k2"'), "missing_key", "a.toml:9.staff"),
        ("a.toml", TOML + 'color = "x"\n', "unknown_key", "a.toml:14.color"),
        ("a.toml", TOML.replace("on = 2027-04-01\nroles", 'on = "1 April"\nroles'), "not_a_date", "a.toml:2.on"),
        ("a.toml", TOML.replace('["counter"]', '["nobody"]'), "unknown_name", "a.toml:2.roles"),
        ("a.toml", TOML.replace('"k3"', '"k1"'), "twice", "a.toml:14"),
        ("a.toml", TOML + "= 1", "not_toml", "a.toml:19"),
        ("a.toml", "[office]\n", "unknown_key", "a.toml: office"),
        ("a.toml", "", "empty_file", "a.toml"),
        ("a.csv", "who,what\n", "not_csv", "a.csv:1"),
        ("a.csv", CSV + "k4,,子ども家庭\n", "not_csv", "a.csv:5"),
        ("a.csv", CSV.replace("2028-03-31", "28.3.31"), "not_a_date", "a.csv:4.until"),
        ("a.csv", CSV.replace(",counter", ",nobody"), "unknown_name", "a.csv:2.roles"),
    ],
)
def test_what_can_not_be_read_is_told_with_file_and_line(
    tmp_path: Path, name: str, text: str, what: str, place: str
) -> None:
    with pytest.raises(DataFault) as fault:
        read_transfers(kept(tmp_path, name, text), KNOWN)
    assert fault.value.data == {"what": what, "place": place}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A backend's settings; two clerks, somebody who left, and an administrator."""
    path = kept(tmp_path, "server.toml", SETTINGS)
    with open_registry(server_settings(path), SystemClock(), SystemRandom()) as registry:
        for staff_id, department in (("k1", "子ども家庭"), ("k2", "子ども家庭"), ("k3", "戸籍住民"), ("a1", "総務")):
            member = StaffMember(HERE, "見本市", "中央区役所", staff_id, "職員", department, "", is_active=True)
            rights = (Right("staff.change"),) if staff_id == "a1" else (Right("visit.read"),)
            registry.admit(member, secret(PASSWORD), rights)
    return path


def schedule(office: Path, text: str, *more: str) -> int:
    file = kept(office.parent, "april.csv", text)
    return main([
        "staff",
        "schedule",
        str(file),
        "--settings",
        str(office),
        "--municipality",
        HERE,
        "--roles",
        str(ROLES),
        *more,
    ])


def test_a_dry_run_tells_who_goes_where_and_changes_nothing(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert schedule(office, CSV) == 0
        first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["place"], first["staff_id"]) == ("april.csv:2", "k1")
    assert first["posts_after"] == [["子ども家庭", "", "2027-03-31"], ["戸籍住民", "2027-04-01", ""]]
    assert ["visit.read", "*", "*", "", "2027-03-31"] in first["rights_on"]
    assert ["application.receive", "*", "*", "2027-04-01", ""] in first["rights_on"]
    assert first["rights_off"] == [["visit.read", "*", "*", "", ""]]
    assert second["posts_after"] == [["子ども家庭", "", "2027-03-31"]]
    assert third["posts_after"] == [["戸籍住民", "", ""], ["子ども家庭", "2027-04-01", "2028-03-31"]]


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """What comes on standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_what_the_office_would_refuse_is_told_with_its_line(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for wrong, code in (
        (CSV.replace("k2,子ども家庭", "k2,税務"), "other_post"),
        (CSV.replace("k2", "k9"), "unknown_staff"),
    ):
        assert schedule(office, wrong, "--propose-as", "a1", "--reason", "異動") == 1
        said = capsys.readouterr().err
        assert f"{code}：april.csv:3" in said


def test_a_proposal_waits_for_another_administrator(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for who, password, reason in (("k1", PASSWORD, "異動"), ("a1", PASSWORD, ""), ("a1", "", "異動")):
        typed(monkeypatch, f"{password}\n")
        assert schedule(office, CSV, "--propose-as", who, "--reason", reason) == 1
    assert "sign_in_refused" in capsys.readouterr().err.splitlines()[-1]
    typed(monkeypatch, f"{PASSWORD}\n")
    assert schedule(office, CSV, "--propose-as", "a1", "--reason", "4月1日付の異動") == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    with open_registry(server_settings(office), SystemClock(), SystemRandom()) as registry:
        kept_one = registry._book.read(lambda unit: unit.change(HERE, told["change"]))
        posts = registry._book.read(lambda unit: unit.posts(HERE, "k1"))
    assert (kept_one.outcome, kept_one.proposed_by, kept_one.subject) == ("waiting", "a1", "2027-04-01")
    assert kept_one.expires_at == datetime.fromisoformat(told["expires_at"]).astimezone(UTC)
    assert [(post.department, post.until) for post in posts] == [("子ども家庭", None)]


def test_after_two_administrators_the_shell_adds_nobody_and_says_why_in_one_sentence(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"municipality": HERE, "municipality-name": "見本市", "office": "区役所", "department": "総務"}
    words = [word for name, value in given.items() for word in (f"--{name}", value)]
    common = ["--settings", str(office), "--roles", str(ROLES), "--password-stdin", "--role", "administrator"]
    for staff_id, code in (("a2", 0), ("k1", 1)):
        typed(monkeypatch, f"{PASSWORD}\n")
        assert main(["staff", "add", *words, *common, "--staff-id", staff_id, "--name", "新任"]) == code
    assert capsys.readouterr().err == (
        "一人では登録できません：申請する管理者と承認する管理者がそろっているため、変更は端末の管理画面から申請し、"
        "もう一人の承認を受けます（office.refused:two_administrators）。\n"
    )
    with open_registry(server_settings(office), SystemClock(), SystemRandom()) as registry:
        assert [one.staff_id for one in registry.members()] == ["a1", "a2", "k1", "k2", "k3"]
        assert registry._book.read(lambda unit: unit.rights(HERE, "k1")) == (Right("visit.read"),)


def test_a_terminal_is_enrolled_by_its_certificate_and_shut_out_again(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--settings", str(office), "--municipality", HERE, "--terminal", "T-1"]
    with pytest.raises(SystemExit):
        main(["terminal", "enrol", *where, "--window", "1"])
    assert main(["terminal", "enrol", *where, "--window", "1", "--display-checked-by", "a1"]) == 0
    assert main(["terminal", "revoke", *where]) == 0
    assert main(["terminal", "revoke", *where]) == 1
    capsys.readouterr()
    with open_registry(server_settings(office), SystemClock(), SystemRandom()) as registry:
        found = registry._book.read(lambda unit: unit.terminal(HERE, "T-1"))
        assert not registry._staff.lets_in(HERE, "T-1", "aa")
    assert (found.display_checked_by, found.revoked_at is None) == ("a1", False)
