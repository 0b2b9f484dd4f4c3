"""手続: a procedure of the office as data: fields, enquiries, checks, steps, outputs, clocks, amounts."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.conditions import ALWAYS, Condition
from app.domain.enquiry_period import PeriodRule
from app.domain.identity import Regime
from app.domain.procedure_amount import Amount
from app.domain.register_filing import RegisterFiling

_PLACE = re.compile(r"(?:(?P<group>\w+)\[[0-9]{1,3}\]\.)?(?P<field>\w+)", re.ASCII)


class Kind(StrEnum):
    """What a field takes. ``MY_NUMBER`` holds linked, given, declined or absent, never the number itself."""

    TEXT = "text"
    NAME = "name"
    KANA = "kana"
    DATE = "date"
    MONTH = "month"
    CHOICE = "choice"
    YES_NO = "yes_no"
    NUMBER = "number"
    DIGITS = "digits"
    ACCOUNT = "account"
    ADDRESS = "address"
    PHONE = "phone"
    MUNICIPALITY = "municipality"
    MY_NUMBER = "my_number"


class Need(StrEnum):
    """How much a field is needed. Nothing of this ever stops a reception."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    ASKED = "asked"
    """Asked for; without an answer the case goes on all the same."""
    WHEN = "when"
    """Required in the case that its ``when`` names, else not shown."""


class Level(StrEnum):
    """エラー・確認: whether a finding stops what it blocks or asks for a look."""

    ERROR = "error"
    CONFIRM = "confirm"


class Stage(StrEnum):
    """How far a case is to go next; a check blocks from its stage on, and never the reception."""

    RECEPTION = "reception"
    FINALISE = "finalise"
    DECIDE = "decide"
    ISSUE = "issue"
    HAND_OVER = "hand_over"

    @property
    def order(self) -> int:
        return list(Stage).index(self)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a field."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One entry of a form.

    ``of``: whose it is. ``group``: the repeating group it is a column of, else "". ``source``: where its value may come
    from, in order (card, register, linked, link, juki, nws, ask). ``prefill``: paths into what card and register gave.
    ``length``: digits for ``DIGITS`` and ``ACCOUNT``, else the longest entry in characters; 0 for no limit.
    ``confidence``: P published, K known practice, A assumed.
    """

    id: str
    label: str
    of: str
    kind: Kind
    need: Need
    section: str
    group: str = ""
    source: tuple[str, ...] = ()
    prefill: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    length: int = 0
    hint: str = ""
    when: Condition = ALWAYS
    confidence: str = "K"


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that repeat, such as one per child. ``minimum`` rows are required for the decision."""

    id: str
    label: str
    of: str
    section: str
    minimum: int
    maximum: int
    prefill: tuple[str, ...]
    fields: tuple[Field, ...]
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Given:
    """A fact that nobody types: the program or an enquiry's answer gives it. ``kind`` as for fields."""

    id: str
    kind: Kind
    source: str


