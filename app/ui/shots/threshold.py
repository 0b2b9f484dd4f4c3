"""Pictures of what stands between signing in and work, and of a supervisor's section."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.errors import Refused, SessionEnded
from app.services.ports.seat import Session
from app.ui.flows.section import RECEIVE, draft_lying, seat_shown
from app.ui.flows.threshold import ended_message, moment
from app.ui.screens.elsewhere import ElsewhereScreen
from app.ui.screens.former import FormerScreen
from app.ui.screens.password import PasswordScreen
from app.ui.screens.section import SectionScreen
from app.ui.screens.sign_in import SignInScreen
from app.ui.shots.stage import Shot, Stage
from app.ui.widgets.button import Button
from app.wire.staff import SeatRow
from app.wire.takeover import WaitingDraft

_AT = datetime(2026, 11, 20, 0, 12, tzinfo=UTC)


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Every screen in its states."""
    return (
        Shot("04-elsewhere", lambda: _elsewhere(stage)),
        Shot("04-ended-elsewhere", lambda: _ended(stage, "elsewhere")),
        Shot("04-ended-supervisor", lambda: _ended(stage, "supervisor")),
        Shot("05-password", lambda: _password(stage, is_given=False)),
        Shot("05-password-given", lambda: _password(stage, is_given=True)),
        Shot("05-password-refused", lambda: _password(stage, is_given=False, refused="password_too_plain")),
        Shot("06-former", lambda: _former(stage, leave=False)),
        Shot("06-former-leave", lambda: _former(stage, leave=True)),
        Shot("72-section", lambda: _section(stage, "")),
        Shot("72-section-end", lambda: _section(stage, "return_case")),
        Shot("72-section-take", lambda: _section(stage, "commit")),
    )


def _elsewhere(stage: Stage) -> QWidget:
    screen = ElsewhereScreen(stage.kit)
    screen.show_others([(stage.kit.texts.elsewhere.where("T-05", "5"), moment(_AT))])
    return stage.bare_window(screen)


def _ended(stage: Stage, why: str) -> QWidget:
    screen, sample = SignInScreen(stage.kit, "0.1.0"), stage.sample["admin"]
    window = stage.bare_window(screen)
    told = SessionEnded(
        why=why, by=sample["administrator"], name=sample["name"], terminal="T-05", window="5", at=int(_AT.timestamp())
    )
    screen.show_ended(ended_message(stage.kit, told))
    return window


def _password(stage: Stage, *, is_given: bool, refused: str = "") -> QWidget:
    screen = PasswordScreen(stage.kit)
    window = stage.bare_window(screen) if is_given else stage.window(screen)
    window.show_visit(None)
    screen.show_for(is_given=is_given, has_card=True)
    if refused:
        screen.show_error(stage.kit.messages.of(Refused(refused)))
    return window


def _former(stage: Stage, *, leave: bool) -> QWidget:
    screen = FormerScreen(stage.kit)
    window = stage.bare_window(screen)
    if leave:
        next(one for one in screen.findChildren(Button) if one.text() == stage.kit.texts.former.leave).click()
    return window


def _section(stage: Stage, action: str) -> QWidget:
    screen, kit, sample = SectionScreen(stage.kit), stage.kit, stage.sample["admin"]
    window = stage.window(screen)
    window.show_visit(None)
    actor = Actor("991007", sample["administrator"], "", "", "T-01", (Right(RECEIVE),))
    mine = Session(actor, "", "", secret("t"), _AT, _AT, "key"), "own"
    other = stage.sample["place"]["staff"]

    def seat(name: str, staff_id: str, who: str, locked_at: datetime | None) -> SeatRow:
        return SeatRow(
            session=name,
            staff_id=staff_id,
            name=who,
            terminal=f"T-0{name}",
            window=name,
            started_at=_AT,
            locked_at=locked_at,
        )

    def draft(name: str, ticket: str, who: tuple[str, str], receivers: tuple[str, ...]) -> WaitingDraft:
        return WaitingDraft(
            draft_id=name,
            version=1,
            visit_id="v",
            procedure="x",
            ticket=ticket,
            staff_id=who[0],
            name=who[1],
            terminal=f"T-0{name}",
            saved_at=_AT,
            receivers=receivers,
        )

    seats = (seat("5", sample["staff_id"], sample["name"], _AT), seat("6", sample["approver"], other, None))
    drafts = (
        draft("5", "31", (sample["staff_id"], sample["name"]), ("own",)),
        draft("6", "", (sample["approver"], other), ()),
    )
    title = stage.sample["place"]["procedure_claim"]
    lying = [draft_lying(kit, one, title, mine) for one in drafts]
    screen.show_section([seat_shown(kit, one) for one in seats], lying)
    if action:
        screen.do(action)
    return window
