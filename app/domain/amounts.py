"""What a procedure pays a month, row by row, by the bands of its data."""

from dataclasses import dataclass
from datetime import date

from app.domain.conditions import Scope, holds
from app.domain.days import Month
from app.domain.facts import Facts, Row, rows_of
from app.domain.procedure import Procedure
from app.domain.procedure_amount import Amount


@dataclass(frozen=True, slots=True)
class RowAmount:
    """Yen for one row of the paid group in one month; ``row`` from 0, ``rank`` from 1 among those who count."""

    row: int
    rank: int
    yen: int
    label: str


def monthly_amounts(procedure: Procedure, facts: Facts, month: Month) -> tuple[RowAmount, ...]:
    """What is paid for ``month``; ages are those at its first day. Rows that are not paid are left out."""
    amount = procedure.amount
    if amount is None:
        return ()
    scope = Scope(facts, month.first)
    ranked = _ranked(amount, facts, scope)
    paid = [_row(amount, scope, at, row, rank) for rank, (group, at, row) in ranked if group == amount.group]
    return tuple(sorted((one for one in paid if one is not None), key=lambda one: one.row))


_Placed = tuple[str, int, Row]


def _ranked(amount: Amount, facts: Facts, scope: Scope) -> list[tuple[int, _Placed]]:
    """The rows that count with their rank, eldest first; rows without a date come last."""
    rows = [
        (group, at, row) for group in (amount.group, *amount.count_also) for at, row in enumerate(rows_of(facts, group))
    ]
    counted = [placed for placed in rows if holds(amount.counted, scope.within(placed[2]))]
    return list(enumerate(sorted(counted, key=lambda placed: _date(placed[2], amount.order_by)), start=1))


def _row(amount: Amount, scope: Scope, at: int, row: Row, rank: int) -> RowAmount | None:
    inner = scope.within({**row, "rank": rank})
    if not holds(amount.paid, inner):
        return None
    band = next((band for band in amount.bands if holds(band.when, inner)), None)
    return RowAmount(at, rank, band.yen, band.label) if band else None


def _date(row: Row, keys: tuple[str, ...]) -> date:
    dates = (value for key in keys if isinstance(value := row.get(key), date))
    return next(dates, date.max)
