"""What the relay offers besides single enquiries: files of business systems, operating state, statistics."""

from collections.abc import Callable
from dataclasses import dataclass

from app.backend.relay import http as relay_http
from app.backend.relay import store as relay_store
from app.backend.relay.service.accepting import Accepting
from app.backend.relay.service.bulk import Bulk
from app.backend.relay.service.expiring import Expiring
from app.backend.relay.service.naming import Naming
from app.backend.relay.service.notices import NoticeKeys, NoticeSending
from app.backend.relay.service.replica_files import ReplicaFiles
from app.backend.relay.service.section import SectionList
from app.backend.relay.service.staff_files import StaffParts
from app.backend.relay.service.steering import Steering
from app.backend.relay.service.watching import KeyWatch, ReadKeys
from app.backend.relay.service.windows import Windows
from app.domain.clock import Clock
from app.durable.worker import Pump
from app.link.letters import Correspondent, Neighbour
from app.server import shipped
from app.server.exchange_data import ExchangeData
from app.server.parts import SliceParts
from app.wire.endpoint import Endpoint

BULK_IDLE_S = 1.0
NOTICE_IDLE_S = 5.0
EXPIRY_IDLE_S = 600.0


@dataclass(frozen=True, slots=True)
class RelayOffice:
    """``pumps`` are to be started and closed."""

    bulk: Bulk
    steering: Steering
    notices: NoticeSending
    expiring: Expiring
    pumps: tuple[Pump, ...]
    endpoints: tuple[Endpoint, ...]


def relay_windows(own: SliceParts, data: ExchangeData, clock: Clock) -> Windows:
    """When each side takes something."""
    book = relay_store.OfficeStore(own.database, own.answers, own.pen)
    return Windows(book, data.rules.hours, data.sides, clock)


def staff_doors(
    own: SliceParts,
    post: Correspondent,
    addressee: tuple[Neighbour, Neighbour],
    references: tuple[Neighbour, Neighbour],
    files: ReplicaFiles,
    keys: ReadKeys,
) -> tuple[Endpoint, ...]:
    """Where staff name persons to the platform, by number or row by row in a file; and keys. Errors: DataFault."""
    book = relay_store.OfficeStore(own.database, own.answers, own.pen)
    owners = {name: rule.owner for name, rule in shipped.provision_rules().information.items()}
    naming = Naming(book, post, addressee, references)
    return (
        *relay_http.key_endpoints(KeyWatch(keys)),
        *relay_http.person_endpoints(naming),
        *relay_http.staff_file_endpoints(StaffParts(book, files, owners)),
    )


def build_relay_office(
    own: SliceParts,
    data: ExchangeData,
    carried: tuple[relay_store.RelayStore, Accepting, Windows, Callable[[], None]],
    sending: tuple[Correspondent, tuple[Neighbour, Neighbour], NoticeKeys],
    clock: Clock,
) -> RelayOffice:
    """Put together what stands on the relay's enquiries."""
    enquiries, accepting, windows, wake = carried
    files = relay_store.BulkStore(own.database, own.cells, own.answers, own.pen)
    bulk = Bulk((files, enquiries), accepting, data.formats, data.sides.bulk_open, clock)
    book = relay_store.OfficeStore(own.database, own.answers, own.pen)
    replaces = {name: rule.replaces for name, rule in data.enquiries.items()}
    steering = Steering(book, windows, (data.enquiries, data.permissions), replaces, wake)
    pump = Pump("relay-bulk", bulk.turn, BULK_IDLE_S)
    bulk.wakes(pump.wake)
    post, lines, keys = sending
    letters = relay_store.NoticeStore(own.database, own.cells, own.answers, own.pen)
    notices = NoticeSending(letters, post, lines, keys, (windows, clock))
    posting = Pump("relay-notices", notices.turn, NOTICE_IDLE_S)
    notices.wakes(posting.wake)
    endpoints = (
        *relay_http.section_endpoints(SectionList(enquiries, data.enquiries, windows)),
        *relay_http.bulk_endpoints(bulk),
        *relay_http.steering_endpoints(steering),
        *relay_http.notice_endpoints(notices),
    )
    expiring = Expiring(book, tuple(keys.boxes), data.sides.kept, clock)
    pumps = (pump, posting, Pump("relay-expiry", expiring.turn, EXPIRY_IDLE_S))
    return RelayOffice(bulk, steering, notices, expiring, pumps, endpoints)
