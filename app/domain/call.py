"""What accompanies every request from the key press to the ledger."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.clock import business_date
from app.domain.rights import ANY, Actor, allowed
from app.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Call:
    """One request: who, under which trace number, with which key against doing it twice, at what instant (UTC)."""

    actor: Actor
    trace: str
    key: str
    at: datetime

    @property
    def municipality(self) -> str:
        """The municipality all keys of this request begin with."""
        return self.actor.municipality

    @property
    def day(self) -> date:
        """The business date of the request."""
        return business_date(self.at)

    def may_anything(self, act: str) -> bool:
        """Whether the actor may do ``act`` today for any procedure at all: enough for the door, for nothing else."""
        day = self.day
        return any(right.covers(act, right.procedure, right.item_class, day) for right in self.actor.rights)

    def demand(self, act: str, procedure: str = ANY, item_class: str = ANY) -> None:
        """Raise ``NotAllowed`` unless the actor has the right; looks like "does not exist" from outside."""
        if not allowed(self.actor, act, procedure, item_class, day=self.day):
            raise NotAllowed
