"""応対票: what a resident takes home of a visit is what happened, in plain words, and nothing else of the records."""

from datetime import date

from app.domain.act import Act
from app.services.compose_form import Issuer
from app.services.compose_visit_slip import Served, compose_visit_slip, parse_slip_words
from app.services.ports.seat import Press, Visit
from app.shipped import read_toml
from app.wire.desk import Receipt
from tests.support.slices import MORNING

WORDS = parse_slip_words(read_toml("text", "visit_slip.toml"))
ISSUER = Issuer("見本市長", "見本市", "見本県", {})
RECEIPT = Receipt(
    application_id="a", number="R8-000012", receipt_date=date(2026, 11, 20), state="received", version=1, proof="証明"
)


def act(kind: str) -> Act:
    return Act(kind, MORNING, "991007", "k1001", "T-01", "t", visit="v1")


def slip(*kinds: str, served: Served | None = None):
    served = served or Served("見本　花子", (("児童手当", RECEIPT), ("転居届", None)))
    at = (Press("t", "k", MORNING), Visit("v1", "A012", MORNING))
    return compose_visit_slip(at, served, [act(kind) for kind in kinds], WORDS, (ISSUER, "様", "訓練"))


def test_each_deed_of_the_visit_stands_with_its_time_in_the_residents_words():
    content = slip("visit.opened", "person.confirmed", "application.received")
    assert [(row.label, row.value) for row in content.sections[0].rows] == [
        ("10:00", "本人確認をしました"),
        ("10:00", "申請を受け付けました"),
    ]
    assert (content.addressee, content.number) == ("見本　花子 様", "番号札 A012")


def test_other_records_of_access_do_not_reach_a_citizen_this_way():
    """不開示: reviews, searches and the office's own looks are told by the disclosure procedure only."""
    told = slip("register.searched", "timeline.opened", "queue.shown", "capture.refused", "person.confirmed")
    assert len(told.sections[0].rows) == 1


def test_what_has_arrived_has_its_proof_and_what_is_on_its_way_says_so():
    content = slip("application.received")
    assert [(row.label, row.value) for row in content.sections[1].rows] == [
        ("児童手当", "R8-000012"),
        ("転居届", "受付番号は後日お知らせします"),
    ]
    assert [(one.label, one.text) for one in content.proofs] == [("児童手当 R8-000012", "証明")]
