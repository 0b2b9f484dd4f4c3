"""What the status service answers: the responder behind /ocsp, the lists behind /crl/."""

import base64
import binascii
from collections.abc import Sequence
from urllib.parse import unquote

from cryptography.x509.ocsp import OCSPResponseStatus

from app.domain.clock import Clock
from app.standin.jpki.publisher import Publisher
from app.standin.jpki.register import Register
from app.standin.jpki.responder import Responder, refusal
from app.standin.jpki.server import MOST_QUESTION, NOT_FOUND, OCSP, Answer, list_path

ANSWER, LIST = "application/ocsp-response", "application/pkix-crl"


class StatusAnswers:
    """The answers for all ``registers``."""

    def __init__(self, registers: Sequence[Register], clock: Clock) -> None:
        self._registers = {list_path(one.name): one for one in registers}
        self._clock = clock
        self._publisher = Publisher()
        self._responder = Responder(registers)

    def answer(self, question: bytes) -> Answer:
        """To a request; one that is too long is not looked at."""
        if len(question) > MOST_QUESTION:
            return 200, ANSWER, refusal(OCSPResponseStatus.MALFORMED_REQUEST)
        return 200, ANSWER, self._responder.answer(question, self._clock.now())

    def page(self, path: str) -> Answer:
        """A list by the name of its authority, or the answer to a request that stands in the path (RFC 6960 A.1)."""
        if path.startswith(f"{OCSP}/"):
            try:
                return self.answer(base64.b64decode(unquote(path.removeprefix(f"{OCSP}/")), validate=True))
            except (ValueError, binascii.Error):
                return 200, ANSWER, refusal(OCSPResponseStatus.MALFORMED_REQUEST)
        found = self._registers.get(path)
        return NOT_FOUND if found is None else (200, LIST, self._publisher.newest(found, self._clock.now()))
