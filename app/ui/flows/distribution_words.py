"""Applications, systems and linkage records in words: items by their names, days in wareki, causes as sentences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.clock import TOKYO
from app.domain.distribution import NUMBER, DistributionRules
from app.domain.era import wareki_short
from app.ui.flows.register_words import moment
from app.ui.kit import Kit
from app.ui.screens.distribution_linkage import LinkageLine
from app.ui.screens.distribution_systems import SystemLine
from app.ui.screens.distribution_uses import UseLine
from app.ui.widgets.chip import Kind
from app.wire.resident_base_office import ApplicationRow, LinkageRow, SystemRow

_USE: dict[str, Kind] = {"waiting": "information", "approved": "success"}
_SYSTEM: dict[str, Kind] = {"open": "success", "suspended": "warning", "stopped": "error"}
_FEW, _LINE = 2, 8


@dataclass(frozen=True, slots=True)
class DistributionReader:
    """Makes words of messages. ``rules``: the list of systems as shipped."""

    kit: Kit
    rules: DistributionRules

    def item(self, name: str) -> str:
        """An item's name."""
        return self.kit.messages.word("register_item", name)

    def items(self, names: Sequence[str]) -> str:
        """All of them in one line."""
        return self.kit.texts.distribution_uses.between.join(map(self.item, names))

    def few(self, names: Sequence[str], more: Callable[[str, int], str], most: int = _FEW) -> str:
        """The first of them, and how many more."""
        shown = self.items(names[:most])
        return more(shown, len(names) - most) if len(names) > most else shown

    def ground(self, system: str) -> str:
        """根拠: on what it rests that this system is told at all."""
        found = self.rules.systems.get(system)
        return self.kit.texts.office.nothing if found is None else found.ground

    def title(self, system: str) -> str:
        """A system's name."""
        found = self.rules.systems.get(system)
        return system if found is None else found.title

    def state(self, row: ApplicationRow, today: date) -> tuple[str, Kind]:
        """An application's state today: an approved one may be ahead or over."""
        words = self.kit.texts.distribution_uses
        if row.state == "approved" and row.until < today:
            return words.over, "quiet"
        if row.state == "approved" and today < row.since:
            return words.ahead, "information"
        return self.kit.messages.word("use_state", row.state), _USE.get(row.state, "quiet")

    def period(self, row: ApplicationRow) -> str:
        """Both days."""
        return self.kit.texts.distribution_uses.period_of(wareki_short(row.since), wareki_short(row.until))

    def use(self, row: ApplicationRow, today: date) -> UseLine:
        """An application as a line."""
        words = self.kit.texts.distribution_uses
        state, kind = self.state(row, today)
        note = words.note(row.purpose, self.ground(row.system))
        return UseLine(
            application_id=row.application_id,
            state=state,
            state_kind=kind,
            system=row.title,
            items=self.few([one for one in row.items if one != NUMBER], words.few),
            number=NUMBER in row.items,
            period=self.period(row),
            by=row.entered_by,
            note=words.note_reason(note, row.reason) if row.reason else note,
        )

    def cause(self, code: str) -> str:
        """What delays or stopped it."""
        return self.kit.messages.word("base_cause", code)

    def system(self, row: SystemRow, now: datetime, *, tends: bool) -> SystemLine:
        """A receiving system as a line. ``tends``: this person may do something about it."""
        words = self.kit.texts.distribution_systems
        known = self.few(row.items, self.kit.texts.distribution_uses.few, _LINE)
        items = words.note_items(known) if row.items else words.no_items
        note = words.note_cause(self.cause(row.cause), row.attempts, items) if row.cause else items
        due = words.none
        if not row.pushed:
            due = words.fetches
        elif row.next_at is not None and row.state == "open":
            due = words.at_once if row.next_at <= now else moment(row.next_at)
        return SystemLine(
            system=row.system,
            title=row.title,
            state=self.kit.messages.word("base_state", row.state),
            state_kind=_SYSTEM.get(row.state, "quiet"),
            last=str(row.last),
            told=str(row.told),
            taken=str(row.taken),
            gap=str(max(0, row.told - row.taken)),
            waiting=str(max(0, row.last - row.told)),
            next_at=due,
            until=words.none if row.until is None else wareki_short(row.until),
            note=note,
            deeds=_deeds(row) if tends else frozenset(),
        )

    def record(self, row: LinkageRow) -> LinkageLine:
        """A linkage record as a line."""
        words = self.kit.texts.distribution_linkage
        local = row.at.astimezone(TOKYO)
        items = self.items(row.items) or words.no_items
        return LinkageLine(
            at=f"{wareki_short(local.date())} {local:%H:%M}",
            event=self.kit.messages.word("linkage_event", row.event),
            subject=row.subject,
            system=self.title(row.system),
            items=self.few(row.items, words.few) or words.no_items,
            sequence=str(row.sequence) if row.sequence else self.kit.texts.distribution_systems.none,
            note=words.note(items),
        )


def _deeds(row: SystemRow) -> frozenset[str]:
    """What fits its state, as the office holds it too."""
    if row.state == "suspended":
        return frozenset({"resume"})
    if row.state not in {"open", "stopped"}:
        return frozenset()
    found = {"suspend"}
    if row.pushed and row.told:
        found.add("resend")
    if row.state == "stopped" or row.attempts:
        found.add("again")
    return frozenset(found)
