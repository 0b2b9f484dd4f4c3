"""Whatever the register and the desk refuse, the clerk can read why and what to do next."""

import ast

import pytest

from app.shipped import read_toml
from tests.support.source import sources

SLICES = ("app/backend/desk", "app/backend/register", "app/backend/socialaddress", "app/domain")


def reasons() -> set[str]:
    """The reasons of every ``Refused("…")`` written in these slices."""
    found = set()
    for source in sources(*SLICES):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
                found |= {one.value for one in node.args[:1] if isinstance(one, ast.Constant)}
    return found


def test_there_are_reasons_to_look_at() -> None:
    assert {"restrained", "same_person", "journal_gap"} <= reasons()


@pytest.mark.parametrize("reason", sorted(reasons()))
def test_every_reason_has_its_sentences(reason: str) -> None:
    said = read_toml("text", "ja.toml")["refusal"][reason]
    assert said.keys() == {"title", "why", "next"}
    assert all(said.values())
