"""C-03, C-09, R-023, R-028, R-090: a PC enrols itself at the running backend, over TLS; that door has nothing else."""

import base64
import contextlib
import json
import shutil
import socket
import ssl
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from app.admin.__main__ import main
from app.admin.enrol import Enrolling, enrol_here
from app.backend.staff.ports import StaffMember
from app.client.counter import TLS_KEY
from app.domain.clock import SystemClock, SystemRandom, new_id
from app.domain.rights import Right
from app.domain.secret import Secret, secret
from app.errors import NotAllowed, Unreachable
from app.link.line import Headers, Line
from app.server.registry import open_registry
from app.settings import TlsPlace, server_settings
from app.store.vault import Vault
from app.training import certificates
from app.training.child import BackendProcess
from app.trust.authority import Authority, TerminalName
from app.wire.message import Message
from app.wire.staff import SignedIn, SignIn
from app.wire.staff_change import ChangeRow, DecideChange, ProposeChange, TerminalChange
from tests.support.postgres import Cluster

pytestmark = [pytest.mark.timeout(120)]

HERE, PASSWORD = "991007", "たぬきときつねの合言葉"
FIRST, SECOND, CLERK = "a1", "a2", "k1"
SETTINGS = """folder = "backend"
host = "127.0.0.1"
port = 0
database = "{database}"
schema_prefix = ""
municipalities = ["991007"]
slices = ["staff", "desk"]
training = true

[tls]
authority = "ca/authority.pem"
certificate = "server.pem"
key = "server.key.pem"

[second_factor]
required = false
"""


@dataclass
class Office:
    """A running backend with an enrolment door, and a PC's keyring."""

    folder: Path
    process: BackendProcess
    door: int
    vault: Vault
    keyring: str
    first_code: str

    @property
    def authority(self) -> Path:
        return self.folder / "ca" / "authority.pem"

    def here(self, terminal: str, door: str = "") -> Enrolling:
        url = door or f"https://127.0.0.1:{self.door}"
        return Enrolling(url, self.authority, self.folder / terminal, TerminalName(HERE, terminal), CLERK)

    def enrol(self, terminal: str, code: str, door: str = "") -> None:
        enrol_here(self.here(terminal, door), secret(code), self.vault, SystemClock(), SystemRandom())

    def ask(self, terminal: str, path: str, message: Message, gives: type, token: str = "") -> Message:
        """One request of a terminal under the certificate in its folder, over mutual TLS."""
        place = self.folder / terminal
        tls = TlsPlace(place / "authority.pem", place / "terminal.pem", place / "terminal.key.pem")
        line = Line(f"https://127.0.0.1:{self.process.port}", tls, self.passphrase, timeout_s=20.0)
        trace = new_id(SystemClock(), SystemRandom())
        try:
            return line.ask(path, message, gives, Headers(trace, trace, Secret(token.encode()) if token else None))
        finally:
            line.close()

    @property
    def passphrase(self) -> Secret:
        kept = self.vault.find(TLS_KEY)
        assert kept is not None
        return Secret(kept.reveal().hex().encode())

    def sign_in(self, staff_id: str, terminal: str) -> str:
        answer = self.ask(terminal, "/staff/v1/sign-in", SignIn(staff_id=staff_id, password=PASSWORD), SignedIn)
        assert isinstance(answer, SignedIn)
        return answer.token

    def agreed_code(self, terminal: str) -> str:
        """Two administrators at the first terminal agree to a terminal; the code that the second one is shown."""
        wish = TerminalChange(terminal=terminal, window="2", display_hidden=True)
        asked = ProposeChange(change=wish, reason="窓口の増設")
        row = self.ask("T-01", "/staff/v1/propose-change", asked, ChangeRow, self.sign_in(FIRST, "T-01"))
        decide = DecideChange(change_id=row.change_id)
        done = self.ask("T-01", "/staff/v1/approve-change", decide, ChangeRow, self.sign_in(SECOND, "T-01"))
        return done.enrolment_codes[terminal]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextlib.contextmanager
def running_office(folder: Path, database: str) -> Iterator[Office]:
    """A backend in ``folder`` with two administrators, a clerk, and a first terminal that has just enrolled itself."""
    authority = certificates.make_authority(folder / "ca", SystemClock())
    certificates.issue_server(authority, folder, SystemClock())
    door, path = free_port(), folder / "server.toml"
    path.write_text(SETTINGS.format(database=database) + f"\n[enrolment]\nport = {door}\n", "utf-8")
    with open_registry(server_settings(path), SystemClock(), SystemRandom()) as registry:
        rights = tuple(map(Right, ("staff.change", "staff.decide", "staff.read")))
        for staff_id in (CLERK, FIRST, SECOND):
            member = StaffMember(HERE, "見本市", "区役所", staff_id, "見本　一", "総務", "", is_active=True)
            registry.admit(member, secret(PASSWORD), () if staff_id == CLERK else rights)
        registry.enrol(HERE, "T-01", "1", display_checked_by=FIRST)
        code = registry.enrolment_code(HERE, "T-01")
    keyring = f"madoguchi-{folder.name}"
    with BackendProcess(path, folder / "backend.log") as process:
        made = Office(folder, process, door, Vault(keyring, SystemRandom()), keyring, code)
        made.enrol("T-01", code)
        yield made


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, keyring_home: dict[str, str]) -> Iterator[Office]:
    with running_office(tmp_path_factory.mktemp("office"), "sqlcipher") as made:
        yield made


