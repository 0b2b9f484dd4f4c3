"""情報連携記録 looked up by days and person; copies that were issued while the register was closed are marked."""

from collections.abc import Callable, Mapping

from app.domain.exchange_rules import Hours
from app.services.ports.seat import Press, Session
from app.services.tend_boundary import STATE
from app.ui.flows.network_flow import NetworkFlow, day_of, moment
from app.ui.screens.boundary_linkage import BoundaryLinkageScreen, LinkageShown
from app.ui.screens.network_screen import FactShown
from app.ui.screens.register_fields import FieldShown
from app.wire.jukirelay_staff import Linkage, LinkageRow, SideHours

_ISSUED, _REFUSED = "wide_area.issued", "wide_area.refused"


class LinkageFlow(NetworkFlow[BoundaryLinkageScreen]):
    """Works between ``begin`` and ``end``."""

    def begin(self, session: Session) -> None:
        """Open the form for today."""
        self.enter(session)
        words, today = self._kit.texts.boundary_linkage, self.today().isoformat()
        self._values.update({"since": today, "until": today, "kind": "all"})
        fields = (
            FieldShown("since", words.since, "day", required=True),
            FieldShown("until", words.until, "day", required=True),
            FieldShown("subject", words.subject, support=words.subject_support),
            FieldShown("kind", words.kind, "pick", self.options("linkage_kind")),
        )
        self.screen.show_form(fields, self._values)

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"look": self._look}

    def _look(self) -> None:
        since, until = day_of(self.said("since")), day_of(self.said("until"))
        words, boundary, subject = self._kit.texts.boundary_linkage, self._acts.boundary, self.said("subject")
        missing = {} if since is not None else {"since": words.day_wrong}
        if until is None or (since is not None and until < since):
            missing["until"] = words.day_wrong
        self.screen.show_missing(missing)
        if since is None or until is None or missing:
            return
        days, sees_hours = (since, until), self.may(STATE)

        def look(press: Press, it: Session) -> tuple[Linkage, SideHours | None]:
            side = boundary.calendar(press, it).register if sees_hours else None
            return boundary.linkage(press, it, days, subject), side

        self.read(look, self._on_found)

    def _on_found(self, found: tuple[Linkage, SideHours | None]) -> None:
        words, (records, side) = self._kit.texts.boundary_linkage, found
        wanted = self.said("kind")
        rows = [one for one in records.rows if wanted != "wide_area" or one.kind in {_ISSUED, _REFUSED}]
        self.screen.show_records([self._shown(one, side) for one in rows], words.none)
        if records.more:
            self.screen.banner.show_text("warning", words.more, words.more_text)
        elif rows:
            self.screen.banner.show_text("success", words.found(len(rows)))

    def _shown(self, one: LinkageRow, side: SideHours | None) -> LinkageShown:
        words = self._kit.texts.boundary_linkage
        note = ""
        if one.kind in {_ISSUED, _REFUSED} and side is not None:
            hours = Hours(_minutes(side.opens), _minutes(side.closes), side.closed_days)
            note = "" if hours.open_at(one.at) else words.while_closed
        return LinkageShown(
            at=moment(one.at, ""),
            what=self.word("act", one.kind),
            about=one.about,
            note=note,
            note_kind="information",
            facts=tuple(FactShown(self.word("act_item", name), value) for name, value in one.what if value),
        )


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)
