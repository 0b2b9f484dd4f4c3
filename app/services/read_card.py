"""Read a resident's card by the code printed on it, by 個人番号 or by PIN, and prove what was read."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from app.domain.card_code import AttributePin, VerificationCodeA, VerificationCodeB
from app.domain.clock import Clock, Random
from app.domain.number import MyNumber, ReadNumber
from app.domain.person import BasicFour
from app.domain.secret import Secret
from app.domain.verdict import Failed, NotChecked, Verified
from app.errors import BadCardData, CardRefused, CardRemoved, CardSilent
from app.services.card_port import (
    UNWATCHED,
    Application,
    AttributeApplication,
    AttributeRecord,
    Blocked,
    Card,
    CardExpiry,
    CardReaders,
    FaceReading,
    FaceRecord,
    Insertion,
    Key,
    KeyState,
    NumberImage,
    NumberReading,
    NumberRecord,
    Progress,
    Proof,
    Stage,
    Timing,
    Traffic,
    Tries,
    TriesLeft,
    Watch,
)
from app.services.card_refusals import blocked, last_try
from app.trust.card_proof import (
    CardAnchors,
    SignedAttributes,
    SignedKey,
    check_attributes,
    check_certificate,
    check_chip,
    check_face,
    check_key,
    check_number,
    worse,
)

T = TypeVar("T")
_CHALLENGE_BYTES = 32
_NOWHERE: Mapping[Key, Tries] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Material:
    """What proves one application. None: the card has no such file, which is no forgery."""

    certificate: bytes | None
    challenge: bytes
    answer: bytes | None


@dataclass(frozen=True, slots=True)
class _Text:
    material: _Material
    integrity: SignedAttributes | None
    key: SignedKey | None
    attributes: AttributeRecord | None = None
    number: NumberRecord | None = None


_Image = tuple[NumberImage, _Material]


@dataclass(frozen=True, slots=True)
class _Times:
    asked: float
    connected: float
    read: float
    traffic: Traffic


@dataclass(frozen=True, slots=True)
class AttributeReading:
    """What the PIN gives where no 個人番号 is wanted: the basic four, and what is proven of them."""

    insertion: Insertion
    four: BasicFour = field(repr=False)
    proof: Proof
    timing: Timing


class ReadCard:
    """The use case. Each method blocks (0.4 s to 16 s, by reader); run it on a lane."""

    def __init__(
        self,
        readers: CardReaders,
        anchors: CardAnchors,
        *,
        clock: Clock,
        random: Random,
        read_number: ReadNumber = MyNumber,
    ) -> None:
        self._readers = readers
        self._anchors = anchors
        self._clock = clock
        self._random = random
        self._read_number = read_number

    def tries(self, at: Insertion, *, watch: Watch = UNWATCHED) -> KeyState:
        """How many tries each key has left, spending none. For the moment a card is put down.

        The first time at a reader it is tried with long answers, too, while nothing is at stake.
        """

        def work(card: Card) -> KeyState:
            text = card.attributes()
            b, a, pin = (text.tries(key) for key in (Key.ATTRIBUTES_B, Key.ATTRIBUTES_A, Key.ATTRIBUTES_PIN))
            face = card.face()
            face_b, face_a = face.tries(Key.FACE_B), face.tries(Key.FACE_A)
            keys = KeyState(at, face_b, b, attributes_a=a, attributes_pin=pin, face_a=face_a)
            with suppress(CardRefused, BadCardData, CardRemoved, CardSilent):
                face.probe()
            return keys

        return self._readers.use(at, work, watch)

    def by_code_b(
        self,
        at: Insertion,
        entry: str,
        *,
        last_try_confirmed: bool = False,
        watch: Watch = UNWATCHED,
    ) -> FaceReading:
        """Read and prove attributes and face by 照合番号B: no PIN, no 個人番号.

        The form is checked before the card is asked. The code spends tries in two applications: both counters are
        asked before it is given, and the face gets it only after the attribute application has taken it. Errors:
        BadFormat, WrongCode(left), CodeBlocked, LastTry (unless confirmed) and those of ``CardReaders.use``.
        """
        code = VerificationCodeB(entry)
        asked = self._clock.monotonic()

        def work(card: Card) -> tuple[_Text, FaceRecord, _Material, _Times]:
            connected = self._clock.monotonic()
            faced = _tries_in_face(card, Key.FACE_B)
            text = self._open_text(card, Key.ATTRIBUTES_B, code, faced, last_try_confirmed=last_try_confirmed)
            attributes = text.attributes()
            card.say(Progress(Stage.ATTRIBUTES, four=attributes.four))
            found = self._text(text, attributes=attributes)
            card.say(Progress(Stage.FACE))
            face = card.face()
            face.verify(Key.FACE_B, code)
            record, material = face.record(), self._material(face)
            return found, record, material, _Times(asked, connected, self._clock.monotonic(), card.traffic)

        try:
            found, record, material, times = self._readers.use(at, work, watch)
            return self._face_reading(at, code, (found, record, material), times)
        finally:
            code.wipe()

    def number_by_code_a(
        self, at: Insertion, entry: str, *, last_try_confirmed: bool = False, watch: Watch = UNWATCHED
    ) -> NumberReading:
        """Confirm a 個人番号 that was typed (照合番号A) against the chip, and read the picture of it.

        The basic four stay closed. The code spends tries in two applications, as in ``by_code_b``.
        """
        code = VerificationCodeA(entry, self._read_number)
        return self._number(at, Key.ATTRIBUTES_A, code, last_try_confirmed=last_try_confirmed, watch=watch)

    def number_by_pin(
        self, at: Insertion, entry: str | None, *, last_try_confirmed: bool = False, watch: Watch = UNWATCHED
    ) -> NumberReading:
        """Read 個人番号 and basic four by the holder's 4-digit PIN; None: it is typed on the reader's own pad.

        Errors besides the usual ones: PinNotTyped and PadFailed of the pad.
        """
        pin = None if entry is None else AttributePin(entry)
        return self._number(at, Key.ATTRIBUTES_PIN, pin, last_try_confirmed=last_try_confirmed, watch=watch)

    def attributes_by_pin(
        self, at: Insertion, entry: str | None, *, last_try_confirmed: bool = False, watch: Watch = UNWATCHED
    ) -> AttributeReading:
        """Read and prove the basic four by the holder's PIN; the 個人番号 stays unread. Else as ``number_by_pin``."""
        pin, asked = None if entry is None else AttributePin(entry), self._clock.monotonic()

        def work(card: Card) -> tuple[_Text, BasicFour, _Times]:
            connected = self._clock.monotonic()
            text = self._open_text(card, Key.ATTRIBUTES_PIN, pin, last_try_confirmed=last_try_confirmed)
            record = text.attributes()
            card.say(Progress(Stage.ATTRIBUTES, four=record.four))
            found = self._text(text, attributes=record)
            return found, record.four, _Times(asked, connected, self._clock.monotonic(), card.traffic)

        try:
            found, four, times = self._readers.use(at, work, watch)
            return AttributeReading(at, four, self._text_proof(found), self._timing(times))
        finally:
            if pin is not None:
                pin.wipe()

    def _number(
        self, at: Insertion, key: Key, code: Secret | None, *, last_try_confirmed: bool, watch: Watch
    ) -> NumberReading:
        asked = self._clock.monotonic()

        has_image = key is Key.ATTRIBUTES_A

        def work(card: Card) -> tuple[_Text, NumberRecord, _Image | None, _Times]:
            connected = self._clock.monotonic()
            faced = _tries_in_face(card, Key.FACE_A) if has_image else _NOWHERE
            text = self._open_text(card, key, code, faced, last_try_confirmed=last_try_confirmed)
            card.say(Progress(Stage.NUMBER))
            number = text.number()
            attributes = text.attributes() if key is Key.ATTRIBUTES_PIN else None
            found = self._text(text, attributes=attributes, number=number)
            image = self._image(card, code) if has_image and code is not None else None
            return found, number, image, _Times(asked, connected, self._clock.monotonic(), card.traffic)

        try:
            found, number, image, times = self._readers.use(at, work, watch)
            proof = self._text_proof(found)
            if image is not None:
                proof = _joined(self._image_proof(*image), proof, agree=True)
            four = found.attributes.four if found.attributes is not None else None
            picture = image[0].image if image is not None else None
            return NumberReading(at, number.number, four, proof, self._timing(times), picture)
        finally:
            if code is not None:
                code.wipe()

    def _image(self, card: Card, code: Secret) -> _Image | None:
        """The picture of the number, if the card has it."""
        face = card.face()
        face.verify(Key.FACE_A, code)
        image = _if_there(face.number_image)
        return None if image is None else (image, self._material(face))

    def _open_text(
        self,
        card: Card,
        key: Key,
        code: Secret | None,
        elsewhere: Mapping[Key, Tries] = _NOWHERE,
        *,
        last_try_confirmed: bool,
    ) -> AttributeApplication:
        """The attribute application, opened. ``elsewhere``: counters of the same code in another application."""
        card.say(Progress(Stage.ATTRIBUTES))
        text = card.attributes()
        _demand_tries({**elsewhere, key: text.tries(key)}, last_try_confirmed=last_try_confirmed)
        if code is not None:
            text.verify(key, code)
            return text
        card.say(Progress(Stage.PIN_PAD))
        text.verify_on_pad(key)
        return text

    def _text(
        self,
        text: AttributeApplication,
        *,
        attributes: AttributeRecord | None = None,
        number: NumberRecord | None = None,
    ) -> _Text:
        integrity, key = _if_there(text.integrity), _if_there(text.card_key)
        return _Text(self._material(text), integrity, key, attributes, number)

    def _material(self, application: Application) -> _Material:
        challenge = self._random.token(_CHALLENGE_BYTES)
        certificate = _if_there(application.certificate)
        return _Material(certificate, challenge, _if_there(lambda: application.sign(challenge)))

    def _face_reading(
        self, at: Insertion, code: VerificationCodeB, read: tuple[_Text, FaceRecord, _Material], times: _Times
    ) -> FaceReading:
        found, record, material = read
        if found.attributes is None:
            raise BadCardData(what="attributes")
        face, text = self._face_proof(record, material), self._text_proof(found)
        whole = _joined(face, text, agree=_agree(record, found.attributes.four))
        expiry = None
        if record.expiry is not None:
            expiry = CardExpiry(record.expiry, year_agrees=record.expiry.year == code.expiry_year)
        return FaceReading(
            insertion=at,
            four=found.attributes.four,
            photo=record.photo,
            name_image=record.name,
            address_image=record.address,
            expiry=expiry,
            proof=whole,
            face_proof=face,
            attributes_proof=text,
            timing=self._timing(times),
        )

    def _face_proof(self, record: FaceRecord, material: _Material) -> Proof:
        if material.certificate is None:
            return _unproven()
        certificate = check_certificate(material.certificate, self._anchors)
        genuine = check_face(record.signed, certificate)
        chip = check_chip(record.signed.card_key, material.challenge, material.answer, genuine)
        return Proof(certificate.issuer, genuine, chip)

    def _image_proof(self, image: NumberImage, material: _Material) -> Proof:
        if material.certificate is None:
            return _unproven()
        certificate = check_certificate(material.certificate, self._anchors)
        genuine = check_key(image.signed, certificate)
        chip = check_chip(image.signed.card_key, material.challenge, material.answer, genuine)
        return Proof(certificate.issuer, genuine, chip)

    def _text_proof(self, found: _Text) -> Proof:
        if found.material.certificate is None or found.integrity is None:
            return _unproven()
        certificate = check_certificate(found.material.certificate, self._anchors)
        genuine: Verified | Failed | NotChecked = Verified()
        if found.attributes is not None:
            genuine = worse(genuine, check_attributes(found.integrity, found.attributes.covered, certificate))
        if found.number is not None:
            genuine = worse(genuine, check_number(found.integrity, found.number.covered.reveal(), certificate))
        if found.key is None:
            return Proof(certificate.issuer, genuine, NotChecked("card_key_unproven"))
        held = check_key(found.key, certificate)
        chip = check_chip(found.key.card_key, found.material.challenge, found.material.answer, held)
        return Proof(certificate.issuer, genuine, chip)

    def _timing(self, times: _Times) -> Timing:
        now = self._clock.monotonic()
        return Timing(
            waiting_s=times.connected - times.asked,
            reading_s=times.read - times.connected,
            proving_s=now - times.read,
            total_s=now - times.asked,
            traffic=times.traffic,
        )


