"""Endpoints as a litestar application: parse at the door, wait for a worker, answer. The only async code here."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from litestar import HttpMethod, Litestar, Request, Response, asgi
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException, InternalServerException, MethodNotAllowedException
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.handlers import ASGIRouteHandler
from litestar.types import Receive, Scope, Send

from app.domain.call import Call
from app.durable.news import Later
from app.durable.worker import AT_ONCE, Drain, Gathering, Pool
from app.errors import NotAllowed, NotUnderstood
from app.server.door import Knock, refusal
from app.server.patience import Patience
from app.wire.endpoint import BatchHandler, Caller, Endpoint
from app.wire.message import decode, demand_version, encode

log = logging.getLogger(__name__)

MAX_BODY = 1_048_576
GATHERING = Gathering(gap_s=0.002, most_s=0.02)
"""How long requests of a list wait for each other. Assumed: several arrive in it, one in some 0.3 ms (measured)."""
OK = 200
_JSON = (b"content-type", b"application/json")
Ticket = asyncio.Future[Any]


class Admits(Protocol):
    """A door: whose request it is, or an error."""

    def admit(self, knock: Knock, endpoint: Endpoint) -> Call: ...
    def one_look(self) -> AbstractContextManager[None]:
        """What is admitted inside is held against the rights of one moment, that of the first."""
        ...


class Application:
    """All endpoints of this process behind one door, with the threads that answer them."""

    def __init__(
        self,
        endpoints: Sequence[Endpoint],
        door: Admits,
        threads: int,
        close: Callable[[], None],
        max_body: int = MAX_BODY,
    ) -> None:
        self._door = door
        self._pool = Pool("call", threads)
        self._close = close
        self._max_body = max_body
        self._workers: list[Drain[Any, Ticket, Any]] = []
        self._patience = Patience()
        self.endpoints = tuple(endpoints)
        self.asgi = Litestar(
            route_handlers=[self._handler(endpoint) for endpoint in endpoints],
            exception_handlers={Exception: _refuse, HTTPException: _refuse},
            on_shutdown=[self._shut],
            logging_config=None,
        )

    def hurry(self) -> None:
        """Requests that wait for news are answered now, and none waits any more; in the event loop."""
        self._patience.end()

    def _handler(self, endpoint: Endpoint) -> ASGIRouteHandler:
        """The endpoint below the library's router, past its requests and responses: two thirds of their time, measured.

        It takes every method and refuses all but POST: by itself the library answers OPTIONS, and tells anybody which
        paths there are.
        """
        answers = self._answerer(endpoint)

        async def handle(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != ScopeType.HTTP or scope["method"] != HttpMethod.POST:
                raise MethodNotAllowedException
            headers = dict(scope["headers"])
            knock = _knock(scope, headers)
            body = await _body(headers, receive, self._max_body)
            try:
                answer = await answers(knock, body)
            except Exception as error:  # noqa: BLE001 -- refusal() tells ours from bugs and logs those
                status, content = refusal(error, knock.trace)
            else:
                status, content = OK, encode(answer)
            log.info("answered", extra={"path": endpoint.path, "status": status, "trace": knock.trace})
            size = (b"content-length", str(len(content)).encode())
            await send({"type": "http.response.start", "status": status, "headers": [_JSON, size]})
            await send({"type": "http.response.body", "body": content, "more_body": False})

        name = endpoint.path.strip("/").replace("/", "_").replace("-", "_")
        opt = {"act": endpoint.act, "caller": endpoint.caller.value}
        return asgi(endpoint.path, name=name, opt=opt, copy_scope=False)(handle)

    def _answerer(self, endpoint: Endpoint) -> Callable[[Knock, bytes], Awaitable[Any]]:
        def admit(knock: Knock, body: bytes) -> tuple[Call, Any]:
            call, message = self._door.admit(knock, endpoint), decode(body, endpoint.takes)
            demand_version(message)
            return call, message

        async def one_by_one(knock: Knock, body: bytes) -> Any:  # noqa: ANN401 -- the endpoint's own type
            does = endpoint.does or _nothing
            return await asyncio.wrap_future(self._pool.submit(lambda: does(*admit(knock, body))))

        if endpoint.drains is None:
            return one_by_one
        gathering = AT_ONCE if endpoint.caller is Caller.SLICE else GATHERING  # letters are lists themselves
        return self._lists((endpoint.path, gathering), endpoint.drains, admit)

    def _lists(
        self, how: tuple[str, Gathering], drains: BatchHandler, admit: Callable[[Knock, bytes], tuple[Call, Any]]
    ) -> Callable[[Knock, bytes], Awaitable[Any]]:
        """Let in by the thread that answers them, a list with one look at the rights; another thread costs more.

        What may wait for news is let in again, and asked again, once there is some.
        """

        def drain(waiting: Sequence[tuple[Knock, bytes]]) -> list[Any]:
            with self._door.one_look():
                admitted = [_admitted(admit, *one) for one in waiting]
            good = [one for one in admitted if not isinstance(one, Exception)]
            outcomes = iter(drains(good)) if good else iter(())
            return [one if isinstance(one, Exception) else next(outcomes) for one in admitted]

        path, gathering = how
        worker: Drain[tuple[Knock, bytes], Ticket, Any] = Drain(path, drain, _told, gathering=gathering)
        self._workers.append(worker)

        async def once(knock: Knock, body: bytes) -> Any:  # noqa: ANN401 -- the endpoint's own type
            ticket = _ticket()
            worker.put((knock, body), ticket)
            return await ticket

        async def answered(knock: Knock, body: bytes) -> Any:  # noqa: ANN401 -- as above
            answer = await once(knock, body)
            if not isinstance(answer, Later):
                return answer
            await self._patience.wait(answer)
            answer = await once(knock, body)
            if isinstance(answer, Later):
                answer.ear.close()
                return answer.answer
            return answer

        return answered

    async def _shut(self) -> None:
        await asyncio.to_thread(self._end)

    def _end(self) -> None:
        self._pool.close()
        for worker in self._workers:
            worker.close()
        self._close()


def _admitted(
    admit: Callable[[Knock, bytes], tuple[Call, Any]], knock: Knock, body: bytes
) -> tuple[Call, Any] | Exception:
    """A request that may go on, or why it may not; what is wrong with one is no other's trouble."""
    try:
        return admit(knock, body)
    except Exception as error:  # noqa: BLE001 -- refusal() tells ours from bugs and logs those
        return error


