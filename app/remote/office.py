"""The whole backend as a counter sees it: one line, its parts by slice."""

from dataclasses import dataclass

from app.domain.secret import Secret
from app.link.line import Line
from app.remote.desk import HttpCarrier, HttpDesk
from app.remote.register import HttpRegister
from app.remote.relay import HttpRelay
from app.remote.staff import HttpStaff
from app.services.ports.seat import Seat
from app.settings import TlsPlace


@dataclass(frozen=True, slots=True)
class HttpOffice:
    """The parts, all over ``line``."""

    line: Line
    staff: HttpStaff
    register: HttpRegister
    desk: HttpDesk
    carrier: HttpCarrier
    relay: HttpRelay

    def close(self) -> None:
        """End the connections."""
        self.line.close()


def open_office(url: str, tls: TlsPlace, passphrase: Secret | None, seat: Seat) -> HttpOffice:
    """The office at ``url``; nothing is sent yet."""
    line = Line(url, tls, passphrase)
    return HttpOffice(
        line, HttpStaff(line, seat), HttpRegister(line), HttpDesk(line), HttpCarrier(line), HttpRelay(line)
    )
