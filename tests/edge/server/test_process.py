"""The running backend, spoken to by the wire: what is refused, with which code, and what its log never says."""

import contextlib
import hashlib
import http.client
import json
import os
import select
import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from app.backend.staff.ports import StaffMember, Terminal
from app.domain.clock import SystemClock
from app.domain.secret import Secret, secret
from app.errors import NotAllowed, SignInRefused, TooManyTries, Unreachable
from app.link.line import IDLE_S
from app.server.__main__ import KEPT_OPEN_S
from app.server.wiring import Backend as Opened
from app.settings import TlsPlace
from app.training import certificates
from app.trust.authority import Authority, TerminalName
from app.wire.desk import AskQueue, Queue
from app.wire.message import encode
from app.wire.register import Hits, SearchByFour
from app.wire.staff import SignedIn, SignIn
from app.wire.staff_change import ChangeRow, DecideChange, ProposeChange, TerminalChange
from tests.edge.server.test_endpoints import BETWEEN_SLICES, WITHOUT_SESSION
from tests.support.backend import MIHON, PASSPHRASE, Backend, Seated, backend

pytestmark = [pytest.mark.timeout(120)]

NOBODY, MARKED = "n9009", "ひみつのあいことば-8431"


def before(opened: Opened) -> None:
    """Somebody without any right, and a terminal that was taken away."""
    at = SystemClock().now()
    staff = opened.staff
    assert staff is not None
    member = StaffMember(MIHON, "見本市", "中央区役所", NOBODY, "無権　利男", "総務", "", is_active=True)
    staff.admit(((member, ()),), secret("kunren-no-aikotoba"), at)
    staff.enrol(Terminal(MIHON, "T-03", "3", at, at))
    PATHS[:] = [one.path for one in opened.endpoints]


PATHS: list[str] = []


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with backend(tmp_path_factory.mktemp("office"), size=40, before=before) as made:
        yield made


@pytest.fixture(scope="module")
def clerk(office: Backend) -> Seated:
    return office.seat("k1001")


@dataclass
class Heard:
    """What came back."""

    status: int
    body: bytes

    @property
    def code(self) -> str:
        return str(json.loads(self.body)["code"])


def raw(seated: Seated, path: str, content: bytes, method: str = "POST", **headers: str) -> Heard:
    """One request as bytes; an empty header is left out."""
    context = ssl.create_default_context(cafile=str(seated.tls.authority))
    context.load_cert_chain(str(seated.tls.certificate), str(seated.tls.key), PASSPHRASE.text())
    token = seated.token.text() if seated.token else ""
    said = {"madoguchi-trace": "trace-of-tests", "madoguchi-key": "key", "authorization": f"Bearer {token}"} | headers
    sent = {name.replace("_", "-"): value for name, value in said.items() if value}
    url = f"https://127.0.0.1:{seated.port}"
    with httpx.Client(base_url=url, verify=context, timeout=20, trust_env=False) as client:
        answer = client.request(method, path, content=content, headers=sent)
    return Heard(answer.status_code, answer.content)


def issued(folder: Path, authority: Authority, name: TerminalName, trusted: bytes) -> TlsPlace:
    """A terminal's certificate by ``authority``, for somebody who trusts the backend's own one."""
    certificates.issue_terminal(authority, folder, name, PASSPHRASE, SystemClock())
    certificates.write_private(folder / "authority.pem", trusted)
    return TlsPlace(folder / "authority.pem", folder / "terminal.pem", folder / "terminal.key.pem")


def test_somebody_without_rights_meets_one_and_the_same_refusal_everywhere(office: Backend) -> None:
    nobody = office.seat(NOBODY)
    staff = [path for path in PATHS if path not in {*BETWEEN_SLICES, *WITHOUT_SESSION}]
    assert len(staff) > 20
    heard = {path: raw(nobody, path, b"{}") for path in [*staff, *BETWEEN_SLICES, "/no/v1/such-path", "/"]}
    assert {(one.status, one.body) for one in heard.values()} == {(404, heard["/"].body)}
    assert heard["/"].code == "office.not_allowed"
    for method in ("OPTIONS", "GET", "PUT", "DELETE"):
        assert raw(nobody, staff[0], b"{}", method).body == raw(nobody, "/no/v1/such-path", b"{}", method).body


