"""What the intermediary offers to the staff: what waits, marks, records, receivers of what was wrong, the replica."""

from dataclasses import dataclass

from app.backend.intermediary.http.persons import Persons
from app.backend.intermediary.service import guard
from app.backend.intermediary.service.flags import Flagging
from app.backend.intermediary.service.noting import NoteTaking
from app.backend.intermediary.service.recording import Recording
from app.backend.intermediary.service.references import PersonReferences
from app.backend.intermediary.service.registering import Registering
from app.backend.intermediary.service.releasing import Releasing
from app.backend.intermediary.service.tracing import Tracing
from app.link.letters import letter_endpoint
from app.wire import exchange_record as record
from app.wire import provision, replica_file
from app.wire.endpoint import Endpoint

_AT = "/intermediary/v1"


@dataclass(frozen=True, slots=True)
class Office:
    """What the staff does here."""

    releasing: Releasing
    flagging: Flagging
    tracing: Tracing
    noting: NoteTaking
    recording: Recording
    registering: Registering
    references: PersonReferences


def office_endpoints(office: Office) -> tuple[Endpoint, ...]:
    """For the staff, behind rights that have to name the business that owns the information."""
    releasing, flagging, persons = office.releasing, office.flagging, Persons(office.references)
    return (
        Endpoint(
            path=f"{_AT}/releases",
            act=guard.CHECK,
            takes=provision.AskReleases,
            gives=provision.Releases,
            does=releasing.waiting,
        ),
        Endpoint(
            path=f"{_AT}/release/open",
            act=guard.CHECK,
            takes=provision.OpenRelease,
            gives=provision.ReleaseView,
            does=persons.release(releasing.open),
        ),
        Endpoint(
            path=f"{_AT}/release/check",
            act=guard.CHECK,
            takes=provision.CheckRelease,
            gives=provision.ReleaseSettled,
            does=releasing.check,
        ),
        Endpoint(
            path=f"{_AT}/release/decide",
            act=guard.RELEASE,
            takes=provision.DecideRelease,
            gives=provision.ReleaseSettled,
            does=releasing.decide,
        ),
        Endpoint(
            path=f"{_AT}/flags",
            act=guard.FLAG,
            takes=provision.AskFlags,
            gives=provision.Flags,
            does=persons.flags(persons.asks(flagging.flags)),
        ),
        Endpoint(
            path=f"{_AT}/flag",
            act=guard.FLAG,
            takes=provision.SetFlag,
            gives=provision.FlagKept,
            does=persons.flag(persons.asks(flagging.set)),
        ),
        Endpoint(
            path=f"{_AT}/flag/clear",
            act=guard.RELEASE,
            takes=provision.ClearFlag,
            gives=provision.FlagKept,
            does=persons.flag(flagging.clear),
        ),
        *_record_endpoints(office, persons),
        *_staff_replica_endpoints(office.registering, persons),
        *_reference_endpoints(office.references),
    )


def _record_endpoints(office: Office, persons: Persons) -> tuple[Endpoint, ...]:
    tracing, recording, noting = office.tracing, office.recording, office.noting
    return (
        Endpoint(
            path=f"{_AT}/receivers",
            act=guard.TRACE,
            takes=record.FindReceivers,
            gives=record.Receivers,
            does=persons.asks(tracing.receivers),
        ),
        Endpoint(
            path=f"{_AT}/notes/send",
            act=guard.TRACE,
            takes=record.SendErrorNotes,
            gives=record.NotesMade,
            does=tracing.send,
        ),
        Endpoint(
            path=f"{_AT}/notes",
            act=guard.TRACE,
            takes=record.AskErrorNotes,
            gives=record.ErrorNoteRows,
            does=tracing.notes,
        ),
        Endpoint(
            path=f"{_AT}/notes/received",
            act=guard.RECORD,
            takes=record.AskReceivedNotes,
            gives=record.ReceivedNoteRows,
            does=noting.received,
        ),
        Endpoint(
            path=f"{_AT}/notes/acknowledge",
            act=guard.RECORD,
            takes=record.AcknowledgeNote,
            gives=record.NoteAcknowledged,
            does=noting.acknowledge,
        ),
        Endpoint(
            path=f"{_AT}/records",
            act=guard.RECORD,
            takes=record.FindRecords,
            gives=record.Records,
            does=persons.asks(recording.records),
        ),
        Endpoint(
            path=f"{_AT}/record/mark",
            act=guard.RECORD,
            takes=record.MarkRecord,
            gives=record.RecordMarked,
            does=recording.mark,
        ),
        Endpoint(
            path=f"{_AT}/records/disclose",
            act=guard.DISCLOSE,
            takes=record.DiscloseRecords,
            gives=record.DisclosedRecords,
            does=persons.asks(recording.disclose),
        ),
    )


def _staff_replica_endpoints(registering: Registering, persons: Persons) -> tuple[Endpoint, ...]:
    state = replica_file.ReplicaFileState
    return (
        Endpoint(
            path=f"{_AT}/replica/find",
            act=guard.READ,
            takes=replica_file.FindReplica,
            gives=replica_file.FoundReplica,
            does=persons.replica(persons.asks(registering.find)),
        ),
        Endpoint(
            path=f"{_AT}/replica/enter",
            act=guard.ENTER,
            takes=replica_file.EnterReplica,
            gives=replica_file.ReplicaKept,
            does=persons.asks(registering.enter),
        ),
        Endpoint(
            path=f"{_AT}/replica/delete",
            act=guard.DELETE,
            takes=replica_file.DeleteReplica,
            gives=replica_file.ReplicaKept,
            does=persons.asks(registering.delete),
        ),
        Endpoint(
            path=f"{_AT}/replica/files",
            act=guard.READ,
            takes=replica_file.AskReplicaFiles,
            gives=replica_file.ReplicaFiles,
            does=registering.files,
        ),
        Endpoint(
            path=f"{_AT}/replica/file",
            act=guard.ENTER,
            takes=replica_file.BeginReplicaFile,
            gives=state,
            does=registering.begin,
        ),
        Endpoint(
            path=f"{_AT}/replica/file/rejected",
            act=guard.READ,
            takes=replica_file.AskRejectedRows,
            gives=replica_file.RejectedLines,
            does=registering.rejected,
        ),
        Endpoint(
            path=f"{_AT}/replica/file/withdraw",
            act=guard.DELETE,
            takes=replica_file.WithdrawReplicaFile,
            gives=state,
            does=registering.withdraw,
        ),
    )


def _reference_endpoints(references: PersonReferences) -> tuple[Endpoint, ...]:
    """Where the city's own relay has references made and opened."""
    return (
        letter_endpoint(f"{_AT}/references", "relay", references.make),
        letter_endpoint(f"{_AT}/references/open", "relay", references.open),
    )
