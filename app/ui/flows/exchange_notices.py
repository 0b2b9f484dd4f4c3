"""お知らせ: notices to residents with state and answer; a new one is sent, one that was a mistake is cancelled."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal

from app.services.ports.seat import Press, Session
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.flows.exchange_form import FormAsked, Values
from app.ui.flows.network_flow import day_of
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ColumnLook, ExchangeLook, ExchangeScreen, LineShown
from app.ui.screens.fact_table import facts_of
from app.ui.screens.network_screen import Deed
from app.ui.screens.register_fields import FieldShown
from app.ui.widgets.chip import Kind
from app.ui.widgets.table import Cell
from app.wire.desk import PersonMark
from app.wire.portal_notice import AskNoticeStates, CancelNotice, NoticeState, NoticeStates, SendNotice

NOTIFY = "portal.notify"
_STATES: dict[str, Kind] = {
    "waiting": "information",
    "no_code": "information",
    "answered": "success",
    "opened": "success",
    "unregistered": "warning",
}
_GONE = frozenset({"cancelled", "cancelling"})
_MOST_CHOICES = 10


def notices_screen(kit: Kit) -> ExchangeScreen:
    """The form above, the notices below."""
    words, common = kit.texts.exchange.notices, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.state, 230),
            ColumnLook(words.subject, 170, is_name=True),
            ColumnLook(words.heading),
            ColumnLook(words.answer, 200),
            ColumnLook(words.accepted, 150),
        ),
        before=common.before,
        deeds=(
            Deed("look", common.look, "search", common.look_key),
            Deed("fresh", words.fresh, "next_visit", words.fresh_key, is_primary=True),
            Deed("cancel", words.cancel, "return_case", words.cancel_key),
        ),
        facts_name=words.facts,
        facts_rows=3,
    )
    return ExchangeScreen(kit, look)


class NoticesFlow(ExchangeFlow):
    """``send_asked`` and ``cancel_asked`` carry a ``FormAsked``."""

    send_asked = Signal(object)
    cancel_asked = Signal(object)

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs) -> None:
        super().__init__(kit, screen, acts)
        self._rows: tuple[NoticeState, ...] = ()
        screen.selected.connect(lambda _: self._offer())

    def begin(self, session: Session) -> None:
        """Open the form and read the newest."""
        self.enter(session)
        tasks = self.owners(NOTIFY)
        self._values["task"] = tasks[0][0] if tasks else ""
        field = FieldShown("task", self.words.common.task, "choice", tasks, required=True)
        self.screen.show_form((field,), self._values)
        self._offer()
        if tasks:
            self.look()

    def end(self) -> None:
        super().end()
        self._rows = ()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"look": self.look, "fresh": self._fresh, "cancel": self._cancel}

    def look(self) -> None:
        """Read them (again)."""
        asked = AskNoticeStates(procedure=self.said("task"))
        self.read(lambda press, it: self._cases.notify.states(press, it, asked), self._on_read)

    def _on_read(self, found: NoticeStates) -> None:
        self._rows = found.notices
        self.screen.show_lines([self._line(one) for one in found.notices], self.words.notices.none)
        self._offer()

    def _line(self, row: NoticeState) -> LineShown:
        words, common = self.words.notices, self.words.common
        cells = (
            Cell(self.word("notice_state", row.state), _STATES.get(row.state, "quiet")),
            row.subject.name,
            row.title,
            row.answer or common.none,
            self.at(row.accepted_at),
        )
        message = self._kit.messages.of_code(row.reason) if row.reason else None
        why = (message.title if message else self._kit.messages.refusal(row.reason)) if row.reason else ""
        facts = facts_of(
            (common.person, row.subject.business_number),
            (words.opened, self.at(row.opened_at) if row.opened_at else ""),
            (words.answered, self.at(row.answered_at) if row.answered_at else ""),
            (words.delay, why),
            (words.next, self.at(row.next_at) if row.next_at else ""),
        )
        return LineShown(row.notice_id, cells, facts)

    def _marked(self) -> NoticeState | None:
        return next((one for one in self._rows if one.notice_id == self.screen.marked()), None)

    def _offer(self) -> None:
        row = self._marked()
        can_cancel = row is not None and row.state not in _GONE
        self.screen.show_deeds(("look", "fresh", "cancel") if can_cancel else ("look", "fresh"))

    def _fresh(self) -> None:
        words, common, task = self.words.notice_send, self.words.common, self.said("task")

        def choices(said: Values) -> tuple[str, ...]:
            return tuple(one.strip() for one in said["choices"].replace("，", "、").split("、") if one.strip())

        def faults(said: Values) -> dict[str, str]:
            typed, wrong = said["person"], dict[str, str]()
            if not (typed.isascii() and typed.isdigit() and len(typed) <= 15):  # noqa: PLR2004 -- of a 宛名番号
                wrong["person"] = common.number_wrong
            if len(choices(said)) > _MOST_CHOICES:
                wrong["choices"] = words.too_many
            day = day_of(said["until"])
            if choices(said) and (day is None or day < self.today()):
                wrong["until"] = words.until_wrong
            return wrong

        def work(press: Press, it: Session, said: Values, name: str) -> object:
            notice = SendNotice(
                notice_id=name,
                procedure=task,
                subject=PersonMark(business_number=said["person"].rjust(15, "0"), name=said["name"]),
                title=said["title"],
                body=said["body"],
                choices=choices(said),
                answer_by=day_of(said["until"]) if choices(said) else None,
            )
            return self._cases.notify.send(press, it, notice)

        fields = (
            FieldShown("person", common.person, required=True),
            FieldShown("name", words.name, required=True),
            FieldShown("title", words.heading, "long", required=True),
            FieldShown("body", words.body, "long", required=True),
            FieldShown("choices", words.choices, support=words.choices_support),
            FieldShown("until", words.until, "day"),
        )
        lead = words.lead(self._acts.task(task))
        self.send_asked.emit(FormAsked(lead, fields, work, (words.done, words.done_text), faults=faults))

    def _cancel(self) -> None:
        row, words = self._marked(), self.words.notice_cancel
        if row is None:
            return

        def work(press: Press, it: Session, said: Values, _: str) -> object:
            asked = CancelNotice(notice_id=row.notice_id, reason=said["reason"])
            return self._cases.notify.cancel(press, it, asked)

        reason = FieldShown("reason", words.reason, "choice", self.options("notice_reason"), required=True)
        lead = words.lead(row.title, row.subject.name)
        self.cancel_asked.emit(FormAsked(lead, (reason,), work, (words.done, words.done_text)))
