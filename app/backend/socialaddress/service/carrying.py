"""Errands in the background: transfers to systems, numbers to be linked, what residentbase is to tell again."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from app.backend.socialaddress.ports import Claimed, Errand, SocialBook, SocialUnit
from app.backend.socialaddress.service.entering import LINK
from app.backend.socialaddress.service.passing import PUSH, transfers_after
from app.backend.socialaddress.service.residents import ALL, CHANGES, LINE, RECORD, SYSTEM, ResidentTaking, all_errand
from app.domain.act import Act
from app.domain.clock import Clock, business_date
from app.domain.social_rules import SocialRules
from app.errors import AppError, NotAllowed, NotUnderstood, Refused, Unreachable
from app.link.letters import Correspondent, Neighbour
from app.wire.message import decode
from app.wire.resident_base import AskChanges, AskResidents, ResidentChanges, ResidentRecords
from app.wire.social_address_link import LinkSocialNumber, LinkSocialNumbers, SocialNumbersLinked
from app.wire.social_address_tax import SocialTaken, SocialTransfers

log = logging.getLogger(__name__)

LIMIT = 32
LEASE = timedelta(minutes=2)
LOOK_AGAIN = timedelta(hours=1)
"""How often it is looked whether a person is known in the addressee slice, or a use is approved again. Assumed."""
TRIES = 8
"""After how many faults of our own somebody has to look. Assumed."""
LINKED, UNLINKED, UNKNOWN = "linked", "unlinked", "unknown"
_WAITED_FOR = frozenset({"not_approved", "system_stopped", "suspended"})
"""What residentbase refuses with while this system may not be told anything."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Whom the slice speaks with. ``systems``: those that transfers are brought to; the others fetch theirs."""

    changes: Neighbour
    residents: Neighbour
    addressee: Neighbour
    systems: Mapping[str, Neighbour]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an errand: ``cause`` "" when it is done; ``wait`` None: it goes on when tried again."""

    cause: str = ""
    is_stopped: bool = False
    wait: timedelta | None = None


DONE, MORE = Outcome(), Outcome("more", wait=timedelta(0))


class Carrying:
    """The background of socialaddress."""

    def __init__(
        self,
        book: SocialBook,
        post: Correspondent,
        lines: Lines,
        taking: ResidentTaking,
        rules: SocialRules,
        clock: Clock,
    ) -> None:
        self._book = book
        self._post = post
        self._lines = lines
        self._taking = taking
        self._rules = rules
        self._clock = clock
        self._ways: dict[str, Callable[[Errand], Outcome]] = {
            PUSH: self._push,
            LINK: self._link,
            CHANGES: self._changes,
            RECORD: self._record,
            ALL: self._all,
        }

    def turn(self) -> bool:
        """Do what is due, each for whom it is in order; whether there was any: what can't go on waits for its time."""
        now = self._clock.now()
        claimed = self._book.write(lambda unit: unit.outgoing.claim(now, LEASE, LIMIT))
        outcomes = [(one, self._tried(one)) for one in claimed]
        if claimed:
            self._book.write(lambda unit: self._settle(unit, outcomes))
        return bool(claimed)

    def _tried(self, one: Claimed) -> Outcome:
        errand = one.errand
        try:
            return self._ways[errand.kind](errand)
        except Unreachable as error:
            return Outcome(error.code)
        except (Refused, NotAllowed, NotUnderstood) as error:
            cause = error.reason if isinstance(error, Refused) else error.code
            return Outcome(cause, wait=LOOK_AGAIN) if cause in _WAITED_FOR else Outcome(cause, is_stopped=True)
        except AppError as error:
            return Outcome(error.code, is_stopped=one.item.attempts >= TRIES)
        except Exception:
            log.exception("an errand failed", extra={"kind": errand.kind})
            return Outcome("fault", is_stopped=one.item.attempts >= TRIES)

    def _settle(self, unit: SocialUnit, outcomes: Sequence[tuple[Claimed, Outcome]]) -> None:
        now = self._clock.now()
        unit.outgoing.done(*(one.item.item_id for one, outcome in outcomes if not outcome.cause))
        for one, outcome in outcomes:
            if outcome.is_stopped:
                unit.outgoing.dead(one.item, outcome.cause)
                unit.record([_act("social.stopped", one.errand, now, reason=outcome.cause)])
            elif outcome.wait is not None:
                unit.outgoing.postpone(one.item, now + outcome.wait, outcome.cause)
            elif outcome.cause:
                unit.outgoing.later(one.item, now, outcome.cause)

    def _push(self, errand: Errand) -> Outcome:
        """Everything that the system has not said it has; approval is looked at again now."""
        place, system, wanted = errand.municipality, errand.name, int(errand.body)
        if system not in self._lines.systems:
            return DONE  # it fetches by itself
        self._rules.receiver(system, business_date(self._clock.now()))
        before, sent = self._book.read(lambda unit: self._waiting(unit, place, system))
        if not sent.transfers:
            return DONE
        letter = self._post.write(f"{SYSTEM}@{place}", "social-transfers/1", sent)
        answer = self._lines.systems[system].ask(letter)
        taken = self._post.read(answer, "social-taken/1", SocialTaken, system, place)
        last = sent.transfers[-1].sequence
        if (taken.municipality, taken.system) != (place, system) or not 0 <= taken.up_to <= last:
            raise NotUnderstood(what="taken")
        self._book.write(lambda unit: self._moved(unit, errand, before, taken))
        if taken.up_to >= wanted:
            return DONE
        return Outcome("not_taken") if taken.up_to <= before else MORE

    def _waiting(self, unit: SocialUnit, place: str, system: str) -> tuple[int, SocialTransfers]:
        before = unit.marks.at(place, taken_by(system))
        return before, transfers_after(unit, place, system, before)

    def _moved(self, unit: SocialUnit, errand: Errand, before: int, taken: SocialTaken) -> None:
        """Note how far the system is: also further back, where it has lost what it had."""
        unit.marks.move(errand.municipality, taken_by(errand.name), taken.up_to)
        now = self._clock.now()
        unit.record([_act("social.delivered", errand, now, after=before, up_to=taken.up_to, system=errand.name)])

    def _link(self, errand: Errand) -> Outcome:
        """One number to be linked (S05-4). Who is not known there yet may be later."""
        place = errand.municipality
        asked = LinkSocialNumbers(municipality=place, links=(decode(errand.body, LinkSocialNumber),))
        letter = self._post.write(f"{SYSTEM}@{place}", "link-social/1", asked)
        answer = self._lines.addressee.ask(letter)
        linked = self._post.read(answer, "social-linked/1", SocialNumbersLinked, "addressee", place)
        if linked.municipality != place or len(linked.outcomes) != 1:
            raise NotUnderstood(what="outcomes")
        outcome = linked.outcomes[0]
        if outcome in {LINKED, UNLINKED}:
            done = _act("social.linked", errand, self._clock.now(), outcome=outcome)
            self._book.write(lambda unit: unit.record([done]))
            return DONE
        return Outcome(outcome, wait=LOOK_AGAIN) if outcome == UNKNOWN else Outcome(outcome, is_stopped=True)

    def _changes(self, errand: Errand) -> Outcome:
        """The line from where it stands; what is kept no more is in the records."""
        place = errand.municipality
        while True:
            up_to = self._book.read(lambda unit: unit.marks.at(place, LINE))
            asked = AskChanges(municipality=place, system=SYSTEM, up_to=up_to)
            letter = self._post.write(f"{SYSTEM}@{place}", "ask-changes/1", asked)
            answer = self._lines.changes.ask(letter)
            sent = self._post.read(answer, "resident-changes/1", ResidentChanges, "residentbase", place)
            if sent.gone > up_to:
                self._book.write(partial(self._skipped, place=place, gone=sent.gone))
            taken = self._taking.take_changes(sent)
            if taken.missing is not None:
                return Outcome("gap")
            if not sent.more or not sent.changes:
                return DONE

    def _skipped(self, unit: SocialUnit, place: str, gone: int) -> None:
        now = self._clock.now()
        unit.marks.move(place, LINE, max(gone, unit.marks.held(place, LINE)))
        unit.outgoing.put(all_errand(place, f"gone-{gone}"), now)

    def _record(self, errand: Errand) -> Outcome:
        found = self._asked(errand.municipality, (errand.name,), "")
        self._taking.take_records(errand.municipality, found.records)
        return DONE

    def _all(self, errand: Errand) -> Outcome:
        """Every record as it stands."""
        after = ""
        while True:
            found = self._asked(errand.municipality, (), after)
            self._taking.take_records(errand.municipality, found.records)
            if not found.more or not found.records:
                return DONE
            after = found.records[-1].subject

    def _asked(self, place: str, subjects: tuple[str, ...], after: str) -> ResidentRecords:
        asked = AskResidents(municipality=place, system=SYSTEM, subjects=subjects, after=after)
        letter = self._post.write(f"{SYSTEM}@{place}", "ask-residents/1", asked)
        answer = self._lines.residents.ask(letter)
        found = self._post.read(answer, "resident-records/1", ResidentRecords, "residentbase", place)
        if found.municipality != place:
            raise NotUnderstood(what="municipality")
        return found


def taken_by(system: str) -> str:
    """The mark of how far a system has said that it is."""
    return f"taken/{system}"


def _act(kind: str, errand: Errand, at: datetime, **what: str | int) -> Act:
    about = errand.name if errand.kind in {LINK, RECORD} else ""
    details = tuple(sorted({**what, "errand": errand.kind}.items()))
    return Act(kind, at, errand.municipality, f"slice:{SYSTEM}", "", f"errand-{errand.kind}", "", about, details)
