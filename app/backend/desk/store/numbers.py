"""受付番号 over a restore: a number that somebody was told since the backup is given to nobody else."""

from collections.abc import Mapping

from sqlalchemy import Connection, select, update

from app.backend.desk.store.tables import counter_table

LEFT_OUT = 10_000
"""Numbers left out when it can't be read which were given since: more than are given in months. Assumed."""
LastNumbers = Mapping[tuple[str, int], int]
"""The last number given, by municipality and year."""


def last_numbers(connection: Connection) -> LastNumbers:
    """As they stand."""
    rows = connection.execute(select(counter_table)).all()
    return {(row.municipality, row.year): row.last for row in rows}


def leave_out(connection: Connection, given: LastNumbers | None) -> None:
    """Go on behind the numbers in ``given``; None: nobody can say, so many are left out."""
    columns = counter_table.c
    for (municipality, year), last in last_numbers(connection).items():
        behind = last + LEFT_OUT if given is None else max(last, given.get((municipality, year), last))
        here = (columns.municipality == municipality, columns.year == year)
        connection.execute(update(counter_table).where(*here).values(last=behind))
