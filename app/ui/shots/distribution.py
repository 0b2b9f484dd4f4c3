"""Pictures of distribution: applications, receiving systems, linkage records, changes that could not be told."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtWidgets import QWidget

from app.domain.distribution import DistributionRules, parse_distribution
from app.errors import Refused
from app.ui.flows.distribution_words import DistributionReader
from app.ui.flows.register_words import moment
from app.ui.resources import read_toml
from app.ui.screen import Screen
from app.ui.screens.distribution_linkage import DistributionLinkageScreen
from app.ui.screens.distribution_systems import DistributionSystemsScreen
from app.ui.screens.distribution_untold import DistributionUntoldScreen, UntoldLine
from app.ui.screens.distribution_use import Deed, DistributionUseScreen, UseShown
from app.ui.screens.distribution_use_form import DistributionUseFormScreen, ItemOffered
from app.ui.screens.distribution_uses import DistributionUsesScreen
from app.ui.screens.fact_table import FactShown, facts_of
from app.ui.screens.register_fields import FieldShown
from app.ui.shots.stage import Shot, Stage
from app.ui.window import Window
from app.wire.resident_base import ITEMS
from app.wire.resident_base_office import ApplicationRow, LinkageRow, SystemRow

_SYSTEM = "healthinsurance"


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every screen in its states."""
    made = Made(stage)
    found: tuple[tuple[str, Callable[[], QWidget]], ...] = (
        ("100-distribution-uses", made.uses),
        ("100-distribution-uses-empty", lambda: made.uses(filled=False)),
        ("101-distribution-use", made.use),
        ("101-distribution-use-refusing", lambda: made.use(asking=True)),
        ("102-distribution-use-form", made.form),
        ("102-distribution-use-form-missing", lambda: made.form(missing=True)),
        ("103-distribution-systems", made.systems),
        ("103-distribution-systems-resend", lambda: made.systems(asking=True)),
        ("104-distribution-linkage", made.linkage),
        ("104-distribution-linkage-empty", lambda: made.linkage(filled=False)),
        ("105-distribution-untold", made.untold),
        ("105-distribution-untold-refused", lambda: made.untold(refused=True)),
    )
    return tuple(Shot(name, build) for name, build in found)


