"""Supervisors look after enquiries that were given up: they see which, send one again or close it; each is recorded."""

from collections.abc import Callable
from dataclasses import replace

from app.backend.relay.ports import REFUSED, WAITING, RelayBook, RelayUnit, Stopped
from app.domain.act import act_of
from app.domain.call import Call
from app.errors import Conflict, NotAllowed, Refused
from app.wire.relay_stopped import (
    AskStopped,
    CloseStopped,
    SendAgain,
    StoppedEnquiries,
    StoppedEnquiry,
    StoppedSettled,
)

TEND = "enquiry.tend"
REASONS = frozenset({"asked_by_letter", "documents_asked", "not_needed", "test"})
"""Why an enquiry is closed without an answer. Assumed."""
CLOSED = "closed_unanswered"


class Tending:
    """The use cases. ``wake``: there is something to carry."""

    def __init__(self, book: RelayBook, wake: Callable[[], None]) -> None:
        self._book = book
        self._wake = wake

    def shown(self, call: Call, _: AskStopped) -> StoppedEnquiries:
        """All that were given up, oldest first. Nothing of a resident is in it: no act. Errors: NotAllowed."""
        call.demand(TEND)
        found = self._book.read(lambda unit: unit.given_up.items(call.municipality))
        return StoppedEnquiries(rows=tuple(_row(one) for one in found))

    def send_again(self, call: Call, asked: SendAgain) -> StoppedSettled:
        """Try it once more, before what was made later for the same person.

        Errors: NotAllowed without the right and for none such; Conflict when somebody settled it at the same time.
        """
        call.demand(TEND)

        def send(unit: RelayUnit) -> StoppedSettled:
            one = _found(unit, call, asked.enquiry_id)
            if not unit.given_up.revive(one.item, call.at):
                raise Conflict(version=0)
            return _settled(unit, call, one, WAITING, "")

        done = self._book.write(lambda unit: unit.given_up.once(call, asked, StoppedSettled, lambda: send(unit)))
        self._wake()
        return done

    def close(self, call: Call, asked: CloseStopped) -> StoppedSettled:
        """End it without an answer; whoever made it sees that.

        Errors: as ``send_again``; Refused ``closing_reason_missing``.
        """
        call.demand(TEND)
        if asked.reason not in REASONS:
            raise Refused("closing_reason_missing")

        def close(unit: RelayUnit) -> StoppedSettled:
            one = _found(unit, call, asked.enquiry_id)
            if not unit.given_up.close(one.item):
                raise Conflict(version=0)
            return _settled(unit, call, one, REFUSED, asked.reason)

        return self._book.write(lambda unit: unit.given_up.once(call, asked, StoppedSettled, lambda: close(unit)))


def _found(unit: RelayUnit, call: Call, enquiry_id: str) -> Stopped:
    found = next((one for one in unit.given_up.items(call.municipality) if one.enquiry_id == enquiry_id), None)
    if found is None:
        raise NotAllowed
    return found


def _settled(unit: RelayUnit, call: Call, one: Stopped, state: str, reason: str) -> StoppedSettled:
    """The enquiry as it stands now, and the record of who settled it."""
    old = one.enquiry
    if old is not None:
        told = CLOSED if state == REFUSED else ""
        unit.put([replace(old, state=state, reason=told, faults=0, version=old.version + 1)], call.at)
    kind = "enquiry.closed" if state == REFUSED else "enquiry.sent_again"
    visit = "" if old is None else old.visit_id
    act = act_of(call, kind, visit=visit, enquiry=one.enquiry_id, cause=one.item.cause, reason=reason)
    return StoppedSettled(proof=unit.record([act])[0])


def _row(one: Stopped) -> StoppedEnquiry:
    item, kept = one.item, one.enquiry
    if kept is None:
        return StoppedEnquiry(
            enquiry_id=one.enquiry_id, laid_at=item.created_at, attempts=item.attempts, cause=item.cause
        )
    return StoppedEnquiry(
        enquiry_id=one.enquiry_id,
        laid_at=item.created_at,
        attempts=item.attempts,
        cause=item.cause,
        visit_id=kept.visit_id,
        procedure=kept.procedure,
        enquiry=kept.enquiry,
        path=kept.path,
        provider=kept.provider,
        provider_name=kept.provider_name,
        staff_id=kept.staff_id,
    )
