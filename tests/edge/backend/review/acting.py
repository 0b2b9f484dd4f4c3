"""What is done at the office, in the words of the tests."""

from app.domain.rights import Actor
from app.wire.access_review import AskFinding, AskReview, FindingView, ReviewQueue, SettleFinding
from app.wire.desk import OpenVisit
from app.wire.register import OpenRecord
from tests.edge.backend.review.conftest import Office
from tests.support.slices import call, person

CLERK = person("001", "register.search", "register.open", "visit.open", "application.receive", "access.review")
CHIEF = person("009", "access.review", "access.extract", "staff.change")
OTHER = person("010", "access.review", "access.extract")


def visit(office: Office, name: str, actor: Actor = CLERK) -> None:
    opening = OpenVisit(visit_id=name, ticket="1", opened_at=office.clock.at)
    office.desk.desk.visits.open(call(actor, office.clock.at), opening)


def look(office: Office, who: str, *, visit: str = "", reason: str = "", actor: Actor = CLERK) -> None:
    asked = OpenRecord(business_number=who, visit_id=visit, reason=reason)
    office.register.open(call(actor, office.clock.at), asked)


def queue(office: Office, actor: Actor = CHIEF, **asked) -> ReviewQueue:
    return office.review.queue(call(actor, office.clock.at), AskReview(**asked))


def view(office: Office, finding_id: str, actor: Actor = CHIEF) -> FindingView:
    return office.review.finding(call(actor, office.clock.at), AskFinding(finding_id=finding_id))


def settle(office: Office, finding_id: str, version: int = 0, outcome: str = "justified", **more):
    asked = SettleFinding(finding_id=finding_id, version=version, outcome=outcome, note=more.pop("note", "確認した。"))
    return office.review.settle(call(more.pop("actor", CHIEF), office.clock.at), asked)
