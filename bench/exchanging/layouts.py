"""The processes that a bench measures: everything in one, or the city's own slices and the platform in one each.

Two is what there is in service: the intermediary and the core belong to other bodies than the relay. The city's process
opens the lines; nothing of the platform calls inwards.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.training.child import BackendProcess
from bench.exchanging.place import INSIDE, PLATFORM, Place


@dataclass(frozen=True, slots=True)
class Layout:
    """Running processes. ``port``: where counters ask; ``letters``: where other bodies deliver."""

    pids: tuple[int, ...]
    port: int
    letters: int


@contextmanager
def together(place: Place) -> Iterator[Layout]:
    """All slices in one process."""
    with BackendProcess(place.file, place.file.with_suffix(".log")) as process:
        yield Layout((process.pid,), process.port, process.port)


@contextmanager
def apart(place: Place) -> Iterator[Layout]:
    """Two processes, joined by mutual TLS."""
    platform = _written(place, "platform", PLATFORM, {})
    with BackendProcess(platform, platform.with_suffix(".log")) as far:
        peers = dict.fromkeys(PLATFORM, f"https://127.0.0.1:{far.port}")
        inside = _written(place, "inside", INSIDE, peers)
        with BackendProcess(inside, inside.with_suffix(".log")) as near:
            yield Layout((near.pid, far.pid), near.port, far.port)


def _written(place: Place, name: str, slices: tuple[str, ...], peers: dict[str, str]) -> Path:
    """The settings of one process on the stores of ``place``."""
    kept = place.file.read_text("utf-8").partition("[second_factor]")
    addresses = ", ".join(f'{slice_} = "{url}"' for slice_, url in peers.items())
    own = f"slices = {list(slices)}\npeers = {{{addresses}}}\n"
    path = place.file.with_name(f"{name}.toml")
    rest = (kept[1] + kept[2]).replace("server.pem", f"{name}.pem").replace("server.key.pem", f"{name}.key.pem")
    path.write_text(kept[0] + own + rest, "utf-8")
    return path
