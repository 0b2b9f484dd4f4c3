"""madoguchi-admin card diagnose: service, drivers, readers, cards, what answers on them and how many tries are left."""

from collections.abc import Callable, Mapping

from app.admin.card_report import Told, tries
from app.card.driver import driver_of, service
from app.card.readers import PcscReaders
from app.domain.card_pace import declared_baud, estimate_s, is_contactless
from app.errors import AppError, BadCardData, CardRefused, NotThisCard
from app.services.card_port import UNWATCHED, Card, ReaderSeen
from app.services.card_values import Key, Tries


def diagnosis(readers: PcscReaders) -> Told:
    """Everything that can be told without a code; no try is spent."""
    seen, found = readers.seen(), service()
    return {
        "service": seen.service_runs,
        "service_name": found.name,
        "service_version": found.version,
        "readers": [_examined(readers, each) for each in seen.readers],
    }


def _examined(readers: PcscReaders, seen: ReaderSeen) -> Told:
    driver = driver_of(seen.name)
    told: Told = {
        "name": seen.name,
        "driver": {
            "vendor": driver.vendor,
            "model": driver.model,
            "version": driver.version,
            "connection": driver.connection,
        },
        "pin_pad": seen.pin_pad,
        "card": seen.insertion is not None,
        "atr": seen.atr.hex().upper(),
        "in_use": seen.in_use,
        "mute": seen.mute,
    }
    if seen.insertion is None:
        return told
    told["speed"] = speed(seen.atr)
    try:
        return told | readers.use(seen.insertion, _applications, UNWATCHED)
    except AppError as error:
        return told | {"error": error.code}


def speed(atr: bytes) -> Told:
    """What the answer to reset promises: baud on contacts (TA1), seconds for a reading by 照合番号B.

    A contactless answer does not tell its speed: ``baud`` is None then, and the slowest is reckoned with.
    """
    contactless = is_contactless(atr)
    return {
        "contactless": contactless,
        "baud": None if contactless else round(declared_baud(atr)),
        "reading_s": round(estimate_s(atr), 1),
    }


def _applications(card: Card) -> Told:
    found: dict[str, Mapping[Key, Tries] | None] = {
        "face": _asked(lambda: _counters(card.face().tries, Key.FACE_B, Key.FACE_A)),
        "attributes": _asked(
            lambda: _counters(card.attributes().tries, Key.ATTRIBUTES_B, Key.ATTRIBUTES_A, Key.ATTRIBUTES_PIN)
        ),
        "jpki": _asked(lambda: _counters(card.jpki().tries, Key.USER_PIN, Key.SIGN_PASSWORD)),
        "licence": _asked(lambda: _counters(card.licence().tries, Key.LICENCE_PIN_1, Key.LICENCE_PIN_2)),
        "residence": _asked(lambda: _uncounted(card)),
    }
    counters = {key.value: tries(count) for keys in found.values() for key, count in (keys or {}).items()}
    told: Told = {"applications": {name: keys is not None for name, keys in found.items()}, "tries": counters}
    return told | _certificates(card) if found["jpki"] is not None else told


def _counters(ask: Callable[[Key], Tries], *keys: Key) -> dict[Key, Tries]:
    return {key: ask(key) for key in keys}


def _uncounted(card: Card) -> dict[Key, Tries]:
    """A residence card counts no tries."""
    card.residence()
    return {}


def _asked(ask: Callable[[], Mapping[Key, Tries]]) -> Mapping[Key, Tries] | None:
    """The counters of an application, None if the card has none such."""
    try:
        return ask()
    except (NotThisCard, CardRefused, BadCardData):
        return None


def _certificates(card: Card) -> Told:
    try:
        jpki = card.jpki()
        there = jpki.certificates()
        return {
            "token": jpki.token().value,
            "certificates": {
                "user_authentication": there.user_authentication,
                "digital_signature": there.digital_signature,
            },
        }
    except (CardRefused, BadCardData):
        return {}
