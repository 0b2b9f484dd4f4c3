"""The replica by person and by file, over the line."""

from app.link.line import Line
from app.remote.staff import headers
from app.services.ports.seat import Press, Session
from app.wire import replica_file

_AT = "/intermediary/v1"


class HttpReplica:
    """See ``ReplicaOffice``."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def find(self, press: Press, session: Session, asked: replica_file.FindReplica) -> replica_file.FoundReplica:
        return self._line.ask(f"{_AT}/replica/find", asked, replica_file.FoundReplica, headers(press, session))

    def enter(self, press: Press, session: Session, asked: replica_file.EnterReplica) -> replica_file.ReplicaKept:
        return self._line.ask(f"{_AT}/replica/enter", asked, replica_file.ReplicaKept, headers(press, session))

    def delete(self, press: Press, session: Session, asked: replica_file.DeleteReplica) -> replica_file.ReplicaKept:
        return self._line.ask(f"{_AT}/replica/delete", asked, replica_file.ReplicaKept, headers(press, session))

    def files(self, press: Press, session: Session, owner: str) -> replica_file.ReplicaFiles:
        return self._line.ask(
            f"{_AT}/replica/files",
            replica_file.AskReplicaFiles(owner=owner),
            replica_file.ReplicaFiles,
            headers(press, session),
        )

    def begin(
        self, press: Press, session: Session, asked: replica_file.BeginReplicaFile
    ) -> replica_file.ReplicaFileState:
        return self._line.ask(f"{_AT}/replica/file", asked, replica_file.ReplicaFileState, headers(press, session))

    def part(self, press: Press, session: Session, asked: replica_file.PutReplicaPart) -> replica_file.ReplicaFileState:
        """The rows are by 宛名番号 here: the relay puts the platform's numbers in their place."""
        path = "/relay/v1/replica-files/part"
        return self._line.ask(path, asked, replica_file.ReplicaFileState, headers(press, session))

    def rejected(
        self, press: Press, session: Session, asked: replica_file.AskRejectedRows
    ) -> replica_file.RejectedLines:
        return self._line.ask(
            f"{_AT}/replica/file/rejected", asked, replica_file.RejectedLines, headers(press, session)
        )

    def withdraw(
        self, press: Press, session: Session, asked: replica_file.WithdrawReplicaFile
    ) -> replica_file.ReplicaFileState:
        return self._line.ask(
            f"{_AT}/replica/file/withdraw", asked, replica_file.ReplicaFileState, headers(press, session)
        )
