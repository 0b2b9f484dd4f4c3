"""How the resident network is worked with: hours, caps and periods, as read from the shipped table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.exchange_rules import Hours, hours_of
from app.domain.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkRules:
    """``erase_after_days``, ``planned_within_days``: of a special move-in, from the planned day on.

    ``register_tasks``: tasks of the register itself that enquire, besides those whose files name the network.
    ``still_lost``, ``still_ended``: what else is to be asked of the holder of a lost card, of one that ended.
    ``page``: people compared at a time; ``keep_days``: how long a difference that was worked off can be looked at.
    """

    hours: Hours
    search_most: int
    erase_after_days: int
    planned_within_days: int
    register_tasks: frozenset[str]
    still_lost: tuple[str, ...]
    still_ended: tuple[str, ...]
    page: int
    keep_days: int

    def erase_on(self, planned_on: date) -> date:
        """The day from which on the data of a special move-in are gone. Source: R-084; the days are in the table."""
        return planned_on + timedelta(days=self.erase_after_days + 1)

    def is_late(self, planned_on: date, day: date) -> bool:
        """Whether a move planned for ``planned_on`` can't be filed with the card any more."""
        return day > planned_on + timedelta(days=self.planned_within_days)


def parse_network_rules(values: Mapping[str, object], *, is_training: bool) -> NetworkRules:
    """Read the table. Errors: DataFault naming the place."""
    table = Table(values, "resident_network")
    if table.count("version") != 1:
        raise table.fault("version", "version")
    service, training = hours_of(table.table("hours")), hours_of(table.table("training_hours"))
    search, moving, tasks, card, comparison = (
        table.table(name) for name in ("search", "moving_in", "register_tasks", "card", "comparison")
    )
    for one, name in (
        (search, "confidence"),
        (moving, "erase_source"),
        (moving, "erase_confidence"),
        (moving, "planned_confidence"),
        (tasks, "confidence"),
        (card, "confidence"),
        (comparison, "confidence"),
    ):
        one.text(name)
    rules = NetworkRules(
        hours=training if is_training else service,
        search_most=search.count("most"),
        erase_after_days=moving.count("erase_after_days"),
        planned_within_days=moving.count("planned_within_days"),
        register_tasks=frozenset(tasks.texts("tasks")),
        still_lost=card.texts("still_lost"),
        still_ended=card.texts("still_ended"),
        page=comparison.count("page"),
        keep_days=comparison.count("keep_days"),
    )
    for one in (search, moving, tasks, card, comparison):
        one.finish(None)
    return table.finish(rules)
