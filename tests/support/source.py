"""The product's own source as data: files, names, imports and sentences, for tests that guard the house."""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_QUOTES = '"""'
JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True)
class Facts:
    """What the rules ask of a file. ``classes``: each with the names of its methods; ``functions``: those outside."""

    imports: tuple[str, ...]
    classes: tuple[tuple[str, tuple[str, ...]], ...]
    functions: tuple[str, ...]
    sentences: tuple[str, ...]
    has_coroutines: bool


@dataclass(frozen=True)
class Source:
    """One Python file; ``name`` is its path from the repository's root."""

    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """Understood anew for each who asks: all trees of the product together fill half a gigabyte."""
        return ast.parse(self.text)

    @cached_property
    def facts(self) -> Facts:
        return _facts(self.tree)

    @property
    def caption(self) -> str:
        """The first line of its docstring."""
        if self.text.startswith(_QUOTES):
            return self.text.removeprefix(_QUOTES).partition("\n")[0].partition(_QUOTES)[0].strip()
        return (ast.get_docstring(self.tree) or "").partition("\n")[0]

    @property
    def imports(self) -> tuple[str, ...]:
        """Every module or name imported anywhere in the file, dotted."""
        return self.facts.imports

    @property
    def sentences(self) -> tuple[str, ...]:
        """Japanese string literals; docstrings and the strings below fields are no literals here."""
        return self.facts.sentences if JAPANESE.search(self.text) else ()

    @property
    def has_coroutines(self) -> bool:
        return ("async" in self.text or "await" in self.text) and self.facts.has_coroutines


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COROUTINES = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)


def _facts(tree: ast.Module) -> Facts:
    """One walk for all rules."""
    imports: list[str] = []
    classes, texts, stated, coroutines = [], [], set(), False
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                texts.append(node)
        elif isinstance(node, ast.Expr):
            stated.add(id(node.value))
        elif isinstance(node, ast.Import):
            imports += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            imports += (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ClassDef):
            classes.append((node.name, names(node.body)))
        coroutines = coroutines or isinstance(node, _COROUTINES)
    sentences = (node.value for node in texts if id(node) not in stated and JAPANESE.search(node.value))
    return Facts(tuple(imports), tuple(classes), names(tree.body), tuple(sentences), coroutines)


def names(nodes: Sequence[ast.stmt]) -> tuple[str, ...]:
    """What the functions directly in here are called."""
    return tuple(node.name for node in nodes if isinstance(node, _FUNCTIONS))


def sources(*folders: str) -> list[Source]:
    """Every Python file below these folders of the repository."""
    paths = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [Source(str(path.relative_to(ROOT).as_posix()), path.read_text("utf-8")) for path in paths]


def within(name: str, places: tuple[str, ...]) -> bool:
    """Whether the dotted or slashed ``name`` is one of ``places`` or lies below one."""
    return any(name == place or name.startswith((place + ".", place + "/")) for place in places)
