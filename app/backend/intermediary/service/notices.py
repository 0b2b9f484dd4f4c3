"""お知らせ: brings the relay's notices to the residents' portal and fetches what became of them; it reads none."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass

from app.backend.intermediary.ports import IntermediaryBook
from app.backend.intermediary.service.asking import Asking
from app.domain.act import Act
from app.domain.clock import Clock
from app.domain.exchange_numbers import LinkCode
from app.errors import AppError, NotAllowed, NotUnderstood
from app.link.letters import Correspondent, Neighbour, answer_each, municipality_of, noted_in
from app.wire.letter import Letter
from app.wire.portal import AskPortalStates, PortalNotice, PortalNotices, PortalStates, PortalTaken
from app.wire.portal_notice import PassedNotice, PassedState, PassedStates, PassNotices

SEND, CANCEL = "send", "cancel"
NO_ROUTE = "no_route"


@dataclass(frozen=True, slots=True)
class Portal:
    """マイナポータル as far as notices go; every connection to it is opened from here."""

    notices: Neighbour
    states: Neighbour


class NoticeForwarding:
    """Called by the relay. ``portal``: None while this installation knows none; then notices wait."""

    def __init__(
        self, book: IntermediaryBook, post: Correspondent, asking: Asking, portal: Portal | None, clock: Clock
    ) -> None:
        self._book = book
        self._post = post
        self._asking = asking
        self._portal = portal
        self._clock = clock
        self._noted = noted_in(book, post, "intermediary", clock)

    def forward(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Send, cancel and look after notices, each as it is wanted."""
        return answer_each(letters, self._forward, self._noted)

    def _forward(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "pass-notices/1", PassNotices, "relay")
        place = asked.municipality
        if municipality_of(letter) != place or not self._post.serves(f"intermediary@{place}"):
            raise NotAllowed
        states = PassedStates(municipality=place, states=self._states(place, asked.notices))
        return self._post.write(f"intermediary@{place}", "passed-states/1", states)

    def _states(self, place: str, notices: Sequence[PassedNotice]) -> tuple[PassedState, ...]:
        codes = self._codes(place, notices)
        known = [one for one in notices if one.want != SEND or one.addressee_number in codes]
        try:
            found = self._told(place, known, codes)
        except AppError as error:
            found = {one.notice_id: PassedState(notice_id=one.notice_id, state="", reason=error.code) for one in known}
        return tuple(found.get(one.notice_id, PassedState(notice_id=one.notice_id, state="no_code")) for one in notices)

    def _codes(self, place: str, notices: Sequence[PassedNotice]) -> dict[str, LinkCode]:
        numbers = list(dict.fromkeys(one.addressee_number for one in notices if one.want == SEND))
        states = self._book.read(lambda unit: unit.codes(place, numbers)) if numbers else {}
        if lacking := [number for number in numbers if number not in states or states[number].code is None]:
            waiting = self._asking.ask_codes(place, lacking)
            with contextlib.suppress(AppError):  # they are looked for again with the next try
                self._asking.collect_codes(place, waiting)
            states = self._book.read(lambda unit: unit.codes(place, numbers))
        return {number: state.code for number, state in states.items() if state.code is not None}

    def _told(self, place: str, notices: Sequence[PassedNotice], codes: dict[str, LinkCode]) -> dict[str, PassedState]:
        if not notices:
            return {}
        if self._portal is None:
            return {one.notice_id: PassedState(notice_id=one.notice_id, state="", reason=NO_ROUTE) for one in notices}
        fresh = [one for one in notices if one.want == SEND]
        if fresh:
            self._sent(self._portal, place, fresh, codes)
        cancelled = tuple(one.notice_id for one in notices if one.want == CANCEL)
        names = tuple(one.notice_id for one in notices)
        asked = AskPortalStates(municipality=place, notice_ids=names, cancelled=cancelled)
        if cancelled:
            self._record("notice.cancel_passed", place, cancelled)
        letter = self._post.write(f"intermediary@{place}", "ask-portal-states/1", asked)
        states = self._post.read(self._portal.states.ask(letter), "portal-states/1", PortalStates, "portal").states
        if tuple(one.notice_id for one in states) != names:
            raise NotUnderstood(what="notice_id")
        return {
            one.notice_id: PassedState(
                notice_id=one.notice_id,
                state=one.state,
                opened_at=one.opened_at,
                answered_at=one.answered_at,
                sealed=one.sealed,
            )
            for one in states
        }

    def _sent(self, portal: Portal, place: str, fresh: Sequence[PassedNotice], codes: dict[str, LinkCode]) -> None:
        """Recorded before it is told to the portal."""
        notices = tuple(
            PortalNotice(notice_id=one.notice_id, code=codes[one.addressee_number].reveal(), sealed=one.sealed)
            for one in fresh
        )
        self._record("notice.passed", place, tuple(one.notice_id for one in fresh))
        message = PortalNotices(municipality=place, notices=notices)
        letter = self._post.write(f"intermediary@{place}", "portal-notices/1", message)
        taken = self._post.read(portal.notices.ask(letter), "portal-taken/1", PortalTaken, "portal")
        if taken.count != len(notices):
            raise NotUnderstood(what="count")

    def _record(self, kind: str, place: str, names: Sequence[str]) -> None:
        now = self._clock.now()
        acts = [Act(kind, now, place, "slice:relay", "", name, what=(("notice", name),)) for name in names]
        self._book.write(lambda unit: unit.record(acts))
