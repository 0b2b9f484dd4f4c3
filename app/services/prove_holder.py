"""Prove by 公的個人認証 who is here: a challenge with the user PIN, or the signature certificate's basic four."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from app.domain.card_code import SignPassword, UserPin
from app.domain.certificate import NOT_ASKED, CertificateVerdicts, Period, Purpose, SignatureHolder, Standing
from app.domain.clock import Clock, Random
from app.domain.secret import Secret
from app.domain.verdict import NotChecked
from app.errors import CardRefused, CertificateAbsent, OfficeError, ServerFault, Unreachable
from app.services.card_port import (
    UNWATCHED,
    Card,
    CardReaders,
    Insertion,
    Progress,
    Stage,
    Timing,
    Watch,
)
from app.services.card_refusals import blocked, last_try
from app.services.card_values import Blocked, Key, Traffic, Tries, TriesLeft
from app.services.jpki_port import JpkiApplication, TokenKind
from app.services.ports.seat import Press, Session
from app.services.ports.validity import RevocationAnswer, Validity
from app.trust.certificate_anchors import CertificateAnchors
from app.trust.certificate_holder import holder_of
from app.trust.certificates import HolderCertificate, check_answer, check_certificate, parse_certificate

log = logging.getLogger(__name__)

_CHALLENGE_BYTES = 32
_OPENED_BY = {Key.USER_PIN: Purpose.USER_AUTHENTICATION, Key.SIGN_PASSWORD: Purpose.DIGITAL_SIGNATURE}


@dataclass(frozen=True, slots=True)
class Asking:
    """From which key press, session and visit a certificate's revocation is asked."""

    press: Press
    session: Session
    visit_id: str


@dataclass(frozen=True, slots=True)
class HolderKeys:
    """The counters of both codes, asked without spending a try, and in what body they live."""

    insertion: Insertion
    token: TokenKind
    user_pin: Tries
    sign_password: Tries


@dataclass(frozen=True, slots=True)
class HolderProof:
    """What a certificate proved, question by question. ``revoked``: the answer about revocation with its list's time.

    ``holder`` is None for user authentication: that certificate names nobody. Neither certificate nor its serial is
    kept: the law gives their use to few (card.md 6.3).
    """

    insertion: Insertion
    token: TokenKind
    purpose: Purpose
    verdicts: CertificateVerdicts
    revoked: RevocationAnswer
    period: Period
    holder: SignatureHolder | None = field(repr=False)
    timing: Timing

    @property
    def standing(self) -> Standing:
        """How it may be spoken of: without a revocation answer never as valid."""
        return self.verdicts.standing


@dataclass(frozen=True, slots=True)
class _Read:
    token: TokenKind
    certificate: HolderCertificate
    connected: float
    read: float
    traffic: Traffic
    challenge: bytes = b""
    answer: bytes = b""


