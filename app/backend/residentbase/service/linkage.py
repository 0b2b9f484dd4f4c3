"""情報連携記録: what was passed on about whom and to which system, found again; old content is forgotten."""

from datetime import datetime, time, timedelta

from app.backend.residentbase.ports import Asked, BaseBook, BaseUnit, Linked
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import TOKYO, Clock
from app.domain.distribution import DistributionRules
from app.errors import Refused
from app.wire.resident_base_office import AskLinkage, Linkage, LinkageRow

LOOK = "linkage.read"
PAGE = 200
_LONGEST = 200


class LinkageRecords:
    """Shows linkage records to who may see them; each look is on record itself."""

    def __init__(self, book: BaseBook) -> None:
        self._book = book

    def look(self, call: Call, asked: AskLinkage) -> Linkage:
        """Errors: Refused ``reason_missing``, ``wrong_period``, ``nothing_asked`` without person and system."""
        call.demand(LOOK)
        reason = asked.reason.strip()[:_LONGEST]
        if not reason:
            raise Refused("reason_missing")
        if not asked.subject and not asked.system:
            raise Refused("nothing_asked")
        if asked.since and asked.until and asked.until < asked.since:
            raise Refused("wrong_period")

        def look(unit: BaseUnit) -> Linkage:
            found = unit.linkage.find(call.municipality, _asked(asked), PAGE + 1)
            period = f"{asked.since or ''}/{asked.until or ''}"
            who = {"about": asked.subject, "system": asked.system}
            act = act_of(call, "linkage.looked", **who, reason=reason, period=period, records=len(found[:PAGE]))
            unit.record([act])
            return Linkage(rows=tuple(map(_row, found[:PAGE])), more=len(found) > PAGE)

        return self._book.write(look)


class Clearing:
    """Forgets the content of changes that all systems have and that are too old to be sent again."""

    def __init__(self, book: BaseBook, rules: DistributionRules, clock: Clock) -> None:
        self._book = book
        self._rules = rules
        self._clock = clock

    def turn(self) -> bool:
        """Never more to do at once."""
        for place in self._book.read(lambda unit: unit.uses.places()):
            self._book.write(lambda unit, place=place: self._clear(unit, place))  # type: ignore[misc]
        return False

    def _clear(self, unit: BaseUnit, place: str) -> None:
        before = self._clock.now() - self._rules.kept
        unit.changes.forget(place, unit.receivers.oldest_untaken(place), before)
        unit.linkage.clear(place)


def _asked(asked: AskLinkage) -> Asked:
    """Business days as instants: the last one with all its hours."""
    since = datetime.combine(asked.since, time(), TOKYO) if asked.since else None
    until = datetime.combine(asked.until, time(), TOKYO) + timedelta(days=1) if asked.until else None
    return Asked(asked.subject, asked.system, asked.before, since, until)


def _row(one: Linked) -> LinkageRow:
    what = one.act.detail()
    return LinkageRow(
        index=one.index,
        at=one.act.at,
        event=one.act.kind.removeprefix("linkage."),
        subject=one.act.about,
        system=str(what["system"]),
        items=tuple(str(what["items"]).split(",")) if what["items"] else (),
        sequence=int(what["sequence"] or 0),
        register_sequence=int(what["register_sequence"] or 0),
        application_id=str(what["use"]),
    )
