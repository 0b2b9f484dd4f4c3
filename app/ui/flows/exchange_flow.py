"""What the flows of the exchange share: its use cases, whose information somebody may touch, words for what is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.clock import business_date
from app.domain.conversion.layout import Layout
from app.domain.era import day_as_read, wareki, wareki_year
from app.domain.procedure import Procedure
from app.domain.provision_rules import ProvisionRules
from app.domain.rights import holds
from app.services.exchange_cases import ExchangeCases
from app.ui.flows.asking_flow import AskingFlow
from app.ui.flows.network_flow import moment
from app.ui.flows.office_flow import OfficeMeans
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ExchangeScreen
from app.ui.screens.fact_table import FactShown
from app.ui.texts.exchange import ExchangeTexts
from app.wire.desk import Scalar

Options = tuple[tuple[str, str], ...]
_DIGITS = 15


@dataclass(frozen=True, slots=True)
class ExchangeActs:
    """The use cases and what is shipped. ``procedures``: id → procedure; ``places``: code → municipality by name."""

    means: OfficeMeans
    cases: ExchangeCases
    rules: ProvisionRules
    procedures: Mapping[str, Procedure]
    places: Mapping[str, str]
    layouts: Sequence[Layout]
    municipality: str

    def place(self, code: str) -> str:
        """A municipality or body by its name."""
        return self.places.get(code, code)

    def task(self, procedure: str) -> str:
        """A procedure by its short title."""
        found = self.procedures.get(procedure)
        return procedure if found is None else found.short_title

    def enquiry(self, procedure: str, enquiry: str) -> str:
        """An enquiry of a procedure by its label."""
        found = self.procedures.get(procedure)
        rows = () if found is None else found.enquiries
        return next((one.label for one in rows if one.id == enquiry), enquiry)

    def owner(self, owner: str) -> str:
        """Who owns information, or whose task it is, by name."""
        titles = {rule.owner: rule.owner_title for rule in self.rules.information.values()}
        return titles.get(owner) or self.task(owner)


class ExchangeFlow(AskingFlow[ExchangeScreen]):
    """Works between ``enter`` and ``end``."""

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs) -> None:
        super().__init__(kit, screen, acts.means)
        self._acts, self._cases = acts, acts.cases

    @property
    def words(self) -> ExchangeTexts:
        """All words of the exchange."""
        return self._kit.texts.exchange

    def owners(self, act: str) -> Options:
        """Whose information, or which tasks, a right for ``act`` names; by name."""
        session = self._session
        if session is None:
            return ()
        day = self.today()
        held = (one for one in session.actor.rights if one.act == act and holds(one.since, one.until, day))
        return tuple((name, self._acts.owner(name)) for name in dict.fromkeys(one.procedure for one in held))

    def informations(self, owner: str) -> Options:
        """The kinds of information of an owner."""
        return tuple((name, name) for name in self._acts.rules.of_owner(owner))

    def number(self, name: str) -> tuple[str, str]:
        """A 宛名番号 as typed, and what is wrong with it, "" for nothing."""
        typed = self.said(name)
        sound = typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS
        return (typed.rjust(_DIGITS, "0"), "") if sound and typed else ("", self.words.common.number_wrong)

    def at(self, instant: datetime | None) -> str:
        """Day and time, a dash for none."""
        return moment(instant, self.words.common.none)

    def at_day(self, instant: datetime) -> str:
        """The day of an instant in wareki."""
        return wareki(business_date(instant))

    def about(self, information: str, year: int, since: date | None = None, until: date | None = None) -> str:
        """Information with its year, or with the period that it is about."""
        common = self.words.common
        if since is not None and until is not None:
            return common.of_period(information, wareki(since), wareki(until))
        return common.of_year(information, wareki_year(year)) if year else information

    def reasons(self, what: str) -> Options:
        """Reasons that may be given, by the rules."""
        allowed = self._acts.rules.reasons.get(what, frozenset())
        return tuple((code, text) for code, text in self.options("provision_reason") if code in allowed)

    def items(self, items: Mapping[str, Scalar]) -> tuple[FactShown, ...]:
        """Items by their names, as they are told."""
        return tuple(FactShown(self.word("answer_item", name), self.value(value)) for name, value in items.items())

    def value(self, value: Scalar | None) -> str:
        """A value as it is read."""
        common = self.words.common
        if value is None:
            return common.none
        if isinstance(value, bool):
            return common.yes if value else common.no
        if isinstance(value, int):
            return f"{value:,}"
        return day_as_read(value)

    def names(self, items: Iterable[str]) -> str:
        """Items by their names in one line."""
        return self._kit.texts.office.between.join(self.word("answer_item", one) for one in items)
