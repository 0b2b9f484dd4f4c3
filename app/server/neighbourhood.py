"""How a slice's neighbours are found: in this process, in another one of this installation, or elsewhere."""

from collections.abc import Callable, Mapping, Sequence

from app.errors import AppError
from app.link.letters import LetterLine, Nearby, Neighbour
from app.link.line import Line
from app.server.parts import Parts
from app.settings import ServerSettings
from app.wire.letter import Letter

Answers = Callable[[Sequence[Letter]], list[Letter | AppError]]


class Neighbourhood:
    """Finds a neighbour: the service in this process, else a line to the process that has it."""

    def __init__(self, settings: ServerSettings, parts: Parts) -> None:
        self._settings = settings
        self._parts = parts
        self._lines: dict[str, Line] = {}

    def of(self, name: str, path: str, answers: Answers | None) -> Neighbour:
        """The neighbour that answers letters at ``path`` of slice ``name``."""
        if answers is not None:
            return Nearby(answers)
        return LetterLine(self._line(self._settings.peers.get(name, "")), path)

    def known(self, name: str, path: str) -> Neighbour | None:
        """The neighbour at ``path`` of slice ``name`` of another process; None where the settings name no such."""
        url = self._settings.peers.get(name)
        return LetterLine(self._line(url), path) if url else None

    def providers(self, provide: Answers | None) -> dict[str, Neighbour]:
        """Municipality → its intermediary."""
        found = self.at(self._settings.institutions, "/intermediary/v1/provisions")
        if provide is not None:
            found |= {place: Nearby(provide) for place in self._settings.municipalities}
        return found

    def at(self, addresses: Mapping[str, str], path: str) -> dict[str, Neighbour]:
        """The neighbours that answer letters at ``path`` of other installations. ``addresses``: municipality → URL."""
        return {place: LetterLine(self._line(url), path) for place, url in addresses.items()}

    def _line(self, url: str) -> Line:
        if url not in self._lines:
            self._lines[url] = Line(url, self._settings.tls, None)
            self._parts.also_close(self._lines[url].close)
        return self._lines[url]
