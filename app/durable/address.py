"""Where a store lives: a SQLCipher file or a PostgreSQL schema."""

from dataclasses import dataclass
from pathlib import Path

from app.domain.secret import Secret


@dataclass(frozen=True, slots=True)
class SqlcipherFile:
    """An encrypted file and its raw 32-byte key."""

    path: Path
    key: Secret


@dataclass(frozen=True, slots=True)
class PostgresSchema:
    """A schema on a PostgreSQL server. ``url``: a libpq address without password; ``password`` beside it."""

    url: str
    schema: str
    password: Secret | None = None


StoreAddress = SqlcipherFile | PostgresSchema