class ProveHolder:
    """The use case. Each method blocks; run it on a lane.

    ``validity``: the office that knows what was revoked; None where there is none to ask. ``asking`` of the methods
    says on whose behalf; without either revocation stays an open question.
    """

    def __init__(
        self,
        readers: CardReaders,
        anchors: CertificateAnchors,
        validity: Validity | None,
        *,
        clock: Clock,
        random: Random,
    ) -> None:
        self._readers = readers
        self._anchors = anchors
        self._validity = validity
        self._clock = clock
        self._random = random

    def tries(self, at: Insertion, *, watch: Watch = UNWATCHED) -> HolderKeys:
        """How many tries both codes have left, spending none."""

        def work(card: Card) -> HolderKeys:
            jpki = card.jpki()
            pin, password = (jpki.tries(key) for key in (Key.USER_PIN, Key.SIGN_PASSWORD))
            return HolderKeys(at, jpki.token(), pin, password)

        return self._readers.use(at, work, watch)

    def by_user_pin(
        self,
        at: Insertion,
        entry: str | None,
        asking: Asking | None,
        *,
        last_try_confirmed: bool = False,
        watch: Watch = UNWATCHED,
    ) -> HolderProof:
        """The chip signs our own challenge with the key of the user authentication certificate.

        ``entry`` None: the PIN is typed on the reader's own pad. The form is checked before the card is asked. The
        certificate is read before the PIN is given, but on a phone that keeps it closed. Errors: BadFormat,
        WrongCode(left), CodeBlocked, LastTry (unless confirmed), CertificateAbsent, BadCardData, those of the pad
        (PadFailed, PinNotTyped) and of ``CardReaders.use``. The office being out of reach is no error.
        """
        pin = None if entry is None else UserPin(entry)

        def work(card: Card) -> _Read:
            connected = self._clock.monotonic()
            jpki, token = _begun(card, Key.USER_PIN, last_try_confirmed=last_try_confirmed)
            der = jpki.certificate(Purpose.USER_AUTHENTICATION)
            _give(card, jpki, Key.USER_PIN, pin)
            certificate = parse_certificate(der or _opened(jpki, Purpose.USER_AUTHENTICATION))
            card.say(Progress(Stage.PROVING))
            challenge = self._random.token(_CHALLENGE_BYTES)
            answer = jpki.sign(Key.USER_PIN, certificate.algorithm.block(challenge))
            read = self._clock.monotonic()
            return _Read(token, certificate, connected, read, card.traffic, challenge, answer)

        return self._proven(at, Purpose.USER_AUTHENTICATION, asking, self._used(at, pin, work, watch))

    def by_sign_password(
        self,
        at: Insertion,
        entry: str,
        asking: Asking | None,
        *,
        last_try_confirmed: bool = False,
        watch: Watch = UNWATCHED,
    ) -> HolderProof:
        """The signature certificate with its basic four. Its key signs nothing: it is for documents.

        A card that carries none is told before the password is given. Errors: as ``by_user_pin``.
        """
        password = SignPassword(entry)

        def work(card: Card) -> _Read:
            connected = self._clock.monotonic()
            jpki, token = _begun(card, Key.SIGN_PASSWORD, last_try_confirmed=last_try_confirmed)
            if not jpki.certificates().has(Purpose.DIGITAL_SIGNATURE):
                raise CertificateAbsent(purpose=Purpose.DIGITAL_SIGNATURE)
            _give(card, jpki, Key.SIGN_PASSWORD, password)
            certificate = parse_certificate(_opened(jpki, Purpose.DIGITAL_SIGNATURE))
            return _Read(token, certificate, connected, self._clock.monotonic(), card.traffic)

        return self._proven(at, Purpose.DIGITAL_SIGNATURE, asking, self._used(at, password, work, watch))

    def _used(
        self, at: Insertion, code: Secret | None, work: Callable[[Card], _Read], watch: Watch
    ) -> tuple[float, _Read]:
        asked = self._clock.monotonic()
        try:
            return asked, self._readers.use(at, work, watch)
        finally:
            if code is not None:
                code.wipe()

    def _proven(self, at: Insertion, purpose: Purpose, asking: Asking | None, used: tuple[float, _Read]) -> HolderProof:
        asked, read = used
        certificate = read.certificate
        verdicts = check_certificate(certificate, purpose, self._anchors, self._clock.now())
        if read.answer:
            verdicts = replace(verdicts, chip=check_answer(certificate, verdicts.issuer, read.challenge, read.answer))
        revoked = self._revoked(asking, certificate.der)
        now = self._clock.monotonic()
        return HolderProof(
            insertion=at,
            token=read.token,
            purpose=purpose,
            verdicts=replace(verdicts, revocation=revoked.verdict),
            revoked=revoked,
            period=certificate.period,
            holder=holder_of(certificate) if purpose is Purpose.DIGITAL_SIGNATURE else None,
            timing=Timing(
                read.connected - asked, read.read - read.connected, now - read.read, now - asked, read.traffic
            ),
        )

    def _revoked(self, asking: Asking | None, der: bytes) -> RevocationAnswer:
        """The office's answer; an office that can't be asked leaves the question open."""
        if self._validity is None or asking is None:
            return RevocationAnswer(NOT_ASKED)
        try:
            return self._validity.check(asking.press, asking.session, asking.visit_id, der)
        except OfficeError as error:
            log.warning("revocation not known", extra={"error": error.code})
            silent = isinstance(error, Unreachable | ServerFault)
            return RevocationAnswer(NotChecked("revocation_unreachable" if silent else "revocation_refused"))


def _begun(card: Card, key: Key, *, last_try_confirmed: bool) -> tuple[JpkiApplication, TokenKind]:
    """The application with its token known and the counter asked; no code was sent.

    Errors: CodeBlocked, LastTry, and CertificateAbsent where that is why the code can't be used.
    """
    card.say(Progress(Stage.CERTIFICATE))
    jpki = card.jpki()
    token = jpki.token()
    tries = jpki.tries(key)
    if isinstance(tries, Blocked):
        purpose = _OPENED_BY[key]
        raise blocked(key) if jpki.certificates().has(purpose) else CertificateAbsent(purpose=purpose)
    if tries == TriesLeft(1) and not last_try_confirmed:
        raise last_try(key)
    return jpki, token


def _give(card: Card, jpki: JpkiApplication, key: Key, code: Secret | None) -> None:
    """Give the code, or have it typed on the reader's pad."""
    if code is not None:
        jpki.verify(key, code)
        return
    card.say(Progress(Stage.PIN_PAD))
    jpki.verify_on_pad(key)


def _opened(jpki: JpkiApplication, purpose: Purpose) -> bytes:
    """A certificate after its code was taken. Errors: CardRefused if the card keeps it closed all the same."""
    der = jpki.certificate(purpose)
    if der is None:
        raise CardRefused(status="6982")
    return der
