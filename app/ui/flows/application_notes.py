"""What the rules say of a form, as notes: findings with their places, limits, amounts, papers."""

import re
from collections.abc import Sequence

from app.domain.amounts import RowAmount
from app.domain.checks import Finding
from app.domain.clock import TOKYO
from app.domain.days import Month
from app.domain.deadlines import Limit
from app.domain.era import wareki, wareki_month
from app.domain.present import Words
from app.domain.procedure import Level, Paper, Procedure
from app.ui.kit import Kit
from app.ui.screens.application import Counted, FindingShown, Place
from app.ui.widgets.alerts import Note
from app.ui.widgets.chip import Kind
from app.ui.widgets.steps import Step, StepState
from app.wire.draft import Draft

_CURSOR = re.compile(r"(?:(?P<group>\w+)\[(?P<row>[0-9]+)\]\.)?(?P<field>\w+)")
CARRIED = "carried"
"""A value's source where it was said in this visit: this word, a colon, the title of the form that said it."""
_SHOWN = 2
"""So many findings stand in words above the form; the others are reached by key."""


def place_of(cursor: str) -> Place | None:
    """The place that a draft's cursor names."""
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        return None
    return Place(found["field"], found["group"] or "", int(found["row"]) if found["row"] else -1)


def part_of(procedure: Procedure, place: Place, otherwise: int) -> int:
    """Which part of the form a place stands in, from 0; ``otherwise`` for what stands in none."""
    sections = [section.id for section in procedure.sections]
    field, group = procedure.field(place.field), procedure.group(place.field)
    name = field.section if field else group.section if group else ""
    return sections.index(name) if name in sections else otherwise


def place_label(kit: Kit, procedure: Procedure, cursor: str) -> str:
    """What the field at a place is called, within a group with its row; "" for no place."""
    place = place_of(cursor)
    field = procedure.field(place.field) if place else None
    if place is None or field is None:
        return ""
    group = procedure.group(place.group)
    return kit.texts.review.row(group.label, place.row + 1, field.label) if group else field.label


def steps_of(procedure: Procedure, findings: Sequence[Finding], current: int) -> tuple[Step, ...]:
    """The parts of the form with their state: behind, here, ahead, or with an error elsewhere."""
    wrong = {
        part_of(procedure, Place(name), -1)
        for finding in findings
        if finding.check != procedure.missing.id and finding.level is Level.ERROR
        for name in finding.fields
    }
    steps = []
    for at, section in enumerate(procedure.sections):
        state = StepState.DONE if at < current else StepState.AHEAD
        state = StepState.ERROR if at in wrong else state
        steps.append(Step(section.title, StepState.CURRENT if at == current else state))
    return tuple(steps)


def present_words(kit: Kit) -> Words:
    """The few words that values need."""
    parts = kit.texts.parts
    return Words(parts.yes, parts.no, parts.empty_value, kit.texts.limits.yen, dict(kit.messages.words("number_state")))


class FormNotes:
    """From the rules' values to what is read."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    def source(self, source: str) -> str:
        """The word for where a value came from."""
        words = self._kit.texts.application
        kind, _, title = source.partition(":")
        if kind == CARRIED:
            heard = self._kit.texts.interview
            return heard.carried_source(title) if title else heard.as_source
        known = {"card": words.from_card, "register": words.from_register, "linked": words.from_linked}
        return known.get(source, words.from_office)

    def kind(self, finding: Finding) -> Kind:
        """Its colour and icon."""
        return "error" if finding.level is Level.ERROR else "warning"

    def ordered(self, procedure: Procedure, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Those that say something is wrong before those that say a field is empty."""
        return tuple(sorted(findings, key=lambda one: one.check == procedure.missing.id))

    def place(self, finding: Finding) -> Place | None:
        """Where to look."""
        if not finding.fields:
            return None
        return Place(finding.fields[0], finding.group, -1 if finding.row is None else finding.row)

    def findings(self, procedure: Procedure, findings: Sequence[Finding]) -> tuple[Counted, tuple[FindingShown, ...]]:
        """Counts by sort, and the first in words."""
        parts = self._kit.texts.parts
        real = [one for one in findings if one.check != procedure.missing.id]
        errors = sum(one.level is Level.ERROR for one in real)
        shown = tuple(
            FindingShown(
                parts.error if one.level is Level.ERROR else parts.confirm, self.kind(one), f"{one.what}{one.next}"
            )
            for one in real[:_SHOWN]
        )
        return Counted(errors, len(real) - errors, len(findings) - len(real)), shown

    def returned(self, procedure: Procedure, draft: Draft) -> tuple[Note, ...]:
        """Why it came back, for a draft that corrects; first in the panel at the right."""
        if draft.returned is None:
            return ()
        words, back = self._kit.texts.application, draft.returned.step
        known = procedure.step(back.step)
        by = words.returned_by(
            known.title if known else back.step, back.name, f"{back.at.astimezone(TOKYO):%m/%d %H:%M}"
        )
        lines = (
            self._kit.messages.word("return_reason", back.reason),
            place_label(self._kit, procedure, back.field),
            back.note,
            by,
        )
        return (Note(words.returned_note, "\n".join(line for line in lines if line), "warning"),)

    def at_field(self, draft: Draft) -> tuple[Place, str] | None:
        """The field that it came back for, and why in a sentence to stand there."""
        back = None if draft.returned is None else draft.returned.step
        place = None if back is None else place_of(back.field)
        if back is None or place is None:
            return None
        reason = self._kit.messages.word("return_reason", back.reason)
        said = "　".join(part for part in (reason, back.note) if part)
        return place, self._kit.texts.merge.returned(said, back.name)

    def limits(
        self, limits: Sequence[Limit], amounts: Sequence[RowAmount], papers: Sequence[Paper]
    ) -> tuple[Note, ...]:
        """What handing in today would mean, for the panel at the right."""
        words = self._kit.texts.limits
        notes = [
            Note(
                words.title(one.label, wareki(one.last_day)),
                self._limit(one),
                "information" if one.kept else "warning",
                "clock",
            )
            for one in limits
        ]
        if amounts:
            yen = f"{sum(one.yen for one in amounts):,}{words.yen}"
            notes.append(Note(words.amount, words.amount_text(yen, len(amounts)), "information"))
        if papers:
            notes.append(Note(words.papers, "\n".join(one.label for one in papers), "quiet", "document"))
        return tuple(notes)

    def _limit(self, limit: Limit) -> str:
        words = self._kit.texts.limits
        kept, late = limit.start_if_kept, limit.start_if_late
        if kept is None or late is None:
            return words.kept_plain if limit.kept else words.late_plain
        if limit.kept:
            return words.kept(_month(kept))
        return words.late(_month(kept), _month(late), limit.months_lost)


def _month(month: Month) -> str:
    return wareki_month(month.year, month.month)
