"""抑止: measures are seen, asked for and decided by two people; an act is let through for some minutes."""

from app.domain.act import Detail
from app.services.ports.memory import Journal
from app.services.ports.restraints import Restraints
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.register_restraint import (
    ChangeMeasure,
    ConfirmRelease,
    DecideMeasure,
    GrantRelease,
    MarkSystem,
    MeasureRow,
    Measures,
    MeasureView,
    ReleaseRow,
    Releases,
    RequestMeasure,
)

SEE, SET, DECIDE, RELEASE = "restraint.see", "restraint.set", "restraint.decide", "restraint.release"
"""The acts rights are needed for."""


class TendRestraints:
    """The use cases of restraints."""

    def __init__(self, desk: Restraints, journal: Journal) -> None:
        self._desk, self._journal = desk, journal

    def listed(self, press: Press, session: Session, person: str = "") -> Measures:
        """Those that cover ``person``, or all that hold."""
        return recorded(
            self._journal,
            (press, session),
            Doing("restraints.shown", about=person),
            lambda: self._desk.measures(press, session, person),
            lambda found: {"measures": len(found.rows)},
        )

    def open(self, press: Press, session: Session, measure_id: str) -> MeasureView:
        """One whole, with its reasons and the state in every system."""
        doing = Doing("restraint.shown", about=measure_id)
        return recorded(
            self._journal, (press, session), doing, lambda: self._desk.open_measure(press, session, measure_id)
        )

    def request(self, press: Press, session: Session, asked: RequestMeasure) -> MeasureRow:
        """It holds from now on, provisionally. Errors: Refused ``reason_missing``; Conflict."""
        doing = Doing("restraint.requested", asked.visit_id, asked.measure_id, {"measure": asked.kind})
        return recorded(self._journal, (press, session), doing, lambda: self._desk.request(press, session, asked))

    def change(self, press: Press, session: Session, row: MeasureRow, change: str, reason: str) -> MeasureRow:
        """Ask that it end or be extended. Errors: Refused ``too_early``, ``change_waiting``, ``reason_missing``."""
        asked = ChangeMeasure(measure_id=row.measure_id, version=row.version, change=change, reason=reason)
        doing = Doing(f"restraint.{change}_asked", about=row.measure_id)
        return recorded(self._journal, (press, session), doing, lambda: self._desk.change(press, session, asked))

    def decide(self, press: Press, session: Session, row: MeasureRow, outcome: str, reason: str) -> MeasureRow:
        """Another person decides. Errors: Refused ``same_person``, ``reason_missing``, ``not_waiting``."""
        asked = DecideMeasure(measure_id=row.measure_id, version=row.version, outcome=outcome, reason=reason)
        doing = Doing("restraint.decided", about=row.measure_id, what={"outcome": outcome})
        return recorded(self._journal, (press, session), doing, lambda: self._desk.decide(press, session, asked))

    def mark(self, press: Press, session: Session, measure_id: str, system: str, state: str) -> MeasureView:
        """A system was seen to have set or lifted it. Errors: Refused ``wrong_state``."""
        asked = MarkSystem(measure_id=measure_id, system=system, state=state)
        doing = Doing("restraint.system_marked", about=measure_id, what={"system": system})
        return recorded(self._journal, (press, session), doing, lambda: self._desk.mark_system(press, session, asked))

    def release(self, press: Press, session: Session, asked: GrantRelease, *, issues_only: bool = False) -> ReleaseRow:
        """Ask that an act be let through; another person agrees. ``issues_only``: by who may lift nothing.

        Errors: Refused ``not_restrained``, ``too_long``, ``reason_missing``.
        """
        what: dict[str, Detail] = {"act": asked.act, "minutes": asked.minutes}
        doing = Doing("restraint.release_asked", asked.visit_id, asked.business_number, what)
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._desk.release(press, session, asked, issues_only=issues_only),
        )

    def confirm_release(self, press: Press, session: Session, row: ReleaseRow, *, agreed: bool) -> ReleaseRow:
        """The second person's word. Errors: Refused ``same_person``, ``not_restrained``; Conflict."""
        asked = ConfirmRelease(release_id=row.release_id, agreed=agreed)
        what: dict[str, Detail] = {"act": row.act, "minutes": row.minutes}
        kind = "restraint.released" if agreed else "restraint.release_declined"
        doing = Doing(kind, about=row.business_number, what=what)
        return recorded(
            self._journal, (press, session), doing, lambda: self._desk.confirm_release(press, session, asked)
        )

    def released(self, press: Press, session: Session, person: str = "", *, own: bool = False) -> Releases:
        """What waits for a second person or is let through now. ``own``: only what this person asked for."""
        doing = Doing("restraint.releases_shown", about=person)
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._desk.releases(press, session, person, own=own),
            lambda found: {"releases": len(found.rows)},
        )

    def end_release(self, press: Press, session: Session, release: ReleaseRow) -> None:
        """End a release before its time. Errors: NotAllowed where none is in force."""
        doing = Doing("restraint.release_ended", about=release.business_number)
        recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._desk.end_release(press, session, release.release_id),
        )
