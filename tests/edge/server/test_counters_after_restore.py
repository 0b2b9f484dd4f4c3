"""Yesterday's backup is restored: counters bring what the desk lost, or refuse what nobody declared."""

from pathlib import Path

import pytest
from sqlalchemy import select

from app.backend.desk import http as desk_http
from app.backend.desk.store.tables import application_table, journal_table
from app.domain.call import Call
from app.domain.rights import Actor, Right
from app.durable.set_back import Declaring, declare_all
from app.server.keys import Keys
from app.server.parcels import parcel_endpoints
from app.services.ports.memory import Kind, Outgoing
from app.services.ports.office import Carriage
from app.services.ports.seat import Session
from app.store.memory import Place, open_memory
from app.store.vault import Vault
from app.trust.guardians import signing_of
from app.trust.sign import SigningKey
from app.wire.desk import AskRestorations, JournalKept, Restorations, SyncJournal
from app.wire.parcel import AskParcelKey, Parcel, ParcelKey
from tests.edge.backend.desk.conftest import CLAIM, hand_in
from tests.edge.server.test_backup import RANDOM, Office
from tests.support.counter_memory import WEAK, CounterPc
from tests.support.powercut.backend import settings as settings_below

pytestmark = pytest.mark.keyring

RIGHTS = tuple(Right(act, CLAIM) for act in ("application.receive", "application.read"))