def test_enrolled_by_two_with_a_code_the_pc_s_clerk_signs_in_over_mutual_tls(office: Office) -> None:
    """R-023, C-03: key made on the PC, encrypted under what its keyring holds; certificate of the approved name."""
    code, place = office.agreed_code("T-02"), office.folder / "T-02"
    words = ["--server", f"https://127.0.0.1:{office.door}", "--ca", str(office.authority), "--municipality", HERE]
    more = ["--terminal", "T-02", "--display-checked-by", CLERK, "--folder", str(place), "--keyring", office.keyring]
    command = [sys.executable, "-m", "app.admin", "terminal", "enrol", *words, *more]
    run = subprocess.run(command, input=f"{code}\n", capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, json.loads(run.stdout)["terminal"]) == (0, "T-02"), run.stderr
    assert office.sign_in(CLERK, "T-02")
    assert sorted(path.name for path in place.iterdir()) == ["authority.pem", "terminal.key.pem", "terminal.pem"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.iterdir()} == {0o600}
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    pem = (place / "terminal.key.pem").read_bytes()
    assert pem.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert load_pem_private_key(pem, office.passphrase.reveal())


def test_enrolled_anew_it_has_another_key_and_the_old_certificate_is_refused(office: Office) -> None:
    """C-03, R-023."""
    office.enrol("T-03", office.agreed_code("T-03"))
    assert office.sign_in(CLERK, "T-03")
    shutil.copytree(office.folder / "T-03", office.folder / "T-03-before")
    office.enrol("T-03", office.agreed_code("T-03"))
    old, new = (office.folder / name / "terminal.key.pem" for name in ("T-03-before", "T-03"))
    secrets = [load_pem_private_key(path.read_bytes(), office.passphrase.reveal()) for path in (old, new)]
    assert secrets[0].private_numbers() != secrets[1].private_numbers()
    assert office.sign_in(CLERK, "T-03")
    with pytest.raises(NotAllowed):
        office.sign_in(CLERK, "T-03-before")


def test_the_shell_gives_a_code_for_a_first_terminal_and_for_none_after_it(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    """C-03, C-09, R-028: who looked at the display at the PC is known, not whoever was named in the shell."""
    shell = ["terminal", "enrol", "--municipality", HERE, "--window", "7", "--display-checked-by", FIRST]
    settings = office.folder / "server.toml"
    for terminal in ("T-07", "T-01"):
        assert main([*shell, "--settings", str(settings), "--terminal", terminal]) == 1
        assert "（office.refused:two_administrators）" in capsys.readouterr().err
    assert office.sign_in(CLERK, "T-01")
    with open_registry(server_settings(settings), SystemClock(), SystemRandom()) as registry:
        assert registry._staff.terminal(HERE, "T-01").display_checked_by == CLERK
        with pytest.raises(NotAllowed):
            registry._staff.terminal(HERE, "T-07")


def test_what_is_not_said_at_the_pc_is_asked_for_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--municipality", HERE, "--terminal", "T-02", "--display-checked-by", CLERK]
    with pytest.raises(SystemExit):
        main(["terminal", "enrol", "--server", "https://127.0.0.1:1", *where])
    assert "missing: --ca, --folder, --keyring" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["terminal", "enrol", "--settings", "server.toml", *where])
    assert "missing: --window" in capsys.readouterr().err


def test_without_its_code_a_pc_leaves_no_key_in_use(office: Office) -> None:
    for code in ("", "AAAA-BBBB-CCCC", office.first_code):
        with pytest.raises(NotAllowed):
            office.enrol("T-04", code)
    assert sorted(path.name for path in (office.folder / "T-04").iterdir()) == ["terminal.key.pem.asked"]


@contextlib.contextmanager
def listening(authority: Authority, folder: Path) -> Iterator[tuple[str, bytearray]]:
    """A server under ``authority`` that keeps what it is told and answers nothing."""
    certificates.issue_server(authority, folder, SystemClock())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key.pem")
    heard = bytearray()

    def serve() -> None:
        with contextlib.suppress(OSError), context.wrap_socket(server.accept()[0], server_side=True) as connection:
            while b'"display_checked_by"' not in heard and (more := connection.recv(65536)):
                heard.extend(more)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve)
        thread.start()
        yield f"https://127.0.0.1:{server.getsockname()[1]}", heard
        thread.join(10)


