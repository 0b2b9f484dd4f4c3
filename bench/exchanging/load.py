"""The generator: requests made beforehand over kept-alive mutual TLS, sent as fast as answers come back."""

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import Any

import msgspec

from app.domain.clock import SystemRandom
from app.domain.secret import Secret
from app.settings import TlsPlace
from app.wire.exchange import DeliveryReplies
from app.wire.letter import Letter
from app.wire.message import Message, decode, encode
from app.wire.relay import AskEnquiries, EnquiryAccepted, EnquiryStates, MakeEnquiry

RANDOM = SystemRandom()
_END = b"\r\n\r\n"
_LENGTH = b"content-length: "
_OK = b" 200 "
WAIT_S = 5
"""How long the state of an enquiry may be put off until there is an answer; then it is asked for again."""


class Connection:
    """One kept-alive connection. A client library's own work would be as much as the server's."""

    def __init__(self, port: int, tls: TlsPlace) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(str(tls.authority))
        context.load_cert_chain(str(tls.certificate), str(tls.key))
        plain = socket.create_connection(("127.0.0.1", port), timeout=120)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._line = context.wrap_socket(plain, server_hostname="127.0.0.1")

    def ask(self, path: str, message: Message, gives: type[Any], token: Secret | None = None) -> Any:  # noqa: ANN401
        """The answer. Errors: RuntimeError when it is a refusal."""
        return decode(self.sent(request(path, encode(message), token)), gives)

    def sent(self, words: bytes) -> bytes:
        """The body of the answer to a whole request."""
        self._line.sendall(words)
        heard = b""
        while (end := heard.find(_END)) < 0:
            heard += self._heard()
        head = heard[:end].lower()
        size = int(head[head.index(_LENGTH) + len(_LENGTH) :].split(b"\r", 1)[0])
        pieces, missing = [heard[end + len(_END) :]], size - (len(heard) - end - len(_END))
        while missing > 0:
            pieces.append(self._heard())
            missing -= len(pieces[-1])
        if _OK not in head[:16]:
            raise RuntimeError(b"".join(pieces).decode())
        return b"".join(pieces)

    def _heard(self) -> bytes:
        piece = self._line.recv(262_144)
        if not piece:
            raise RuntimeError("the connection ended")
        return piece

    def close(self) -> None:
        self._line.close()


def request(path: str, body: bytes, token: Secret | None = None) -> bytes:
    """A request as bytes, under a trace and key of its own."""
    lines = [
        f"POST {path} HTTP/1.1",
        "host: 127.0.0.1",
        "content-type: application/json",
        f"content-length: {len(body)}",
        f"madoguchi-trace: {RANDOM.token(8).hex()}",
        f"madoguchi-key: {RANDOM.token(16).hex()}",
    ]
    if token is not None:
        lines.append(f"authorization: Bearer {token.text()}")
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True, slots=True)
class Timed:
    """What a run of the generator saw: seconds of each single work, and of everything."""

    seconds: list[float]
    duration_s: float

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.duration_s


def timed(works: Sequence[Callable[[], list[float]]]) -> Timed:
    """Do ``works`` side by side."""
    with ThreadPoolExecutor(len(works)) as pool:
        begin = time.perf_counter()
        found = [seconds for share in pool.map(lambda work: work(), works) for seconds in share]
        return Timed(found, time.perf_counter() - begin)


def hops(port: int, tls: TlsPlace, letters: Sequence[Letter], connections: int) -> Timed:
    """One delivery in each request, at the provider. ``letters``: with fresh permits."""
    words = [request("/intermediary/v1/provisions", encode(letter)) for letter in letters]

    def share(mine: Sequence[bytes]) -> Callable[[], list[float]]:
        line = Connection(port, tls)

        def work() -> list[float]:
            times, answers = [], []
            for one in mine:
                begin = time.perf_counter()
                answers.append(line.sent(one))
                times.append(time.perf_counter() - begin)
            line.close()
            for answer in answers:
                (reply,) = decode(decode(answer, Letter).body, DeliveryReplies).replies
                if reply.answer is None:
                    raise RuntimeError(reply.reason)
            return times

        return work

    return timed([share(words[start::connections]) for start in range(connections)])


_numbers = count()


def enquiries(port: int, tls: TlsPlace, token: Secret, asked: Sequence[MakeEnquiry], connections: int) -> Timed:
    """Each from being sent until its answer with receipt is read."""

    def share(mine: Sequence[MakeEnquiry]) -> Callable[[], list[float]]:
        line = Connection(port, tls)

        def work() -> list[float]:
            times = [_one(line, token, message) for message in mine]
            line.close()
            return times

        return work

    return timed([share(asked[start::connections]) for start in range(connections)])


def numbered(message: MakeEnquiry) -> MakeEnquiry:
    """The same enquiry under another id."""
    return msgspec.structs.replace(message, enquiry_id=f"bench-{next(_numbers)}")


def _one(line: Connection, token: Secret, asked: MakeEnquiry) -> float:
    question = AskEnquiries(enquiry_ids=(asked.enquiry_id,), wait_s=WAIT_S)
    begin = time.perf_counter()
    line.ask("/relay/v1/enquiries", asked, EnquiryAccepted, token)
    while True:
        (state,) = line.ask("/relay/v1/enquiries/state", question, EnquiryStates, token).states
        if state.answer is not None:
            if not (state.answer.proof and state.answer.items):
                raise RuntimeError(state.answer.kind)
            return time.perf_counter() - begin
        if state.state == "refused":
            raise RuntimeError(state.reason)
