"""Messages by which a replica (副本) is renewed: residentbase → relay → intermediary."""

from app.wire.desk import Scalar
from app.wire.message import Message


class ReplicaMark(Message, frozen=True):
    """One person's information, by 宛名番号. ``kind``: value, or no_data for who is in no household any more.

    ``tax_year``: 0 for information that belongs to no year. ``sequence``: up to which place of the register's line it
    is known; an older one never replaces a newer one. ``no_auto_answer``: 自動応答不可, a person decides first.
    """

    business_number: str
    information: str
    tax_year: int
    kind: str
    items: dict[str, Scalar]
    sequence: int
    no_auto_answer: bool = False


class PassReplicas(Message, frozen=True):
    """residentbase → relay: to be kept there until the intermediary has them."""

    municipality: str
    rows: tuple[ReplicaMark, ...]


class ReplicasPassed(Message, frozen=True):
    """The relay has them durably."""

    municipality: str
    count: int


class ReplicaLine(Message, frozen=True):
    """The same by 統合宛名番号, which the intermediary knows persons by; it holds no other number."""

    addressee_number: str
    information: str
    tax_year: int
    kind: str
    items: dict[str, Scalar]
    no_auto_answer: bool = False


class PutReplicas(Message, frozen=True):
    """relay → intermediary: replaces what is there of the same person, information and year."""

    municipality: str
    rows: tuple[ReplicaLine, ...]


class ReplicasPut(Message, frozen=True):
    """The intermediary has them durably."""

    municipality: str
    count: int