class Made:
    """Builds the windows from invented values."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._kit = stage, stage.kit
        self.sample: dict[str, dict[str, str]] = read_toml("text", "shots_distribution.toml")
        self.rules: DistributionRules = parse_distribution(read_toml("tables", "distribution.toml"), ITEMS)
        self._reader = DistributionReader(self._kit, self.rules)
        self._at = datetime.fromisoformat(self.sample["use"]["at"])
        self._today = self._at.date()

    def window(self, screen: Screen) -> Window:
        """The window between two visits."""
        window = self._stage.window(screen)
        window.show_visit(None)
        return window

    def _row(
        self, system: str, state: str, days: tuple[str, str] = ("since", "until"), reason: str = ""
    ) -> ApplicationRow:
        one, sample = self.rules.systems[system], self.sample["use"]
        since, until = (date.fromisoformat(sample[day]) for day in days)
        return ApplicationRow(
            application_id=f"{system}-{state}",
            system=system,
            title=one.title,
            purpose=sample["purpose"],
            items=one.items,
            since=since,
            until=until,
            with_before=one.with_before,
            state=state,
            entered_by=sample["by"],
            entered_at=self._at,
            version=1,
            reason=reason,
        )

    def uses(self, *, filled: bool = True) -> QWidget:
        screen = DistributionUsesScreen(self._kit)
        window = self.window(screen)
        screen.show_offered(applies=True)
        rows = (
            self._row(_SYSTEM, "waiting"),
            self._row("library", "approved", ("began", "until")),
            self._row("immigration", "approved"),
            self._row("childcare", "refused", reason=self.sample["use"]["reason"]),
            self._row("elections", "approved", ("long_ago", "over")),
        )
        shown = rows if filled else ()
        words = self._kit.texts.distribution_uses
        screen.show_lines([self._reader.use(one, self._today) for one in shown], words.count(len(shown), int(filled)))
        return window

    def use(self, *, asking: bool = False) -> QWidget:
        screen, words = DistributionUseScreen(self._kit), self._kit.texts.distribution_use
        window, row, numbered = self.window(screen), self._row(_SYSTEM, "waiting"), self._kit.texts.distribution_uses
        facts = facts_of(
            (words.state, self._reader.state(row, self._today)[0]),
            (words.system, row.title),
            (words.purpose, row.purpose),
            (words.ground, self._reader.ground(row.system)),
            (words.period, self._reader.period(row)),
            (words.before, words.with_before),
            (words.entered, words.by_at(row.entered_by, moment(row.entered_at))),
        )
        items = tuple(
            FactShown(self._reader.item(one), *((numbered.with_number, "warning") if one == "my_number" else ("",)))
            for one in row.items
        )
        deeds: frozenset[Deed] = frozenset({"approve", "refuse"})
        screen.show_use(UseShown(facts, items[::-1], deeds, (words.waits,)))
        if asking:
            screen.do("return_case")
        return window

    def form(self, *, missing: bool = False) -> QWidget:
        screen, words = DistributionUseFormScreen(self._kit), self._kit.texts.distribution_use_form
        window, one = self.window(screen), self.rules.systems[_SYSTEM]
        systems = tuple((each.id, each.title) for each in self.rules.systems.values())
        fields = (
            FieldShown("system", words.system, "choice", systems, required=True),
            FieldShown("with_before", words.with_before, "yes_no", support=words.with_before_support),
            FieldShown("since", words.since, "day", required=True),
            FieldShown("until", words.until, "day", support=words.until_support(5), required=True),
            FieldShown("purpose", words.purpose, "long", support=words.purpose_support, required=True),
        )
        sample = self.sample["use"]
        values = {"system": _SYSTEM, "with_before": "no", "since": sample["since"]}
        values |= {} if missing else {"until": sample["until"], "purpose": sample["purpose"]}
        screen.show_form(fields, values)
        wanted = {"name", "birth", "address", "my_number"}
        items = [ItemOffered(each, self._reader.item(each), each in wanted, each == "my_number") for each in one.items]
        screen.show_items(items[::-1], words.ground(one.ground))
        if missing:
            screen.show_missing({"until": words.until_missing, "purpose": words.purpose_missing}, "")
        else:
            screen.show_kept(self._kit.texts.office.resumed)
        return window

    def systems(self, *, asking: bool = False) -> QWidget:
        screen, words = DistributionSystemsScreen(self._kit), self._kit.texts.distribution_systems
        window = self.window(screen)
        stands = (
            ("assistance", "stopped", (124, 120, 118), "ahead", 1),
            ("library", "open", (9999, 9997, 9997), "office.unreachable", 4),
            ("elections", "open", (47, 47, 45), "", 0),
            ("childcare", "suspended", (30, 12, 12), "", 0),
            ("immigration", "none", (0, 0, 0), "", 0),
        )
        rows = [self._system(*one) for one in stands]
        now = self._kit.clock.now()
        lines = [self._reader.system(one, now, tends=True) for one in rows]
        screen.show_lines(lines, words.count(len(lines), 2, 24))
        if asking:
            screen.do("save")
        return window

    def _system(self, name: str, state: str, counts: tuple[int, int, int], cause: str, attempts: int) -> SystemRow:
        one, is_open = self.rules.systems[name], state != "none"
        last, told, taken = counts
        return SystemRow(
            system=name,
            title=one.title,
            state=state,
            last=last,
            told=told,
            taken=taken,
            attempts=attempts,
            cause=cause,
            items=one.items if is_open else (),
            allowed=one.items,
            pushed=name != "elections",
            next_at=self._kit.clock.now() if last > taken else None,
            until=date.fromisoformat(self.sample["use"]["until"]) if is_open else None,
        )

    def linkage(self, *, filled: bool = True) -> QWidget:
        screen, words = DistributionLinkageScreen(self._kit), self._kit.texts.distribution_linkage
        window, sample = self.window(screen), self.sample["linkage"]
        systems = tuple((each.id, each.title) for each in self.rules.systems.values())
        fields = (
            FieldShown("subject", words.subject),
            FieldShown("system", words.system, "choice", systems),
            FieldShown("reason", words.reason, support=words.reason_support, required=True),
            FieldShown("since", words.since, "day"),
            FieldShown("until", words.until, "day"),
        )
        values = {"subject": sample["subject"], "reason": sample["reason"], "since": self._today.isoformat()}
        screen.show_form(fields, values if filled else {})
        if not filled:
            screen.show_missing({"subject": words.subject_missing, "reason": words.reason_missing})
            return window
        events = (("library", "sent"), ("assistance", "sent_again"), ("elections", "fetched"), (_SYSTEM, "read"))
        rows = [
            LinkageRow(
                index=place,
                at=self._at - timedelta(hours=7 * place),
                event=event,
                subject=sample["subject"],
                system=system,
                items=self.rules.systems[system].items[: 3 + place],
                sequence=0 if event == "read" else 118 - place,
                register_sequence=4000 - place,
                application_id="",
            )
            for place, (system, event) in enumerate(events)
        ]
        screen.show_lines([self._reader.record(one) for one in rows], words.count_more(len(rows), 1), more=True)
        return window

    def untold(self, *, refused: bool = False) -> QWidget:
        screen, words = DistributionUntoldScreen(self._kit), self._kit.texts.distribution_untold
        window = self.window(screen)
        if refused:
            screen.show_failed(self._kit.messages.of(Refused("not_possible")))
            return window
        reasons = ("items_missing", "unreadable")
        lines = [
            UntoldLine(place, self.sample["untold"]["subject"], moment(self._at), "1", self._reader.cause(reason))
            for place, reason in enumerate(reasons)
        ]
        screen.show_lines(lines, words.count(len(lines)))
        return window
