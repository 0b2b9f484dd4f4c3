"""Where business systems hand in replica files: one door for each system that the provision rules name."""

from collections.abc import Callable, Sequence

from app.backend.intermediary.service.replicas import Replicating
from app.backend.relay.service.replica_files import ReplicaFiles
from app.domain.clock import Clock
from app.domain.exchange_rules import Hours
from app.errors import AppError
from app.link.letters import Correspondent, Neighbour, Noted, letter_endpoint
from app.server import shipped
from app.wire.endpoint import Endpoint
from app.wire.letter import Letter

PATHS = ("", "part", "state", "rejected")
Answers = Callable[[Sequence[Letter]], list[Letter | AppError]]
Of = Callable[[str, str, Answers | None], Neighbour]


def replica_files(
    post: Correspondent,
    lines: tuple[Neighbour, Of],
    replicating: Replicating | None,
    hours: Hours,
    clock: Clock,
    noted: Noted,
) -> tuple[ReplicaFiles, tuple[Endpoint, ...]]:
    """The relay's part in files. ``lines``: the addressee's translation, and how a neighbour is found.

    ``replicating``: the intermediary where it is in this process. Errors: DataFault.
    """
    translate, of = lines
    rules = shipped.provision_rules()
    near: dict[str, Answers | None] = dict.fromkeys(PATHS)
    if replicating is not None:
        does = (replicating.begin, replicating.part, replicating.state, replicating.rejected)
        near = dict(zip(PATHS, does, strict=True))
    doors = {path: of("intermediary", _path("/intermediary/v1", path), near[path]) for path in PATHS}
    sources = {name: frozenset(rule.sources) for name, rule in rules.information.items()}
    files = ReplicaFiles(post, (translate, doors), sources, lambda: hours.open_at(clock.now()), noted)
    systems = sorted({system for some in sources.values() for system in some})
    endpoints = tuple(
        letter_endpoint(_path(f"/relay/v1/systems/{system}", path), system, files.answers(system, path))
        for system in systems
        for path in PATHS
    )
    return files, endpoints


def _path(begin: str, path: str) -> str:
    return f"{begin}/replica-files" + (f"/{path}" if path else "")
