"""Answers wide-area requests of other municipalities: the register's boundary is asked, the copy goes back (F-06)."""

import logging
from dataclasses import replace
from functools import partial

from app.backend.jukinet.ports import Kept, Kind, NetworkBook, NetworkUnit
from app.backend.jukinet.service.acting import own_act
from app.backend.jukinet.service.arriving import ANSWERED
from app.backend.jukinet.service.sending import hand_out
from app.domain.clock import Clock
from app.durable.outbox import OutboxItem
from app.errors import AppError, NotUnderstood
from app.link.letters import Correspondent, Neighbour
from app.wire.jukinet import AskWideArea, WideAreaCopies, WideAreaCopy, WideAreaRequest
from app.wire.jukinet_network import NetParcel
from app.wire.message import decode

log = logging.getLogger(__name__)


class Copying:
    """``relay``: who holds what wide-area copies are made of, also while the register is closed."""

    def __init__(self, book: NetworkBook, post: Correspondent, relay: Neighbour, clock: Clock) -> None:
        self._book = book
        self._post = post
        self._relay = relay
        self._clock = clock

    def copy(self, item: OutboxItem, kept: Kept) -> None:
        """Answer one request; while the boundary is away it waits."""
        request = decode(kept.content, WideAreaRequest)
        try:
            copy = self._asked(kept.municipality, request)
        except AppError as error:
            log.info("a wide-area request waits", extra={"code": error.code})
            now, cause = self._clock.now(), error.code
            self._book.write(lambda unit: unit.ways.later(item, now, cause))
            return
        self._book.write(partial(self._answer, item=item, kept=kept, copy=copy))

    def _asked(self, place: str, request: WideAreaRequest) -> WideAreaCopy:
        asked = AskWideArea(municipality=place, requests=(request,))
        reply = self._relay.ask(self._post.write(f"jukinet@{place}", "juki-wide-area/1", asked))
        copies = self._post.read(reply, "juki-wide-area-copies/1", WideAreaCopies, "jukirelay", place).copies
        if [one.request_id for one in copies] != [request.request_id] or copies[0].municipality != place:
            raise NotUnderstood(what="copies")
        return copies[0]

    def _answer(self, unit: NetworkUnit, item: OutboxItem, kept: Kept, copy: WideAreaCopy) -> None:
        at, place, request = self._clock.now(), kept.municipality, decode(kept.content, WideAreaRequest)
        parcel_id = f"copy-{request.request_id}"[:64]
        parcel = NetParcel(parcel_id=parcel_id, to=request.asked_by, sender=place, copy=copy)
        act = own_act("wide_area.told", at, place, request.request_id, by=request.asked_by, reason=copy.reason)
        if unit.records.one(place, Kind.SENT, parcel_id) is None:
            hand_out(unit, act, parcel_id, parcel, f"{place}:{request.asked_by}")
        unit.records.put(replace(kept, state=ANSWERED, version=kept.version + 1), at)
        unit.ways.done([item])
