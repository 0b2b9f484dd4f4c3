"""At the counter after a check: 転出証明書情報 of who moves in with a card, and wide-area copies (S06-3, F-06)."""

from collections.abc import Callable
from datetime import timedelta

from app.backend.jukinet.ports import Kept, Kind, NetworkBook, NetworkUnit
from app.backend.jukinet.service.acting import demand_id, failures_kept
from app.backend.jukinet.service.arriving import ANSWERED, ASKED, HANDED, HERE, NOT_ISSUED, WideOut
from app.backend.jukinet.service.checking import CheckKept, checked
from app.backend.jukinet.service.sending import hand_out
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.clock import business_date
from app.domain.resident_network import CheckPurpose
from app.domain.resident_network_rules import NetworkRules
from app.domain.rights import ItemClass
from app.errors import NotAllowed, Refused
from app.wire.jukinet import MovingOutData, WideAreaRequest
from app.wire.jukinet_counter import (
    AskWideAreaCopy,
    MovingIn,
    OpenMovingIn,
    OpenWideAreaCopy,
    WideAreaAnswer,
)
from app.wire.jukinet_network import NetParcel
from app.wire.message import decode, encode
from app.wire.register_change import without_guarded

MOVING_IN, WIDE_AREA = "network.moving_in", "network.wide_area"


class Moving:
    """The use cases. ``wake``: something is to go out."""

    def __init__(self, book: NetworkBook, rules: NetworkRules, wake: Callable[[], None]) -> None:
        self._book = book
        self._rules = rules
        self._wake = wake

    def open(self, call: Call, asked: OpenMovingIn) -> MovingIn:
        """What was announced by, or together with, who was checked; without guarded items.

        Errors: NotAllowed without right or check; Refused ``moving_in_none`` where nothing came or it is erased,
        ``moving_in_late`` where the card is no longer enough.
        """

        def look(unit: NetworkUnit) -> MovingIn:
            check = checked(unit, call, asked.check_id, CheckPurpose.MOVING_IN)
            kept = self._of_person(unit, call, check)
            if kept is None or kept.due is None:
                raise Refused("moving_in_none")
            data = decode(kept.content, MovingOutData)
            if self._rules.is_late(data.planned_on, call.day):
                raise Refused("moving_in_late")
            act = act_of(call, "moving_out.opened", visit=asked.visit_id, about=kept.record_id)
            bare = tuple(without_guarded(one) for one in data.persons)
            return MovingIn(
                data_id=data.data_id,
                moved_from=data.moved_from,
                from_address=data.from_address,
                planned_on=data.planned_on,
                erase_on=kept.due,
                persons=bare,
                proof=unit.record([act])[0],
            )

        with failures_kept(self._book, call, "moving_out.opened", asked.visit_id):
            call.demand(MOVING_IN)
            return self._book.write(look)

    def ask_copy(self, call: Call, asked: AskWideAreaCopy) -> WideAreaAnswer:
        """Ask the municipality where the checked person is registered; the answer is looked for with ``copy``.

        A number or a code on it takes a right that names its class.
        Errors: NotAllowed without right or check; Refused ``wide_area_own`` for a person of this municipality.
        """
        request_id = demand_id(asked.request_id)

        def ask(unit: NetworkUnit) -> WideAreaAnswer:
            check = checked(unit, call, asked.check_id, CheckPurpose.WIDE_AREA)
            if check.municipality == call.municipality:
                raise Refused("wide_area_own")
            request = WideAreaRequest(
                request_id=request_id,
                asked_by=call.municipality,
                asked_of=check.municipality,
                resident_code=check.resident_code,
                with_household=asked.with_household,
                with_code=asked.with_code,
                with_number=asked.with_number,
            )
            content = encode(WideOut(staff_id=call.actor.staff_id, request=request))
            due = business_date(call.at) + timedelta(days=1)
            unit.records.add(Kept(call.municipality, Kind.ASKED_OF, request_id, ASKED, content, due=due), call.at)
            parcel = NetParcel(
                parcel_id=f"wide-{request_id}"[:64],
                to=check.municipality,
                sender=call.municipality,
                wide_area=request,
            )
            act = act_of(call, "wide_area.requested", visit=asked.visit_id, about=request_id, of=check.municipality)
            proof = hand_out(unit, act, parcel.parcel_id, parcel, f"wide:{request_id}"[:64])
            return WideAreaAnswer(request_id=request_id, state=ASKED, asked_of=check.municipality, proof=proof)

        with failures_kept(self._book, call, "wide_area.requested", asked.visit_id):
            call.demand(WIDE_AREA)
            wanted = ((ItemClass.RESIDENT_CODE, asked.with_code), (ItemClass.MY_NUMBER, asked.with_number))
            for item_class in (one for one, is_wanted in wanted if is_wanted):
                call.demand(WIDE_AREA, item_class=item_class)
            answer = self._book.write(lambda unit: unit.once(call, asked, WideAreaAnswer, lambda: ask(unit)))
        self._wake()
        return answer

    def copy(self, call: Call, asked: OpenWideAreaCopy) -> WideAreaAnswer:
        """How a request stands, with the copy where it has come; for who asked, on that day.

        Errors: NotAllowed for anybody else and from the next day on.
        """

        def look(unit: NetworkUnit) -> WideAreaAnswer:
            kept = unit.records.one(call.municipality, Kind.ASKED_OF, asked.request_id)
            if kept is None or kept.due is None or call.day >= kept.due:
                raise NotAllowed
            out = decode(kept.content, WideOut)
            if out.staff_id != call.actor.staff_id:
                raise NotAllowed
            answer = WideAreaAnswer(request_id=kept.record_id, state=kept.state, asked_of=out.request.asked_of)
            if kept.state not in {ANSWERED, NOT_ISSUED}:
                return answer
            act = act_of(call, "wide_area.opened", about=kept.record_id, state=kept.state)
            return WideAreaAnswer(
                request_id=kept.record_id,
                state=kept.state,
                asked_of=out.request.asked_of,
                copy=out.copy if kept.state == ANSWERED else None,
                proof=unit.record([act])[0],
            )

        with failures_kept(self._book, call, "wide_area.opened"):
            call.demand(WIDE_AREA)
            return self._book.write(look)

    @staticmethod
    def _of_person(unit: NetworkUnit, call: Call, check: CheckKept) -> Kept | None:
        """The announcement in which the checked person is: one card serves all who move together."""
        for kept in unit.records.each(call.municipality, Kind.MOVING_OUT, [HERE, HANDED]):
            is_over = kept.due is None or call.day >= kept.due
            codes = {one.resident_code for one in decode(kept.content, MovingOutData).persons}
            if not is_over and check.resident_code in codes:
                return kept
        return None
