"""The house rules that no tool checks by itself; each rule is also shown to refuse what it forbids."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Sequence
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.conftest import ELSEWHERE
from tests.support.sharing_out import CITIES, LONGEST, Line
from tests.support.source import ROOT, Source, sources, within

APP = sources("app")
EVERYTHING = [*APP, *sources("tests", "bench", "installer")]

LINES = 400
PUBLIC_METHODS, METHODS = 12, 20
PUBLIC_FUNCTIONS = 15
DEPTH = 3
CAPTION = 120
FORBIDDEN_NAMES = {"utils", "util", "common", "misc", "base", "manager", "helper", "helpers", "logic", "shared", "core"}

THREADS = ("app/ui/background.py", "app/card/monitor.py", "app/durable/worker.py")
THREAD_STARTERS = (
    "threading",
    "_thread",
    "multiprocessing",
    "concurrent.futures.ThreadPoolExecutor",
    "concurrent.futures.ProcessPoolExecutor",
    "PySide6.QtCore.QThread",
    "PySide6.QtCore.QThreadPool",
    "PySide6.QtCore.QRunnable",
)
COROUTINES = ("app/backend/*/http.py", "app/backend/*/http/*.py", "app/server/*.py")

# Japanese that is a rule's own matter and no sentence for people: how dates, addresses, names and answers are written,
# what fonts are called, who the invented holders of the virtual cards are.
TABLES = (
    "app/domain/address.py",
    "app/domain/entry.py",
    "app/domain/era.py",
    "app/domain/folding.py",
    "app/domain/kana.py",
    "app/domain/names.py",
    "app/domain/search_terms.py",
    "app/standin/cards/other_profiles.py",
    "app/standin/cards/profiles.py",
    "app/ui/style.py",
    "app/ui/widgets/date_field.py",
)

HOMES = {
    "PySide6": ("app.ui", "app.desktop", "app.client"),
    "shiboken6": ("app.ui", "app.desktop", "app.client"),
    "smartcard": ("app.card",),
    "cryptography": ("app.trust", "app.standin"),
    "joserfc": ("app.trust",),
    "argon2": ("app.trust",),
    "keyring": ("app.store.vault",),
    "sqlcipher3": ("app.durable",),
    "psycopg": ("app.durable",),
    "sqlalchemy": ("app.durable", "app.store", "app.backend.*.store", "app.backend.*.migrations"),
    "alembic": ("app.durable", "app.store.migrations", "app.backend.*.migrations"),
    "httpx": ("app.link",),
    "litestar": ("app.server",),
    "uvicorn": ("app.server",),
    "typst": ("app.paper",),
    "segno": ("app.paper",),
    "rfc3161_client": ("app.trust", "app.standin"),
    "PIL": ("app.card.picture", "app.standin"),
    "jaconv": ("app.domain",),
    "japanera": (),
    "jpholiday": ("app.domain",),
    "sqlite3": (),
    "unittest": (),
    "pytest": (),
}


def module(source: Source) -> str:
    return source.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def at_home(library: str, importer: str) -> bool:
    return any(fnmatch(importer, home) or fnmatch(importer, home + ".*") for home in HOMES[library])


def public(names: Sequence[str]) -> list[str]:
    return [name for name in names if not name.startswith("_")]


# what a rule finds wrong in one file


def too_long(source: Source) -> bool:
    return source.text.count("\n") > LINES


def without_caption(source: Source) -> bool:
    return not 0 < len(source.caption) <= CAPTION


def swollen_classes(source: Source) -> list[str]:
    return [
        name
        for name, methods in source.facts.classes
        if len(set(methods)) > METHODS or len(public(methods)) > PUBLIC_METHODS
    ]


def starts_threads(source: Source) -> bool:
    return source.name not in THREADS and any(within(n, THREAD_STARTERS) for n in source.imports)


def has_coroutines(source: Source) -> bool:
    return not any(fnmatch(source.name, place) for place in COROUTINES) and source.has_coroutines


def sentences(source: Source) -> list[str]:
    return [] if source.name in TABLES else list(source.sentences)


def homeless(source: Source) -> set[str]:
    libraries = {name.partition(".")[0] for name in source.imports} & HOMES.keys()
    return {library for library in libraries if not at_home(library, module(source))}


def mocks(source: Source) -> bool:
    return "mock" in source.text and any(
        within(name, ("unittest.mock", "mock", "pytest_mock")) for name in source.imports
    )


def procedure_names() -> re.Pattern[str]:
    """What procedures call themselves in their data, in Japanese and as an identifier."""
    named = {"児童手当", "child_allowance"}
    for path in (ROOT / "resources/procedures").glob("*.toml"):
        data = tomllib.loads(path.read_text("utf-8"))
        named |= {str(data[key]) for key in ("id", "code", "name", "title") if isinstance(data.get(key), str)}
    return re.compile("|".join(re.escape(name) for name in named))


def test_files_are_short_enough_to_read() -> None:
    assert [source.name for source in EVERYTHING if too_long(source)] == []


def test_every_module_says_in_one_line_what_is_only_there() -> None:
    assert [source.name for source in EVERYTHING if without_caption(source)] == []


def test_classes_stay_small() -> None:
    assert {source.name: found for source in APP if (found := swollen_classes(source))} == {}


def test_modules_offer_few_functions() -> None:
    assert [source.name for source in APP if len(public(source.facts.functions)) > PUBLIC_FUNCTIONS] == []


def test_folders_are_not_deep() -> None:
    assert [source.name for source in APP if source.name.count("/") - 1 > DEPTH] == []


def test_no_module_has_a_name_that_means_nothing() -> None:
    assert [source.name for source in EVERYTHING if FORBIDDEN_NAMES & set(module(source).split("."))] == []


def test_threads_start_in_three_files() -> None:
    assert [source.name for source in APP if starts_threads(source)] == []


def test_only_the_doors_of_the_backend_are_asynchronous() -> None:
    assert [source.name for source in APP if has_coroutines(source)] == []


def test_every_library_has_one_home() -> None:
    assert {source.name: found for source in APP if (found := homeless(source))} == {}


def test_no_python_names_a_procedure() -> None:
    names = procedure_names()
    assert [source.name for source in APP if names.search(source.text)] == []


def test_every_sentence_for_people_stands_in_the_texts() -> None:
    assert {source.name: found for source in APP if (found := sentences(source))} == {}


def test_nothing_is_mocked() -> None:
    assert [source.name for source in EVERYTHING if mocks(source)] == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (too_long, '"""A."""\n' * (LINES + 1)),
        (without_caption, "x = 1\n"),
        (without_caption, f'"""{"a" * (CAPTION + 1)}"""\n'),
        (swollen_classes, "class A:\n" + "".join(f"    def m{n}(self): ...\n" for n in range(PUBLIC_METHODS + 1))),
        (swollen_classes, "class A:\n" + "".join(f"    def _m{n}(self): ...\n" for n in range(METHODS + 1))),
        (starts_threads, "from threading import Thread\n"),
        (starts_threads, "def f():\n    from PySide6.QtCore import QThread\n"),
        (has_coroutines, "async def f(): ...\n"),
        (homeless, "import sqlalchemy.orm\n"),
        (homeless, "from sqlite3 import connect\n"),
        (sentences, 'x = f"{1} 件"\n'),
        (mocks, "from unittest import mock\n"),
    ],
)
def test_a_rule_refuses_what_it_forbids(rule, text: str) -> None:
    assert rule(Source("app/services/sample.py", text))


def test_japanese_in_docstrings_is_no_sentence_for_people() -> None:
    assert not sentences(Source("app/services/sample.py", '"""窓口."""\nX = 1\n"""来庁."""\n'))


def test_the_import_contracts_hold() -> None:
    # in a process of its own: import-linter silences every logger that is there before it
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_map_shows_every_folder() -> None:
    shown = re.findall(r"^([\w./*]+)/ +\w", (ROOT / "app/README.md").read_text("utf-8"), flags=re.MULTILINE)
    folders = {Path(source.name).parent.relative_to("app").as_posix() for source in APP} - {"."}
    depths = [(name, name.count("/")) for name in shown]
    assert {f for f in folders if not any(fnmatch(f, n) and f.count("/") == depth for n, depth in depths)} == set()


def test_the_locks_carry_hashes_and_no_index_address() -> None:
    for path in (ROOT / "requirements").glob("*.lock"):
        text = path.read_text("utf-8")
        pins = re.findall(r"^\w[^\n]*==[^\n]*\n(?:    --hash=sha256:[0-9a-f]{64}[ \\]*\n)+", text, flags=re.MULTILINE)
        assert len(pins) == len(re.findall(r"^\w", text, flags=re.MULTILINE)), path.name
        assert not re.search(r"https?://|--index|--find-links|file:", text), path.name


def test_the_locks_hold_every_library_the_product_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    for lock, wanted in {
        "run": [*project["dependencies"], *extras["client"], *extras["server"]],
        "dev": [*project["dependencies"], *extras["client"], *extras["server"], *extras["dev"]],
    }.items():
        held = set(re.findall(r"^([\w.-]+)==", (ROOT / f"requirements/{lock}.lock").read_text("utf-8"), re.MULTILINE))
        asked = {re.match(r"[\w.-]+", requirement)[0].lower() for requirement in wanted}
        assert asked - held == set(), lock


def pytest_run(*words: str) -> subprocess.CompletedProcess[str]:
    """A pytest of its own, without the workers and options of this one."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *words]
    return subprocess.run(command, capture_output=True, text=True, env=env, cwd=ROOT, check=False)


