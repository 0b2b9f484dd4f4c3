"""The revocation slice on a real store, and the authority's status service on this machine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from app.backend.revocation import store
from app.backend.revocation.service.checking import Checking
from app.backend.revocation.service.lists import Lists
from app.backend.revocation.service.responder import Responder
from app.domain.call import Call
from app.domain.clock import SystemRandom
from app.link.status_line import StatusLine
from app.standin.jpki.answers import StatusAnswers
from app.standin.jpki.server import Answer, StatusServer
from app.wire.revocation import CertificateStatus, CheckCertificate
from tests.support.slices import MORNING, MovedClock, OpenSlice, SliceOpener, call, person
from tests.support.status import Authority, authority

CLERK = person("001", "person.confirm")
RESPONDER, LISTS = ("responder",), ("lists",)
BOTH, LISTS_FIRST = ("responder", "lists"), ("lists", "responder")


MIDNIGHT = MORNING.replace(hour=0)
"""When the list that is in force in the morning was made."""


@dataclass
class Office:
    """The office that asks, and the authority (two generations) that answers. ``sent``: what went over the wire."""

    slice: OpenSlice
    server: StatusServer
    old: Authority
    new: Authority
    line: StatusLine
    sent: list[Answer] = field(default_factory=list)
    twist: Callable[[Answer], Answer] | None = None
    is_down: bool = False

    @property
    def both(self) -> tuple[Authority, Authority]:
        return self.old, self.new

    @property
    def book(self) -> store.RevocationStore:
        return store.RevocationStore(self.slice.database, self.slice.cells, self.slice.pen)

    def lists(self) -> Lists:
        """The lists of both generations, as a process just started would have them."""
        places = [self.server.list_of(one.register.name) for one in self.both]
        anchors = [one.anchor for one in self.both]
        return Lists(self.book, self.line, places, anchors, self.slice.clock)

    def checking(self, sources: tuple[str, ...] = BOTH, lists: Lists | None = None) -> Checking:
        made = {
            "responder": Responder(
                self.line, self.server.responder, ("sha256", True), self.slice.clock, SystemRandom()
            ),
            "lists": lists or self.lists(),
        }
        anchors = [one.anchor for one in self.both]
        return Checking(self.book, anchors, [made[name] for name in sources], self.slice.clock)

    def call(self) -> Call:
        return call(CLERK, self.slice.clock.at)

    def check(
        self, certificate: bytes, sources: tuple[str, ...] = BOTH, lists: Lists | None = None
    ) -> CertificateStatus:
        """One asking, in visit v1."""
        asked = CheckCertificate(visit_id="v1", certificate=certificate)
        return self.checking(sources, lists).check(self.call(), asked)

    def on_the_way(self, answer: Answer) -> Answer:
        """The wire: everything is noted, and it may be changed or lost."""
        self.sent.append(answer)
        if self.is_down:
            return 503, "text/plain", b""
        return answer if self.twist is None else self.twist(answer)


@pytest.fixture
def office(slice_opener: SliceOpener, clock: MovedClock) -> Iterator[Office]:
    old, new = authority(1), authority(2)
    line = StatusLine(clock)
    with StatusServer(lambda: StatusAnswers([old.register, new.register], clock)) as server:
        made = Office(slice_opener("revocation", store), server, old, new, line)
        server.twist = made.on_the_way
        yield made
    line.close()


def not_checked(why: str, source: str = "", as_of: datetime | None = None) -> CertificateStatus:
    return CertificateStatus(state="not_checked", why=why, source=source, as_of=as_of)
