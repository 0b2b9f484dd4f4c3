"""What the exchange's rooms are handed: every use case of it, made of the ports of the office."""

from dataclasses import dataclass

from app.services.name_people import NamePeople
from app.services.ports.exchange_office import BulkOffice, NoticeOffice, OwnOffice, SectionOffice, WatchOffice
from app.services.ports.memory import Journal
from app.services.ports.provision import PersonOffice, RecordOffice, ReleaseOffice, ReplicaOffice
from app.services.release_provisions import ReleaseProvisions
from app.services.section_enquiries import SectionEnquiryList
from app.services.tend_exchange import HandInFiles, NotifyResidents, WatchExchange
from app.services.tend_records import TendRecords
from app.services.tend_replica import TendReplica


@dataclass(frozen=True, slots=True)
class ExchangePorts:
    """The office as the exchange's use cases need it."""

    persons: PersonOffice
    releases: ReleaseOffice
    records: RecordOffice
    replica: ReplicaOffice
    section: SectionOffice
    bulk: BulkOffice
    watch: WatchOffice
    notices: NoticeOffice
    own: OwnOffice


@dataclass(frozen=True, slots=True)
class ExchangeCases:
    """The use cases."""

    releases: ReleaseProvisions
    records: TendRecords
    replica: TendReplica
    section: SectionEnquiryList
    files: HandInFiles
    notify: NotifyResidents
    watch: WatchExchange


def exchange_cases(ports: ExchangePorts, journal: Journal) -> ExchangeCases:
    """All of them."""
    people = NamePeople(ports.persons)
    return ExchangeCases(
        releases=ReleaseProvisions(ports.releases, people, journal),
        records=TendRecords(ports.records, people, journal),
        replica=TendReplica(ports.replica, people, journal),
        section=SectionEnquiryList(ports.section, journal),
        files=HandInFiles(ports.bulk, journal),
        notify=NotifyResidents(ports.notices, ports.own, people, journal),
        watch=WatchExchange(ports.watch, journal),
    )
