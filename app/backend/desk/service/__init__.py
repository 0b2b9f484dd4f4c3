"""What the desk does when asked: visits, leave for numbers, reception, review, notices, take-overs, journals."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.backend.desk.ports import Addresses, DeskBook, Enquiries, Enrolments
from app.backend.desk.ports.review import Protections
from app.backend.desk.service.batch import Batch
from app.backend.desk.service.counting import Counting
from app.backend.desk.service.deputies import Deputies
from app.backend.desk.service.evidence import IdentityRules, Judge
from app.backend.desk.service.holding import Holding
from app.backend.desk.service.journals import Journals
from app.backend.desk.service.leave import Leave
from app.backend.desk.service.notices import PostRoom
from app.backend.desk.service.reception import Reception
from app.backend.desk.service.reenrolled import ReenrolledJournals
from app.backend.desk.service.review import Review
from app.backend.desk.service.takeover import TakeOver
from app.backend.desk.service.visits import Visits
from app.backend.desk.service.waiting import Books
from app.domain.call import Call
from app.domain.delegation import WHOEVER_DECIDES, Delegation
from app.domain.procedure import Procedure
from app.trust.guardianship import GuardianLists, no_guardians


@dataclass(frozen=True, slots=True)
class DeskService:
    """The desk's use cases, by what they are about."""

    visits: Visits
    reception: Reception
    review: Review
    journals: Journals
    leave: Leave
    post_room: PostRoom
    take_over: TakeOver
    holding: Holding
    batch: Batch
    deputies: Deputies
    counting: Counting


class NobodyProtected:
    """Where no register is served beside the desk, nobody is known to be under a restraint."""

    def protected(self, call: Call, business_numbers: Collection[str]) -> frozenset[str]:  # noqa: ARG002 -- as its port
        return frozenset()


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What the desk asks of other slices: answers of enquiries, registered addresses, when terminals were enrolled.

    ``protections``: who is under a restraint; ``delegation``: the office's table of who decides what.
    """

    enquiries: Enquiries
    addresses: Addresses
    enrolments: Enrolments | None = None
    guardians: GuardianLists = no_guardians
    protections: Protections = field(default_factory=NobodyProtected)
    delegation: Delegation = WHOEVER_DECIDES


def desk_service(
    book: DeskBook, procedures: Mapping[str, Procedure], identity: IdentityRules, neighbours: Neighbours
) -> DeskService:
    """The desk on its book. ``procedures``: id → procedure, as read from their files; ``identity``: shipped rules."""
    books = Books(procedures, neighbours.delegation, neighbours.protections)
    review = Review(book, books, neighbours.enquiries)
    return DeskService(
        visits=Visits(book),
        reception=Reception(book, procedures, Judge(identity), neighbours.addresses),
        review=review,
        journals=ReenrolledJournals(book, neighbours.enrolments, neighbours.guardians),
        leave=Leave(book, procedures),
        post_room=PostRoom(book, procedures),
        take_over=TakeOver(book),
        holding=Holding(book, books),
        batch=Batch(book, books, review),
        deputies=Deputies(book, neighbours.delegation),
        counting=Counting(book, procedures),
    )
