"""An office in memory: staff, register and a desk that opens parcels, answers by key and keeps journals."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from app.domain.clock import Clock, business_date
from app.domain.number import MyNumber
from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.errors import AppError, Conflict, NotAllowed, Refused, SignInRefused, Unreachable
from app.services.ports.office import Carriage, Shown
from app.services.ports.seat import Press, Seat, Session, Visit
from app.services.ports.staff_card import CardAsked
from app.trust.checkpoint import log_key, open_checkpoint, origin_of, sign_checkpoint
from app.trust.merkle import Node, Tree, grow, leaf_hash, prove_consistency, prove_inclusion
from app.trust.receipt import Receipt
from app.trust.record import entry_of
from app.trust.seal import BoxKey, open_box
from app.trust.sign import SigningKey, VerifyKey
from app.wire import desk
from app.wire.message import Message, Nothing, decode, encode
from app.wire.parcel import Parcel, ParcelKey, parcel_context
from app.wire.register import Hits, Record, SearchByFour, SearchHabits

TYPES: dict[str, type[Message]] = {
    kind.__name__: kind for kind in (desk.OpenVisit, desk.CloseVisit, desk.DraftCopy, desk.HandIn)
}
RIGHTS = tuple(Right(act) for act in ("session.own", "register.search", "number.search", "register.open"))


@dataclass
class Line:
    """Whether the office can be reached; ``trouble``: what it answers with instead."""

    is_down: bool = False
    trouble: AppError | None = None

    def use(self) -> None:
        if self.is_down:
            raise Unreachable
        if self.trouble is not None:
            raise self.trouble


class FakeStaff:
    """``StaffOffice`` with a table of passwords; ``asks``: whose card it asks, and for what."""

    def __init__(self, line: Line, seat: Seat, clock: Clock, passwords: dict[str, str]) -> None:
        self._line = line
        self._seat = seat
        self._clock = clock
        self.passwords = passwords
        self.signed_in: list[str] = []
        self.asks: dict[str, CardAsked] = {}

    def ask_key(self, press: Press, staff_id: str) -> CardAsked | None:
        self._line.use()
        return self.asks.get(staff_id)

    def ask_unlock_key(self, press: Press, session: Session) -> CardAsked | None:
        self._line.use()
        return self.asks.get(session.actor.staff_id)

    def sign_in(self, press: Press, staff_id: str, shown: Shown) -> Session:
        self._line.use()
        self._check(staff_id, shown)
        self.signed_in.append(staff_id)
        now = self._clock.now()
        return Session(
            actor=Actor(self._seat.municipality, staff_id, f"名{staff_id}", "子ども家庭", self._seat.terminal, RIGHTS),
            municipality_name="見本市",
            office="中央区役所",
            token=secret(f"token-{staff_id}-{press.key}"),
            started_at=now,
            expires_at=now + timedelta(hours=10),
            second_factor="not_asked",
        )

    def unlock(self, press: Press, session: Session, shown: Shown) -> None:
        self._line.use()
        self._check(session.actor.staff_id, shown)

    def sign_out(self, press: Press, session: Session) -> None:
        self._line.use()
        self.signed_in.remove(session.actor.staff_id)

    def _check(self, staff_id: str, shown: Shown) -> None:
        asked = self.asks.get(staff_id)
        if self.passwords.get(staff_id) != shown.password.text():
            raise SignInRefused
        if asked is not None and (shown.asked, shown.assertion) != (asked.asked, f"signed {asked.options}"):
            raise SignInRefused


class FakeRegister:
    """``RegisterOffice`` over a list of records; finds by exact name and birth date."""

    def __init__(self, line: Line, records: list[Record], numbers: dict[str, str]) -> None:
        self._line = line
        self.records = records
        self.numbers = numbers

    def search_by_four(self, press: Press, session: Session, asked: SearchByFour) -> Hits:
        self._line.use()
        hits = [record.hit for record in self.records]
        found = [
            hit
            for hit in hits
            if (not asked.name or hit.name == asked.name) and (asked.birth is None or hit.birth == asked.birth)
        ]
        return Hits(hits=tuple(found))

    def search_by_number(self, press: Press, session: Session, number: MyNumber, visit: Visit) -> Hits:
        self._line.use()
        wanted = self.numbers.get(number.text())
        return Hits(hits=tuple(one.hit for one in self.records if one.hit.business_number == wanted))

    def habits(self, press: Press, session: Session) -> SearchHabits:
        self._line.use()
        return SearchHabits(recent=(), wards=())

    def open_record(
        self, press: Press, session: Session, business_number: str, visit: Visit, procedure: str = ""
    ) -> Record:
        self._line.use()
        found = [one for one in self.records if one.hit.business_number == business_number]
        if not found:
            raise NotAllowed
        return found[0]


@dataclass
class KeptJournal:
    """A terminal's journal as the desk has it."""

    entries: list[bytes] = field(default_factory=list)
    records: list[bytes] = field(default_factory=list)

    def tree(self, entries: list[bytes]) -> Tree:
        return grow(Tree(), [leaf_hash(entry) for entry in entries]).tree


class NeverRestored:
    """A desk that declares no restore."""

    def restorations(self, session: Session, way: Carriage) -> desk.Restorations:
        return desk.Restorations(size=0, checkpoint="", restorations=())


