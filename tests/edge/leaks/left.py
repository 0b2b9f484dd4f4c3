"""What a run of the end-to-end tests leaves on disks, and that nothing of the city's people stands there in clear."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from app.standin.city.values import City
from tests.edge.leaks.searcher import Find, Searcher

ALLOWED: Mapping[str, str] = {
    "*/city.json": "the invented city itself, from which training and the card emulators are made",
    "*/dist[0-9]*/*": "the built program: it ships the invented personas as data",
}
"""Pattern of a path → why somebody of the city may be read there."""


def marks_of(city: City, typed: Mapping[str, str]) -> dict[str, str]:
    """Names, readings, addresses and numbers of everybody with a part to play, and what tests type."""
    found = dict(typed)
    for key, persona in city.personas.items():
        found |= {f"name of {key}": persona.card.name, f"number of {key}": persona.card.my_number}
        if not persona.business_number:
            continue
        one = city.resident_of(key)
        found |= {
            f"registered name of {key}": one.name,
            f"reading of {key}": one.kana,
            f"number of {key} in the register": one.my_number,
            f"address of {key}": one.residences[0].address,
        }
    return {name: value for name, value in found.items() if value}


@dataclass(frozen=True)
class LeftBehind:
    """Folders, and since when (Unix seconds) what was written there counts."""

    folders: Sequence[Path]
    since: float

    def files(self) -> Iterator[Path]:
        """All that is searched: what was written since, but for what is allowed."""
        for folder in self.folders:
            for path in folder.rglob("*"):
                if not any(fnmatch(str(path), pattern) for pattern in ALLOWED) and self._counts(path):
                    yield path

    def finds(self, marks: Mapping[str, str]) -> list[Find]:
        """Where somebody stands in clear."""
        return Searcher(marks).files(self.files(), self.since)

    def _counts(self, path: Path) -> bool:
        try:
            return path.is_file() and path.stat().st_mtime >= self.since
        except FileNotFoundError:
            return False


def told(finds: Sequence[Find]) -> str:
    """What was found, by the name of the mark and never by its value."""
    return "\n".join(f"{one.mark} as {one.how} {one.inside} in {one.place}" for one in finds[:40])
