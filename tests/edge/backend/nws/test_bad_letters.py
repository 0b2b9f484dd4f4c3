"""K-16, S01-7, S01-8c, R-043: whatever is wrong with a letter, over mutual TLS: refused with its own code, recorded.

What must not happen: a bad letter is answered, leaves no record, or harms what honest ones do before and after it.
"""

import http.client
import json
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.domain.clock import SystemClock, SystemRandom
from app.errors import AppError, NotAllowed, NotUnderstood, Refused, SignInRefused
from app.link.letters import Correspondent, LetterLine
from app.link.line import Line
from app.server.exchange_data import Directory, write_directory
from app.server.exchange_keys import ExchangeKeys
from app.server.keys import Keys
from app.settings import ServerSettings, TlsPlace
from app.training.child import BackendProcess
from app.trust.authority import Authority
from app.trust.envelope import sign_message
from app.trust.sign import SigningKey
from app.wire.addressee import Translate
from app.wire.addressee_systems import AreaOpened, FindOwn, FoundOwn, OpenArea, PersonsTaken, SystemPerson, TakePersons
from app.wire.corrections import CorrectPersons
from app.wire.exchange import CollectCodes, Deliveries, NetworkEnquiries
from app.wire.letter import Letter
from app.wire.message import Message, encode
from app.wire.replica import PassReplicas, PutReplicas
from tests.edge.backend.exchange.test_processes import CLOCK, HOUR, certificate, written
from tests.edge.backend.exchange.world import HERE, MOVED, THERE, load_people, open_world, server_settings
from tests.support.stores import ENGINES

pytestmark = pytest.mark.timeout(120)
STRANGER, CHILDCARE = SigningKey.generate(), SigningKey.generate()
FROM_NOWHERE = {"intermediary": HERE, "relay": HERE}
"""Whose ledger has what nobody known sent; the core has one for the nation, and the addressee slice says it in its log.
"""
SERVED = ("addressee", "intermediary", "nws", "relay")
LARGEST = 12 * 1024 * 1024


@dataclass(frozen=True)
class Way:
    """A path with an honest letter for it. ``log``: whose ledger has what is refused there."""

    path: str
    role: str
    kind: str
    log: str
    honest: Message
    foreign: Message
    wrong: str = "office.not_allowed"
    answers: str = f"@{HERE}"


WAYS = (
    Way(
        "/nws/v1/codes", "intermediary", "collect-codes/1", "nws",
        CollectCodes(municipality=HERE, process_numbers=("none",)),
        CollectCodes(municipality=THERE, process_numbers=("none",)),
        answers="nws",
    ),
    Way(
        "/addressee/v1/translate", "relay", "translate/1", "addressee",
        Translate(municipality=HERE, business_numbers=(MOVED,)),
        Translate(municipality=THERE, business_numbers=(MOVED,)),
    ),
    Way(
        "/intermediary/v1/corrections", "addressee", "correct-persons/1", "intermediary",
        CorrectPersons(municipality=HERE, correction_id="c", persons=()),
        CorrectPersons(municipality=THERE, correction_id="c", persons=()),
    ),
    Way(
        "/intermediary/v1/enquiries", "relay", "network-enquiries/1", "intermediary",
        NetworkEnquiries(municipality=HERE, enquiries=()),
        NetworkEnquiries(municipality=THERE, enquiries=()),
    ),
    Way(
        "/intermediary/v1/provisions", "intermediary", "deliveries/1", "intermediary",
        Deliveries(requester=HERE, provider=THERE, deliveries=()),
        Deliveries(requester=THERE, provider=THERE, deliveries=()),
        wrong="not_your_permit", answers=f"@{THERE}",
    ),
    Way(
        "/intermediary/v1/replicas", "relay", "put-replicas/1", "intermediary",
        PutReplicas(municipality=HERE, rows=()),
        PutReplicas(municipality=THERE, rows=()),
    ),
    Way(
        "/relay/v1/replicas", "residentbase", "pass-replicas/1", "relay",
        PassReplicas(municipality=HERE, rows=()),
        PassReplicas(municipality=THERE, rows=()),
    ),
)  # fmt: skip


@dataclass
class Running:
    """One backend in a process of its own, and the keys that it knows."""

    settings: ServerSettings
    url: str
    port: int
    process: BackendProcess
    keys: ExchangeKeys
    lines: dict[str, Line]
    tls: dict[str, TlsPlace]
    password: str

    def post(self, role: str) -> Correspondent:
        return self.keys.post(role)

    def ask(self, way: Way, letter: Letter, role: str = "") -> Letter:
        return LetterLine(self.lines[role or way.role], way.path).ask(letter)

    def letter(self, way: Way, message: Message | None = None) -> Letter:
        return self.post(way.role).write(f"{way.role}@{HERE}", way.kind, message or way.honest)

    def signed(self, way: Way, body: bytes, *, kind: str = "", key: SigningKey | None = None) -> Letter:
        """Any bytes under the sender's signature, or somebody else's."""
        sender = f"{way.role}@{HERE}"
        made = sign_message(key or self.keys.signing[sender], sender, kind or way.kind, body)
        return changed(self.letter(way), body=made.body, kind=made.kind, key_id=made.key_id, signature=made.signature)


