"""Certificates and seals for tests: who asks, on what evidence, and short words for what is done."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from app.backend.register.ports import Particulars, PastName, Residence, Resident
from app.backend.register.service.certificate_desk import CertificateDesk, IssueBooks, certificate_desk
from app.domain.identity import Aspect, Means, Part, Question, Result
from app.domain.rights import ItemClass, Right
from app.server.certificates import issue_books
from app.wire.certificate import (
    AskCertificate,
    CertificateDraft,
    Copies,
    CopyRow,
    HandCopy,
    IssueCopies,
    Page,
    PrintCopy,
    PrintedCopy,
    SpoilCopy,
)
from app.wire.desk import Evidence
from app.wire.seal import RegisterSeal, SealDone
from tests.edge.backend.register.changing import (
    HOME,
    NORTH,
    RULES,
    Here,
    Office,
    call,
    dweller,
    fresh_id,
    office_on,
    settled,
)
from tests.edge.backend.register.conftest import FOLDER, number
from tests.support.imprints import imprint
from tests.support.slices import KITA, MORNING, OpenSlice, person

ISSUER = replace(
    person(
        "i01",
        "certificate.issue",
        "seal.register",
        *(Right("certificate.issue", item_class=one) for one in ItemClass),
    ),
    department="戸籍住民",
)
COLLEAGUE = replace(ISSUER, staff_id="i02", terminal="T-i02")
WITHOUT_NUMBERS = replace(person("i03", "certificate.issue"), department="戸籍住民")
ELSEWHERE = replace(ISSUER, staff_id="i04", department="税務")

CODE = "12345678903"
HEAD = dweller(
    "300",
    "渡邉󠄂　葵",
    "H30",
    kana="ワタナベ　アオイ",
    former_name="髙𣘺",
    birth=date(1985, 3, 4),
    sex="2",
    my_number=number(30000000001),
    resident_code=CODE,
    moved_in_on=date(2012, 4, 1),
    moved_from="南市本町4番",
    residences=(
        Residence("北市北区北九条西9番9号", date(2012, 4, 1), date(2018, 6, 30), NORTH),
        Residence(HOME, date(2018, 7, 1), None, NORTH),
    ),
    more=Particulars(origin="札幌市中央区北一条西二丁目", origin_head="渡邉󠄂　実", legal_kana="わたなべ　あおい"),
    past_names=(PastName("髙𣘺　葵", "タカハシ　アオイ", date(2015, 5, 5)),),
)
CHILD = dweller("301", "渡邉󠄂　蓮", "H30", "子", birth=date(2016, 8, 8), my_number=number(30000000002))
GUEST = dweller(
    "310",
    "NGUYEN THI HOA",
    "H31",
    kana="グエン　ティ　ホア",
    alias="花田　ホア",
    birth=date(1992, 9, 1),
    sex="2",
    my_number=number(30000000003),
    residence_status="技術・人文知識・国際業務",
    more=Particulars(
        nationality="ベトナム", kanji_name="阮氏花", status_until=date(2028, 3, 31), card_number="AB12345678CD"
    ),
)
FRIEND = dweller("320", "山田　一郎", "H32", birth=date(1970, 1, 1))
PEOPLE = (HEAD, CHILD, GUEST, FRIEND)


def evidence(question: Question = Question.IDENTITY, **more: Any) -> Evidence:
    given = {
        "about": question,
        "method": Means.EYE,
        "document": "driving_licence",
        "verdicts": {Aspect.FACE: "verified"},
        "result": Result.CONFIRMED,
        "staff_id": "i01",
        "terminal": "T-i01",
        "at": MORNING,
        "role": Part.PRESENTER,
    }
    return Evidence(**(given | more))


LICENCE = (evidence(),)
QUESTIONED = (evidence(method=Means.QUESTIONS, document=""),)
ENTRUSTED = (*LICENCE, evidence(Question.AUTHORITY, method=Means.PAPER, document="power_of_attorney"))
GROUND = (*LICENCE, evidence(Question.AUTHORITY, method=Means.PAPER, document="ground_of_request"))
PROFESSION = (*LICENCE, evidence(Question.AUTHORITY, method=Means.PAPER, document="professional_request"))
OFFICIAL = (*LICENCE, evidence(Question.AUTHORITY, method=Means.PAPER, document="public_request"))
SHOWN: dict[str, dict[str, Any]] = {
    "self": {"evidence": LICENCE, "presenter": "300"},
    "same_household": {"evidence": LICENCE, "presenter": "301"},
    "agent": {"evidence": ENTRUSTED},
    "third_party": {"evidence": GROUND, "reason": "貸金の請求"},
    "professional": {"evidence": PROFESSION, "reason": "訴訟の準備"},
    "public_use": {"evidence": OFFICIAL, "reason": "税の調査"},
}


@dataclass(frozen=True)
class Window(Office):
    """The register with its certificates on one store."""

    desk: CertificateDesk

    def draft(self, asked: AskCertificate, who=ISSUER) -> CertificateDraft:
        return self.desk.certificates.draft(call(who, self.now), asked)

    def issue(self, asked: AskCertificate, who=ISSUER, draft: CertificateDraft | None = None, **how: Any) -> Copies:
        looked = draft or self.draft(asked, who)
        given = {"basis": looked.basis, "confirmed": looked.findings} | how
        return self.desk.certificates.issue(call(who, self.now), IssueCopies(asked=asked, **given))

    def print(self, row: CopyRow, who=ISSUER, key: str = "") -> PrintedCopy:
        return self.desk.copies.print(call(who, self.now, key), PrintCopy(number=row.number, version=row.version))

    def whole(self, asked: AskCertificate, who=ISSUER) -> PrintedCopy:
        """Drafted, issued and printed."""
        return self.print(self.issue(asked, who).rows[0], who)

    def spoil(self, row: CopyRow, reason: str = "paper", who=ISSUER) -> CopyRow:
        asked = SpoilCopy(number=row.number, version=row.version, reason=reason)
        return self.desk.copies.spoil(call(who, self.now), asked)

    def hand(self, row: CopyRow, how: str = "handed", who=ISSUER) -> CopyRow:
        asked = HandCopy(number=row.number, version=row.version, how=how, sheets=1)
        return self.desk.copies.hand(call(who, self.now), asked)

    def registered(self, business_number: str = "300", text: str = "渡邉", who=ISSUER, **more: Any) -> SealDone:
        return self.desk.seals.register(call(who, self.now), seal(business_number, text, **more))


def seal(business_number: str = "300", text: str = "渡邉", **more: Any) -> RegisterSeal:
    given = {
        "seal_id": fresh_id("s"), "way": "own_photo", "shape": "clear", "imprint": imprint(15), "capacity": "self",
        "presenter_name": "渡邉　葵", "evidence": LICENCE, "presenter": business_number,
    }  # fmt: skip
    return RegisterSeal(business_number=business_number, text=text, **(given | more))


def asks(kind: str = "residence_copy", *persons: str, capacity: str = "self", **more: Any) -> AskCertificate:
    given = {"kind": kind, "persons": persons or ("300",), "capacity": capacity, "presenter_name": "渡邉　葵"}
    return AskCertificate(**(given | SHOWN.get(capacity, {"evidence": ENTRUSTED}) | more))


@cache
def _books() -> IssueBooks:
    """Read once for all tests."""
    return issue_books()


def window_on(opened: OpenSlice, people: tuple[Resident, ...] = PEOPLE) -> Window:
    office = office_on(opened)
    office.register.load([replace(one, municipality=Here.code) for one in people], opened.clock.at, "load")
    desk = certificate_desk(office._book, FOLDER, RULES, _books())
    return Window(office.slice, office.register, office.changes, desk)


def said(page: Page) -> dict[str, str]:
    """Every item of a page of one person."""
    return {row.item: row.value for block in page.blocks for row in block.rows}


def values(page: Page) -> str:
    """All that is printed."""
    return "\n".join(row.value for block in page.blocks for row in block.rows)


def in_one_place(opened: OpenSlice) -> Iterator[tuple[Window, str]]:
    """A city that tests which change no record share, and where it is: tests go on elsewhere in between."""
    for _ in settled(opened):
        yield window_on(opened), Here.code


def back_in(shared: tuple[Window, str]) -> Iterator[Window]:
    """One test in the shared city."""
    window, Here.code = shared
    window.slice.clock.at = MORNING
    yield window
    Here.code = KITA
