"""The door opens for rights of today only, and each kind of caller has its own."""

from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from app.domain.clock import SystemClock
from app.domain.rights import Actor, Right
from app.errors import NotAllowed
from app.server.door import Door, Knock
from app.trust.authority import Authority, TerminalName
from app.trust.tls_key import TlsKey
from app.wire.endpoint import Endpoint
from app.wire.message import Nothing

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


class Standing:
    """A clock that shows one instant."""

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


class OnePerson:
    """The staff slice of an office where one person with these rights is signed in."""

    def __init__(self, *rights: Right) -> None:
        self._rights = rights

    def actor(self, token: str, terminal: tuple[str, str], at: datetime) -> Actor:
        return Actor(terminal[0], "k1", "", "", terminal[1], self._rights)

    def one_look(self) -> AbstractContextManager[None]:
        return nullcontext()


def terminal() -> bytes:
    """The certificate of a terminal, DER."""
    authority = Authority.create("tests", SystemClock().now(), timedelta(days=1))
    name = TerminalName("991007", "T-01")
    pem = authority.issue_terminal(TlsKey.generate().request(), name, SystemClock().now(), timedelta(hours=1))
    return x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)


ENDPOINT = Endpoint(path="/x", act="register.search", takes=Nothing, gives=Nothing)


def knock(*rights: Right) -> Actor:
    door = Door(OnePerson(*rights), lambda *_: True, Standing())
    return door.admit(Knock(terminal(), "Bearer t", "trace", "key"), ENDPOINT).actor


def test_who_has_the_right_today_comes_in() -> None:
    assert knock(Right("register.search", since=date(2026, 11, 20), until=date(2026, 11, 20))).staff_id == "k1"


@pytest.mark.parametrize(
    "right",
    [
        Right("register.search", until=date(2026, 11, 19)),
        Right("register.search", since=date(2026, 11, 21)),
        Right("register.open"),
    ],
)
def test_a_right_of_yesterday_of_tomorrow_or_to_something_else_opens_nothing(right: Right) -> None:
    with pytest.raises(NotAllowed):
        knock(right)
