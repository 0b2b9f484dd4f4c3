"""C-02, S03-6: a newcomer comes and moves by proposals of one PC that another PC decides, over mutual TLS."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from app.card.readers import PcscReaders
from app.client.counter import Counter
from app.domain.clock import SystemClock, SystemRandom, business_date
from app.domain.secret import secret
from app.errors import Conflict, NotAllowed, Refused, SignInRefused
from app.services.ports.seat import Press, Session, press
from app.services.sign_in import Given
from app.wire.staff import RightRow
from app.wire.staff_change import (
    AnyChange,
    BundleChange,
    ChangeRow,
    DepartmentChange,
    PersonChange,
    PostRow,
    PostsChange,
    RightsChange,
    Transfer,
)
from tests.support.city import TwoCities

pytestmark = [pytest.mark.timeout(180), pytest.mark.keyring]

FIRST, SECOND, NEW = "v6001", "r5002", "e9001"
LIGHT, DARK = "試しの一課", "試しの二課"


@dataclass
class Offices:
    """Two administrators, each at a PC of their own."""

    here: Counter
    there: Counter
    first: Session
    second: Session

    def press(self) -> Press:
        return press(SystemClock(), SystemRandom())

    def propose(self, change: AnyChange) -> ChangeRow:
        return self.here.cases.propose_changes.propose(self.press(), self.first, change, "試行")

    def approve(self, row: ChangeRow) -> ChangeRow:
        return self.there.cases.decide_changes.approve(self.press(), self.second, row)

    def knock(self, password: str) -> None:
        """The newcomer signs in."""
        self.there.cases.sign_in(self.press(), NEW, Given(secret(password)))

    def may(self) -> set[str]:
        """What the newcomer may do today."""
        people = self.here.cases.decide_changes.roster(self.press(), self.first).people
        return next({right.act for right in one.effective} for one in people if one.staff_id == NEW)


@pytest.fixture
def offices(cities_on_postgresql: TwoCities, keyring_home: dict[str, str]) -> Iterator[Offices]:
    clock = SystemClock()
    here, there = (cities_on_postgresql.counter(PcscReaders(clock)) for _ in range(2))
    now, password = press(clock, SystemRandom()), Given(cities_on_postgresql.password)
    yield Offices(here, there, here.cases.sign_in(now, FIRST, password), there.cases.sign_in(now, SECOND, password))
    there.close()
    here.close()


def test_a_newcomer_moves_and_the_old_rights_end_once_another_administrator_agrees(offices: Offices) -> None:
    today = business_date(SystemClock().now())
    person = PersonChange(staff_id=NEW, name="新任　光", municipality_name="見本市", office="中央区役所")
    right = RightRow(act="visit.open", procedure="*", item_class="*")
    other = RightRow(act="application.receive", procedure="*", item_class="*")
    row = offices.propose(
        BundleChange(
            parts=(
                person,
                DepartmentChange(department=LIGHT, sections=(), rights=(right,)),
                DepartmentChange(department=DARK, sections=(), rights=(other,)),
                PostsChange(staff_id=NEW, posts=(PostRow(department=LIGHT),)),
            )
        )
    )
    with pytest.raises(NotAllowed):
        offices.here.cases.decide_changes.approve(offices.press(), offices.first, row)
    password = offices.approve(row).first_password
    with pytest.raises(Refused, match="password_given"):
        offices.knock(password)
    assert offices.may() == {"visit.open"}
    plan = offices.here.cases.propose_changes.plan(
        offices.press(), offices.first, (Transfer(staff_id=NEW, leaves=DARK, department=LIGHT, on=today),)
    )
    assert plan.rows[0].refused == "other_post"
    moved = (PostRow(department=LIGHT, until=today - timedelta(days=1)), PostRow(department=DARK, since=today))
    move = offices.propose(PostsChange(staff_id=NEW, posts=moved))
    stale = offices.propose(RightsChange(staff_id=NEW, rights=(right,)))
    offices.approve(move)
    assert offices.may() == {"application.receive"}
    with pytest.raises(Conflict):
        offices.approve(stale)
    with pytest.raises(Refused):
        offices.there.cases.decide_changes.reject(offices.press(), offices.second, stale, " ")
    seen = offices.here.cases.decide_changes.shown(offices.press(), offices.first)
    assert [(one.change_id, one.stale) for one in seen.rows] == [(stale.change_id, True)]
    assert offices.here.cases.propose_changes.withdraw(offices.press(), offices.first, stale).outcome == "withdrawn"
    offices.approve(offices.propose(PostsChange(staff_id=NEW, posts=())))
    with pytest.raises(SignInRefused):
        offices.knock(password)
    tries = offices.here.cases.propose_changes.sign_ins(offices.press(), offices.first, refused=True).rows
    assert (tries[0].staff_id, tries[0].cause) == (NEW, "not_in_service")
