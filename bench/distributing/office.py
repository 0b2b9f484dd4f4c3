"""A register whose approved changes wait, and residentbase with eight systems that are approved for a year."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from app.backend.register import store as register_store
from app.backend.register.service.telling import Telling
from app.backend.register.store.telling import TellingStore
from app.backend.residentbase import store
from app.backend.residentbase.ports import APPROVED, BaseUnit, Use
from app.backend.residentbase.service.sending import Sending
from app.backend.residentbase.service.taking import Taking
from app.domain.clock import SystemClock, business_date
from app.durable.address import StoreAddress
from app.durable.worker import Pump
from app.link.letters import Correspondent, Nearby
from app.server import shipped
from app.trust.sign import SigningKey
from app.wire.resident_base import ITEMS, Occasion, RegisterChange, ResidentItems, SentNumber
from bench.distributing.systems import System, open_system
from tests.support.slices import OpenSlice, open_slice

HERE = "011002"
SYSTEMS = (
    "healthinsurance",
    "socialaddress",
    "taxaddress",
    "childallowance",
    "assistance",
    "childcare",
    "elections",
    "library",
)
_PORTION = 500
_DAY = date(2026, 11, 20)


@dataclass
class Office:
    """``begin`` lets everything run by itself; what is laid down then goes to all systems."""

    register: OpenSlice
    base: OpenSlice
    systems: tuple[System, ...]
    telling: Pump
    senders: tuple[Pump, ...]
    laid: int = 0

    def lay(self, count: int) -> None:
        """Lay down approved changes as the register does: in the transaction of their entries."""
        book = register_store.RegisterStore(
            self.register.database, self.register.cells, self.register.pen, self.register.index_key
        )
        while count > 0:
            portion = min(count, _PORTION)
            changes = [change(self.laid + number) for number in range(1, portion + 1)]

            def work(unit: object, changes: list[RegisterChange] = changes) -> None:
                first = unit.past.tell(HERE, "entry", [one.subject for one in changes])  # type: ignore[attr-defined]
                assert first == changes[0].position
                unit.line.lay(HERE, changes, datetime.now(UTC))  # type: ignore[attr-defined]

            book.write(work)
            self.laid += portion
            count -= portion

    def begin(self) -> None:
        for pump in (self.telling, *self.senders):
            pump.start()

    def wake(self) -> None:
        self.telling.wake()

    def have(self) -> int:
        """What the slowest system has."""
        return min(one.up_to for one in self.systems)


def change(position: int) -> RegisterChange:
    """A move; each person moves twice, one time after everybody has moved once."""
    person = position % 5_000
    before = record(person, position - 1)
    return RegisterChange(
        position=position,
        subject=f"{person:015}",
        occasion=Occasion(
            entry_id=f"entry-{position}",
            kind="change_of_address",
            reason="moved",
            filed_day=_DAY,
            decided_at=datetime(2026, 11, 20, 1, tzinfo=UTC),
            event_day=_DAY - timedelta(days=3),
        ),
        before=before,
        after=record(person, position),
    )


def record(person: int, place: int) -> ResidentItems:
    """A whole record, as long as real ones are."""
    nothing = dict.fromkeys(ITEMS, "") | dict.fromkeys(
        ("status_until", "planned_move_out_on", "removed_on", "my_number"), None
    )
    given = {
        "name": f"見本　花子{person}",
        "kana": "ミホン　ハナコ",
        "birth": date(1980, 1, 1) + timedelta(days=person),
        "sex": "2",
        "relation": "世帯主",
        "household_number": f"{person:015}",
        "address": f"見本市中央区北一条西{place}丁目2番3号",
        "ward": "991015",
        "address_since": _DAY - timedelta(days=3),
        "moved_in_on": date(2015, 4, 1),
        "resident": True,
        "protected": False,
        "resident_code": f"{person:011}",
        "my_number": SentNumber(digits=f"{person:012}"),
    }
    return ResidentItems(**(nothing | given))  # type: ignore[arg-type]


@contextmanager
def office(address: Callable[[str], StoreAddress]) -> Iterator[Office]:
    """Everything on fresh stores, not yet running. ``address``: where the store of that name is."""
    clock = SystemClock()
    names = [f"{name}@{HERE}" for name in ("register", "residentbase", *SYSTEMS)]
    keys = {name: SigningKey.generate() for name in names}

    def post(role: str) -> Correspondent:
        own = {f"{role}@{HERE}": keys[f"{role}@{HERE}"]}
        return Correspondent(own, {name: key.public for name, key in keys.items()})

    systems = tuple(open_system(name, post(name), address(name), clock) for name in SYSTEMS)
    register, base = (
        open_slice("register", register_store, address("register"), clock),  # type: ignore[arg-type]
        open_slice("residentbase", store, address("residentbase"), clock),  # type: ignore[arg-type]
    )
    spread = random.Random()
    rules = shipped.distribution_rules()
    book = store.BaseStore(base.database, base.cells, base.pen, base.logbook, spread)
    book.write(_approve)
    sending = Sending(book, post("residentbase"), {one.name: Nearby(one.take) for one in systems}, rules, clock)
    senders = tuple(Pump(name, _turn(sending, name), 1.0) for name in SYSTEMS)

    def wake() -> None:
        for one in senders:
            one.wake()

    taking = Taking(book, post("residentbase"), rules, clock, wake)
    own = register
    tells = TellingStore(own.database, own.cells, own.pen, own.index_key, spread)
    telling = Telling(tells, post("register"), Nearby(taking.take), clock)
    made = Office(register, base, systems, Pump("telling", telling.turn, 1.0), senders)
    try:
        yield made
    finally:
        for pump in (made.telling, *made.senders):
            pump.close()
        for database in (register.database, base.database, *(one.database for one in systems)):
            database.close()


def _turn(sending: Sending, name: str) -> Callable[[], bool]:
    return lambda: sending.turn(name)


def _approve(unit: BaseUnit) -> None:
    now = SystemClock().now()
    today = business_date(now)
    rules = shipped.distribution_rules()
    for name in SYSTEMS:
        system = rules.systems[name]
        use = Use(
            municipality=HERE,
            application_id=f"use-{name}",
            system=name,
            purpose="測る",
            items=system.items,
            since=today,
            until=today + timedelta(days=365),
            with_before=system.with_before,
            state=APPROVED,
            entered_by="a",
            entered_at=now,
            decided_by="b",
            decided_at=now,
        )
        unit.uses.put(use)
        unit.receivers.open(HERE, name, now)
        assert replace(use, version=2).version
