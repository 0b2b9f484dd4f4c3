"""受付番号 and 領収番号 over a restore: a number that somebody was told since the backup is given to nobody else."""

from collections.abc import Mapping

from sqlalchemy import Connection, select, update

from app.backend.desk.store.fee_tables import fee_serial_table
from app.backend.desk.store.tables import counter_table

LEFT_OUT = 10_000
"""Numbers left out when it can't be read which were given since: more than are given in months. Assumed."""
LastNumbers = Mapping[tuple[str, str, int], int]
"""The last number given, by series, municipality and year."""
_SERIES = (counter_table, fee_serial_table)


def last_numbers(connection: Connection) -> LastNumbers:
    """As they stand."""
    return {
        (series.name, row.municipality, row.year): row.last
        for series in _SERIES
        for row in connection.execute(select(series)).all()
    }


def leave_out(connection: Connection, given: LastNumbers | None) -> None:
    """Go on behind the numbers in ``given``; None: nobody can say, so many are left out."""
    series = {one.name: one for one in _SERIES}
    for (name, municipality, year), last in last_numbers(connection).items():
        columns = series[name].c
        behind = last + LEFT_OUT if given is None else max(last, given.get((name, municipality, year), last))
        here = (columns.municipality == municipality, columns.year == year)
        connection.execute(update(series[name]).where(*here).values(last=behind))
