"""マイナポータル as an installation meets it: takes notices, says what became of them, hands out what residents ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.domain.clock import Clock
from app.errors import AppError, NotAllowed
from app.link.letters import Correspondent, answer_each, municipality_of
from app.trust.envelope import KeyFinder
from app.trust.seal import BoxKey, open_box, seal_to
from app.trust.sign import SigningKey, VerifyKey
from app.wire.letter import Letter
from app.wire.message import decode, encode
from app.wire.portal import (
    AskOwnRequests,
    AskPortalStates,
    NoticeAnswer,
    NoticeContent,
    OwnAnswers,
    OwnContent,
    OwnRequest,
    OwnRequests,
    PortalNotices,
    PortalState,
    PortalStates,
    PortalTaken,
)

NAME = "portal"


@dataclass(frozen=True, slots=True)
class Posted:
    """A notice in somebody's box."""

    code: bytes
    content: NoticeContent
    state: PortalState


@dataclass
class TrainingPortal:
    """Everything it knows stays in this process. ``known``: every sender's public key."""

    clock: Clock
    known: Mapping[str, VerifyKey] | KeyFinder
    signing: SigningKey = field(default_factory=SigningKey.generate)
    box: BoxKey = field(default_factory=BoxKey.generate)
    posted: dict[tuple[str, str], Posted] = field(default_factory=dict)
    withdrawn: set[tuple[str, str]] = field(default_factory=set)
    asked: dict[tuple[str, str], OwnRequest] = field(default_factory=dict)
    given: dict[tuple[str, str], OwnContent] = field(default_factory=dict)
    without_account: set[bytes] = field(default_factory=set)

    def notices(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Take notices; the same one again is not put in twice."""
        return answer_each(letters, self._notices)

    def states(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Say how notices stand, and withdraw some."""
        return answer_each(letters, self._states)

    def requests(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Hand out what residents asked for."""
        return answer_each(letters, self._requests)

    def answers(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Take the answers."""
        return answer_each(letters, self._answers)

    def open(self, place: str, notice_id: str) -> NoticeContent:
        """The resident reads a notice."""
        one = self.posted[place, notice_id]
        if one.state.state == "sent":
            state = replace_state(one.state, "opened", opened_at=self.clock.now())
            self.posted[place, notice_id] = replace(one, state=state)
        return one.content

    def choose(self, place: str, notice_id: str, choice: str) -> None:
        """The resident answers."""
        content, one = self.open(place, notice_id), self.posted[place, notice_id]
        context = ("notice-answer", place, notice_id)
        sealed = seal_to(content.reply_key, encode(NoticeAnswer(choice=choice)), context)
        now, opened = self.clock.now(), self.posted[place, notice_id].state.opened_at
        state = replace_state(one.state, "answered", opened_at=opened, answered_at=now, sealed=sealed)
        self.posted[place, notice_id] = replace(one, state=state)

    def ask_own(self, place: str, request_id: str, code: bytes, about: tuple[str, int]) -> None:
        """The resident asks for their own information. ``about``: information and tax year."""
        self.asked[place, request_id] = OwnRequest(
            request_id=request_id,
            code=code,
            information=about[0],
            tax_year=about[1],
            asked_at=self.clock.now(),
            reply_key=self.box.public,
        )

    def _notices(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "portal-notices/1", PortalNotices, "intermediary")
        place = _place(letter, asked.municipality)
        for one in asked.notices:
            if (place, one.notice_id) in self.posted:
                continue
            content = decode(open_box(self.box, one.sealed, ("notice", place, one.notice_id)), NoticeContent)
            state = "unregistered" if one.code in self.without_account else "sent"
            self.posted[place, one.notice_id] = Posted(
                one.code, content, PortalState(notice_id=one.notice_id, state=state)
            )
        taken = PortalTaken(municipality=place, count=len(asked.notices))
        return self._post.write(NAME, "portal-taken/1", taken)

    def _states(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "ask-portal-states/1", AskPortalStates, "intermediary")
        place = _place(letter, asked.municipality)
        for name in asked.cancelled:
            self.withdrawn.add((place, name))
            one = self.posted.get((place, name))
            if one is not None and one.state.state not in {"answered", "cancelled"}:
                self.posted[place, name] = replace(one, state=replace_state(one.state, "cancelled"))
        states = tuple(self._state(place, name) for name in asked.notice_ids)
        return self._post.write(NAME, "portal-states/1", PortalStates(municipality=place, states=states))

    def _state(self, place: str, name: str) -> PortalState:
        one = self.posted.get((place, name))
        if one is not None:
            return one.state
        return PortalState(notice_id=name, state="cancelled" if (place, name) in self.withdrawn else "unknown")

    def _requests(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "ask-own-requests/1", AskOwnRequests, "intermediary")
        place = _place(letter, asked.municipality)
        mine = tuple(one for (where, _), one in self.asked.items() if where == place)
        return self._post.write(NAME, "own-requests/1", OwnRequests(municipality=place, requests=mine[:64]))

    def _answers(self, letter: Letter) -> Letter:
        told = self._post.read(letter, "own-answers/1", OwnAnswers, "intermediary")
        place = _place(letter, told.municipality)
        for one in told.answers:
            context = ("own-information", place, one.request_id)
            self.given[place, one.request_id] = decode(open_box(self.box, one.sealed, context), OwnContent)
            self.asked.pop((place, one.request_id), None)
        taken = PortalTaken(municipality=place, count=len(told.answers))
        return self._post.write(NAME, "portal-taken/1", taken)

    @property
    def _post(self) -> Correspondent:
        return Correspondent({NAME: self.signing}, self.known)


def replace_state(
    state: PortalState,
    named: str,
    *,
    opened_at: datetime | None = None,
    answered_at: datetime | None = None,
    sealed: bytes = b"",
) -> PortalState:
    """The next state of a notice."""
    opened = opened_at or state.opened_at
    return PortalState(notice_id=state.notice_id, state=named, opened_at=opened, answered_at=answered_at, sealed=sealed)


def _place(letter: Letter, said: str) -> str:
    if municipality_of(letter) != said:
        raise NotAllowed
    return said
