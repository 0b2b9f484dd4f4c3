"""A backend on stores of its own for the bench of the exchange: certificates, people, staff, permitted deliveries."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from app.backend.intermediary.ports import ReplicaRow, Value
from app.backend.staff.ports import StaffMember, Terminal
from app.domain.clock import SystemClock, SystemRandom, business_date
from app.domain.number import MyNumber, TrainingNumber, training_check_digit
from app.domain.rights import Right
from app.domain.secret import secret
from app.errors import AppError
from app.link.letters import Correspondent
from app.server.exchange_load import LoadedPerson, LoadedYear, load_exchange
from app.server.keys import Keys
from app.server.wiring import Backend, open_backend
from app.settings import ServerSettings, TlsPlace, server_settings
from app.trust.authority import Authority, TerminalName
from app.trust.seal import BoxKey
from app.trust.tls_key import TlsKey
from app.wire.desk import PersonMark
from app.wire.exchange import Deliveries, Delivery, NetworkRequest, PermitQuestion, PermitQuestions, PermitReplies
from app.wire.letter import Letter
from app.wire.message import decode
from app.wire.relay import MakeEnquiry

HERE, THERE = "991007", "992003"
PLATFORM = ("intermediary", "nws")
INSIDE = (
    "addressee",
    "desk",
    "jukinet",
    "jukirelay",
    "ledger",
    "register",
    "relay",
    "residentbase",
    "review",
    "revocation",
    "socialaddress",
    "staff",
)
"""The slices of other bodies, and those of the city itself."""
TAX, PROCEDURE, ENQUIRY = "地方税関係情報", "child_allowance_claim", "local_tax_claimant"
PURPOSE = "父母のうち児童の生計を維持する程度の高い者を確認するため"
PASSWORD, ASKED_ABOUT = "bench-password", 256
"""``ASKED_ABOUT``: how many of the people are enquired about, over and over."""
LARGE, LARGE_SIZE = ASKED_ABOUT, 500_000
"""The person next to them, and how many characters long the answer about that one is."""
CLOCK, RANDOM, DAY = SystemClock(), SystemRandom(), timedelta(days=1)
TODAY = business_date(CLOCK.now())
YEAR = TODAY.year - 1 if TODAY.month <= 5 else TODAY.year
ITEMS = {"total_income": 3_456_789, "income_levy": 172_800, "per_capita_levy": 4000, "dependants": 1}
_FAR = 50_000_000
"""What numbers of the other municipality begin with."""


@dataclass(frozen=True, slots=True)
class Place:
    """One backend on stores of its own, and the certificates to call it with."""

    settings: ServerSettings
    file: Path
    terminal: TlsPlace
    slice: TlsPlace


def prepared(place: Place, deliveries: int, persons: Sequence[int] = range(ASKED_ABOUT)) -> list[Letter]:
    """Deliveries with permits, one letter each, about ``persons`` in turn."""
    backend = open_backend(place.settings, CLOCK, RANDOM)
    try:
        return _letters(backend, Keys(place.settings.folder / "keys", RANDOM), deliveries, persons)
    finally:
        backend.parts.close()


def filled(place: Place, first: int, people: int) -> None:
    """``people`` persons more, from number ``first``; with the first ones a member of staff and a terminal."""
    print(f"loading {people} persons", file=sys.stderr)
    backend = open_backend(place.settings, CLOCK, RANDOM)
    try:
        for municipality, shift in ((HERE, 0), (THERE, _FAR)):
            load_exchange(backend.exchange, municipality, TAX, _people(first, people, shift))
        if first == 0:
            _staffed(backend)
            _enlarged(backend)
    finally:
        backend.parts.close()


def _people(first: int, count: int, shift: int) -> list[LoadedPerson]:
    there = LoadedYear(YEAR, THERE, "B", "value", ITEMS)
    return [
        LoadedPerson(
            business_number=_business(number + shift),
            my_number=_my_number(number),
            resident_code=secret(f"9{number:010}"),
            has_code=True,
            years=(there,),
        )
        for number in range(first, first + count)
    ]


def _staffed(backend: Backend) -> None:
    if backend.staff is None:
        raise RuntimeError("no staff slice")
    backend.staff.enrol(Terminal(HERE, "bench", "1", CLOCK.now(), None))
    member = StaffMember(HERE, "A", "A", "bench", "bench", "bench", "", is_active=True)
    rights = (Right("enquiry.make", PROCEDURE), Right("enquiry.read", PROCEDURE))
    backend.staff.admit(((member, rights),), secret(PASSWORD), CLOCK.now())


def _enlarged(backend: Backend) -> None:
    """The replica of ``LARGE`` becomes one of half a megabyte."""
    exchange = backend.exchange
    if exchange.addressee is None or exchange.providing is None:
        raise RuntimeError("no exchange")
    number = _business(LARGE + _FAR)
    book = exchange.addressee._book  # noqa: SLF001 -- the bench stands in for the city that registers it
    person = book.read(lambda unit: unit.of_business(THERE, [number]))[number].addressee_number
    items: dict[str, Value] = {"total_income": "9" * LARGE_SIZE}
    exchange.providing.load([ReplicaRow(THERE, person, TAX, YEAR, "value", items)])


def question(number: int) -> MakeEnquiry:
    """An enquiry about one of the people; its id is given later."""
    return MakeEnquiry(
        enquiry_id="",
        visit_id="bench",
        procedure=PROCEDURE,
        enquiry=ENQUIRY,
        subject=PersonMark(business_number=_business(number % ASKED_ABOUT), name="bench"),
        information=TAX,
        purpose=PURPOSE,
        tax_year=YEAR,
        requested_on=TODAY,
    )


_permits = iter(range(10**9))


def _letters(backend: Backend, keys: Keys, count: int, persons: Sequence[int]) -> list[Letter]:
    asking, core = backend.exchange.asking, backend.exchange.nws
    if asking is None or core is None:
        raise RuntimeError("no exchange")
    names = (f"relay@{HERE}", f"intermediary@{HERE}")
    post = Correspondent({name: keys.signing(name) for name in names}, {})
    reply = BoxKey.generate().public
    codes = _codes(backend, persons)
    letters: list[Letter] = []
    for start in range(0, count, 64):
        requests = [_request(post, number, reply) for number in range(start, min(count, start + 64))]
        questions = tuple(
            PermitQuestion(
                process_number=f"bench{next(_permits)}", code=codes[(start + at) % len(codes)], request=request
            )
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


def _codes(backend: Backend, persons: Sequence[int]) -> list[bytes]:
    """The codes of the people here, fetched as the intermediary does."""
    exchange = backend.exchange
    if exchange.addressee is None or exchange.asking is None:
        raise RuntimeError("no exchange")
    numbers = [_business(number) for number in persons]
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


def place_in(folder: Path, database: str) -> Place:
    """Authority, certificates and settings; the permits of a run outlive it."""
    authority = Authority.create("bench", CLOCK.now() - DAY, 30 * DAY)
    (folder / "authority.pem").write_bytes(authority.certificate_pem)
    given: dict[str, Callable[[TlsKey], bytes]] = {
        "server": lambda key: authority.issue_server(key.request(), CLOCK.now() - DAY, 9 * DAY),
        "slice": lambda key: authority.issue_slices(key.request(), ("intermediary",), CLOCK.now() - DAY, 9 * DAY),
        "platform": lambda key: authority.issue_slices(key.request(), PLATFORM, CLOCK.now() - DAY, 9 * DAY),
        "inside": lambda key: authority.issue_slices(key.request(), INSIDE, CLOCK.now() - DAY, 9 * DAY),
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
        "[second_factor]\nrequired = false\n"
        '[tls]\nauthority = "authority.pem"\ncertificate = "server.pem"\nkey = "server.key.pem"\n',
        "utf-8",
    )
    return Place(server_settings(file), file, tls["terminal"], tls["slice"])


@contextmanager
def database(engine: str) -> Iterator[tuple[str, int | None]]:
    """The address of an empty database, and the first process of its server; "sqlcipher" and None for files."""
    if engine == "sqlcipher":
        yield "sqlcipher", None
        return
    from tests.support.postgres import cluster

    with cluster(durable=True) as server:
        yield server.address(server.fresh()), server.pid


def _business(number: int) -> str:
    return f"{number:015}"


def _my_number(number: int) -> MyNumber:
    digits = f"{number + 1:011}"
    return TrainingNumber(digits + str(training_check_digit(digits)))
