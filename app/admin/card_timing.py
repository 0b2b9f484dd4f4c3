"""madoguchi-admin card read --repeat: how long many readings took, and the floor of the card's link beside them."""

from collections.abc import Sequence

from app.admin.card_report import Told
from app.domain.card_pace import PACES, Pace, contact, declared_baud, is_contactless
from app.services.card_port import Timing


def of_readings(reader: str, atr: bytes, timings: Sequence[Timing]) -> Told:
    """One row for one reader and kind of slot; seconds. ``floor_s``: what the bytes take on the air or contacts alone.

    ``floor_s`` is reckoned from the commands and bytes of the first reading, with no time for card, reader or computer,
    so no reading can be faster. A contactless answer to reset does not tell its speed: all four stand there.
    """
    traffic = timings[0].traffic
    return {
        "reader": reader,
        "slot": "contactless" if is_contactless(atr) else "contact",
        "readings": len(timings),
        "commands": traffic.commands,
        "bytes_to_card": traffic.sent,
        "bytes_from_card": traffic.received,
        "reading_s": _spread([each.reading_s for each in timings]),
        "total_s": _spread([each.total_s for each in timings]),
        "floor_s": {
            name: round(pace.least(traffic.commands, traffic.sent, traffic.received), 4)
            for name, pace in _links(atr).items()
        },
    }


def _links(atr: bytes) -> dict[str, Pace]:
    if is_contactless(atr):
        return {name: pace for name, pace in PACES.items() if name.startswith("nfc-")}
    baud = declared_baud(atr)
    return {f"contact-{round(baud)}": contact(baud)}


def _spread(seconds: list[float]) -> Told:
    """Median and 95th percentile, each a time that was measured (nearest rank)."""
    ranked = sorted(seconds)
    return {f"p{share}": round(ranked[-(-len(ranked) * share // 100) - 1], 4) for share in (50, 95)}
