"""What the frozen program is made of, asked of its definition: all it needs is named, nothing it uses is left out.

That the built program runs is asked by ``make package``, which builds it (tests/frozen).
"""

import ast
import tomllib
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from installer import build
from tests.support.source import ROOT, Source, sources, within

SPEC = ROOT / "installer/counter.spec"


@dataclass
class Defined:
    """What the definition hands to the builder."""

    words: dict[str, Any] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)

    def analysis(self, scripts: list[str], **words: Any) -> "Defined":
        self.scripts, self.words = scripts, words
        return self

    @property
    def binaries(self) -> list[tuple[str, str, str]]:
        return []

    @binaries.setter
    def binaries(self, _: object) -> None:
        """The definition strikes out what was found."""

    @property
    def datas(self) -> list[tuple[str, str, str]]:
        return []

    @datas.setter
    def datas(self, _: object) -> None:
        """As above."""

    pure = None

    def where(self) -> dict[Path, str]:
        """Where each shipped file or folder goes."""
        return {Path(path): folder for path, folder in self.words["datas"]}


@pytest.fixture(scope="module")
def defined() -> Defined:
    """The definition, read as the builder reads it, building nothing."""
    made = Defined()
    names = {
        "SPECPATH": str(SPEC.parent),
        "Analysis": made.analysis,
        "PYZ": lambda *_: None,
        "EXE": lambda *_, **__: None,
        "COLLECT": lambda *_, **__: None,
    }
    exec(compile(SPEC.read_text("utf-8"), str(SPEC), "exec"), names)
    return made


def naming(*words: str) -> list[Source]:
    """The program's files in which one of these words stands; nobody has to understand the others."""
    return [one for one in sources("app") if any(word.rpartition(".")[2] in one.text for word in words)]


def test_it_begins_where_the_program_begins(defined: Defined) -> None:
    assert defined.scripts == [str(ROOT / "app/__main__.py")]


def test_every_resource_is_brought_to_where_the_program_looks(defined: Defined) -> None:
    assert defined.where()[ROOT / "resources"] == "app/_resources"


def test_every_migration_is_brought_to_where_its_history_lies(defined: Defined) -> None:
    """They are run as files: nobody imports them, so only the definition can name them."""
    folders = [path for name in ("migrations", "environment") for path in (ROOT / "app").rglob(name) if path.is_dir()]
    needed = {file for one in folders for file in one.rglob("*") if file.suffix in {".py", ".mako"}}
    where = defined.where()
    assert len(folders) > 10
    assert {file for file in needed if where.get(file) != str(file.parent.relative_to(ROOT))} == set()


def test_what_is_found_by_its_name_alone_is_named(defined: Defined) -> None:
    hidden = set(defined.words["hiddenimports"])
    dialects = {make_url(f"{name}://").get_dialect().__module__ for name in ("sqlite+pysqlite", "postgresql+psycopg")}
    assert hidden >= dialects | {"keyring.backends.SecretService", "psycopg_binary"}
    assert {name for name in hidden if find_spec(name) is None} == set()


def test_nothing_that_the_program_imports_is_left_out(defined: Defined) -> None:
    out = tuple(defined.words["excludes"])
    assert {f"{one.name}: {name}" for one in naming(*out) for name in one.imports if within(name, out)} == set()


def test_a_module_that_is_left_out_would_be_found(defined: Defined) -> None:
    assert within("PySide6.QtQml.QQmlEngine", tuple(defined.words["excludes"]))


def test_modules_are_imported_by_a_made_up_name_in_the_shell_tool_only() -> None:
    """The frozen program does not hold it."""
    ways = ("import_module", "__import__")
    made_up = {
        one.name
        for one in naming(*ways)
        for node in ast.walk(one.tree)
        if isinstance(node, ast.Name) and node.id in ways
    }
    assert made_up == {"app/admin/__main__.py"}


def test_the_debian_package_asks_for_letters_readers_a_keyring_and_window_libraries() -> None:
    needed = {"fonts-morisawa-bizud-gothic", "fonts-ipamj-mincho", "pcscd", "libpcsclite1", "libxcb-cursor0"}
    assert needed | {"gnome-keyring", "libdbus-1-3"} <= set(build.DEPENDS)


def test_a_change_of_anything_it_is_built_from_builds_it_anew() -> None:
    assert {"app", "resources", "installer/counter.spec", "requirements/run.lock"} == set(build.BUILT_FROM)
    assert all((ROOT / place).exists() for place in build.BUILT_FROM)
    assert build.version() == tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert len(build.key()) == 16
