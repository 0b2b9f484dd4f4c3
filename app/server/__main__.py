"""madoguchi-server: serves all slices, or those named in its settings, until it is told to stop; or runs a command."""

import argparse
import json
import os
import signal
import ssl
import sys
from pathlib import Path

import uvicorn

from app.domain.clock import SystemClock, SystemRandom
from app.errors import AppError, LedgerError
from app.log import to_stderr
from app.server.commands import add_commands, answer
from app.server.http import Application
from app.server.peer import PeerProtocol
from app.server.wiring import build
from app.settings import ServerSettings, server_settings


def main(words: list[str] | None = None) -> int:
    """Run the program; 0 done or stopped as told, 1 something does not hold, 2 wrong use, 3 a part is missing."""
    parser = argparse.ArgumentParser(prog="madoguchi-server", description="Madoguchi: the intermediary services")
    parser.add_argument("--settings", type=Path, help="a TOML file; required")
    add_commands(parser)
    asked = parser.parse_args(words)
    if asked.settings is None:
        parser.error("--settings is missing")
    os.umask(0o077)
    to_stderr()
    try:
        settings = server_settings(asked.settings)
        to_stderr(settings.log_level)
        if asked.run is not None:
            answer(settings, asked)
            return 0
        application = build(settings, SystemClock(), SystemRandom())
    except AppError as error:
        print(f"the backend can't {'start' if asked.run is None else 'do this'}: {error}", file=sys.stderr)
        return 1 if isinstance(error, LedgerError) else 3
    serve(settings, application)
    return 0


def serve(settings: ServerSettings, application: Application) -> None:
    """Answer requests until SIGTERM or SIGINT; says on standard output when and where it is ready."""
    config = uvicorn.Config(
        application.asgi,
        host=settings.host,
        port=settings.port,
        http=PeerProtocol,
        ssl_certfile=str(settings.tls.certificate),
        ssl_keyfile=str(settings.tls.key),
        ssl_ca_certs=str(settings.tls.authority),
        ssl_cert_reqs=ssl.CERT_REQUIRED,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
    )
    config.load()
    if config.ssl is not None:
        config.ssl.minimum_version = ssl.TLSVersion.TLSv1_3
    _Announcing(config).run()


class _Announcing(uvicorn.Server):
    """Prints one JSON line with the port when it listens; a parent process waits for that line."""

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            port = self.servers[0].sockets[0].getsockname()[1]
            print(json.dumps({"ready": True, "port": port}), flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    raise SystemExit(main())
