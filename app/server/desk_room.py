"""The reception book and the till of one process: what the register took at a window, letters whose day has passed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from app.backend.desk.http.book import book_endpoints
from app.backend.desk.ports import DeskBook
from app.backend.desk.service.book_room import book_room
from app.backend.desk.service.fees import FeeBooks
from app.backend.desk.service.papers import PassedRequests
from app.backend.desk.service.reception import Reception
from app.backend.register.service.fee_noting import NotedFees
from app.backend.register.store import RegisterStore
from app.domain.call import Call
from app.domain.clock import Clock
from app.domain.fee_closing import FeeLine
from app.domain.fees import parse_fees
from app.durable.worker import Pump
from app.errors import Refused
from app.server import shipped
from app.server.certificates import issue_books
from app.server.parts import Parts, SliceParts
from app.shipped import read_toml
from app.wire.endpoint import Endpoint

DAY_S = 300.0
"""How often it is looked whether the day of a letter has passed. Assumed."""


@dataclass(frozen=True, slots=True)
class DeskRoom:
    """What is offered, and what runs by itself; it is not started yet."""

    endpoints: tuple[Endpoint, ...]
    passed: Pump


class NoRegister:
    """Where another process has the register, nobody here knows what certificates cost."""

    def taken(self, call: Call, since: datetime | None, through: datetime) -> Sequence[FeeLine]:  # noqa: ARG002 -- port
        raise Refused("register_elsewhere")


def fee_books() -> FeeBooks:
    """The desk's own fees, and the words for the register's. Errors: DataFault naming file and place."""
    issued = issue_books()
    titles = {one.id: one.title for one in issued.certificates.kinds.values()}
    own = parse_fees(read_toml("tables", "desk_fees.toml"))
    named = (*issued.fees.amounts.items(), *own.amounts.items())
    return FeeBooks(own, {**titles, **{kind: fee.title for kind, fee in named if fee.title}})


def build_desk_room(
    parts: Parts, book: DeskBook, reception: Reception, register: SliceParts | None, clock: Clock
) -> DeskRoom:
    """``register``: its store, None where another process has it."""
    issued: NotedFees | NoRegister = NoRegister()
    if register is not None:
        issued = NotedFees(RegisterStore(register.database, register.cells, register.pen, register.index_key))
    room = book_room(book, shipped.procedures(), fee_books(), issued)
    pump = Pump("desk-papers", PassedRequests(book, clock).turn, DAY_S)
    parts.also_close(partial(_end, pump))
    return DeskRoom(book_endpoints(room, reception), pump)


def _end(pump: Pump) -> None:
    """What is open is looked at again at the next start."""
    pump.close()
