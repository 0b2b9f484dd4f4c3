"""Files, notices, stops and papers at a counter: each is an act before its result is seen, a refused one too."""

from dataclasses import dataclass, field
from typing import NoReturn

import pytest

from app.domain.facts import Facts
from app.errors import Refused
from app.services.enquire import EnquiryCase, planned
from app.services.name_people import NamePeople
from app.services.ports.seat import Press, Session
from app.services.tend_exchange import HandInFiles, NotifyResidents, WatchExchange
from app.wire.desk import PersonMark, RolesMark
from app.wire.portal_notice import CancelNotice, NoticeCancelled, SendNotice
from app.wire.relay_bulk import AskBulkOutcomes, BulkOutcomes, HandInBulk
from app.wire.relay_office import AnnounceStop, NotePapers, PapersNoted, StopRow
from tests.support.claims import CLAIM, FACTS, TODAY
from tests.support.slices import MORNING
from tests.unit.services.conftest import Desk


@dataclass
class Relay:
    """What the office keeps of it, in memory. ``rows``: of a file; ``refusal``: what it refuses everything with."""

    rows: int = 0
    refusal: Refused | None = None
    noted: list[NotePapers] = field(default_factory=list)

    def outcomes(self, press: Press, session: Session, asked: AskBulkOutcomes) -> BulkOutcomes:
        there = max(0, min(2, self.rows - asked.first + 1))
        after = asked.first + there
        return BulkOutcomes(
            batch_id=asked.batch_id,
            layout="outcomes_csv",
            body=b"x" * there,
            rows=there,
            next=after if after <= self.rows else 0,
            lossy=0,
            losses=(),
        )

    def hand_in(self, press: Press, session: Session, part: HandInBulk) -> NoReturn:
        raise self.refusal or AssertionError

    def send(self, press: Press, session: Session, asked: SendNotice) -> NoReturn:
        raise self.refusal or AssertionError

    def cancel(self, press: Press, session: Session, asked: CancelNotice) -> NoticeCancelled:
        return NoticeCancelled(state="cancelled", proof="")

    def announce(self, press: Press, session: Session, asked: AnnounceStop) -> StopRow:
        return StopRow(
            stop_id=asked.stop_id,
            version=1,
            side=asked.side,
            since=asked.since,
            until=None,
            reason=asked.reason,
            by="s001",
        )

    def note_papers(self, press: Press, session: Session, asked: NotePapers) -> PapersNoted:
        self.noted.append(asked)
        return PapersNoted(count=len(asked.papers))


def case(facts: Facts) -> EnquiryCase:
    mark = PersonMark(business_number="100", name="見本　花子")
    roles = RolesMark(presenter=mark, capacity="self", applicant=mark, subjects=(), number_givers=())
    return EnquiryCase("case-1", "v1", CLAIM, roles, facts, TODAY)


def test_all_outcomes_of_a_file_come_part_by_part_and_each_is_an_act(counter: Desk) -> None:
    office = Relay(rows=5)
    parts = list(HandInFiles(office, counter.journal).outcomes(counter.press(), counter.sign_in(), "b1"))
    assert [part.rows for part in parts] == [2, 2, 1]
    assert [act.kind for act in counter.journal.acts if act.about == "b1"] == ["bulk.outcomes_taken"] * 3


def test_what_is_refused_is_an_act_too(counter: Desk) -> None:
    office = Relay(refusal=Refused("unknown_layout"))
    part = HandInBulk(
        batch_id="b2", procedure="p", layout="x", outcomes="y", part=1, is_last=True, body=b"secret content"
    )
    with pytest.raises(Refused):
        HandInFiles(office, counter.journal).hand_in(counter.press(), counter.sign_in(), part)
    act = counter.journal.acts[-1]
    assert (act.kind, act.detail()["code"]) == ("bulk.handed_in.refused", "office.refused")
    assert "secret" not in str(counter.journal.acts)


def test_a_notice_leaves_no_word_of_it_in_the_journal(counter: Desk) -> None:
    office = Relay(refusal=Refused("notice_closed"))
    notify = NotifyResidents(office, office, NamePeople(office), counter.journal)
    whom = PersonMark(business_number="100", name="見本　花子")
    notice = SendNotice(notice_id="n1", procedure="p", subject=whom, title="題", body="本文")
    with pytest.raises(Refused):
        notify.send(counter.press(), counter.sign_in(), notice)
    notify.cancel(counter.press(), counter.sign_in(), CancelNotice(notice_id="n1", reason="mistaken"))
    said = str([act for act in counter.journal.acts if act.about == "n1"])
    assert "notice.given.refused" in said
    assert "notice.withdrawn" in said
    assert not [word for word in ("題", "本文", "花子") if word in said]


def test_papers_are_noted_under_the_very_enquiries_that_could_replace_them(counter: Desk) -> None:
    office = Relay()
    watch = WatchExchange(office, counter.journal)
    about = case(FACTS)
    noted = watch.note_papers(counter.press(), counter.sign_in(), about, ["tax_certificate", "something_else"])
    due = [one for one in planned(about) if "tax_certificate" in one.due.enquiry.replaces]
    assert due
    assert noted == PapersNoted(count=len(due))
    assert [one.enquiry_id for one in office.noted[0].papers] == [one.enquiry_id for one in due]
    assert watch.note_papers(counter.press(), counter.sign_in(), about, ["something_else"]) is None
    assert len(office.noted) == 1


def test_an_announced_stop_is_an_act(counter: Desk) -> None:
    asked = AnnounceStop(stop_id="s1", side="network", since=MORNING, until=None, reason="fault")
    row = WatchExchange(Relay(), counter.journal).announce(counter.press(), counter.sign_in(), asked)
    assert row.stop_id == "s1"
    assert counter.journal.acts[-1].kind == "exchange.stop_announced"