def test_two_administrators_change_a_terminal_and_the_next_request_feels_it(office: Backend, tmp_path: Path) -> None:
    """C-03, C-09, R-023: the old certificate of a re-enrolled PC is refused at once; shut out, the new one too."""
    first, second = office.seat("v6001"), office.seat("r5002")
    authority = certificates.load_authority(office.home.authority)
    name = TerminalName(MIHON, "T-04")
    old, new = (issued(tmp_path / one, authority, name, authority.certificate_pem) for one in ("old", "new"))

    def change(shown: TlsPlace, **more: bool) -> None:
        der = ssl.PEM_cert_to_DER_cert(shown.certificate.read_text("ascii"))
        bound = hashlib.sha256(der).hexdigest()
        wish = TerminalChange(terminal="T-04", window="4", certificate=bound, display_hidden=True, **more)
        row = first.ask("/staff/v1/propose-change", ProposeChange(change=wish, reason="鍵の更新"), ChangeRow)
        decide = DecideChange(change_id=row.change_id)
        with pytest.raises(NotAllowed):
            first.ask("/staff/v1/approve-change", decide, ChangeRow)
        second.ask("/staff/v1/approve-change", decide, ChangeRow)

    def heard(tls: TlsPlace, token: Secret) -> tuple[int, str]:
        answer = raw(Seated(tls, office.port, token), "/desk/v1/queue", encode(AskQueue()))
        return answer.status, "" if answer.status == 200 else answer.code

    nothing = (404, "office.not_allowed")
    assert heard(old, Secret(b"x")) == nothing
    change(old)
    password = office.setup.team().password.text()
    asked = SignIn(staff_id="k1001", password=password)
    clerk = Secret(Seated(old, office.port).ask("/staff/v1/sign-in", asked, SignedIn).token.encode())
    assert heard(old, clerk) == (200, "")
    change(new)
    assert (heard(old, clerk), heard(new, clerk)) == (nothing, (200, ""))
    change(new, revoked=True)
    assert (heard(old, clerk), heard(new, clerk)) == (nothing, nothing)


def test_without_a_session_there_is_no_answer_either(office: Backend) -> None:
    stranger = Seated(office.tls(MIHON, "T-02"), office.port)
    assert raw(stranger, "/desk/v1/queue", b"{}", authorization="").code == "office.session_ended"
    assert raw(stranger, "/desk/v1/queue", b"{}", authorization="Bearer 0000").code == "office.session_ended"


def test_a_certificate_of_another_authority_is_turned_away_by_tls(office: Backend, tmp_path: Path) -> None:
    other = Authority.create("somebody else", SystemClock().now(), timedelta(days=1))
    ours = office.tls(MIHON, "T-01").authority.read_bytes()
    tls = issued(tmp_path, other, TerminalName(MIHON, "T-01"), ours)
    with pytest.raises(Unreachable):
        Seated(tls, office.port).ask("/staff/v1/sign-in", SignIn(staff_id="k1001", password="x"), SignedIn)


def test_who_shows_no_certificate_is_turned_away_by_tls(office: Backend) -> None:
    context = ssl.create_default_context(cafile=str(office.tls(MIHON, "T-01").authority))
    url = f"https://127.0.0.1:{office.port}"
    with httpx.Client(base_url=url, verify=context, trust_env=False) as client, pytest.raises(httpx.TransportError):
        client.post("/staff/v1/sign-in", headers={"x-forwarded-client-cert": "T-01", "x-ssl-client-cert": "T-01"})


def test_a_terminal_that_is_not_enrolled_or_was_revoked_cannot_even_sign_in(office: Backend, tmp_path: Path) -> None:
    authority = certificates.load_authority(office.home.authority)
    unknown = issued(tmp_path, authority, TerminalName(MIHON, "T-99"), authority.certificate_pem)
    password = office.setup.team().password.text()
    for tls in (unknown, office.tls(MIHON, "T-03")):
        with pytest.raises(NotAllowed):
            Seated(tls, office.port).ask("/staff/v1/sign-in", SignIn(staff_id="k1001", password=password), SignedIn)


def test_each_connection_has_the_certificate_it_was_opened_with(office: Backend, clerk: Seated) -> None:
    other = office.seat("c3001", "T-02")
    for _ in range(3):
        assert isinstance(clerk.ask("/desk/v1/queue", AskQueue(), Queue), Queue)
        assert isinstance(other.ask("/desk/v1/queue", AskQueue(), Queue), Queue)
    stolen = Seated(other.tls, office.port, clerk.token)
    assert raw(stolen, "/desk/v1/queue", encode(AskQueue())).code == "office.session_ended"


def test_a_connection_that_rests_for_some_seconds_is_not_closed_as_the_next_request_comes(clerk: Seated) -> None:
    """A server that closes what a counter believes open makes it say that the office can't be reached."""
    with contextlib.closing(clerk.send("/desk/v1/queue", AskQueue(), "resting")) as connection:
        connection.settimeout(20)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        assert (answer.status, bool(answer.read())) == (200, True)
        connection.settimeout(7)
        with pytest.raises(TimeoutError):
            connection.recv(1)
    assert KEPT_OPEN_S > IDLE_S + 10


