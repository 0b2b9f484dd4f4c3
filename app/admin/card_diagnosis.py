"""madoguchi-admin card diagnose: service, drivers, readers, cards, what answers on them and how many tries are left."""

from app.admin.card_report import Told, tries
from app.card.driver import driver_of, service
from app.card.readers import PcscReaders
from app.domain.card_pace import declared_baud, estimate_s, is_contactless
from app.errors import AppError
from app.services.card_port import UNWATCHED, Card, ReaderSeen
from app.services.check_readers import card_answers


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
    found = card_answers(card)
    counters = {key.value: tries(count) for keys in found.applications.values() for key, count in (keys or {}).items()}
    told: Told = {
        "applications": {name: keys is not None for name, keys in found.applications.items()},
        "tries": counters,
    }
    if found.token is not None:
        told["token"] = found.token.value
    if (there := found.certificates) is not None:
        told["certificates"] = {
            "user_authentication": there.user_authentication,
            "digital_signature": there.digital_signature,
        }
    return told
