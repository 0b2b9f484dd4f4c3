"""Evidence as the rules see it, and under which regime a case's evidence stands."""

from collections.abc import Iterable

from msgspec.structs import replace

from app.domain.identity import Confirmation, Regime
from app.wire.desk import Evidence


def confirmations(evidence: Iterable[Evidence]) -> tuple[Confirmation, ...]:
    """What was confirmed, in the order in which it was."""
    return tuple(
        Confirmation(
            one.about, one.role, one.method, one.result, tuple(one.document.split("+")) if one.document else ()
        )
        for one in evidence
    )


def under(regime: Regime, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The evidence with the regime of the procedure that was chosen; what was made under one keeps it."""
    return tuple(one if one.regime is not None else replace(one, regime=regime) for one in evidence)
