"""住基ネットの本人確認情報: for which tasks the law allows a search by the basic four, and who may make it."""

from datetime import date
from enum import StrEnum

from app.domain.procedure import Procedure
from app.domain.rights import ANY, Actor, allowed

NETWORK_SEARCH = "network.search"
"""The act, and the right to it."""
_PATH = "juki"


class Bar(StrEnum):
    """What stands against a search."""

    TASK = "task"
    """No row of the law allows it for this task (住基法30条の6 to 30条の15の2, 別表)."""
    RIGHT = "right"
    """This person has not the right."""


def bar_to_search(procedure: Procedure, actor: Actor, day: date) -> Bar | None:
    """What stands against it on ``day``; None if nothing does.

    A task is allowed if its file has an enquiry on the network's path (juki) with a ground in force.
    """
    if not any(one.path == _PATH and one.basis_on(day) is not None for one in procedure.enquiries):
        return Bar.TASK
    return None if allowed(actor, NETWORK_SEARCH, procedure.id, ANY, day=day) else Bar.RIGHT
