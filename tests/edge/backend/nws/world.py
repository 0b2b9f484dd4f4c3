"""The core and the intermediaries of two municipalities, each on a store of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.backend.intermediary import store as intermediary_store
from app.backend.intermediary.service.codes import CodeKeeping
from app.backend.intermediary.store.codes import CodeStore
from app.backend.nws import store as nws_store
from app.backend.nws.service import CodeRotation, CoreKeys, CoreService
from app.domain.clock import SystemRandom
from app.domain.exchange_numbers import LinkCode
from app.domain.permission import PermissionList
from app.errors import AppError
from app.link.letters import Correspondent, Nearby
from app.trust.seal import BoxKey, open_box
from app.trust.sign import SigningKey
from app.wire.exchange import Acquisition, Acquisitions, CollectCodes, CollectedCodes
from app.wire.letter import Letter
from app.wire.message import Message
from tests.support.slices import MovedClock, OpenSlice, SliceOpener, acts

HERE, THERE = "991007", "992003"
ROLES = ("intermediary", "gateway")


@dataclass
class World:
    """What one test is handed."""

    own: OpenSlice
    platform: OpenSlice
    clock: MovedClock
    post: Correspondent
    core: CoreService
    rotation: CodeRotation
    keeping: CodeKeeping
    codes: CodeStore
    book: intermediary_store.IntermediaryStore
    boxes: dict[str, BoxKey]

    def ask(self, sender: str, kind: str, message: Message, answers) -> Letter:
        """The core's letter in answer; raises what it refuses with."""
        (outcome,) = answers([self.post.write(sender, kind, message)])
        if isinstance(outcome, AppError):
            raise outcome
        return outcome

    def acquired(self, place: str, codes: dict[str, str]) -> dict[str, LinkCode]:
        """The intermediary of ``place`` has the codes of these people. ``codes``: 統合宛名番号 → 住民票コード."""
        at = self.clock.at
        numbers = {number: f"p{place}{number}" for number in codes}
        self.book.write(lambda unit: unit.ask_codes(place, list(numbers.items()), at))
        asked = tuple(Acquisition(process_number=numbers[one], resident_code=code) for one, code in codes.items())
        message = Acquisitions(municipality=place, acquisitions=asked)
        self.ask(f"gateway@{place}", "acquisitions/1", message, self.core.acquire)
        self.core.open_now(place)
        found = self.collected(place, tuple(numbers.values()))
        made = dict(zip(codes, found, strict=True))
        self.book.write(lambda unit: unit.put_codes(place, list(made.items()), at))
        return made

    def collected(self, place: str, process_numbers: Sequence[str]) -> list[LinkCode]:
        message = CollectCodes(municipality=place, process_numbers=tuple(process_numbers))
        letter = self.ask(f"intermediary@{place}", "collect-codes/1", message, self.core.collect)
        answer = self.post.read(letter, "collected-codes/1", CollectedCodes, "nws")
        return [
            LinkCode(open_box(self.boxes[place], one.sealed or b"", ("code", place, one.process_number)))
            for one in answer.codes
        ]

    def holders(self, place: str, codes: Sequence[LinkCode]) -> list[str | None]:
        return self.book.read(lambda unit: unit.persons(place, codes))

    def subjects(self, place: str, codes: Sequence[LinkCode]) -> int:
        """How many of these codes the core knows."""
        store = self.rotation._book
        return sum(one is not None for one in store.read(lambda unit: unit.subjects(place, codes)))

    def kinds(self, of: OpenSlice, place: str = HERE) -> list[str]:
        return [kind for kind, _ in acts(of, place)]


def build(opener: SliceOpener, clock: MovedClock) -> World:
    own, platform = opener("nws", nws_store), opener("intermediary", intermediary_store)
    names = ["nws", *(f"{role}@{place}" for role in ROLES for place in (HERE, THERE))]
    keys = {name: SigningKey.generate() for name in names}
    post = Correspondent(keys, {name: key.public for name, key in keys.items()})
    boxes = {place: BoxKey.generate() for place in (HERE, THERE)}
    public = {place: box.public for place, box in boxes.items()}
    store = nws_store.CoreStore(own.database, own.cells, own.pen, own.index_key)
    core_keys = CoreKeys(own.index_key, public, timedelta(minutes=10))
    core = CoreService(store, post, PermissionList(()), core_keys, clock, SystemRandom())
    rotation = CodeRotation(store, post, own.index_key, public, clock)
    parts = (platform.database, platform.cells, platform.answers, platform.pen, platform.index_key)
    codes = CodeStore(*parts)
    keeping = CodeKeeping(codes, post, Nearby(rotation.rekey), boxes, clock)
    book = intermediary_store.IntermediaryStore(*parts)
    return World(own, platform, clock, post, core, rotation, keeping, codes, book, boxes)
