"""配信マスター情報 and key care of one process: what the core tells, what is taken of it, keys that end."""

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from app.backend.nws.service import MasterContent
from app.domain.act import Act
from app.domain.clock import Clock, business_date
from app.domain.permission import PermissionList
from app.durable.worker import Pump
from app.errors import AppError, Refused, WrongKey
from app.link.letters import Correspondent, Neighbour
from app.server.exchange_keys import ExchangeKeys
from app.server.parts import Parts, SliceParts
from app.server.signing_keys import ROTATED, announced, begin, endings, replaced
from app.trust.key_versions import KeyVersion
from app.trust.sign import VerifyKey
from app.wire.letter import Letter
from app.wire.master import AskMaster, MasterInformation, MasterKey, MasterSender, MasterSent
from app.wire.message import decode, encode

log = logging.getLogger(__name__)

MASTER = "master.json"
BY = "slice:intermediary"
IDLE_S = 3600.0
"""How often it is looked whether keys end soon, and whether a day has begun. Assumed."""


def permissions_digest(permissions: PermissionList) -> bytes:
    """What the core and everybody else compare their lists by."""
    return hashlib.sha256(encode(permissions.rows)).digest()


def master_content(keys: ExchangeKeys, permissions: PermissionList) -> Callable[[], MasterContent]:
    """What the core tells: everybody's keys in all their versions, and its list."""
    digest = permissions_digest(permissions)

    def content() -> MasterContent:
        senders = tuple(
            MasterSender(name=name, keys=tuple(map(_told, versions))) for name, versions in keys.live.known().items()
        )
        return MasterContent(digest, senders, dict(keys.directory.boxes))

    return content


@dataclass(frozen=True, slots=True)
class MasterPlace:
    """Where an intermediary stands: its letters, the way to the core, its ledger, and whom it serves."""

    post: Correspondent
    core: Neighbour
    own: SliceParts
    municipalities: Sequence[str]
    folder: Path


class MasterTaking:
    """Takes newer master information once a day; what does not hold is refused and recorded, the last one stays."""

    def __init__(self, place: MasterPlace, keys: ExchangeKeys, permissions: PermissionList, clock: Clock) -> None:
        self._place = place
        self._keys = keys
        self._permissions = permissions_digest(permissions)
        self._clock = clock
        self._version = 0
        self._until: datetime | None = None
        self._day: date | None = None
        self._load()

    @property
    def version(self) -> int:
        """The one in use; 0 for none."""
        return self._version

    @property
    def until(self) -> datetime | None:
        """When the one in use ends; None for none."""
        return self._until

    def turn(self) -> bool:
        """Ask once on each day, again while the core can't be reached; never more to do at once."""
        today = business_date(self._clock.now())
        if self._day != today:
            try:
                self.fetch()
            except AppError as error:
                log.info("master information could not be had", extra={"code": error.code})
                return False
            self._day = today
        return False

    def fetch(self) -> bool:
        """Whether there was newer information, which is used from now on. Errors: Unreachable; Refused."""
        sent = self.asked()
        return sent.master is not None and self.take(sent.master)

    def asked(self) -> MasterSent:
        """What the core answers now; nothing of it is taken. Errors: Unreachable; Refused."""
        place = self._place.municipalities[0]
        asked = AskMaster(municipality=place, version=self._version)
        answer = self._place.core.ask(self._place.post.write(f"intermediary@{place}", "ask-master/1", asked))
        return self._place.post.read(answer, "master-sent/1", MasterSent, "nws")

    def take(self, letter: Letter) -> bool:
        """Use this master information from now on.

        Errors: Refused ``old_master``, ``expired_master``, ``bad_master`` and what a letter is refused with; recorded.
        """
        try:
            message, known = self._checked(letter)
        except Refused as refused:
            self._record("master.refused", reason=refused.reason)
            raise
        replaced(self._place.folder / MASTER, encode(letter))
        self._use(message, known)
        agrees = message.permissions == self._permissions
        self._record("master.taken", version=message.version, permissions_agree=agrees)
        return True

    def _load(self) -> None:
        """What was taken before counts, if it is still what the core signed."""
        path = self._place.folder / MASTER
        if not path.exists():
            return
        try:
            message, known = self._checked(decode(path.read_bytes(), Letter), is_kept=True)
        except AppError as error:
            log.error("kept master information does not hold", extra={"code": error.code})  # noqa: TRY400
            self._record("master.refused", reason="kept")
            return
        self._use(message, known)

    def _checked(
        self, letter: Letter, *, is_kept: bool = False
    ) -> tuple[MasterInformation, Mapping[str, Sequence[KeyVersion]]]:
        message = self._place.post.read(letter, "master/1", MasterInformation, "nws")
        if message.version <= self._version:
            raise Refused("old_master")
        if not is_kept and message.until <= self._clock.now():
            raise Refused("expired_master")
        own = self._keys.own.boxes
        if any(message.boxes.get(place, box) != box for place, box in own.items()):
            raise Refused("bad_master")
        try:
            known = {one.name: tuple(map(_known, one.keys)) for one in message.senders if one.keys}
        except WrongKey:
            raise Refused("bad_master") from None
        if len(known) != len(message.senders):
            raise Refused("bad_master")
        return message, known

    def _use(self, message: MasterInformation, known: Mapping[str, Sequence[KeyVersion]]) -> None:
        self._keys.live.learn(known)
        boxes = self._keys.directory.boxes
        if isinstance(boxes, dict):
            boxes.update(message.boxes)
        self._version, self._until = message.version, message.until

    def _record(self, kind: str, **what: str | int) -> None:
        acts = [_act(kind, self._clock.now(), place, **what) for place in self._place.municipalities]
        _write(self._place.own, acts)


