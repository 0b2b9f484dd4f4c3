"""What residentbase offers over the network: to the register, to receiving systems, and to who looks after it."""

from collections.abc import Iterable

from app.backend.residentbase.service.asking import Asking
from app.backend.residentbase.service.linkage import LOOK, LinkageRecords
from app.backend.residentbase.service.taking import Taking
from app.backend.residentbase.service.uses import APPLY, DECIDE, READ, TEND, Uses
from app.link.letters import letter_endpoint
from app.wire.endpoint import Endpoint
from app.wire.resident_base_office import (
    ApplicationRow,
    Applications,
    AskApplications,
    AskLinkage,
    AskSystems,
    DecideUse,
    EndUse,
    Linkage,
    Systems,
    TurnSystem,
    UseApplication,
)

_AT = "/residentbase/v1"


def endpoints(taking: Taking, asking: Asking, systems: Iterable[str]) -> tuple[Endpoint, ...]:
    """Letters: the register tells, each system asks at doors of its own."""
    return (
        letter_endpoint(f"{_AT}/changes", "register", taking.take),
        *(letter_endpoint(f"{_AT}/{name}/changes", name, asking.changes(name)) for name in systems),
        *(letter_endpoint(f"{_AT}/{name}/again", name, asking.again(name)) for name in systems),
        *(letter_endpoint(f"{_AT}/{name}/residents", name, asking.residents(name)) for name in systems),
    )


def office_endpoints(uses: Uses, records: LinkageRecords) -> tuple[Endpoint, ...]:
    """Applications, systems and linkage records, each behind a right of its own."""
    return (
        Endpoint(path=f"{_AT}/use", act=APPLY, takes=UseApplication, gives=ApplicationRow, does=uses.apply),
        Endpoint(path=f"{_AT}/use/end", act=APPLY, takes=EndUse, gives=ApplicationRow, does=uses.end),
        Endpoint(path=f"{_AT}/use/decide", act=DECIDE, takes=DecideUse, gives=ApplicationRow, does=uses.decide),
        Endpoint(path=f"{_AT}/uses", act=READ, takes=AskApplications, gives=Applications, does=uses.applications),
        Endpoint(path=f"{_AT}/systems", act=READ, takes=AskSystems, gives=Systems, does=uses.systems),
        Endpoint(path=f"{_AT}/system/turn", act=TEND, takes=TurnSystem, gives=Systems, does=uses.turn_system),
        Endpoint(path=f"{_AT}/linkage", act=LOOK, takes=AskLinkage, gives=Linkage, does=records.look),
    )
