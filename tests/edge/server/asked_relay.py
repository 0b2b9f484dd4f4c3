"""What is asked of each endpoint of the boundary to the resident network: whoever has the right is not told no."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.wire import (
    jukirelay_staff,
    own_information,
    person_reference,
    portal_notice,
    register_network,
    relay_bulk,
    relay_office,
    relay_section,
)
from app.wire.desk import PersonMark
from tests.support.slices import MORNING

_DAY = date(2026, 11, 20)
_CLAIM = "child_allowance_claim"
RELAY_ASKED: Mapping[str, Callable[[str], Any]] = {
    "/register/v1/network": lambda _: register_network.AskNetworkState(business_number="100"),
    "/jukirelay/v1/state": lambda _: jukirelay_staff.AskForwarding(),
    "/jukirelay/v1/calendar": lambda _: jukirelay_staff.AskCalendar(),
    "/jukirelay/v1/span": lambda _: jukirelay_staff.ProposeSpan(
        span_id="span", kind="stop", since=MORNING, until=MORNING, reason="x"
    ),
    "/jukirelay/v1/reload": lambda _: jukirelay_staff.ReloadReplica(),
    "/jukirelay/v1/halted": lambda _: jukirelay_staff.AskHalted(),
    "/jukirelay/v1/linkage": lambda _: jukirelay_staff.AskLinkage(since=_DAY, until=_DAY),
    "/jukirelay/v1/systems": lambda _: jukirelay_staff.AskSystems(),
    "/relay/v1/bulk": lambda _: relay_bulk.HandInBulk(
        batch_id="b", procedure=_CLAIM, layout="no such", outcomes="no such", part=1, is_last=True, body=b""
    ),
    "/relay/v1/convert": lambda _: relay_bulk.ConvertFile(source="no such", target="no such", body=b""),
    "/relay/v1/operating": lambda _: relay_office.AskOperating(),
    "/relay/v1/stop": lambda _: relay_office.AnnounceStop(
        stop_id="s", side="network", since=MORNING, until=None, reason="no such"
    ),
    "/relay/v1/statistics": lambda _: relay_office.AskStatistics(since=_DAY, until=_DAY),
    "/relay/v1/keys": lambda _: relay_office.AskKeys(),
    "/relay/v1/runs": lambda _: relay_office.AskRuns(),
    "/relay/v1/papers": lambda _: relay_office.NotePapers(
        procedure=_CLAIM, papers=(relay_office.PaperMark(enquiry_id="e", enquiry="no such", paper="x"),)
    ),
    "/relay/v1/notice": lambda _: portal_notice.SendNotice(
        notice_id="n", procedure=_CLAIM, subject=PersonMark(business_number="", name=""), title="x", body="x"
    ),
    "/relay/v1/notice/states": lambda _: portal_notice.AskNoticeStates(procedure=_CLAIM),
    "/intermediary/v1/own-information": lambda _: own_information.AskOwn(person="123456789012345"),
    "/relay/v1/enquiries/list": lambda _: relay_section.AskSectionEnquiries(procedure=_CLAIM),
    "/relay/v1/person": lambda _: person_reference.NamePerson(business_number="100"),
    "/relay/v1/persons": lambda _: person_reference.AskNames(persons=()),
    "/relay/v1/not-used": lambda _: relay_office.AskNotUsed(since=_DAY, until=_DAY),
    "/jukirelay/v1/system": lambda _: jukirelay_staff.EnterSystem(system="no such sign"),
}
