"""A file of transfers on the screen: read, tried out by the office row by row, proposed as one change."""

from datetime import date
from pathlib import Path

from app.domain.roles import Roles, parse_roles
from app.errors import AppError, DataFault, PartMissing
from app.services.ports.seat import Press, Session
from app.services.transfer_file import Line, transfers_of
from app.ui.flows.admin_acts import AdminActs, day_of
from app.ui.flows.admin_change_words import ChangeReader
from app.ui.flows.admin_reading import AdminFlow
from app.ui.kit import Kit
from app.ui.screens.admin_transfers import AdminTransfersScreen, TransferShown
from app.wire.staff_change import ChangeRow, Plan, PlannedRow, PostRow, Roster, ScheduleChange

_NOTHING = "―"


class TransfersFlow(AdminFlow[AdminTransfersScreen]):
    """Files are read on the window's thread: they are short."""

    def __init__(self, kit: Kit, screen: AdminTransfersScreen, acts: AdminActs) -> None:
        super().__init__(kit, screen, acts)
        self._words = kit.texts.admin_transfers
        self._roles: Roles = {}
        self._roles_name = ""
        self._name = ""
        self._rows: tuple[Line | DataFault, ...] = ()
        screen.file_asked.connect(self._on_file)
        screen.roles_asked.connect(self._on_roles)
        screen.send_asked.connect(self._on_send)

    def begin(self, session: Session) -> None:
        self._forget()
        super().begin(session)

    def end(self) -> None:
        super().end()
        self._forget()

    def _forget(self) -> None:
        self._roles, self._roles_name, self._name, self._rows = {}, "", "", ()

    def _on_file(self) -> None:
        path = self._acts.choose_file(self._words.choose_file)
        if path is None or self._session is None:
            return
        try:
            self._rows = transfers_of(path.name, _text(path), self._roles)
        except AppError as error:
            self._screen.show_failed(self._kit.messages.of(error))
            return
        self._name = path.name
        self._show_files()
        self._screen.show_working()
        transfers = tuple(row.transfer for row in self._rows if isinstance(row, Line))

        def look(press: Press, session: Session) -> tuple[Plan, Roster]:
            plan = self._acts.propose.plan(press, session, transfers)
            return plan, self._acts.changes.roster(self._acts.press(), session)

        self.ask(look, self._on_plan)

    def _on_roles(self) -> None:
        path = self._acts.choose_file(self._words.choose_roles)
        if path is None or self._session is None:
            return
        try:
            self._roles = parse_roles(path.name, _text(path))
        except AppError as error:
            self._screen.show_failed(self._kit.messages.of(error))
            return
        self._roles_name, self._name, self._rows = path.name, "", ()
        self._show_files()
        self._screen.show_rows((), 0)

    def _show_files(self) -> None:
        words = self._words
        roles = words.roles_file(self._roles_name) if self._roles_name else words.no_roles
        self._screen.show_files(words.files(self._name or words.no_file, roles))

    def _on_plan(self, found: tuple[Plan, Roster]) -> None:
        plan, roster = found
        reader = PlanReader(self._kit, roster)
        planned = iter(plan.rows)
        shown = [
            reader.fault(row) if isinstance(row, DataFault) else reader.row(row, next(planned)) for row in self._rows
        ]
        wrong = [row for row in shown if row.kind == "error"]
        self._screen.show_rows([*wrong, *(row for row in shown if row.kind != "error")], len(wrong))

    def _on_send(self, reason: str) -> None:
        change = ScheduleChange(transfers=tuple(row.transfer for row in self._rows if isinstance(row, Line)))
        self._screen.show_working()
        propose = self._acts.propose.propose
        self.ask(lambda press, session: propose(press, session, change, reason), self._on_sent)

    def _on_sent(self, row: ChangeRow) -> None:
        words = self._words
        self._forget()
        self._screen.show_sent(words.sent, self._kit.texts.admin_draft.sent_text(day_of(row.expires_at)))


class PlanReader:
    """Makes the rows of a file that was tried out."""

    def __init__(self, kit: Kit, roster: Roster) -> None:
        self._kit, self._words = kit, kit.texts.admin_transfers
        self._reader = ChangeReader(kit, roster)

    def fault(self, fault: DataFault) -> TransferShown:
        """A row that can't be read."""
        what = self._kit.messages.word("data_fault", str(fault.data["what"]))
        return TransferShown(_line(str(fault.data["place"])), _NOTHING, _NOTHING, _NOTHING, what, "error")

    def row(self, line: Line, planned: PlannedRow) -> TransferShown:
        """A row and what would come of it, or why it can't be."""
        name = self._reader.name(planned.staff_id)
        if planned.refused:
            why = self._kit.messages.word("transfer_refused", planned.refused)
            return TransferShown(_line(line.place), name, _NOTHING, _NOTHING, why, "error")
        words, known = self._words, set(map(_began, planned.posts))
        return TransferShown(
            _line(line.place),
            name,
            self._posts([one for one in planned.posts_after if one not in planned.posts and _began(one) in known])
            or _NOTHING,
            self._posts([one for one in planned.posts_after if _began(one) not in known]) or words.no_post,
            words.rights(len(planned.rights_on), len(planned.rights_off)),
            "success",
        )

    def _posts(self, posts: list[PostRow]) -> str:
        return self._kit.texts.admin_people.join.join(map(self._reader.post, posts))


def _began(post: PostRow) -> tuple[str, date | None]:
    """Which post it is, whenever it ends."""
    return post.department, post.since


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise DataFault(what="not_utf8", place=path.name) from error
        raise PartMissing(what="file_missing", place=path.name) from error


def _line(place: str) -> str:
    """The line of ``file:line.field``."""
    return place.rpartition(":")[2].partition(".")[0]
