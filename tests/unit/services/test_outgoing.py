"""What was given up: who may do something about it, what is recorded, and what becomes of the draft."""

from dataclasses import replace

import pytest

from app.domain.rights import Right
from app.errors import NotAllowed
from app.services.ports.memory import Kind, OutgoingState, Standing
from app.services.ports.seat import Session
from app.services.tend_outgoing import TEND, TendOutgoing, may_tend
from tests.support.slices import MORNING
from tests.unit.services.conftest import Desk


class Given:
    """A postbox and its tending over a list."""

    def __init__(self, *states: OutgoingState) -> None:
        self.states = states
        self.done: list[tuple[str, str]] = []

    def waiting(self) -> tuple[OutgoingState, ...]:
        return self.states

    def hurry(self) -> None:
        self.done.append(("hurry", ""))

    def send_again(self, item_id: str) -> bool:
        self.done.append(("again", item_id))
        return True

    def lay_aside(self, item_id: str) -> bool:
        self.done.append(("aside", item_id))
        return True


def item(name: str, standing: Standing = Standing.DEAD, kind: Kind = Kind.HAND_IN, author: str = "c001"):
    return OutgoingState(name, kind, author, "v1", MORNING, standing, 3, "office.refused", MORNING, "supervisor")


def supervising(session: Session) -> Session:
    return replace(session, actor=replace(session.actor, staff_id="s009", rights=(Right(TEND),)))


@pytest.mark.parametrize(
    ("state", "own", "supervisor"),
    [
        (item("a"), True, True),
        (item("a", author="c002"), False, True),
        (item("a", kind=Kind.VISIT_CLOSED), False, True),
        (item("a", standing=Standing.WAITING), False, False),
    ],
)
def test_a_clerk_tends_the_own_application_and_a_supervisor_whatever_was_given_up(
    counter: Desk,
    state: OutgoingState,
    own: bool,  # noqa: FBT001 -- a row's cell
    supervisor: bool,  # noqa: FBT001 -- a row's cell
):
    session = counter.sign_in()
    assert may_tend(session, replace(state, author=session.actor.staff_id if own else state.author)) is own
    assert may_tend(supervising(session), state) is supervisor


def test_what_was_done_about_an_item_is_in_the_journal_before_it_is_done(counter: Desk):
    session, given = supervising(counter.sign_in()), Given(item("a"))
    tend = TendOutgoing(given, given, counter.journal)
    tend.send_again(counter.press(), session, "a")
    tend.lay_aside(counter.press(), session, "a", "entered_by_hand")
    assert given.done == [("again", "a"), ("aside", "a")]
    assert counter.kinds[-2:] == ["outgoing.sent_again", "outgoing.laid_aside"]
    assert (counter.journal.acts[-1].about, counter.journal.acts[-1].staff_id) == ("a", "s009")


def test_nothing_is_done_without_the_right_without_a_known_reason_or_about_what_has_moved_on(counter: Desk):
    session, given = counter.sign_in(), Given(item("a", author="c002"), item("w", Standing.WAITING))
    tend = TendOutgoing(given, given, counter.journal)
    for about in ("a", "w", "gone"):
        with pytest.raises(NotAllowed):
            tend.send_again(counter.press(), session, about)
    with pytest.raises(NotAllowed):
        tend.lay_aside(counter.press(), supervising(session), "a", "だめだから")
    assert given.done == []
    assert not any(kind.startswith("outgoing.") for kind in counter.kinds)
