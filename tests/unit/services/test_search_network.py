"""C-22, M-4: the resident network is searched only for tasks that the law allows and by who has the right."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from app.domain.network_search import Bar, bar_to_search
from app.domain.person import BasicFour, Sex
from app.domain.procedure import Procedure
from app.domain.rights import Right
from app.errors import Unreachable
from app.services.ports.resident_network import NetworkHits, NetworkPerson
from app.services.ports.seat import Press, Session
from app.services.search_network import FoundOutside, NotSearched, SearchNetwork
from tests.support.claims import CLAIM, TODAY
from tests.unit.services.conftest import Desk

FOUR = BasicFour("手本　一郎", "手本市東区1-1", date(1980, 1, 1), Sex.MALE)
WITHOUT = replace(CLAIM, enquiries=tuple(one for one in CLAIM.enquiries if one.path != "juki"))


@dataclass
class Network:
    """A gateway that finds one person."""

    is_down: bool = False
    asked: list[str] = field(default_factory=list)

    def search_by_four(self, press: Press, session: Session, procedure: str, four: BasicFour) -> NetworkHits:
        self.asked.append(procedure)
        if self.is_down:
            raise Unreachable
        return NetworkHits((NetworkPerson(four, "992003"),))


def having(session: Session, *rights: Right) -> Session:
    return replace(session, actor=replace(session.actor, rights=rights))


RIGHT = Right("network.search", CLAIM.id)


@pytest.mark.parametrize(
    ("procedure", "rights", "bar"),
    [
        (CLAIM, (RIGHT,), None),
        (CLAIM, (Right("network.search"),), None),
        (CLAIM, (), Bar.RIGHT),
        (CLAIM, (Right("register.search"),), Bar.RIGHT),
        (CLAIM, (Right("network.search", "another"),), Bar.RIGHT),
        (CLAIM, (replace(RIGHT, until=date(2026, 11, 19)),), Bar.RIGHT),
        (CLAIM, (replace(RIGHT, until=TODAY),), None),
        (WITHOUT, (RIGHT,), Bar.TASK),
        (WITHOUT, (), Bar.TASK),
    ],
)
def test_task_and_right_decide_and_both_must_be_there(
    procedure: Procedure, rights: tuple[Right, ...], bar: Bar | None, counter: Desk
) -> None:
    actor = having(counter.sign_in(), *rights).actor
    assert bar_to_search(procedure, actor, TODAY) is bar


def test_a_ground_that_is_not_in_force_allows_nothing(counter: Desk) -> None:
    ended = tuple(
        replace(one, basis=tuple(replace(row, until=date(2026, 1, 1)) for row in one.basis)) for one in CLAIM.enquiries
    )
    assert bar_to_search(replace(CLAIM, enquiries=ended), having(counter.sign_in(), RIGHT).actor, TODAY) is Bar.TASK


def test_without_a_gateway_it_is_answered_that_none_is_connected(counter: Desk) -> None:
    session = having(counter.sign_in(), RIGHT)
    search, visit = SearchNetwork(None, counter.journal), counter.visit(session)
    assert search.offered(session, CLAIM, counter.press()) == NotSearched("not_connected")  # type: ignore[arg-type]
    assert search(counter.press(), session, visit, CLAIM, FOUR) == NotSearched("not_connected")  # type: ignore[arg-type]
    act = counter.journal.acts[-1]
    assert (act.kind, act.detail()["reason"]) == ("network.search.barred", "not_connected")


def test_what_is_barred_never_reaches_the_network_and_is_kept(counter: Desk) -> None:
    network = Network()
    search, session = SearchNetwork(network, counter.journal), counter.sign_in()
    visit = counter.visit(session)
    for procedure, who, reason in ((CLAIM, session, "right"), (WITHOUT, having(session, RIGHT), "task")):
        assert search(counter.press(), who, visit, procedure, FOUR) == NotSearched(reason)  # type: ignore[arg-type]
        assert counter.journal.acts[-1].detail() == {"procedure": CLAIM.id, "reason": reason}
    assert network.asked == []


def test_who_may_finds_people_outside_and_no_name_stands_in_the_journal(counter: Desk) -> None:
    network = Network()
    session = having(counter.sign_in(), RIGHT)
    search, visit = SearchNetwork(network, counter.journal), counter.visit(session)
    assert search.offered(session, CLAIM, counter.press()) is None
    found = search(counter.press(), session, visit, CLAIM, FOUR)
    assert found == FoundOutside((NetworkPerson(FOUR, "992003"),), more=False)
    assert counter.kinds[-1] == "network.search"
    network.is_down = True
    with pytest.raises(Unreachable):
        search(counter.press(), session, visit, CLAIM, FOUR)
    assert counter.kinds[-1] == "network.search.refused"
    assert "手本" not in repr((counter.journal.acts, found))
