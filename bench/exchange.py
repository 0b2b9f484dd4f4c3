"""Exchange: one provision, and a whole enquiry from acceptance to answer, at 32 connections over mutual TLS."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.backend.staff.ports import StaffMember, Terminal
from app.domain.clock import SystemClock, SystemRandom, business_date
from app.domain.number import MyNumber, TrainingNumber, training_check_digit
from app.domain.rights import Right
from app.domain.secret import Secret, secret
from app.errors import AppError
from app.link.letters import Correspondent
from app.link.line import Headers, Line
from app.server.exchange_load import LoadedPerson, LoadedYear, load_exchange
from app.server.keys import Keys
from app.server.wiring import Backend, open_backend
from app.settings import ServerSettings, TlsPlace, server_settings
from app.training.child import BackendProcess
from app.trust.authority import Authority, TerminalName
from app.trust.seal import BoxKey
from app.trust.tls_key import TlsKey
from app.wire.desk import PersonMark
from app.wire.exchange import (
    Deliveries,
    Delivery,
    DeliveryReplies,
    NetworkRequest,
    PermitQuestion,
    PermitQuestions,
    PermitReplies,
)
from app.wire.letter import Letter
from app.wire.message import decode
from app.wire.relay import AskEnquiries, EnquiryAccepted, EnquiryStates, MakeEnquiry
from app.wire.staff import SignedIn, SignIn
from bench.figures import Figure, p50, quantile
from bench.floors import exchange as floors

HERE, THERE = "991007", "992003"
TAX, PROCEDURE, ENQUIRY = "地方税関係情報", "child_allowance_claim", "local_tax_claimant"
PURPOSE = "父母のうち児童の生計を維持する程度の高い者を確認するため"
CONNECTIONS, PEOPLE, PASSWORD = 32, 256, "bench-password"
CLOCK, RANDOM, DAY = SystemClock(), SystemRandom(), timedelta(days=1)
TODAY = business_date(CLOCK.now())
YEAR = TODAY.year - 1 if TODAY.month <= 5 else TODAY.year
ITEMS = {"total_income": 3_456_789, "income_levy": 172_800, "per_capita_levy": 4000, "dependants": 1}


@dataclass(frozen=True, slots=True)
class Place:
    """One backend on stores of its own, and the certificates to call it with."""

    settings: ServerSettings
    file: Path
    terminal: TlsPlace
    slice: TlsPlace


def bench(*, small: bool, engine: str) -> list[dict[str, Any]]:
    """The backend runs as a process of its own; the generator is this process on the same machine."""
    enquiries, deliveries = (256, 512) if small else (4096, 8192)
    with TemporaryDirectory() as folder, _database(engine) as database:
        place = _place(Path(folder), database)
        letters = _prepared(place, deliveries)
        with BackendProcess(place.file, Path(folder) / "log") as process:
            url = f"https://127.0.0.1:{process.port}"
            hop = _measured(_hops(url, place.slice, letters))
            whole = _measured(_enquiries(url, place.terminal, enquiries))
            memory = _resident_mb(process.pid)
        floor = floors.measure(engine, folder, database, enquiries)
    scale = f"{PEOPLE} persons, {CONNECTIONS} connections, delivery of {len(letters[0].body)} B"
    figures = [
        *_figures("provider_hop_32", hop, floor.provider_hop_rate, scale, engine),
        *_figures("whole_32", whole, floor.whole_rate, scale, engine),
        Figure("memory_backend", memory, "MB", scale=scale, engine=engine),
    ]
    return [figure.row() for figure in figures]


def _figures(name: str, times: tuple[list[float], float], floor: float, scale: str, engine: str) -> list[Figure]:
    seconds, duration = times
    rate = len(seconds) / duration
    return [
        Figure(f"{name}_rate", rate, "1/s", floor=floor, sense="ratio>=goal", scale=scale, engine=engine),
        Figure(f"{name}_p50", p50(seconds), "s", scale=scale, engine=engine),
        Figure(f"{name}_p99", quantile(seconds, 0.99), "s", scale=scale, engine=engine),
    ]


def _measured(works: Sequence[Callable[[], list[float]]]) -> tuple[list[float], float]:
    """Seconds of each single work of all connections, and how long everything took."""
    with ThreadPoolExecutor(len(works)) as pool:
        begin = time.perf_counter()
        times = [seconds for share in pool.map(lambda work: work(), works) for seconds in share]
        return times, time.perf_counter() - begin


def _hops(url: str, tls: TlsPlace, letters: Sequence[Letter]) -> list[Callable[[], list[float]]]:
    print(f"provider hop: {len(letters)}", file=sys.stderr)

    def share(mine: Sequence[Letter]) -> Callable[[], list[float]]:
        def work() -> list[float]:
            line, times = Line(url, tls, None, 60.0), []
            for letter in mine:
                begin = time.perf_counter()
                answer = line.ask("/intermediary/v1/provisions", letter, Letter, _headers())
                times.append(time.perf_counter() - begin)
                (reply,) = decode(answer.body, DeliveryReplies).replies
                if reply.answer is None:
                    raise RuntimeError(reply.reason)
            line.close()
            return times

        return work

    return [share(letters[start::CONNECTIONS]) for start in range(CONNECTIONS)]


def _enquiries(url: str, tls: TlsPlace, count: int) -> list[Callable[[], list[float]]]:
    print(f"whole enquiry: {count}", file=sys.stderr)
    first = Line(url, tls, None, 60.0)
    signed = first.ask("/staff/v1/sign-in", SignIn(staff_id="bench", password=PASSWORD), SignedIn, _headers())
    first.close()
    token = secret(signed.token)

    def share(start: int) -> Callable[[], list[float]]:
        def work() -> list[float]:
            line = Line(url, tls, None, 60.0)
            times = [_one(line, token, number) for number in range(start, count, CONNECTIONS)]
            line.close()
            return times

        return work

    return [share(start) for start in range(CONNECTIONS)]


def _one(line: Line, token: Secret, number: int) -> float:
    """Seconds from sending an enquiry until its answer with receipt is read; asked after 50 ms, then less often."""
    asked = MakeEnquiry(
        enquiry_id=f"bench-{number}",
        visit_id="bench",
        procedure=PROCEDURE,
        enquiry=ENQUIRY,
        subject=PersonMark(business_number=_business(number % PEOPLE), name="bench"),
        information=TAX,
        purpose=PURPOSE,
        tax_year=YEAR,
        requested_on=TODAY,
    )
    begin = time.perf_counter()
    line.ask("/relay/v1/enquiries", asked, EnquiryAccepted, _headers(token))
    wait_s = 0.05
    while True:
        time.sleep(wait_s)
        wait_s = min(wait_s * 1.5, 0.4)
        question = AskEnquiries(enquiry_ids=(asked.enquiry_id,))
        (state,) = line.ask("/relay/v1/enquiries/state", question, EnquiryStates, _headers(token)).states
        if state.answer is not None:
            if not (state.answer.proof and state.answer.items):
                raise RuntimeError(state.answer.kind)
            return time.perf_counter() - begin
        if state.state == "refused":
            raise RuntimeError(state.reason)


def _headers(token: Secret | None = None) -> Headers:
    return Headers(trace=RANDOM.token(8).hex(), key=RANDOM.token(16).hex(), token=token)


def _prepared(place: Place, deliveries: int) -> list[Letter]:
    """Stores with people, a member of staff and a terminal; deliveries with permits, one letter each."""
    print("preparing", file=sys.stderr)
    backend = open_backend(place.settings, CLOCK, RANDOM)
    try:
        _filled(backend)
        return _letters(backend, Keys(place.settings.folder / "keys", RANDOM), deliveries)
    finally:
        backend.parts.close()


def _filled(backend: Backend) -> None:
    there = LoadedYear(YEAR, THERE, "B", "value", ITEMS)
    for municipality, shift in ((HERE, 0), (THERE, 5000)):
        people = [
            LoadedPerson(
                business_number=_business(number + shift),
                my_number=_my_number(number),
                resident_code=secret(f"9{number:010}"),
                has_code=True,
                years=(there,),
            )
            for number in range(PEOPLE)
        ]
        load_exchange(backend.exchange, municipality, TAX, people)
    if backend.staff is None:
        raise RuntimeError("no staff slice")
    backend.staff.enrol(Terminal(HERE, "bench", "1", CLOCK.now(), None))
    member = StaffMember(HERE, "A", "A", "bench", "bench", "bench", "", is_active=True)
    rights = (Right("enquiry.make", PROCEDURE), Right("enquiry.read", PROCEDURE))
    backend.staff.admit(((member, rights),), secret(PASSWORD), CLOCK.now())


def _letters(backend: Backend, keys: Keys, count: int) -> list[Letter]:
    asking, core = backend.exchange.asking, backend.exchange.nws
    if asking is None or core is None:
        raise RuntimeError("no exchange")
    names = (f"relay@{HERE}", f"intermediary@{HERE}")
    post = Correspondent({name: keys.signing(name) for name in names}, {})
    reply = BoxKey.generate().public
    codes = _codes(backend)
    letters: list[Letter] = []
    for start in range(0, count, 64):
        requests = [_request(post, number, reply) for number in range(start, min(count, start + 64))]
        questions = tuple(
            PermitQuestion(process_number=f"bench{start + at}", code=codes[(start + at) % PEOPLE], request=request)
            for at, request in enumerate(requests)
        )
        asked = PermitQuestions(municipality=HERE, questions=questions)
        answer = core.permits([post.write(names[1], "permit-questions/1", asked)])[0]
        if isinstance(answer, AppError):
            raise answer
        for request, given in zip(requests, decode(answer.body, PermitReplies).replies, strict=True):
            if given.permit is None:
                raise RuntimeError(given.reason)
            delivery = Delivery(permit=given.permit, request=request)
            message = Deliveries(requester=HERE, provider=THERE, deliveries=(delivery,))
            letters.append(post.write(names[1], "deliveries/1", message))
    return letters


def _codes(backend: Backend) -> list[bytes]:
    """The codes of the people here, fetched as the intermediary does."""
    exchange = backend.exchange
    if exchange.addressee is None or exchange.asking is None:
        raise RuntimeError("no exchange")
    numbers = [_business(number) for number in range(PEOPLE)]
    book = exchange.addressee._book  # noqa: SLF001 -- the bench stands in for the intermediary
    people = book.read(lambda unit: unit.of_business(HERE, numbers))
    mine = [people[number].addressee_number for number in numbers]
    states = exchange.asking._book.read(lambda unit: unit.codes(HERE, mine))  # noqa: SLF001 -- as above
    return [code.reveal() for number in mine if (code := states[number].code) is not None]


def _request(post: Correspondent, number: int, reply: bytes) -> Letter:
    request = NetworkRequest(
        enquiry_id=f"hop-{number}",
        trace="bench",
        requester=HERE,
        provider=THERE,
        series="order",
        item="106",
        task=PROCEDURE,
        purpose=PURPOSE,
        information=TAX,
        items=tuple(ITEMS),
        tax_year=YEAR,
        asked_on=TODAY,
        reply_key=reply,
    )
    return post.write(f"relay@{HERE}", "network-request/1", request)


def _place(folder: Path, database: str) -> Place:
    """Authority, certificates and settings; the permits of a run outlive it."""
    authority = Authority.create("bench", CLOCK.now() - DAY, 30 * DAY)
    (folder / "authority.pem").write_bytes(authority.certificate_pem)
    given = {
        "server": lambda key: authority.issue_server(key.request(), CLOCK.now() - DAY, 9 * DAY),
        "slice": lambda key: authority.issue_slices(key.request(), ("intermediary",), CLOCK.now() - DAY, 9 * DAY),
        "terminal": lambda key: authority.issue_terminal(
            key.request(), TerminalName(HERE, "bench"), CLOCK.now() - DAY, 9 * DAY
        ),
    }
    for name, issue in given.items():
        key = TlsKey.generate()
        (folder / f"{name}.key.pem").write_bytes(key.to_pem(None))
        (folder / f"{name}.pem").write_bytes(issue(key))
    tls = {
        name: TlsPlace(folder / "authority.pem", folder / f"{name}.pem", folder / f"{name}.key.pem") for name in given
    }
    file = folder / "server.toml"
    file.write_text(
        f'folder = "."\nhost = "127.0.0.1"\nport = 0\ndatabase = "{database}"\nschema_prefix = "bench_"\n'
        f'municipalities = ["{HERE}", "{THERE}"]\ntraining = true\n'
        '[tls]\nauthority = "authority.pem"\ncertificate = "server.pem"\nkey = "server.key.pem"\n',
        "utf-8",
    )
    return Place(server_settings(file), file, tls["terminal"], tls["slice"])


@contextmanager
def _database(engine: str) -> Iterator[str]:
    if engine == "sqlcipher":
        yield "sqlcipher"
        return
    from tests.support.postgres import cluster

    with cluster(durable=True) as server:
        yield server.address(server.fresh())


def _business(number: int) -> str:
    return f"{number:015}"


def _my_number(number: int) -> MyNumber:
    digits = f"{number + 1:011}"
    return TrainingNumber(digits + str(training_check_digit(digits)))


def _resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024
