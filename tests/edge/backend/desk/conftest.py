"""A desk with its staff: who receives, who checks, who examines, who decides, and somebody of another section."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest

from app.backend.desk import store
from app.backend.desk.ports import Addressee
from app.backend.desk.service import DeskService, Neighbours, desk_service
from app.domain.call import Call
from app.domain.identity import Aspect, Means, Question, Result
from app.domain.procedure_data import parse_procedure
from app.domain.rights import Actor, Right
from app.errors import Refused
from app.wire.desk import (
    AnswerMark,
    CheckReception,
    Decide,
    Evidence,
    Examine,
    HandIn,
    PersonMark,
    Receipt,
    RolesMark,
    StepDone,
)
from tests.support.documents import RULES
from tests.support.slices import MORNING, OpenSlice, SliceOpener, call, person
from tests.support.source import ROOT

MOVE, COPY = (
    parse_procedure(tomllib.loads((ROOT / folder / f"{name}.toml").read_text("utf-8")), name)
    for folder, name in (
        ("resources/procedures", "move_within_city"),
        ("tests/support/procedures", "resident_record_copy"),
    )
)
FILE = ROOT / "resources" / "procedures" / "child_allowance_claim.toml"
PROCEDURE = parse_procedure(tomllib.loads(FILE.read_text("utf-8")), FILE.name)
CLAIM = PROCEDURE.id

APPLICANT = PersonMark(business_number="100", name="髙橋　花子")
ROLES = RolesMark(presenter=APPLICANT, capacity="self", applicant=APPLICANT, number_givers=(APPLICANT,))
EVIDENCE = Evidence(
    about=Question.IDENTITY,
    method=Means.CHIP,
    document="my_number_card",
    verdicts={
        Aspect.ISSUER: "verified",
        Aspect.CHIP: "not_checked:card_key_unproven",
        Aspect.FACE: "verified",
    },
    result=Result.CONFIRMED,
    staff_id="001",
    terminal="T-001",
    at=MORNING,
)
FACTS = {
    "claimant_name": "髙橋　花子",
    "claimant_kana": "タカハシ　ハナコ",
    "claimant_birth": "1990-04-02",
    "claimant_address": "北市中央一丁目2番3号",
    "claimant_phone": "0110000000",
    "claimant_number": "linked",
    "claimant_jan1": "011002",
    "claimant_occupation": "employee",
    "spouse_exists": False,
    "children": (
        {
            "child_name": "髙橋　太郎",
            "child_birth": "2020-05-05",
            "child_relation": "child",
            "child_together": True,
            "child_custody": True,
            "child_livelihood": "shared",
        },
    ),
    "claim_reason": "moved_in",
    "event_date": "2026-11-15",
    "previous_municipality": "131016",
    "account_public": True,
    "claim_date": "2026-11-20",
    "claim_signed": True,
}


def having(*acts: str) -> tuple[Right, ...]:
    return tuple(Right(act, CLAIM) for act in acts)


AUTHOR = person("001", *having("application.receive", "application.read", "application.examine", "application.check"))
CHECKER = person("002", *having("application.check", "application.read"))
EXAMINER = person("003", *having("application.examine", "application.read", "application.decide"))
DECIDER = person("004", *having("application.decide", "application.read", "enquiry.read"))
GENERAL = person("009", "visit.open", "draft.keep", Right("application.receive", "another"))


def hand_in(application_id: str = "a1", **more) -> HandIn:
    given = {
        "visit_id": "v1",
        "procedure": CLAIM,
        "roles": ROLES,
        "facts": FACTS,
        "evidence": (EVIDENCE,),
        "reached_at": MORNING,
    }
    return HandIn(application_id=application_id, **(given | more))


@dataclass
class KeptAnswers:
    """What the relay keeps, by enquiry id; ``is_elsewhere``: another process has it."""

    kept: dict[str, AnswerMark] = field(default_factory=dict)
    is_elsewhere: bool = False

    def answers(self, call: Call, enquiry_ids: Sequence[str]) -> Mapping[str, AnswerMark]:
        if self.is_elsewhere:
            raise Refused("relay_elsewhere")
        return {name: self.kept[name] for name in enquiry_ids if name in self.kept}

    def keep(self, *answers: AnswerMark) -> tuple[AnswerMark, ...]:
        self.kept |= {one.enquiry_id: one for one in answers}
        return answers


@dataclass
class Registered:
    """Where the register says that people live, by 宛名番号."""

    people: dict[str, Addressee] = field(default_factory=dict)

    def registered(self, call: Call, business_number: str) -> Addressee | None:
        return self.people.get(business_number)


@dataclass
class Office:
    """The desk with words for what people do there."""

    desk: DeskService
    slice: OpenSlice
    relay: KeptAnswers
    register: Registered

    def call(self, actor: Actor, key: str = "") -> Call:
        return call(actor, self.slice.clock.at, key)

    def receive(self, application_id: str = "a1", actor: Actor = AUTHOR, **more) -> Receipt:
        return self.desk.reception.hand_in(self.call(actor), hand_in(application_id, **more))

    def check(
        self, actor: Actor, version: int = 1, outcome: str = "passed", reason: str = "", field: str = ""
    ) -> StepDone:
        asked = CheckReception(application_id="a1", version=version, outcome=outcome, reason=reason, field=field)
        return self.desk.review.check(self.call(actor), asked)

    def examine(self, actor: Actor, version: int = 2, outcome: str = "passed", **more) -> StepDone:
        asked = Examine(application_id="a1", version=version, outcome=outcome, **more)
        return self.desk.review.examine(self.call(actor), asked)

    def decide(self, actor: Actor, version: int = 3, outcome: str = "approved", **more) -> StepDone:
        asked = Decide(application_id="a1", version=version, outcome=outcome, **more)
        return self.desk.review.decide(self.call(actor), asked)


def office_on(opened: OpenSlice) -> Office:
    """The desk's services on an open slice."""
    book = store.DeskStore(opened.database, opened.cells, opened.answers, opened.pen, opened.logbook)
    relay, register = KeptAnswers(), Registered()
    procedures = {one.id: one for one in (PROCEDURE, MOVE, COPY)}
    return Office(desk_service(book, procedures, RULES, Neighbours(relay, register)), opened, relay, register)


@pytest.fixture
def office(slice_opener: SliceOpener) -> Office:
    return office_on(slice_opener("desk", store))


def days(number: int) -> timedelta:
    return timedelta(days=number)


def tokyo(day: date, hour: int) -> datetime:
    """The instant at which it is ``hour`` o'clock in the office."""
    return MORNING.replace(year=day.year, month=day.month, day=day.day, hour=0) + timedelta(hours=hour - 9)
