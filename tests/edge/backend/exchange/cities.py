"""Stores that hold the people of both municipalities: loaded once on each engine, copied for whoever asks."""

import contextlib
import dataclasses
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from app.settings import ServerSettings
from tests.edge.backend.exchange.world import World, load_people, open_world, server_settings
from tests.support.postgres import Cluster
from tests.support.slices import MORNING, MovedClock

Restarted = Callable[[MovedClock], contextlib.AbstractContextManager[World]]
"""Opens the exchange of another process on the module's stores, as it starts after any end."""
OURS = ("app.backend.", "app.server.", "app.link.")


@dataclass
class Cities:
    """Copies of loaded stores: a folder is copied, a database is made after a template."""

    folder: Path
    _numbers: Iterator[int] = dataclasses.field(default_factory=count)
    _loaded: dict[str, ServerSettings] = dataclasses.field(default_factory=dict)

    @contextlib.contextmanager
    def copy(self, cluster: Cluster | None) -> Iterator[ServerSettings]:
        """Settings of stores of one's own. ``cluster``: where they are databases; None: encrypted files."""
        own = self.folder / f"copy{next(self._numbers)}"
        original = self._original(cluster)
        shutil.copytree(original.folder, own)
        if cluster is None:
            yield dataclasses.replace(original, folder=own)
        else:
            name = cluster.fresh(original.database.rpartition("/")[2])
            yield dataclasses.replace(original, folder=own, database=cluster.address(name))
            cluster.drop(name)
        shutil.rmtree(own)

    def _original(self, cluster: Cluster | None) -> ServerSettings:
        engine = "sqlcipher" if cluster is None else "postgresql"
        if engine not in self._loaded:
            database = engine if cluster is None else cluster.address(cluster.fresh())
            settings = server_settings(self.folder / engine, database)
            settings.folder.mkdir()
            with open_world(settings, MovedClock()) as world:
                load_people(world.exchange)
            self._loaded[engine] = settings
        return self._loaded[engine]


class AsItWas:
    """What every service of a world held in memory, to be put back: what one test bends no other one finds bent."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._kept: dict[int, tuple[object, dict, dict]] = {}
        self._keep(world, vars(world))

    def put_back(self) -> None:
        """As it was when it was opened, at the same hour; what is in the stores stays."""
        for _, held, state in self._kept.values():
            held.clear()
            held.update(state)
        self._world.clock.at = MORNING

    def _keep(self, one: object, held: dict) -> None:
        self._kept[id(one)] = (one, held, dict(held))
        for each in list(held.values()):
            self._look(each)

    def _look(self, one: object) -> None:
        if id(one) in self._kept:
            return
        if isinstance(one, dict):
            self._keep(one, one)
        elif type(one).__module__.startswith(OURS) and hasattr(one, "__dict__"):
            self._keep(one, vars(one))
        else:
            for each in _held(one):
                self._look(each)


def _held(one: object) -> Sequence[object]:
    """What can't be bent itself, but holds what can."""
    if isinstance(one, tuple | list):
        return one
    if dataclasses.is_dataclass(one) and type(one).__module__.startswith(OURS):
        return [getattr(one, field.name) for field in dataclasses.fields(one)]
    return ()
