"""Read off the presented card what is held against the network: the one card that lies there, by 照合番号B."""

from app.errors import NoCard, NoReader, ServiceDown, WhichReader
from app.services.card_port import CardReaders, FaceReading, Insertion
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.read_card import ReadCard
from app.services.record_act import Doing, recorded


class ReadShownCard:
    """The use case. It blocks for seconds; run it on the reader's lane."""

    def __init__(self, readers: CardReaders, read_card: ReadCard, journal: Journal) -> None:
        self._readers, self._read, self._journal = readers, read_card, journal

    def __call__(self, press: Press, session: Session, code: str) -> FaceReading:
        """Errors: NoCard, NoReader, WhichReader, ServiceDown; those of ``ReadCard.by_code_b``."""
        return recorded(
            self._journal,
            (press, session),
            Doing("network.card_read"),
            lambda: self._read.by_code_b(self._card(), code),
            lambda found: {"record": type(found.proof.record).__name__.lower()},
        )

    def _card(self) -> Insertion:
        seen = self._readers.seen()
        if len(seen.cards) == 1:
            return seen.cards[0]
        if seen.cards:
            raise WhichReader(names="、".join(one.reader for one in seen.cards))
        if not seen.service_runs:
            raise ServiceDown
        raise NoCard if seen.readers else NoReader
