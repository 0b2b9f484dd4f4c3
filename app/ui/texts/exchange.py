"""Words of the exchange's screens: resources/text/exchange.toml, a section for each screen and form."""

from dataclasses import dataclass

from app.ui.texts.exchange_ask import (
    ExchangeBulkTexts,
    ExchangeCodesTexts,
    ExchangeConvertTexts,
    ExchangeEnquiriesTexts,
    ExchangeEnquiryAgainTexts,
    ExchangeEnquiryCloseTexts,
    ExchangeEnquiryOneTexts,
)
from app.ui.texts.exchange_provide import (
    ExchangeErrorNoteTexts,
    ExchangeFlagClearTexts,
    ExchangeFlagSetTexts,
    ExchangeFlagsTexts,
    ExchangeNotesTexts,
    ExchangeReceivedTexts,
    ExchangeReceiversTexts,
    ExchangeReleasesTexts,
    ExchangeReleaseTexts,
)
from app.ui.texts.exchange_records import (
    ExchangeDisclosureTexts,
    ExchangeFilesTexts,
    ExchangeFileWithdrawTexts,
    ExchangeRecordMarkTexts,
    ExchangeRecordsTexts,
    ExchangeRejectedTexts,
    ExchangeReplicaDeleteTexts,
    ExchangeReplicaRowTexts,
    ExchangeReplicaTexts,
)
from app.ui.texts.exchange_residents import (
    ExchangeNoticeCancelTexts,
    ExchangeNoticeSendTexts,
    ExchangeNoticesTexts,
    ExchangeOwnTexts,
)
from app.ui.texts.exchange_watch import (
    ExchangeKeysTexts,
    ExchangeReportsTexts,
    ExchangeRunsTexts,
    ExchangeStateTexts,
    ExchangeStatisticsTexts,
    ExchangeStopAnnounceTexts,
    ExchangeUnusedTexts,
)


@dataclass(frozen=True, slots=True)
class ExchangeCommonTexts:
    """What the screens share."""

    look: str
    look_key: str
    refresh: str
    refresh_key: str
    before: str
    loading: str
    owner: str
    task: str
    person: str
    number_wrong: str
    none: str
    yes: str
    no: str
    everybody: str
    of_year_: str
    of_period_: str
    whole_file: str

    def of_period(self, information: str, since: str, until: str) -> str:
        return self.of_period_.format(information=information, since=since, until=until)

    def of_year(self, information: str, year: int | str) -> str:
        return self.of_year_.format(information=information, year=year)


@dataclass(frozen=True, slots=True)
class ExchangeRoomsTexts:
    """Doors, and the headings they stand under."""

    group_provide: str
    group_ask: str
    group_residents: str
    group_watch: str
    releases: str
    releases_text: str
    flags: str
    flags_text: str
    receivers: str
    receivers_text: str
    received: str
    received_text: str
    records: str
    records_text: str
    disclosure: str
    disclosure_text: str
    replica: str
    replica_text: str
    files: str
    files_text: str
    enquiries: str
    enquiries_text: str
    bulk: str
    bulk_text: str
    convert: str
    convert_text: str
    codes: str
    codes_text: str
    notices: str
    notices_text: str
    own: str
    own_text: str
    state: str
    state_text: str
    statistics: str
    statistics_text: str
    runs: str
    runs_text: str
    unused: str
    unused_text: str
    keys: str
    keys_text: str


@dataclass(frozen=True, slots=True)
class ExchangeTexts:
    """All of them."""

    common: ExchangeCommonTexts
    rooms: ExchangeRoomsTexts
    releases: ExchangeReleasesTexts
    release: ExchangeReleaseTexts
    flags: ExchangeFlagsTexts
    flag_set: ExchangeFlagSetTexts
    flag_clear: ExchangeFlagClearTexts
    receivers: ExchangeReceiversTexts
    error_note: ExchangeErrorNoteTexts
    notes: ExchangeNotesTexts
    received: ExchangeReceivedTexts
    records: ExchangeRecordsTexts
    record_mark: ExchangeRecordMarkTexts
    disclosure: ExchangeDisclosureTexts
    replica: ExchangeReplicaTexts
    replica_row: ExchangeReplicaRowTexts
    replica_delete: ExchangeReplicaDeleteTexts
    files: ExchangeFilesTexts
    file_withdraw: ExchangeFileWithdrawTexts
    rejected: ExchangeRejectedTexts
    enquiries: ExchangeEnquiriesTexts
    enquiry_one: ExchangeEnquiryOneTexts
    enquiry_again: ExchangeEnquiryAgainTexts
    enquiry_close: ExchangeEnquiryCloseTexts
    codes: ExchangeCodesTexts
    bulk: ExchangeBulkTexts
    convert: ExchangeConvertTexts
    own: ExchangeOwnTexts
    notices: ExchangeNoticesTexts
    notice_send: ExchangeNoticeSendTexts
    notice_cancel: ExchangeNoticeCancelTexts
    state: ExchangeStateTexts
    stop_announce: ExchangeStopAnnounceTexts
    reports: ExchangeReportsTexts
    statistics: ExchangeStatisticsTexts
    unused: ExchangeUnusedTexts
    runs: ExchangeRunsTexts
    keys: ExchangeKeysTexts
