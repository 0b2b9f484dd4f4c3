"""Releases for some minutes: asked for by one person, agreed to by another, counted down; they return by themselves."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QTimer

from app.domain.clock import TOKYO
from app.errors import AppError
from app.services.tend_restraints import RELEASE
from app.ui.flows.register_acts import Occasion, RegisterActs, RegisterFlow
from app.ui.kit import Kit
from app.ui.screens.register_fields import FieldShown
from app.ui.screens.register_release import RegisterReleaseScreen, ReleaseShown
from app.wire.register import Hit
from app.wire.register_restraint import GrantRelease, ReleaseRow, Releases

TICK_MS = 1000
AGAIN = timedelta(seconds=5)
"""How often the office is asked whether the second person has agreed. Assumed."""
_ASKED = "asked"


class ReleaseFlow(RegisterFlow[RegisterReleaseScreen]):
    """Works between ``begin`` and ``end``; what is in force is counted until it is over or the session ends.

    Who lifts restraints sees everybody's and agrees to others'; who only issues asks, and sees the own.
    """

    def __init__(self, kit: Kit, screen: RegisterReleaseScreen, acts: RegisterActs) -> None:
        super().__init__(kit, screen, acts)
        self._hit: Hit | None = None
        self._values: dict[str, str] = {}
        self._rows: tuple[ReleaseRow, ...] = ()
        self._is_here = self._is_looking = False
        self._looked_at = kit.clock.now()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        screen.edited.connect(self._on_edited)
        screen.grant_asked.connect(self._on_ask)
        screen.confirm_asked.connect(self._on_confirm)
        screen.end_asked.connect(self._on_end)
        screen.refresh_asked.connect(self.look)

    def begin(self, occasion: Occasion, hit: Hit | None = None) -> None:
        """Open the form for somebody who is restrained, or only the list of what waits and is in force."""
        self.enter(occasion)
        self._hit, self._is_here, self._rows = hit, True, ()
        self.screen.show_role(confirms=self.may(RELEASE), asks=hit is not None)
        if hit is not None:
            self._show_form(hit)
        self._show()
        self.look()
        self._timer.start()

    def look(self) -> None:
        """Read the list (again)."""
        restraints, is_boss = self._acts.restraints, self.may(RELEASE)
        self._looked_at, self._is_looking = self._kit.clock.now(), True
        self.ask(lambda press, it: restraints.released(press, it.session, own=not is_boss), self._on_listed)

    def leave(self) -> None:
        """Another screen is open; releases are counted on."""
        super().end()
        self._hit, self._is_here, self._is_looking = None, False, False
        self._values.clear()

    def end(self) -> None:
        self.leave()
        self._timer.stop()
        self._rows = ()

    def tick(self) -> None:
        """A second has gone by: what is over has returned by itself; what waits is asked about."""
        now, before = self._kit.clock.now(), self._rows
        self._rows = tuple(row for row in before if row.until > now)
        if not self._is_here:
            return
        if any(row.state == _ASKED for row in self._rows) and now - self._looked_at >= AGAIN and not self._is_looking:
            self.look()
        self._show()
        if any(row.state != _ASKED for row in before if row not in self._rows):
            self.screen.banner.show_text("information", self._kit.texts.register_release.returned)

    def on_failed(self, error: AppError) -> None:
        self._is_looking = False
        super().on_failed(error)

    def _show_form(self, hit: Hit) -> None:
        acts = tuple(dict.fromkeys(one.act for one in hit.restraints))
        self._values = {"minutes": "10", "act": acts[0] if len(acts) == 1 else ""}
        words, word = self._kit.texts.register_release, self._kit.messages.word
        options = tuple((act, word("restrained_act", act)) for act in acts)
        most = self._acts.rules.release_most_minutes
        fields = (
            FieldShown("act", words.act, "choice", options, required=True),
            FieldShown("minutes", words.minutes_field, support=words.minutes_support(most), required=True),
            FieldShown("reason", words.reason, "long", support=words.reason_support, required=True),
        )
        self.screen.show_form(words.lead(hit.name), fields, self._values)

    def _show(self) -> None:
        self.screen.show_releases([self._line(row) for row in self._rows])

    def _line(self, row: ReleaseRow) -> ReleaseShown:
        words = self._kit.texts.register_release
        waits, left = row.state == _ASKED, row.until - self._kit.clock.now()
        return ReleaseShown(
            release_id=row.release_id,
            name=row.name,
            act=self._kit.messages.word("restrained_act", row.act),
            left=words.waits(str(row.minutes)) if waits else words.remaining(*_left(left)),
            until="―" if waits else _clock(row.until),
            by=row.asked_by if waits else words.by_two(row.asked_by, row.granted_by),
            reason=row.reason,
            waits=waits,
            may=row.may,
        )

    def _on_listed(self, found: Releases) -> None:
        """What the office knows takes the place of what was known here."""
        words, before = self._kit.texts.register_release, {row.release_id: row for row in self._rows}
        self._rows, self._is_looking = found.rows, False
        self._show()
        for row in found.rows:
            old = before.get(row.release_id)
            if old is not None and old.state == _ASKED and row.state != _ASKED:
                self.screen.banner.show_text("success", words.agreed, words.go_on(_clock(row.until)))
        gone = [row for row in before.values() if row.state == _ASKED and row.release_id not in {
            one.release_id for one in found.rows
        }]  # fmt: skip
        if gone:
            self.screen.banner.show_text("warning", words.declined, words.declined_text)

    def _on_edited(self, name: str, value: str) -> None:
        self._values[name] = value

    def _on_ask(self) -> None:
        hit, words, values = self._hit, self._kit.texts.register_release, self._values
        if hit is None:
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
            business_number=hit.business_number,
            act=values["act"],
            minutes=int(minutes),
            reason=values["reason"],
            visit_id="" if self._occasion is None else self._occasion.visit.visit_id,
        )
        restraints, issues_only = self._acts.restraints, not self.may(RELEASE)
        self.screen.show_working()
        self.ask(
            lambda press, it: restraints.release(press, it.session, asked, issues_only=issues_only), self._on_asked
        )

    def _on_asked(self, row: ReleaseRow) -> None:
        words = self._kit.texts.register_release
        self._rows = (row, *self._rows)
        self._show()
        self.screen.banner.show_text("information", words.asked, words.asked_text)

    def _on_confirm(self, release_id: str) -> None:
        found = self._row(release_id)
        if found is not None:
            self._do(partial(self._acts.restraints.confirm_release, agreed=True), found, self._on_confirmed)

    def _on_confirmed(self, row: ReleaseRow) -> None:
        words = self._kit.texts.register_release
        self._rows = tuple(row if one.release_id == row.release_id else one for one in self._rows)
        self._show()
        self.screen.banner.show_text("success", words.granted, words.granted_text(_clock(row.until)))

    def _on_end(self, release_id: str) -> None:
        found = self._row(release_id)
        if found is None:
            return
        restraints, words = self._acts.restraints, self._kit.texts.register_release
        if found.state == _ASKED and "confirm" in found.may:
            decline = partial(restraints.confirm_release, agreed=False)
            self._do(decline, found, lambda _: self._on_ended(release_id, words.declined_done))
        else:
            self._do(restraints.end_release, found, lambda _: self._on_ended(release_id, words.ended))

    def _on_ended(self, release_id: str, said: str) -> None:
        self._rows = tuple(row for row in self._rows if row.release_id != release_id)
        self._show()
        self.screen.banner.show_text("success", said)

    def _do(self, act: Callable[..., object], row: ReleaseRow, done: Callable[..., None]) -> None:
        self.screen.show_working()
        self.ask(lambda press, it: act(press, it.session, row), done)

    def _row(self, release_id: str) -> ReleaseRow | None:
        return next((row for row in self._rows if row.release_id == release_id), None)


def _left(left: timedelta) -> tuple[int, str]:
    seconds = max(0, int(left.total_seconds()))
    return seconds // 60, f"{seconds % 60:02d}"


def _clock(at: datetime) -> str:
    local = at.astimezone(TOKYO)
    return f"{local.hour}:{local.minute:02d}"
