"""What the boundary to the resident network is ruled by: hours, pace, periods, allowed items, reasons of changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from app.domain.exchange_rules import Hours, hours_of
from app.domain.resident_network import ChangeReason
from app.domain.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkRelayRules:
    """``per_minute``: things sent to the network at most. ``silence``: how long the register may not be heard of.

    ``items``: what is kept of a resident for wide-area issue; ``reasons``: kind of change → why the network is told;
    ``places``: names of municipalities → code; ``number_kinds``, ``number_reasons``: who enters without a 個人番号 by
    these gets one; ``moving_out_reasons``: who leaves by these has no paper but a card. The rest as the table names it.
    """

    hours: Hours
    register_hours: Hours
    per_minute: int
    silence: timedelta
    announcement_days: int
    kept: timedelta
    password_days: int
    renewal_days: int
    session: timedelta
    items: frozenset[str]
    reasons: Mapping[str, ChangeReason]
    places: Mapping[str, str]
    heads: tuple[str, ...]
    number_kinds: frozenset[str]
    number_reasons: frozenset[str]
    moving_out_reasons: frozenset[str]


def parse_network_relay(
    values: Mapping[str, object], names: Mapping[str, str], heads: tuple[str, ...], *, is_training: bool
) -> NetworkRelayRules:
    """Read the shipped table. ``names``: municipality → code; ``heads``: how a head of household is written.

    Errors: DataFault naming the place.
    """
    table = Table(values, "network_relay")
    if table.count("version") != 1:
        raise table.fault("version", "version")
    service, register = hours_of(table.table("hours")), hours_of(table.table("register_hours"))
    training = hours_of(table.table("training_hours"))
    wide_area = table.table("wide_area")
    wide_area.text("confidence")
    items = wide_area.finish(frozenset(wide_area.texts("items")))
    delivery, moving = table.table("delivery"), table.table("moving_out")
    numbered = delivery.finish((frozenset(delivery.texts("kinds")), frozenset(delivery.texts("reasons"))))
    leaving = moving.finish(frozenset(moving.texts("reasons")))
    return table.finish(
        NetworkRelayRules(
            hours=training if is_training else service,
            register_hours=training if is_training else register,
            per_minute=table.count("per_minute"),
            silence=timedelta(minutes=table.count("silence_minutes")),
            announcement_days=table.count("announcement_days"),
            kept=timedelta(days=table.count("kept_days")),
            password_days=table.count("password_days"),
            renewal_days=table.count("renewal_days"),
            session=timedelta(hours=table.count("session_hours")),
            items=items,
            reasons=_reasons(values, table),
            places={**names, **_texts(values, table, "places")},
            heads=heads,
            number_kinds=numbered[0],
            number_reasons=numbered[1],
            moving_out_reasons=leaving,
        )
    )


def _reasons(values: Mapping[str, object], table: Table) -> dict[str, ChangeReason]:
    found = _texts(values, table, "reasons")
    for name, reason in found.items():
        if reason not in set(ChangeReason):
            raise table.fault("unknown_value", f"reasons.{name}")
    return {name: ChangeReason(reason) for name, reason in found.items()}


def _texts(values: Mapping[str, object], table: Table, key: str) -> dict[str, str]:
    one = table.table(key)
    given = values[key]
    names = list(given) if isinstance(given, Mapping) else []
    return one.finish({str(name): one.text(str(name)) for name in names})
