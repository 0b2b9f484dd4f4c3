"""What the desk does when asked: visits, leave for numbers, reception, review, notices, take-overs, journals."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.backend.desk.ports import Addresses, DeskBook, Enquiries, Enrolments
from app.backend.desk.service.evidence import IdentityRules, Judge
from app.backend.desk.service.journals import Journals
from app.backend.desk.service.leave import Leave
from app.backend.desk.service.notices import PostRoom
from app.backend.desk.service.reception import Reception
from app.backend.desk.service.reenrolled import ReenrolledJournals
from app.backend.desk.service.review import Review
from app.backend.desk.service.takeover import TakeOver
from app.backend.desk.service.visits import Visits
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


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What the desk asks of other slices: answers of enquiries, registered addresses, when terminals were enrolled."""

    enquiries: Enquiries
    addresses: Addresses
    enrolments: Enrolments | None = None
    guardians: GuardianLists = no_guardians


def desk_service(
    book: DeskBook, procedures: Mapping[str, Procedure], identity: IdentityRules, neighbours: Neighbours
) -> DeskService:
    """The desk on its book. ``procedures``: id → procedure, as read from their files; ``identity``: shipped rules."""
    return DeskService(
        visits=Visits(book),
        reception=Reception(book, procedures, Judge(identity), neighbours.addresses),
        review=Review(book, procedures, neighbours.enquiries),
        journals=ReenrolledJournals(book, neighbours.enrolments, neighbours.guardians),
        leave=Leave(book, procedures),
        post_room=PostRoom(book, procedures),
        take_over=TakeOver(book),
    )
