"""A move within the city: what is asked, what stops it, and that it asks for no 個人番号."""

from collections.abc import Mapping
from datetime import date

import pytest

from app.domain.checks import visible_fields
from app.domain.facts import Value
from app.domain.procedure import Kind, Stage
from app.domain.procedure_data import parse_procedure
from app.errors import DataFault
from app.services.prepare_application import look
from tests.support.claims import MOVE, RAW

DAY = date(2026, 11, 20)
MOVED: dict[str, Value] = {
    "notifier_name": "見本　花子",
    "notified_on": DAY,
    "moved_on": date(2026, 11, 6),
    "former_address": "見本市中央区本町1-2-3",
    "new_address": "見本市北区本町4-5-6",
    "new_building": "コーポ見本101",
    "who_moves": "all",
    "household_after": "same",
    "head_after": "見本　花子",
    "movers": ({"mover_name": "見本　花子", "mover_birth": date(1994, 5, 1), "mover_relation": "世帯主"},),
    "signed": True,
}


def found(**changes: Value) -> list[str]:
    return [one.key for one in look(MOVE, {**MOVED, **changes}, DAY, Stage.DECIDE).findings]


@pytest.mark.parametrize(
    ("changes", "keys"),
    [
        ({}, []),
        ({"moved_on": date(2026, 11, 20)}, []),
        ({"moved_on": date(2026, 11, 21)}, ["future_move"]),
        ({"moved_on": date(2026, 11, 5), "late_reason": "病気のため"}, ["late"]),
        ({"new_address": "見本市中央区本町1-2-3"}, ["same_address"]),
        ({"who_moves": "some", "head_leaves": True}, ["head_leaves"]),
        ({"new_building": ""}, ["no_building"]),
        ({"signed": False}, ["unsigned"]),
        ({"protected": True}, ["protected"]),
    ],
)
def test_each_check_finds_what_it_is_for_and_nothing_else(changes: Mapping[str, Value], keys: list[str]) -> None:
    assert found(**changes) == keys


def test_the_reason_of_a_delay_is_asked_from_the_fifteenth_day() -> None:
    for moved_on, asked in ((date(2026, 11, 6), False), (date(2026, 11, 5), True)):
        fields = [field.id for field in visible_fields(MOVE, {**MOVED, "moved_on": moved_on}, DAY)]
        assert ("late_reason" in fields) is asked


def test_no_number_is_asked_and_a_procedure_of_another_regime_can_not_ask_for_one() -> None:
    assert [field.id for field in MOVE.all_fields() if field.kind is Kind.MY_NUMBER] == []
    for identity in ({"regime": "J-2", "of": "claimant"}, {"regime": "J-1", "of": "claimant"}):
        with pytest.raises(DataFault) as caught:
            parse_procedure({**RAW, "identity": identity}, "claim.toml")
        assert caught.value.data["what"] == "number_outside_its_regime"
    with pytest.raises(DataFault):
        parse_procedure(
            {**RAW, "identity": {"regime": "N", "of": "claimant", "former_address": "nowhere"}}, "claim.toml"
        )
