"""Messages of business systems to the addressee slice: each has an area of its own behind an ID and a password."""

from datetime import date, datetime

from app.wire.message import Message


class OpenArea(Message, frozen=True):
    """kind ``area-open/1``: a system proves who it is, beside its certificate and its signature."""

    municipality: str
    password: str


class RenewAreaPassword(Message, frozen=True):
    """kind ``area-renew/1``: the system takes another password, knowing the old one."""

    municipality: str
    password: str
    new_password: str


class AreaOpened(Message, frozen=True):
    """``token`` opens the area until ``until``; ``days_left``: of the password; ``renew``: take another one now."""

    token: str
    until: datetime
    password_until: date
    days_left: int
    renew: bool


class SystemPerson(Message, frozen=True):
    """A person as the system knows them. ``number``: its own number of the person; ``same_as``: a 宛名番号 it knows.

    ``my_number`` "": not known to the system. ``resident``: 住登者; False: 住登外者. ``unlink``: it has them no more.
    """

    number: str
    my_number: str = ""
    same_as: str = ""
    resident: bool = False
    unlink: bool = False


class TakePersons(Message, frozen=True):
    """kind ``area-persons/1``: residents and non-residents for the unified addresses, at most 500."""

    municipality: str
    token: str
    persons: tuple[SystemPerson, ...]


class PersonsTaken(Message, frozen=True):
    """One outcome for each: linked, unlinked, unknown, bad_number, number_of_another or resident_unknown."""

    municipality: str
    outcomes: tuple[str, ...]


class FindOwn(Message, frozen=True):
    """kind ``area-find/1``: one person, by exactly one of ``my_number`` and the system's own ``number``."""

    municipality: str
    token: str
    my_number: str = ""
    number: str = ""


class FoundOwn(Message, frozen=True):
    """The system's own number of the person, "" where there is none or none it may know: the two look the same.

    ``code_state`` as in ``LinkState``.
    """

    municipality: str
    number: str
    code_state: str
