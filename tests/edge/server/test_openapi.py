"""Every slice by its own description: what fits it, what does not, and nothing that breaks the server. C-03, K-07."""

import itertools
import json
import logging
import ssl
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.client import HTTPSConnection
from pathlib import Path

import pytest
import requests
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.core import NotSet
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from app.backend.staff.ports import Session, StaffMember, StaffUnit, Terminal
from app.backend.staff.service.sessions import digest
from app.domain.clock import SystemClock
from app.domain.rights import ANY, Post
from app.server.openapi import documents
from app.server.wiring import Backend as Opened
from app.standin.city.staff import load_roles
from app.training import certificates
from app.trust.authority import TerminalName
from app.trust.tls_key import TlsKey
from app.wire.endpoint import Caller, Endpoint
from tests.edge.server.openapi_cases import KEY, AnyCase, AnyOperation, changes, chosen, drawn, systematic
from tests.support.backend import MIHON, Backend, backend
from tests.support.source import ROOT

pytestmark = [pytest.mark.fault, pytest.mark.timeout(1800)]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
CASES, DRAWN = 50, 10
"""For each endpoint: systematic ones, and in the endurance run all of these and some that are drawn besides."""
SLICES = (
    "addressee",
    "desk",
    "health",
    "intermediary",
    "jukinet",
    "jukirelay",
    "ledger",
    "nws",
    "register",
    "relay",
    "residentbase",
    "review",
    "revocation",
    "socialaddress",
    "staff",
)
EVERYBODY, DEPARTMENT, SEAT = "everything", "子ども家庭", "T-09"
ALL_ENDURED = 20_000
log = logging.getLogger(__name__)
CLOCK = SystemClock()
_numbers = itertools.count(1)
LIFE = timedelta(days=1)
RESTS_S = 30.0
REFUSED_AS_MUST_BE = frozenset({"/staff/v1/sign-out", "/staff/v1/sign-in", "/staff/v1/unlock"})
"""Who has signed out is refused at the door from then on; who comes with a made-up password is."""


@dataclass
class Described:
    """A running office, what it says of itself, and what came of asking it."""

    endpoints: dict[str, Endpoint]
    documents: dict[str, dict[str, object]]
    connections: dict[Caller, HTTPSConnection]
    heard: dict[str, Counter[int]] = field(default_factory=dict)
    used: dict[Caller, float] = field(default_factory=dict)

    def ask(self, case: AnyCase) -> None:
        """Send one case and hold the answer against the description."""
        caller = self.endpoints[case.path].caller
        headers = {**case.headers, "content-type": "application/json"}
        if KEY in headers and not changes(case, KEY):
            headers[KEY] = f"key-{next(_numbers)}"
        if caller is Caller.STAFF and not changes(case, "Authorization"):
            headers["Authorization"] = f"Bearer {token_for(case.path)}"
        body = _bytes(case.body)
        connection = self.connections[caller]
        if (now := time.monotonic()) - self.used.get(caller, now) > RESTS_S:
            connection.close()  # it opens again by itself; the other side may have closed what rested
        self.used[caller] = now
        connection.request("POST", case.path, body, headers)
        answer = connection.getresponse()
        heard: dict[str, list[str]] = {}
        for name, value in answer.getheaders():
            heard.setdefault(name.lower(), []).append(value)
        asked = requests.Request("POST", f"https://127.0.0.1{case.path}", headers, data=body).prepare()
        self.heard.setdefault(case.path, Counter())[answer.status] += 1
        case.validate_response(
            schemathesis.Response(answer.status, heard, answer.read(), asked, 0.0, verify=True), checks=CHECKS
        )


def _bytes(body: object) -> bytes:
    """As it is sent: what is no JSON goes as it is."""
    if isinstance(body, NotSet):
        return b""
    return body if isinstance(body, bytes) else json.dumps(body).encode()


def token_for(path: str) -> str:
    """A session of its own for each endpoint: some end it."""
    return f"described {path}"


def somebody_with_every_right(opened: Opened) -> None:
    """One member of staff with every right there is, signed in once for each endpoint."""
    assert opened.staff is not None
    at = CLOCK.now()
    roles = load_roles(ROOT / "resources" / "training" / "staff.toml").values()
    rights = tuple(dict.fromkeys(replace(right, procedure=ANY) for role in roles for right in role))
    member = StaffMember(MIHON, "見本市", "中央区役所", EVERYBODY, "職員", DEPARTMENT, "", is_active=True)
    opened.staff.enrol(Terminal(MIHON, SEAT, "9", at, None))

    def enter(unit: StaffUnit) -> None:
        unit.put_member(member, at)
        unit.put_posts(MIHON, EVERYBODY, (Post(DEPARTMENT),))
        unit.put_rights(MIHON, EVERYBODY, rights)
        for one in opened.endpoints:
            until = at + timedelta(hours=10)
            unit.add_session(Session(digest(token_for(one.path)), MIHON, EVERYBODY, SEAT, at, until, None, waits=False))

    opened.staff._book.write(enter)


