"""Replica: a file of a whole city registered part by part over mutual TLS: signed, checked row by row, sealed."""

import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.domain.clock import SystemClock, SystemRandom, business_date
from app.domain.exchange_numbers import addressee_number
from app.link.letters import Correspondent
from app.link.line import Headers, Line
from app.server.keys import Keys
from app.server.wiring import open_backend
from app.settings import TlsPlace, server_settings
from app.training.child import BackendProcess
from app.trust.authority import Authority
from app.trust.file_chain import begin_chain, next_chain, part_digest
from app.trust.tls_key import TlsKey
from app.wire.letter import Letter
from app.wire.message import Message, decode
from app.wire.replica_file import BeginReplicaFile, PutReplicaPart, ReplicaFileState
from bench.exchanging.place import database
from bench.exchanging.work import resident_mb
from bench.figures import Figure
from bench.floors import replica as floors

HERE, TAX = "991007", "地方税関係情報"
COLUMNS = ("total_income", "income_levy", "per_capita_levy", "dependants")
PART = 8000
MILLION, RATE, GROWTH, MEMORY_MB = 1_000_000, 20_000, 0.5, 512
"""``GROWTH``: the last tenth's rate to the first's, at least; ``MEMORY_MB``: what the backend may take. Assumed."""
CLOCK, RANDOM, DAY = SystemClock(), SystemRandom(), timedelta(days=1)
YEAR = business_date(CLOCK.now()).year


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """The backend is a process of its own; the generator makes the next part while the last one is registered."""
    rows = 40_000 if small else MILLION
    with TemporaryDirectory() as folder, database(engine) as (address, _):
        file, tls, post = _place(Path(folder), address)
        with BackendProcess(file, Path(folder) / "log") as process:
            line = Line(f"https://127.0.0.1:{process.port}", tls, None, 120.0)
            seconds, state = _registered(line, post, rows)
            again = _again(line, post, rows)
            memory = resident_mb(process.pid)
            line.close()
        floor = floors.measure(engine, folder, address, min(rows, 200_000), PART)
    if (state.state, state.changed) != ("done", rows):
        raise RuntimeError(state.state)
    scale, whole = f"{rows} rows, {PART} for each commit", rows == MILLION
    tenth = max(1, len(seconds) // 10)
    growth = sum(seconds[:tenth]) / sum(seconds[-tenth:])
    figures = [
        Figure("replica_file_rate", rows / sum(seconds), "1/s", floor, RATE if whole else None, "value>=goal", scale),
        Figure("replica_file_growth", growth, "", None, GROWTH if whole else None, "value>=goal", scale),
        Figure("replica_same_file", again, "s", None, None, scale=scale),
        Figure("replica_memory", memory, "MB", None, MEMORY_MB, scale=scale),
    ]
    return [{**figure.row(), "engine": engine} for figure in figures]


def _registered(line: Line, post: Correspondent, rows: int) -> tuple[list[float], ReplicaFileState]:
    """Seconds of each part, and how the file stands."""
    print(f"registering {rows} rows", file=sys.stderr)
    _asked(line, post, "", "begin-replica-file/1", _begin(rows))
    seconds: list[float] = []
    with ThreadPoolExecutor(1) as maker:
        parts = _parts(rows)
        coming = maker.submit(next, parts, None)
        number = 0
        while (lines := coming.result()) is not None:
            coming = maker.submit(next, parts, None)
            part = PutReplicaPart(
                municipality=HERE, file_id="bench", number=number, lines=lines, digest=part_digest(lines)
            )
            letter = post.write(f"relay@{HERE}", "put-replica-part/1", part)
            begin = time.perf_counter()
            state = _sent(line, "/part", letter)
            seconds.append(time.perf_counter() - begin)
            number += 1
    return seconds, state


def _again(line: Line, post: Correspondent, rows: int) -> float:
    """Seconds until the same file, announced again, is known to be there."""
    message = _begin(rows)
    begin = time.perf_counter()
    if _asked(line, post, "", "begin-replica-file/1", message).state != "done":
        raise RuntimeError("not done")
    return time.perf_counter() - begin


def _begin(rows: int) -> BeginReplicaFile:
    chain, parts = begin_chain(TAX, YEAR, COLUMNS), 0
    for lines in _parts(rows):
        chain, parts = next_chain(chain, part_digest(lines)), parts + 1
    return BeginReplicaFile(
        municipality=HERE,
        file_id="bench",
        digest=chain,
        information=TAX,
        tax_year=YEAR,
        columns=COLUMNS,
        rows=rows,
        parts=parts,
    )


def _parts(rows: int) -> Iterator[str]:
    """The lines of each part: a number with its check digit, and what a tax record says of it."""
    lines: list[str] = []
    serial = made = 0
    while made < rows:
        serial += 1
        number = addressee_number(serial)
        if number is None:
            continue
        made += 1
        lines.append(json.dumps([number, "value", serial * 37 % 9_000_000, serial % 300_000, 4000, serial % 5]))
        if len(lines) == PART or made == rows:
            yield "\n".join(lines)
            lines = []


def _asked(line: Line, post: Correspondent, path: str, kind: str, message: Message) -> ReplicaFileState:
    return _sent(line, path, post.write(f"relay@{HERE}", kind, message))


def _sent(line: Line, path: str, letter: Letter) -> ReplicaFileState:
    headers = Headers(trace=RANDOM.token(8).hex(), key=RANDOM.token(16).hex())
    answer = line.ask(f"/intermediary/v1/replica-files{path}", letter, Letter, headers)
    return decode(answer.body, ReplicaFileState)


def _place(folder: Path, database: str) -> tuple[Path, TlsPlace, Correspondent]:
    """Settings of a backend, the relay's certificate and the relay as a writer."""
    authority = Authority.create("bench", CLOCK.now() - DAY, 30 * DAY)
    (folder / "authority.pem").write_bytes(authority.certificate_pem)
    for name in ("server", "slice"):
        key = TlsKey.generate()
        since, life = CLOCK.now() - DAY, 9 * DAY
        issued = (
            authority.issue_server(key.request(), since, life)
            if name == "server"
            else authority.issue_slices(key.request(), ("relay",), since, life)
        )
        (folder / f"{name}.key.pem").write_bytes(key.to_pem(None))
        (folder / f"{name}.pem").write_bytes(issued)
    file = folder / "server.toml"
    file.write_text(
        f'folder = "."\nhost = "127.0.0.1"\nport = 0\ndatabase = "{database}"\nschema_prefix = "bench_"\n'
        f'municipalities = ["{HERE}"]\ntraining = true\n'
        '[tls]\nauthority = "authority.pem"\ncertificate = "server.pem"\nkey = "server.key.pem"\n',
        "utf-8",
    )
    settings = server_settings(file)
    open_backend(settings, CLOCK, RANDOM).parts.close()
    name = f"relay@{HERE}"
    post = Correspondent({name: Keys(settings.folder / "keys", RANDOM).signing(name)}, {})
    return file, TlsPlace(folder / "authority.pem", folder / "slice.pem", folder / "slice.key.pem"), post
