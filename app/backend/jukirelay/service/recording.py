"""S07-5 linkage records, found by right; S06-7, S06-8: what the counter reports of cards and delivery addresses."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from app.backend.jukirelay.ports import CARD, DELIVERY, Kept, LinkageQuery, Linked, NetworkBook, NetworkUnit, Outgoing
from app.backend.jukirelay.service.acting import demand_id, expected_at
from app.backend.jukirelay.service.making import FORM, delivery_of
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import TOKYO
from app.domain.network_relay import NetworkRelayRules
from app.domain.resident_network import CARD_PROVED, CardState, CardStep
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.jukinet import CardEvent, DeliveryAddress
from app.wire.jukirelay_staff import AskDelivery, AskLinkage, Linkage, LinkageRow, Queued, ReportCard
from app.wire.message import encode

READ, REPORT = "linkage.read", "network.card"
MOST_ROWS = 200
LONGEST_SPAN = timedelta(days=366)
_AFTER = {
    CardStep.ISSUE: CardState.ISSUED,
    CardStep.SUSPEND: CardState.SUSPENDED,
    CardStep.ABOLISH: CardState.ABOLISHED,
    CardStep.RETURN: CardState.RETURNED,
}
_CARD_DIGITS = 15


class Recording:
    """Linkage records, cards and delivery addresses. ``wake``: there is something to send."""

    def __init__(self, book: NetworkBook, rules: NetworkRelayRules, wake: Callable[[], None]) -> None:
        self._book = book
        self._rules = rules
        self._wake = wake

    def linkage(self, call: Call, asked: AskLinkage) -> Linkage:
        """Records of a span of days, of one person or all; the look is one itself.

        Errors: NotAllowed; Refused ``span_out_of_order`` for days the wrong way round or more than a year.
        """
        call.demand(READ)
        if not timedelta(0) <= asked.until - asked.since <= LONGEST_SPAN:
            raise Refused("span_out_of_order")
        since, after = (datetime.combine(day, time(0), TOKYO) for day in (asked.since, asked.until + timedelta(days=1)))
        query = LinkageQuery(call.municipality, since, after, asked.subject, asked.kind, MOST_ROWS + 1)

        def look(unit: NetworkUnit) -> Linkage:
            found = unit.linked(query)
            act = act_of(
                call, "linkage.viewed", visit=asked.visit_id, about=asked.subject, of=asked.kind, records=len(found)
            )
            unit.record(act, asked.subject)
            return Linkage(rows=tuple(map(_row, found[:MOST_ROWS])), more=len(found) > MOST_ROWS)

        return self._book.write(look)

    def card(self, call: Call, asked: ReportCard) -> Queued:
        """A step of somebody's card goes to the card management; the register's record follows when it is there.

        A step for which the card is to be proved is taken where it is proved: at the communication server itself.
        Errors: NotAllowed for who is not here; NotUnderstood; Conflict for an id that is taken; Refused
        ``card_unchecked``.
        """
        call.demand(REPORT)
        if asked.step not in set(CardStep) or len(asked.card_number) != _CARD_DIGITS:
            raise NotUnderstood(what="card")
        if asked.step in CARD_PROVED:
            raise Refused("card_unchecked")
        event_id = demand_id(asked.event_id)

        def report(unit: NetworkUnit) -> Queued:
            kept = _here(unit, call, asked.subject)
            event = CardEvent(
                event_id=event_id,
                resident_code=kept.items.resident_code or "",
                card_number=asked.card_number,
                event=asked.step,
                event_day=asked.day,
                lost=asked.lost,
            )
            outgoing = Outgoing(
                municipality=call.municipality,
                item_id=event_id,
                kind=CARD,
                subject=asked.subject,
                entry_id="",
                made_at=call.at,
                content=encode(event),
                day=asked.day,
                note=_AFTER[CardStep(asked.step)],
            )
            return self._laid(unit, call, outgoing, (asked.visit_id, asked.step))

        return self._once(call, asked, report)

    def delivery(self, call: Call, asked: AskDelivery) -> Queued:
        """送付先情報 for 交付申請書, of the register's data. Errors: as ``card``."""
        call.demand(REPORT)
        delivery_id = demand_id(asked.delivery_id)

        def deliver(unit: NetworkUnit) -> Queued:
            kept = _here(unit, call, asked.subject)
            message: DeliveryAddress = delivery_of(delivery_id, kept.items, FORM, asked.place.strip())
            outgoing = Outgoing(
                municipality=call.municipality,
                item_id=delivery_id,
                kind=DELIVERY,
                subject=asked.subject,
                entry_id="",
                made_at=call.at,
                content=encode(message),
            )
            return self._laid(unit, call, outgoing, (asked.visit_id, FORM))

        return self._once(call, asked, deliver)

    def _once(self, call: Call, asked: ReportCard | AskDelivery, work: Callable[[NetworkUnit], Queued]) -> Queued:
        done = self._book.write(lambda unit: unit.once(call, asked, Queued, lambda: work(unit)))
        self._wake()
        return done

    def _laid(self, unit: NetworkUnit, call: Call, one: Outgoing, said: tuple[str, str]) -> Queued:
        if not unit.outgoing.add(one):
            raise Conflict(version=1)
        visit, what = said
        act = act_of(call, "link.queued", visit=visit, about=one.subject, of=one.kind, item=one.item_id, step=what)
        proof = unit.record(act, one.subject)
        return Queued(item_id=one.item_id, goes_at=expected_at(unit, self._rules, one, call.at)[0], proof=proof)


def _here(unit: NetworkUnit, call: Call, subject: str) -> Kept:
    """The person in the replica. Errors: NotAllowed where there is none with a 住民票コード."""
    kept = unit.replica.of_subject(call.municipality, subject)
    if kept is None or not kept.items.resident_code:
        raise NotAllowed
    return kept


def _row(one: Linked) -> LinkageRow:
    act = one.act
    what = tuple((name, "" if value is None else str(value)) for name, value in act.what)
    return LinkageRow(place=one.place, kind=act.kind, at=act.at, about=act.about, what=what)
