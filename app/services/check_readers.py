"""Check the readers: service, readers, what lies on them, which applications answer, attempts left; spends no try."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.domain.card_pace import estimate_s
from app.errors import AppError, BadCardData, CardRefused, NotThisCard
from app.services.card_port import UNWATCHED, Card, CardReaders, ReaderSeen
from app.services.card_values import Key, Tries
from app.services.jpki_port import CertificatesThere, TokenKind

Counters = Mapping[Key, Tries]


@dataclass(frozen=True, slots=True)
class CardAnswers:
    """``applications``: by name, the counters of each that answers, None for one that the card has not.

    ``token`` and ``certificates`` None: no JPKI application, or one that does not tell.
    """

    applications: Mapping[str, Counters | None]
    token: TokenKind | None = None
    certificates: CertificatesThere | None = None


@dataclass(frozen=True, slots=True)
class ReaderChecked:
    """One reader. ``answers`` None: no card, or one that could not be asked, and then ``trouble`` says why.

    ``reading_s``: about how long a reading by 照合番号B takes with this card.
    """

    seen: ReaderSeen
    answers: CardAnswers | None = None
    trouble: AppError | None = None
    reading_s: float = 0.0


@dataclass(frozen=True, slots=True)
class ReadersChecked:
    """All readers at one moment."""

    service_runs: bool
    readers: tuple[ReaderChecked, ...]


class CheckReaders:
    """The use case. It blocks for some 0.3 s for each card; run it on a lane."""

    def __init__(self, readers: CardReaders) -> None:
        self._readers = readers

    def __call__(self) -> ReadersChecked:
        """Look at everything. Nothing that goes wrong with a card is an error here."""
        seen = self._readers.seen()
        return ReadersChecked(seen.service_runs, tuple(self._checked(one) for one in seen.readers))

    def _checked(self, seen: ReaderSeen) -> ReaderChecked:
        if seen.insertion is None:
            return ReaderChecked(seen)
        time_s = estimate_s(seen.atr)
        try:
            return ReaderChecked(seen, self._readers.use(seen.insertion, card_answers, UNWATCHED), None, time_s)
        except AppError as error:
            return ReaderChecked(seen, None, error, time_s)


def card_answers(card: Card) -> CardAnswers:
    """Ask a card in use for everything it tells without a code."""
    found: dict[str, Counters | None] = {
        "face": _asked(lambda: _counters(card.face().tries, Key.FACE_B, Key.FACE_A)),
        "attributes": _asked(
            lambda: _counters(card.attributes().tries, Key.ATTRIBUTES_B, Key.ATTRIBUTES_A, Key.ATTRIBUTES_PIN)
        ),
        "jpki": _asked(lambda: _counters(card.jpki().tries, Key.USER_PIN, Key.SIGN_PASSWORD)),
        "licence": _asked(lambda: _counters(card.licence().tries, Key.LICENCE_PIN_1, Key.LICENCE_PIN_2)),
        "residence": _asked(lambda: _uncounted(card)),
    }
    token, certificates = _certificates(card) if found["jpki"] is not None else (None, None)
    return CardAnswers(found, token, certificates)


def _counters(ask: Callable[[Key], Tries], *keys: Key) -> Counters:
    return {key: ask(key) for key in keys}


def _uncounted(card: Card) -> Counters:
    """A residence card counts no tries."""
    card.residence()
    return {}


def _asked(ask: Callable[[], Counters]) -> Counters | None:
    """The counters of an application, None if the card has none such."""
    try:
        return ask()
    except (NotThisCard, CardRefused, BadCardData):
        return None


def _certificates(card: Card) -> tuple[TokenKind | None, CertificatesThere | None]:
    try:
        jpki = card.jpki()
        there = jpki.certificates()
        return jpki.token(), there
    except (CardRefused, BadCardData):
        return None, None
