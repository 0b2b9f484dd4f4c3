"""A stop or an extra run, or an earlier or later end of one: typed here, counting once another person approved it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Signal

from app.domain.clock import TOKYO
from app.services.ports.seat import Session
from app.ui.flows.boundary_hours import instant
from app.ui.flows.network_flow import NetworkActs, NetworkFlow, day_of, moment
from app.ui.kit import Kit
from app.ui.screens.boundary_span import BoundarySpanScreen
from app.ui.screens.register_fields import MISSING, FieldShown
from app.wire.jukirelay_staff import EndSpan, ProposeSpan, SpanRow

_DAY_MINUTES = 24 * 60


class SpanFlow(NetworkFlow[BoundarySpanScreen]):
    """``done`` carries a title and a sentence."""

    done = Signal(str, str)

    def __init__(self, kit: Kit, screen: BoundarySpanScreen, acts: NetworkActs) -> None:
        super().__init__(kit, screen, acts)
        self._ends: SpanRow | None = None

    def begin(self, session: Session, ends: SpanRow | None = None) -> None:
        """Open the form; ``ends``: the end of this one."""
        self.enter(session)
        self._ends = ends
        words, local = self._kit.texts.boundary_span, self._kit.clock.now().astimezone(TOKYO)
        now = f"{local.hour}:{local.minute:02}"
        until = (
            FieldShown("until_day", words.until_day, "day", required=ends is not None),
            FieldShown("until_time", words.until_time, support=words.time_support, required=ends is not None),
        )
        if ends is not None:
            kind = self.word("span_kind", ends.kind)
            self.screen.show_lead(words.lead_end(moment(ends.since, ""), kind, ends.reason))
            self._values.update({"until_day": self.today().isoformat(), "until_time": now})
            self.screen.show_form(until, self._values)
            return
        self.screen.show_lead(words.lead)
        self._values.update({"kind": "stop", "since_day": self.today().isoformat(), "since_time": now})
        fields = (
            FieldShown("kind", words.kind, "pick", self.options("span_kind"), required=True),
            FieldShown("since_day", words.since_day, "day", required=True),
            FieldShown("since_time", words.since_time, support=words.time_support, required=True),
            *until,
            FieldShown("reason", words.reason, "long", support=words.reason_support, required=True),
        )
        self.screen.show_form(fields, self._values)

    def end(self) -> None:
        super().end()
        self._ends = None

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"send": self._send if self._ends is None else self._send_end}

    def _send(self) -> None:
        words = self._kit.texts.boundary_span
        since, until = self._instant("since"), self._instant("until")
        is_open_end = not self.said("until_day") and not self.said("until_time")
        missing = {} if self.said("kind") else {"kind": MISSING}
        missing |= {} if since is not None else {"since_time": words.time_wrong}
        if until is None and not (is_open_end and self.said("kind") == "stop"):
            missing["until_time"] = words.time_wrong if not is_open_end else words.until_wanted
        elif since is not None and until is not None and until <= since:
            missing["until_time"] = words.order_wrong
        missing |= {} if self.said("reason") else {"reason": MISSING}
        self.screen.show_missing(missing)
        if missing or since is None:
            return
        asked = ProposeSpan(
            span_id=self.entry_id(),
            kind=self.said("kind"),
            since=since,
            until=until,
            reason=self.said("reason"),
        )
        self.write(lambda press, it: self._acts.boundary.propose_span(press, it, asked), self._on_sent)

    def _send_end(self) -> None:
        until, ends, words = self._instant("until"), self._ends, self._kit.texts.boundary_span
        self.screen.show_missing({} if until is not None else {"until_time": words.time_wrong})
        if until is not None and ends is not None:
            asked = EndSpan(span_id=ends.span_id, version=ends.version, until=until)
            self.write(lambda press, it: self._acts.boundary.end_span(press, it, asked), self._on_sent)

    def _on_sent(self, _: SpanRow) -> None:
        words = self._kit.texts.boundary_span
        self.done.emit(words.sent, words.sent_text)

    def _instant(self, name: str) -> datetime | None:
        """The time of two fields; None while one is empty or is none."""
        day, minutes = day_of(self.said(f"{name}_day")), _minutes(self.said(f"{name}_time"))
        return None if day is None or minutes is None else instant(day, minutes)


def _minutes(text: str) -> int | None:
    """9:05, 9：05 or 0905 as minutes of the day; 24:00 is its end."""
    plain = text.replace("：", ":")
    hours, colon, minutes = plain.partition(":")
    if not colon and len(plain) in {3, 4}:
        hours, minutes = plain[:-2], plain[-2:]
    if not (hours.isascii() and hours.isdigit() and minutes.isascii() and minutes.isdigit() and len(minutes) == 2):  # noqa: PLR2004 -- two digits
        return None
    found = int(hours) * 60 + int(minutes)
    return found if found <= _DAY_MINUTES and int(minutes) < 60 else None  # noqa: PLR2004 -- of an hour
