"""配信マスター情報: who signs with which keys, and which list of permissions holds; signed and counted by the core."""

from datetime import datetime

from app.wire.letter import Letter
from app.wire.message import Message


class MasterKey(Message, frozen=True):
    """One key of a sender. ``key``: 32 bytes; ``algorithm``: what it signs with."""

    version: int
    key: bytes
    since: datetime | None
    until: datetime | None
    algorithm: str


class MasterSender(Message, frozen=True):
    """A sender's keys, the first one first."""

    name: str
    keys: tuple[MasterKey, ...]


class MasterInformation(Message, frozen=True):
    """``master/1``. ``version`` grows by one; ``permissions``: SHA-256 of the list of permissions in force.

    ``boxes``: municipality → public key of its intermediary.
    """

    version: int
    issued_at: datetime
    until: datetime
    permissions: bytes
    senders: tuple[MasterSender, ...]
    boxes: dict[str, bytes]


class AskMaster(Message, frozen=True):
    """intermediary → nws (``ask-master/1``). ``version``: the one that is used there, 0 for none."""

    municipality: str
    version: int


class MasterSent(Message, frozen=True):
    """nws → intermediary (``master-sent/1``): a newer one, None where there is none."""

    municipality: str
    master: Letter | None
