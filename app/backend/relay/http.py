"""What the relay offers to counters. Nothing on the network side can open a connection to it."""

from app.backend.relay.service.accepting import Accepting
from app.backend.relay.service.bulk import BULK, CONVERT, Bulk
from app.backend.relay.service.naming import NAME, Naming
from app.backend.relay.service.notices import NOTIFY, NoticeSending
from app.backend.relay.service.replicas import Replicas
from app.backend.relay.service.section import MAKE, READ, SectionList
from app.backend.relay.service.staff_files import ENTER, StaffParts
from app.backend.relay.service.steering import NOTE, OPERATE, WATCH, Steering
from app.backend.relay.service.tending import TEND, Tending
from app.backend.relay.service.watching import KeyWatch
from app.link.letters import letter_endpoint
from app.wire.endpoint import Endpoint
from app.wire.person_reference import AskNames, NamedPerson, NamePerson, Names
from app.wire.portal_notice import (
    AskNoticeStates,
    CancelNotice,
    NoticeCancelled,
    NoticeStates,
    NoticeTaken,
    SendNotice,
)
from app.wire.relay import AskEnquiries, AskProviders, EnquiryAccepted, EnquiryStates, MakeEnquiry, Providers
from app.wire.relay_bulk import (
    AskBulk,
    AskBulkOutcomes,
    BulkOutcomes,
    BulkState,
    BulkTaken,
    Converted,
    ConvertFile,
    HandInBulk,
)
from app.wire.relay_office import (
    AnnounceStop,
    AskKeys,
    AskNotUsed,
    AskOperating,
    AskRuns,
    AskStatistics,
    EndStop,
    KeyStates,
    NotePapers,
    NotUsed,
    OperatingState,
    PapersNoted,
    Runs,
    Statistics,
    StopRow,
)
from app.wire.relay_section import (
    AskSectionEnquiries,
    CloseEnquiry,
    EnquiryClosed,
    EnquiryOpened,
    OpenEnquiry,
    SectionEnquiries,
)
from app.wire.relay_stopped import AskStopped, CloseStopped, SendAgain, StoppedEnquiries, StoppedSettled
from app.wire.replica_file import PutReplicaPart, ReplicaFileState


def endpoints(accepting: Accepting) -> tuple[Endpoint, ...]:
    """Enquiries are taken in lists; each procedure's right is asked again inside."""
    return (
        Endpoint(
            path="/relay/v1/enquiries",
            act="enquiry.make",
            takes=MakeEnquiry,
            gives=EnquiryAccepted,
            drains=accepting.make,
        ),
        Endpoint(
            path="/relay/v1/enquiries/state",
            act="enquiry.read",
            takes=AskEnquiries,
            gives=EnquiryStates,
            drains=accepting.watch,
        ),
        Endpoint(
            path="/relay/v1/enquiries/provider",
            act="enquiry.make",
            takes=AskProviders,
            gives=Providers,
            does=accepting.providers.shown,
        ),
    )


def tending_endpoints(tending: Tending) -> tuple[Endpoint, ...]:
    """What was given up, for who looks after it; the right is asked again inside."""
    return (
        Endpoint(path="/relay/v1/stopped", act=TEND, takes=AskStopped, gives=StoppedEnquiries, does=tending.shown),
        Endpoint(
            path="/relay/v1/stopped/again", act=TEND, takes=SendAgain, gives=StoppedSettled, does=tending.send_again
        ),
        Endpoint(
            path="/relay/v1/stopped/close", act=TEND, takes=CloseStopped, gives=StoppedSettled, does=tending.close
        ),
    )


def section_endpoints(section: SectionList) -> tuple[Endpoint, ...]:
    """A section's enquiries; each procedure's right is asked again inside."""
    at = "/relay/v1/enquiries"
    return (
        Endpoint(path=f"{at}/list", act=READ, takes=AskSectionEnquiries, gives=SectionEnquiries, does=section.listed),
        Endpoint(path=f"{at}/open", act=READ, takes=OpenEnquiry, gives=EnquiryOpened, does=section.opened),
        Endpoint(path=f"{at}/close", act=MAKE, takes=CloseEnquiry, gives=EnquiryClosed, does=section.close),
    )


