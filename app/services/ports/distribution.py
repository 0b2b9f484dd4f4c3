"""Port to who distributes residents' changes: uses, systems, linkage records, and what could not be told."""

from typing import Protocol

from app.services.ports.seat import Press, Session
from app.wire.resident_base_office import (
    ApplicationRow,
    Applications,
    AskLinkage,
    DecideUse,
    EndUse,
    Linkage,
    Systems,
    TurnSystem,
    UntoldChanges,
    UseApplication,
)


class DistributionOffice(Protocol):
    """Errors of all: NotAllowed, Refused with the reason, Conflict, Unreachable."""

    def apply(self, press: Press, session: Session, asked: UseApplication) -> ApplicationRow: ...
    def decide(self, press: Press, session: Session, asked: DecideUse) -> ApplicationRow: ...
    def end(self, press: Press, session: Session, asked: EndUse) -> ApplicationRow: ...
    def applications(self, press: Press, session: Session, system: str = "") -> Applications:
        """Newest first; ``system`` "": of all."""
        ...

    def systems(self, press: Press, session: Session) -> Systems: ...
    def turn_system(self, press: Press, session: Session, asked: TurnSystem) -> Systems: ...
    def linkage(self, press: Press, session: Session, asked: AskLinkage) -> Linkage: ...
    def untold(self, press: Press, session: Session) -> UntoldChanges: ...
    def tell_again(self, press: Press, session: Session, position: int) -> UntoldChanges:
        """``position``: its place in the register's line."""
        ...
