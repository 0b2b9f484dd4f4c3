"""鍵の版 for who watches the exchange: every version of the keys that sign here, with the days that are left."""

from collections.abc import Callable

from app.backend.relay.service.steering import WATCH
from app.domain.call import Call
from app.wire.relay_office import AskKeys, KeyRow, KeyStates

ReadKeys = Callable[[str], tuple[KeyRow, ...]]
"""Municipality → its keys."""


class KeyWatch:
    """``keys``: what is planned for them."""

    def __init__(self, keys: ReadKeys) -> None:
        self._keys = keys

    def shown(self, call: Call, _: AskKeys) -> KeyStates:
        """All versions. Nothing of a resident, and no key, is in it: no act. Errors: NotAllowed."""
        call.demand(WATCH)
        return KeyStates(rows=self._keys(call.municipality))
