"""Who may do what: one decision function, default no."""

from dataclasses import dataclass
from datetime import date

ANY = "*"


@dataclass(frozen=True, slots=True)
class Right:
    """Leave for one act on one procedure and one class of items, ``since`` to ``until``, both days included."""

    act: str
    procedure: str = ANY
    item_class: str = ANY
    since: date | None = None
    until: date | None = None

    def covers(self, act: str, procedure: str, item_class: str, day: date) -> bool:
        """Whether this right alone gives leave on ``day``."""
        return (
            self.act == act
            and self.procedure in {ANY, procedure}
            and self.item_class in {ANY, item_class}
            and (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member of staff at an enrolled terminal, within one municipality and department.

    A backend slice that acts for itself has ``staff_id`` "slice:<name>".
    """

    municipality: str
    staff_id: str
    name: str
    department: str
    terminal: str
    rights: tuple[Right, ...]


def allowed(actor: Actor, act: str, procedure: str, item_class: str, *, day: date) -> bool:
    """Whether ``actor`` may do ``act`` for ``procedure`` on ``item_class`` on ``day``. Nothing given means no."""
    return any(right.covers(act, procedure, item_class, day) for right in actor.rights)
