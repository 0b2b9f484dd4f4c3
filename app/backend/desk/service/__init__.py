"""What the desk does when asked: visits, leave for numbers, reception, review, terminals' journals."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.backend.desk.ports import DeskBook, Enquiries
from app.backend.desk.service.journals import Journals
from app.backend.desk.service.leave import Leave
from app.backend.desk.service.reception import Reception
from app.backend.desk.service.review import Review
from app.backend.desk.service.visits import Visits
from app.domain.procedure import Procedure


@dataclass(frozen=True, slots=True)
class DeskService:
    """The desk's use cases, by what they are about."""

    visits: Visits
    reception: Reception
    review: Review
    journals: Journals
    leave: Leave


def desk_service(book: DeskBook, procedures: Mapping[str, Procedure], enquiries: Enquiries) -> DeskService:
    """The desk on its book. ``procedures``: id → procedure, as read from their files."""
    return DeskService(
        visits=Visits(book),
        reception=Reception(book, procedures),
        review=Review(book, procedures, enquiries),
        journals=Journals(book),
        leave=Leave(book, procedures),
    )
