"""A desk with its reception book: the sections of 障害支援 and 保護, and a till with the register's fees."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import pytest

from app.backend.desk import store
from app.backend.desk.service import DeskService, Neighbours, desk_service
from app.backend.desk.service.book_room import BookRoom, book_room
from app.backend.desk.service.fees import FeeBooks
from app.domain.call import Call
from app.domain.fee_closing import FeeLine
from app.domain.fees import parse_fees
from app.domain.procedure_data import parse_procedure
from app.domain.rights import Actor, Right
from app.wire import desk, desk_book, desk_case
from tests.edge.backend.desk.conftest import KeptAnswers, Registered
from tests.support.documents import RULES
from tests.support.slices import OpenSlice, SliceOpener, call, person
from tests.support.source import ROOT

LONG, SHORT, NURSERY, CLAIM = (
    "disability_services",
    "public_assistance",
    "nursery_certification",
    "child_allowance_claim",
)
PROCEDURES = {
    name: parse_procedure(tomllib.loads((ROOT / "resources/procedures" / f"{name}.toml").read_text("utf-8")), name)
    for name in (LONG, SHORT, NURSERY, CLAIM)
}
FEES = parse_fees(tomllib.loads((ROOT / "resources/tables/desk_fees.toml").read_text("utf-8")))
NAME = desk.PersonMark(business_number="100", name="髙橋　花子")
ROLES = desk.RolesMark(presenter=NAME, capacity="self", applicant=NAME)
WORK = ("application.read", "application.check", "application.examine", "application.decide", "case.tend")


def clerk(staff_id: str, procedure: str, *more: str, terminal: str = "") -> Actor:
    """Somebody who works with one section's procedure."""
    rights = [Right(act, procedure) for act in (*WORK, *more) if not act.startswith("fee.")]
    rights += [Right(act) for act in more if act.startswith("fee.")]
    return person(staff_id, Right("application.receive"), *rights, terminal=terminal)


SURVEYOR, EXAMINER, OTHER = clerk("101", LONG), clerk("102", LONG), clerk("103", LONG)
CHIEF = clerk("109", LONG, "case.assign")
WORKER = clerk("201", SHORT)
COUNTER = person("301", "application.receive", terminal="T-3")
CASHIER = person("401", "fee.take", "fee.close", terminal="T-4")
SECOND = person("402", "fee.take", "fee.close", "fee.void", terminal="T-4")


@dataclass
class RegisterTook:
    """What the register noted, by terminal."""

    lines: dict[str, list[FeeLine]] = field(default_factory=dict)

    def taken(self, call: Call, since: datetime | None, through: datetime) -> Sequence[FeeLine]:
        return [
            one
            for one in self.lines.get(call.actor.terminal, [])
            if (since is None or one.at > since) and one.at <= through
        ]


@dataclass
class BookOffice:
    """The desk with words for what people do in the book."""

    desk: DeskService
    room: BookRoom
    slice: OpenSlice
    register: RegisterTook
    book: store.DeskStore

    @property
    def today(self) -> date:
        return self.call(COUNTER).day

    def call(self, actor: Actor, key: str = "") -> Call:
        return call(actor, self.slice.clock.at, key)

    def receive(
        self, application_id: str = "a1", procedure: str = LONG, actor: Actor = COUNTER, **more
    ) -> desk.Receipt:
        given = {"reached_at": self.slice.clock.at, "facts": {}, "evidence": (), "roles": ROLES, "visit_id": "v1"}
        asked = desk.HandIn(application_id=application_id, procedure=procedure, **(given | more))
        return self.desk.reception.hand_in(self.call(actor), asked)

    def check(self, actor: Actor = SURVEYOR, application_id: str = "a1", version: int = 1) -> desk.StepDone:
        asked = desk.CheckReception(application_id=application_id, version=version, outcome="passed")
        return self.desk.review.check(self.call(actor), asked)

    def examine(self, actor: Actor = EXAMINER, application_id: str = "a1", version: int = 2) -> desk.StepDone:
        asked = desk.Examine(application_id=application_id, version=version, outcome="passed")
        return self.desk.review.examine(self.call(actor), asked)

    def page(self, actor: Actor = EXAMINER, **more) -> desk_book.BookPage:
        return self.room.book.page(self.call(actor), desk_book.AskBook(**more))

    def card(self, actor: Actor = EXAMINER, application_id: str = "a1") -> desk_book.CaseCard:
        return self.room.book.card(self.call(actor), desk_book.AskCase(application_id=application_id))

    def step(self, name: str, actor: Actor = EXAMINER) -> desk_case.TrackMark:
        return next(one for one in self.card(actor).track if one.step == name)

    def begin(self, step: str, actor: Actor = EXAMINER, owner: str = "") -> desk_book.CaseDone:
        asked = desk_case.BeginStage(application_id="a1", step=step, owner=owner)
        return self.room.track.begin(self.call(actor), asked)

    def finish(self, step: str, outcome: str, actor: Actor = EXAMINER, **more) -> desk_book.CaseDone:
        given = {"version": self.step(step, actor).version, "done_on": self.today}
        asked = desk_case.FinishStage(application_id="a1", step=step, outcome=outcome, **(given | more))
        return self.room.track.finish(self.call(actor), asked)

    def give(self, owner: str, actor: Actor, version: int = 1, application_id: str = "a1") -> desk_book.CaseDone:
        asked = desk_book.GiveCase(application_id=application_id, owner=owner, version=version)
        return self.room.handing.give(self.call(actor), asked)

    def board(self, actor: Actor = WORKER, **more) -> desk_case.Board:
        return self.room.board.board(self.call(actor), desk_case.AskBoard(**more))


def book_on(opened: OpenSlice) -> BookOffice:
    """The desk and its book on an open slice."""
    book = store.DeskStore(opened.database, opened.cells, opened.answers, opened.pen, opened.logbook)
    register = RegisterTook()
    desk_ = desk_service(book, PROCEDURES, RULES, Neighbours(KeptAnswers(), Registered()))
    titles = {"residence_copy": "住民票の写し"}
    room = book_room(book, PROCEDURES, FeeBooks(FEES, titles), register)
    return BookOffice(desk_, room, opened, register, book)


@pytest.fixture
def office(slice_opener: SliceOpener) -> BookOffice:
    return book_on(slice_opener("desk", store))
