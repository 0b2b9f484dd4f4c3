"""The card in use: a channel and the applications that can be selected on it."""

from app.card.application import select
from app.card.attributes import AID as ATTRIBUTES_AID
from app.card.attributes import Attributes
from app.card.channel import Channel
from app.card.face import AID as FACE_AID
from app.card.face import Face
from app.card.jpki import AID as JPKI_AID
from app.card.jpki import Jpki
from app.card.licence import ENTRIES_AID as LICENCE_AID
from app.card.licence import Licence
from app.card.residence import AID as RESIDENCE_AID
from app.card.residence import SPECIFIED_AID, Residence
from app.errors import CardRefused, NotThisCard
from app.services.card_port import Progress, Traffic

_NAMES = {
    "face": FACE_AID,
    "attributes": ATTRIBUTES_AID,
    "jpki": JPKI_AID,
    "licence": LICENCE_AID,
    "residence": RESIDENCE_AID,
    "residence_specified": SPECIFIED_AID,
}


class OpenCard:
    """What a use case holds while it has the card; of no use afterwards."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    @property
    def traffic(self) -> Traffic:
        """What went over the line so far."""
        return self._channel.traffic

    def say(self, progress: Progress) -> None:
        self._channel.say(progress)

    def answers(self, application: str) -> bool:
        """Whether an application can be selected."""
        try:
            select(self._channel, _NAMES[application], application)
        except (NotThisCard, CardRefused):
            return False
        return True

    def face(self) -> Face:
        return Face(self._channel)

    def attributes(self) -> Attributes:
        return Attributes(self._channel)

    def licence(self) -> Licence:
        return Licence(self._channel)

    def residence(self) -> Residence:
        return Residence(self._channel)

    def jpki(self) -> Jpki:
        return Jpki(self._channel)
