"""The edge of a process as it is shipped: TLS 1.3, certificates on both sides, door, endpoints; answers are seen."""

import hashlib
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import uvicorn

from app.server.__main__ import _config
from app.server.door import Door
from app.server.http import Application
from app.server.peer import PeerProtocol
from app.settings import ServerSettings
from app.wire.endpoint import Endpoint
from tests.seed_matrix.witness import Answered, Witness
from tests.support.process import wait_for

THREADS = 2


class Seen:
    """An application whose answers are written down, with the certificate under which each was asked for."""

    def __init__(self, inner: Application, engine: str, witness: Witness) -> None:
        self._inner, self._engine, self._witness = inner.asgi, engine, witness

    @property
    def asgi(self) -> Any:
        return self

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def sent(message: Any) -> None:
            if message["type"] == "http.response.start" and scope["scheme"] == "https":
                shown = scope["state"].get("peer_der")
                caller = hashlib.sha256(shown).hexdigest() if shown else ""
                self._witness.seen.append(Answered(self._engine, scope["path"], message["status"], caller))
            await send(message)

        await self._inner(scope, receive, sent)


@contextmanager
def listening(
    settings: ServerSettings, endpoints: Sequence[Endpoint], door: Door, engine: str, witness: Witness
) -> Iterator[str]:
    """The address at which ``endpoints`` are answered by a thread of this process."""
    application = Application(endpoints, door, THREADS, lambda: None)
    seen: Any = Seen(application, engine, witness)
    server = uvicorn.Server(_config(settings, seen, ("127.0.0.1", 0), ssl.CERT_REQUIRED, PeerProtocol))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_for(lambda: server.started, "the edge", 30)
    try:
        yield f"https://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)
