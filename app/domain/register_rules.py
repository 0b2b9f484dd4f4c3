"""異動の決まり: kinds of changes of the register, their checks and limits, as read from the shipped table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.tables import Table
from app.errors import NotUnderstood


class Effect(StrEnum):
    """What a change does to records."""

    ENTER = "enter"
    MOVE = "move"
    TRANSFER = "transfer"
    LEAVE = "leave"
    REMOVE = "remove"
    HOUSEHOLD = "household"
    AMEND = "amend"
    STAY = "stay"
    """A planned leaving is called off."""


class Basis(StrEnum):
    """届出 or 職権: on whose act a change rests."""

    NOTIFICATION = "notification"
    EX_OFFICIO = "ex_officio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of change. ``within_days``: the period of a notification, 0 for none.

    ``is_forced``: it may be entered although somebody else's entry about the person waits; ``rebases``: it is applied
    to the record as it is when it is approved. ``may_lie_ahead``: the day of the change may be in the future.
    """

    id: str
    title: str
    effect: Effect
    basis: Basis
    reasons: tuple[str, ...]
    within_days: int = 0
    may_lie_ahead: bool = False
    is_forced: bool = False
    rebases: bool = False


@dataclass(frozen=True, slots=True)
class GuardedSystem:
    """A system in which a protective measure is set by itself. ``is_own``: the register itself."""

    id: str
    title: str
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRules:
    """Everything the table says. ``levels``: check → error or confirm; ``heads``: how the head's relation is written.

    ``bulk_cap``: entries approved at once at most; ``release_most_minutes``: the longest release of a restraint.
    """

    kinds: Mapping[str, Kind]
    levels: Mapping[str, str]
    systems: tuple[GuardedSystem, ...]
    heads: tuple[str, ...]
    bulk_cap: int
    announcement_days: int
    announcement_move_days: int
    release_most_minutes: int
    measure_months: int
    renewal_months: int

    def kind(self, name: str) -> Kind:
        """Errors: NotUnderstood for a kind that there is not."""
        found = self.kinds.get(name)
        if found is None:
            raise NotUnderstood(what="kind")
        return found

    @property
    def head(self) -> str:
        """How the register writes the relation of a head."""
        return self.heads[0]


LEVELS = ("error", "confirm")


def parse_register_rules(values: Mapping[str, object], relations: Mapping[str, object]) -> RegisterRules:
    """Read the tables of changes and of relations. Errors: DataFault naming the place."""
    table = Table(values, "register_entries")
    if table.count("version") != 1:
        raise table.fault("version", "version")
    kinds = [_kind(one) for one in table.tables("kind")]
    levels = [_check(one) for one in table.tables("check")]
    systems = tuple(_system(one) for one in table.tables("system"))
    rules = RegisterRules(
        kinds={one.id: one for one in kinds},
        levels=dict(levels),
        systems=systems,
        heads=Table(relations, "relations").texts("head"),
        bulk_cap=table.count("bulk_cap"),
        announcement_days=table.count("announcement_days"),
        announcement_move_days=table.count("announcement_move_days"),
        release_most_minutes=table.count("release_most_minutes"),
        measure_months=table.count("measure_months"),
        renewal_months=table.count("renewal_months"),
    )
    if len(rules.kinds) != len(kinds) or not rules.heads:
        raise table.fault("each_once", "kind")
    return table.finish(rules)


def _kind(one: Table) -> Kind:
    one.text("confidence")
    effect, basis = one.text("effect"), one.text("basis")
    if effect not in set(Effect):
        raise one.fault("unknown_value", "effect")
    if basis not in set(Basis):
        raise one.fault("unknown_value", "basis")
    return one.finish(
        Kind(
            id=one.text("id"),
            title=one.text("title"),
            effect=Effect(effect),
            basis=Basis(basis),
            reasons=one.texts("reasons"),
            within_days=one.count("within_days", 0),
            may_lie_ahead=one.flag("future", default=False),
            is_forced=one.flag("over_waiting", default=False),
            rebases=one.flag("rebases", default=False),
        )
    )


def _check(one: Table) -> tuple[str, str]:
    one.text("confidence")
    level = one.text("level")
    if level not in LEVELS:
        raise one.fault("unknown_value", "level")
    return one.finish((one.text("id"), level))


def _system(one: Table) -> GuardedSystem:
    return one.finish(GuardedSystem(one.text("id"), one.text("title"), one.flag("own", default=False)))
