"""The condition language of procedure data: each operator, and what an unknown fact means."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.conditions import Scope, holds, names_in, parse_condition
from app.domain.facts import Value
from app.domain.tables import Table

DAY = date(2026, 11, 20)
FACTS: Mapping[str, Value] = {
    "kind": "birth",
    "yes": True,
    "one": 1,
    "two": 2,
    "early": date(2020, 1, 1),
    "late": date(2027, 1, 1),
    "kana": "ワタナベ　ハナコ",
    "other_kana": "わたなべはなこ",
    "rows": ({"age": 1}, {"age": 2}),
    "empty": "",
}


def ask(condition: dict[str, Any], facts: Mapping[str, Value] = FACTS) -> bool:
    return holds(parse_condition(Table(condition, "here")), Scope(facts, DAY, frozenset({"missed"})))


@pytest.mark.parametrize(
    "condition",
    [
        {"field": "kind", "is": "birth"},
        {"field": "kind", "is_not": "move"},
        {"field": "kind", "one_of": ["move", "birth"]},
        {"field": "kind", "none_of": ["move"]},
        {"field": "empty", "missing": True},
        {"field": "kind", "missing": False},
        {"field": "one", "less_than": "two"},
        {"field": "early", "less_than": "late"},
        {"field": "one", "other_than": "two"},
        {"field": "one", "same_as": "one"},
        {"field": "two", "at_least": 2},
        {"field": "two", "at_most": 2},
        {"field": "early", "younger_than": 7},
        {"field": "late", "after_receipt": True},
        {"field": "early", "after_receipt": False},
        {"not": {"field": "kana", "reads_unlike": "other_kana"}},
        {"later_than_limit": "missed"},
        {"any_row": "rows", "where": {"field": "age", "at_least": 2}},
        {"every_row": "rows", "where": {"field": "age", "at_least": 1}},
        {"every_row": "nobody", "where": {"field": "age", "is": 1}},
        {"rows": "rows", "at_least": 2},
        {"all_of": [{"field": "yes", "is": True}, {"any_row": "rows", "where": {"field": "age", "less_than": "two"}}]},
        {"any_of": [{"field": "yes", "is": False}, {"field": "kind", "is": "birth"}]},
    ],
)
def test_a_condition_holds_and_its_contrary_does_not(condition: dict[str, Any]) -> None:
    assert ask(condition)
    assert not ask({"not": condition})


@pytest.mark.parametrize(
    "condition",
    [
        {"field": "yes", "is": 1},
        {"field": "one", "is": True},
        {"field": "two", "less_than": "one"},
        {"field": "kind", "less_than": "one"},
        {"field": "early", "younger_than": 6},
        {"later_than_limit": "kept"},
        {"rows": "rows", "at_least": 3},
        {"any_row": "nobody", "where": {"field": "age", "missing": True}},
    ],
)
def test_what_is_not_so_does_not_hold(condition: dict[str, Any]) -> None:
    assert not ask(condition)


@given(
    st.sampled_from([
        {"is": "x"},
        {"is_not": "x"},
        {"one_of": ["x"]},
        {"none_of": ["x"]},
        {"less_than": "one"},
        {"same_as": "one"},
        {"other_than": "one"},
        {"reads_unlike": "kana"},
        {"at_least": 0},
        {"at_most": 9},
        {"younger_than": 200},
        {"older_school_year": 0},
        {"after_receipt": False},
    ])
)
def test_what_nobody_knows_is_no_finding(operator: dict[str, Any]) -> None:
    assert not ask({"field": "unknown", **operator})
    assert not ask({"field": "empty", **operator})


def test_a_condition_names_what_it_asks_about() -> None:
    condition = parse_condition(
        Table({"all_of": [{"field": "a", "less_than": "b"}, {"any_row": "c", "where": {"field": "d", "is": "e"}}]}, "")
    )
    assert names_in(condition) == {"a", "b", "c", "d"}
