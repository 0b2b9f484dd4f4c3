"""A person as a card or register states it: 基本4情報 and who plays which part in a visit."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Sex(StrEnum):
    """性別 as the card codes it. Source: card.md 3.2 (DF25), published by readers; 3 seen as "other" by one source."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    OTHER = "3"
    NOT_APPLICABLE = "9"


@dataclass(frozen=True, slots=True)
class BasicFour:
    """基本4情報: name, address, birth date, sex, as the exact code sequence of their source."""

    name: str
    address: str
    birth: date
    sex: Sex


class Capacity(StrEnum):
    """In what capacity the presenter stands here. Source: 住基法12条–12条の3, 26条, 27条; known practice."""

    SELF = "self"
    SAME_HOUSEHOLD = "same_household"
    HOUSEHOLD_HEAD = "household_head"
    LEGAL_REPRESENTATIVE = "legal_representative"
    AGENT = "agent"
    MESSENGER = "messenger"
    PUBLIC_USE = "public_use"
    THIRD_PARTY = "third_party"
    PROFESSIONAL = "professional"


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person within one municipality's business: 宛名番号 where known, else only the name given."""

    business_number: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Roles:
    """The four parts of a visit, never one "resident".

    ``presenter`` stands at the counter, ``applicant`` is whose act it is, ``subjects`` whom it concerns,
    ``number_givers`` whose 個人番号 is handed over. Source: procedures.md 1.1.
    """

    presenter: PersonRef
    capacity: Capacity
    applicant: PersonRef
    subjects: tuple[PersonRef, ...]
    number_givers: tuple[PersonRef, ...]