class FakeDesk(NeverRestored):
    """``DeskOffice`` and ``DeskCarrier``: the same key gives the same answer, journals are proved and kept."""

    def __init__(self, line: Line, municipality: str, clock: Clock) -> None:
        self._line = line
        self._municipality = municipality
        self._clock = clock
        self.box = BoxKey.generate()
        self.signing = SigningKey.generate()
        self.arrived: list[tuple[str, str, Message]] = []
        self.refuses: Callable[[Message], AppError | None] = lambda _: None
        self.loses_answers = 0
        self.proves = True
        self.last_entry = b""
        self.journal = KeptJournal()
        self.log = Tree()
        self._nodes: dict[Node, bytes] = {}
        self._answers: dict[str, tuple[bytes, bytes]] = {}
        self.steps: list[Message] = []

    def parcel_key(self, session: Session, way: Carriage) -> ParcelKey:
        self._line.use()
        return ParcelKey(box=self.box.public, log=self.signing.public.raw)

    def carry(self, session: Session, way: Carriage, parcel: Parcel) -> bytes:
        self._line.use()
        body = open_box(self.box, parcel.box, parcel_context(self._municipality, parcel.kind, way.key))
        known = self._answers.get(way.key)
        if known is not None:
            if known[0] != body:
                raise Conflict(version=0)
            return known[1]
        message = decode(body, TYPES[parcel.kind])
        error = self.refuses(message)
        if error is not None:
            raise error
        self.arrived.append((way.key, session.actor.staff_id, message))
        self._grow(body)
        answer = encode(self._receipt(message) if isinstance(message, desk.HandIn) else Nothing())
        self._answers[way.key] = (body, answer)
        if self.loses_answers:
            self.loses_answers -= 1
            raise Unreachable
        return answer

    def sync_journal(self, session: Session, way: Carriage, gained: desk.SyncJournal) -> desk.JournalKept:
        self._line.use()
        kept = self.journal
        if gained.first > len(kept.entries):
            raise Refused("journal_gap", size=len(kept.entries))
        entries = kept.entries[: gained.first] + [entry_of(one.salt, one.record) for one in gained.records]
        origin = origin_of(f"terminal.{session.actor.terminal}", self._municipality)
        claimed = open_checkpoint(gained.checkpoint.encode(), log_key(origin, VerifyKey(gained.public_key)))
        overlap = min(len(entries), len(kept.entries))
        grown = kept.tree(entries)
        if (claimed.size, claimed.root) != (grown.size, grown.root) or entries[:overlap] != kept.entries[:overlap]:
            raise Refused("journal_rewritten", index=gained.first)
        if len(entries) > len(kept.entries):
            kept.entries = entries
            kept.records = kept.records[: gained.first] + [one.record for one in gained.records]
        self._grow(gained.checkpoint.encode())
        note = sign_checkpoint(origin_of("desk", self._municipality), self.log, self.signing, self._clock.now())
        if gained.seen > self.log.size:
            return desk.JournalKept(size=len(kept.entries), checkpoint=note.decode())
        proof = prove_consistency(gained.seen, self.log.size, lambda nodes: {n: self._nodes[n] for n in nodes})
        return desk.JournalKept(size=len(kept.entries), checkpoint=note.decode(), consistency=proof)

    def forget_log(self) -> None:
        """As a desk restored from an old copy."""
        self.log, self._nodes = Tree(), {}

    def queue(self, press: Press, session: Session, asked: desk.AskQueue) -> desk.Queue:
        self._line.use()
        return desk.Queue(entries=())

    def open_application(self, press: Press, session: Session, application_id: str) -> desk.ApplicationView:
        self._line.use()
        raise NotAllowed

    def check_reception(self, press: Press, session: Session, step: desk.CheckReception) -> desk.StepDone:
        return self._step(step, step.application_id)

    def examine(self, press: Press, session: Session, step: desk.Examine) -> desk.StepDone:
        return self._step(step, step.application_id)

    def decide(self, press: Press, session: Session, step: desk.Decide) -> desk.StepDone:
        return self._step(step, step.application_id)

    def timeline(self, press: Press, session: Session, visit_id: str) -> desk.Timeline:
        self._line.use()
        return desk.Timeline(visit_id=visit_id, entries=())

    def _step(self, step: Message, application_id: str) -> desk.StepDone:
        self._line.use()
        self.steps.append(step)
        return desk.StepDone(application_id=application_id, state="checked", version=2)

    def _receipt(self, message: desk.HandIn) -> desk.Receipt:
        number = sum(isinstance(one, desk.HandIn) for _, _, one in self.arrived)
        return desk.Receipt(
            application_id=message.application_id,
            number=f"R{number:06}",
            receipt_date=business_date(message.reached_at),
            state="received",
            version=1,
            proof=self.proof().to_bytes().decode() if self.proves else "",
        )

    def proof(self) -> Receipt:
        """The receipt of the last entry of the log."""
        size, nodes = self.log.size, self._nodes
        path = prove_inclusion(size - 1, size, lambda wanted: {node: nodes[node] for node in wanted})
        note = sign_checkpoint(origin_of("desk", self._municipality), self.log, self.signing, self._clock.now())
        return Receipt(self.last_entry, size - 1, path, note)

    def _grow(self, entry: bytes) -> None:
        self.last_entry = entry
        growth = grow(self.log, [leaf_hash(entry)])
        self.log = growth.tree
        self._nodes |= dict(growth.nodes)
