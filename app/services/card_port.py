"""What the counter needs of card readers and of the card on one: ports and the values that cross them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from app.domain.number import MyNumber
from app.domain.person import BasicFour, Sex
from app.domain.secret import Secret
from app.domain.verdict import NotChecked, Verdict
from app.services.card_values import Blocked, Key, Picture, Traffic, Tries, TriesLeft, Uncounted, fewer
from app.services.jpki_port import JpkiApplication
from app.services.other_cards_port import LicenceApplication, ResidenceApplication
from app.trust.card_proof import SignedAttributes, SignedFace, SignedKey

__all__ = ["Blocked", "Key", "Picture", "Traffic", "Tries", "TriesLeft", "Uncounted", "fewer"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Insertion:
    """One card lying on one reader once. Taken away and put back, the same card is another insertion.

    ``epoch`` counts the reader's insertions and removals; a result for an insertion that has passed is never shown.
    """

    reader: str
    epoch: int


@dataclass(frozen=True, slots=True)
class ReaderSeen:
    """A reader as the monitor sees it. ``insertion`` is None without a card; ``mute``: it does not answer a reset.

    ``pin_pad``: it has keys of its own that a PIN can be typed on, and is not known to lie about that.
    """

    name: str
    insertion: Insertion | None = None
    atr: bytes = b""
    in_use: bool = False
    mute: bool = False
    pin_pad: bool = False


@dataclass(frozen=True, slots=True)
class ReadersSeen:
    """All readers at one moment. ``service_runs`` False: the operating system's smart card service is down."""

    service_runs: bool
    readers: tuple[ReaderSeen, ...] = ()

    @property
    def cards(self) -> tuple[Insertion, ...]:
        """The cards that lie on readers now."""
        return tuple(reader.insertion for reader in self.readers if reader.insertion is not None)


class Stage(StrEnum):
    """How far a use of the card has come."""

    CONNECTING = "connecting"
    ATTRIBUTES = "attributes"
    FACE = "face"
    NUMBER = "number"
    PIN_PAD = "pin_pad"
    """The card waits for a PIN that is typed on the reader's own pad."""
    CERTIFICATE = "certificate"
    PROVING = "proving"


@dataclass(frozen=True, slots=True)
class Progress:
    """Said after each command. ``read`` of ``total`` bytes of the present file (total 0: not known yet).

    ``four`` is given once the attributes are read and is not proven then: show it as 確認中.
    """

    stage: Stage
    read: int = 0
    total: int = 0
    four: BasicFour | None = None


def _never() -> bool:
    return False


def _silent(_: Progress) -> None:
    return


@dataclass(frozen=True, slots=True)
class Watch:
    """How the asker accompanies a use of the card; both are called on the reader's thread.

    ``cancelled`` is looked at before each command: true ends the use with ``CardCancelled``.
    """

    cancelled: Callable[[], bool] = _never
    progress: Callable[[Progress], None] = _silent


UNWATCHED = Watch()


@dataclass(frozen=True, slots=True)
class FaceRecord:
    """券面 as stored in the face application, not proven yet. A picture that can't be decoded is None.

    ``expiry`` and ``code`` stand outside the signature. Source: card.md 3.3, published by readers.
    """

    birth: date
    sex: Sex
    name: Picture | None
    address: Picture | None
    photo: Picture | None
    expiry: date | None
    code: Picture | None
    signed: SignedFace = field(repr=False)


@dataclass(frozen=True, slots=True)
class AttributeRecord:
    """基本4情報 as stored in the attribute application, not proven yet. ``covered``: what its digest is made over."""

    four: BasicFour = field(repr=False)
    covered: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NumberRecord:
    """個人番号 as stored in the attribute application. ``covered`` (secret too): the file, filler included."""

    number: MyNumber
    covered: Secret


@dataclass(frozen=True, slots=True)
class NumberImage:
    """The picture of the 個人番号 as stored in the face application, not proven yet. Source: card.md 3.3."""

    image: Picture | None = field(repr=False)
    signed: SignedKey = field(repr=False)


class Application(Protocol):
    """An application of the card, selected now. Errors: CardRemoved, CardRefused, BadCardData, CardCancelled."""

    def tries(self, key: Key) -> Tries:
        """Ask the counter; spends no try."""
        ...

    def verify(self, key: Key, secret: Secret) -> None:
        """Present a code. Errors: WrongCode(left), CodeBlocked; CardRemoved(during="verify") counts as a spent try."""
        ...

    def verify_on_pad(self, key: Key) -> None:
        """Have a 4-digit PIN typed on the reader's pad and presented; takes 30 s at most.

        Errors besides ``verify``'s: PinNotTyped (cancelled there, too slow: no try spent), PadFailed (nobody knows).
        """
        ...

    def certificate(self) -> bytes:
        """The card-verifiable certificate; needs no key."""
        ...

    def probe(self) -> None:
        """Find out, once for a reader, how much it passes on at once; needs no key. For when a card is put down."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The card's own signature over SHA-256 of ``message``; needs no key."""
        ...


