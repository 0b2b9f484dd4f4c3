"""What is written down while days are invented: accesses, matters, and which access belongs to which misuse."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.domain.access import Access, LookupReason, Matter, Watched, Way
from app.standin.accesses.office import Clerk, Invented, Office


@dataclass(frozen=True, slots=True)
class Incident:
    """One misuse. ``kind``: its class; ``cover``: what it hides behind; ``refs``: its accesses."""

    kind: str
    cover: str
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """Synthetic accesses, in the order of time, and the truth about them."""

    watched: Watched
    incidents: tuple[Incident, ...]


@dataclass(slots=True)
class Book:
    """Collects while it is invented; ``finish`` sorts by time and numbers what was written."""

    office: Office
    accesses: list[Access] = field(default_factory=list)
    matters: dict[str, Matter] = field(default_factory=dict)
    incidents: list[tuple[str, str, list[int]]] = field(default_factory=list)
    visits: dict[tuple[str, int], list[str]] = field(default_factory=dict)

    def look(
        self, clerk: Clerk, at: datetime, way: Way, one: Invented | None, *, visit: str = "", reason: str = ""
    ) -> int:
        """Write an access; its place in the order of writing."""
        self.accesses.append(
            Access(
                ref="",
                at=at,
                way=way,
                staff_id=clerk.staff_id,
                terminal=clerk.terminal,
                person=one.person if one else "",
                household=one.household if one else "",
                visit=visit,
                reason=reason,
                near=self.office.near(clerk, one) if one else (),
            )
        )
        return len(self.accesses) - 1

    def search(self, clerk: Clerk, at: datetime, hits: Sequence[Invented], *, visit: str = "", reason: str = "") -> int:
        """Write a search with whom it returned."""
        place = self.look(clerk, at, Way.SEARCH, hits[0] if len(hits) == 1 else None, visit=visit, reason=reason)
        self.accesses[place] = replace(self.accesses[place], found=tuple(one.person for one in hits))
        return place

    def open_matter(self, clerk: Clerk, at: datetime, minutes: int, people: Sequence[Invented], day: int) -> str:
        """A visit that this clerk opens, naming ``people`` for sure; its identifier."""
        name = f"v{len(self.matters):07}"
        self.matters[name] = Matter(
            matter_id=name,
            terminal=clerk.terminal,
            opened_at=at,
            closed_at=at + timedelta(minutes=minutes),
            staff=frozenset({clerk.staff_id}),
            people=frozenset(one.person for one in people),
            households=frozenset(one.household for one in people),
        )
        self.visits.setdefault((clerk.staff_id, day), []).append(name)
        return name

    def change(self, name: str, **values: object) -> Matter:
        """Tell more of a matter."""
        self.matters[name] = replace(self.matters[name], **values)  # type: ignore[arg-type]
        return self.matters[name]

    def finish(self) -> Made:
        """Everything in the order of time."""
        order = sorted(range(len(self.accesses)), key=lambda place: self.accesses[place].at)
        refs = {place: f"synthetic:{number}" for number, place in enumerate(order)}
        accesses = [replace(self.accesses[place], ref=refs[place]) for place in order]
        incidents = tuple(
            Incident(kind, cover, tuple(refs[place] for place in places)) for kind, cover, places in self.incidents
        )
        return Made(Watched(accesses, self.matters), incidents)


REASONS = tuple(one.value for one in LookupReason)
