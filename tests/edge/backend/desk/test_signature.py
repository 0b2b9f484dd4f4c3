"""A signature is kept with its application, sealed; the ledger says what it was given for; on both engines."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace as changed
from sqlalchemy import Connection, select

from app.backend.desk.store.tables import METADATA
from app.domain.signature import Point, Signature, SignMeans
from app.errors import NotUnderstood
from app.wire.desk import OpenApplication
from app.wire.signature import ShownItem, SignatureMark, digest_of, marked
from tests.edge.backend.desk.conftest import AUTHOR, CHECKER, CLAIM, FACTS, Office
from tests.support.slices import KITA, acts

AT = datetime(2026, 11, 20, 0, 5, tzinfo=UTC)
SHOWN = (
    ShownItem(place="claimant_name", label="名前", text="髙橋　花子", value="髙橋　花子"),
    ShownItem(place="children[0].child_name", label="児童 1　名前", text="髙橋　太郎", value="髙橋　太郎"),
)
STROKES = (tuple(Point(10 * n, 40 + n, 100, 10 * n) for n in range(30)),)


def mark(application_id: str = "a1") -> SignatureMark:
    hand = Signature(SignMeans.PEN, 600, 200, STROKES)
    return SignatureMark(
        means=hand.means,
        language="ja",
        shown=SHOWN,
        digest=digest_of(application_id, CLAIM, "ja", SHOWN),
        signed_at=AT,
        strokes=marked(hand),
        width=hand.width,
        height=hand.height,
    )


def told(office: Office) -> dict[str, object]:
    """What the ledger says of the last hand-in."""
    return [what for kind, what in acts(office.slice, KITA) if kind == "application.handed_in"][-1]


def test_whoever_reviews_sees_the_signature_with_what_was_shown_and_the_ledger_has_its_digest(office: Office) -> None:
    office.receive(signature=mark())
    view = office.desk.review.open(office.call(CHECKER), OpenApplication(application_id="a1"))
    assert view.signature == mark()
    kept = told(office)
    assert (kept["signed"], kept["signed_by"], kept["signature"]) == (mark().digest, "pen", "holds")


def test_nothing_of_what_was_signed_lies_in_clear(office: Office) -> None:
    office.receive(signature=mark())

    def everything(connection: Connection) -> bytes:
        rows = (tuple(row) for table in METADATA.sorted_tables for row in connection.execute(select(table)))
        return b"\n".join(part if isinstance(part, bytes) else str(part).encode() for row in rows for part in row)

    content = office.slice.database.read(everything)
    assert b"2026-000001" in content
    for told in ("髙橋", "strokes", "pressure", mark().digest):
        assert told.encode() not in content


def test_without_a_signature_nothing_is_said_of_one(office: Office) -> None:
    office.receive()
    assert "signed" not in told(office)
    view = office.desk.review.open(office.call(CHECKER), OpenApplication(application_id="a1"))
    assert view.signature is None


def test_a_field_changed_after_it_is_taken_in_all_the_same_and_told_as_changed(office: Office) -> None:
    office.receive(signature=mark(), facts={**FACTS, "claimant_name": "髙橋　華子"})
    assert told(office)["signature"] == "changed"


@pytest.mark.parametrize("forgery", ["of another application", "words changed under it", "no strokes"])
def test_a_signature_that_is_not_whole_is_not_taken(office: Office, forgery: str) -> None:
    forged = {
        "of another application": mark("a2"),
        "words changed under it": changed(mark(), shown=SHOWN[:1]),
        "no strokes": changed(mark(), strokes=()),
    }[forgery]
    with pytest.raises(NotUnderstood):
        office.receive(signature=forged)
    assert office.receive().number == "2026-000001"


def test_a_returned_application_comes_with_the_signature_it_had_or_a_new_one(office: Office) -> None:
    office.receive(signature=mark())
    office.check(CHECKER, outcome="returned", reason="fix")
    asked = OpenApplication(application_id="a1")
    returned = office.desk.review.open(office.call(AUTHOR), asked)
    assert returned.signature == mark()
    office.receive(version=returned.version, facts={**FACTS, "claimant_phone": "0111111111"}, signature=mark())
    assert told(office)["signature"] == "holds"
    assert office.desk.review.open(office.call(CHECKER), asked).signature == mark()
