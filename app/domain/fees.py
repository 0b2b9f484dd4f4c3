"""手数料: what a certificate costs, and on what ground it costs nothing; amounts and grounds are data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.person import Capacity
from app.domain.tables import Table
from app.errors import NotUnderstood, Refused

_LEVELS = ("P", "K", "A")


@dataclass(frozen=True, slots=True)
class Exemption:
    """減免の理由. ``capacities``: who may have it, empty for everybody; ``by_itself``: it applies unasked.

    ``needs_spoiled``: only for a copy that takes the place of a spoiled one.
    """

    id: str
    title: str
    kinds: tuple[str, ...]
    capacities: frozenset[Capacity]
    by_itself: bool
    needs_spoiled: bool

    def fits(self, kind: str, capacity: Capacity, *, replaces: bool) -> bool:
        """Whether it may be given."""
        is_for = not self.capacities or capacity in self.capacities
        return kind in self.kinds and is_for and (replaces or not self.needs_spoiled)


@dataclass(frozen=True, slots=True)
class Fee:
    """What is taken for one copy, yen, or why nothing is. ``assumed``: the amount awaits the city's rule.

    ``title``: where no other table says what it is for.
    """

    yen: int
    exemption: str = ""
    assumed: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class FeeTable:
    """All amounts and grounds."""

    amounts: Mapping[str, Fee]
    exemptions: Sequence[Exemption]

    def fee(self, kind: str, capacity: Capacity, wanted: str = "", *, replaces: bool = False) -> Fee:
        """For one copy. ``wanted``: the ground that was named. Errors: NotUnderstood; Refused ``no_exemption``."""
        full = self.amounts.get(kind)
        if full is None:
            raise NotUnderstood(what="fee")
        fitting = self.offered(kind, capacity, replaces=replaces)
        if wanted and wanted not in {one.id for one in fitting}:
            raise Refused("no_exemption")
        given = wanted or next((one.id for one in fitting if one.by_itself), "")
        return Fee(0, given) if given and full.yen else full

    def offered(self, kind: str, capacity: Capacity, *, replaces: bool = False) -> tuple[Exemption, ...]:
        """The grounds that may be named."""
        return tuple(one for one in self.exemptions if one.fits(kind, capacity, replaces=replaces))


def parse_fees(values: Mapping[str, object]) -> FeeTable:
    """Read resources/tables/fees.toml or desk_fees.toml. Errors: DataFault naming the place."""
    table = Table(values, "fees")
    if table.count("version") != 1:
        raise table.fault("version", "version")
    fees = [_fee(one) for one in table.tables("fee")]
    exemptions = tuple(_exemption(one) for one in table.tables("exemption"))
    if len(dict(fees)) != len(fees) or len({one.id for one in exemptions}) != len(exemptions):
        raise table.fault("each_once", "fee")
    return table.finish(FeeTable(dict(fees), exemptions))


def _fee(one: Table) -> tuple[str, Fee]:
    level, yen = one.text("confidence"), one.count("yen")
    if level not in _LEVELS or yen < 0:
        raise one.fault("unknown_value", "confidence" if level not in _LEVELS else "yen")
    return one.finish((one.text("kind"), Fee(yen, assumed=level == "A", title=one.text("title", ""))))


def _exemption(one: Table) -> Exemption:
    one.text("confidence")
    capacities = one.texts("capacities")
    if not set(capacities) <= set(Capacity):
        raise one.fault("unknown_value", "capacities")
    return one.finish(
        Exemption(
            id=one.text("id"),
            title=one.text("title"),
            kinds=one.texts("kinds"),
            capacities=frozenset(map(Capacity, capacities)),
            by_itself=one.flag("by_itself", default=False),
            needs_spoiled=one.flag("needs_spoiled", default=False),
        )
    )
