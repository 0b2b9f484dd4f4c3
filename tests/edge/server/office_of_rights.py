"""A running backend for the table of rights: one person for each case, a certificate for each state of a PC."""

import hashlib
import http.client
import itertools
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.backend.register.ports import Resident
from app.backend.staff.ports import EnrolmentCode, Session, StaffKey, StaffMember, Terminal
from app.backend.staff.service.sessions import digest
from app.domain.clock import SystemClock
from app.domain.number import TrainingNumber
from app.domain.rights import ANY, Post, Right
from app.server.wiring import Backend as Opened
from app.standin.city.staff import load_roles
from app.training import certificates
from app.trust.authority import TerminalName
from app.trust.second_factor import Factor
from app.wire import desk, message, staff_change
from app.wire.endpoint import Caller
from tests.edge.server.asked_rights import LYING, PROCEDURE, SOMEBODY, Ids, hand_in, propose
from tests.edge.server.pairs_of_rights import AT_ENROLLED, ELSEWHERE, ITEMS, STATES, Person
from tests.edge.server.placed import DEPARTMENTS
from tests.support.backend import MIHON, PASSPHRASE, TEHON, backend
from tests.support.source import ROOT

TRACE = "one-trace-for-all"
"""The same in each request, so that answers can be compared byte by byte."""
TERMINAL_NAMES = ("T-01 before", "T-01", "T-02", "T-03", "T-05", "T-07", "T-77")
_keys = itertools.count(1)


@dataclass(frozen=True)
class Heard:
    """What came back: all of it but the date."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Client:
    """One PC's kept-alive connection, under its certificate."""

    def __init__(self, port: int, folder: Path) -> None:
        context = ssl.create_default_context(cafile=str(folder / "authority.pem"))
        pair = (str(folder / "terminal.pem"), str(folder / "terminal.key.pem"))
        context.load_cert_chain(*pair, PASSPHRASE.text())
        self._connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=20)

    def ask(self, path: str, asked: Any, token: str) -> Heard:
        """The answer to one request; ``asked``: a message, bytes, or None for what no endpoint can read."""
        body = asked if isinstance(asked, bytes) else b"[]" if asked is None else message.encode(asked)
        key = f"key-{next(_keys)}"
        sent = {"madoguchi-trace": TRACE, "madoguchi-key": key, "authorization": f"Bearer {token}"}
        self._connection.request("POST", path, body, sent)
        answer = self._connection.getresponse()
        kept = tuple((name, value) for name, value in answer.getheaders() if name.lower() != "date")
        return Heard(answer.status, kept, answer.read())

    def close(self) -> None:
        self._connection.close()


@dataclass
class Office:
    """The backend with everybody in it. ``takes``: what each endpoint of the staff takes, by its path."""

    takes: dict[str, type[message.Message]] = field(default_factory=dict)
    folders: dict[str, Path] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    clients: dict[str, Client] = field(default_factory=dict)

    def hears(self, person: Person, path: str, asked: Any) -> Heard:
        """The person's request from the PC of their state."""
        return self.clients[STATES[person.state][1]].ask(path, asked, person.token)

    def ids(self, person: Person) -> Ids:
        """Things made before, with a session to end that is this person's alone to end."""
        return Ids(self.changes, digest(f"left for {person.token}").hex()[:32])

    def enter(self, opened: Opened) -> None:
        """Everybody, each PC, and one of each thing that endpoints ask for."""
        self.takes = {one.path: one.takes for one in opened.endpoints if one.caller is Caller.STAFF}
        assert opened.staff is not None
        assert opened.register is not None
        roles = load_roles(ROOT / "resources" / "training" / "staff.toml")
        at = SystemClock().now()
        opened.staff._book.write(lambda unit: Entering(unit, at, roles).everything())
        for name in ("T-01 before", "T-01", "T-02", "T-03"):
            shut_out = at if name == "T-03" else None
            opened.staff.enrol(Terminal(MIHON, name[:4], "1", at, shut_out, bound(self.folders[name])))
        opened.staff.enrol(Terminal(MIHON, "T-07", "7", at, None))
        code = EnrolmentCode(MIHON, "T-07", b"x" * 32, "someone", at + timedelta(hours=1))
        opened.staff._book.write(lambda unit: unit.put_enrolment_code(code))
        resident = Resident(
            municipality=MIHON, business_number="100", household_number="H1", name=SOMEBODY.name,
            kana="タカハシ　ハナコ", birth=at.date().replace(year=1990), sex="2", relation="世帯主", residences=(),
            my_number=TrainingNumber(ITEMS["my_number"]), resident_code=ITEMS["resident_code"],
            residence_status=ITEMS["residence_status"],
        )  # fmt: skip
        opened.register.load([resident], at, "load")

    def prepare(self) -> None:
        """What is made by asking: visits, applications, a draft, changes, and PCs that are not let in yet."""
        asks = self.clients["T-01"].ask
        for visit in ("v1", "v2"):
            opening = desk.OpenVisit(visit_id=visit, ticket="1", opened_at=SystemClock().now())
            assert asks("/desk/v1/open-visit", opening, "other").status == 200
        for about in PROCEDURE:
            assert asks("/desk/v1/hand-in", hand_in(about, f"case-{about}"), "other").status == 200
        assert asks("/desk/v1/keep-draft", LYING, "everything").status == 200
        wish = staff_change.RightsChange(staff_id="other-than-all", rights=())
        told = [asks("/staff/v1/propose-change", propose(wish), "everything") for _ in range(2)]
        self.changes = tuple(message.decode(one.body, staff_change.ChangeRow).change_id for one in told)
        pc = staff_change.TerminalChange(terminal="T-05", window="5", certificate=bound(self.folders["T-05"]))
        refused = asks("/staff/v1/propose-change", propose(pc), "everything")
        assert (refused.status, b"display_not_confirmed" in refused.body) == (422, True)


