"""The review, its outcomes and extracts are kept on both engines, and recorded (C-12)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from app.backend.review.store import settled_table
from app.errors import NotAllowed
from app.wire.access_review import ApproveExtract, ProposeExtract
from tests.edge.backend.review.acting import CHIEF, CLERK, OTHER, look, queue, settle, view
from tests.edge.backend.review.conftest import Office
from tests.support.slices import KITA, MORNING, acts, call


def test_the_review_is_recorded_and_so_is_whoever_looks_and_what_they_find(office: Office) -> None:
    look(office, "103")
    (row,) = queue(office).rows
    view(office, row.finding_id)
    assert settle(office, row.finding_id).proof
    kinds = [kind for kind, _ in acts(office.own, KITA)]
    assert kinds == ["review.made", "review.finding_viewed", "review.settled"]
    assert acts(office.own, KITA)[-1][1]["outcome"] == "justified"
    assert queue(office).rows == ()
    (done,) = queue(office, settled=True).rows
    assert (done.outcome, done.note, done.settled_by) == ("justified", "確認した。", "職員009")


def test_the_store_takes_no_outcome_of_who_did_it_themselves(office: Office) -> None:
    row = {
        "municipality": KITA, "finding_id": "f", "version": 1, "staff_id": "001", "outcome": "justified",
        "reviewer": "001", "reviewer_name": "x", "at": MORNING, "sealed": b"x",
    }  # fmt: skip
    with pytest.raises(IntegrityError):
        office.own.database.write(lambda connection: connection.execute(settled_table.insert().values(**row)))


def extract(office: Office, person_number: str = "103") -> str:
    day = MORNING.date()
    asked = ProposeExtract(person=person_number, since=day, until=day + timedelta(days=3), reason="開示 第1号")
    return office.extracts.propose(call(CHIEF, office.clock.at), asked).extract_id


def test_an_extract_for_the_person_needs_two_and_leaves_out_staff_and_what_is_under_review(office: Office) -> None:
    look(office, "103", reason="phone")
    office.clock.move(hours=1)
    look(office, "103", actor=replace(CLERK, staff_id="002"))
    name = extract(office)
    with pytest.raises(NotAllowed):
        office.extracts.approve(call(CHIEF, office.clock.at), ApproveExtract(extract_id=name))
    told = office.extracts.approve(call(OTHER, office.clock.at), ApproveExtract(extract_id=name))
    withheld = ("staff_name", "staff_id", "terminal")
    assert [(one.way, one.reason, one.withheld) for one in told.rows] == [("open", "phone", withheld)]
    assert told.left_out == {"under_review": 1}
    kinds = [kind for kind, _ in acts(office.own, KITA)]
    assert kinds[-2:] == ["extract.proposed", "extract.approved"]
