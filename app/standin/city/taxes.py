"""Local tax of the training city: invented figures that hang together, by rules as simple as they are."""

from collections.abc import Mapping

_BASIC_DEDUCTION = 430_000
_PER_DEPENDANT = 330_000
_LEVY_PERCENT = 6
_FREE_UP_TO = 450_000
_PER_CAPITA = 4_000
"""Figures near those of the 地方税法 of 2025 (known practice); they only have to look right in training."""


def tax_items(income: int, dependants: int) -> Mapping[str, int]:
    """The items of one person's year, in yen: total_income, income_levy, per_capita_levy, and dependants."""
    taxable = max(0, income - _BASIC_DEDUCTION - _PER_DEPENDANT * dependants)
    is_free = income <= _FREE_UP_TO
    return {
        "total_income": income,
        "income_levy": 0 if is_free else taxable * _LEVY_PERCENT // 100 // 100 * 100,
        "per_capita_levy": 0 if is_free else _PER_CAPITA,
        "dependants": dependants,
    }
