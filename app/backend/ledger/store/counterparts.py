"""What counterparts have cosigned of own logs, and what this institution has seen of theirs."""

from datetime import datetime

import msgspec
from sqlalchemy import delete, insert, select, update

from app.backend.ledger.ports import Foreign, Shown
from app.backend.ledger.store.tables import foreign_table, guardians_table, shown_table
from app.backend.ledger.store.witness import WitnessUnit
from app.durable.absent import insert_if_absent


class Unit(WitnessUnit):
    """See ``CounterpartUnit``."""

    def shown(self, municipality: str, counterpart: str) -> tuple[Shown, ...]:
        columns = shown_table.c
        mine = (columns.municipality == municipality, columns.counterpart == counterpart)
        rows = self.connection.execute(select(shown_table).where(*mine).order_by(columns.log))
        return tuple(Shown(*(getattr(row, name) for name in Shown.__slots__)) for row in rows)

    def keep_shown(self, shown: Shown) -> None:
        columns = shown_table.c
        mine = (columns.municipality == shown.municipality, columns.counterpart == shown.counterpart)
        self.connection.execute(delete(shown_table).where(*mine, columns.log == shown.log))
        values = {name: getattr(shown, name) for name in Shown.__slots__}
        self.connection.execute(insert(shown_table).values(**values))

    def foreign(self, witness: str, municipality: str, log: str) -> Foreign | None:
        columns = foreign_table.c
        mine = (columns.witness == witness, columns.municipality == municipality, columns.log == log)
        row = self.connection.execute(select(foreign_table).where(*mine).with_for_update()).one_or_none()
        return None if row is None else Foreign(*(getattr(row, name) for name in Foreign.__slots__))

    def keep_foreign(self, foreign: Foreign, before: int) -> bool:
        columns, values = foreign_table.c, {name: getattr(foreign, name) for name in Foreign.__slots__}
        if before < 0:
            return insert_if_absent(self.connection, foreign_table, values)
        mine = (columns.witness == foreign.witness, columns.municipality == foreign.municipality)
        here = (*mine, columns.log == foreign.log, columns.size == before)
        return self.connection.execute(update(foreign_table).where(*here).values(**values)).rowcount == 1

    def guardians(self, witness: str, municipality: str) -> tuple[str, ...]:
        columns = guardians_table.c
        mine = (columns.witness == witness, columns.municipality == municipality)
        found = self.connection.execute(select(columns.lists).where(*mine).with_for_update()).scalar_one_or_none()
        return () if found is None else msgspec.json.decode(found, type=tuple[str, ...])

    def keep_guardians(self, witness: str, municipality: str, lists: tuple[str, ...], at: datetime) -> None:
        columns = guardians_table.c
        mine = (columns.witness == witness, columns.municipality == municipality)
        self.connection.execute(delete(guardians_table).where(*mine))
        values = {"witness": witness, "municipality": municipality, "lists": msgspec.json.encode(lists), "at": at}
        self.connection.execute(insert(guardians_table).values(**values))
