"""Pictures of the boundary to the resident network: hours and stops, one person, what was given up, records."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.ui.resources import read_toml
from app.ui.screens.boundary_halted import BoundaryHaltedScreen, HaltedShown
from app.ui.screens.boundary_hours import BoundaryHoursScreen, SideShown, SpanShown
from app.ui.screens.boundary_linkage import BoundaryLinkageScreen, LinkageShown
from app.ui.screens.boundary_person import BoundaryPersonScreen, SentShown
from app.ui.screens.boundary_span import BoundarySpanScreen
from app.ui.screens.network_screen import FactShown, NetworkScreen
from app.ui.screens.register_fields import FieldShown
from app.ui.shots.stage import Shot, Stage


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every screen in its states."""
    made = Made(stage)
    return (
        Shot("98-boundary-hours", made.hours),
        Shot("98-boundary-hours-closed", lambda: made.hours(closed=True)),
        Shot("98-boundary-hours-reload", lambda: made.hours(asks="hold")),
        Shot("98-boundary-span", made.span),
        Shot("98-boundary-span-end", lambda: made.span(ends=True)),
        Shot("99-boundary-person", made.person),
        Shot("99-boundary-halted", made.halted),
        Shot("99-boundary-halted-none", lambda: made.halted(filled=False)),
        Shot("99-boundary-linkage", made.linkage),
    )


class Made:
    """Builds the windows from invented values."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._kit = stage, stage.kit
        self._sample: dict[str, dict[str, str]] = read_toml("text", "shots_network.toml")

    def _window(self, screen: NetworkScreen) -> QWidget:
        window = self._stage.window(screen)
        window.show_visit(None)
        return window

    def _word(self, table: str, code: str) -> str:
        return self._kit.messages.word(table, code)

    def hours(self, *, closed: bool = False, asks: str = "") -> QWidget:
        screen, words, one = BoundaryHoursScreen(self._kit), self._kit.texts.boundary_hours, self._sample["hours"]
        window, texts = self._window(screen), self._kit.texts.network
        today = words.with_next(one["network"], one["day"])
        network = SideShown((words.open, "success"), today, words.until_close("20:00"))
        beside = words.with_next(one["register"], one["day"])
        register = SideShown((words.open, "success"), beside, words.until_close("19:00"))
        if closed:
            register = SideShown((words.closed, "warning"), beside, one["at"])
        screen.show_sides(network, register, words.wide_closed if closed else words.wide_open)
        waits = (texts.count(3), self._sample["queue"]["age"], one["heard"])
        screen.show_waiting(waits, (words.loading, "warning") if closed else (words.whole, "success"))
        asked = self._word("span_state", "proposed")
        screen.show_spans((
            SpanShown("1", self._word("span_kind", "stop"), one["since"], one["until"], one["reason"], one["asked"],
                      asked, "information"),
            SpanShown("2", self._word("span_kind", "extra"), one["since"], one["until"], one["reason"], one["by"],
                      self._word("span_state", "approved"), "success"),
            SpanShown("3", self._word("span_kind", "stop"), one["at"], words.end_wished(one["at"]), one["reason"],
                      one["by"], words.end_waits, "information"),
        ))  # fmt: skip
        screen.show_deeds(("fresh", "approve", "refuse", "reload", "refresh"))
        if asks:
            screen.do(asks)
        if closed:
            screen.banner.show_text("success", words.reloading, words.reloading_text)
        return window

    def span(self, *, ends: bool = False) -> QWidget:
        screen, words, one = BoundarySpanScreen(self._kit), self._kit.texts.boundary_span, self._sample["hours"]
        window = self._window(screen)
        until = (
            FieldShown("until_day", words.until_day, "day", required=ends),
            FieldShown("until_time", words.until_time, support=words.time_support, required=ends),
        )
        values = {"kind": "stop", "since_day": "2026-11-21", "until_day": "2026-11-21", "reason": one["reason"]}
        values |= {"since_time": "13:00", "until_time": "18:00"}
        if ends:
            screen.show_lead(words.lead_end(one["since"], self._word("span_kind", "stop"), one["reason"]))
            screen.show_form(until, values)
            return window
        screen.show_lead(words.lead)
        fields = (
            FieldShown("kind", words.kind, "pick", self._kit.messages.words("span_kind"), required=True),
            FieldShown("since_day", words.since_day, "day", required=True),
            FieldShown("since_time", words.since_time, support=words.time_support, required=True),
            *until,
            FieldShown("reason", words.reason, "long", support=words.reason_support, required=True),
        )
        screen.show_form(fields, values)
        return window

    def person(self) -> QWidget:
        screen, words = BoundaryPersonScreen(self._kit), self._kit.texts.boundary_person
        window, at, nothing = self._window(screen), self._sample["queue"], self._kit.texts.network.nothing
        fields = (
            FieldShown("subject", words.subject, support=words.subject_support, required=True),
            FieldShown("place", words.place, support=words.place_support),
        )
        screen.show_form(fields, {"subject": self._sample["linkage"]["number"]})
        kind, state = partial(self._word, "link_kind"), partial(self._word, "link_state")
        busy = self._word("link_cause", "busy")
        screen.show_sent(
            (
                SentShown(kind("delivery"), state("waiting"), "information", at["at"], at["next"], busy),
                SentShown(kind("identity"), state("taken"), "information", at["at"], nothing, nothing),
                SentShown(kind("card"), state("done"), "success", at["at"], nothing, nothing),
            ),
            words.none,
        )
        screen.show_deeds(("look", "deliver"))
        return window

    def halted(self, *, filled: bool = True) -> QWidget:
        screen, words = BoundaryHaltedScreen(self._kit), self._kit.texts.boundary_halted
        window, at, entry = self._window(screen), self._sample["queue"]["at"], self._sample["linkage"]["entry"]
        if not filled:
            return window
        no_place, no_code = (self._word("link_cause", code) for code in ("no_municipality_code", "no_resident_code"))
        screen.show_halted((
            HaltedShown("1", self._word("link_kind", "moving_out"), at, entry, no_place, needs_place=True),
            HaltedShown("2", self._word("link_kind", "identity"), at, entry, no_code, needs_place=False),
        ))
        fields = (
            FieldShown("reason", words.reason, support=words.reason_support),
            FieldShown("place", words.place, support=words.place_support),
        )
        screen.show_form(fields, {})
        screen.show_deeds(("again", "close", "refresh"))
        return window

    def linkage(self) -> QWidget:
        screen, words = BoundaryLinkageScreen(self._kit), self._kit.texts.boundary_linkage
        window, at, about = self._window(screen), self._sample["queue"]["at"], self._sample["linkage"]["number"]
        fields = (
            FieldShown("since", words.since, "day", required=True),
            FieldShown("until", words.until, "day", required=True),
            FieldShown("subject", words.subject, support=words.subject_support),
            FieldShown("kind", words.kind, "pick", self._kit.messages.words("linkage_kind")),
        )
        screen.show_form(fields, {"since": "2026-11-20", "until": "2026-11-20", "kind": "all"})
        facts = (FactShown(self._word("act_item", "asked_by"), self._sample["moving"]["from"]),)
        rows = (
            LinkageShown(at, self._word("act", "wide_area.issued"), about, words.while_closed, "information", facts),
            LinkageShown(at, self._word("act", "link.queued"), about, "", "quiet", ()),
        )
        screen.show_records(rows, words.none)
        screen.banner.show_text("success", words.found(2))
        return window
