"""A counter PC with its real memory and a real reader for staff cards, before the real staff slice."""

import json
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fido2.ctap2.base import Ctap2
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import CollectedClientData

from app.backend.staff import store
from app.backend.staff.ports import StaffMember, Terminal
from app.backend.staff.service import StaffRules, StaffService
from app.backend.staff.service.cards import CardService
from app.backend.staff.service.second_factors import SecondFactors
from app.card.staff_card import FidoStaffCards, on_readers, watched
from app.domain.call import Call
from app.domain.clock import SystemClock, SystemRandom
from app.domain.counter_rules import CounterRules, Tightening
from app.domain.rights import Actor, Right
from app.domain.secret import Secret, secret
from app.durable.address import SqlcipherFile
from app.errors import NotAllowed
from app.services.card_alone import CardAlone
from app.services.entrance import Entrance, Given
from app.services.follow_rules import FollowRules
from app.services.lock import Lock, Why
from app.services.password_clock import PasswordClock
from app.services.ports.office import Shown
from app.services.ports.seat import Elsewhere, Press, Session
from app.services.ports.staff_card import Answered, CardAsked, key_name
from app.services.sign_in import SignIn
from app.services.unlock import Needed, Unlock
from app.services.work_alone import WorkAlone
from app.standin.authenticator.card import StaffCard
from app.trust.passwords import Strength
from app.trust.seal import new_key
from app.trust.second_factor import SecondFactor
from app.wire.staff import (
    ApproveKey,
    AskKey,
    AskRegistration,
    AskUnlockKey,
    KeyAsked,
    Reauthenticate,
    RegisterKey,
    RevokeKey,
)
from app.wire.staff import SignIn as Signing
from tests.edge.staff_key.test_authenticator import Desk
from tests.support.alone import MovedUptime, StatingOffice
from tests.support.counter_memory import CounterPc
from tests.support.slices import KITA, MORNING, OpenSlice, acts, call, open_slice
from tests.support.staff_keys import STAFF_PIN, held, on_reader, staff_card

OFFICE = SecondFactor("madoguchi.kita.example", "北市")
PASSWORD, CLERK, FIRST, SECOND = "たぬきの合言葉", "k001", "a001", "a002"
QUICK = Strength(memory_kib=64, passes=1, lanes=1)


@dataclass
class SliceOffice:
    """``StaffOffice`` on the slice itself; the line of ``pc`` may be down."""

    pc: CounterPc
    slice_: OpenSlice
    staff: StaffService
    cards: CardService
    factors: SecondFactors

    def ask_key(self, press: Press, staff_id: str) -> CardAsked | None:
        return _asked(self.staff.ask_key(self.by(), AskKey(staff_id=staff_id)))

    def ask_unlock_key(self, press: Press, session: Session) -> CardAsked | None:
        return _asked(self.staff.ask_unlock_key(self.by(CLERK), AskUnlockKey()))

    def sign_in(self, press: Press, staff_id: str, shown: Shown) -> Session:
        asked = Signing(staff_id=staff_id, password=shown.password.text(), asked=shown.asked, assertion=shown.assertion)
        found = self.staff.sign_in(self.by(), asked)
        actor = Actor(KITA, staff_id, found.name, found.department, self.pc.seat.terminal, (Right("session.own"),))
        life = (found.started_at, found.expires_at)
        return Session(actor, "北市", found.office, secret(found.token), *life, found.second_factor)

    def unlock(self, press: Press, session: Session, shown: Shown) -> None:
        asked = Reauthenticate(password=shown.password.text(), asked=shown.asked, assertion=shown.assertion)
        self.staff.unlock(self.by(CLERK), asked)

    def standing(self, press: Press, session: Session, *, locked: bool) -> tuple[Elsewhere, ...]:
        return self.end_elsewhere(press, session)

    def end_elsewhere(self, press: Press, session: Session) -> tuple[Elsewhere, ...]:
        return ()

    def ask_change_key(self, press: Press, session: Session) -> CardAsked | None:
        return None

    def change_password(self, press: Press, session: Session, shown: Shown, new: Secret) -> None:
        raise NotAllowed

    def sign_out(self, press: Press, session: Session) -> None:
        """Nobody counts them here."""

    def by(self, staff_id: str = "") -> Call:
        self.pc.line.use()
        rights = (Right("staff.key"),)
        return call(Actor(KITA, staff_id, "", "", self.pc.seat.terminal, rights), self.pc.clock.now())

    def issue(self, card: StaffCard) -> str:
        """Register the clerk's card and approve it; its name."""
        asked = self.cards.ask_registration(self.by(FIRST), AskRegistration(staff_id=CLERK))
        answer = held(card, OFFICE.origin).register(asked.options)
        given = RegisterKey(staff_id=CLERK, asked=asked.asked, answer=answer, label="職員証")
        row = self.cards.register(self.by(FIRST), given)
        return self.cards.approve(self.by(SECOND), ApproveKey(key_id=row.key_id)).key_id

    def last(self) -> tuple[str, dict[str, object]]:
        """The last act of the slice's ledger."""
        return acts(self.slice_, KITA)[-1]


@dataclass
class BentCards:
    """``StaffCards`` on the reader, with a program in between that answers otherwise.

    ``how``: "" for what is right, "unverified" for an answer signed without the PIN, "replayed" for the last one.
    """

    real: FidoStaffCards
    reader: str
    how: str = ""
    answers: list[Answered] = field(default_factory=list)

    def answer(self, asked: CardAsked, pin: Secret, salt: bytes | None = None) -> Answered:
        if self.how == "replayed":
            return self.answers[-1]
        if self.how == "unverified":
            return unverified(self.reader, asked.options)
        self.answers.append(self.real.answer(asked, pin, salt))
        kept = self.answers[-1].kept
        again = None if kept is None else Secret(kept.reveal())
        return Answered(self.answers[-1].assertion, self.answers[-1].key, again)

    def register(self, asked: CardAsked, pin: Secret) -> str:
        return self.real.register(asked, pin)

    def is_there(self) -> bool:
        return self.real.is_there()

    def watch(self, gone: object) -> None:
        """Nobody looks."""

    def close(self) -> None:
        self.real.close()


