"""The backend's keys on disk: made once, however many processes start together; rotated while others read."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from app.backend.desk import store as desk_store
from app.domain.clock import SystemRandom
from app.durable.cells import Cell
from app.errors import WrongKey
from app.server.keys import Keys
from app.server.parts import Parts
from app.server.rotate import rotate
from tests.support.powercut.backend import settings as settings_below
from tests.support.powercut.backend import verify
from tests.support.slices import KITA, MovedClock


def test_all_who_start_together_have_the_same_keys(tmp_path: Path) -> None:
    start = Barrier(8)

    def one(_: int) -> tuple[bytes, str]:
        keys = Keys(tmp_path / "keys", SystemRandom())
        start.wait()
        return keys.master().reveal(), keys.signing("desk").public.key_id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(one, range(8)))) == 1
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == ["desk.sign.pem", "master.key"]


def test_a_rotation_disturbs_nobody_who_works_and_the_version_before_the_last_opens_nothing_more(
    tmp_path: Path,
) -> None:
    settings, clock, random = settings_below(tmp_path), MovedClock(), SystemRandom()
    keys = Keys(settings.folder / "keys", random)
    cell = Cell(KITA, "person", "name", "1", 1)
    with closing(Parts(settings, keys, clock)) as parts:
        own = parts.slice("desk", desk_store.TABLES, desk_store.HISTORY)
        box = own.database.write(lambda c: own.cells.seal(c, cell, "髙橋".encode()))
        assert rotate(settings, clock, random).rewrapped == {"desk": 1}
        assert own.database.read(lambda c: own.cells.open(c, cell, box)) == "髙橋".encode()
        clock.move(days=40)
        later = own.database.write(lambda c: own.cells.seal(c, cell, b"later"))
        assert own.database.read(own.cells.versions) == {2}
        assert [rotate(settings, clock, random).version for _ in range(2)] == [3, 4]
        verify(own)
    with closing(Parts(settings, keys, clock)) as parts:
        own = parts.slice("desk", desk_store.TABLES, desk_store.HISTORY)
        assert own.database.read(lambda c: own.cells.open(c, cell, later)) == b"later"
    with pytest.raises(WrongKey):
        keys.wrapping(2)
    assert sorted(path.name for path in (settings.folder / "keys").glob("wrapping*")) == [
        "wrapping-3.key",
        "wrapping-4.key",
    ]
