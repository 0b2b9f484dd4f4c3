"""Hand in an application: the key press fixes the receipt date; the application arrives once, now or later."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.act import Act
from app.domain.clock import business_date
from app.errors import NotUnderstood, WorkClosed
from app.services.ports.memory import Delivered, Journal, Kind, Outcome, Outgoing, Postbox, TurnedDown, Waits, WorkStore
from app.services.ports.seat import Press, Session
from app.wire import desk
from app.wire.draft import Draft

WAIT_S = 12.0
"""How long the counter waits for the office before it says that the application will be sent later. Assumed."""


class Again(StrEnum):
    """How the person was made sure of once more: the card never left its reader, or the clerk has looked again."""

    NOT_ASKED = "not_asked"
    SAME_CARD = "same_card"
    LOOKED = "looked"


@dataclass(frozen=True, slots=True)
class Received:
    """The office has it."""

    receipt: desk.Receipt


@dataclass(frozen=True, slots=True)
class Kept:
    """It lies on this PC and goes out by itself, once. The receipt date stands all the same."""

    receipt_date: date
    cause: str
    next_at: datetime


class HandIn:
    """The use case."""

    def __init__(self, work: WorkStore, postbox: Postbox, journal: Journal) -> None:
        self._work = work
        self._postbox = postbox
        self._journal = journal

    def __call__(self, press: Press, session: Session, draft: Draft, again: Again = Again.NOT_ASKED) -> Received | Kept:
        """Hand in; the same press again gives the same outcome. Never stopped by findings: 受付 refuses nothing.

        ``again``: how it was made sure, right before, that it is still the same person.

        Errors: what the office refuses with (the draft stays and may be handed in again); WorkClosed, DiskFull.
        """
        if not self._work.is_open:
            raise WorkClosed
        message = _message(press, draft)
        item = Outgoing(press.key, session.actor.staff_id, draft.visit_id, Kind.HAND_IN, message)
        act = session.act(
            press,
            "application.handed_in",
            visit=draft.visit_id,
            about=message.application_id,
            procedure=draft.procedure,
            **({} if again is Again.NOT_ASKED else {"again": again.value}),
        )
        self._work.save(draft)
        self._journal.write(act, item)
        self._work.handed_in(draft.draft_id, press.key)
        return self._concluded(press, session, draft, self._postbox.send(press.key, WAIT_S))

    def _concluded(self, press: Press, session: Session, draft: Draft, outcome: Outcome) -> Received | Kept:
        match outcome:
            case Waits(cause, next_at):
                answer = next((found for found in self._work.arrived() if found.item_id == press.key), None)
                if answer is not None:
                    self._work.drop(draft.draft_id)
                    return Received(answer.receipt)
                return Kept(draft.day(business_date(press.at)), cause, next_at)
            case TurnedDown(error):
                self._work.handed_in(draft.draft_id, "")
                self._journal.write(self._act(press, session, draft, "application.handed_in.refused", error.code))
                raise error
            case Delivered(answer):
                if not isinstance(answer, desk.Receipt):
                    raise NotUnderstood(what="receipt")
                self._journal.write(self._act(press, session, draft, "application.received", answer.number))
                self._work.drop(draft.draft_id)
                return Received(answer)

    @staticmethod
    def _act(press: Press, session: Session, draft: Draft, kind: str, outcome: str) -> Act:
        return session.act(press, kind, visit=draft.visit_id, about=_application_id(draft), outcome=outcome)


def _application_id(draft: Draft) -> str:
    """The draft's own identifier names the application, so that a second try can't make a second one."""
    return draft.application_id or draft.draft_id


def _message(press: Press, draft: Draft) -> desk.HandIn:
    if draft.roles is None:
        raise NotUnderstood(what="roles")
    return desk.HandIn(
        application_id=_application_id(draft),
        visit_id=draft.visit_id,
        procedure=draft.procedure,
        roles=draft.roles,
        facts=draft.facts,
        evidence=draft.evidence,
        reached_at=press.at,
        confirmed_findings=draft.confirmed_findings,
        version=draft.version,
        draft_id=draft.draft_id,
        signature=draft.signature,
        set_aside=draft.set_aside,
    )
