"""本人確認 at the 統合端末: a card proved by its PIN, held against the network; recorded first (S06-2, C-20)."""

from dataclasses import dataclass
from datetime import timedelta

from app.backend.jukinet.ports import CardTerminal, Kept, Kind, Network, NetworkBook, NetworkUnit
from app.backend.jukinet.service.acting import demand_id, failures_kept
from app.backend.jukinet.service.asking import Asked, Finder, hit_of
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.resident_network import CardState, CheckPurpose, CheckResult
from app.domain.rights import ItemClass
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.jukinet import IdentityInfo
from app.wire.jukinet_counter import CheckIdentity, FetchNumber, IdentityChecked, NumberFetched
from app.wire.jukinet_network import NetCardCheck, NetCardChecked, NetEnquiry
from app.wire.message import Message, decode, encode

CHECK, NUMBER = "network.check", "network.number"
_OF_CARD = {
    "wrong_pin": CheckResult.WRONG_PIN,
    "blocked": CheckResult.BLOCKED,
    "unknown": CheckResult.UNKNOWN_CARD,
    "not_in_use": CheckResult.NOT_IN_USE,
}


class CheckKept(Message, frozen=True):
    """Content of a check: who made it for what, and whose card it was."""

    staff_id: str
    purpose: str
    visit_id: str
    resident_code: str = ""
    municipality: str = ""
    card_number: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What the network says about a card. ``identity`` only where the card was proved and the person is known."""

    result: CheckResult
    differences: tuple[str, ...] = ()
    identity: IdentityInfo | None = None
    resident_code: str = ""


class Checking:
    """Checks at the counter, and what may be asked after one."""

    def __init__(
        self, book: NetworkBook, network: Network, terminal: CardTerminal, finder: Finder, asked: Asked
    ) -> None:
        self._book = book
        self._network = network
        self._terminal = terminal
        self._finder = finder
        self._asked = asked

    def check(self, call: Call, asked: CheckIdentity) -> IdentityChecked:
        """Prove the card and compare. The PIN goes to the 統合端末 and is kept nowhere.

        Errors: NotAllowed; Refused ``network_away``, ``network_closed``; Conflict for a check that was made before.
        """
        check_id = demand_id(asked.check_id)
        with failures_kept(self._book, call, "identity.checked", asked.visit_id):
            call.demand(CHECK)
            if asked.purpose not in {one.value for one in CheckPurpose} or not _is_pin(asked.pin):
                raise NotUnderstood(what="purpose")
            if self._book.read(lambda unit: unit.records.one(call.municipality, Kind.CHECK, check_id)) is not None:
                raise Conflict(version=1)
            card = self._terminal.check(
                NetCardCheck(municipality=call.municipality, card_number=asked.card_number, pin=asked.pin)
            )
            found = self._compared(call, asked, card)
        what = {"purpose": asked.purpose, "result": found.result.value, "differences": ",".join(found.differences)}
        act = act_of(call, "identity.checked", visit=asked.visit_id, about=check_id, **what)
        content = CheckKept(
            staff_id=call.actor.staff_id,
            purpose=asked.purpose,
            visit_id=asked.visit_id,
            resident_code=found.resident_code,
            municipality="" if found.identity is None else found.identity.municipality,
            card_number=asked.card_number,
        )
        due = call.day + timedelta(days=1)
        kept = Kept(call.municipality, Kind.CHECK, check_id, found.result.value, encode(content), due=due)

        def keep(unit: NetworkUnit) -> str:
            unit.records.add(kept, call.at)
            return unit.record([act])[0]

        proof = self._book.write(keep)
        return IdentityChecked(
            check_id=check_id,
            result=found.result.value,
            differences=found.differences,
            person=None if found.identity is None else hit_of(found.identity),
            card_state=card.card_state,
            left=card.left,
            proof=proof,
        )

    def number(self, call: Call, asked: FetchNumber) -> NumberFetched:
        """The 個人番号 of who was checked, for a task that uses it; each is a record before it is told.

        Errors: NotAllowed without right, or without a check of this day by the same person with the result ``same``;
        Refused ``network_task``, ``network_away``, ``network_closed``, ``network_no_number``.
        """
        with failures_kept(self._book, call, "number.fetched", asked.visit_id):
            call.demand(NUMBER, asked.procedure, ItemClass.MY_NUMBER)
            self._asked.demand_task(asked.procedure, call.day)
            check = self._book.read(lambda unit: checked(unit, call, asked.check_id, CheckPurpose.NUMBER))
            identity = self._identity(call, check.resident_code, asked.check_id, asked.procedure)
            if identity is None or not identity.my_number:
                raise Refused("network_no_number")
        act = act_of(call, "number.fetched", visit=asked.visit_id, about=asked.check_id, procedure=asked.procedure)
        proof = self._book.write(lambda unit: unit.record([act]))[0]
        return NumberFetched(my_number=identity.my_number, proof=proof)

    def _compared(self, call: Call, asked: CheckIdentity, card: NetCardChecked) -> Found:
        """What is known of whom the card names, held against what was read off the card."""
        if card.result != "verified" and not _is_taken_up(asked, card):
            result = _OF_CARD.get(card.result)
            if result is None:
                raise NotUnderstood(what="result")
            return Found(result)
        identity = self._identity(call, card.resident_code, asked.check_id, asked.purpose)
        if identity is None:
            return Found(CheckResult.NOT_FOUND, resident_code=card.resident_code)
        differences = self._finder.differences(asked.shown, identity)
        if identity.state == "removed" and asked.purpose != CheckPurpose.MOVING_IN:
            result = CheckResult.REMOVED
        else:
            result = CheckResult.DIFFERS if differences else CheckResult.SAME
        return Found(result, differences, identity, card.resident_code)

    def _identity(self, call: Call, resident_code: str, reference: str, purpose: str) -> IdentityInfo | None:
        """The city's own file for who is registered here, else the national level."""
        own = self._book.read(lambda unit: unit.people.of_code(call.municipality, resident_code))
        if own is not None and own.identity.state == "resident":
            return own.identity
        asked = NetEnquiry(
            municipality=call.municipality, purpose=purpose, reference=reference, resident_code=resident_code, most=1
        )
        people = self._network.enquire(asked).people
        return people[0].identity if people else None


def checked(unit: NetworkUnit, call: Call, check_id: str, purpose: CheckPurpose) -> CheckKept:
    """The check that lets a person go on: ``same``, for this purpose, by them and on this day. Errors: NotAllowed."""
    kept = unit.records.one(call.municipality, Kind.CHECK, check_id)
    if kept is None or kept.state != CheckResult.SAME or kept.due is None or call.day >= kept.due:
        raise NotAllowed
    content = decode(kept.content, CheckKept)
    if content.staff_id != call.actor.staff_id or content.purpose != purpose:
        raise NotAllowed
    return content


def _is_taken_up(asked: CheckIdentity, card: NetCardChecked) -> bool:
    """A suspended card whose PIN was right is proved for what ends its suspension, and for nothing else."""
    is_suspended = card.card_state == CardState.SUSPENDED and bool(card.resident_code)
    return is_suspended and card.result == "not_in_use" and asked.purpose == CheckPurpose.CARD


def _is_pin(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit()  # noqa: PLR2004 -- 住民基本台帳用 has four digits
