"""madoguchi-server: serves all slices, or those named in its settings, until it is told to stop; or runs a command."""

import argparse
import asyncio
import contextlib
import gc
import json
import os
import signal
import ssl
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.domain.clock import SystemClock, SystemRandom
from app.errors import AppError, LedgerError
from app.log import to_stderr
from app.server.commands import add_commands, answer
from app.server.http import Application
from app.server.peer import PeerProtocol
from app.server.wiring import Listening, build
from app.settings import ServerSettings, server_settings

KEPT_OPEN_S = 75
"""How long a connection of a known caller may rest. Longer than any of ours uses one again: ``link.line.IDLE_S``."""
TURN_S = 0.0005
"""How long one thread computes while others wait; the interpreter's own 5 ms let a short answer wait for each of its
reads behind a long one."""
NEWCOMERS_S = 5
"""The same at the enrolment door, which holds few."""
NEWCOMERS = 16
"""How many connections the enrolment door holds at once. Assumed."""


def main(words: list[str] | None = None) -> int:
    """Run the program; 0 done or stopped as told, 1 something does not hold, 2 wrong use, 3 a part is missing."""
    parser = argparse.ArgumentParser(prog="madoguchi-server", description="Madoguchi: the intermediary services")
    parser.add_argument("--settings", type=Path, help="a TOML file; required")
    parser.add_argument("--while-runs", type=int, metavar="PID", help="end when this parent process is gone")
    add_commands(parser)
    asked = parser.parse_args(words)
    if asked.settings is None:
        parser.error("--settings is missing")
    os.umask(0o077)
    sys.setswitchinterval(TURN_S)
    to_stderr()
    try:
        settings = server_settings(asked.settings)
        to_stderr(settings.log_level)
        if asked.run is not None:
            answer(settings, asked)
            return 0
        listening = build(settings, SystemClock(), SystemRandom())
    except AppError as error:
        print(f"the backend can't {'start' if asked.run is None else 'do this'}: {error}", file=sys.stderr)
        return 1 if isinstance(error, LedgerError) else 3
    gc.collect()
    gc.freeze()  # what stands for good: no later search for garbage, in the middle of a request, walks through it
    serve(settings, listening, asked.while_runs)
    return 0


def serve(settings: ServerSettings, listening: Listening, parent: int | None = None) -> None:
    """Answer requests until SIGTERM or SIGINT; says on standard output when and where it is ready.

    ``parent``: who started it and whom it does not outlive; None: it stands alone.
    """
    config = _config(settings, listening.office, (settings.host, settings.port), ssl.CERT_REQUIRED, PeerProtocol)
    if config.ssl is not None and listening.trusted:
        config.ssl.load_verify_locations(cadata=listening.trusted.decode("ascii"))
    newcomers = None
    if settings.enrolment is not None and listening.newcomers is not None:
        where = settings.enrolment.host, settings.enrolment.port
        newcomers = _Beside(_config(settings, listening.newcomers, where, ssl.CERT_NONE, HttpToolsProtocol))
    _Announcing(config, newcomers, parent, listening.office.hurry).run()


def _config(
    settings: ServerSettings,
    application: Application,
    where: tuple[str, int],
    asks: ssl.VerifyMode,
    protocol: type[HttpToolsProtocol],
) -> uvicorn.Config:
    """TLS 1.3 with the process's own certificate. ``asks``: whether callers must show one."""
    config = uvicorn.Config(
        application.asgi,
        host=where[0],
        port=where[1],
        http=protocol,
        ssl_certfile=str(settings.tls.certificate),
        ssl_keyfile=str(settings.tls.key),
        ssl_ca_certs=str(settings.tls.authority),
        ssl_cert_reqs=asks,
        proxy_headers=False,
        log_config=None,
        access_log=False,
        timeout_keep_alive=KEPT_OPEN_S if asks is ssl.CERT_REQUIRED else NEWCOMERS_S,
        timeout_graceful_shutdown=5,
        limit_concurrency=None if asks is ssl.CERT_REQUIRED else NEWCOMERS,
    )
    config.load()
    if config.ssl is not None:
        config.ssl.minimum_version = ssl.TLSVersion.TLSv1_3
    return config


class _Beside(uvicorn.Server):
    """Serves beside another server of the same process, which alone listens to signals and ends it."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.tried = asyncio.Event()

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        try:
            await super().startup(sockets)  # type: ignore[arg-type]
        finally:
            self.tried.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


class _Announcing(uvicorn.Server):
    """Prints one JSON line with the port when it listens; a parent process waits for that line.

    ``beside``: begins before that line, ``enrolment_port`` in it says where, and ends first: the stores are this one's.
    ``hurry``: called when it ends, before it waits for the requests that are under way.
    ``parent``: it ends when that process is not its parent any more. Not on Windows, where a launcher may
    stand between and the parent that is told never changes.
    """

    def __init__(
        self, config: uvicorn.Config, beside: _Beside | None, parent: int | None, hurry: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._hurry = hurry
        self._parent = parent
        self._beside = beside
        self._running: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        ports = {"port": _port(self)} if self.started else {}
        if self.started and self._beside is not None:
            self._running = asyncio.create_task(self._beside.serve())
            await self._beside.tried.wait()
            if not self._beside.started:
                self.should_exit = True
                return
            ports["enrolment_port"] = _port(self._beside)
        if ports:
            print(json.dumps({"ready": True, **ports}), flush=True)

    async def on_tick(self, counter: int) -> bool:
        """Asked by the library ten times a second."""
        watched = self._parent if sys.platform != "win32" else None
        alone = watched is not None and os.getppid() != watched
        return await super().on_tick(counter) or alone

    async def shutdown(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        self._hurry()
        if self._beside is not None and self._running is not None:
            self._beside.should_exit = True
            await self._running
        await super().shutdown(sockets)  # type: ignore[arg-type]


def _port(server: uvicorn.Server) -> int:
    return int(server.servers[0].sockets[0].getsockname()[1])


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    raise SystemExit(main())
