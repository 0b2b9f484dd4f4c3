"""開示の写し (C-11, C-12, R-032, R-041): what is withheld, on which ground, as data; a file anybody can check."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.admin.__main__ import main
from app.domain.disclosure import load_disclosure
from app.errors import DataFault, LedgerError, NotAllowed
from app.trust.checkpoint import log_key, origin_of
from app.trust.extract import check_extract
from app.wire.access_review import AccessExtract, ApproveExtract, AskExtractFile, AskExtracts, ProposeExtract
from tests.edge.backend.review.acting import CHIEF, CLERK, OTHER, look, queue, settle, view
from tests.edge.backend.review.conftest import RULES, Office
from tests.support.slices import KITA, MORNING, acts, call


def extract(office: Office, until_days: int = 3) -> AccessExtract:
    """Asked for by one, approved by another."""
    day = MORNING.date()
    asked = ProposeExtract(person="103", since=day, until=day + timedelta(days=until_days), reason="開示 第1号")
    name = office.extracts.propose(call(CHIEF, office.clock.at), asked).extract_id
    return office.extracts.approve(call(OTHER, office.clock.at), ApproveExtract(extract_id=name))


def approved(office: Office) -> dict[str, object]:
    """What the record of the last approval says."""

    def read(connection) -> dict[str, object]:
        kept = list(office.own.logbook.kept(connection, KITA))
        acts = [office.own.logbook.act(connection, KITA, one) for one in kept]
        return next(act.detail() for act in reversed(acts) if act.kind == "extract.approved")

    return office.own.database.read(read)


def keys(office: Office):
    logs = {"review": office.own.signing.public}
    logs |= {source.log: source._ledger.signing.public for source in office.review._sources}
    return {origin_of(log, KITA): key for log, key in logs.items()}


def test_rows_are_withheld_by_the_state_of_the_review_and_each_ground_is_named(office: Office) -> None:
    look(office, "103", reason="phone")
    for staff, minutes in (("002", 60), ("003", 120), ("004", 180), ("005", 240)):
        office.clock.at = MORNING + timedelta(minutes=minutes)
        look(office, "103", actor=replace(CLERK, staff_id=staff))
    rows = {row.staff_id: row.finding_id for row in queue(office).rows}
    for staff, outcome in (("002", "justified"), ("003", "to_be_asked"), ("004", "misuse_reported")):
        settle(office, rows[staff], version=view(office, rows[staff]).row.version, outcome=outcome)
    told = extract(office)
    assert [row.reason for row in told.rows] == ["phone", ""]
    assert told.left_out == {"under_review": 2}
    grounds = {one.ground: (one.law, one.fields) for one in told.grounds}
    assert grounds.keys() == {"third_person", "under_review"}
    assert grounds["third_person"] == (
        "個人情報の保護に関する法律 第78条第1項第2号", ("staff_name", "staff_id", "terminal"),
    )  # fmt: skip
    record = approved(office)
    assert (record["rows"], record["left_out"], record["unsaid"]) == (2, "under_review=2", "misuse=1")
    content = json.loads(told.file.split("\n")[1])
    assert {name for row in content["rows"] for name in row} == {"at", "way", "procedure", "reason", "receipt"}
    for hidden in ("窓口　明子", "T-001", "T-002", "misuse", "第5号"):
        assert hidden not in told.file


def test_the_file_proves_itself_with_public_keys_alone_and_no_byte_of_it_can_be_changed(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    look(office, "103", reason="phone")
    office.clock.move(minutes=5)
    look(office, "103", reason="post")
    told = extract(office)
    found = check_extract(told.file, KITA, keys(office))
    assert found.logs == (origin_of("register", KITA),) * 2
    assert [row["reason"] for row in found.content["rows"]] == ["phone", "post"]
    assert found.content["request"] == "開示 第1号"
    assert len(str(approved(office)["digest"])) == 64
    data = told.file.encode()
    for place in range(0, len(data), 61):
        changed = (data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]).decode(errors="replace")
        with pytest.raises(LedgerError):
            check_extract(changed, KITA, keys(office))
    for missing in ("review", "register"):
        with pytest.raises(LedgerError):
            check_extract(told.file, KITA, {n: k for n, k in keys(office).items() if f"/{missing}/" not in n})
    (tmp_path / "file").write_bytes(data)
    lines = "".join(f"{log_key(name, key)}\n" for name, key in keys(office).items())
    (tmp_path / "keys").write_text(lines, "utf-8")
    words = ["ledger", "extract", str(tmp_path / "file"), KITA, "--keys", str(tmp_path / "keys")]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == 2
    (tmp_path / "file").write_bytes(data.replace(b'"phone"', b'"email"'))
    assert main(words) == 1


def test_what_lies_longer_ago_than_the_review_looks_back_is_told_all_the_same(office: Office) -> None:
    look(office, "103", reason="phone")
    office.clock.move(days=400)
    assert queue(office).total == 0
    assert [row.reason for row in extract(office).rows] == ["phone"]


def test_nobody_approves_what_they_asked_for_nor_twice_nor_without_the_right(office: Office) -> None:
    look(office, "103", reason="phone")
    day = MORNING.date()
    asked = ProposeExtract(person="103", since=day, until=day, reason="開示 第1号")
    name = office.extracts.propose(call(CHIEF), asked).extract_id
    for actor in (CHIEF, CLERK):
        with pytest.raises(NotAllowed):
            office.extracts.approve(call(actor), ApproveExtract(extract_id=name))
    with pytest.raises(NotAllowed):
        office.extracts.approve(call(OTHER), ApproveExtract(extract_id="none"))


def test_the_file_is_given_once_more_to_either_of_the_two_and_to_nobody_else(office: Office) -> None:
    """What was approved stays what it was, though the review of it has gone on; each time it is given is a record."""
    look(office, "103", reason="phone")
    told = extract(office)
    office.clock.move(minutes=5)
    look(office, "103", reason="post")
    asked = AskExtractFile(extract_id=told.extract_id)
    for actor in (CHIEF, OTHER):
        assert office.extracts.again(call(actor, office.clock.at), asked).file == told.file
    for actor in (CLERK, replace(OTHER, staff_id="011")):
        with pytest.raises(NotAllowed):
            office.extracts.again(call(actor, office.clock.at), asked)
    waiting = ProposeExtract(person="103", since=MORNING.date(), until=MORNING.date(), reason="開示 第2号")
    name = office.extracts.propose(call(CHIEF, office.clock.at), waiting).extract_id
    with pytest.raises(NotAllowed):
        office.extracts.again(call(CHIEF, office.clock.at), AskExtractFile(extract_id=name))
    kinds = [kind for kind, _ in acts(office.own, KITA)]
    assert kinds.count("extract.given") == 2


def test_the_second_person_finds_what_waits_and_sees_who_approved_the_rest(office: Office) -> None:
    look(office, "103", reason="phone")
    extract(office)
    office.clock.move(minutes=1)
    day = MORNING.date()
    asked = ProposeExtract(person="103", since=day, until=day, reason="開示 第2号")
    office.extracts.propose(call(OTHER, office.clock.at), asked)
    rows = office.extracts.listed(call(CHIEF, office.clock.at), AskExtracts()).rows
    assert [(row.request, row.is_own, row.approved_by) for row in rows] == [
        ("開示 第2号", False, ""),
        ("開示 第1号", True, "010"),
    ]
    assert (rows[1].since, rows[1].until) == (day, day + timedelta(days=3))
    with pytest.raises(NotAllowed):
        office.extracts.listed(call(CLERK), AskExtracts())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('what = "terminal"\nground = "third_person"', 'what = "terminal"\nground = "nobody"'),
        ('what = "terminal"', 'what = "colour"'),
        ('told = ["at", "way"', 'told = ["staff_name", "at", "way"'),
        ('state = "to_be_asked"', 'state = "asked"'),
        ("version = 1", "version = 1\nmore = 2"),
    ],
)
def test_rules_that_forget_a_field_or_a_state_are_refused(tmp_path: Path, old: str, new: str) -> None:
    """A field that is neither told nor withheld, a state without a rule, a ground that is not there."""
    text = RULES.read_text("utf-8")
    assert old in text
    file = tmp_path / "disclosure.toml"
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataFault):
        load_disclosure(file)
    assert load_disclosure(RULES).version == 1