def _tries_in_face(card: Card, key: Key) -> dict[Key, Tries]:
    """Asked before the attribute application is selected: selecting the face later would close that again."""
    card.say(Progress(Stage.ATTRIBUTES))
    return {key: card.face().tries(key)}


def _demand_tries(counters: Mapping[Key, Tries], *, last_try_confirmed: bool) -> None:
    """A code may be given wherever it counts. Errors: CodeBlocked, LastTry (unless confirmed)."""
    for key, tries in counters.items():
        if isinstance(tries, Blocked):
            raise blocked(key)
    for key, tries in counters.items():
        if tries == TriesLeft(1) and not last_try_confirmed:
            raise last_try(key)


def _if_there(fetch: Callable[[], T]) -> T | None:
    """What proves, if the card has it: no official page says that every card does."""
    try:
        return fetch()
    except (CardRefused, BadCardData):
        return None


def _unproven() -> Proof:
    missing = NotChecked("card_no_certificate")
    return Proof(missing, missing, missing)


def _agree(record: FaceRecord, four: BasicFour) -> bool:
    return (record.birth, record.sex) == (four.birth, four.sex)


def _joined(face: Proof, text: Proof, *, agree: bool) -> Proof:
    """One answer per question for the card. Applications that disagree on the person: the record is not genuine."""
    record = worse(face.record, text.record)
    if not agree:
        record = worse(Failed("card_applications_disagree"), record)
    return Proof(worse(face.issuer, text.issuer), record, worse(face.chip, text.chip))
