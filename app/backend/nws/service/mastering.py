"""配信マスター情報: issued anew whenever something in it has changed or it ends soon; signed, sent to who asks."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.backend.nws.ports import CoreBook, CoreUnit, KeptMaster
from app.backend.nws.service.noting import NATION, note_refusal
from app.domain.act import Act
from app.domain.clock import Clock
from app.errors import AppError, NotAllowed
from app.link.letters import Correspondent, answer_each, municipality_of
from app.wire.letter import Letter
from app.wire.master import AskMaster, MasterInformation, MasterSender, MasterSent
from app.wire.message import encode

NAME = "nws"
LIFE, RENEWAL = timedelta(days=90), timedelta(days=30)
"""How long master information holds, and how long before its end it is issued anew. Assumed."""


@dataclass(frozen=True, slots=True)
class MasterContent:
    """What is to be told. ``permissions``: digest of the list; ``boxes`` as in ``MasterInformation``."""

    permissions: bytes
    senders: tuple[MasterSender, ...]
    boxes: Mapping[str, bytes]

    @property
    def digest(self) -> bytes:
        """Of the whole content, to see whether anything has changed."""
        return hashlib.sha256(encode([self.permissions, self.senders, sorted(self.boxes.items())])).digest()


class MasterIssuing:
    """The core's side."""

    def __init__(self, book: CoreBook, post: Correspondent, content: Callable[[], MasterContent], clock: Clock) -> None:
        self._book = book
        self._post = post
        self._content = content
        self._clock = clock

    def master(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Newer master information for each intermediary that asks."""
        return answer_each(letters, self._master, self._refused)

    def issue(self) -> KeptMaster:
        """The version that holds now; a new one if anything has changed or the last one ends soon."""
        content = self._content()
        return self._book.write(lambda unit: self._issued(unit, content))

    def _refused(self, letter: Letter, error: AppError) -> None:
        note_refusal(self._book, self._clock.now(), (letter, error), self._content().boxes)

    def _master(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "ask-master/1", AskMaster, "intermediary")
        if municipality_of(letter) != asked.municipality:
            raise NotAllowed
        kept = self.issue()
        newer = kept.letter if kept.version > asked.version else None
        return self._post.write(NAME, "master-sent/1", MasterSent(municipality=asked.municipality, master=newer))

    def _issued(self, unit: CoreUnit, content: MasterContent) -> KeptMaster:
        last, now = unit.masters.last(NATION), self._clock.now()
        if last is not None and last.digest == content.digest and now < last.until - RENEWAL:
            return last
        version = 1 if last is None else last.version + 1
        message = MasterInformation(
            version=version,
            issued_at=now,
            until=now + LIFE,
            permissions=content.permissions,
            senders=content.senders,
            boxes=dict(sorted(content.boxes.items())),
        )
        kept = KeptMaster(version, content.digest, self._post.write(NAME, "master/1", message), now + LIFE)
        unit.masters.put(NATION, kept, now)
        act = Act("master.issued", now, NATION, f"slice:{NAME}", "", "master", what=(("version", version),))
        unit.record([act])
        return kept
