"""A use application being entered: only what the system may apply for is offered; kept while it is typed."""

from collections.abc import Callable
from datetime import date

from app.domain.distribution import FOREIGNERS, NUMBER, DistributionRules, ReceivingSystem
from app.services.ports.seat import Session
from app.services.tend_distribution import TendDistribution
from app.ui.flows.distribution_words import DistributionReader
from app.ui.flows.office_flow import OfficeMeans, TypedFlow
from app.ui.flows.register_filing import day_in
from app.ui.kit import Kit
from app.ui.screens.distribution_use_form import DistributionUseFormScreen, ItemOffered
from app.ui.screens.register_fields import FieldShown
from app.wire.resident_base_office import ApplicationRow, UseApplication

_ITEMS = "items"
_BETWEEN = ","


class UseFormFlow(TypedFlow[DistributionUseFormScreen]):
    """``done`` carries title and sentence."""

    form = "distribution.use"

    def __init__(
        self,
        kit: Kit,
        screen: DistributionUseFormScreen,
        means: OfficeMeans,
        case: TendDistribution,
        rules: DistributionRules,
    ) -> None:
        super().__init__(kit, screen, means)
        self._case, self._rules, self._reader = case, rules, DistributionReader(kit, rules)
        screen.edited.connect(self._on_edited)
        screen.toggled.connect(self._on_toggled)
        screen.all_asked.connect(self._on_all)
        screen.save_asked.connect(self._on_save)
        screen.empty_asked.connect(lambda: self.empty(self._first()))

    def begin(self, session: Session) -> None:
        """Open the form."""
        self.start(session, {}, self._first())

    def fill(self) -> None:
        self.screen.show_form(self._fields(), self._values)
        self._show_items()

    def _first(self) -> dict[str, str]:
        return {"since": self.today().isoformat(), "with_before": "no"}

    def _system(self) -> ReceivingSystem | None:
        return self._rules.systems.get(self._values.get("system", ""))

    def _wanted(self) -> list[str]:
        system = self._system()
        named = self._values.get(_ITEMS, "").split(_BETWEEN)
        return [] if system is None else [one for one in system.items if one in named]

    def _fields(self) -> tuple[FieldShown, ...]:
        words = self._kit.texts.distribution_use_form
        systems = tuple((one.id, one.title) for one in self._rules.systems.values())
        return (
            FieldShown("system", words.system, "choice", systems, required=True),
            FieldShown("with_before", words.with_before, "yes_no", support=words.with_before_support),
            FieldShown("since", words.since, "day", required=True),
            FieldShown(
                "until", words.until, "day", support=words.until_support(self._rules.longest_years), required=True
            ),
            FieldShown("purpose", words.purpose, "long", support=words.purpose_support, required=True),
        )

    def _show_items(self) -> None:
        system, words = self._system(), self._kit.texts.distribution_use_form
        if system is None:
            self.screen.show_items((), "")
            return
        wanted = self._wanted()
        rows = [ItemOffered(one, self._reader.item(one), one in wanted, one == NUMBER) for one in system.items]
        ground = words.ground(system.ground)
        foreign = self._kit.texts.office.between.join((ground, words.foreigners))
        self.screen.show_items(rows, foreign if system.whom == FOREIGNERS else ground)

    def _on_edited(self, name: str, value: str) -> None:
        self.edit(name, value)
        if name == "system":
            self._show_items()

    def _on_toggled(self, item: str) -> None:
        wanted = set(self._wanted()) ^ {item}
        self.edit(_ITEMS, _BETWEEN.join(sorted(wanted)))
        self._show_items()

    def _on_all(self) -> None:
        """All at once, but never the number: that one is chosen by itself."""
        system = self._system()
        if system is not None:
            kept = set(self._wanted()) & {NUMBER}
            self.edit(_ITEMS, _BETWEEN.join(sorted({*system.items} - {NUMBER} | kept)))
            self._show_items()

    def _on_save(self) -> None:
        words, values, wanted = self._kit.texts.distribution_use_form, self._values, self._wanted()
        system = self._system()
        checks: tuple[tuple[str, Callable[[], bool], str], ...] = (
            ("system", lambda: system is not None, words.system_missing),
            ("since", lambda: self._day("since") is not None, words.since_missing),
            ("until", lambda: self._day("until") is not None, words.until_missing),
            ("purpose", lambda: bool(values.get("purpose")), words.purpose_missing),
        )
        missing = {name: said for name, is_there, said in checks if not is_there()}
        since, until = self._day("since"), self._day("until")
        if missing or not wanted or system is None or since is None or until is None:
            self.screen.show_missing(missing, "" if wanted or missing else words.items_missing)
            return
        self.screen.show_working()
        asked = UseApplication(
            application_id=self._entry_id,
            system=system.id,
            purpose=values["purpose"],
            items=tuple(wanted),
            since=since,
            until=until,
            with_before=values.get("with_before") == "yes" and system.with_before,
        )
        self.ask(lambda press, it: self._case.apply(press, it, asked), self._on_kept, self.pressed())

    def _day(self, name: str) -> date | None:
        return day_in(self._values.get(name, ""))

    def _on_kept(self, _: ApplicationRow) -> None:
        words = self._kit.texts.distribution_use_form
        self.sent(words.done, words.done_text)
