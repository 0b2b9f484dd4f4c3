"""Releases for some minutes, by whomever: granted here, counted down, ended early; they return by themselves."""

from datetime import datetime, timedelta

from PySide6.QtCore import QTimer

from app.domain.clock import TOKYO
from app.ui.flows.register_acts import Occasion, RegisterActs, RegisterFlow
from app.ui.kit import Kit
from app.ui.screens.register_fields import FieldShown
from app.ui.screens.register_release import RegisterReleaseScreen, ReleaseShown
from app.wire.register import Record
from app.wire.register_restraint import GrantRelease, ReleaseRow, Releases

TICK_MS = 1000


class ReleaseFlow(RegisterFlow[RegisterReleaseScreen]):
    """Works between ``begin`` and ``end``; what is in force is counted until it is over or the session ends."""

    def __init__(self, kit: Kit, screen: RegisterReleaseScreen, acts: RegisterActs) -> None:
        super().__init__(kit, screen, acts)
        self._record: Record | None = None
        self._values: dict[str, str] = {}
        self._granted: tuple[tuple[ReleaseRow, str], ...] = ()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        screen.edited.connect(self._on_edited)
        screen.grant_asked.connect(self._on_grant)
        screen.end_asked.connect(self._on_end)

    def begin(self, occasion: Occasion, record: Record) -> None:
        """Open the form for whose record was open."""
        self.enter(occasion)
        self._record = record
        acts = tuple(dict.fromkeys(one.act for one in record.hit.restraints))
        self._values = {"minutes": "10", "act": acts[0] if len(acts) == 1 else ""}
        words, word = self._kit.texts.register_release, self._kit.messages.word
        options = tuple((act, word("restrained_act", act)) for act in acts)
        most = self._acts.rules.release_most_minutes
        fields = (
            FieldShown("act", words.act, "choice", options, required=True),
            FieldShown("minutes", words.minutes_field, support=words.minutes_support(most), required=True),
            FieldShown("reason", words.reason, "long", support=words.reason_support, required=True),
        )
        self.screen.show_form(words.lead(record.hit.name), fields, self._values)
        self._show()
        self.ask(lambda press, it: self._acts.restraints.released(press, it.session), self._on_listed)

    def leave(self) -> None:
        """Another screen is open; releases are counted on."""
        super().end()
        self._record = None
        self._values.clear()

    def end(self) -> None:
        self.leave()
        self._timer.stop()
        self._granted = ()

    def tick(self) -> None:
        """A second has gone by: what is over has returned by itself."""
        now, before = self._kit.clock.now(), self._granted
        self._granted = tuple((row, name) for row, name in before if row.until > now)
        if self._record is not None:
            self._show()
            if len(self._granted) < len(before):
                self.screen.banner.show_text("information", self._kit.texts.register_release.returned)

    def _show(self) -> None:
        now, words, word = self._kit.clock.now(), self._kit.texts.register_release, self._kit.messages.word
        self.screen.show_releases([
            ReleaseShown(
                release_id=row.release_id,
                name=name,
                act=word("restrained_act", row.act),
                left=words.remaining(*_left(row.until - now)),
                until=_clock(row.until),
                by=row.granted_by,
            )
            for row, name in self._granted
        ])

    def _on_listed(self, found: Releases) -> None:
        """What the office knows to be in force takes the place of what was known here."""
        self._granted = tuple((row, row.name) for row in found.rows)
        if self._granted:
            self._timer.start()
        self._show()

    def _on_edited(self, name: str, value: str) -> None:
        self._values[name] = value

    def _on_grant(self) -> None:
        record, words, values = self._record, self._kit.texts.register_release, self._values
        if record is None:
            return
        most, minutes = self._acts.rules.release_most_minutes, values.get("minutes", "")
        is_count = minutes.isascii() and minutes.isdigit() and 0 < int(minutes) <= most
        missing = {} if values.get("act") else {"act": words.act_missing}
        missing |= {} if is_count else {"minutes": words.minutes_wrong(most)}
        missing |= {} if values.get("reason") else {"reason": words.reason_missing}
        if missing:
            self.screen.show_missing(missing)
            return
        asked = GrantRelease(
            release_id=self._acts.new_id(),
            business_number=record.hit.business_number,
            act=values["act"],
            minutes=int(minutes),
            reason=values["reason"],
            visit_id="" if self._occasion is None else self._occasion.visit.visit_id,
        )
        name = record.hit.name
        self.screen.show_working()
        self.ask(
            lambda press, it: self._acts.restraints.release(press, it.session, asked),
            lambda row: self._on_granted(row, name),
        )

    def _on_granted(self, row: ReleaseRow, name: str) -> None:
        words = self._kit.texts.register_release
        self._granted = (*self._granted, (row, name))
        self._timer.start()
        self._show()
        self.screen.banner.show_text("success", words.granted, words.granted_text(_clock(row.until)))

    def _on_end(self, release_id: str) -> None:
        found = next((row for row, _ in self._granted if row.release_id == release_id), None)
        if found is not None:
            self.screen.show_working()
            self.ask(
                lambda press, it: self._acts.restraints.end_release(press, it.session, found),
                lambda _: self._on_ended(release_id),
            )

    def _on_ended(self, release_id: str) -> None:
        self._granted = tuple((row, name) for row, name in self._granted if row.release_id != release_id)
        self._show()
        self.screen.banner.show_text("success", self._kit.texts.register_release.ended)


def _left(left: timedelta) -> tuple[int, str]:
    seconds = max(0, int(left.total_seconds()))
    return seconds // 60, f"{seconds % 60:02d}"


def _clock(at: datetime) -> str:
    local = at.astimezone(TOKYO)
    return f"{local.hour}:{local.minute:02d}"