def test_a_skipped_test_fails_where_nothing_may_be_skipped(tmp_path: Path) -> None:
    (tmp_path / "test_sample.py").write_text("import pytest\ndef test_a():\n    pytest.skip('no reader')\n")
    words = [str(tmp_path), "--rootdir", str(tmp_path), "-c", os.devnull, "-p", "tests.support.no_skips"]
    assert pytest_run(*words).returncode == 0
    refused = pytest_run(*words, "--no-skips")
    assert refused.returncode == 1
    assert "nothing may be skipped here: Skipped: no reader" in refused.stdout


def test_what_begins_first_because_it_takes_long_is_there() -> None:
    waiting = Line.fromkeys(["tests/unit/a.py", "tests/edge/store/a.py", "tests/edge/server/a.py", CITIES])
    assert [waiting.popitem(last=False)[0] for _ in range(4)] == [
        CITIES,
        "tests/edge/server/a.py",
        "tests/edge/store/a.py",
        "tests/unit/a.py",
    ]
    assert [one for one in LONGEST if not any(ROOT.glob(f"{one.rstrip('/')}*"))] == []


def test_dates_are_the_office_s_wherever_the_machine_stands() -> None:
    """Every test of this run, and every program it starts, believes that this machine stands in New York."""
    assert os.environ["TZ"] == ELSEWHERE
    assert datetime.now().astimezone().tzname() in {"EST", "EDT"}


@pytest.mark.timeout(180)
def test_the_wheel_carries_every_resource(tmp_path: Path) -> None:
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--disable-pip-version-check",
        "--no-deps",
        "-w",
        str(tmp_path),
    ]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("madoguchi-*.whl")
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("app/_resources/")}
    kept = {path for path in (ROOT / "resources").rglob("*") if path.is_file()}
    assert inside == {f"app/_resources/{path.relative_to(ROOT / 'resources').as_posix()}" for path in kept}
