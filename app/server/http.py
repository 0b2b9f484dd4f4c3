"""Endpoints as a litestar application: parse at the door, wait for a worker, answer. The only async code here."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from litestar import HttpMethod, Litestar, Request, Response, route
from litestar.exceptions import HTTPException, MethodNotAllowedException
from litestar.handlers import HTTPRouteHandler

from app.domain.call import Call
from app.durable.worker import Pool, Worker
from app.errors import NotAllowed, NotUnderstood
from app.server.door import Knock, refusal
from app.wire.endpoint import Endpoint
from app.wire.message import decode, demand_version, encode

log = logging.getLogger(__name__)

MAX_BODY = 1_048_576
OK = 200
_METHODS = (HttpMethod.POST, HttpMethod.OPTIONS)
"""OPTIONS is taken to be refused: answered by the library it tells anybody which paths there are, and its own handlers
are half of the time in which endpoints are bound (measured)."""


class Admits(Protocol):
    """A door: whose request it is, or an error."""

    def admit(self, knock: Knock, endpoint: Endpoint) -> Call: ...


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
        self._workers: list[Worker[tuple[Call, Any], Any]] = []
        self.endpoints = tuple(endpoints)
        self.asgi = Litestar(
            route_handlers=[self._handler(endpoint) for endpoint in endpoints],
            exception_handlers={Exception: _refuse, HTTPException: _refuse},
            on_shutdown=[self._shut],
            request_max_body_size=max_body,
            logging_config=None,
        )

    def _handler(self, endpoint: Endpoint) -> HTTPRouteHandler:
        answers = self._answerer(endpoint)

        async def handle(request: Request[Any, Any, Any]) -> Response[bytes]:
            if request.method != HttpMethod.POST:
                raise MethodNotAllowedException
            knock = _knock(request)
            body = await request.body()
            try:
                answer = await answers(knock, body)
            except Exception as error:  # noqa: BLE001 -- refusal() tells ours from bugs and logs those
                status, content = refusal(error, knock.trace)
            else:
                status, content = OK, encode(answer)
            log.info("answered", extra={"path": endpoint.path, "status": status, "trace": knock.trace})
            return Response(content, status_code=status, media_type="application/json")

        name = endpoint.path.strip("/").replace("/", "_").replace("-", "_")
        opt = {"act": endpoint.act, "caller": endpoint.caller.value}
        return route(endpoint.path, http_method=_METHODS, name=name, opt=opt)(handle)

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
        worker: Worker[tuple[Call, Any], Any] = Worker(endpoint.path, endpoint.drains)
        self._workers.append(worker)

        async def in_lists(knock: Knock, body: bytes) -> Any:  # noqa: ANN401 -- the endpoint's own type
            admitted = await asyncio.wrap_future(self._pool.submit(lambda: admit(knock, body)))
            return await asyncio.wrap_future(worker.submit(admitted))

        return in_lists

    async def _shut(self) -> None:
        await asyncio.to_thread(self._end)

    def _end(self) -> None:
        self._pool.close()
        for worker in self._workers:
            worker.close()
        self._close()


def _nothing(call: Call, message: object) -> object:
    raise TypeError(f"an endpoint without an answer: {call.trace} {type(message).__name__}")


def _knock(request: Request[Any, Any, Any]) -> Knock:
    headers = request.headers
    return Knock(
        peer_der=request.scope.get("state", {}).get("peer_der"),
        authorization=headers.get("authorization", ""),
        trace=headers.get("madoguchi-trace", ""),
        key=headers.get("madoguchi-key", ""),
        address="" if request.client is None else request.client.host,
    )


def _refuse(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """What never reached an endpoint: an unknown path looks like a thing not allowed."""
    trace = request.headers.get("madoguchi-trace", "")[:64]
    known: Exception = error
    if isinstance(error, HTTPException):
        known = NotAllowed() if error.status_code in {404, 405} else NotUnderstood(what="request")
    status, content = refusal(known, trace)
    return Response(content, status_code=status, media_type="application/json")