def connection(port: int, folder: Path, certificate: bytes, key: TlsKey, authority: bytes) -> HTTPSConnection:
    """What calls under a certificate."""
    for name, content in (("pc.pem", certificate), ("pc.key.pem", key.to_pem(None))):
        certificates.write_private(folder / name, content)
    context = ssl.create_default_context(cadata=authority.decode("ascii"))
    context.load_cert_chain(str(folder / "pc.pem"), str(folder / "pc.key.pem"))
    return HTTPSConnection("127.0.0.1", port, context=context, timeout=60)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Described]:
    folder = tmp_path_factory.mktemp("described")
    found: list[Endpoint] = []

    def before(opened: Opened) -> None:
        somebody_with_every_right(opened)
        found.extend(opened.endpoints)

    with backend(folder, size=40, before=before) as running:
        made = connections(running, folder)
        yield Described({one.path: one for one in found}, documents(found), made)
        for one in set(made.values()):
            one.close()


def connections(running: Backend, folder: Path) -> dict[Caller, HTTPSConnection]:
    """One for a terminal, one for a process that speaks as every slice."""
    authority = certificates.load_authority(running.home.authority)
    pc, other = TlsKey.generate(), TlsKey.generate()
    name = TerminalName(MIHON, SEAT)
    seat = authority.issue_terminal(pc.request(), name, CLOCK.now(), LIFE)
    names = sorted({"addressee", "desk", "intermediary", "jukinet", "jukirelay", "ledger", "nws", "register", "relay"})
    peer = authority.issue_slices(
        other.request(), [*names, "residentbase", "socialaddress", "review"], CLOCK.now(), LIFE
    )
    terminal = connection(running.port, folder / "seat", seat, pc, authority.certificate_pem)
    between = connection(running.port, folder / "peer", peer, other, authority.certificate_pem)
    return {Caller.STAFF: terminal, Caller.TERMINAL: terminal, Caller.SLICE: between}


def test_every_object_that_a_slice_takes_or_gives_refuses_unknown_fields(office: Described) -> None:
    for name, document in office.documents.items():
        told = json.loads(json.dumps(document))
        for kind, schema in told["components"]["schemas"].items():
            if schema.get("type") == "object" and "properties" in schema:
                assert schema.get("additionalProperties") is False, f"{name} {kind}"


@pytest.mark.parametrize("name", SLICES)
def test_each_endpoint_holds_what_its_description_says(
    office: Described, name: str, request: pytest.FixtureRequest
) -> None:
    """Fifty cases for each endpoint, over 20,000 in the endurance run; most do not fit, and few end at the door."""
    endures = bool(request.config.getoption("--endurance"))
    before = set(office.heard)
    for found in schemathesis.openapi.from_dict(office.documents[name]).get_all_operations():
        assert isinstance(found, Ok)
        for case in _cases(found.ok(), endures=endures):
            office.ask(case)
    for path in set(office.heard) - before:
        heard = office.heard[path]
        assert heard.total() >= CASES, path
        if path not in REFUSED_AS_MUST_BE:
            assert (heard[401] + heard[403]) * 5 < heard.total(), f"{path} {heard}"
    assert {path for path in office.endpoints if path.split("/")[1] == name} <= set(office.heard)


def test_no_slice_is_left_out_and_the_endurance_run_asks_20_000_times(
    office: Described, request: pytest.FixtureRequest
) -> None:
    assert set(office.documents) == set(SLICES)
    total = sum(office.heard.values(), Counter[int]())
    if set(office.heard) == set(office.endpoints):
        assert total.total() >= (ALL_ENDURED if request.config.getoption("--endurance") else CASES * len(office.heard))
    log.info("asked %d endpoints %d times: %s", len(office.heard), total.total(), dict(total))


def _cases(operation: AnyOperation, *, endures: bool) -> Iterator[AnyCase]:
    found = systematic(operation)
    yield from chosen(found, max(len(found), CASES) if endures else CASES)
    if endures:
        yield from drawn(operation, DRAWN)
