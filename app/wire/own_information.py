"""Messages by which staff see what a resident was given of their own information (自己情報), to answer questions."""

from datetime import datetime

from app.wire.desk import Scalar
from app.wire.message import Message


class AskOwn(Message, frozen=True):
    """Ask what a person was given, by 統合宛名番号."""

    person: str


class OwnProvidedRow(Message, frozen=True):
    """One provision. ``kind``: value, no_data, undeclared or withheld."""

    request_id: str
    information: str
    tax_year: int
    asked_at: datetime
    provided_at: datetime
    kind: str


class OwnProvided(Message, frozen=True):
    """The newest first."""

    rows: tuple[OwnProvidedRow, ...]


class AskOwnContent(Message, frozen=True):
    """Ask for the content of one provision."""

    request_id: str


class OwnProvidedContent(Message, frozen=True):
    """As it was given."""

    row: OwnProvidedRow
    items: dict[str, Scalar]
