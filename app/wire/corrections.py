"""What was corrected between persons: addressee → intermediary, so that no code stands for somebody else any more."""

from datetime import datetime

from app.wire.message import Message


class PersonCorrection(Message, frozen=True):
    """One 統合宛名番号 that was, or may have been, of another person ``since`` an instant.

    ``kind``: merged (it is used no more, ``successor`` is) or split (it stays, with other numbers or another 個人番号).
    """

    addressee_number: str
    kind: str
    successor: str
    since: datetime


class CorrectPersons(Message, frozen=True):
    """addressee → intermediary (``correct-persons/1``): their codes are given up; each is asked for anew."""

    municipality: str
    correction_id: str
    persons: tuple[PersonCorrection, ...]


class PersonsCorrected(Message, frozen=True):
    """intermediary → addressee: how many codes were given up. The same correction again gives none."""

    municipality: str
    correction_id: str
    retired: int
