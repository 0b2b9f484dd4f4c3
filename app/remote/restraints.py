"""Restraints of the register, and its leave to issue and to print, over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire.message import Nothing
from app.wire.register_restraint import (
    AskIssue,
    AskMeasures,
    AskReleases,
    ChangeMeasure,
    CheckPaper,
    CheckPrint,
    ConfirmRelease,
    DecideMeasure,
    EndRelease,
    GrantRelease,
    IssueVerdict,
    MarkSystem,
    MeasureRow,
    Measures,
    MeasureView,
    OpenMeasure,
    PaperLeave,
    PrintLeave,
    ReleaseRow,
    Releases,
    RequestMeasure,
)

_AT = "/register/v1"


class HttpRestraints:
    """See ``Restraints``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def request(self, press: Press, session: Session, asked: RequestMeasure) -> MeasureRow:
        return self._line.ask(f"{_AT}/measure", asked, MeasureRow, headers(press, session))

    def change(self, press: Press, session: Session, asked: ChangeMeasure) -> MeasureRow:
        return self._line.ask(f"{_AT}/measure/change", asked, MeasureRow, headers(press, session))

    def decide(self, press: Press, session: Session, asked: DecideMeasure) -> MeasureRow:
        return self._line.ask(f"{_AT}/measure/decide", asked, MeasureRow, headers(press, session))

    def mark_system(self, press: Press, session: Session, asked: MarkSystem) -> MeasureView:
        return self._line.ask(f"{_AT}/measure/system", asked, MeasureView, headers(press, session))

    def measures(self, press: Press, session: Session, person: str) -> Measures:
        return self._line.ask(f"{_AT}/measures", AskMeasures(person=person), Measures, headers(press, session))

    def open_measure(self, press: Press, session: Session, measure_id: str) -> MeasureView:
        asked = OpenMeasure(measure_id=measure_id)
        return self._line.ask(f"{_AT}/measure/open", asked, MeasureView, headers(press, session))

    def release(self, press: Press, session: Session, asked: GrantRelease, *, issues_only: bool = False) -> ReleaseRow:
        path = f"{_AT}/release/ask" if issues_only else f"{_AT}/release"
        return self._line.ask(path, asked, ReleaseRow, headers(press, session))

    def confirm_release(self, press: Press, session: Session, asked: ConfirmRelease) -> ReleaseRow:
        return self._line.ask(f"{_AT}/release/confirm", asked, ReleaseRow, headers(press, session))

    def releases(self, press: Press, session: Session, person: str, *, own: bool = False) -> Releases:
        path = f"{_AT}/releases/own" if own else f"{_AT}/releases"
        return self._line.ask(path, AskReleases(person=person), Releases, headers(press, session))

    def end_release(self, press: Press, session: Session, release_id: str) -> None:
        self._line.ask(f"{_AT}/release/end", EndRelease(release_id=release_id), Nothing, headers(press, session))


class HttpIssueLeave:
    """See ``IssueLeave``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def judge(self, press: Press, session: Session, asked: AskIssue) -> IssueVerdict:
        return self._line.ask(f"{_AT}/issue", asked, IssueVerdict, headers(press, session))

    def check_print(self, press: Press, session: Session, asked: CheckPrint) -> PrintLeave:
        return self._line.ask(f"{_AT}/print", asked, PrintLeave, headers(press, session))

    def check_paper(self, press: Press, session: Session, asked: CheckPaper) -> PaperLeave:
        return self._line.ask(f"{_AT}/print/paper", asked, PaperLeave, headers(press, session))
