"""The product's own source as data: files, names, imports and sentences, for tests that guard the house."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True)
class Source:
    """One Python file; ``name`` is its path from the repository's root."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def caption(self) -> str:
        """The first line of its docstring."""
        return (ast.get_docstring(self.tree) or "").partition("\n")[0]

    @property
    def classes(self) -> Iterator[ast.ClassDef]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef))

    @property
    def imports(self) -> Iterator[str]:
        """Every module or name imported anywhere in the file, dotted."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    @property
    def sentences(self) -> Iterator[str]:
        """Japanese string literals; docstrings and the strings below fields are no literals here."""
        stated = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(self.tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_text and id(node) not in stated and JAPANESE.search(node.value):
                yield node.value

    @property
    def coroutines(self) -> Iterator[ast.AST]:
        kinds = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))


def sources(*folders: str) -> list[Source]:
    """Every Python file below these folders of the repository."""
    paths = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [Source(str(path.relative_to(ROOT).as_posix()), path.read_text("utf-8")) for path in paths]


def within(name: str, places: tuple[str, ...]) -> bool:
    """Whether the dotted or slashed ``name`` is one of ``places`` or lies below one."""
    return any(name == place or name.startswith((place + ".", place + "/")) for place in places)
