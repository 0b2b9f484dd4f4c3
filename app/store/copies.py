"""Copies of drafts that leave this PC: sealed to the office's recovery key and to those who may take them over."""

from app.errors import WorkClosed
from app.services.ports.take_over import OwnKey
from app.store.work import FileWorkStore, RecoveryCopies, box_of, copy_place
from app.trust.seal import open_box, seal_to
from app.wire.draft import Draft
from app.wire.message import decode, encode


class DraftCopies(RecoveryCopies):
    """See ``CopySealer`` and ``DraftKeys``. Usable while the work is closed, but for what needs its key."""

    def __init__(self, recovery: bytes, work: FileWorkStore) -> None:
        super().__init__(recovery)
        self._work = work
        self._boxes: tuple[bytes, ...] = ()

    def seal_to(self, boxes: tuple[bytes, ...]) -> None:
        self._boxes = boxes

    def for_takers(self, draft: Draft) -> tuple[bytes, ...]:
        return tuple(seal_to(box, encode(draft), copy_place(draft.draft_id)) for box in self._boxes)

    def own(self) -> OwnKey:
        if not self._work.is_open:
            raise WorkClosed
        key = box_of(self._work)
        return OwnKey(key.public, key.key_id)

    def open(self, draft_id: str, sealed: bytes) -> Draft:
        return decode(open_box(box_of(self._work), sealed, copy_place(draft_id)), Draft)