def _nothing(call: Call, message: object) -> object:
    raise TypeError(f"an endpoint without an answer: {call.trace} {type(message).__name__}")


def _ticket() -> Ticket:
    return asyncio.get_running_loop().create_future()


def _told(outcomes: Sequence[tuple[Ticket, Any]]) -> None:
    """Hand a list of outcomes to those who wait for them: once into their thread for all of them."""
    loop = outcomes[0][0].get_loop()
    loop.call_soon_threadsafe(_settled, outcomes)


def _settled(outcomes: Sequence[tuple[Ticket, Any]]) -> None:
    for ticket, outcome in outcomes:
        if ticket.done():  # whoever asked has gone
            if isinstance(outcome, Later):
                outcome.ear.close()
            continue
        if isinstance(outcome, BaseException):
            ticket.set_exception(outcome)
        else:
            ticket.set_result(outcome)


def _knock(scope: Scope, headers: Mapping[bytes, bytes]) -> Knock:
    client = scope["client"]
    return Knock(
        peer_der=scope.get("state", {}).get("peer_der"),
        authorization=headers.get(b"authorization", b"").decode("latin-1"),
        trace=headers.get(b"madoguchi-trace", b"").decode("latin-1"),
        key=headers.get(b"madoguchi-key", b"").decode("latin-1"),
        address="" if client is None else client[0],
    )


async def _body(headers: Mapping[bytes, bytes], receive: Receive, most: int) -> bytes:
    """All of a request's body. Errors: RequestEntityTooLarge for one longer than ``most``, before it is read."""
    said = headers.get(b"content-length", b"0")
    if not said.isdigit() or int(said) > most:
        raise RequestEntityTooLarge
    body = b""
    while True:
        event = await receive()
        if event["type"] != "http.request":
            raise InternalServerException("client disconnected prematurely")
        body = body + event["body"] if body else event["body"]
        if len(body) > most:
            raise RequestEntityTooLarge
        if not event.get("more_body", False):
            return body


def _refuse(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """What never reached an endpoint: an unknown path looks like a thing not allowed."""
    trace = request.headers.get("madoguchi-trace", "")[:64]
    known: Exception = error
    if isinstance(error, HTTPException):
        known = NotAllowed() if error.status_code in {404, 405} else NotUnderstood(what="request")
    status, content = refusal(known, trace)
    return Response(content, status_code=status, media_type="application/json")
