"""The register's desk for restraints, and its leave to issue and to print, as a counter sees them."""

from typing import Protocol

from app.services.ports.seat import Press, Session
from app.wire.register_restraint import (
    AskIssue,
    ChangeMeasure,
    CheckPaper,
    CheckPrint,
    ConfirmRelease,
    DecideMeasure,
    GrantRelease,
    IssueVerdict,
    MarkSystem,
    MeasureRow,
    Measures,
    MeasureView,
    PaperLeave,
    PrintLeave,
    ReleaseRow,
    Releases,
    RequestMeasure,
)


class Restraints(Protocol):
    """Measures and releases. Errors as in ``app.services.ports.office``."""

    def request(self, press: Press, session: Session, asked: RequestMeasure) -> MeasureRow:
        """It holds from now on. Errors besides: Refused ``reason_missing``; Conflict; NotUnderstood."""
        ...

    def change(self, press: Press, session: Session, asked: ChangeMeasure) -> MeasureRow:
        """Errors besides: Refused ``too_early``, ``change_waiting``, ``not_waiting``, ``reason_missing``; Conflict."""
        ...

    def decide(self, press: Press, session: Session, asked: DecideMeasure) -> MeasureRow:
        """Errors besides: Refused ``same_person``, ``not_waiting``, ``reason_missing``; Conflict."""
        ...

    def mark_system(self, press: Press, session: Session, asked: MarkSystem) -> MeasureView: ...
    def measures(self, press: Press, session: Session, person: str) -> Measures:
        """Those of one person, or all that hold ("")."""
        ...

    def open_measure(self, press: Press, session: Session, measure_id: str) -> MeasureView: ...
    def release(self, press: Press, session: Session, asked: GrantRelease, *, issues_only: bool = False) -> ReleaseRow:
        """Ask for one; another person agrees. ``issues_only``: as who issues and may lift nothing.

        Errors besides: Refused ``not_restrained``, ``too_long``, ``reason_missing``.
        """
        ...

    def confirm_release(self, press: Press, session: Session, asked: ConfirmRelease) -> ReleaseRow:
        """Errors besides: Refused ``same_person``, ``not_restrained``; Conflict."""
        ...

    def releases(self, press: Press, session: Session, person: str, *, own: bool = False) -> Releases:
        """Those that wait or are in force, of one person or all (""). ``own``: only what the caller asked for."""
        ...

    def end_release(self, press: Press, session: Session, release_id: str) -> None: ...


class IssueLeave(Protocol):
    """Whether a certificate may be issued, and once more whether it may be printed now."""

    def judge(self, press: Press, session: Session, asked: AskIssue) -> IssueVerdict: ...
    def check_print(self, press: Press, session: Session, asked: CheckPrint) -> PrintLeave:
        """Errors besides: Refused ``may_not_print``, ``changed_since``. Asked right before the paper goes out."""
        ...

    def check_paper(self, press: Press, session: Session, asked: CheckPaper) -> PaperLeave:
        """Likewise for a paper of the desk. Errors besides: Refused ``may_not_print``."""
        ...
