"""What the reception book needs kept: whose a case is, hand-overs, steps of long cases, periods, missing papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from app.domain.case_track import Stage


@dataclass(frozen=True, slots=True)
class Holding:
    """担当: in which section a case lies and whose it is. ``owner``: staff id, "" for nobody.

    ``channel``: how it reached the office: visit, post, phone or office. ``version`` 0: nothing is kept of it yet.
    """

    municipality: str
    application_id: str
    version: int
    section: str
    owner: str
    owner_name: str
    since: datetime
    channel: str = "visit"


@dataclass(frozen=True, slots=True)
class Handover:
    """引継ぎ: a case on its way to another section. ``state``: waiting, accepted, declined or withdrawn.

    ``note``: from who gave it; ``answer``: from who took or declined it.
    """

    municipality: str
    handover_id: str
    version: int
    application_id: str
    from_section: str
    to_section: str
    given_by: str
    given_name: str
    given_at: datetime
    state: str
    note: str
    answer: str = ""
    taken_by: str = ""
    taken_name: str = ""
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptStage:
    """A step of a long case with its names. ``note``: what was found, or why it was left out."""

    municipality: str
    application_id: str
    version: int
    stage: Stage
    owner_name: str
    done_name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeptClock:
    """A period that the office has to keep. ``delayed_to``: the day that a notice of delay names."""

    municipality: str
    application_id: str
    clock: str
    version: int
    started_on: date
    due_on: date
    delayed_to: date | None = None
    delayed_name: str = ""
    delayed_at: datetime | None = None
    reason: str = ""

    @property
    def last_day(self) -> date:
        """By when it is to be done, as things are."""
        return self.delayed_to or self.due_on


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A paper of a case. ``state``: present, missing, promised or not_needed; ``label`` where the office named it."""

    municipality: str
    application_id: str
    paper: str
    version: int
    state: str
    changed_name: str
    changed_at: datetime
    promised_on: date | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class PaperRequest:
    """補正の求め: ``papers`` asked for by letter until ``due_on``. ``state``: open, answered, passed or withdrawn."""

    municipality: str
    application_id: str
    position: int
    version: int
    sent_on: date
    due_on: date
    state: str
    by_name: str
    papers: tuple[str, ...]
    note: str = ""
    reminded_on: date | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """What lists name a case by."""

    application_id: str
    number: str
    procedure: str
    state: str
    author: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases of the book. Empty: any. ``owner`` None: anybody's, "" nobody's; ``limit``: how many at most."""

    procedures: Sequence[str]
    states: Sequence[str] = ()
    owner: str | None = None
    since: date | None = None
    until: date | None = None
    number: str = ""
    limit: int = 200


@dataclass(frozen=True, slots=True)
class Due:
    """What falls due: periods of cases that are under way, open steps, open requests for papers."""

    clocks: tuple[KeptClock, ...]
    stages: tuple[KeptStage, ...]
    requests: tuple[PaperRequest, ...]


class HoldingUnit(Protocol):
    """Whose cases are, and where they go. What is kept is one version up; Conflict when somebody was first."""

    def in_book(self, municipality: str, wanted: Wanted) -> tuple[str, ...]:
        """Identifiers of cases, the latest receipt first."""
        ...

    def lines(self, municipality: str, application_ids: Sequence[str]) -> Mapping[str, CaseLine]: ...
    def holdings(self, municipality: str, application_ids: Sequence[str]) -> Mapping[str, Holding]: ...
    def keep_holding(self, holding: Holding) -> None: ...
    def handover(self, municipality: str, handover_id: str) -> Handover | None: ...
    def handovers(self, municipality: str, application_id: str) -> tuple[Handover, ...]:
        """Of one case, the oldest first."""
        ...

    def handovers_of(self, municipality: str, sections: Sequence[str], given_by: str) -> tuple[Handover, ...]:
        """To or from these sections, or by this person: those that wait, and those of late; the newest first."""
        ...

    def keep_handover(self, handover: Handover) -> None: ...


class StageUnit(Protocol):
    """Steps of long cases and the periods that the office keeps."""

    def stages(self, municipality: str, application_ids: Sequence[str]) -> Mapping[str, Mapping[str, KeptStage]]:
        """By case and step."""
        ...

    def keep_stage(self, kept: KeptStage) -> None: ...
    def clocks(self, municipality: str, application_ids: Sequence[str]) -> Mapping[str, Mapping[str, KeptClock]]:
        """By case and clock."""
        ...

    def keep_clock(self, kept: KeptClock) -> None: ...
    def due(self, municipality: str, procedures: Sequence[str], until: date) -> Due:
        """What falls due up to ``until``, the soonest first."""
        ...


class PaperUnit(Protocol):
    """Papers of cases and letters that ask for them."""

    def papers(self, municipality: str, application_id: str) -> Mapping[str, KeptPaper]: ...
    def keep_paper(self, paper: KeptPaper) -> None: ...
    def requests(self, municipality: str, application_ids: Sequence[str]) -> Mapping[str, tuple[PaperRequest, ...]]:
        """By case, the oldest first."""
        ...

    def keep_request(self, request: PaperRequest) -> None: ...
    def passed_requests(self, day: date, limit: int) -> tuple[PaperRequest, ...]:
        """Open ones of any municipality whose last day lies before ``day``."""
        ...


class BookUnit(HoldingUnit, StageUnit, PaperUnit, Protocol):
    """All of it."""