@dataclass(frozen=True, slots=True)
class Section:
    """One step of the form."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Which regime of identity check holds, and of whom.

    ``former_address``: the field that holds the address before the change, where a notice goes to it; else "".
    ``again``: handing in can't be taken back, so whoever was identified is looked at once more before it.
    """

    regime: Regime
    of: str
    former_address: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """One row of legal ground.

    ``series``: old (別表第一・第二, to 2024-05-26), new (別表), order (令和6年デジタル庁・総務省令第9号), law.
    """

    series: str
    item: str
    since: date | None
    until: date | None
    confidence: str

    def in_force(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def citable(self) -> bool:
        """Whether a user may be shown it as a citation: published items only, never assumed ones."""
        return self.confidence == "P" and bool(self.item)


@dataclass(frozen=True, slots=True)
class YearRule:
    """In the months ``first`` to ``last`` the tax year asked is that of the request plus ``offset``."""

    first: int
    last: int
    offset: int


@dataclass(frozen=True, slots=True)
class Enquiry:
    """情報照会 that a procedure may make.

    ``path``: own | link | juki | nws. ``provider``: whom to ask: own, "field:<id>" (a municipality in a field) or
    "body:<name>". ``asks_of``: the persons asked about; ``each``: a group of whom every row is asked, or "".
    ``gives``: facts that its answer fills. ``consent``: none | required | unknown. ``period``: it asks from–to.
    """

    id: str
    label: str
    information: str
    asks_of: tuple[str, ...]
    each: str
    path: str
    provider: str
    purpose: str
    item_class: str
    when: Condition
    years: tuple[YearRule, ...]
    replaces: tuple[str, ...]
    consent: str
    basis: tuple[Basis, ...]
    gives: tuple[str, ...]
    period: PeriodRule | None = None

    def basis_on(self, day: date) -> Basis | None:
        """The ground in force for a request of ``day``."""
        return next((row for row in self.basis if row.in_force(day)), None)


@dataclass(frozen=True, slots=True)
class Check:
    """A rule about the facts. ``each``: a group whose every row is asked, or "". ``fields``: where to look.

    ``what``, ``why`` and ``next`` are the clerk's sentences; ``{label}`` stands for the row's first field.
    """

    id: str
    level: Level
    blocks: Stage | None
    when: Condition
    each: str
    fields: tuple[str, ...]
    what: str
    why: str
    next: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the review, or a step of a long case. ``not_by``: steps whose persons may not do this one.

    Of a long case: ``phase`` says when it is done (``EXAMINATION``, before the examination passes, or ``AFTERWARDS``,
    once the application is granted; "" for the acts of the review), ``after`` which steps come before it, ``days`` by
    when from its begin (0: no day), ``outcomes`` what may come of it, ``letter`` the output that tells the person.
    """

    id: str
    title: str
    role: str
    act: str
    not_by: tuple[str, ...]
    phase: str = ""
    after: tuple[str, ...] = ()
    days: int = 0
    outcomes: tuple[Option, ...] = ()
    letter: str = ""


EXAMINATION, AFTERWARDS = "examination", "afterwards"


@dataclass(frozen=True, slots=True)
class Output:
    """A paper that a step makes. ``needs``: parts that it may not be made without.

    ``reason`` stands on it where the step itself gave none, as on what grants what was asked for.
    """

    id: str
    title: str
    kind: str
    step: str
    needs: tuple[str, ...]
    form: str
    text: str
    instruction: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ProcedureClock:
    """A period: ``days`` days from the date in field ``since``, first day not counted, closed days as the law says.

    ``since`` ``RECEIPT``: from the day of receipt. ``effect`` "start_month": kept, payment counts from the month after
    the event's; else from the month after receipt. ``duty``: whose it is to keep it, ``OFFICE`` (then it runs from the
    receipt) or "person".
    ``delay``: the law asks for a notice with the reason when it is not kept; ``until``: the clock that then holds.
    """

    id: str
    label: str
    since: str
    days: int
    extend: bool
    effect: str
    when: Condition
    confidence: str
    duty: str = "person"
    delay: bool = False
    until: str = ""


RECEIPT, OFFICE = "receipt", "office"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that remains to be brought, in the case that ``when`` names."""

    id: str
    label: str
    when: Condition
    confidence: str


@dataclass(frozen=True, slots=True)
class NumberUse:
    """The law's row that allows the number here. Shown to users only where ``citable``."""

    basis: tuple[Basis, ...]

    def basis_on(self, day: date) -> Basis | None:
        return next((row for row in self.basis if row.in_force(day)), None)


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure as its file states it. ``version`` is of the file; cases remember it.

    ``called``: what an application of it is called (請求, 届出); ``approval``: what granting it is called (認定, 受理).
    """

    id: str
    version: int
    title: str
    short_title: str
    section: str
    called: str
    approval: str
    since: date | None
    until: date | None
    law: str
    identity: Identity
    number_use: NumberUse
    sections: tuple[Section, ...]
    fields: tuple[Field, ...]
    groups: tuple[Group, ...]
    given: tuple[Given, ...]
    enquiries: tuple[Enquiry, ...]
    checks: tuple[Check, ...]
    missing: Check
    steps: tuple[Step, ...]
    outputs: tuple[Output, ...]
    clocks: tuple[ProcedureClock, ...]
    papers: tuple[Paper, ...]
    amount: Amount | None
    reasons: tuple[Option, ...]
    filing: RegisterFiling | None = None

    def in_force(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def field(self, name: str) -> Field | None:
        """The field with that id, of the form or of a group's rows."""
        return next((field for field in self.all_fields() if field.id == name), None)

    def has_place(self, path: str) -> bool:
        """Whether ``path`` names a field of the form: "field" or, in the rows of a group, "group[row].field"."""
        found = _PLACE.fullmatch(path)
        if found is None:
            return False
        group = self.group(found["group"]) if found["group"] else None
        known = group.fields if group else () if found["group"] else self.fields
        return any(one.id == found["field"] for one in known)

    def all_fields(self) -> tuple[Field, ...]:
        return self.fields + tuple(field for group in self.groups for field in group.fields)

    def group(self, name: str) -> Group | None:
        return next((group for group in self.groups if group.id == name), None)

    def enquiry(self, name: str) -> Enquiry | None:
        return next((enquiry for enquiry in self.enquiries if enquiry.id == name), None)

    def step(self, name: str) -> Step | None:
        return next((step for step in self.steps if step.id == name), None)

    def output(self, name: str) -> Output | None:
        return next((output for output in self.outputs if output.id == name), None)
