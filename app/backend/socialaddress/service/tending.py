"""連携の記録 for who looks after it: what went where, what stopped, and sending once more."""

from app.backend.socialaddress.ports import SocialBook, SocialUnit
from app.backend.socialaddress.ports.records import Transfer
from app.backend.socialaddress.service import guard
from app.backend.socialaddress.service.carrying import taken_by
from app.backend.socialaddress.service.entering import LINK
from app.backend.socialaddress.service.passing import PUSH, Wake, push_errand
from app.backend.socialaddress.service.residents import all_errand
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.social_rules import Receiver, SocialRules
from app.errors import NotAllowed, Refused
from app.wire.message import Nothing
from app.wire.social_address_tax import AskAllResidents, AskSocialTransfers, SendAgain, TransferRow, TransferRows

MOST = 100
ADDRESSEE = "addressee"


class Tending:
    """The use cases of who looks after transfers."""

    def __init__(self, book: SocialBook, rules: SocialRules, wake: Wake) -> None:
        self._book = book
        self._rules = rules
        self._wake = wake

    def transfers(self, call: Call, asked: AskSocialTransfers) -> TransferRows:
        """What was passed on for one business, newest first, without amounts. Errors: NotAllowed."""
        guard.demand(call, guard.TEND, self._rules.demand_purpose(asked.purpose))
        systems = {one.id: one for one in self._rules.receivers.values() if one.purpose == asked.purpose}

        def look(unit: SocialUnit) -> TransferRows:
            place = call.municipality
            found = unit.transfers.last(place, sorted(systems), MOST + 1)
            stopped = unit.outgoing.stopped(place)
            taken = {name: unit.marks.at(place, taken_by(name)) for name in systems}
            rows = [
                _row(one, systems[one.system], taken[one.system], stopped.get(f"{PUSH}/{one.system}", ""))
                for one in found[:MOST]
            ]
            if asked.stopped:
                rows = [row for row in rows if row.state == "stopped"] + _links(call, stopped)
            unit.record([act_of(call, "social.transfers_listed", purpose=asked.purpose, hits=len(rows))])
            return TransferRows(rows=tuple(rows), more=len(found) > MOST)

        return self._book.write(look)

    def again(self, call: Call, asked: SendAgain) -> Nothing:
        """Send a system everything from a place on once more. Errors: NotAllowed; ``system_not_approved``."""
        guard.demand(call, guard.TEND, self._rules.demand_purpose(asked.purpose))
        receiver = self._rules.receivers.get(asked.system)

        def work(unit: SocialUnit) -> Nothing:
            place = call.municipality
            newest = unit.transfers.newest(place, asked.system)
            if receiver is None or receiver.purpose != asked.purpose or not 1 <= asked.from_sequence <= newest:
                raise NotAllowed
            if not receiver.is_approved(call.day):
                raise Refused("system_not_approved")
            mark = taken_by(asked.system)
            unit.marks.move(place, mark, min(asked.from_sequence - 1, unit.marks.held(place, mark)))
            unit.outgoing.revive(place, f"{PUSH}/{asked.system}", call.at)
            unit.outgoing.put(push_errand(place, asked.system, newest, call.key), call.at)
            what = {"purpose": asked.purpose, "system": asked.system}
            unit.record([act_of(call, "social.again_ordered", **what, first=asked.from_sequence)])
            return Nothing()

        with guard.refusals_kept(self._book, call, "social.again", asked.system):
            answer = self._book.write(lambda unit: unit.once(call, asked, Nothing, lambda: work(unit)))
        self._wake()
        return answer

    def all_residents(self, call: Call, asked: AskAllResidents) -> Nothing:
        """Have every resident's record asked for anew. Errors: NotAllowed."""
        guard.demand(call, guard.TEND, self._rules.demand_purpose(asked.purpose))

        def work(unit: SocialUnit) -> Nothing:
            unit.outgoing.put(all_errand(call.municipality, call.key), call.at)
            unit.record([act_of(call, "social.residents_ordered", purpose=asked.purpose)])
            return Nothing()

        answer = self._book.write(lambda unit: unit.once(call, asked, Nothing, lambda: work(unit)))
        self._wake()
        return answer


def _row(one: Transfer, receiver: Receiver, taken: int, cause: str) -> TransferRow:
    state = "delivered" if one.sequence <= taken else ("stopped" if cause else "waiting")
    return TransferRow(
        system=one.system,
        title=receiver.title,
        sequence=one.sequence,
        social_number=one.social_number,
        fiscal_year=one.fiscal_year,
        item_names=tuple(one.items),
        occasion=one.cause,
        made_at=one.made_at,
        state=state,
        cause=cause if state == "stopped" else "",
    )


def _links(call: Call, stopped: dict[str, str]) -> list[TransferRow]:
    """Numbers that could not be linked."""
    named = [(key.partition("/"), cause) for key, cause in sorted(stopped.items())]
    return [
        TransferRow(
            system=ADDRESSEE,
            title="",
            sequence=0,
            social_number=name,
            fiscal_year=0,
            item_names=(),
            occasion=LINK,
            made_at=call.at,
            state="stopped",
            cause=cause,
        )
        for (kind, _, name), cause in named
        if kind == LINK
    ]
