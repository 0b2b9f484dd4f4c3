"""The state of people's cards, as the city's communication server has it (S06-8)."""

from dataclasses import replace
from datetime import datetime

from app.backend.jukinet.ports import Kept, Kind, NetworkUnit
from app.backend.jukinet.service.sending import NotTaken
from app.domain.resident_network import CardState, CardStep, after_step
from app.wire.jukinet import CardEvent
from app.wire.message import Message, decode, encode


class CardKept(Message, frozen=True):
    """Content of a card's record."""

    resident_code: str
    card_number: str


def card_of(unit: NetworkUnit, municipality: str, resident_code: str) -> Kept | None:
    """The record of a person's newest card."""
    return unit.records.one(municipality, Kind.CARD, unit.people.token(municipality, resident_code))


def step_card(unit: NetworkUnit, municipality: str, event: CardEvent, at: datetime) -> CardState | NotTaken:
    """Take one step; ``bad_state`` where there is no such step, or it is about another card than the present one."""
    if event.event not in {one.value for one in CardStep}:
        return NotTaken("bad_state")
    kept = card_of(unit, municipality, event.resident_code)
    before = CardState.NONE if kept is None else CardState(kept.state)
    after = after_step(before, CardStep(event.event))
    is_issue = event.event == CardStep.ISSUE
    is_other = kept is not None and decode(kept.content, CardKept).card_number != event.card_number
    if after is None or (is_other and not is_issue) or not event.card_number:
        return NotTaken("bad_state")
    content = encode(CardKept(resident_code=event.resident_code, card_number=event.card_number))
    if kept is None:
        token = unit.people.token(municipality, event.resident_code)
        unit.records.add(Kept(municipality, Kind.CARD, token, after.value, content, subject=token), at)
    else:
        unit.records.put(replace(kept, state=after.value, content=content, version=kept.version + 1), at)
    return after
