"""The authority's responder as a source: one question, one answer, both bound together by a nonce."""

from app.backend.revocation.ports import StatusService
from app.domain.clock import Clock, Random
from app.domain.verdict import NotChecked
from app.errors import Unreachable
from app.trust.revocation import NoStatus, Questioned, Status
from app.trust.revocation_answer import NONCE_SIZE, Question

ANSWER_S = 2.5
"""How long somebody at a counter waits for the responder. Assumed; with lists and connecting below the line's 10 s."""
PAUSE_S = 5.0
"""How long a silent responder is left alone, so that not every counter waits for it anew. Assumed."""
UNREACHABLE = NoStatus(NotChecked("revocation_unreachable"))


class Responder:
    """One responder at ``url``. ``naming``: by which digest it wants certificates named; ``nonce``: it answers one."""

    name = "ocsp"

    def __init__(
        self, service: StatusService, url: str, asking: tuple[str, bool], clock: Clock, random: Random
    ) -> None:
        self._service = service
        self._url = url
        self._naming, self._has_nonce = asking
        self._clock = clock
        self._random = random
        self._silent_until = float("-inf")

    def status(self, questioned: Questioned) -> Status | NoStatus:
        """What the responder says now. Time: blocks, about ``ANSWER_S`` at most."""
        if self._clock.monotonic() < self._silent_until:
            return UNREACHABLE
        nonce = self._random.token(NONCE_SIZE) if self._has_nonce else b""
        question = Question(questioned, nonce, self._naming)
        try:
            answer = self._service.ask(self._url, question.to_der(), ANSWER_S)
        except Unreachable:
            self._silent_until = self._clock.monotonic() + PAUSE_S
            return UNREACHABLE
        return question.status(answer, self._clock.now())