def key_endpoints(keys: KeyWatch) -> tuple[Endpoint, ...]:
    """The versions of keys, for who watches."""
    return (Endpoint(path="/relay/v1/keys", act=WATCH, takes=AskKeys, gives=KeyStates, does=keys.shown),)


def replica_endpoints(replicas: Replicas) -> tuple[Endpoint, ...]:
    """Where residentbase hands over household information for the replica."""
    return (letter_endpoint("/relay/v1/replicas", "residentbase", replicas.take),)


def bulk_endpoints(bulk: Bulk) -> tuple[Endpoint, ...]:
    """Files of business systems; each procedure's right is asked again inside."""
    return (
        Endpoint(path="/relay/v1/bulk", act=BULK, takes=HandInBulk, gives=BulkTaken, does=bulk.hand_in),
        Endpoint(path="/relay/v1/bulk/state", act=BULK, takes=AskBulk, gives=BulkState, does=bulk.state),
        Endpoint(
            path="/relay/v1/bulk/outcomes", act=BULK, takes=AskBulkOutcomes, gives=BulkOutcomes, does=bulk.outcomes
        ),
        Endpoint(path="/relay/v1/convert", act=CONVERT, takes=ConvertFile, gives=Converted, does=bulk.convert),
    )


def notice_endpoints(sending: NoticeSending) -> tuple[Endpoint, ...]:
    """Notices to residents; each procedure's right is asked again inside."""
    return (
        Endpoint(path="/relay/v1/notice", act=NOTIFY, takes=SendNotice, gives=NoticeTaken, does=sending.send),
        Endpoint(
            path="/relay/v1/notice/states", act=NOTIFY, takes=AskNoticeStates, gives=NoticeStates, does=sending.states
        ),
        Endpoint(
            path="/relay/v1/notice/cancel", act=NOTIFY, takes=CancelNotice, gives=NoticeCancelled, does=sending.cancel
        ),
    )


def person_endpoints(naming: Naming) -> tuple[Endpoint, ...]:
    """How staff name somebody to the platform."""
    return (
        Endpoint(path="/relay/v1/person", act=NAME, takes=NamePerson, gives=NamedPerson, does=naming.name),
        Endpoint(path="/relay/v1/persons", act=NAME, takes=AskNames, gives=Names, does=naming.names),
    )


def staff_file_endpoints(parts: StaffParts) -> tuple[Endpoint, ...]:
    """Where a terminal sends the parts of a replica file."""
    at = "/relay/v1/replica-files/part"
    return (Endpoint(path=at, act=ENTER, takes=PutReplicaPart, gives=ReplicaFileState, does=parts.part),)


def steering_endpoints(steering: Steering) -> tuple[Endpoint, ...]:
    """Operating state, stops, statistics, runs, and papers that an enquiry could have replaced."""
    return (
        Endpoint(
            path="/relay/v1/operating", act=WATCH, takes=AskOperating, gives=OperatingState, does=steering.operating
        ),
        Endpoint(path="/relay/v1/stop", act=OPERATE, takes=AnnounceStop, gives=StopRow, does=steering.announce),
        Endpoint(path="/relay/v1/stop/end", act=OPERATE, takes=EndStop, gives=StopRow, does=steering.end),
        Endpoint(
            path="/relay/v1/statistics", act=WATCH, takes=AskStatistics, gives=Statistics, does=steering.statistics
        ),
        Endpoint(path="/relay/v1/runs", act=WATCH, takes=AskRuns, gives=Runs, does=steering.runs),
        Endpoint(path="/relay/v1/papers", act=NOTE, takes=NotePapers, gives=PapersNoted, does=steering.note_papers),
        Endpoint(path="/relay/v1/not-used", act=WATCH, takes=AskNotUsed, gives=NotUsed, does=steering.not_used),
    )
