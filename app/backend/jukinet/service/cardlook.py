"""How a person's card stands here, for who may report what happens to it (S06-8)."""

from app.backend.jukinet.ports import NetworkBook, NetworkUnit
from app.backend.jukinet.service.acting import failures_kept
from app.backend.jukinet.service.cards import CARD
from app.backend.jukinet.service.cardstate import CardKept, card_of
from app.backend.jukinet.service.checking import checked
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.resident_network import CardState, CardStep, CheckPurpose, after_step
from app.errors import NotUnderstood, Refused
from app.wire.jukinet_counter import AskCard, CardView
from app.wire.message import decode


class CardLook:
    """The use case."""

    def __init__(self, book: NetworkBook) -> None:
        self._book = book

    def look(self, call: Call, asked: AskCard) -> CardView:
        """The state of a person's newest card; the look is a record. Errors: NotAllowed; Refused ``card_person``."""

        def look(unit: NetworkUnit) -> CardView:
            code = asked.resident_code
            if asked.check_id:
                code = checked(unit, call, asked.check_id, CheckPurpose.CARD).resident_code
            if unit.people.of_code(call.municipality, code) is None:
                raise Refused("card_person")
            kept = card_of(unit, call.municipality, code)
            state = CardState.NONE if kept is None else CardState(kept.state)
            token = unit.people.token(call.municipality, code)
            act = act_of(call, "card.state_seen", visit=asked.visit_id, about=token, state=state.value)
            return CardView(
                state=state.value,
                card_number="" if kept is None else decode(kept.content, CardKept).card_number,
                steps=tuple(one.value for one in CardStep if after_step(state, one) is not None),
                proof=unit.record([act])[0],
            )

        with failures_kept(self._book, call, "card.state_seen", asked.visit_id):
            call.demand(CARD)
            if bool(asked.resident_code) == bool(asked.check_id):
                raise NotUnderstood(what="resident_code")
            return self._book.write(look)