def changed(letter: Letter, **values: Any) -> Letter:
    return Letter(**{name: getattr(letter, name) for name in letter.__struct_fields__} | values)


@pytest.fixture(scope="module", params=ENGINES)
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("letters")
    cluster = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    name = cluster.fresh() if cluster else ""
    settings = server_settings(folder, cluster.address(name) if cluster else "sqlcipher")
    with open_world(settings, CLOCK) as world:
        load_people(world.exchange)
        areas = world.exchange.numbers.areas
        password, _ = areas._book.write(lambda unit: areas.entered(unit, HERE, "childcare"))
    write_directory(folder, Directory({f"business.childcare@{HERE}": CHILDCARE.public}, {}))
    authority = Authority.create("test", CLOCK.now() - HOUR, 48 * HOUR)
    slices = ("intermediary", "relay", "gateway", "addressee", "business", "residentbase")
    tls = {name: certificate(authority, folder, name, (name,)) for name in slices}
    own = certificate(authority, folder, "server", ("intermediary", "nws", "relay", "addressee"))
    place = ServerSettings(**{
        **{name: getattr(settings, name) for name in settings.__slots__},
        "tls": own,
        "slices": SERVED,
    })
    keys = ExchangeKeys(settings, Keys(folder / "keys", SystemRandom()), SystemClock())
    with BackendProcess(written(place, "server"), folder / "log") as process:
        url = f"https://127.0.0.1:{process.port}"
        lines = {name: Line(url, one, None) for name, one in tls.items()}
        yield Running(settings, url, process.port, process, keys, lines, tls, password)
        for line in lines.values():
            line.close()
    if cluster:
        cluster.drop(name)


