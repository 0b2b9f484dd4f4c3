"""The training staff's cards: made with the set-up, kept in the training folder, laid on a reader for staff."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.card.monitor import Life
from app.card.staff_card import Wire
from app.errors import CardRemoved, StaffCardAbsent
from app.services.card_port import Insertion, ReaderSeen, ReadersSeen
from app.standin.authenticator.card import StaffCard
from app.standin.authenticator.kept import from_bytes, new_card, to_bytes
from app.standin.city.staff import TrainingTeam
from app.training.certificates import write_private
from app.training.home import OFFICE

READER = "Madoguchi Training Staff Reader"


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """A card that somebody was given, as an office keeps it."""

    municipality: str
    staff_id: str
    credential_id: bytes
    attested: bytes = field(repr=False)


def issue(team: TrainingTeam, path: Path) -> tuple[IssuedCard, ...]:
    """Make a card for everybody and keep them in ``path``."""
    issued, kept = [], {}
    for one in team.staff:
        card, credential_id, attested = new_card(team.card_pin.text(), OFFICE, one.staff_id)
        issued.append(IssuedCard(one.municipality, one.staff_id, credential_id, attested))
        kept[one.staff_id] = base64.b64encode(to_bytes(card)).decode()
    write_private(path, json.dumps(kept).encode())
    return tuple(issued)


class StaffReader:
    """The reader for staff cards in training; ``lay`` puts somebody's card on it. Without a file it stays empty."""

    def __init__(self, path: Path) -> None:
        self._kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        self._cards: dict[str, StaffCard] = {}
        self._lying: StaffCard | None = None
        self._epoch = 0
        self._listeners: tuple[Callable[[ReadersSeen], None], ...] = ()

    def lay(self, staff_id: str) -> None:
        """Lay this person's card on the reader, instead of what lies there. Errors: StaffCardAbsent for nobody's."""
        if staff_id not in self._kept:
            raise StaffCardAbsent
        if staff_id not in self._cards:
            self._cards[staff_id] = from_bytes(base64.b64decode(self._kept[staff_id]))
        self.put(self._cards[staff_id])

    def put(self, card: StaffCard) -> None:
        """Lay any card on the reader, instead of what lies there; what it has learnt it keeps while this runs."""
        if self._lying is card:
            return
        self.take()
        card.insert()
        self._lying = card
        self._tell()

    def take(self) -> None:
        """Take the card off, also in the middle of a command."""
        card, self._lying = self._lying, None
        if card is not None:
            card.pull()
            self._tell()

    def seen(self) -> ReadersSeen:
        """Whether a card lies here."""
        at = None if self._lying is None else Insertion(READER, self._epoch)
        return ReadersSeen(service_runs=True, readers=(ReaderSeen(READER, insertion=at),))

    def watch(self, changed: Callable[[ReadersSeen], None]) -> Callable[[], None]:
        """Call ``changed`` at each change, on the thread that lays or takes."""
        self._listeners = (*self._listeners, changed)
        return lambda: None

    def close(self) -> None:
        """Nobody listens any more."""
        self._listeners = ()

    def _tell(self) -> None:
        self._epoch += 1
        for changed in self._listeners:
            changed(self.seen())

    @contextmanager
    def hold(self, life: Life) -> Iterator[Wire]:
        """The card that lies here, for a moment. Errors: StaffCardAbsent."""
        card = self._lying
        if card is None:
            raise StaffCardAbsent
        life.beat()
        try:
            yield _Line(card)
        finally:
            card.power_down()


class _Line:
    def __init__(self, card: StaffCard) -> None:
        self._card = card

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        try:
            return self._card.transmit(apdu)
        except ConnectionError:
            raise CardRemoved from None
