"""The chip gives out bytes: binary files, records, data objects of the card itself, random numbers."""

import secrets

from app.standin.cards.command import Command, CommandFault
from app.standin.cards.contents import DataFile, RecordFile
from app.standin.cards.session import Session
from app.standin.cards.status import NO_OBJECT, NO_RECORD, PAST_END, WRONG_LENGTH, WRONG_PARAMETERS, WRONG_TYPE

_SHORT_MOST = 256
_RECORD_BY_NUMBER = 4


def read_binary(session: Session, command: Command) -> bytes:
    """Short data at the end is 9000, past the end 6B00 (card.md 5.1)."""
    short = session.short(command.p1)
    number = session.number if short is None else short
    found = session.find(number)
    if not isinstance(found, DataFile):
        raise CommandFault(WRONG_TYPE)
    session.require(found)
    session.number = number
    offset = command.p1 << 8 | command.p2 if short is None else command.p2
    if offset >= len(found.content):
        raise CommandFault(PAST_END)
    return found.content[offset : offset + (command.le or 0)]


def read_record(session: Session, command: Command) -> bytes:
    """One record by its number; P2 names the file in its upper five bits, 0 the current one."""
    if command.p2 & 0x07 != _RECORD_BY_NUMBER:
        raise CommandFault(WRONG_PARAMETERS)
    number = command.p2 >> 3 or session.number
    found = session.find(number)
    if not isinstance(found, RecordFile):
        raise CommandFault(WRONG_TYPE)
    session.require(found)
    session.number = number
    if not 0 < command.p1 <= len(found.records):
        raise CommandFault(NO_RECORD)
    return found.records[command.p1 - 1][: command.le or 0]


def get_data(session: Session, command: Command) -> bytes:
    """An object of the card itself, before any application is selected (card.md 3.4, one source)."""
    found = session.objects.get(command.p1 << 8 | command.p2) if session.application is None else None
    if found is None:
        raise CommandFault(NO_OBJECT)
    if command.le is None or len(found) > _SHORT_MOST >= command.le:
        raise CommandFault(WRONG_LENGTH)
    return found[: command.le]


def get_challenge(_: Session, command: Command) -> bytes:
    """1-256 random bytes."""
    if command.le is None or command.le > _SHORT_MOST:
        raise CommandFault(WRONG_LENGTH)
    return secrets.token_bytes(command.le)
