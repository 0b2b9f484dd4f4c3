"""Read a residence card by the number printed on it: pictures of what is printed, the face, dates, and the proof."""

from dataclasses import dataclass, field
from datetime import date

from app.domain.clock import Clock, Random, business_date
from app.domain.other_card_code import ResidenceCardNumber
from app.domain.verdict import NotChecked
from app.errors import NotThisCard
from app.services.card_port import (
    OUTSIDE_SIGNATURE,
    UNWATCHED,
    Card,
    CardReaders,
    Insertion,
    Progress,
    Proof,
    Stage,
    Timing,
    Traffic,
    Watch,
)
from app.services.other_cards_port import ResidenceApplication, ResidenceKind, ResidenceRecord
from app.trust.residence_proof import ResidenceAnchors, check_residence
from app.trust.residence_session import NONCE_BYTES


@dataclass(frozen=True, slots=True)
class ResidenceReading:
    """What the number gave. The name is a picture: the clerk writes it off. No address is signed, so its proof is open.

    ``certificate_until``: last day of the card's certificate; ``record.expiry`` is the card's own last day, where it is
    text (second generation).
    """

    insertion: Insertion
    kind: ResidenceKind
    record: ResidenceRecord = field(repr=False)
    proof: Proof
    certificate_until: date | None
    timing: Timing
    address_proof: NotChecked = OUTSIDE_SIGNATURE

    def passed(self, today: date) -> bool | None:
        """Whether the card has expired; None where its last day is only a picture."""
        return None if self.record.expiry is None else today > self.record.expiry


@dataclass(frozen=True, slots=True)
class _Read:
    kind: ResidenceKind
    record: ResidenceRecord
    connected: float
    read: float
    traffic: Traffic


class ReadResidence:
    """The use case. Each method blocks; run it on a lane."""

    def __init__(self, readers: CardReaders, anchors: ResidenceAnchors, *, clock: Clock, random: Random) -> None:
        self._readers = readers
        self._anchors = anchors
        self._clock = clock
        self._random = random

    def kind(self, at: Insertion, *, watch: Watch = UNWATCHED) -> ResidenceKind:
        """Which residence card lies there, without its number. Errors: NotThisCard."""
        return self._readers.use(at, lambda card: card.residence().kind, watch)

    def by_number(
        self, at: Insertion, entry: str, *, with_status: bool = False, watch: Watch = UNWATCHED
    ) -> ResidenceReading:
        """Read and prove by the card's number, which is typed off its face.

        ``with_status``: also 在留資格 and permissions, which only a task about residence may see. The form is checked
        before the card is asked; the card counts no tries. Errors: BadFormat, WrongCardNumber, NotThisCard (also for
        特定在留カード等, which are read as My Number cards), BadCardData and those of ``CardReaders.use``.
        """
        number = ResidenceCardNumber(entry)
        asked = self._clock.monotonic()

        def work(card: Card) -> _Read:
            connected = self._clock.monotonic()
            card.say(Progress(Stage.ATTRIBUTES))
            residence = _ordinary(card)
            residence.open(number, self._random.token(NONCE_BYTES))
            card.say(Progress(Stage.FACE))
            record = residence.record(with_status=with_status)
            return _Read(residence.kind, record, connected, self._clock.monotonic(), card.traffic)

        try:
            return self._reading(at, self._readers.use(at, work, watch), asked)
        finally:
            number.wipe()

    def _reading(self, at: Insertion, read: _Read, asked: float) -> ResidenceReading:
        verdicts = check_residence(read.record.signed, self._anchors, business_date(self._clock.now()))
        now = self._clock.monotonic()
        return ResidenceReading(
            insertion=at,
            kind=read.kind,
            record=read.record,
            proof=Proof(verdicts.issuer, verdicts.record, NotChecked("residence_copy_possible")),
            certificate_until=verdicts.until,
            timing=Timing(
                read.connected - asked, read.read - read.connected, now - read.read, now - asked, read.traffic
            ),
        )


def _ordinary(card: Card) -> ResidenceApplication:
    """A card whose number opens it. How the others take theirs is not public in full (card.md 8.2)."""
    residence = card.residence()
    if residence.kind.specified:
        raise NotThisCard(application="residence_specified")
    return residence
