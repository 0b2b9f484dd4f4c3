"""C-26: two persons' entries are put together field by field before a correction goes on; nothing typed is lost."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from app.domain.secret import secret
from app.services.correct_application import CorrectApplication
from app.services.ports.seat import Session
from app.ui.background import Lane
from app.ui.flows.merge import MergeActs, MergeFlow
from app.wire.desk import ApplicationView, CheckReception, OpenApplication
from tests.edge.backend.desk.conftest import FACTS, hand_in
from tests.fakes.memory import MemoryWork
from tests.support.patient_bot import soon
from tests.ui.review.conftest import CHECKER, CLERK, Desk
from tests.ui.review.test_review import texts_of

MINE = FACTS | {"claimant_phone": "0111111111", "claim_reason": "birth"}
THEIRS = FACTS | {"claimant_phone": "0112222222", "claimant_occupation": "other"}


@dataclass
class Merging:
    """A clerk whose own entries lie on this PC while a colleague's reached the desk."""

    desk: Desk
    work: MemoryWork
    flow: MergeFlow
    correct: CorrectApplication
    session: Session
    ready: list[ApplicationView] = field(default_factory=list)

    def view(self) -> ApplicationView:
        asked = OpenApplication(application_id="a1")
        return self.desk.office.desk.review.open(self.desk.office.call(CLERK), asked)

    def give_back(self, version: int) -> None:
        asked = CheckReception(
            application_id="a1", version=version, outcome="returned", reason="entry_wrong", note="電話"
        )
        self.desk.office.desk.review.check(self.desk.office.call(CHECKER), asked)

    def both_enter(self, mine: dict[str, object]) -> ApplicationView:
        """It came back; entries are made here; a colleague's come first; it came back once more."""
        office, press = self.desk.office, self.desk.review._acts.press
        office.receive()
        self.give_back(1)
        draft = self.correct(press(), self.session, self.view(), self.flow._books.procedures[0])
        self.work.save(draft.changed(facts=mine))
        office.slice.clock.move(minutes=9)
        again = hand_in("a1", version=2, facts=THEIRS)
        office.desk.reception.hand_in(office.call(CLERK), again)
        self.give_back(3)
        return self.view()

    def rows(self) -> list[str]:
        return texts_of(self.desk.find(QTableView)).splitlines()


@pytest.fixture
def merging(desk: Desk) -> Iterator[Merging]:
    now = desk.office.slice.clock.at
    session = Session(CLERK, "北市", "中央区役所", secret("t"), now, now.replace(year=2027), "not_asked")
    work, lane = MemoryWork(), Lane("store")
    work.open(CLERK.staff_id, secret("x"), None)
    correct = CorrectApplication(work, desk.journal)
    acts = MergeActs(desk.review._acts.press, correct, desk.review._books)
    flow = MergeFlow(desk.review._kit, desk.window, lane, acts)
    made = Merging(desk, work, flow, correct, session)
    flow.ready.connect(made.ready.append)
    yield made
    flow.end()
    assert lane.close()


def test_both_versions_stand_side_by_side_and_what_is_not_taken_is_kept(merging: Merging) -> None:
    view = merging.both_enter(MINE)
    merging.flow.begin(merging.session, view)
    merging.desk.sees("3項目が違い、うち1項目は両方が変えています")
    merging.desk.sees("差戻しの理由：記入に誤りまたは漏れがある　電話")
    first, *others = merging.rows()
    assert "電話番号" in first
    assert "011-000-0000" in first.replace("0110000000", "011-000-0000")
    assert "0111111111" in first
    assert "0112222222" in first
    assert "あなたの入力" in first
    assert len(others) == 2
    merging.desk.sees("職員001 の入力：R8.11.20 10:09")
    merging.desk.press(Qt.Key.Key_F7)
    assert merging.rows()[0].endswith("ほかの職員")
    merging.desk.press(Qt.Key.Key_F12)
    merging.desk.qtbot.waitUntil(lambda: bool(merging.ready))
    draft = merging.work.draft("a1")
    assert (draft.version, draft.facts["claimant_phone"]) == (view.version, "0112222222")
    assert (draft.facts["claim_reason"], draft.facts["claimant_occupation"]) == ("birth", "other")
    (kept,) = draft.set_aside
    assert (kept.path, kept.value, kept.name) == ("claimant_phone", "0111111111", CLERK.name)
    assert soon(lambda: "application.merged" in [act.kind for act in merging.desk.journal.acts])


def test_what_was_not_taken_reaches_the_desk_and_its_reviewer(merging: Merging) -> None:
    view = merging.both_enter(MINE)
    apart = merging.correct.apart(view)
    assert apart is not None
    press, procedure = merging.desk.review._acts.press(), merging.flow._books.procedures[0]
    draft = merging.correct.settle(press, merging.session, view, (procedure, apart, {}))
    office = merging.desk.office
    handed = hand_in("a1", version=draft.version, facts=draft.facts, set_aside=draft.set_aside)
    office.desk.reception.hand_in(office.call(CLERK), handed)
    merging.desk.sign_in(CHECKER)
    merging.desk.open_first()
    shown = "\n".join(texts_of(one) for one in merging.desk.window.findChildren(QTableView) if one.isVisible())
    assert "電話番号（使わなかった入力）　0112222222（職員001）" in shown


def test_without_entries_of_ones_own_the_correction_goes_on_at_once(merging: Merging) -> None:
    view = merging.both_enter(dict(FACTS))
    merging.flow.begin(merging.session, view)
    merging.desk.qtbot.waitUntil(lambda: merging.ready == [view])


def test_a_draft_of_the_same_return_is_no_conflict(merging: Merging) -> None:
    merging.desk.office.receive()
    merging.give_back(1)
    view = merging.view()
    press, procedure = merging.desk.review._acts.press(), merging.flow._books.procedures[0]
    merging.work.save(merging.correct(press, merging.session, view, procedure).changed(facts=MINE))
    assert merging.correct.apart(view) is None