@dataclass(frozen=True)
class Entering:
    """People and sessions, in one transaction."""

    unit: Any
    at: Any
    roles: Any

    def everything(self) -> None:
        everything = tuple(dict.fromkeys(right for one in self.roles.values() for right in one))
        walled = tuple(dict.fromkeys(replace(one, procedure=ANY) for one in everything))
        for place, staff_id, department, rights in (
            (MIHON, "everything", "C", everything), (MIHON, "other", "R", everything),
            (MIHON, "other-than-all", "T", ()), (MIHON, "nobody", "C", ()),
            (MIHON, "all of C", "C", walled), (MIHON, "all of R", "R", walled),
            (TEHON, "everything there", "C", everything),
        ):  # fmt: skip
            self._member(place, staff_id, department, rights)
            self._session(place, staff_id, staff_id, "T-01")
        for person in (*AT_ENROLLED, *ELSEWHERE):
            self._person(person)
        for name in ("k1", "k2"):
            factor = Factor(name.encode(), b"x", 0)
            self.unit.put_key(StaffKey(MIHON, name, "other-than-all", "x", factor, self.at, "someone", "", None))

    def _person(self, person: Person) -> None:
        more = () if person.item == "none" else (Right("item.show", PROCEDURE["claim"], person.item),)
        rights = (*self.roles["everyone"], *self.roles[person.role], *more)
        self._member(MIHON, person.token, person.department, tuple(dict.fromkeys(rights)))
        is_held = person.state == "signed in elsewhere too"
        if is_held:
            self._session(MIHON, person.token, f"elsewhere {person.token}", "T-02")
        self._session(MIHON, person.token, person.token, STATES[person.state][0], waits=is_held)
        if (person.role, person.department, person.state) == ("supervisor", "C", "enrolled"):
            self._session(MIHON, "nobody", f"left for {person.token}", "T-01")

    def _member(self, place: str, staff_id: str, letter: str, rights: tuple[Right, ...]) -> None:
        department = DEPARTMENTS[letter]
        member = StaffMember(place, "見本市", "中央区役所", staff_id, "職員", department, "", is_active=True)
        self.unit.put_member(member, self.at)
        self.unit.know_department(place, department)
        self.unit.put_posts(place, staff_id, (Post(department),))
        self.unit.put_rights(place, staff_id, rights)

    def _session(self, place: str, staff_id: str, token: str, terminal: str, *, waits: bool = False) -> None:
        until = self.at + timedelta(hours=10)
        self.unit.add_session(Session(digest(token), place, staff_id, terminal, self.at, until, None, waits=waits))


def bound(folder: Path) -> str:
    """What an office keeps of a PC's certificate."""
    der = ssl.PEM_cert_to_DER_cert((folder / "terminal.pem").read_text("ascii"))
    return hashlib.sha256(der).hexdigest()


@contextmanager
def office_of_rights(folder: Path) -> Iterator[Office]:
    """The running office, with one connection for each PC."""
    office = Office()

    def before(opened: Opened) -> None:
        authority = certificates.load_authority(folder / "home" / "authority")
        for name in TERMINAL_NAMES:
            office.folders[name] = folder / "pcs" / name.replace(" ", "-")
            shown = TerminalName(MIHON, name[:4])
            certificates.issue_terminal(authority, office.folders[name], shown, PASSPHRASE, SystemClock())
        office.enter(opened)

    with backend(folder, size=40, before=before) as running:
        office.folders[TEHON] = running.tls(TEHON, "T-01").certificate.parent
        office.clients = {name: Client(running.port, one) for name, one in office.folders.items()}
        try:
            office.prepare()
            yield office
        finally:
            for client in office.clients.values():
                client.close()
