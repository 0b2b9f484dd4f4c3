"""Receiving systems of the bench: each keeps what it takes durably in a store of its own, as a real one must."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, Table, insert, select

from app.domain.clock import Clock
from app.durable.address import StoreAddress
from app.durable.cells import Cell, Cells, key_table
from app.durable.engine import Database, open_database
from app.errors import AppError
from app.link.letters import Correspondent, answer_each
from app.trust.seal import new_key
from app.wire.letter import Letter
from app.wire.message import encode
from app.wire.resident_base import ResidentChanges, Taken, fresh

METADATA = MetaData()
KEYS = key_table(METADATA)
TAKEN = Table("taken", METADATA, Column("up_to", BigInteger, primary_key=True), Column("sealed", LargeBinary))


@dataclass
class System:
    """``order``: places in the register's line, as they came; ``largest``: the most changes in one message."""

    name: str
    post: Correspondent
    database: Database
    cells: Cells
    up_to: int = 0
    largest: int = 0
    messages: int = 0
    size: int = 0
    order: list[tuple[str, int]] = field(default_factory=list)

    def take(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        return answer_each(letters, self._take)

    def _take(self, letter: Letter) -> Letter:
        sent = self.post.read(letter, "resident-changes/1", ResidentChanges, "residentbase")
        found = fresh(self.up_to, sent)
        if found.changes:
            self._keep(sent.municipality, found.up_to, encode(found.changes))
        self.up_to = found.up_to
        self.messages += 1
        self.size += len(letter.body)
        self.largest = max(self.largest, len(sent.changes))
        self.order += [(one.subject, one.register_sequence) for one in found.changes]
        place = sent.municipality
        answer = Taken(municipality=place, system=self.name, up_to=found.up_to, missing=found.missing)
        return self.post.write(f"{self.name}@{place}", "taken/1", answer)

    def _keep(self, municipality: str, up_to: int, content: bytes) -> None:
        cell = Cell(municipality, TAKEN.name, "sealed", str(up_to), 1)
        self.database.write(
            lambda connection: connection.execute(
                insert(TAKEN).values(up_to=up_to, sealed=self.cells.seal(connection, cell, content))
            )
        )

    def kept(self) -> int:
        """The last sequence that is durably there."""
        found = self.database.read(lambda connection: connection.execute(select(TAKEN.c.up_to)).scalars().all())
        return max(found, default=0)


def open_system(name: str, post: Correspondent, address: StoreAddress, clock: Clock) -> System:
    """A system on a fresh store."""
    database = open_database(address)
    database.write(METADATA.create_all)
    return System(name, post, database, Cells(KEYS, new_key(), clock))


def written(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