WRONG = ""
"""The way's own code for a letter about another municipality."""
BAD: dict[str, tuple[Callable[[Running, Way], Letter], str]] = {
    "no signature": (lambda on, way: changed(on.letter(way), signature=b""), "bad_signature"),
    "zeros": (lambda on, way: changed(on.letter(way), signature=bytes(64)), "bad_signature"),
    "of another message": (
        lambda on, way: changed(on.letter(way), signature=on.letter(way, way.foreign).signature), "bad_signature"),
    "cut signature": (lambda on, way: changed(on.letter(way), signature=on.letter(way).signature[:63]),
                      "bad_signature"),
    "body changed": (lambda on, way: changed(on.letter(way), body=on.letter(way).body + b" "), "bad_signature"),
    "kind changed": (lambda on, way: changed(on.letter(way), kind="another/1"), "bad_signature"),
    "stranger's signature": (
        lambda on, way: changed(on.signed(way, encode(way.honest), key=STRANGER), key_id=on.letter(way).key_id),
        "bad_signature"),
    "stranger's key": (lambda on, way: on.signed(way, encode(way.honest), key=STRANGER), "unknown_key"),
    "invented key": (lambda on, way: changed(on.letter(way), key_id="0" * 16), "unknown_key"),
    "no key": (lambda on, way: changed(on.letter(way), key_id=""), "unknown_key"),
    "other body's name": (lambda on, way: changed(on.letter(way), sender=f"{way.role}@{THERE}"), "unknown_key"),
    "alg none": (lambda on, way: changed(on.letter(way), alg="none"), "wrong_algorithm"),
    "alg HS256": (lambda on, way: changed(on.letter(way), alg="HS256"), "wrong_algorithm"),
    "alg EdDSA": (lambda on, way: changed(on.letter(way), alg="EdDSA"), "wrong_algorithm"),
    "unknown sender": (lambda on, way: changed(on.letter(way), sender=f"{way.role}@990000"), "unknown_sender"),
    "another role": (
        lambda on, way: on.post("socialaddress").write(f"socialaddress@{HERE}", way.kind, way.honest),
        "unknown_sender"),
    "nobody": (lambda on, way: changed(on.letter(way), sender=""), "unknown_sender"),
    "another kind": (lambda on, way: on.signed(way, encode(way.honest), kind="another/1"), "office.not_understood"),
    "not JSON": (lambda on, way: on.signed(way, b"\xff\x00"), "office.not_understood"),
    "empty": (lambda on, way: on.signed(way, b""), "office.not_understood"),
    "a list": (lambda on, way: on.signed(way, b"[]"), "office.not_understood"),
    "field missing": (lambda on, way: on.signed(way, b'{"v":1}'), "office.not_understood"),
    "field too many": (
        lambda on, way: on.signed(way, encode(way.honest)[:-1] + b',"extra":1}'), "office.not_understood"),
    "wrong type": (
        lambda on, way: on.signed(way, encode(way.honest).replace(f'"{HERE}"'.encode(), b"7")),
        "office.not_understood"),
    "null": (lambda on, way: on.signed(way, b"null"), "office.not_understood"),
    "a number": (lambda on, way: on.signed(way, b"7"), "office.not_understood"),
    "deep": (lambda on, way: on.signed(way, b"[" * 5000), "office.not_understood"),
    "twice": (lambda on, way: on.signed(way, encode(way.honest) * 2), "office.not_understood"),
    "marked order": (lambda on, way: on.signed(way, b"\xef\xbb\xbf" + encode(way.honest)), "office.not_understood"),
    "UTF-16": (lambda on, way: on.signed(way, encode(way.honest).decode().encode("utf-16")), "office.not_understood"),
    "broken text": (
        lambda on, way: on.signed(way, encode(way.honest).replace(HERE.encode(), b"\xed\xa0\x80")),
        "office.not_understood"),
    "other version": (
        lambda on, way: on.signed(way, encode(way.honest).replace(b'"v":1', b'"v":9')), "office.not_understood"),
    "version nought": (
        lambda on, way: on.signed(way, encode(way.honest).replace(b'"v":1', b'"v":0')), "office.not_understood"),
    "next kind": (
        lambda on, way: on.signed(way, encode(way.honest), kind=way.kind[:-1] + "2"), "office.not_understood"),
    "no kind": (lambda on, way: on.signed(way, encode(way.honest), kind=" "), "office.not_understood"),
    "long signature": (
        lambda on, way: changed(on.letter(way), signature=on.letter(way).signature + b"\0"), "bad_signature"),
    "the core's key": (
        lambda on, way: changed(on.letter(way), key_id=on.keys.signing["nws"].public.key_id), "unknown_key"),
    "capital key": (lambda on, way: changed(on.letter(way), key_id=on.letter(way).key_id.upper() + "A"), "unknown_key"),
    "no alg": (lambda on, way: changed(on.letter(way), alg=""), "wrong_algorithm"),
    "capital sender": (
        lambda on, way: changed(on.letter(way), sender=f"{way.role.upper()}@{HERE}"), "unknown_sender"),
    "sender and more": (lambda on, way: changed(on.letter(way), sender=f"{way.role}@{HERE} "), "unknown_sender"),
    "sender twice": (lambda on, way: changed(on.letter(way), sender=f"{way.role}@{HERE}@{HERE}"), "unknown_sender"),
    "wrong municipality": (lambda on, way: on.letter(way, way.foreign), WRONG),
    "wide digits": (
        lambda on, way: on.signed(way, encode(way.honest).replace(HERE.encode(), "９９１００７".encode())), WRONG),
    "no municipality": (lambda on, way: on.signed(way, encode(way.honest).replace(HERE.encode(), b"")), WRONG),
}  # fmt: skip


def reason_of(error: AppError) -> str:
    return error.reason if isinstance(error, Refused) else error.code


def test_whatever_is_wrong_with_a_letter_it_is_refused_with_its_own_code_recorded_and_harms_nobody(
    running: Running,
) -> None:
    told: dict[str, list[tuple[str, str]]] = {}
    for way in WAYS:
        for name, (make, reason) in BAD.items():
            letter = make(running, way)
            with pytest.raises((Refused, NotAllowed, NotUnderstood)) as refused:
                running.ask(way, letter)
            assert reason_of(refused.value) == (reason or way.wrong), (way.path, name)
            place = letter.sender.partition("@")[2]
            known = place if place in {HERE, THERE} else FROM_NOWHERE.get(way.log, "")
            told.setdefault(way.log, []).append((known, reason or way.wrong))
        assert running.ask(way, running.letter(way)).sender.endswith(way.answers)
    assert len(BAD) >= 40
    assert set(told) == set(SERVED)
    with open_world(running.settings, CLOCK) as world:
        for log, expected in told.items():
            for place in (HERE, THERE):
                kept = [what["reason"] for kind, what in world.acts(log, place) if kind == "letter.refused"]
                mine = [reason for at, reason in expected if at == place]
                assert kept[-len(mine) :] == mine if mine else not kept, (log, place)


