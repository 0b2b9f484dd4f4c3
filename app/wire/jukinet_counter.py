"""Messages between a counter and the city's communication server: what stands on a 統合端末."""

from datetime import date, datetime

from app.wire.jukinet import WideAreaCopy
from app.wire.message import Message
from app.wire.register_change import PersonItems


class NetworkFour(Message, frozen=True):
    """Any of the four items; empty ones are not looked at. ``sex`` as ``app.domain.person.Sex``."""

    name: str = ""
    address: str = ""
    birth: date | None = None
    sex: str = ""


class SearchNetwork(Message, frozen=True):
    """本人確認情報検索 for a task. ``where``: ``city`` (the city's own file) or ``country`` (the national level).

    Either ``four`` (a list) or ``my_number`` (one person at most).
    """

    procedure: str
    four: NetworkFour | None = None
    my_number: str = ""
    where: str = "country"
    visit_id: str = ""


class NetworkHit(Message, frozen=True):
    """One person found: the four items and where they are registered, no number and no code."""

    name: str
    address: str
    birth: date
    sex: str
    municipality: str
    state: str


class NetworkHits(Message, frozen=True):
    """Who was found, best first; ``more``: the list was cut; ``proof``: of the record."""

    hits: tuple[NetworkHit, ...]
    more: bool
    proof: str


class EnquireNational(Message, frozen=True):
    """機構への情報照会 by 住民票コード, 個人番号 or the four items, one of the three."""

    procedure: str
    resident_code: str = ""
    my_number: str = ""
    four: NetworkFour | None = None
    visit_id: str = ""


class NationalPerson(Message, frozen=True):
    """本人確認情報 of one person. ``resident_code``, ``my_number``: "" for who has no right to see that class."""

    hit: NetworkHit
    card_state: str
    legal_kana: str = ""
    former_name: str = ""
    alias: str = ""
    resident_code: str = ""
    my_number: str = ""


class NationalAnswer(Message, frozen=True):
    """One person for a code or number, a list for four items; nobody where empty."""

    people: tuple[NationalPerson, ...]
    more: bool
    proof: str


class CheckIdentity(Message, frozen=True):
    """本人確認 with the presented card. ``purpose``: a ``CheckPurpose``; ``shown``: the items read off the card.

    ``card_number`` 製造番号; ``pin``: the four digits for 住民基本台帳 use.
    """

    check_id: str
    purpose: str
    card_number: str
    pin: str
    shown: NetworkFour
    visit_id: str = ""


class IdentityChecked(Message, frozen=True):
    """What was found. ``result``: a ``CheckResult``; ``differences``: items of the four that are not the same.

    ``person``: as the network has them, with ``same`` and ``differs`` only; ``left``: tries of the PIN; ``proof``: of
    the record, which was written before this answer and before anything of a number.
    """

    check_id: str
    result: str
    differences: tuple[str, ...]
    person: NetworkHit | None
    card_state: str
    left: int
    proof: str


class FetchNumber(Message, frozen=True):
    """Ask for the 個人番号 of who was checked. Only after a check with the result ``same``, by who made it."""

    check_id: str
    procedure: str
    visit_id: str = ""


class NumberFetched(Message, frozen=True):
    """The number, to be handed on and shown to nobody."""

    my_number: str
    proof: str


class OpenMovingIn(Message, frozen=True):
    """Open 転出証明書情報 of who stands here: by a check for special move-in, made by the same person on this day."""

    check_id: str
    visit_id: str = ""


class MovingIn(Message, frozen=True):
    """What was announced; guarded items are not in here, they go to the register with the data.

    ``data_id``: also the announcement's in the register. ``erase_on``: from that day on it is gone.
    """

    data_id: str
    moved_from: str
    from_address: str
    planned_on: date
    erase_on: date
    persons: tuple[PersonItems, ...]
    proof: str


class AskWideAreaCopy(Message, frozen=True):
    """広域交付: ask another municipality for what a copy says, by a check for it of this day by the same clerk."""

    request_id: str
    check_id: str
    with_household: bool = False
    with_code: bool = False
    with_number: bool = False
    visit_id: str = ""


class OpenWideAreaCopy(Message, frozen=True):
    """Look whether the answer is there."""

    request_id: str


