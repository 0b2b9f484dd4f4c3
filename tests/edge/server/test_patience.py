"""Requests that lie at the backend until there is news: no thread is held, rights are asked again before an answer."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from threading import Event

import httpx
import pytest

from app.domain.call import Call
from app.domain.rights import Actor
from app.durable.news import Later, News
from app.errors import AppError, SessionEnded
from app.server.door import Knock
from app.server.http import Application
from app.server.patience import Patience
from app.wire.endpoint import Endpoint
from app.wire.message import Nothing

FOR_EVER_S = 3600.0


class OpenDoor:
    """A door that lets everybody in until it is shut."""

    is_shut = False

    def admit(self, knock: Knock, endpoint: Endpoint) -> Call:
        if self.is_shut:
            raise SessionEnded
        actor = Actor("131016", "k1", "", "", "T-01", ())
        return Call(actor, knock.trace, knock.key, datetime(2026, 11, 20, tzinfo=UTC))

    def one_look(self) -> AbstractContextManager[None]:
        return nullcontext()


class Desk:
    """Answers every question late, until ``is_ready``."""

    def __init__(self) -> None:
        self.news, self.is_ready, self.asked = News(), False, 0
        self.listened, self.is_free = 0, Event()
        self.is_free.set()

    def watch(self, waiting: Sequence[tuple[Call, Nothing]]) -> list[Nothing | Later[Nothing] | AppError]:
        self.asked += len(waiting)
        self.is_free.wait()
        if self.is_ready:
            return [Nothing() for _ in waiting]
        later = [Later(Nothing(), self.news.listen(["it"]), FOR_EVER_S) for _ in waiting]
        self.listened += len(later)
        return later

    def tell(self) -> None:
        self.is_ready = True
        self.news.tell(["it"])


async def until(holds: Callable[[], bool]) -> None:
    while not holds():  # noqa: ASYNC110 -- what becomes true tells nobody
        await asyncio.sleep(0.005)


class House:
    """A backend of one endpoint, without a network."""

    def __init__(self) -> None:
        self.desk, self.door = Desk(), OpenDoor()
        endpoint = Endpoint(path="/watch", act="x", takes=Nothing, gives=Nothing, drains=self.desk.watch)
        self.served = Application([endpoint], self.door, 1, lambda: None)
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(self.served.asgi), base_url="https://office")

    async def ask(self, number: int) -> int:
        headers = {"madoguchi-trace": f"t{number}", "madoguchi-key": f"k{number}"}
        return (await self._client.post("/watch", content=b"{}", headers=headers)).status_code

    def asking(self, many: int) -> list[asyncio.Task[int]]:
        return [asyncio.create_task(self.ask(number)) for number in range(many)]

    async def end(self) -> None:
        await self._client.aclose()
        await self.served._shut()


@pytest.mark.timeout(60)
def test_many_wait_on_one_thread_and_are_all_answered_by_one_change() -> None:
    async def play() -> list[int]:
        house = House()
        asking = house.asking(100)
        await until(lambda: len(house.served._patience._waiting) == 100)
        await asyncio.to_thread(house.desk.tell)
        found = await asyncio.gather(*asking)
        await house.end()
        return found

    assert asyncio.run(play()) == [200] * 100


@pytest.mark.timeout(60)
def test_of_whoever_went_away_before_there_was_an_answer_nothing_is_left_listening() -> None:
    async def play() -> int:
        house = House()
        house.desk.is_free.clear()
        gone = house.asking(1)[0]
        await until(lambda: house.desk.asked == 1)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        house.desk.is_free.set()
        await until(lambda: house.desk.listened == 1)
        await until(lambda: not house.desk.news._ears)
        await house.end()
        return len(house.served._patience._waiting)

    assert asyncio.run(asyncio.wait_for(play(), 10)) == 0


@pytest.mark.timeout(60)
def test_whose_session_ends_while_they_wait_is_told_nothing() -> None:
    async def play() -> list[int]:
        house = House()
        asking = house.asking(1)
        await until(lambda: len(house.served._patience._waiting) == 1)
        house.door.is_shut = True
        house.desk.tell()
        found = await asyncio.gather(*asking)
        await house.end()
        return found

    assert asyncio.run(play()) == [401]


@pytest.mark.timeout(60)
def test_a_process_that_ends_waits_for_nobody() -> None:
    async def play() -> tuple[list[int], int]:
        house = House()
        asking = house.asking(3)
        await until(lambda: len(house.served._patience._waiting) == 3)
        house.served.hurry()
        found = await asyncio.gather(*asking, *house.asking(1))
        await house.end()
        return found, len(house.desk.news._ears)

    assert asyncio.run(play()) == ([200] * 4, 0)


@pytest.mark.timeout(60)
def test_whoever_comes_when_too_many_wait_is_answered_at_once() -> None:
    async def play() -> int:
        patience, news = Patience(most=1), News()
        first = asyncio.create_task(patience.wait(Later("", news.listen(["it"]), FOR_EVER_S)))
        await until(lambda: len(patience._waiting) == 1)
        await patience.wait(Later("", news.listen(["it"]), FOR_EVER_S))
        patience.end()
        await first
        return len(news._ears)

    assert asyncio.run(play()) == 0


@pytest.mark.timeout(60)
def test_without_any_news_the_wait_ends_by_itself() -> None:
    async def play() -> int:
        patience, news = Patience(), News()
        await patience.wait(Later("", news.listen(["it"]), 0.01))
        return len(news._ears)

    assert asyncio.run(play()) == 0
