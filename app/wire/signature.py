"""署名: a signature as it travels with an application, bound to exactly what was shown when it was given."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from msgspec import Meta

from app.domain.signature import MOST_POINTS, MOST_STROKES, Point, Signature, SignMeans
from app.wire.message import Message

Scalar = str | int | bool | None
Fact = Scalar | tuple[dict[str, Scalar], ...]
Coordinates = Annotated[tuple[Annotated[int, Meta(ge=0, le=65_535)], ...], Meta(max_length=MOST_POINTS)]
Pressures = Annotated[tuple[Annotated[int, Meta(ge=0, le=255)], ...], Meta(max_length=MOST_POINTS)]
Times = Annotated[tuple[Annotated[int, Meta(ge=0, le=3_600_000)], ...], Meta(max_length=MOST_POINTS)]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
FormNumber = Annotated[str, Meta(pattern=r"^[0-9A-Za-z-]{0,40}$")]
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class StrokeMark(Message, frozen=True):
    """One stroke: as many of each as it has points. ``ms``: since the first touch of the signature."""

    x: Coordinates
    y: Coordinates
    pressure: Pressures
    ms: Times


class ShownItem(Message, frozen=True):
    """One item as it stood before the person: its words, and the value behind them. ``place``: as a draft's cursor."""

    place: str
    label: str
    text: str
    value: Scalar


class SignatureMark(Message, frozen=True):
    """What was shown, its digest, and the hand that was put to it; on paper the number of the printed form instead.

    ``language``: in which the display spoke. ``digest``: what ``digest_of`` gives for what was shown.
    """

    means: SignMeans
    language: Annotated[str, Meta(max_length=8)]
    shown: Annotated[tuple[ShownItem, ...], Meta(max_length=500)]
    digest: Digest
    signed_at: datetime
    strokes: Annotated[tuple[StrokeMark, ...], Meta(max_length=MOST_STROKES)] = ()
    width: Annotated[int, Meta(ge=0, le=65_535)] = 0
    height: Annotated[int, Meta(ge=0, le=65_535)] = 0
    form_number: FormNumber = ""


def digest_of(application_id: str, procedure: str, language: str, shown: tuple[ShownItem, ...]) -> str:
    """SHA-256 of exactly what was shown, for which application, in which language; 64 hexadecimal digits."""
    items = [[one.place, one.label, one.text, one.value] for one in shown]
    return hashlib.sha256(_CANONICAL.encode([application_id, procedure, language, items]).encode()).hexdigest()


def is_whole(mark: SignatureMark, application_id: str, procedure: str) -> bool:
    """Whether it is of this application, its digest that of what it says was shown, and a hand or a form behind it."""
    even = all(len({len(one.x), len(one.y), len(one.pressure), len(one.ms)}) == 1 for one in mark.strokes)
    even = even and sum(len(one.x) for one in mark.strokes) <= MOST_POINTS
    on_paper = mark.means is SignMeans.PAPER
    by_hand = bool(mark.strokes) != on_paper and bool(mark.form_number) == on_paper
    return even and by_hand and mark.digest == digest_of(application_id, procedure, mark.language, mark.shown)


def changed_since(mark: SignatureMark, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """Labels of what the application says differently now than when it was signed."""
    return tuple(one.label for one in mark.shown if fact_at(facts, one.place) != one.value)


def marked(signature: Signature) -> tuple[StrokeMark, ...]:
    """The strokes as they travel."""
    return tuple(
        StrokeMark(
            x=tuple(point.x for point in stroke),
            y=tuple(point.y for point in stroke),
            pressure=tuple(point.pressure for point in stroke),
            ms=tuple(point.ms for point in stroke),
        )
        for stroke in signature.strokes
    )


def drawn(mark: SignatureMark) -> Signature:
    """The strokes as they were drawn."""
    strokes = (zip(one.x, one.y, one.pressure, one.ms, strict=True) for one in mark.strokes)
    return Signature(mark.means, mark.width, mark.height, tuple(tuple(Point(*at) for at in one) for one in strokes))


def fact_at(facts: Mapping[str, Fact], place: str) -> Scalar:
    """The fact under a place: a field, or ``group[row].field``; None where there is none."""
    group, bracket, rest = place.partition("[")
    rows = facts.get(group)
    if not bracket:
        return None if isinstance(rows, tuple) else rows
    number, _, name = rest.partition("].")
    if not isinstance(rows, tuple) or not number.isdecimal() or int(number) >= len(rows):
        return None
    return rows[int(number)].get(name)
