"""Findings and looks in words: why something stands out, who looked when and at whom."""

from app.domain.clock import TOKYO
from app.ui.flows.admin_acts import moment
from app.ui.kit import Kit
from app.ui.screens.access import FiguresShown, FindingShown
from app.ui.screens.access_finding import FindingWhole
from app.ui.widgets.chip import Kind
from app.ui.widgets.day_bars import DayBar
from app.ui.widgets.timeline import Happening
from app.wire.access_review import DayCount, FindingRow, FindingView, LookRow, ReasonRow, ReviewQueue

_GRAVE = 100
"""From this score on a finding is marked as grave. Assumed."""
_STATE: dict[str, Kind] = {"": "quiet", "to_be_asked": "warning", "justified": "success", "misuse_reported": "error"}
_EXPLAINED = frozenset({"named", "search", "household", "errand", "slip", "reason"})
_LABEL_EVERY = 5


class AccessReader:
    """Makes words of messages."""

    def __init__(self, kit: Kit) -> None:
        self._kit, self._word = kit, kit.messages.word

    def rows(self, queue: ReviewQueue) -> tuple[FindingShown, ...]:
        """Lines of the list."""
        return tuple(map(self._row, queue.rows))

    def figures(self, queue: ReviewQueue, *, settled: bool) -> FiguresShown:
        """Above the list."""
        words = self._kit.texts.access
        by_matter = queue.explained - queue.by_reason
        parts = (
            (words.by_matter, by_matter),
            (words.by_reason, queue.by_reason),
            (words.unexplained, queue.total - queue.explained),
        )
        whole = max(1, queue.total)
        count = sum(row.outcome in {"", "to_be_asked"} for row in queue.rows)
        return FiguresShown(
            lead="" if settled else words.lead(queue.total, queue.looked_back_days, count),
            own=words.own(queue.own) if queue.own and not settled else "",
            days=tuple(self._bar(place, day) for place, day in enumerate(queue.days)),
            shares=tuple((words.share_of(word, f"{100 * one / whole:.1f}%"), one) for word, one in parts),
        )

    def whole(self, view: FindingView) -> FindingWhole:
        """One finding with its surroundings."""
        words, row = self._kit.texts.access_finding, view.row
        since, until = moment(row.first_at), moment(row.last_at)
        earlier = ""
        if row.outcome and row.settled_at is not None:
            outcome = self._word("access_outcome", row.outcome)
            earlier = words.earlier(outcome, row.settled_by, moment(row.settled_at), row.note)
        return FindingWhole(
            about=words.about(self._staff(row), since, until, row.accesses),
            reasons=tuple(f"{self._kit.texts.access.points(one.points)}　{self._reason(one)}" for one in row.reasons),
            looks=tuple(map(self._look, view.looks)),
            is_cut=view.is_cut,
            earlier=earlier,
        )

    def outcome(self, code: str) -> str:
        """An outcome's word."""
        return self._word("access_outcome", code)

    def _row(self, row: FindingRow) -> FindingShown:
        words = self._kit.texts.access
        state = self._word("access_outcome", row.outcome) if row.outcome else words.not_looked
        last = row.last_at.astimezone(TOKYO)
        return FindingShown(
            finding_id=row.finding_id,
            score=words.points(row.score),
            kind="error" if row.score >= _GRAVE else "warning",
            staff=self._staff(row),
            why=words.between.join(map(self._reason, row.reasons)),
            accesses=words.accesses_of(row.accesses),
            when=f"{last.month}/{last.day} {last:%H:%M}",
            state=state,
            state_kind=_STATE.get(row.outcome, "quiet"),
        )

    def _staff(self, row: FindingRow) -> str:
        return self._kit.texts.access.staff_named(row.staff_id, row.staff_name) if row.staff_name else row.staff_id

    def _reason(self, one: ReasonRow) -> str:
        fact = self._word("access_fact", one.fact)
        if not one.count:
            return fact
        return self._kit.texts.access.counted(fact, one.count, self._word("access_fact_unit", one.fact))

    def _look(self, look: LookRow) -> Happening:
        words, word = self._kit.texts.access_finding, self._word
        whom = words.person(look.person) if look.person else words.found(look.found) if look.found else ""
        near = [word("access_near", kind) for kind in look.near]
        matter = word("lookup_reason", look.reason) if look.reason else words.no_visit
        if look.visit:
            matter = words.visit(look.visit[-6:])
        why, local = word("access_why", look.why), look.at.astimezone(TOKYO)
        day = f"{local.month}/{local.day}"
        between = self._kit.texts.access.between
        kind: Kind = "quiet" if look.why in _EXPLAINED else "error"
        return Happening(
            time=f"{local:%H:%M}",
            who=look.terminal,
            title=between.join(part for part in (word("access_way", look.way), whom, *near) if part),
            detail=between.join((day, matter, why, words.part) if look.is_part else (day, matter, why)),
            kind="warning" if look.is_part else kind,
        )

    def _bar(self, place: int, day: DayCount) -> DayBar:
        name = f"{day.day.month}/{day.day.day}"
        said = self._kit.texts.access.chart_day(name, day.by_matter, day.by_reason, day.unexplained)
        label = "" if place % _LABEL_EVERY else name
        return DayBar(label, said, (day.by_matter, day.by_reason, day.unexplained))