def raw(running: Running, way: Way, body: bytes, *, role: str = "", method: str = "POST", **headers: str) -> int:
    """The status of a request that no honest program makes."""
    tls = running.tls[role or way.role]
    context = ssl.create_default_context(cafile=str(tls.authority))
    context.load_cert_chain(str(tls.certificate), str(tls.key))
    line = http.client.HTTPSConnection("127.0.0.1", running.port, context=context, timeout=30)
    try:
        line.request(method, way.path, body, {"madoguchi-trace": "t", "madoguchi-key": "k", **headers})
        with line.getresponse() as answer:
            answer.read()
            return answer.status
    finally:
        line.close()


def test_what_is_no_letter_at_all_never_reaches_a_slice(running: Running) -> None:
    way = WAYS[0]
    honest = encode(running.letter(way))
    table = json.loads(honest)
    assert raw(running, way, honest) == 200
    bodies = (
        b"",
        b"{}",
        b"[]",
        b"\xff",
        honest[:-1],
        honest + b"{}",
        json.dumps(table | {"v": 9}).encode(),
        json.dumps(table | {"extra": 1}).encode(),
        json.dumps(table | {"body": "no base64 *"}).encode(),
        json.dumps(table | {"sender": 1}).encode(),
        json.dumps({name: value for name, value in table.items() if name != "signature"}).encode(),
    )
    assert {raw(running, way, body) for body in bodies} == {400}
    assert raw(running, way, honest, **{"madoguchi-key": ""}) == 400
    assert raw(running, way, honest, **{"madoguchi-key": "k" * 65}) == 400
    assert raw(running, way, honest, **{"madoguchi-trace": ""}) == 400
    assert raw(running, way, honest, method="GET") != 200
    others = {"intermediary", "relay", "gateway", "addressee", "business"} - {way.role}
    assert {raw(running, way, honest, role=role) for role in others} == {404}
    assert raw(running, way, honest) == 200


def test_a_letter_that_is_too_long_is_cut_off_and_the_next_one_is_answered(running: Running) -> None:
    way = WAYS[0]
    try:
        status = raw(running, way, b" " * LARGEST)
    except (ConnectionError, ssl.SSLError, http.client.HTTPException):
        status = 413
    assert status in {400, 413}
    assert running.ask(way, running.letter(way)).sender == "nws"


def test_without_a_certificate_nobody_is_let_in(running: Running, tmp_path: Path) -> None:
    way = WAYS[0]
    context = ssl.create_default_context(cafile=str(running.tls["relay"].authority))
    line = http.client.HTTPSConnection("127.0.0.1", running.port, context=context, timeout=30)
    letter = encode(running.letter(way))

    def ask() -> int:
        line.request("POST", way.path, letter)
        with line.getresponse() as answer:
            return answer.status

    with pytest.raises((ssl.SSLError, ConnectionError, http.client.HTTPException)):
        ask()
    line.close()
    stranger = Authority.create("stranger", CLOCK.now() - HOUR, 48 * HOUR)
    tls = certificate(stranger, tmp_path, "intermediary", ("intermediary",))
    other = Line(running.url, TlsPlace(running.tls["relay"].authority, tls.certificate, tls.key), None)
    with pytest.raises(AppError):
        LetterLine(other, way.path).ask(running.letter(way))
    other.close()


def test_a_business_system_hands_in_and_finds_a_person_over_mutual_tls_and_nobody_else_does(running: Running) -> None:
    """S03-6, S15-1, S03-3: certificate, signature and password, all three."""
    name = f"business.childcare@{HERE}"
    post = Correspondent({name: CHILDCARE}, running.keys.live)
    line = LetterLine(running.lines["business"], "/addressee/v1/system")

    def ask(kind: str, message: Message, gives: Any, by: Correspondent = post) -> Any:
        answer = line.ask(by.write(name, kind, message))
        return post.read(answer, answer.kind, gives, "addressee")

    opened = ask("area-open/1", OpenArea(municipality=HERE, password=running.password), AreaOpened)
    row = SystemPerson(number="K-7", same_as=MOVED)
    taken = ask("area-persons/1", TakePersons(municipality=HERE, token=opened.token, persons=(row,)), PersonsTaken)
    assert taken.outcomes == ("linked",)
    found = ask("area-find/1", FindOwn(municipality=HERE, token=opened.token, number="K-7"), FoundOwn)
    assert (found.number, found.code_state) == ("K-7", "acquired")
    with pytest.raises(SignInRefused):
        ask("area-open/1", OpenArea(municipality=HERE, password="guess"), AreaOpened)
    forged = Correspondent({name: STRANGER}, running.keys.live)
    with pytest.raises(Refused):
        ask("area-find/1", FindOwn(municipality=HERE, token=opened.token, number="K-7"), FoundOwn, forged)
    honest = post.write(name, "area-open/1", OpenArea(municipality=HERE, password=running.password))
    with pytest.raises(NotAllowed):
        LetterLine(running.lines["relay"], "/addressee/v1/system").ask(honest)