SAYINGS = {
    "not JSON": b"{",
    "empty": b"",
    "a list": b"[]",
    "another kind": b'{"v": 1, "states": 7}',
    "an unknown field": b'{"v": 1, "states": [], "more": 1}',
    "not UTF-8": b'{"v": 1, "states": ["\xff"]}',
    "a version to come": b'{"v": 2, "states": []}',
    "a version that never was": b'{"v": 0, "states": []}',
    "too large": b'{"v": 1, "states": ["' + b"x" * 1_100_000 + b'"]}',
}


@pytest.mark.parametrize("content", SAYINGS.values(), ids=SAYINGS.keys())
def test_what_can_not_be_read_has_a_stable_code_and_spoils_nothing(clerk: Seated, content: bytes) -> None:
    heard = raw(clerk, "/desk/v1/queue", content)
    assert (heard.status, heard.code) == (400, "office.not_understood")
    assert isinstance(clerk.ask("/desk/v1/queue", AskQueue(), Queue), Queue)


@pytest.mark.parametrize("headers", [{"madoguchi_key": "", "madoguchi-key": ""}, {"madoguchi-trace": "t" * 65}])
def test_a_request_without_its_numbers_is_not_understood(clerk: Seated, headers: dict[str, str]) -> None:
    assert raw(clerk, "/desk/v1/queue", encode(AskQueue()), **headers).code == "office.not_understood"


def test_asking_in_another_way_than_post_looks_like_nothing_there(clerk: Seated) -> None:
    context = ssl.create_default_context(cafile=str(clerk.tls.authority))
    context.load_cert_chain(str(clerk.tls.certificate), str(clerk.tls.key), PASSPHRASE.text())
    url = f"https://127.0.0.1:{clerk.port}"
    with httpx.Client(base_url=url, verify=context, trust_env=False) as client:
        assert {client.get(path).status_code for path in ("/desk/v1/queue", "/no/such", "/")} == {404}


@pytest.mark.fault
def test_who_guesses_must_wait_also_after_the_backend_was_killed(office: Backend) -> None:
    def guess() -> None:
        Seated(office.tls(MIHON, "T-02"), office.port).ask(
            "/staff/v1/sign-in", SignIn(staff_id="k1002", password=MARKED), SignedIn
        )

    for _ in range(5):
        with pytest.raises(SignInRefused):
            guess()
    with pytest.raises(TooManyTries):
        guess()
    office.kill()
    office.start()
    with pytest.raises(TooManyTries) as waits:
        guess()
    assert 0 < int(waits.value.data["wait_s"]) <= 30


def test_the_log_says_no_password_token_name_or_number(office: Backend) -> None:
    clerk = office.seat("k1001")
    someone = office.city().resident_of("local_claimant")
    asked = SearchByFour(name=someone.name, kana=someone.kana, address=someone.address, birth=someone.birth)
    clerk.ask("/register/v1/search", asked, Hits)
    raw(clerk, "/register/v1/search", encode(asked).replace(b'"v":1', b'"v":1,"x":1'))
    raw(clerk, "/register/v1/search-by-number", f'{{"v":1,"my_number":"{someone.my_number}x"}}'.encode())
    with pytest.raises(SignInRefused):
        Seated(office.tls(MIHON, "T-02"), office.port).ask(
            "/staff/v1/sign-in", SignIn(staff_id="k9999", password=MARKED), SignedIn
        )
    written = office.log.read_text(encoding="utf-8")
    password = office.setup.team().password.text()
    assert clerk.token is not None
    marked = (MARKED, password, clerk.token.text(), someone.name, someone.kana, someone.address, someone.my_number)
    for mark in marked:
        assert mark not in written
        assert json.dumps(mark).strip('"') not in written


STARTER = """
import sys, time
from pathlib import Path
from app.training.child import BackendProcess
backend = BackendProcess(Path(sys.argv[1]), Path(sys.argv[2]))
print(backend.port, backend.pid, flush=True)
time.sleep(600)
"""


def test_the_backend_of_a_program_that_was_killed_ends_too(office: Backend, tmp_path: Path) -> None:
    office.kill()
    words = [sys.executable, "-c", STARTER, str(office.home.server_settings), str(tmp_path / "log")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        _, pid = map(int, starter.stdout.readline().split())
        handle = os.pidfd_open(pid)
        starter.kill()
    ended, _, _ = select.select([handle], [], [], 30)
    os.close(handle)
    assert ended
    office.start()
