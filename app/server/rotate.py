"""Rotation while the backend runs: data keys under a new wrapping key, next signing keys, codes under another key."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

from app.backend.nws import store as nws_store
from app.backend.nws.service import CodeRotation
from app.domain.clock import Clock, Random
from app.domain.secret import Secret
from app.durable.cells import Cells
from app.durable.engine import Database
from app.server.exchange_keys import ExchangeKeys
from app.server.keys import Keys
from app.server.ledgers import TABLES
from app.server.parts import Parts
from app.server.signing_keys import ROTATED, rotate_signing
from app.settings import ServerSettings


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did. ``rewrapped``: slice → how many data keys it wrapped anew."""

    version: int
    rewrapped: Mapping[str, int]


def rotate(settings: ServerSettings, clock: Clock, random: Random) -> Rotated:
    """Wrap all data keys of this installation's slices under a new version of the wrapping key.

    A rotation that was cut off is finished instead. The version before the new one stays on the disk until the next
    rotation, for transactions that had begun; earlier ones are deleted. Errors: WrongKey, StoreBusy, DiskFull.
    """
    keys = Keys(settings.folder / "keys", random)
    with closing(Parts(settings, keys, clock)) as parts:
        stores = {
            name: found
            for name in sorted(settings.slices or TABLES)
            if name in TABLES and (found := parts.cells(name, TABLES[name])) is not None
        }
        version = keys.newest_wrapping()
        if not any(_lags(*store, version) for store in stores.values()):
            version = keys.make_wrapping()
        rewrapped = {name: _rewrap(*store, keys.cells(name).key(version), version) for name, store in stores.items()}
    keys.give_up_wrapping(version - 1)
    return Rotated(version, rewrapped)


def _lags(database: Database, cells: Cells, version: int) -> bool:
    return bool(database.read(cells.versions) - {version})


def _rewrap(database: Database, cells: Cells, key: Secret, version: int) -> int:
    return database.write(lambda connection: cells.rewrap(connection, key, version))


def rotate_exchange(settings: ServerSettings, clock: Clock, random: Random) -> Mapping[str, int]:
    """Plan the next version of every signing key of the exchange; name → version that comes in a week.

    The backend may run: it looks at the plan again. Who has a next version planned keeps it. Errors: WrongKey.
    """
    keys = Keys(settings.folder / "keys", random)
    names = [name for name in ExchangeKeys(settings, keys, clock).signing if name.partition("@")[0] in ROTATED]
    return rotate_signing(keys.folder, names, keys, clock.now())


def rotate_codes(settings: ServerSettings, clock: Clock, random: Random) -> Mapping[str, int]:
    """Begin another version of the core's key for the codes of each municipality; the intermediaries take it over.

    Municipality → version. Errors: Refused ``rotation_running``; WrongKey, StoreBusy.
    """
    keys = Keys(settings.folder / "keys", random)
    with closing(Parts(settings, keys, clock)) as parts:
        own = parts.slice("nws", nws_store.TABLES, nws_store.HISTORY)
        exchange = ExchangeKeys(settings, keys, clock)
        store = nws_store.CoreStore(own.database, own.cells, own.pen, own.index_key)
        rotation = CodeRotation(store, exchange.post("nws"), own.index_key, exchange.directory.boxes, clock)
        return {place: rotation.begin(place) for place in settings.municipalities}
