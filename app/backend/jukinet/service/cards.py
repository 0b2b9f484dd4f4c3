"""個人番号カードの運用状況 from the counter: issue, suspension, end; a lost card is stopped here (S06-8)."""

from collections.abc import Callable

from app.backend.jukinet.ports import NetworkBook, NetworkUnit
from app.backend.jukinet.service.acting import demand_id, failures_kept
from app.backend.jukinet.service.cardstate import step_card
from app.backend.jukinet.service.checking import checked
from app.backend.jukinet.service.sending import WAITING, NotTaken, hand_out
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.resident_network import CARD_PROVED, CardState, CardStep, CheckPurpose
from app.domain.resident_network_rules import NetworkRules
from app.errors import NotUnderstood, Refused
from app.wire.jukinet import CardEvent
from app.wire.jukinet_counter import CardReported, ReportCard

CARD = "network.card"
_LONGEST = 200
_ENDS = frozenset({CardState.ABOLISHED, CardState.RECOVERED, CardState.RETURNED})


class CardDesk:
    """The use case. ``wake``: something is to go out."""

    def __init__(self, book: NetworkBook, rules: NetworkRules, wake: Callable[[], None]) -> None:
        self._book = book
        self._rules = rules
        self._wake = wake

    def report(self, call: Call, asked: ReportCard) -> CardReported:
        """Take one step of a card and pass it on to the card management.

        Un-suspending and taking a card back need the check of the card itself. Errors: NotAllowed; Refused
        ``card_step`` where there is no such step, ``card_person`` where the person is not known here,
        ``card_unchecked`` where the card is to be checked first.
        """
        event_id = demand_id(asked.event_id)

        def take(unit: NetworkUnit) -> CardReported:
            event = self._event(unit, call, asked)
            if unit.people.of_code(call.municipality, event.resident_code) is None:
                raise Refused("card_person")
            state = step_card(unit, call.municipality, event, call.at)
            if isinstance(state, NotTaken):
                raise Refused("card_step")
            act = act_of(
                call, "card.stepped", visit=asked.visit_id, about=event_id, step=asked.step, lost=asked.lost,
                state=state.value, reason=asked.reason.strip()[:_LONGEST],
            )  # fmt: skip
            proof = hand_out(unit, act, event_id, event, unit.people.token(call.municipality, event.resident_code))
            return CardReported(
                event_id=event_id, state=state.value, forwarded=WAITING, still=self._still(state, asked), proof=proof
            )

        with failures_kept(self._book, call, "card.stepped", asked.visit_id):
            call.demand(CARD)
            reported = self._book.write(lambda unit: unit.once(call, asked, CardReported, lambda: take(unit)))
        self._wake()
        return reported

    def _still(self, state: CardState, asked: ReportCard) -> tuple[str, ...]:
        """What the holder is to be asked for besides; nothing of it is done here."""
        if asked.lost:
            return self._rules.still_lost
        return self._rules.still_ended if state in _ENDS else ()

    @staticmethod
    def _event(unit: NetworkUnit, call: Call, asked: ReportCard) -> CardEvent:
        if asked.step not in {one.value for one in CardStep} or asked.event_day > call.day:
            raise NotUnderstood(what="step")
        if bool(asked.resident_code) == bool(asked.check_id):
            raise NotUnderstood(what="resident_code")
        if asked.step in CARD_PROVED and not asked.check_id:
            raise Refused("card_unchecked")
        code = asked.resident_code
        if asked.check_id:
            check = checked(unit, call, asked.check_id, CheckPurpose.CARD)
            if check.card_number != asked.card_number:
                raise Refused("card_step")
            code = check.resident_code
        return CardEvent(
            event_id=asked.event_id,
            resident_code=code,
            card_number=asked.card_number,
            event=asked.step,
            event_day=asked.event_day,
            lost=asked.lost,
        )
