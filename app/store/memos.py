"""Single things by name in terminal.db, read and written inside the caller's transaction."""

from typing import TypeVar

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from app.store.tables import memo
from app.wire.message import Message, decode, encode

M = TypeVar("M", bound=Message)
_FIND = select(memo.c.content).where(memo.c.name == bindparam("wanted"))
"""Made once: every act at the counter looks for the last instant that was heard."""


def read_memo(connection: Connection, name: str) -> bytes | None:
    """What is kept under ``name``."""
    return connection.execute(_FIND, {"wanted": name}).scalar_one_or_none()


def write_memo(connection: Connection, name: str, content: bytes | None) -> None:
    """Keep ``content`` under ``name``; None forgets it."""
    if content is None:
        connection.execute(delete(memo).where(memo.c.name == name))
        return
    changed = update(memo).where(memo.c.name == name).values(content=content, version=memo.c.version + 1)
    if not connection.execute(changed).rowcount:
        connection.execute(insert(memo).values(name=name, version=1, content=content))


def read_message(connection: Connection, name: str, kind: type[M]) -> M | None:
    """A message kept under ``name``."""
    content = read_memo(connection, name)
    return None if content is None else decode(content, kind)


def write_message(connection: Connection, name: str, message: Message | None) -> None:
    """Keep a message under ``name``."""
    write_memo(connection, name, None if message is None else encode(message))
