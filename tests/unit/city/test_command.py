"""madoguchi-admin city."""

import argparse
import json
from pathlib import Path

import pytest

from app.admin import city
from app.errors import PartMissing
from app.standin.city.file import from_json


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    city.register(parser.add_subparsers(required=True))
    asked = parser.parse_args(["city", *words])
    done: int = asked.run(asked)
    return done


def test_a_city_is_made_into_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "city.json"
    assert run("make", "--seed", "7", "--size", "40", "--day", "2026-11-20", "--out", str(out)) == 0
    made = from_json(out.read_text(encoding="utf-8"))
    assert (made.seed, made.size) == (7, 40)
    told = json.loads(capsys.readouterr().out)
    assert told["residents"]["991007"] == sum(one.is_resident for one in made.municipality("991007").residents)


def test_a_city_of_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        run("make", "--size", "0", "--out", str(tmp_path / "x"))


def test_a_large_city_needs_a_number_of_residents_and_the_backend_it_goes_to(tmp_path: Path) -> None:
    for words in ([], ["--residents", "10"], ["--settings", str(tmp_path / "server.toml")]):
        with pytest.raises(SystemExit):
            run(*words)


def test_a_backend_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PartMissing):
        run("--residents", "10", "--settings", str(tmp_path / "server.toml"))
