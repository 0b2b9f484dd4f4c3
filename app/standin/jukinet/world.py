"""The network as one: what each party does with a message; each change is in the journal before it counts."""

from collections.abc import Callable, Sequence, Set
from pathlib import Path
from typing import Any

from app.standin.jukinet.cards import CardManagement, PinSet
from app.standin.jukinet.finding import found
from app.standin.jukinet.journal import Journal
from app.standin.jukinet.levels import Level
from app.standin.jukinet.others import Household, Post
from app.wire.jukinet import CardEvent, DeliveryAddress, IdentityInfo, IdentityUpdate
from app.wire.jukinet_network import (
    NetCardCheck,
    NetCardChecked,
    NetCompared,
    NetComparison,
    NetEnquiry,
    NetFetch,
    NetFound,
    NetParcel,
    NetParcels,
    NetPerson,
    NetReceipt,
)
from app.wire.message import Message, decode, encode

PREFECTURE, NATIONAL, CARDS = "prefecture", "national", "cards"
_LOADED = 500
"""People in one entry of the journal."""


class Loaded(Message, frozen=True):
    """People whom both levels know from the beginning, as registered with their first change."""

    people: tuple[IdentityInfo, ...]


class Fetched(Message, frozen=True):
    """What a municipality keeps now."""

    municipality: str
    parcel_ids: tuple[str, ...]


class World:
    """One network. Not for several threads at once. ``away``: parties that the others can't reach."""

    def __init__(self, folder: Path, real: Set[str]) -> None:
        self.prefecture, self.national = Level("p"), Level("n")
        self.cards, self.post = CardManagement(), Post(real)
        self.away: set[str] = set()
        self.enquiries: list[NetEnquiry] = []
        self._journal = Journal(folder)
        for entry in self._journal.entries():
            kind, does = self._changes()[entry.what]
            does(decode(entry.body, kind))

    def set_up(self, *given: PinSet | Household | Sequence[IdentityInfo]) -> None:
        """Training and tests: cards in use, households of invented municipalities, people whom both levels know."""
        for one in given:
            if isinstance(one, PinSet):
                self._do("hold", one)
            elif isinstance(one, Household):
                self._do("house", one)
            else:
                for at in range(0, len(one), _LOADED):
                    self._do("load", Loaded(people=tuple(one[at : at + _LOADED])))

    def updates(self, asked: Sequence[IdentityUpdate]) -> tuple[NetReceipt, ...]:
        """The prefecture takes what is next and passes it on to the national level, now or when asked again."""
        return tuple(self._update(one) for one in asked)

    def compared(self, asked: NetComparison) -> NetCompared:
        """Compare one page at the level that is meant."""
        level = self.national if asked.level == NATIONAL else self.prefecture
        differences = level.compare(asked)
        receipt = f"compared-{asked.check_id}-{asked.page}"
        if differences is None:
            return NetCompared(receipt=receipt, differences=(), begin_again=True)
        return NetCompared(receipt=receipt, differences=differences)

    def enquired(self, asked: NetEnquiry) -> NetFound:
        """Whom the national level finds; that was asked is kept."""
        self._do("enquiry", asked)
        receipt = f"e-{len(self.enquiries):08}"
        people = found(self.national.people, asked)
        if people is None:
            return NetFound(people=(), more=False, receipt=receipt, reason="too_broad")
        shown = tuple(
            NetPerson(identity=one, card_state=self.cards.state_of(one.resident_code).value)
            for one in people[: asked.most]
        )
        return NetFound(people=shown, more=len(people) > asked.most, receipt=receipt)

    def posted(self, parcels: Sequence[NetParcel]) -> tuple[NetReceipt, ...]:
        """Lay parcels down, each once."""
        for one in parcels:
            if f"{one.sender}/{one.parcel_id}" not in self.post.taken:
                self._do("post", one)
        return tuple(NetReceipt(item_id=one.parcel_id, national=f"n-{one.parcel_id}") for one in parcels)

    def fetched(self, asked: NetFetch) -> NetParcels:
        """What lies there; what is kept need not lie on."""
        if asked.done:
            self._do("fetched", Fetched(municipality=asked.municipality, parcel_ids=asked.done))
        parcels, more = self.post.lie(asked.municipality, asked.most)
        return NetParcels(parcels=parcels, more=more)

    def delivered(self, asked: Sequence[DeliveryAddress]) -> tuple[NetReceipt, ...]:
        """Keep where to send."""
        return tuple(self._item(one.delivery_id, one, "delivery", self._unknown(one)) for one in asked)

    def stepped(self, asked: Sequence[CardEvent]) -> tuple[NetReceipt, ...]:
        """Take steps of cards."""
        return tuple(self._item(one.event_id, one, "card", self.cards.refusal(one)) for one in asked)

    def checked(self, asked: NetCardCheck) -> NetCardChecked:
        """Check a PIN; each try counts, also over a restart."""
        self._journal.add("pin", encode(asked))
        return self.cards.check(asked)

    def _update(self, one: IdentityUpdate) -> NetReceipt:
        prefecture, reason = self._taken(PREFECTURE, self.prefecture, one)
        if reason or NATIONAL in self.away:
            return NetReceipt(item_id=one.update_id, prefecture=prefecture, reason=reason)
        national, reason = self._taken(NATIONAL, self.national, one)
        return NetReceipt(item_id=one.update_id, prefecture=prefecture, national=national, reason=reason)

    def _taken(self, what: str, level: Level, one: IdentityUpdate) -> tuple[str, str]:
        known = level.known(one)
        if known is not None:
            return known
        refusal = level.refusal(one)
        if refusal:
            return "", refusal
        self._do(what, one)
        return level.received[one.update_id][1], ""

    def _item(self, item_id: str, content: Message, what: str, refusal: str) -> NetReceipt:
        receipt, reason = self.cards.known(item_id, content) or ("", refusal)
        if not receipt and not reason:
            self._do(what, content)
            receipt = self.cards.received[item_id][1]
        return NetReceipt(item_id=item_id, cards=receipt, reason=reason)

    def _unknown(self, one: DeliveryAddress) -> str:
        known = self.national.people.get(one.resident_code)
        return "" if known is not None and known.my_number == one.my_number else "no_such_person"

    def _do(self, what: str, message: Message) -> None:
        self._journal.add(what, encode(message))
        self._changes()[what][1](message)

    def _changes(self) -> dict[str, tuple[type[Any], Callable[[Any], object]]]:
        return {
            "load": (Loaded, self._load),
            "hold": (PinSet, self.cards.hold),
            "house": (Household, self.post.households.append),
            PREFECTURE: (IdentityUpdate, self.prefecture.take),
            NATIONAL: (IdentityUpdate, self.national.take),
            "delivery": (DeliveryAddress, self.cards.deliver),
            "card": (CardEvent, self.cards.step),
            "pin": (NetCardCheck, self.cards.check),
            "post": (NetParcel, self.post.take),
            "fetched": (Fetched, lambda one: self.post.done(one.municipality, set(one.parcel_ids))),
            "enquiry": (NetEnquiry, self.enquiries.append),
        }

    def _load(self, loaded: Loaded) -> None:
        for one in loaded.people:
            for level in (self.prefecture, self.national):
                level.people[one.resident_code] = one
