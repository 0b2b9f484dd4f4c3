"""The exchange's keys in this process: who signs as whom, and how everybody else's keys are found."""

from app.domain.clock import Clock, SystemClock
from app.link.letters import Correspondent
from app.server.exchange_data import Directory, read_directory
from app.server.keys import Keys
from app.server.signing_keys import LiveKeys, RotatingKeys, SigningPlan
from app.settings import ServerSettings
from app.trust.envelope import Proven
from app.trust.sign import VerifyKey

LOCAL = (
    "addressee",
    "desk",
    "gateway",
    "intermediary",
    "jukinet",
    "jukirelay",
    "ledger",
    "register",
    "relay",
    "residentbase",
    "socialaddress",
    "witness",
)
"""Who signs for a municipality: slices their letters, the witness the logs of others; the core writes as ``nws``."""


class ExchangeKeys:
    """Signing and box keys of each municipality that this process serves, and everybody's public ones.

    ``live``: finds keys by version; ``directory``: the keys that hold at the start, for what is never rotated.
    """

    def __init__(self, settings: ServerSettings, keys: Keys, clock: Clock | None = None) -> None:
        self._keys, self._clock = keys, clock or SystemClock()
        names = [f"{role}@{place}" for role in LOCAL for place in settings.municipalities]
        if not settings.slices or "nws" in settings.slices:
            names.append("nws")
        self.plan = SigningPlan(keys.folder)
        self.signing = RotatingKeys(names, keys, self.plan, self._clock)
        self.boxes = {place: keys.box(f"intermediary@{place}") for place in settings.municipalities}
        self.replies = {place: keys.box(f"relay@{place}") for place in settings.municipalities}
        others = read_directory(settings.folder)
        verify: dict[str, VerifyKey] = {name: key.public for name, key in self.signing.items()}
        self.own = Directory(verify, {place: box.public for place, box in self.boxes.items()})
        self.directory = Directory({**others.verify, **verify}, {**others.boxes, **self.own.boxes})
        self.live = LiveKeys(self.signing, others.verify, self._clock)
        self._proven = Proven()

    def post(self, role: str) -> Correspondent:
        """A slice as a writer of letters, with its own names only."""
        mine = [name for name in self.signing if name.partition("@")[0] == role]
        return Correspondent(RotatingKeys(mine, self._keys, self.plan, self._clock), self.live, self._proven)
