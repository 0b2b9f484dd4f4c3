"""A supervisor's section: sessions are ended and sealed drafts taken over, each after a question and never silently."""

from app.services.ports.seat import Session
from app.services.take_over import SectionSeen, TakeOver, may
from app.ui.flows.admin_acts import AdminActs, moment
from app.ui.flows.admin_reading import AdminFlow
from app.ui.kit import Kit
from app.ui.screens.section import DraftLying, SeatShown, SectionScreen
from app.wire.draft import Draft
from app.wire.staff import SeatRow
from app.wire.takeover import WaitingDraft

RECEIVE = "application.receive"


class SectionFlow(AdminFlow[SectionScreen]):
    """``take_over``: the use cases; ``own_key`` names the key under which drafts open at this terminal."""

    def __init__(self, kit: Kit, screen: SectionScreen, acts: AdminActs, take_over: TakeOver) -> None:
        super().__init__(kit, screen, acts)
        self._take_over = take_over
        self._seats: dict[str, SeatRow] = {}
        self._drafts: dict[str, WaitingDraft] = {}
        screen.refresh_asked.connect(self.start)
        screen.end_asked.connect(self._on_end)
        screen.take_asked.connect(self._on_take)

    def start(self) -> None:
        self.ask(self._take_over.shown, self._on_seen)

    def end(self) -> None:
        super().end()
        self._seats, self._drafts = {}, {}

    def _on_seen(self, seen: SectionSeen) -> None:
        session = self._session
        if session is None:
            return
        self._seats = {one.session: one for one in seen.seats}
        self._drafts = {one.draft_id: one for one in seen.drafts}
        own, titles = self._take_over.own_key(), self._acts.procedures
        self._screen.show_section(
            [seat_shown(self._kit, one) for one in seen.seats],
            [draft_lying(self._kit, one, titles.get(one.procedure, ""), (session, own)) for one in seen.drafts],
        )

    def _on_end(self, name: str) -> None:
        seat = self._seats.get(name)
        if seat is not None:
            self._screen.show_working()
            self.ask(lambda press, session: self._take_over.end(press, session, seat), lambda _: self._on_ended(seat))

    def _on_ended(self, seat: SeatRow) -> None:
        words = self._kit.texts.section
        self._screen.banner.show_text("success", words.ended_title(seat.name), words.ended_text)
        self.start()

    def _on_take(self, draft_id: str) -> None:
        draft = self._drafts.get(draft_id)
        if draft is not None:
            self._screen.show_working()
            self.ask(
                lambda press, session: self._take_over.take(press, session, draft),
                lambda taken: self._on_taken(draft, taken),
            )

    def _on_taken(self, draft: WaitingDraft, taken: Draft) -> None:
        words, title = self._kit.texts.section, self._acts.procedures.get(taken.procedure, "")
        self._screen.banner.show_text("success", words.taken_title(draft.name, title), words.taken_text)
        self.start()


def seat_shown(kit: Kit, one: SeatRow) -> SeatShown:
    """A session in words."""
    words = kit.texts.section
    where = words.where(one.terminal, one.window)
    locked = one.locked_at is not None
    return SeatShown(
        name=one.session,
        person=words.who(one.staff_id, one.name),
        terminal=where,
        started=moment(one.started_at),
        state=words.locked(moment(one.locked_at)[-5:]) if one.locked_at is not None else words.open,
        kind="information" if locked else "success",
        question=words.end_title(one.name, where),
    )


def draft_lying(kit: Kit, one: WaitingDraft, title: str, mine: tuple[Session, str]) -> DraftLying:
    """A sealed draft in words. ``mine``: who looks, and the id of the key that opens drafts here."""
    words, (session, own) = kit.texts.section, mine
    barred = "" if may(session, RECEIVE) else words.no_counter
    return DraftLying(
        draft_id=one.draft_id,
        person=words.who(one.staff_id, one.name),
        terminal=one.terminal,
        ticket=one.ticket or kit.texts.parts.empty_value,
        procedure=title or one.procedure,
        saved=moment(one.saved_at),
        question=words.take_title(one.name, title),
        barred=barred if own in one.receivers else words.not_here,
    )
