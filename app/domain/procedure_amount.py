"""What a procedure pays a month: for which rows of a group, by rank and band."""

from dataclasses import dataclass

from app.domain.conditions import Condition


@dataclass(frozen=True, slots=True)
class Band:
    """Yen a month for a row that satisfies ``when``; the first band that fits is taken."""

    yen: int
    label: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Amount:
    """What is paid a month for each row of ``group``. Rows of ``count_also`` are counted in ``rank``, not paid.

    The rank goes by the first known date of ``order_by``, eldest first; counted are the rows that satisfy ``counted``.
    """

    group: str
    order_by: tuple[str, ...]
    count_also: tuple[str, ...]
    counted: Condition
    paid: Condition
    bands: tuple[Band, ...]