class WideAreaAnswer(Message, frozen=True):
    """``state``: asked, answered or not_issued; ``copy`` where answered, told once to whoever asked on that day."""

    request_id: str
    state: str
    asked_of: str
    copy: WideAreaCopy | None = None
    proof: str = ""


class ReportCard(Message, frozen=True):
    """Say what happened to a card (S06-8). ``step``: a ``CardStep``; ``lost``: 紛失等.

    ``check_id``: the check of who brought it; "" where there is no card to check, with ``resident_code`` then.
    ``reason``: why, in words, for the record.
    """

    event_id: str
    step: str
    card_number: str
    event_day: date
    resident_code: str = ""
    check_id: str = ""
    lost: bool = False
    visit_id: str = ""
    reason: str = ""


class AskCard(Message, frozen=True):
    """Ask how a person's newest card stands here: by a check of the card, or by 住民票コード, one of the two."""

    resident_code: str = ""
    check_id: str = ""
    visit_id: str = ""


class CardView(Message, frozen=True):
    """``state``: a ``CardState``; ``card_number`` "" where none was issued here; ``steps``: what may follow."""

    state: str
    card_number: str
    steps: tuple[str, ...]
    proof: str


class CardReported(Message, frozen=True):
    """``state``: the card's state here from now on; ``forwarded``: see ``Forwarded.state``.

    ``still``: what else is to be asked of the resident: codes under ``[word.card_still]``. This slice tells the
    certificates' authority nothing: their revocation is an application of its own (公的個人認証法9条, 28条).
    """

    event_id: str
    state: str
    forwarded: str
    still: tuple[str, ...]
    proof: str


class StartComparison(Message, frozen=True):
    """本人確認情報整合. ``level``: prefecture or national; ``sample``: how many people by chance, 0 for all."""

    comparison_id: str
    level: str
    sample: int = 0


class AskComparison(Message, frozen=True):
    """Ask how a comparison stands, with its differences; "" for the newest."""

    comparison_id: str = ""
    open_only: bool = True


class DifferenceRow(Message, frozen=True):
    """One difference. ``kind``: only_here, only_there or differs (in ``items``); ``state``: open, proposed or done.

    ``name``: of who is known here; ``resolution``: a ``Resolution``. ``may``: what this person may do now.
    ``here``, ``there``: what either side has, item and value (none where it has nobody); of a number no value.
    """

    difference_id: str
    kind: str
    items: tuple[str, ...]
    name: str
    state: str
    resolution: str
    reason: str
    proposed_by: str
    decided_by: str
    version: int
    may: tuple[str, ...]
    here: tuple[tuple[str, str], ...] = ()
    there: tuple[tuple[str, str], ...] = ()


class Comparison(Message, frozen=True):
    """``state``: running, done or stopped; ``looked``: people compared so far, of ``total``."""

    comparison_id: str
    level: str
    state: str
    looked: int
    total: int
    started_by: str
    started_at: datetime
    differences: tuple[DifferenceRow, ...]
    more: bool
    proof: str


class ProposeResolution(Message, frozen=True):
    """How one difference is to be worked off. ``resolution``: a ``Resolution``; ``reason`` in words."""

    difference_id: str
    version: int
    resolution: str
    reason: str


class DecideResolution(Message, frozen=True):
    """Another person decides. ``outcome``: approved or returned."""

    difference_id: str
    version: int
    outcome: str


class BacklogRow(Message, frozen=True):
    """One thing that goes out. ``kind``: update, delivery, card or parcel; ``state``: waiting or dead.

    ``has``: who has it already (``prefecture``, ``national``); ``cause``: what delayed the last try.
    """

    item_id: str
    kind: str
    state: str
    made_at: datetime
    next_at: datetime
    cause: str
    has: tuple[str, ...]


class NetworkBacklog(Message, frozen=True):
    """What still has to go out: how many wait, are dead; what stands in the way and when it goes on.

    ``oldest_at``: since when the one waits that waits longest; ``rows``: those that wait longest, at most 50.
    """

    waiting: int
    dead: tuple[str, ...]
    cause: str
    next_at: datetime | None
    open_now: bool
    oldest_at: datetime | None = None
    rows: tuple[BacklogRow, ...] = ()


class AskBacklog(Message, frozen=True):
    """Ask what still has to go out."""
