"""副本 at a counter: found by person, entered, deleted; files sent part by part from where they stopped."""

from collections.abc import Callable, Iterable

import msgspec

from app.services.name_people import NamePeople
from app.services.ports.memory import Journal
from app.services.ports.provision import ReplicaOffice
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.trust.file_chain import begin_chain, next_chain, part_digest
from app.wire.replica_file import (
    AskRejectedRows,
    BeginReplicaFile,
    DeleteReplica,
    EnterReplica,
    FindReplica,
    FoundReplica,
    PutReplicaPart,
    RejectedLines,
    ReplicaFiles,
    ReplicaFileState,
    ReplicaKept,
    WithdrawReplicaFile,
)

READ, ENTER, DELETE = "replica.read", "replica.enter", "replica.delete"
"""The acts rights are needed for, each with the business that owns the information as its procedure."""
Parts = Callable[[], Iterable[str]]
"""Gives the parts of a file anew each time, one after the other: none is kept in memory longer than it is sent."""
Progress = Callable[[ReplicaFileState], bool]
"""Is told after each part; False: stop here, to go on another time."""


class TendReplica:
    """The use cases of a section that owns information. Persons are named by 宛名番号, in files too."""

    def __init__(self, office: ReplicaOffice, people: NamePeople, journal: Journal) -> None:
        self._office, self._people, self._journal = office, people, journal

    def find(self, press: Press, session: Session, asked: FindReplica) -> FoundReplica:
        """What is registered of one person."""

        def found() -> FoundReplica:
            there = self._office.find(press, session, self._people.sent(press, session, asked))
            return msgspec.structs.replace(there, person=asked.person)

        return recorded(self._journal, (press, session), Doing("replica.looked", about=asked.person), found)

    def enter(self, press: Press, session: Session, asked: EnterReplica) -> ReplicaKept:
        """Register one row. Errors: as ``ReplicaOffice.enter``."""
        doing = Doing("replica.written", about=asked.person, what={"information": asked.information})
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._office.enter(press, session, self._people.sent(press, session, asked)),
        )

    def delete(self, press: Press, session: Session, asked: DeleteReplica) -> ReplicaKept:
        """Delete one row. Errors: as ``ReplicaOffice.delete``."""
        doing = Doing("replica.removed", about=asked.person, what={"reason": asked.reason})
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._office.delete(press, session, self._people.sent(press, session, asked)),
        )

    def files(self, press: Press, session: Session, owner: str) -> ReplicaFiles:
        """The newest files, with how far each has come."""
        doing = Doing("replica_files.shown")
        return recorded(self._journal, (press, session), doing, lambda: self._office.files(press, session, owner))

    def rejected(self, press: Press, session: Session, asked: AskRejectedRows) -> RejectedLines:
        """A page of rows that were not registered."""
        doing = Doing("replica_rejected.shown", about=asked.file_id)
        return recorded(self._journal, (press, session), doing, lambda: self._office.rejected(press, session, asked))

    def withdraw(self, press: Press, session: Session, asked: WithdrawReplicaFile) -> ReplicaFileState:
        """Delete what came last with a file. Errors: as ``ReplicaOffice.withdraw``."""
        doing = Doing("replica_file.withdrawn", about=asked.file_id, what={"reason": asked.reason})
        return recorded(self._journal, (press, session), doing, lambda: self._office.withdraw(press, session, asked))

    def send(
        self, press: Press, session: Session, asked: BeginReplicaFile, parts: Parts, progress: Progress
    ) -> ReplicaFileState:
        """Send a file from where it stopped, until it is whole or ``progress`` says to stop.

        Errors: as ``ReplicaOffice.begin`` and ``part``; what was sent stays sent, and the next time goes on behind it.
        """
        doing = Doing("replica_file.sent", about=asked.file_id, what={"information": asked.information})
        return recorded(
            self._journal,
            (press, session),
            doing,
            lambda: self._sent((press, session), asked, parts, progress),
            lambda state: {"part": state.next_part, "rejected": state.rejected},
        )

    def _sent(
        self, by: tuple[Press, Session], asked: BeginReplicaFile, parts: Parts, progress: Progress
    ) -> ReplicaFileState:
        state = self._office.begin(*by, asked)
        for number, lines in enumerate(parts()):
            if state.state != "coming" or not progress(state):
                break
            if number < state.next_part:
                continue
            part = PutReplicaPart(
                municipality=asked.municipality,
                file_id=state.file_id,
                number=number,
                lines=lines,
                digest=part_digest(lines),
            )
            state = self._office.part(*by, part)
        return state


def announced(place: tuple[str, str], kind: tuple[str, int, tuple[str, ...]], parts: Parts) -> BeginReplicaFile:
    """What is told of a file first. ``place``: municipality and name; ``kind``: information, year, columns."""
    chain, count, rows = begin_chain(*kind), 0, 0
    for lines in parts():
        chain, count, rows = next_chain(chain, part_digest(lines)), count + 1, rows + len(lines.splitlines())
    information, year, columns = kind
    return BeginReplicaFile(
        municipality=place[0],
        file_id=place[1],
        digest=chain,
        information=information,
        tax_year=year,
        columns=columns,
        rows=rows,
        parts=count,
    )
