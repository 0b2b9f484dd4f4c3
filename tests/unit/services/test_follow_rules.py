"""窓口の設定 as a counter takes them: signed, for here, within bounds, newer; else the last good ones stay."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.counter_rules import CounterRules
from app.errors import (
    StatementAltered,
    StatementError,
    StatementOlder,
    StatementOthers,
    StatementOutOfBounds,
    StatementUnsigned,
)
from app.services.follow_rules import Followed
from app.services.ports.seat import Session
from app.trust.sign import SigningKey
from app.wire.counter_rules import RulesRow, row_of
from tests.support.alone import StatingOffice
from tests.support.slices import MORNING
from tests.unit.services.conftest import Desk

LATER = MORNING.replace(hour=5)


def row(**changed: object) -> RulesRow:
    return row_of(replace(CounterRules(), **changed))


def told(counter: Desk, session: Session, **changed: object) -> Followed:
    """A minute later the office states rules, with ``changed`` parts, and they are asked for."""
    counter.clock.move(minutes=1)
    counter.counters.changed = changed
    return counter.rules.renew(counter.press(), session)


REFUSED: list[tuple[dict[str, object], type[StatementError], dict[str, object]]] = [
    ({"terminal": "T-99"}, StatementOthers, {"whose": "other_terminal"}),
    ({"municipality": "131016"}, StatementOthers, {"whose": "other_municipality"}),
    ({"version": 1}, StatementOlder, {}),
    ({"version": 2, "rules": row(lock_after_s=300)}, StatementOlder, {}),
    ({"version": 3, "rules": row(lock_after_s=301)}, StatementOutOfBounds, {"name": "lock_after_s"}),
    ({"version": 3, "rules": row(lease_s=90_000)}, StatementOutOfBounds, {"name": "lease_s"}),
]


@pytest.mark.parametrize(("changed", "error", "data"), REFUSED, ids=lambda one: str(one)[:40])
def test_well_signed_rules_that_are_not_for_here_or_not_new_are_refused_and_the_last_good_ones_stay(
    counter: Desk, changed: dict[str, object], error: type[StatementError], data: dict[str, object]
) -> None:
    session = counter.sign_in()
    good = told(counter, session, version=2, rules=row(lock_after_s=100)).rules
    found = told(counter, session, **changed)
    assert type(found.refused) is error
    assert data.items() <= found.refused.data.items()
    assert (found.rules, found.version) == (good, 2)
    assert counter.rules.present() == Followed(good, 2)
    assert counter.kinds[-1] == "rules.refused"
    assert counter.journal.acts[-1].detail() == {"code": error.code}


def _bent(note: str) -> str:
    return note.replace('"lock_after_s":180', '"lock_after_s":300')


@pytest.mark.parametrize(
    ("bend", "error"),
    [
        (_bent, StatementAltered),
        (lambda note: note.split("\n\n")[0] + "\n", StatementUnsigned),
        (lambda _: "", StatementUnsigned),
        (lambda note: note.replace("statement/rules", "statement/lease"), StatementAltered),
    ],
)
def test_rules_that_are_altered_or_unsigned_are_refused_and_the_last_good_ones_stay(
    counter: Desk, bend: Callable[[str], str], error: type[StatementError]
) -> None:
    session = counter.sign_in()
    good = counter.rules.present()
    counter.counters.sends = bend(counter.counters.stated_rules(session, version=2, issued_at=LATER))
    found = counter.rules.renew(counter.press(), session)
    assert type(found.refused) is error
    assert counter.rules.present() == good


def test_rules_under_another_key_are_unsigned_here(counter: Desk) -> None:
    session = counter.sign_in()
    other = StatingOffice(counter.line, counter.clock, SigningKey.generate(), version=7)
    counter.counters.sends = other.stated_rules(session)
    assert type(counter.rules.renew(counter.press(), session).refused) is StatementUnsigned
