"""What did not hold, for supervisors: shown with who took note of it; taking note is itself a record (C-12)."""

from collections.abc import Sequence

from app.backend.ledger.ports import Alarm, AlarmBook, AlarmNote, AlarmUnit
from app.backend.ledger.service.witness import LOST, REVIEW
from app.domain.act import act_of
from app.domain.call import Call
from app.errors import Conflict, NotAllowed, Refused
from app.wire.ledger_alarms import (
    AlarmList,
    AlarmNoted,
    AlarmView,
    AskAlarms,
    NoteAlarm,
    NoteRow,
    OutsideWitness,
)

MOST = 500
"""How many alarms are shown, the newest. Assumed: far more than anybody looks at."""


class Alarms:
    """The supervisors' use cases. ``counterparts``: municipalities that witness the logs here."""

    def __init__(self, book: AlarmBook, counterparts: Sequence[str] = ()) -> None:
        self._book = book
        self._counterparts = counterparts

    def shown(self, call: Call, _: AskAlarms) -> AlarmList:
        """All alarms of the municipality; that somebody looked is recorded. Errors: NotAllowed."""
        call.demand(REVIEW)

        def look(unit: AlarmUnit) -> AlarmList:
            alarms = [one for one in unit.alarms(call.municipality) if one.kind != LOST]
            newest = sorted(alarms, key=lambda one: one.at, reverse=True)[:MOST]
            rows = tuple(_view(one, unit.notes(one)) for one in newest)
            waiting = sum(not row.notes for row in rows)
            unit.record(act_of(call, "ledger.alarms_viewed", alarms=len(rows), waiting=waiting))
            logs = len(unit.logs(call.municipality))
            return AlarmList(rows=rows, witnesses=self._witnesses(unit, call.municipality), logs=logs)

        return self._book.write(look)

    def note(self, call: Call, asked: NoteAlarm) -> AlarmNoted:
        """Keep who took note of an alarm, and what they found.

        Errors: NotAllowed for none such; Refused ``finding_missing``; Conflict when somebody was first.
        """
        call.demand(REVIEW)
        if not asked.note.strip():
            raise Refused("finding_missing")

        def keep(unit: AlarmUnit) -> AlarmNoted:
            place = (asked.log, asked.kind, asked.size)
            alarm = next(
                (one for one in unit.alarms(call.municipality) if (one.log, one.kind, one.size) == place), None
            )
            if alarm is None:
                raise NotAllowed
            known, actor = len(unit.notes(alarm)), call.actor
            if known != asked.known or not unit.add_note(
                alarm, known + 1, AlarmNote(actor.staff_id, actor.name, asked.note.strip(), call.at)
            ):
                raise Conflict(version=known)
            act = act_of(call, "ledger.alarm_noted", about=asked.log, fault=asked.kind, size=asked.size)
            return AlarmNoted(proof=unit.record(act))

        return self._book.write(lambda unit: unit.once(call, asked, AlarmNoted, lambda: keep(unit)))

    def _witnesses(self, unit: AlarmUnit, municipality: str) -> tuple[OutsideWitness, ...]:
        sizes = {one.log: one.size for one in unit.logs(municipality)}
        found = []
        for counterpart in self._counterparts:
            shown = {one.log: one for one in unit.shown(municipality, counterpart)}
            behind = sum(log not in shown or shown[log].size != size for log, size in sizes.items())
            at = max((one.at for one in shown.values()), default=None)
            found.append(OutsideWitness(municipality=counterpart, at=at, behind=behind))
        return tuple(found)


def _view(alarm: Alarm, notes: Sequence[AlarmNote]) -> AlarmView:
    rows = tuple(NoteRow(staff_id=n.staff_id, staff_name=n.staff_name, note=n.note, at=n.at) for n in notes)
    return AlarmView(log=alarm.log, kind=alarm.kind, size=alarm.size, at=alarm.at, found_by=alarm.found_by, notes=rows)
