"""一時解除: asked for by one person, agreed to by another under an ID of their own, used by neither who agreed."""

from dataclasses import replace
from datetime import datetime, timedelta

from app.backend.register.ports import Resident
from app.backend.register.service.changing import ChangeBook, ChangeUnit, Release
from app.backend.register.service.guard import demand_id, refusals_kept
from app.backend.register.service.issuing import ISSUE
from app.backend.register.service.present import RELEASE
from app.domain.act import Detail, act_of
from app.domain.call import Call
from app.domain.register_rules import RegisterRules
from app.domain.rights import ANY, allowed
from app.errors import Conflict, NotAllowed, Refused
from app.wire.message import Nothing
from app.wire.register_restraint import (
    AskReleases,
    ConfirmRelease,
    EndRelease,
    GrantRelease,
    ReleaseRow,
    Releases,
)

WAIT = timedelta(minutes=60)
"""How long what was asked for waits for the second person. Assumed."""
ASKED, GRANTED = "asked", "granted"
_LONGEST = 1000


class ReleaseService:
    """The use cases of releases. What no release opens (agents, post, wide area …) is decided where it is used."""

    def __init__(self, book: ChangeBook, rules: RegisterRules) -> None:
        self._book = book
        self._rules = rules

    def ask(self, call: Call, asked: GrantRelease) -> ReleaseRow:
        """Ask that an act be let through for some minutes. Nothing is let through before another person agreed.

        Errors: NotAllowed; Refused ``reason_missing``, ``too_long``, ``not_restrained``.
        """
        if not any(allowed(call.actor, one, ANY, ANY, day=call.day) for one in (RELEASE, ISSUE)):
            raise NotAllowed
        release_id = demand_id(asked.release_id)

        def keep(unit: ChangeUnit) -> ReleaseRow:
            found = unit.person(call.municipality, asked.business_number)
            if found is None:
                raise NotAllowed
            _demand_restrained(call, found.resident, asked.act)
            release = Release(
                municipality=call.municipality,
                release_id=release_id,
                business_number=asked.business_number,
                act=asked.act,
                granted_by="",
                granted_at=call.at,
                until=call.at + WAIT,
                reason=asked.reason.strip()[:_LONGEST],
                visit_id=asked.visit_id,
                asked_by=call.actor.staff_id,
                minutes=asked.minutes,
            )
            unit.measures.release(release)
            _record(unit, call, "restraint.release_asked", release)
            return _row(call, release, found.resident.name)

        with refusals_kept(self._book, call, "restraint.release", asked.business_number):
            if not asked.reason.strip():
                raise Refused("reason_missing")
            if not 0 < asked.minutes <= self._rules.release_most_minutes:
                raise Refused("too_long", most=self._rules.release_most_minutes)
            return self._book.write(lambda unit: unit.once(call, asked, ReleaseRow, lambda: keep(unit)))

    def confirm(self, call: Call, asked: ConfirmRelease) -> ReleaseRow:
        """The second person's word; the minutes run from now on. The restraint comes back by itself.

        Errors: NotAllowed where nothing waits; Conflict when somebody was first; Refused ``same_person``,
        ``not_restrained``.
        """
        call.demand(RELEASE)

        def keep(unit: ChangeUnit) -> ReleaseRow:
            release = self._waiting(unit, call, asked.release_id)
            found = unit.person(call.municipality, release.business_number)
            if found is None:
                raise NotAllowed
            if not asked.agreed:
                unit.measures.end_release(call.municipality, release.release_id, call.at)
                _record(unit, call, "restraint.release_declined", release)
                return _row(call, replace(release, until=call.at), found.resident.name)
            _demand_restrained(call, found.resident, release.act)
            until = call.at + timedelta(minutes=release.minutes)
            granted = replace(release, granted_by=call.actor.staff_id, granted_at=call.at, until=until)
            unit.measures.grant_release(granted)
            _record(unit, call, "restraint.released", granted)
            return _row(call, granted, found.resident.name)

        with refusals_kept(self._book, call, "restraint.release_confirm", asked.release_id):
            return self._book.write(lambda unit: unit.once(call, asked, ReleaseRow, lambda: keep(unit)))

    def listed(self, call: Call, asked: AskReleases) -> Releases:
        """What waits for a second person and what is let through now; the look is a record. Errors: NotAllowed."""
        call.demand(RELEASE)
        return self._listed(call, asked.person, "")

    def own(self, call: Call, asked: AskReleases) -> Releases:
        """Likewise what the caller asked for, for who issues. Errors: NotAllowed."""
        call.demand(ISSUE)
        return self._listed(call, asked.person, call.actor.staff_id)

    def end(self, call: Call, asked: EndRelease) -> Nothing:
        """End a release now. Errors: NotAllowed where none is in force."""
        call.demand(RELEASE)

        def end(unit: ChangeUnit) -> Nothing:
            if not unit.measures.end_release(call.municipality, asked.release_id, call.at):
                raise NotAllowed
            unit.record(act_of(call, "restraint.release_ended", about=asked.release_id))
            return Nothing()

        with refusals_kept(self._book, call, "restraint.release_end", asked.release_id):
            return self._book.write(end)

    def _listed(self, call: Call, about: str, asked_by: str) -> Releases:
        def look(unit: ChangeUnit) -> Releases:
            every = unit.measures.releases(call.municipality, about, call.at)
            found = [one for one in every if not asked_by or one.asked_by == asked_by]
            people = {one.business_number: unit.person(call.municipality, one.business_number) for one in found}
            names = {number: "" if one is None else one.resident.name for number, one in people.items()}
            unit.record(act_of(call, "restraint.releases_listed", about=about, releases=len(found)))
            found.sort(key=lambda one: (bool(one.granted_by), one.until, one.release_id))
            return Releases(rows=tuple(_row(call, one, names[one.business_number]) for one in found))

        return self._book.write(look)

    @staticmethod
    def _waiting(unit: ChangeUnit, call: Call, release_id: str) -> Release:
        release = unit.measures.one_release(call.municipality, release_id)
        if release is None:
            raise NotAllowed
        if release.granted_by or release.until <= call.at:
            raise Conflict(version=1)
        if release.asked_by == call.actor.staff_id:
            raise Refused("same_person")
        return release


