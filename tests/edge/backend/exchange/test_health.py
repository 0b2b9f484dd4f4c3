"""S01-10, S02-0b: how a process stands, each part read while its cause is really broken; the others stay well.

What must not happen: a part says well while it is not, or a check makes what is missing.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from app.domain.clock import SystemRandom
from app.server.exchange_keys import ExchangeKeys
from app.server.health import UNWELL, WARNED, WELL, Health, checks
from app.server.keys import Keys
from app.server.signing_keys import LIFE, rotate_signing
from app.settings import ServerSettings, TlsPlace
from app.trust.authority import Authority
from app.trust.tls_key import TlsKey
from app.wire.health import HealthPart
from app.wire.message import Nothing
from tests.edge.backend.exchange.world import HERE, MOVED, World, open_world
from tests.support.postgres import free_port
from tests.support.powercut.record import preloaded
from tests.support.slices import MORNING, MovedClock, call, person
from tests.support.source import ROOT

MONITOR = person("slice:monitor", municipality="")


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> TlsPlace:
    """The process's own certificate: holds for 60 days from the tests' morning."""
    folder = tmp_path_factory.mktemp("tls")
    authority, key = Authority.create("test", MORNING - timedelta(days=1), timedelta(days=1000)), TlsKey.generate()
    place = TlsPlace(folder / "authority.pem", folder / "own.pem", folder / "own.key.pem")
    place.authority.write_bytes(authority.certificate_pem)
    place.key.write_bytes(key.to_pem(None))
    days = timedelta(days=60)
    place.certificate.write_bytes(authority.issue_slices(key.request(), ("intermediary", "nws"), MORNING, days))
    return place


def health(world: World, tls: TlsPlace) -> Health:
    parts = checks(replace(world.settings, tls=tls), world.exchange.ledgers, world.exchange, world.clock)
    return Health(parts, world.clock)


def looked(of: Health, world: World) -> dict[str, HealthPart]:
    state = of.state(call(MONITOR, world.clock.now()), Nothing())
    parts = {part.name: part for part in state.parts}
    assert state.is_well == all(part.state != UNWELL for part in state.parts)
    return parts


def ill(of: Health, world: World) -> dict[str, tuple[str, str]]:
    """What is not well: part → state and reason."""
    parts = looked(of, world).values()
    return {part.name: (part.state, part.reason) for part in parts if part.state != WELL}


def test_a_process_that_can_do_everything_is_well_in_each_part(world: World, tls: TlsPlace) -> None:
    parts = looked(health(world, tls), world)
    assert set(parts) == {"sign", "log", "core", "clock", "keys", "backlog"}
    assert {part.state for part in parts.values()} == {WELL}
    assert parts["log"].figures == {"ledgers": 5.0, "broken": 0.0}
    assert parts["keys"].figures["days_left"] == 60.0


def test_a_key_file_that_is_away_is_seen_and_not_made_anew(world: World, tls: TlsPlace) -> None:
    of, folder = health(world, tls), world.settings.folder / "keys"
    for name, where in ((f"relay@{HERE}.sign.pem", 1), ("master.key", 25)):
        away = folder / f"{name}.away"
        (folder / name).rename(away)
        assert ill(of, world) == {"sign": (UNWELL, "key_missing")}
        assert len(looked(of, world)["sign"].where) == where
        assert not (folder / name).exists()
        away.rename(folder / name)
        assert ill(of, world) == {}


def test_a_key_that_others_may_read_or_that_is_another_one_is_seen(world: World, tls: TlsPlace) -> None:
    of, folder = health(world, tls), world.settings.folder / "keys"
    (folder / "master.key").chmod(0o644)
    found = ill(of, world)
    (folder / "master.key").chmod(0o600)
    assert found["sign"] == (UNWELL, "open_to_others")
    assert found.keys() <= {"sign", "core"}, "the core of this process opens nothing under that key either"
    assert ill(of, world) == {}
    own, content = folder / f"relay@{HERE}.sign.pem", (folder / f"relay@{HERE}.sign.pem").read_bytes()
    own.unlink()
    Keys(folder, SystemRandom()).signing(f"relay@{HERE}")
    assert ill(of, world) == {"sign": (UNWELL, "key_changed")}
    own.write_bytes(content)
    assert ill(of, world) == {}


DISK = """
import json, sys
from pathlib import Path
from app.server.health import can_log
from app.backend.relay import store
from app.domain.clock import SystemRandom
from app.server.keys import Keys
from app.server.parts import Parts
from tests.edge.backend.exchange.world import server_settings
from tests.support.slices import MovedClock
folder, trouble, errors = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
parts = Parts(server_settings(folder, "sqlcipher"), Keys(folder / "keys", SystemRandom()), MovedClock())
own, said = parts.slice("relay", store.TABLES, store.HISTORY), []
for error in ("", *errors, ""):
    trouble.write_text(error) if error else trouble.unlink(missing_ok=True)
    found = can_log([own])
    said.append([found.state, found.reason, *found.where])
