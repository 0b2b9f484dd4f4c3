"""The intermediary as a counter sees it: what waits for a person, marks, records and notes, the replica."""

from typing import Protocol

from app.services.ports.seat import Press, Session
from app.wire import exchange_record as record
from app.wire import person_reference, provision, replica_file


class PersonOffice(Protocol):
    """How somebody is named to the platform: 宛名番号 here, a reference there. Errors as in the office's ports."""

    def name(self, press: Press, session: Session, business_number: str) -> person_reference.NamedPerson: ...
    def names(self, press: Press, session: Session, persons: tuple[str, ...]) -> tuple[str, ...]:
        """One 宛名番号 for each reference, in order; "" for somebody who has none any more."""
        ...


class ReleaseOffice(Protocol):
    """Enquiries that are held back, and marks. Errors of all as in ``app.services.ports.office``."""

    def releases(self, press: Press, session: Session) -> provision.Releases: ...
    def open_release(self, press: Press, session: Session, process_number: str) -> provision.ReleaseView: ...
    def check(self, press: Press, session: Session, asked: provision.CheckRelease) -> provision.ReleaseSettled:
        """Errors besides: Refused ``release_settled``, ``unknown_reason``; Conflict where anything changed since."""
        ...

    def decide(self, press: Press, session: Session, asked: provision.DecideRelease) -> provision.ReleaseSettled:
        """Errors besides: as ``check``; Refused ``release_unchecked``, ``release_time_over``.

        Refused ``second_person_needed`` for who checked it.
        """
        ...

    def flags(self, press: Press, session: Session, asked: provision.AskFlags) -> provision.Flags: ...
    def set_flag(self, press: Press, session: Session, asked: provision.SetFlag) -> provision.FlagKept:
        """Errors besides: Refused ``flag_is_set``, ``flag_on_nothing``, ``unknown_reason``."""
        ...

    def clear_flag(self, press: Press, session: Session, asked: provision.ClearFlag) -> provision.FlagKept:
        """Errors besides: Refused ``second_person_needed``, ``flag_not_set``, ``unknown_reason``; Conflict."""
        ...


class RecordOffice(Protocol):
    """Receivers of what was wrong, error notes of both directions, records and their disclosure."""

    def receivers(self, press: Press, session: Session, asked: record.FindReceivers) -> record.Receivers: ...
    def send_notes(self, press: Press, session: Session, asked: record.SendErrorNotes) -> record.NotesMade:
        """Errors besides: Refused ``no_receivers``, ``too_many_receivers``, ``unknown_reason``."""
        ...

    def notes(self, press: Press, session: Session, owner: str) -> record.ErrorNoteRows: ...
    def received_notes(self, press: Press, session: Session, task: str) -> record.ReceivedNoteRows: ...
    def acknowledge(self, press: Press, session: Session, asked: record.AcknowledgeNote) -> record.NoteAcknowledged:
        """Errors besides: Refused ``note_acknowledged``; Conflict."""
        ...

    def records(self, press: Press, session: Session, asked: record.FindRecords) -> record.Records: ...
    def mark(self, press: Press, session: Session, asked: record.MarkRecord) -> record.RecordMarked:
        """Errors besides: Refused ``text_missing``, ``second_person_needed``, ``record_not_hidden``."""
        ...

    def disclose(self, press: Press, session: Session, asked: record.DiscloseRecords) -> record.DisclosedRecords: ...


class ReplicaOffice(Protocol):
    """The replica by person and by file."""

    def find(self, press: Press, session: Session, asked: replica_file.FindReplica) -> replica_file.FoundReplica: ...
    def enter(self, press: Press, session: Session, asked: replica_file.EnterReplica) -> replica_file.ReplicaKept:
        """Errors besides: Refused ``bad_year``, ``bad_value``, ``item_unknown_here``; Conflict."""
        ...

    def delete(self, press: Press, session: Session, asked: replica_file.DeleteReplica) -> replica_file.ReplicaKept:
        """Errors besides: Refused ``unknown_reason``; Conflict."""
        ...

    def files(self, press: Press, session: Session, owner: str) -> replica_file.ReplicaFiles: ...
    def begin(
        self, press: Press, session: Session, asked: replica_file.BeginReplicaFile
    ) -> replica_file.ReplicaFileState:
        """Errors besides: Refused ``unknown_information``, ``bad_year``, ``item_unknown_here``; Conflict."""
        ...

    def part(self, press: Press, session: Session, asked: replica_file.PutReplicaPart) -> replica_file.ReplicaFileState:
        """Errors besides: Refused ``part_altered``."""
        ...

    def rejected(
        self, press: Press, session: Session, asked: replica_file.AskRejectedRows
    ) -> replica_file.RejectedLines: ...
    def withdraw(
        self, press: Press, session: Session, asked: replica_file.WithdrawReplicaFile
    ) -> replica_file.ReplicaFileState:
        """Errors besides: Refused ``unknown_reason``."""
        ...
