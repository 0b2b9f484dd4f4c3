"""S06-3, S06-8: follows what the network took to where it belongs, fetches what came, and erases what is over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from app.backend.jukirelay.ports import CARD, DONE, Coming, NetworkBook, NetworkUnit, Outgoing
from app.backend.jukirelay.service.acting import NETWORK, OWN, calendar_of, slice_act
from app.backend.jukirelay.service.posting import Posting
from app.domain.act import Detail
from app.domain.clock import Clock, business_date
from app.domain.network_relay import NetworkRelayRules
from app.durable.outbox import CAP
from app.errors import AppError
from app.wire.jukinet import Arrivals, Forwarded, MovedIn, MovingOutData
from app.wire.jukirelay import Arrival, CardTold

LOOKS = 64
FETCH_AGAIN = timedelta(seconds=60)
"""How often it is asked what has come. Assumed."""
_FIRST_WAIT = timedelta(seconds=30)
_DOUBLINGS = 6
_DEAD = "dead"


class Following:
    """The background of what was taken and of what comes."""

    def __init__(self, book: NetworkBook, posting: Posting, rules: NetworkRelayRules, clock: Clock) -> None:
        self._book = book
        self._posting = posting
        self._rules = rules
        self._clock = clock
        self._fetched_at: dict[str, datetime] = {}
        self._erased_on: dict[str, date] = {}

    def turn(self) -> bool:
        """One round for each municipality; whether there may be more at once."""
        rounds = [self._round(place) for place in self._posting.places]
        return any(rounds)

    def _round(self, municipality: str) -> bool:
        now = self._clock.now()
        self._erase(municipality)
        if not self._book.read(lambda unit: calendar_of(unit, self._rules, municipality).open_at(now)):
            return False
        try:
            looked = self._look(municipality)
            return self._fetch(municipality) or looked
        except AppError:
            return False  # the line to the network logs it; the next turn asks again

    def _look(self, municipality: str) -> bool:
        now = self._clock.now()
        due = self._book.read(lambda unit: unit.outgoing.due_looks(municipality, now, LOOKS))
        if not due:
            return False
        found = self._posting.forwarded(municipality, [one.item_id for one in due])
        pairs = list(zip(due, found, strict=True))
        self._book.write(partial(self._all_followed, pairs=pairs))
        return len(due) == LOOKS

    def _all_followed(self, unit: NetworkUnit, pairs: Sequence[tuple[Outgoing, Forwarded]]) -> None:
        for one, said in pairs:
            self._followed(unit, one, said)

    def _followed(self, unit: NetworkUnit, one: Outgoing, said: Forwarded) -> None:
        now = self._clock.now()
        if said.state not in {"done", _DEAD}:
            wait = min(_FIRST_WAIT * 2 ** min(one.looks, _DOUBLINGS), CAP)
            cause = said.cause or one.cause
            unit.outgoing.put(replace(one, looks=one.looks + 1, cause=cause, version=one.version + 1), now + wait)
            return
        is_done = said.state == "done"
        kept = replace(
            one, state=DONE if is_done else "stopped", cause="" if is_done else f"network_{said.cause or _DEAD}"[:64],
            changed_at=now, version=one.version + 1,
        )  # fmt: skip
        unit.outgoing.put(kept)
        receivers = ",".join(name for name, _ in said.receipts)
        what = {"kind": one.kind, "item": one.item_id, "state": said.state, "receivers": receivers}
        unit.record(slice_act(NETWORK, "link.followed", now, (one.municipality, one.subject), **what), one.subject)
        if is_done and one.kind == CARD and one.day is not None:
            told = CardTold(subject=one.subject, event_id=one.item_id, state=one.note, day=one.day)
            unit.arrivals.add(one.municipality, Arrival(arrival_id=f"card-{one.item_id}", card=told), now, None)

    def _fetch(self, municipality: str) -> bool:
        """Ask what came, keep it, and say so, until nothing more comes."""
        now, before = self._clock.now(), self._fetched_at.get(municipality)
        if before is not None and before <= now < before + FETCH_AGAIN:
            return False
        found, more = self._posting.arrivals(municipality, ()), True
        while more:
            done = self._book.write(partial(self._keep, municipality=municipality, found=found))
            more = bool(done)
            if more:
                found = self._posting.arrivals(municipality, done)
                more = bool(found.moving_out or found.moved_in or found.erased)
        self._fetched_at[municipality] = now
        return False

    def _keep(self, unit: NetworkUnit, municipality: str, found: Arrivals) -> list[str]:
        done = [self._announced(unit, municipality, one) for one in found.moving_out]
        done += [self._moved(unit, municipality, one) for one in found.moved_in]
        for data_id in found.erased:
            self._forget(unit, municipality, data_id, NETWORK)
        return [*done, *found.erased]

    def _announced(self, unit: NetworkUnit, municipality: str, data: MovingOutData) -> str:
        """転出証明書情報 for the register, unless its time is over already or it was kept before."""
        now = self._clock.now()
        erase_on = data.planned_on + timedelta(days=self._rules.announcement_days + 1)
        if erase_on <= business_date(now):
            return data.data_id
        arrival = Arrival(arrival_id=data.data_id, moving_out=data)
        codes = [one.resident_code for one in data.persons if one.resident_code]
        is_known = any(self._is_expected(unit, municipality, code, data.data_id) for code in codes)
        if not is_known and unit.arrivals.add(municipality, arrival, now, erase_on):
            for code in codes:
                unit.coming.expect(municipality, code, Coming(data.data_id, data.moved_from, erase_on))
            about = (municipality, data.data_id)
            what: dict[str, Detail] = {"moved_from": data.moved_from, "persons": len(data.persons)}
            unit.record(slice_act(NETWORK, "moving_out.arrived", now, about, **what))
        return data.data_id

    @staticmethod
    def _is_expected(unit: NetworkUnit, municipality: str, code: str, data_id: str) -> bool:
        known = unit.coming.expected(municipality, code)
        return known is not None and known.data_id == data_id

    def _moved(self, unit: NetworkUnit, municipality: str, notice: MovedIn) -> str:
        now = self._clock.now()
        if unit.arrivals.add(municipality, Arrival(arrival_id=notice.notice_id, moved_in=notice), now, None):
            about, what = (municipality, notice.notice_id), {"moved_to": notice.moved_to}
            unit.record(slice_act(NETWORK, "moved_in.arrived", now, about, **what))
        return notice.notice_id

    def _erase(self, municipality: str) -> None:
        """What each day brings, also while the network rests: announcements whose time is over, old states."""
        now = self._clock.now()
        today, old = business_date(now), now - self._rules.kept
        overdue = self._book.read(lambda unit: unit.arrivals.overdue(municipality, today))
        if overdue or self._erased_on.get(municipality) != today:
            self._book.write(lambda unit: self._erase_in(unit, municipality, old))
            self._erased_on[municipality] = today

    def _erase_in(self, unit: NetworkUnit, municipality: str, old: datetime) -> None:
        today = business_date(self._clock.now())
        for data_id in unit.arrivals.overdue(municipality, today):
            self._forget(unit, municipality, data_id, OWN)
        unit.coming.erase_until(municipality, today)
        unit.outgoing.forget(old)

    def _forget(self, unit: NetworkUnit, municipality: str, data_id: str, who: str) -> None:
        """An announcement is over: it leaves what waits for the register, which is told to erase it too."""
        now = self._clock.now()
        waited = unit.arrivals.done(municipality, [data_id])
        expected = unit.coming.forget(municipality, data_id)
        if waited or expected:
            unit.arrivals.add(municipality, Arrival(arrival_id=f"erased-{data_id}", erased=data_id), now, None)
            unit.record(slice_act(who, "moving_out.erased", now, (municipality, data_id), persons=expected))
