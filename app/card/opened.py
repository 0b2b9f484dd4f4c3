"""The card in use: a channel and the applications that can be selected on it."""

from app.card.attributes import Attributes
from app.card.channel import Channel
from app.card.face import Face
from app.services.card_port import Progress, Traffic


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

    def face(self) -> Face:
        return Face(self._channel)

    def attributes(self) -> Attributes:
        return Attributes(self._channel)
