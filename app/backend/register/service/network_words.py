"""Takes what the resident network told: announcements, erasures, moved-in notices, cards, wide-area copies."""

import logging
from collections.abc import Sequence

from app.backend.register.service.changing import ChangeBook, ChangeUnit
from app.backend.register.service.coming import ANNOUNCE, AnnouncementService
from app.backend.register.service.guard import is_closed_to, refusals_kept
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import Clock
from app.domain.rights import Actor, Right
from app.errors import AppError, Conflict, NotAllowed, Refused
from app.wire.jukirelay import Arrival, CardTold
from app.wire.message import Nothing
from app.wire.register_change import KeepAnnouncement
from app.wire.register_network import AskNetworkState, NetworkState

log = logging.getLogger(__name__)
SLICE, OPEN = "slice:jukirelay", "register.open"
_KEY = 64


class NetworkWords:
    """What came from the network, kept here, each thing once."""

    def __init__(self, book: ChangeBook, announcements: AnnouncementService, clock: Clock) -> None:
        self._book = book
        self._announcements = announcements
        self._clock = clock

    def take(self, municipality: str, arrivals: Sequence[Arrival]) -> tuple[str, ...]:
        """The ids of those that are kept now; one that can't be kept stays behind and holds up no other."""
        done = []
        for one in arrivals:
            try:
                self._take(municipality, one)
            except AppError as error:
                log.warning("what the network told was not kept", extra={"code": error.code})
                continue
            done.append(one.arrival_id)
        return tuple(done)

    def state(self, call: Call, asked: AskNetworkState) -> NetworkState:
        """What is known of a person's card. Errors: NotAllowed; Refused ``restrained``. One record for the look."""
        call.demand(OPEN)

        def look(unit: ChangeUnit) -> NetworkState:
            found = unit.person(call.municipality, asked.business_number)
            if found is None:
                raise NotAllowed
            if is_closed_to(unit, call, [found.resident]):
                raise Refused("restrained")
            told = unit.network.card(call.municipality, asked.business_number)
            what = {"reason": asked.reason}
            unit.record(act_of(call, "network.viewed", visit=asked.visit_id, about=asked.business_number, **what))
            if told is None:
                return NetworkState(business_number=asked.business_number)
            return NetworkState(business_number=asked.business_number, card=told.state, card_since=told.day)

        with refusals_kept(self._book, call, "network.view", asked.business_number):
            return self._book.write(look)

    def _take(self, municipality: str, one: Arrival) -> None:
        now = self._clock.now()
        key = one.arrival_id[:_KEY]
        actor = Actor(municipality, SLICE, "", "", "", (Right(ANNOUNCE),))
        call = Call(actor, f"network:{key}"[:_KEY], key, now)
        if one.moving_out is not None:
            self._announced(call, one)
            return
        self._book.write(lambda unit: unit.once(call, one, Nothing, lambda: self._kept(unit, call, one)))

    def _announced(self, call: Call, one: Arrival) -> None:
        """転出証明書情報 among the announcements; one that was kept before stays as it is."""
        data = one.moving_out
        if data is None:
            return
        keep = KeepAnnouncement(
            announcement_id=data.data_id,
            persons=data.persons,
            moved_from=data.from_address or data.moved_from,
            planned_on=data.planned_on,
        )
        try:
            self._announcements.keep(call, keep)
        except Conflict:
            log.info("an announcement was here already", extra={"trace": call.trace})

    def _kept(self, unit: ChangeUnit, call: Call, one: Arrival) -> Nothing:
        if one.erased:
            unit.plans.erase(call.municipality, one.erased)
            unit.record(act_of(call, "announcement.erased", about=one.erased))
        if one.card is not None:
            self._card(unit, call, one.card)
        if one.issue is not None:
            people = ",".join(one.issue.subjects)
            what = {"people": people, "asked_by": one.issue.asked_by, "code": one.issue.reason}
            unit.record(act_of(call, "wide_area.told", about=one.issue.request_id, **what))
        if one.moved_in is not None:
            what = {"moved_to": one.moved_in.moved_to, "data": one.moved_in.data_id}
            unit.record(act_of(call, "moved_in.told", about=one.moved_in.notice_id, **what))
        return Nothing()

    @staticmethod
    def _card(unit: ChangeUnit, call: Call, told: CardTold) -> None:
        """The card's state in the person's record, unless a later one stands there."""
        known = unit.network.card(call.municipality, told.subject)
        if known is None or known.day <= told.day:
            unit.network.put_card(call.municipality, told)
        unit.record(act_of(call, "card.told", about=told.subject, state=told.state, day=told.day.isoformat()))