class Hall:
    """A clerk before a counter. ``desk`` is the reader; ``uptime`` are the PC's clocks; ``card``: the clerk's own."""

    def __init__(self, pc: CounterPc, desk: Desk, folder: Path) -> None:
        clock = SystemClock()
        pc.clock.at = MORNING
        self.pc, self.desk = pc, desk
        self.slice_ = open_slice("staff", store, SqlcipherFile(folder / "staff.db", new_key()), pc.clock)
        self.office = self._office()
        real = FidoStaffCards(partial(on_readers, (desk.name,), clock), clock, watched(frozenset({desk.name}), clock))
        self.cards = BentCards(real, desk.name)
        self.uptime = MovedUptime(MORNING)
        self.stating = StatingOffice(pc.line, pc.clock, pc.desk.signing, rules_now=CounterRules())
        self.card, self.key = staff_card(), ""
        self.card_alone = CardAlone(SystemRandom(), self.uptime)

    def _office(self) -> SliceOffice:
        slice_, pc = self.slice_, self.pc
        book = store.StaffStore(slice_.database, slice_.pen)
        factors = SecondFactors(OFFICE, SystemRandom(), slice_.index_key, required=True)
        staff = StaffService(book, factors, slice_.clock, SystemRandom(), StaffRules(QUICK))
        for staff_id in (CLERK, FIRST, SECOND):
            member = StaffMember(KITA, "市", "区役所", staff_id, "北　一郎", "子ども家庭", "", is_active=True)
            staff.admit(((member, ()),), secret(PASSWORD), MORNING)
        staff.enrol(Terminal(KITA, pc.seat.terminal, "1", MORNING, None))
        return SliceOffice(pc, slice_, staff, CardService(book, factors), factors)

    @property
    def door(self) -> Entrance:
        """Made anew each time, as after a restart, but for the card that was asked."""
        memory = self.pc.memory
        self.stating.cards = self.office.cards.stated(call(Actor(KITA, CLERK, "", "", "", ()), MORNING))
        rules = FollowRules(self.stating, memory.alone, memory.journal, self.pc.seat, Tightening())
        alone = WorkAlone(self.stating, memory.alone, self.uptime, memory.journal, rules)
        clock = PasswordClock(memory.alone, self.uptime, rules)
        return Entrance(self.office, self.cards, self.pc.seat, alone, memory.cards, self.card_alone, clock)

    @property
    def unlocking(self) -> Unlock:
        memory = self.pc.memory
        return Unlock(self.door, memory.work, memory.terminal, memory.journal)

    def sign_in(self, password: str = PASSWORD, pin: str = STAFF_PIN) -> Session:
        memory = self.pc.memory
        use = SignIn(self.door, memory.work, memory.postbox, memory.journal, memory.terminal)
        asked = use.ask_card(self.pc.press(), CLERK)
        assert asked is not None
        return use(self.pc.press(), CLERK, Given(secret(password), (asked, secret(pin))))

    def revoke(self) -> None:
        """The clerk's own card."""
        self.office.cards.revoke(self.office.by(FIRST), RevokeKey(key_id=self.key))

    def lock(self, session: Session) -> None:
        memory = self.pc.memory
        Lock(memory.work, memory.terminal, memory.journal)(self.pc.press(), session, Why.IDLE)

    def unlock(self, session: Session, password: str = "", pin: str = STAFF_PIN) -> None:
        use = self.unlocking
        asked = use.ask_card(self.pc.press(), session)
        assert asked is not None
        use(self.pc.press(), session, Given(secret(password), (asked, secret(pin))))
        use.settle(self.pc.press(), session)

    def answers(self, session: Session, asked: CardAsked | None) -> None:
        """Unlock by the card with what was asked before."""
        assert asked is not None
        self.unlocking(self.pc.press(), session, Given(secret(""), (asked, secret(STAFF_PIN))))

    def needed(self, session: Session) -> Needed:
        return self.unlocking.needed(session)

    def passes(self, **by: float) -> None:
        self.pc.clock.move(**by)
        self.uptime.passes(**by)

    def kept(self) -> dict[str, object]:
        """The last act of the PC's journal."""
        act = self.pc.memory.journal.acts_of_visit("")[-1]
        return {"kind": act.kind, **act.detail()}

    def close(self) -> None:
        self.cards.close()
        self.slice_.database.close()


def unverified(reader: str, options: str) -> Answered:
    """An answer that the card gave without its PIN: truly signed, its holder not verified."""
    asked = json.loads(options)
    name = asked["allowCredentials"][0]["id"]
    told = CollectedClientData.create("webauthn.get", websafe_decode(asked["challenge"]), f"https://{asked['rpId']}")
    with on_reader(reader) as device:
        listed = [{"id": websafe_decode(name), "type": "public-key"}]
        found = Ctap2(device).get_assertion(asked["rpId"], told.hash, listed)
    response = {
        "clientDataJSON": websafe_encode(told),
        "authenticatorData": websafe_encode(found.auth_data),
        "signature": websafe_encode(found.signature),
        "userHandle": None,
    }
    whole = {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
    return Answered(json.dumps(whole), key_name(websafe_decode(name)))


def _asked(found: KeyAsked) -> CardAsked | None:
    return CardAsked(found.asked, found.options) if found.options else None
