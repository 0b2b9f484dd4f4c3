"""Nobody of that number in the register: whom the resident network names stands before the clerk, or why nobody."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.domain.person import BasicFour, Sex
from app.domain.rights import Right
from app.errors import Unreachable
from app.services.ports.resident_network import NetworkHits, NetworkPerson
from app.services.ports.seat import Press, Session
from app.services.search_network import SearchNetwork
from app.standin.cards.profiles import ADULT
from tests.support.claims import CLAIM
from tests.ui.visit.conftest import Counter

FIRST = BasicFour("手本　一郎", "手本市東区1-1", date(1980, 1, 1), Sex.MALE)
SECOND = BasicFour("手本　市郎", "手本市西区2-2", date(1981, 2, 2), Sex.MALE)


@dataclass
class Gateway:
    """``ResidentNetwork`` in memory: answers what it was told, or is out of reach."""

    hits: NetworkHits | None
    asked: list[tuple[str, BasicFour]] = field(default_factory=list)

    def search_by_four(self, press: Press, session: Session, procedure: str, four: BasicFour) -> NetworkHits:
        self.asked.append((procedure, four))
        if self.hits is None:
            raise Unreachable
        return self.hits


def to_the_number(counter: Counter, gateway: Gateway) -> None:
    """With a card of somebody whom the register does not know, up to the form; the number is confirmed on the way."""
    flow = counter.visit._rooms.number
    flow._acts = replace(flow._acts, search_network=SearchNetwork(gateway, counter.desk.journal))
    counter.desk.register.records[:] = []
    counter.start()
    present = counter.visit._present
    actor = present.session.actor
    rights = (*actor.rights, Right("network.search", CLAIM.id))
    present.session = replace(present.session, actor=replace(actor, rights=rights))
    counter.put_card()
    counter.says("照合番号B　あと10回")
    counter.read_card()
    counter.confirm_face()
    counter.says("住民記録に見つかりません")
    counter.key(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    counter.at("手続の選択")
    counter.enter()
    counter.at("番号確認")
    counter.go_to("個人番号（照合番号A）")
    counter.type(ADULT.my_number)
    counter.key(Qt.Key.Key_F12)
    counter.at("申請入力")


def test_several_whom_the_network_names_are_listed_with_birth_and_address(counter: Counter):
    people = (NetworkPerson(FIRST, "992003"), NetworkPerson(SECOND, "992003"))
    gateway = Gateway(NetworkHits(people, more=True))
    to_the_number(counter, gateway)
    assert [(procedure, four.name) for procedure, four in gateway.asked] == [(CLAIM.id, ADULT.name)]
    counter.says("該当する可能性のある人が2人います")
    for told in ("手本　一郎　昭和55年1月1日　男　手本市東区1-1", "手本　市郎　昭和56年2月2日　男　手本市西区2-2"):
        assert told in counter.shown()
    assert "ほかにもいます" in counter.shown()
    counter.visit.end()
    assert "手本" not in counter.shown()


@pytest.mark.parametrize(
    ("hits", "told"),
    [
        (NetworkHits(()), "住基ネットの検索でも見つかりませんでした"),
        (None, "サーバー"),
    ],
)
def test_nobody_or_no_answer_is_said_and_stops_nothing(counter: Counter, hits: NetworkHits | None, told: str):
    to_the_number(counter, Gateway(hits))
    counter.says(told)
    assert "可能性のある人" not in counter.shown()
