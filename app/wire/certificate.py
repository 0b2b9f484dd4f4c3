"""Messages about certificates: what is asked for and by whom, each numbered copy, its page, and what became of it."""

from datetime import date, datetime

import msgspec

from app.wire.desk import Evidence
from app.wire.message import Message


class AskCertificate(Message, frozen=True):
    """証明書の請求. ``persons``: 宛名番号, in the order of the page; ``groups``: what is asked for besides.

    ``presenter``: 宛名番号, "" where unknown here; ``presenter_name``: as on the document that was seen.
    ``reason``: of a third party, profession or authority; ``power``: the law by which an authority may have the
    個人番号; ``exemption``: on what ground no fee is taken; ``replaces``: the spoiled copy whose place it takes.
    ``card``: 印鑑登録証の番号.
    """

    kind: str
    persons: tuple[str, ...]
    capacity: str
    presenter_name: str
    evidence: tuple[Evidence, ...]
    groups: tuple[str, ...] = ()
    presenter: str = ""
    channel: str = "counter"
    purpose: str = ""
    reason: str = ""
    submit_to: str = ""
    power: str = ""
    copies: int = 1
    exemption: str = ""
    replaces: str = ""
    card: str = ""
    visit_id: str = ""


def in_place_of(asked: AskCertificate, number: str) -> AskCertificate:
    """The same once more, for the spoiled copy ``number``; our own fault costs nothing."""
    return msgspec.structs.replace(asked, copies=1, replaces=number, exemption="fault")


class PageRow(Message, frozen=True):
    """One item of a page, as it is printed."""

    item: str
    label: str
    value: str


class PageBlock(Message, frozen=True):
    """What stands together: the household, or one person."""

    title: str
    rows: tuple[PageRow, ...]


class Page(Message, frozen=True):
    """What is printed. ``form``: its template; ``marks``: 公用, 再交付; ``picture``: a seal's imprint, PNG.

    ``bears_number``: 個人番号 or 住民票コード stands on it. ``picture_mm``: how wide it is printed, tenths of a mm.
    """

    form: str
    title: str
    number: str
    day: date
    statement: str
    blocks: tuple[PageBlock, ...]
    marks: tuple[str, ...] = ()
    bears_number: bool = False
    picture: bytes = b""
    picture_mm: int = 0


class FeeLine(Message, frozen=True):
    """What is to be paid, yen. ``assumed``: the amount awaits the city's rule; ``offered``: grounds for none."""

    each: int
    total: int
    exemption: str = ""
    assumed: bool = False
    offered: tuple[tuple[str, str], ...] = ()


class CertificateDraft(Message, frozen=True):
    """To look at before a copy is made: guarded items are masked and no number is taken.

    ``route``: counter or post; ``address``: where post goes, the registered one; ``findings``: checks to be looked at;
    ``basis``: what it rests on, to be shown again.
    """

    page: Page
    fee: FeeLine
    route: str
    address: tuple[str, ...]
    findings: tuple[str, ...]
    basis: str


class IssueCopies(Message, frozen=True):
    """Make the copies. ``basis``: of the draft that was looked at; ``confirmed``: its findings."""

    asked: AskCertificate
    basis: str
    confirmed: tuple[str, ...] = ()


class CopyRow(Message, frozen=True):
    """One copy. ``state``: issued, printed, handed, posted or spoiled; ``fee``: what was taken after corrections.

    ``spoiled_why``: a code of the shipped list; ``replaced_by``: the number of the copy in its place.
    """

    number: str
    kind: str
    title: str
    state: str
    route: str
    capacity: str
    fee: int
    exemption: str
    bears_number: bool
    issued_by: str
    issued_at: datetime
    may: tuple[str, ...]
    version: int
    spoiled_why: str = ""
    replaced_by: str = ""
    sheets: int = 0
    visit_id: str = ""


class Copies(Message, frozen=True):
    """Copies, newest first. ``taken``: yen of all of them."""

    rows: tuple[CopyRow, ...]
    taken: int


class AskCopies(Message, frozen=True):
    """Ask for the copies of a visit, or of a day of the own office."""

    visit_id: str = ""
    day: date | None = None


class PrintCopy(Message, frozen=True):
    """The page of a copy, to be printed now. Everything is looked at once more."""

    number: str
    version: int


class PrintedCopy(Message, frozen=True):
    """The page with everything on it; ``address``: where it is posted to. ``proof``: the receipt of the record."""

    row: CopyRow
    page: Page
    address: tuple[str, ...]
    proof: str


class SpoilCopy(Message, frozen=True):
    """書損: the copy is not handed over and is destroyed. ``reason``: a code of the shipped list."""

    number: str
    version: int
    reason: str


class HandCopy(Message, frozen=True):
    """The second look is done: ``sheets`` pages are handed over or posted (``how``: handed, posted)."""

    number: str
    version: int
    how: str
    sheets: int


class CorrectFee(Message, frozen=True):
    """What was really taken for a copy, yen, and why it was recorded otherwise; the first amount stays kept."""

    number: str
    version: int
    yen: int
    reason: str


class AskKinds(Message, frozen=True):
    """Ask what this register issues."""


class GroupOffered(Message, frozen=True):
    """Items that may be asked for together. ``only``: japanese, foreign or ""; ``may``: who asks may print them."""

    id: str
    title: str
    only: str
    is_number: bool
    may: bool


class KindOffered(Message, frozen=True):
    """A kind of certificate. ``of``: present, removed, leaving, left or seal."""

    id: str
    title: str
    of: str
    single: bool
    by_card: bool
    capacities: tuple[str, ...]
    groups: tuple[GroupOffered, ...]
    fee: int
    exemptions: tuple[tuple[str, str], ...]


class Kinds(Message, frozen=True):
    """What this register issues."""

    kinds: tuple[KindOffered, ...]
    spoil_reasons: tuple[str, ...]
    copies_most: int