class RealDesk:
    """``DeskCarrier`` to the real desk of ``office``, opened anew for each request as by a process that restarts."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def _call(self, session: Session, way: Carriage) -> Call:
        of = session.actor
        rights = (*RIGHTS, Right("journal.write"), Right("session.own"))
        actor = Actor(of.municipality, of.staff_id, of.name, "", of.terminal, rights)
        return Call(actor, way.trace, way.key, self.office.clock.at)

    def parcel_key(self, session: Session, way: Carriage) -> ParcelKey:
        return self._parcels(0, self._call(session, way), AskParcelKey())

    def carry(self, session: Session, way: Carriage, parcel: Parcel) -> bytes:
        return self._parcels(1, self._call(session, way), parcel).answer

    def sync_journal(self, session: Session, way: Carriage, gained: SyncJournal) -> JournalKept:
        with self.office.work() as (desk, _):
            return desk.journals.keep(self._call(session, way), gained)

    def restorations(self, session: Session, way: Carriage) -> Restorations:
        with self.office.work() as (desk, _):
            return desk.journals.restorations(self._call(session, way), AskRestorations())

    def _parcels(self, which: int, call: Call, message: object):
        with self.office.work() as (desk, own):
            keys = Keys(self.office.settings.folder / "keys", RANDOM)
            endpoints = parcel_endpoints("desk", keys.box("desk"), own.signing.public, desk_http.endpoints(desk))
            return endpoints[which].does(call, message)


@pytest.fixture
def office(tmp_path: Path, pc: CounterPc) -> Office:
    made = Office(settings_below(tmp_path), pc.clock)
    pc.memory.close()
    place = Place(pc.folder / "real", pc.seat, pc.recovery.public, WEAK)
    pc.memory = open_memory(place, Vault(f"{pc.service}-real", RANDOM), RealDesk(made), pc.clock, RANDOM)
    return made


def hands_in(pc: CounterPc, session: Session, *names: str) -> None:
    for name in names:
        item = Outgoing(f"i-{name}", session.actor.staff_id, "v1", Kind.HAND_IN, hand_in(name))
        pc.memory.journal.write(pc.act("application.handed_in"), item)
    while pc.memory.postbox.turn():
        pass


def received(office: Office) -> list[str]:
    with office.work() as (_, own):
        query = select(application_table.c.application_id).order_by(application_table.c.application_id)
        return list(own.database.read(lambda c: c.execute(query).scalars().all()))


def journal_at_the_desk(office: Office) -> int:
    with office.work() as (_, own):
        return own.database.read(lambda c: c.execute(select(journal_table.c.size)).scalar_one())


def test_a_declared_restore_loses_no_act_of_the_counter_and_no_hand_in(
    pc: CounterPc, office: Office, tmp_path: Path
) -> None:
    session = pc.at_work()
    hands_in(pc, session, "a1", "a2")
    place = office.back_up(tmp_path / "elsewhere")
    pc.clock.move(hours=3)
    hands_in(pc, session, "a3", "a4")
    assert received(office) == ["a1", "a2", "a3", "a4"]
    office.restore(place, "鈴木", "田中")
    assert received(office) == ["a1", "a2"]
    hands_in(pc, session, "a5")
    pc.clock.move(seconds=5)
    hands_in(pc, session)
    assert pc.memory.postbox.alarm() is None
    assert received(office) == ["a1", "a2", "a3", "a4", "a5"]
    hands_in(pc, session, "a6")
    assert journal_at_the_desk(office) == pc.memory.journal.size
    assert pc.memory.postbox.waiting() == ()
    numbers = [one.receipt.number for one in pc.memory.work.arrived()]
    assert len(set(numbers)) == len(numbers) == 6


def test_a_restore_that_nobody_declared_is_refused_by_the_counter(
    pc: CounterPc, office: Office, tmp_path: Path
) -> None:
    session = pc.at_work()
    hands_in(pc, session, "a1")
    files = {path: path.read_bytes() for path in office.settings.folder.glob("desk.db*")}
    pc.clock.move(hours=3)
    hands_in(pc, session, "a2")
    for path in office.settings.folder.glob("desk.db*"):
        path.unlink()
    for path, content in files.items():
        path.write_bytes(content)
    hands_in(pc, session, "a3")
    alarm = pc.memory.postbox.alarm()
    assert alarm is not None
    assert alarm.data["kind"] == "desk_rolled_back"


@pytest.mark.parametrize("names", [(), ("鈴木",)], ids=["the log alone", "one guardian"])
def test_a_restore_that_two_guardians_have_not_signed_is_refused_by_the_counter(
    pc: CounterPc, office: Office, names: tuple[str, ...]
) -> None:
    session = pc.at_work()
    hands_in(pc, session, "a1")
    files = {path: path.read_bytes() for path in office.settings.folder.glob("desk.db*")}
    hands_in(pc, session, "a2")
    for path, content in files.items():
        path.write_bytes(content)
    said = Declaring([(name, _signer(office, name, names)) for name in ("鈴木", "田中")], {})
    with office.work() as (_, own):
        own.database.write(lambda c: declare_all(c, (own.book, own.pen, own.signing), said, pc.clock))
    hands_in(pc, session, "a3")
    alarm = pc.memory.postbox.alarm()
    assert alarm is not None
    assert alarm.data["kind"] == "restored_guardians"


def _signer(office: Office, name: str, true: tuple[str, ...]) -> SigningKey:
    """The guardian's own key, or somebody else's in that name."""
    return signing_of(office.held[name]) if name in true else SigningKey.generate()


def test_an_old_declaration_does_not_cover_a_second_way_back(pc: CounterPc, office: Office, tmp_path: Path) -> None:
    session = pc.at_work()
    hands_in(pc, session, "a1")
    place = office.back_up(tmp_path / "elsewhere")
    hands_in(pc, session, "a2")
    office.restore(place, "鈴木", "田中")
    hands_in(pc, session, "a3")
    hands_in(pc, session)
    assert pc.memory.postbox.alarm() is None
    files = {path: path.read_bytes() for path in office.settings.folder.glob("desk.db*") if "replaced" not in path.name}
    hands_in(pc, session, "a4")
    for path, content in files.items():
        path.write_bytes(content)
    hands_in(pc, session, "a5")
    alarm = pc.memory.postbox.alarm()
    assert alarm is not None
    assert alarm.data["kind"] == "desk_rolled_back"
