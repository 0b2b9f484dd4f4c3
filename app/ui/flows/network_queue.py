"""What still goes to the network: read when it is opened and again on F5."""

from collections.abc import Callable, Mapping
from datetime import datetime

from app.services.ports.seat import Session
from app.ui.flows.network_flow import NetworkFlow, moment
from app.ui.kit import Kit
from app.ui.screens.network_queue import NetworkQueueScreen, QueueLine, QueueSummary
from app.wire.jukinet_counter import BacklogRow, NetworkBacklog

_HOUR = 60


class QueueFlow(NetworkFlow[NetworkQueueScreen]):
    """Works between ``begin`` and ``end``."""

    def begin(self, session: Session) -> None:
        """Open it."""
        self.enter(session)
        self.look()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"refresh": self.look}

    def look(self) -> None:
        """Read it (again)."""
        self.read(lambda press, it: self._acts.levels.backlog(press, it), self._on_backlog)  # noqa: PLW0108 -- typed

    def _on_backlog(self, found: NetworkBacklog) -> None:
        words, count = self._kit.texts.network_queue, self._kit.texts.network.count
        dead = len(found.dead)
        summary = QueueSummary(
            is_open=(words.open, "success") if found.open_now else (words.closed, "warning"),
            waiting=count(found.waiting),
            oldest=age(self._kit, found.oldest_at),
            dead=(count(dead), "error" if dead else "success"),
            next_at=moment(found.next_at, words.nothing),
            cause=cause(self._kit, found.cause) or words.nothing,
        )
        self.screen.show_queue(summary, [self._line(one) for one in found.rows])
        if dead:
            self.screen.banner.show_text("warning", words.dead_title(dead), words.dead_text)

    def _line(self, one: BacklogRow) -> QueueLine:
        words = self._kit.texts.network_queue
        is_dead, is_update = one.state == "dead", one.kind == "update"
        there = {who: words.has if who in one.has else words.has_not for who in ("prefecture", "national")}
        return QueueLine(
            kind=self.word("network_item", one.kind),
            state=words.is_dead if is_dead else words.waits,
            state_kind="error" if is_dead else "information",
            age=age(self._kit, one.made_at),
            prefecture=there["prefecture"] if is_update else words.nothing,
            national=there["national"] if one.kind in {"update", "parcel"} else words.nothing,
            next_at=words.nothing if is_dead else moment(one.next_at, words.nothing),
            cause=cause(self._kit, one.cause) or words.nothing,
        )


def age(kit: Kit, since: datetime | None) -> str:
    """How long something has waited."""
    words = kit.texts.network
    if since is None:
        return words.nobody_waits
    minutes = max(0, int((kit.clock.now() - since).total_seconds()) // 60)
    if minutes < _HOUR:
        return words.minutes(minutes)
    hours = minutes // _HOUR
    return words.waited_hours(hours, minutes % _HOUR) if hours < 24 else words.waited_days(hours // 24)  # noqa: PLR2004 -- of a day


def cause(kit: Kit, code: str) -> str:
    """Why something waits, in words: an error's title, or a word of its own."""
    if not code:
        return ""
    message = kit.messages.of_code(code)
    return kit.messages.word("link_cause", code) if message is None else message.title