class FaceApplication(Application, Protocol):
    """券面事項確認AP."""

    def record(self) -> FaceRecord:
        """The face; needs code A or B. About 9 KB."""
        ...

    def number_image(self) -> NumberImage:
        """The picture of the 個人番号; needs code A. About 0.7 KB."""
        ...


class AttributeApplication(Application, Protocol):
    """券面事項入力補助AP."""

    def attributes(self) -> AttributeRecord:
        """The basic four; needs code B or the PIN."""
        ...

    def number(self) -> NumberRecord:
        """The 個人番号; needs code A or the PIN."""
        ...

    def integrity(self) -> SignedAttributes:
        """The signed digests; needs A, B or the PIN."""
        ...

    def card_key(self) -> SignedKey:
        """The card's own public key, signed; needs A, B or the PIN."""
        ...


class Card(Protocol):
    """The card in use. Selecting an application ends what was opened in the one before."""

    @property
    def traffic(self) -> Traffic: ...

    def say(self, progress: Progress) -> None:
        """Tell the asker how far it has come; later reads report under this stage."""
        ...

    def answers(self, application: str) -> bool:
        """Whether the card has "face", "attributes", "jpki", "licence", "residence", "residence_specified"; selects."""
        ...

    def face(self) -> FaceApplication:
        """Select the face application. Errors: NotThisCard."""
        ...

    def attributes(self) -> AttributeApplication:
        """Select the attribute application. Errors: NotThisCard."""
        ...

    def jpki(self) -> JpkiApplication:
        """Select the JPKI application. Errors: NotThisCard."""
        ...

    def licence(self) -> LicenceApplication:
        """Take the card for a driving licence. Errors: NotThisCard."""
        ...

    def residence(self) -> ResidenceApplication:
        """Take the card for a residence card. Errors: NotThisCard."""
        ...


class CardReaders(Protocol):
    """All readers of this PC, or the training readers."""

    def seen(self) -> ReadersSeen:
        """What lies where, now; never blocks."""
        ...

    def watch(self, changed: Callable[[ReadersSeen], None]) -> Callable[[], None]:
        """Call ``changed`` at each change, on the monitor's thread: it only queues. The result ends the watching."""
        ...

    def use(self, at: Insertion, work: Callable[[Card], T], watch: Watch) -> T:
        """Run ``work`` with the card, alone, on the reader's thread; afterwards the card is without power. Blocks.

        Errors: ServiceDown, NoReader, CardRemoved (that insertion has passed), CardBusy (another program has held it
        for 1.5 s), CardSilent (no answer within the watch-dog's time), CardCancelled, and those of ``work``.
        """
        ...

    def close(self) -> None:
        """End the threads and give back the readers."""
        ...


@dataclass(frozen=True, slots=True)
class Proof:
    """Three questions, three answers, never merged into one.

    ``issuer``: was the card's certificate made by a card authority we know? ``record``: are these the signed data?
    ``chip``: does this very chip hold the key that stands in the signed data (not a copy)?
    """

    issuer: Verdict
    record: Verdict
    chip: Verdict


OUTSIDE_SIGNATURE = NotChecked("card_outside_signature")


@dataclass(frozen=True, slots=True)
class CardExpiry:
    """The last day, covered by no signature (署名対象外). ``year_agrees``: the card took a code B of that year."""

    day: date
    year_agrees: bool
    proof: NotChecked = OUTSIDE_SIGNATURE

    def passed(self, today: date) -> bool:
        """Whether the card has expired; it is valid to the end of its last day."""
        return today > self.day


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one use: ``waiting_s`` until connected, ``reading_s`` with the card, ``proving_s`` after it."""

    waiting_s: float
    reading_s: float
    proving_s: float
    total_s: float
    traffic: Traffic


@dataclass(frozen=True, slots=True)
class FaceReading:
    """What 照合番号B gives: the basic four, the face, and what is proven. It confirms the person, not the number.

    ``face_proof`` and ``attributes_proof`` answer for their application; ``proof`` for the whole: the worse of the two.
    """

    insertion: Insertion
    four: BasicFour = field(repr=False)
    photo: Picture | None
    name_image: Picture | None
    address_image: Picture | None
    expiry: CardExpiry | None
    proof: Proof
    face_proof: Proof
    attributes_proof: Proof
    timing: Timing


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What 照合番号A or the PIN gives: the 個人番号, and the basic four where the PIN opened them.

    ``image``: the picture of the number, which only code A opens; ``proof`` answers for it too then. None: the card has
    none that can be read.
    """

    insertion: Insertion
    number: MyNumber
    four: BasicFour | None = field(repr=False)
    proof: Proof
    timing: Timing
    image: Picture | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class KeyState:
    """The counters of a card, one per key, asked without spending a try."""

    insertion: Insertion
    face_b: Tries
    attributes_b: Tries
    attributes_a: Tries
    attributes_pin: Tries
    face_a: Tries

    @property
    def code_b(self) -> Tries:
        """What 照合番号B has: it spends tries in both applications."""
        return fewer(self.face_b, self.attributes_b)

    @property
    def code_a(self) -> Tries:
        """What 照合番号A has: it spends tries in both applications."""
        return fewer(self.face_a, self.attributes_a)
