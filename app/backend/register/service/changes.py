"""All that changes the register, put together on one book."""

from collections.abc import Callable
from dataclasses import dataclass

from app.backend.register.service.approving import ApprovalService
from app.backend.register.service.changing import ChangeBook
from app.backend.register.service.coming import AnnouncementService, RegisterTurn
from app.backend.register.service.drafting import Drafter
from app.backend.register.service.entries import EntryService
from app.backend.register.service.histories import HistoryService
from app.backend.register.service.issuing import IssueService
from app.backend.register.service.match import Matcher
from app.backend.register.service.measures import MeasureService
from app.backend.register.service.releasing import ReleaseService
from app.backend.register.service.waiting import Waiting
from app.domain.clock import Clock
from app.domain.names import NameFolder
from app.domain.number import MyNumber
from app.domain.register_rules import RegisterRules


@dataclass(frozen=True, slots=True)
class RegisterChanges:
    """The use cases of changes, by what they are about. ``turn``: what the day brings, to be run by a pump."""

    entries: EntryService
    approvals: ApprovalService
    histories: HistoryService
    announcements: AnnouncementService
    measures: MeasureService
    releases: ReleaseService
    issue: IssueService
    turn: RegisterTurn


def register_changes(
    book: ChangeBook,
    folder: NameFolder,
    rules: RegisterRules,
    clock: Clock,
    read_number: Callable[[str], MyNumber] = MyNumber,
) -> RegisterChanges:
    """The register's changes. ``folder`` must be the one that the index is made with."""
    matcher = Matcher(folder)
    drafter = Drafter(matcher, rules, read_number)
    waiting = Waiting(drafter, rules)
    return RegisterChanges(
        entries=EntryService(book, drafter, waiting),
        approvals=ApprovalService(book, matcher, rules, waiting),
        histories=HistoryService(book, rules),
        announcements=AnnouncementService(book, rules),
        measures=MeasureService(book, matcher, rules),
        releases=ReleaseService(book, rules),
        issue=IssueService(book),
        turn=RegisterTurn(book, matcher, drafter, clock),
    )
