"""The table of changes of the register says what the program can do, and a wrong line is named."""

import copy

import pytest

from app.backend.register.service.checking import CHECKS, OUTSIDE, SPECIAL
from app.domain.register_rules import Basis, Effect, parse_register_rules
from app.errors import DataFault, NotUnderstood
from app.shipped import read_toml

TABLE = read_toml("tables", "register_entries.toml")
RELATIONS = read_toml("tables", "relations.toml")


def test_each_check_of_the_table_is_known_and_each_that_is_known_stands_in_the_table():
    rules = parse_register_rules(TABLE, RELATIONS)
    assert set(rules.levels) == set(CHECKS) | OUTSIDE
    assert SPECIAL in rules.kinds


def test_the_kinds_cover_what_the_law_knows():
    """B2-2, S08-1, S08-2, S08-3: notifications and what is done ex officio."""
    kinds = parse_register_rules(TABLE, RELATIONS).kinds
    assert {one.effect for one in kinds.values()} == set(Effect)
    notified = {one.id for one in kinds.values() if one.basis is Basis.NOTIFICATION}
    assert {"move_in", "change_of_address", "ward_change", "move_out", "household_change"} <= notified
    assert {"birth", "death", "marriage", "divorce", "immigration", "correction"} <= set(kinds) - notified
    assert [one.id for one in kinds.values() if one.may_lie_ahead] == ["move_out"]
    assert {one.id for one in kinds.values() if one.is_forced} == {"birth", "death"}
    with pytest.raises(NotUnderstood):
        parse_register_rules(TABLE, RELATIONS).kind("no such kind")


@pytest.mark.parametrize(
    ("table", "key", "value", "what"),
    [
        ("kind", "effect", "vanish", "unknown_value"),
        ("kind", "basis", "rumour", "unknown_value"),
        ("kind", "futur", True, "unknown_key"),
        ("check", "level", "perhaps", "unknown_value"),
        ("system", "own", "yes", "wrong_kind"),
    ],
)
def test_a_wrong_line_is_named(table: str, key: str, value: object, what: str):
    wrong = copy.deepcopy(TABLE)
    wrong[table][0][key] = value
    with pytest.raises(DataFault) as fault:
        parse_register_rules(wrong, RELATIONS)
    assert (fault.value.data["what"], f"{table}[1].{key}" in str(fault.value.data["place"])) == (what, True)


def test_a_kind_that_stands_twice_is_refused():
    wrong = copy.deepcopy(TABLE)
    wrong["kind"].append(copy.deepcopy(wrong["kind"][0]))
    with pytest.raises(DataFault):
        parse_register_rules(wrong, RELATIONS)
