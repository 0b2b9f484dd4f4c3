"""The whole backend as a counter sees it: one line, its parts by slice."""

from dataclasses import dataclass

from app.domain.secret import Secret
from app.link.line import Line
from app.remote.access_review import HttpAccessReview
from app.remote.certificates import HttpCertificates, HttpSeals
from app.remote.counters import HttpCounters
from app.remote.desk import HttpCarrier, HttpDesk, HttpLeave
from app.remote.exchange import exchange_ports
from app.remote.extracts import HttpExtracts
from app.remote.health import HttpHealth
from app.remote.jukinet import HttpResidentNetwork
from app.remote.jukirelay import HttpNetworkBoundary
from app.remote.ledger import HttpLogs
from app.remote.ledger_alarms import HttpLedgerAlarms
from app.remote.network_desk import HttpNetworkTerminal, HttpNetworkUpkeep
from app.remote.notices import HttpNotices
from app.remote.register import HttpRegister
from app.remote.register_changes import HttpRegisterDecisions, HttpRegisterEntries, HttpRegisterHistory
from app.remote.relay import HttpRelay
from app.remote.residentbase import HttpDistribution
from app.remote.restraints import HttpIssueLeave, HttpRestraints
from app.remote.revocation import HttpRevocation
from app.remote.socialaddress import HttpSocialOffice, HttpSocialParties
from app.remote.staff import HttpStaff
from app.remote.staff_changes import HttpStaffChanges
from app.remote.staff_desk import HttpStaffDesk
from app.remote.stopped_enquiries import HttpStopped
from app.remote.supervision import HttpSupervision
from app.remote.take_over import HttpSeats, HttpTakeOver
from app.services.exchange_cases import ExchangePorts
from app.services.ports.seat import Seat
from app.settings import TlsPlace


@dataclass(frozen=True, slots=True)
class HttpOffice:
    """The parts, all over ``line``."""

    line: Line
    staff: HttpStaff
    staff_desk: HttpStaffDesk
    staff_changes: HttpStaffChanges
    register: HttpRegister
    register_entries: HttpRegisterEntries
    register_decisions: HttpRegisterDecisions
    register_history: HttpRegisterHistory
    restraints: HttpRestraints
    certificates: HttpCertificates
    issue_leave: HttpIssueLeave
    seals: HttpSeals
    desk: HttpDesk
    counters: HttpCounters
    carrier: HttpCarrier
    relay: HttpRelay
    leave: HttpLeave
    network: HttpResidentNetwork
    network_terminal: HttpNetworkTerminal
    network_upkeep: HttpNetworkUpkeep
    network_boundary: HttpNetworkBoundary
    notices: HttpNotices
    revocation: HttpRevocation
    access_review: HttpAccessReview
    ledger_alarms: HttpLedgerAlarms
    stopped: HttpStopped
    supervision: HttpSupervision
    extracts: HttpExtracts
    seats: HttpSeats
    take_over: HttpTakeOver
    distribution: HttpDistribution
    social_parties: HttpSocialParties
    social_office: HttpSocialOffice
    exchange: ExchangePorts
    logs: HttpLogs
    health: HttpHealth

    def close(self) -> None:
        """End the connections."""
        self.line.close()


def open_office(url: str, tls: TlsPlace, passphrase: Secret | None, seat: Seat) -> HttpOffice:
    """The office at ``url``; nothing is sent yet."""
    line = Line(url, tls, passphrase)
    return HttpOffice(
        line=line,
        staff=HttpStaff(line, seat),
        staff_desk=HttpStaffDesk(line),
        staff_changes=HttpStaffChanges(line),
        register=HttpRegister(line),
        register_entries=HttpRegisterEntries(line),
        register_decisions=HttpRegisterDecisions(line),
        register_history=HttpRegisterHistory(line),
        restraints=HttpRestraints(line),
        issue_leave=HttpIssueLeave(line),
        certificates=HttpCertificates(line),
        seals=HttpSeals(line),
        desk=HttpDesk(line),
        counters=HttpCounters(line),
        carrier=HttpCarrier(line),
        relay=HttpRelay(line),
        leave=HttpLeave(line),
        network=HttpResidentNetwork(line),
        network_terminal=HttpNetworkTerminal(line),
        network_upkeep=HttpNetworkUpkeep(line),
        network_boundary=HttpNetworkBoundary(line),
        notices=HttpNotices(line),
        revocation=HttpRevocation(line),
        access_review=HttpAccessReview(line),
        ledger_alarms=HttpLedgerAlarms(line),
        stopped=HttpStopped(line),
        supervision=HttpSupervision(line),
        extracts=HttpExtracts(line),
        seats=HttpSeats(line),
        take_over=HttpTakeOver(line),
        distribution=HttpDistribution(line),
        social_parties=HttpSocialParties(line),
        social_office=HttpSocialOffice(line),
        exchange=exchange_ports(line),
        logs=HttpLogs(line),
        health=HttpHealth(line),
    )
