"""What the training authorities know: the certificates of every shipped card and persona, and which were revoked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from cryptography.x509 import ReasonFlags

from app.domain.clock import TOKYO
from app.domain.tables import Table
from app.standin.cards.holder import Holder
from app.standin.cards.jpki_authority import SIGNATURE, USER, TrainingJpki
from app.standin.cards.jpki_files import USUAL, CertificateWish, generation_of, has_signature, plan_of
from app.standin.cards.leaf import serial_of
from app.standin.cards.profiles import PROFILES
from app.standin.city.values import City
from app.standin.jpki.register import Register, Revoked

Cards = Mapping[str, tuple[Holder, CertificateWish]]
"""``profile:<name>`` or ``persona:<key>`` → whose card it is and what it bears."""
_REASONS = {one.value: one for one in ReasonFlags}


@dataclass(frozen=True, slots=True)
class _Row:
    """One card's certificates for ``purposes`` are revoked. ``on`` None: on the day its persona moved in."""

    card: str
    purposes: tuple[str, ...]
    on: date | None
    reason: ReasonFlags


def training_registers(jpki: TrainingJpki, city: City, revoked: Mapping[str, object]) -> tuple[Register, ...]:
    """All authorities in all generations. ``revoked``: resources/training/revoked.toml. Errors: DataFault."""
    registers = {
        place: Register("-".join(place), authority.certificate, authority.key)
        for place, authority in jpki.authorities.items()
    }
    cards = _cards(city)
    for holder, wish in cards.values():
        for purpose in _purposes(holder, wish):
            register = registers[purpose, generation_of(holder, wish)]
            register.issue(serial_of(plan_of(holder, wish, purpose), purpose))
    for row, (holder, wish) in _revoked(revoked, cards):
        day = row.on or city.resident_of(row.card.partition(":")[2]).moved_in_on or city.day
        how = Revoked(datetime.combine(day, time(), TOKYO).astimezone(UTC), row.reason)
        for purpose in row.purposes:
            register = registers[purpose, generation_of(holder, wish)]
            register.revoke(serial_of(plan_of(holder, wish, purpose), purpose), how)
    return tuple(registers.values())


def _cards(city: City) -> Cards:
    profiles = {f"profile:{name}": (one.holder, one.wish) for name, one in PROFILES.items()}
    return profiles | {f"persona:{key}": (one.card, USUAL) for key, one in city.personas.items()}


def _purposes(holder: Holder, wish: CertificateWish) -> Iterator[str]:
    if wish.user:
        yield USER
    if has_signature(holder, wish):
        yield SIGNATURE


def _revoked(values: Mapping[str, object], cards: Cards) -> Iterator[tuple[_Row, tuple[Holder, CertificateWish]]]:
    table = Table(values, "revoked.toml")
    table.count("version")
    for row in table.finish(table.tables("revoked")):
        made = _row(row)
        if made.card not in cards:
            raise row.fault("unknown_value", "card")
        yield made, cards[made.card]


def _row(row: Table) -> _Row:
    purposes, reason = row.texts("purposes"), row.text("reason")
    on = row.scalar("on") if "on" in row else None
    if not set(purposes) <= {USER, SIGNATURE}:
        raise row.fault("unknown_value", "purposes")
    if reason not in _REASONS:
        raise row.fault("unknown_value", "reason")
    if on is not None and not isinstance(on, date):
        raise row.fault("wrong_kind", "on")
    return row.finish(_Row(row.text("card"), purposes, on, _REASONS[reason]))