def _demand_restrained(call: Call, person: Resident, act: str) -> None:
    if not any(one.act == act and one.holds_on(call.day) for one in person.restraints):
        raise Refused("not_restrained")


def _record(unit: ChangeUnit, call: Call, kind: str, release: Release) -> None:
    what: dict[str, Detail] = {"act": release.act, "minutes": release.minutes, "release": release.release_id}
    what["asked_by"] = release.asked_by
    unit.record(act_of(call, kind, visit=release.visit_id, about=release.business_number, **what))


def _row(call: Call, one: Release, name: str) -> ReleaseRow:
    may_release = allowed(call.actor, RELEASE, ANY, ANY, day=call.day)
    is_open = one.until > call.at
    may: tuple[str, ...] = ()
    if may_release and is_open:
        waits_for_me = not one.granted_by and one.asked_by != call.actor.staff_id
        may = ("confirm", "end") if waits_for_me else ("end",)
    return ReleaseRow(
        release_id=one.release_id,
        business_number=one.business_number,
        act=one.act,
        until=one.until,
        name=name,
        granted_by=one.granted_by,
        granted_at=one.granted_at if one.granted_by else None,
        asked_by=one.asked_by,
        asked_at=_asked_at(one),
        minutes=one.minutes,
        reason="" if one.granted_by else one.reason,
        state=GRANTED if one.granted_by else ASKED,
        may=may,
    )


def _asked_at(one: Release) -> datetime | None:
    return None if one.granted_by else one.granted_at
