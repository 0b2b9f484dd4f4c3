"""The exchange as a counter sees it: all its ports over one line."""

from app.link.line import Line
from app.remote.exchange_office import HttpBulk, HttpNotices, HttpOwn, HttpWatch
from app.remote.exchange_records import HttpRecords
from app.remote.persons import HttpPersons
from app.remote.provision import HttpReleases
from app.remote.replica import HttpReplica
from app.remote.section import HttpSection
from app.services.exchange_cases import ExchangePorts


def exchange_ports(line: Line) -> ExchangePorts:
    """All of them."""
    return ExchangePorts(
        persons=HttpPersons(line),
        releases=HttpReleases(line),
        records=HttpRecords(line),
        replica=HttpReplica(line),
        section=HttpSection(line),
        bulk=HttpBulk(line),
        watch=HttpWatch(line),
        notices=HttpNotices(line),
        own=HttpOwn(line),
    )
