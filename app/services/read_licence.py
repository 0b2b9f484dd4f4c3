"""Read a driving licence by its PINs: name, reading, birth, present address, last day, and with both PINs the face."""

from dataclasses import dataclass, field
from datetime import date

from app.domain.clock import Clock
from app.domain.other_card_code import LicencePin
from app.domain.person import BasicFour, Sex
from app.domain.secret import Secret
from app.domain.verdict import NotChecked
from app.errors import BadFormat
from app.services.card_port import (
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
from app.services.card_refusals import blocked, last_try
from app.services.card_values import Blocked, Key, Picture, Tries, TriesLeft
from app.services.other_cards_port import LicenceApplication, LicenceBasics, LicenceEntries
from app.trust.licence_proof import LicenceAnchors, LicenceSignature, check_licence

_KEYS = (Key.LICENCE_PIN_1, Key.LICENCE_PIN_2)


@dataclass(frozen=True, slots=True)
class LicenceState:
    """What a licence tells before a PIN is given, and how many tries each has; asked without spending one."""

    insertion: Insertion
    basics: LicenceBasics
    pin_1: Tries
    pin_2: Tries


@dataclass(frozen=True, slots=True)
class LicenceReading:
    """What the PINs gave; a licence states no sex. ``photo`` None: only one PIN was given, or it can't be decoded.

    ``address_changed``: when the address was changed last, None if never. ``replaced``: a character is shown as 〓.
    """

    insertion: Insertion
    four: BasicFour = field(repr=False)
    kana: str = field(repr=False)
    expiry: date
    address_changed: date | None
    replaced: bool
    photo: Picture | None = field(repr=False)
    proof: Proof
    timing: Timing

    def passed(self, today: date) -> bool:
        """Whether it has expired; it is valid to the end of its last day."""
        return today > self.expiry


@dataclass(frozen=True, slots=True)
class _Read:
    entries: LicenceEntries
    photo: Picture | None
    signature: LicenceSignature | None
    signed: bytes | None
    connected: float
    read: float
    traffic: Traffic


class ReadLicence:
    """The use case. Each method blocks; run it on a lane."""

    def __init__(self, readers: CardReaders, anchors: LicenceAnchors, *, clock: Clock) -> None:
        self._readers = readers
        self._anchors = anchors
        self._clock = clock

    def state(self, at: Insertion, *, watch: Watch = UNWATCHED) -> LicenceState:
        """What it tells by itself, spending no try."""

        def work(card: Card) -> LicenceState:
            licence = card.licence()
            return LicenceState(at, licence.basics(), *(licence.tries(key) for key in _KEYS))

        return self._readers.use(at, work, watch)

    def by_first_pin(
        self, at: Insertion, entry: str | None, *, last_try_confirmed: bool = False, watch: Watch = UNWATCHED
    ) -> LicenceReading:
        """Without the face. ``entry`` None: typed on the reader's own pad. Errors: as ``by_both_pins``."""
        return self._by((_secret(entry),), at, watch, last_try_confirmed=last_try_confirmed)

    def by_both_pins(
        self,
        at: Insertion,
        first: str | None,
        second: str | None,
        *,
        last_try_confirmed: bool = False,
        watch: Watch = UNWATCHED,
    ) -> LicenceReading:
        """With the face. None: typed on the reader's own pad.

        The form is checked before the card is asked, both counters before a PIN is given, the second PIN only after the
        first was taken. A licence whose holder set no PINs is opened without them. Errors: BadFormat, WrongCode(left),
        CodeBlocked, LastTry (unless confirmed), NotThisCard, BadCardData, those of the pad (PadFailed, PinNotTyped) and
        of ``CardReaders.use``.
        """
        return self._by((_secret(first), _secret(second)), at, watch, last_try_confirmed=last_try_confirmed)

    def without_pins(self, at: Insertion, *, watch: Watch = UNWATCHED) -> LicenceReading:
        """For a licence whose holder set no PINs. Errors: BadFormat("licence_pin_needed") where there are PINs."""
        return self._by((), at, watch, last_try_confirmed=False)

    def _by(
        self, pins: tuple[Secret | None, ...], at: Insertion, watch: Watch, *, last_try_confirmed: bool
    ) -> LicenceReading:
        asked = self._clock.monotonic()
        try:
            read = self._readers.use(at, lambda card: self._work(card, pins, confirmed=last_try_confirmed), watch)
        finally:
            for pin in pins:
                if pin is not None:
                    pin.wipe()
        return self._reading(at, read, asked)

    def _work(self, card: Card, pins: tuple[Secret | None, ...], *, confirmed: bool) -> _Read:
        connected = self._clock.monotonic()
        card.say(Progress(Stage.ATTRIBUTES))
        licence = card.licence()
        if not licence.basics().pins_set:
            pins = (LicencePin.none_set(), LicencePin.none_set())
        if not pins:
            raise BadFormat(field="licence_pin_needed")
        given = list(zip(_KEYS, pins, strict=False))
        for key, _ in given:
            _stop_if_risky(licence, key, confirmed=confirmed)
        for key, pin in given:
            _give(card, licence, key, pin)
        card.say(Progress(Stage.ATTRIBUTES))
        entries = licence.entries()
        card.say(Progress(Stage.ATTRIBUTES, four=_four(entries)))
        signature, photo, signed = licence.signature(), None, None
        if len(given) == len(_KEYS):
            card.say(Progress(Stage.FACE))
            photo = licence.photo()
            signed = licence.signed() if self._anchors.know(signature) else None
        return _Read(entries, photo, signature, signed, connected, self._clock.monotonic(), card.traffic)

    def _reading(self, at: Insertion, read: _Read, asked: float) -> LicenceReading:
        issuer, record = check_licence(read.signature, read.signed, self._anchors)
        now = self._clock.monotonic()
        return LicenceReading(
            insertion=at,
            four=_four(read.entries),
            kana=read.entries.kana,
            expiry=read.entries.expiry,
            address_changed=read.entries.address_changed,
            replaced=read.entries.replaced,
            photo=read.photo,
            proof=Proof(issuer, record, NotChecked("licence_copy_possible")),
            timing=Timing(
                read.connected - asked, read.read - read.connected, now - read.read, now - asked, read.traffic
            ),
        )


def _secret(entry: str | None) -> Secret | None:
    return None if entry is None else LicencePin(entry)


def _stop_if_risky(licence: LicenceApplication, key: Key, *, confirmed: bool) -> None:
    """Errors: CodeBlocked, LastTry: nothing was sent."""
    tries = licence.tries(key)
    if isinstance(tries, Blocked):
        raise blocked(key)
    if tries == TriesLeft(1) and not confirmed:
        raise last_try(key)


def _give(card: Card, licence: LicenceApplication, key: Key, pin: Secret | None) -> None:
    if pin is not None:
        licence.verify(key, pin)
        return
    card.say(Progress(Stage.PIN_PAD))
    licence.verify_on_pad(key)


def _four(entries: LicenceEntries) -> BasicFour:
    return BasicFour(entries.name, entries.address, entries.birth, Sex.UNKNOWN)
