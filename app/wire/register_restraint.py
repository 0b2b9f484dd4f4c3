"""Messages about measures that restrain acts on persons, their release, and whether a certificate may be issued."""

from datetime import date, datetime

from app.wire.message import Message
from app.wire.register import RestraintMark


class RequestMeasure(Message, frozen=True):
    """支援措置の申出, or another restraint. It restrains from now on; another person decides whether it becomes final.

    ``kind``: protective or other. ``scope``: person, or household (whoever lives or will live with ``persons``).
    ``acts``: none for what a protective measure restrains by itself (viewing and issuing, level error).
    ``lead``: who asked; ``offender``, ``opinion``: against whom, and which body's opinion was shown.
    """

    measure_id: str
    kind: str
    persons: tuple[str, ...]
    reason: str
    scope: str = "person"
    acts: tuple[RestraintMark, ...] = ()
    since: date | None = None
    until: date | None = None
    lead: str = ""
    offender: str = ""
    opinion: str = ""
    visit_id: str = ""


class ChangeMeasure(Message, frozen=True):
    """Ask that a measure end or be extended; it restrains on until another person has decided."""

    measure_id: str
    version: int
    change: str
    reason: str


class DecideMeasure(Message, frozen=True):
    """Another person decides what was asked for. ``outcome``: approved or refused (with a reason)."""

    measure_id: str
    version: int
    outcome: str
    reason: str = ""


class MeasureRow(Message, frozen=True):
    """A measure without why and against whom. ``state``: provisional (仮支援措置), active, ended, refused.

    ``alert``: ending, lapsed, moved_out or ""; ``waits_for``: start, end, extend or ""; ``complete``: every system says
    that it is set (or, at the end, lifted). ``names``: those of ``persons``, in their order, the first few.
    """

    measure_id: str
    kind: str
    state: str
    scope: str
    persons: tuple[str, ...]
    acts: tuple[RestraintMark, ...]
    since: date
    until: date | None
    alert: str
    waits_for: str
    may: tuple[str, ...]
    complete: bool
    version: int
    names: tuple[str, ...] = ()


class AskMeasures(Message, frozen=True):
    """Ask for the measures that hold now. ``person``: only those that cover this one, "" for all."""

    person: str = ""


class Measures(Message, frozen=True):
    """What holds, those with an alert first, then what waits for a decision; ``more``: that the list was cut."""

    rows: tuple[MeasureRow, ...]
    more: bool = False


class OpenMeasure(Message, frozen=True):
    """Ask for one measure whole."""

    measure_id: str


class SystemRow(Message, frozen=True):
    """Whether a measure is set in one system. ``state``: asked, set, to_lift or lifted."""

    system: str
    title: str
    state: str
    by: str = ""
    at: datetime | None = None


class MeasureView(Message, frozen=True):
    """A measure with its reasons and the state in every system."""

    row: MeasureRow
    reason: str
    lead: str
    offender: str
    opinion: str
    systems: tuple[SystemRow, ...]


class MarkSystem(Message, frozen=True):
    """Somebody saw that a system has set, or lifted, the measure. ``state``: set or lifted."""

    measure_id: str
    system: str
    state: str


class GrantRelease(Message, frozen=True):
    """一時解除: ask that one act on one person be let through for some minutes; another person has to agree.

    ``visit_id``: the visit in which a copy may then be issued, "" for whichever the person comes in.
    """

    release_id: str
    business_number: str
    act: str
    minutes: int
    reason: str
    visit_id: str = ""


class ConfirmRelease(Message, frozen=True):
    """The second person's word under an ID of their own: it is let through, or not (``agreed`` False)."""

    release_id: str
    agreed: bool = True


class ReleaseRow(Message, frozen=True):
    """A release; at ``until`` the restraint is back by itself. ``granted_by``: staff id, who does not use it.

    ``state``: asked (nothing is let through yet, at ``until`` it lapses, ``reason`` says why) or granted.
    ``may``: confirm, end; what the caller may do with it.
    """

    release_id: str
    business_number: str
    act: str
    until: datetime
    name: str = ""
    granted_by: str = ""
    granted_at: datetime | None = None
    asked_by: str = ""
    asked_at: datetime | None = None
    minutes: int = 0
    reason: str = ""
    state: str = "granted"
    may: tuple[str, ...] = ()


class AskReleases(Message, frozen=True):
    """Ask for the releases that wait or are in force: of one person, or all."""

    person: str = ""


class Releases(Message, frozen=True):
    """Those that wait for a second person, then those in force, the one that ends first in front, at most 200."""

    rows: tuple[ReleaseRow, ...]


class EndRelease(Message, frozen=True):
    """End a release before its time."""

    release_id: str


class AskIssue(Message, frozen=True):
    """Whether certificates of these persons may be issued to whoever stands here.

    ``capacity``: a ``Capacity``; ``channel``: counter, post, wide_area or convenience; ``presenter``: 宛名番号, ""
    where unknown here; ``photo``: a document with a photo was seen; ``removed``: of the removed record (除票).
    """

    persons: tuple[str, ...]
    capacity: str
    channel: str = "counter"
    presenter: str = ""
    photo: bool = False
    removed: bool = False
    visit_id: str = ""


class IssueLine(Message, frozen=True):
    """One person. ``why``: not_here, not_theirs or restrained (for who may know); ``alert``: to be looked into."""

    business_number: str
    may: bool
    why: str = ""
    alert: bool = False


class IssueVerdict(Message, frozen=True):
    """For the clerk one line for each person; ``told``: what the presenter is told, the same for every no.

    ``basis``: what the verdict rests on, to be shown again when the paper is printed.
    """

    lines: tuple[IssueLine, ...]
    told: str
    basis: str


class CheckPrint(Message, frozen=True):
    """Ask once more, at the moment of printing. ``basis``: of the verdict under which the paper was made."""

    asked: AskIssue
    basis: str


class PrintLeave(Message, frozen=True):
    """The paper may be printed now. ``proof``: the receipt of the record."""

    proof: str


class CheckPaper(Message, frozen=True):
    """Ask, at the moment of printing, whether a paper of the desk may go out.

    ``persons``: 宛名番号 of who stands on it; ``addressee``: whose paper it is, among ``persons`` or "".
    """

    persons: tuple[str, ...]
    addressee: str = ""
    visit_id: str = ""


class PaperLeave(Message, frozen=True):
    """The paper may be printed now. ``alert``: somebody on it is restrained: it goes to the addressee alone."""

    proof: str
    alert: bool = False