class KeyCare:
    """Every key has an end once the program has run; it is told of 30, 7 and 1 days before, each once."""

    def __init__(self, keys: ExchangeKeys, own: SliceParts, municipalities: Sequence[str], clock: Clock) -> None:
        self._keys = keys
        self._own = own
        self._municipalities = municipalities
        self._clock = clock
        self._names = [name for name in keys.signing if name.partition("@")[0] in ROTATED]

    def turn(self) -> bool:
        """Tell what is to be told today; never more to do at once."""
        now, plan = self._clock.now(), self._keys.plan
        begin(plan, self._names, now)
        told = endings(plan, self._names, now)
        if told:
            _write(
                self._own,
                [
                    _act("key.ending", now, place, key=name, days_left=left, version=term.version)
                    for name, term, left in told
                    for place in self._municipalities
                    if name.partition("@")[2] in {"", place}
                ],
            )
            announced(plan, told, now)
        return False


def key_pump(care: tuple[MasterTaking, KeyCare], parts: Parts) -> Pump:
    """What looks after keys and master information; closed with the stores."""
    taking, keys = care

    def turn() -> bool:
        keys.turn()
        return taking.turn()

    pump = Pump("keys", turn, IDLE_S)
    parts.also_close(partial(_end, pump))
    return pump


def _end(pump: Pump) -> None:
    """What is not done yet is done at the next start."""
    pump.close()


def _told(one: KeyVersion) -> MasterKey:
    return MasterKey(version=one.version, key=one.key.raw, since=one.since, until=one.until, algorithm=one.algorithm)


def _known(one: MasterKey) -> KeyVersion:
    return KeyVersion(one.version, VerifyKey(one.key), one.since, one.until, one.algorithm)


def _write(own: SliceParts, acts: Sequence[Act]) -> None:
    own.database.write(lambda connection: own.pen.write_all(connection, acts))


def _act(kind: str, at: datetime, municipality: str, **what: str | int) -> Act:
    return Act(kind, at, municipality, BY, "", "keys", what=tuple(sorted(what.items())))