parts.close()
print(json.dumps(said))
"""


@pytest.mark.fault
def test_a_full_and_a_read_only_disk_are_seen_and_that_it_is_mended(tmp_path: Path) -> None:
    from errno import ENOSPC, EROFS

    place, trouble = tmp_path / "place", tmp_path / "trouble"
    place.mkdir()
    env = {**os.environ, **preloaded(place, tmp_path / "record", trouble)}
    words = [sys.executable, "-c", DISK, str(place), str(trouble), str(ENOSPC), str(EROFS)]
    run = subprocess.run(words, env=env, capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 0, run.stderr[-2000:]
    well, full, read_only, mended = json.loads(run.stdout)
    assert well == mended == [WELL, ""]
    assert full == [UNWELL, "store.disk_full", "relay"]
    assert read_only == [UNWELL, "store.disk_fault", "relay"]


@contextmanager
def only_read(settings: ServerSettings, world: World) -> Iterator[None]:
    """The server of the stores takes no writes, as a standby does."""

    def turn(value: str) -> None:
        name = settings.database.rpartition("/")[2]
        with psycopg.connect(settings.database, autocommit=True) as connection:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {value}".encode())
        for own in world.exchange.ledgers:
            own.database.close()

    turn("on")
    try:
        yield
    finally:
        turn("off")


@pytest.mark.fault
def test_a_database_server_that_takes_no_writes_is_seen(world: World, tls: TlsPlace) -> None:
    if world.settings.database == "sqlcipher":
        assert ill(health(world, tls), world) == {}
        return
    of = health(world, tls)
    with only_read(world.settings, world):
        assert ill(of, world)["log"] == (UNWELL, "store.disk_fault")
        assert looked(of, world)["sign"].state == WELL
    assert ill(of, world) == {}


def test_a_core_that_nobody_reaches_is_seen(loaded: ServerSettings, tls: TlsPlace) -> None:
    peers = dict.fromkeys(("nws", "relay", "addressee", "socialaddress"), f"https://127.0.0.1:{free_port()}")
    alone = replace(loaded, slices=("intermediary",), peers=peers, tls=tls)
    with open_world(alone, MovedClock()) as world:
        parts = looked(health(world, tls), world)
    assert set(parts) == {"sign", "log", "core", "clock", "keys"}
    assert {name: part.state for name, part in parts.items() if part.state != WELL} == {"core": UNWELL}
    assert (parts["core"].reason, parts["core"].where) == ("office.unreachable", ("nws",))


class Wrong(MovedClock):
    """A clock that can be set without any time going by."""

    def monotonic(self) -> float:
        return 1000.0


def test_a_clock_that_was_set_back_or_jumps_is_seen(loaded: ServerSettings, tls: TlsPlace) -> None:
    clock = Wrong()
    with open_world(loaded, clock) as world:
        of = health(world, tls)
        world.answer(MOVED)
        clock.move(seconds=60)
        assert ill(of, world) == {"clock": (WARNED, "jumped")}
        clock.move(seconds=-3600)
        assert ill(of, world) == {"clock": (UNWELL, "behind_records")}
        part = looked(of, world)["clock"]
        assert set(part.where) >= {"relay", "intermediary", "nws"}
        assert part.figures["behind_s"] >= 3500
        clock.at = MORNING
        assert ill(of, world) == {}


def test_keys_and_certificates_are_counted_down_and_their_end_is_seen(world: World, tls: TlsPlace) -> None:
    of, folder = health(world, tls), world.settings.folder / "keys"
    world.clock.move(days=30)
    assert ill(of, world) == {"keys": (WARNED, "ends_soon")}
    assert looked(of, world)["keys"].where == ("certificate",)
    world.clock.move(days=30)
    assert ill(of, world) == {"keys": (UNWELL, "expired")}
    world.clock.at = MORNING - LIFE - timedelta(days=7)
    name = f"addressee@{HERE}"
    rotate_signing(folder, [name], Keys(folder, SystemRandom()), world.clock.at)
    world.clock.at = MORNING
    try:
        fresh = ExchangeKeys(world.settings, Keys(folder, SystemRandom()), world.clock)
        assert fresh.plan.of(name)[-1].until == MORNING
        parts = looked(health(world, tls), world)
        assert (parts["keys"].state, parts["keys"].where) == (UNWELL, (name,))
    finally:
        (folder / "signing.json").unlink()


def test_what_waits_too_long_is_seen_with_its_age_until_it_is_carried(world: World, tls: TlsPlace) -> None:
    world.carry()
    of, accepted = health(world, tls), world.make(MOVED)
    assert looked(of, world)["backlog"].figures == {"waiting": 1.0, "oldest_s": 0.0}
    assert ill(of, world) == {}
    world.clock.move(minutes=31)
    assert ill(of, world) == {"backlog": (WARNED, "too_old")}
    world.clock.move(hours=24)
    part = looked(of, world)["backlog"]
    assert (part.state, part.reason, part.figures["oldest_s"]) == (UNWELL, "too_old", 24 * 3600 + 31 * 60)
    world.carry()
    assert world.state(accepted).answer is not None
    assert looked(of, world)["backlog"].state == WELL