def test_the_key_never_leaves_the_pc_and_a_stranger_hears_nothing_at_all(office: Office, tmp_path: Path) -> None:
    """R-023: everything that goes over the line was looked through for the key, raw, in hex and in base64."""
    ours = certificates.load_authority(office.folder / "ca")
    with listening(ours, tmp_path) as (url, heard), pytest.raises(Unreachable):
        office.enrol("T-05", office.first_code, url)
    asked = office.folder / "T-05" / "terminal.key.pem.asked"
    key = load_pem_private_key(asked.read_bytes(), office.passphrase.reveal())
    raw = key.private_numbers().private_value.to_bytes(32, "big")
    assert b"BEGIN CERTIFICATE REQUEST" in heard
    forms = [raw, raw.hex().encode(), base64.b64encode(raw)[:-2], b"PRIVATE KEY", office.passphrase.reveal()]
    body = base64.b64decode(b"".join(bytes(heard).split(b"REQUEST-----")[1].split(b"-----")[0].split(b"\\n")))
    assert len(body) > 150
    assert [form for form in forms if form in heard or form in body] == []
    before = asked.read_bytes()
    stranger = Authority.create("stranger", SystemClock().now(), certificates.CERTIFICATE_LIFE)
    with listening(stranger, tmp_path) as (url, heard), pytest.raises(Unreachable):
        office.enrol("T-05", office.first_code, url)
    assert (bytes(heard), asked.read_bytes()) == (b"", before)


def test_the_enrolment_door_serves_nothing_else_and_the_other_door_enrols_nobody(office: Office) -> None:
    """R-090, C-03: not even with the certificate of an enrolled terminal."""
    bare, shown = (ssl.create_default_context(cafile=str(office.authority)) for _ in range(2))
    place = office.folder / "T-01"
    shown.load_cert_chain(place / "terminal.pem", place / "terminal.key.pem", office.passphrase.text())
    said = {"madoguchi-trace": "t", "madoguchi-key": "k"}
    heard = set()
    for context in (bare, shown):
        with httpx.Client(base_url=f"https://127.0.0.1:{office.door}", verify=context, trust_env=False) as client:
            for path in ("/", "/staff/v1/sign-in", "/desk/v1/queue", "/schema", "/staff/v1/enrolment"):
                answer = client.post(path, content=b"{}", headers=said)
                heard.add((answer.status_code, answer.content))
            answer = client.get("/staff/v1/enrol", headers=said)
            heard.add((answer.status_code, answer.content))
            big = client.post("/staff/v1/enrol", content=b"x" * 17_000, headers=said)
            assert (big.status_code, big.json()["code"]) == (400, "office.not_understood")
            unnumbered = client.post("/staff/v1/enrol", content=b"{}")
            assert unnumbered.json()["code"] == "office.not_understood"
    assert [(status, json.loads(body)["code"]) for status, body in heard - {(404, b"")}] == [
        (404, "office.not_allowed")
    ]
    url = f"https://127.0.0.1:{office.process.port}"
    with httpx.Client(base_url=url, verify=shown, trust_env=False) as client:
        assert client.post("/staff/v1/enrol", content=b"{}", headers=said).status_code == 404
    with httpx.Client(base_url=url, verify=bare, trust_env=False) as client, pytest.raises(httpx.TransportError):
        client.post("/staff/v1/enrol", content=b"{}", headers=said)


def test_the_enrolment_door_speaks_nothing_older_than_tls_1_3(office: Office) -> None:
    old = ssl.create_default_context(cafile=str(office.authority))
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    with socket.create_connection(("127.0.0.1", office.door)) as plain, pytest.raises(ssl.SSLError):
        old.wrap_socket(plain, server_hostname="127.0.0.1")


def test_the_authority_s_key_lies_encrypted_for_the_backend_alone(office: Office) -> None:
    path = office.folder / "backend" / "keys" / "terminal-authority.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in path.read_bytes()


def test_with_the_enrolment_door_shut_its_terminals_are_still_let_in(office: Office) -> None:
    office.process.close()
    path = office.folder / "server.toml"
    path.write_text(path.read_text("utf-8").partition("\n[enrolment]")[0], "utf-8")
    office.process = BackendProcess(path, office.folder / "backend.log")
    try:
        assert office.sign_in(FIRST, "T-01")
        with pytest.raises(Unreachable):
            office.enrol("T-06", "AAAA")
        token = office.sign_in(FIRST, "T-01")
        wish = ProposeChange(change=TerminalChange(terminal="T-06", window="6", display_hidden=True), reason="増設")
        row = office.ask("T-01", "/staff/v1/propose-change", wish, ChangeRow, token)
        decide, second = DecideChange(change_id=row.change_id), office.sign_in(SECOND, "T-01")
        assert office.ask("T-01", "/staff/v1/approve-change", decide, ChangeRow, second).enrolment_codes == {}
    finally:
        office.process.close()


def test_it_is_the_same_on_postgresql(tmp_path: Path, keyring_home: dict[str, str], postgres: Cluster) -> None:
    with running_office(tmp_path, postgres.address(postgres.fresh())) as made:
        code = made.agreed_code("T-02")
        made.enrol("T-02", code)
        assert made.sign_in(CLERK, "T-02")
        with pytest.raises(NotAllowed):
            made.enrol("T-03", code)
