"""Messages about the relay at work: operating state, stops, statistics, runs, papers and enquiries not made."""

from datetime import date, datetime

from app.wire.message import Message


class AskOperating(Message, frozen=True):
    """Ask how the relay and both of its sides stand."""


class SideState(Message, frozen=True):
    """``side``: network or city. ``why``: "", closed (out of hours) or stop. ``opens_at``: None: nobody knows."""

    side: str
    why: str
    opens_at: datetime | None


class StopRow(Message, frozen=True):
    """運用停止 that was announced here. ``until`` None: until further notice. ``reason``: see ``AnnounceStop``."""

    stop_id: str
    version: int
    side: str
    since: datetime
    until: datetime | None
    reason: str
    by: str


class OperatingState(Message, frozen=True):
    """稼動状態. ``waiting``: enquiries on their way; ``oldest``: since when the oldest waits.

    ``given_up``: see ``relay_stopped``; ``bulk``: files that are not finished.
    """

    sides: tuple[SideState, ...]
    stops: tuple[StopRow, ...]
    waiting: int
    oldest: datetime | None
    given_up: int
    bulk: int


class AnnounceStop(Message, frozen=True):
    """Nothing is sent to ``side`` in that time. ``reason``: maintenance, fault, disaster or drill."""

    stop_id: str
    side: str
    since: datetime
    until: datetime | None
    reason: str


class EndStop(Message, frozen=True):
    """The stop ends at ``until``, now at the earliest. ``version``: as it was seen."""

    stop_id: str
    version: int
    until: datetime


class AskStatistics(Message, frozen=True):
    """業務統計 of the enquiries accepted on the days ``since`` to ``until``, at most 400 days."""

    since: date
    until: date


class StatisticsRow(Message, frozen=True):
    """``month``: as in "2026-11"."""

    month: str
    procedure: str
    state: str
    count: int


class Statistics(Message, frozen=True):
    """Nothing in it names a person."""

    rows: tuple[StatisticsRow, ...]


class AskRuns(Message, frozen=True):
    """Ask for the newest runs: bulk files, expiry; at most ``limit`` (1 to 200)."""

    limit: int = 50


class RunRow(Message, frozen=True):
    """バッチ. ``kind``: bulk or expiry; ``state``: taken, running, done or failed, with the code of the ``cause``.

    ``rows``: how many it has to do with; ``done`` of them, ``faults`` among these.
    """

    run_id: str
    kind: str
    state: str
    began_at: datetime
    ended_at: datetime | None
    rows: int
    done: int
    faults: int
    cause: str = ""


class Runs(Message, frozen=True):
    """The newest first."""

    rows: tuple[RunRow, ...]


class PaperMark(Message, frozen=True):
    """A paper that was brought though ``enquiry`` could replace it. ``enquiry_id``: as that enquiry is called."""

    enquiry_id: str
    enquiry: str
    paper: str


class NotePapers(Message, frozen=True):
    """Papers that were taken for a case of ``procedure``, each at most once; at most 64."""

    procedure: str
    papers: tuple[PaperMark, ...]


class PapersNoted(Message, frozen=True):
    """``count``: how many were new."""

    count: int


class AskNotUsed(Message, frozen=True):
    """Ask which papers of the days ``since`` to ``until`` an enquiry could have replaced, at most 400 days."""

    since: date
    until: date


class NotUsedRow(Message, frozen=True):
    """``taken``: papers brought; ``asked``: of these, enquiries made all the same; the rest were not used.

    ``is_permitted``: whether the list allows this enquiry at all today.
    """

    procedure: str
    enquiry: str
    paper: str
    taken: int
    asked: int
    is_permitted: bool


class NotUsed(Message, frozen=True):
    """活用されていない照会, by procedure. Nothing in it names a person."""

    rows: tuple[NotUsedRow, ...]


class AskKeys(Message, frozen=True):
    """Ask which versions the signing keys of this place have, and when each ends."""


class KeyRow(Message, frozen=True):
    """鍵の版. ``sender``: whose letters it signs; ``state``: planned, signing or over; ``days_left``: None: no end.

    The key of the master information of the network stands among them as ``master``, with its own version and end.
    """

    sender: str
    version: int
    state: str
    since: datetime | None
    until: datetime | None
    days_left: int | None


class KeyStates(Message, frozen=True):
    """By sender, the newest version first. No key is in it."""

    rows: tuple[KeyRow, ...]
