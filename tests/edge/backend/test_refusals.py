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
        if "Refused" not in source.text:
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
                found |= {one.value for one in node.args[:1] if isinstance(one, ast.Constant)}
    return found


def test_there_are_reasons_to_look_at() -> None:
    assert {"restrained", "same_person", "journal_gap"} <= reasons()


@pytest.fixture(scope="module")
def sentences() -> dict[str, dict[str, str]]:
    """Read once: reading all words takes half a second."""
    said: dict[str, dict[str, str]] = read_toml("text", "ja.toml")["refusal"]
    return said


@pytest.mark.parametrize("reason", sorted(reasons()))
def test_every_reason_has_its_sentences(reason: str, sentences: dict[str, dict[str, str]]) -> None:
    said = sentences[reason]
    assert said.keys() == {"title", "why", "next"}
    assert all(said.values())
