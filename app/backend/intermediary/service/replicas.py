"""副本の登録: takes from the city's own relay what other bodies may be provided with."""

from collections.abc import Sequence
from typing import TypeVar

from app.backend.intermediary.ports import IntermediaryBook, IntermediaryUnit, ReplicaRow
from app.backend.intermediary.service.files import FileTaking, Sender
from app.domain.act import Act
from app.domain.clock import Clock
from app.errors import AppError, NotAllowed
from app.link.letters import Correspondent, answer_each, municipality_of, noted_in
from app.wire.letter import Letter
from app.wire.replica import PutReplicas, ReplicasPut
from app.wire.replica_file import AskRejectedRows, AskReplicaFile, BeginReplicaFile, PutReplicaPart

F = TypeVar("F", BeginReplicaFile, PutReplicaPart, AskReplicaFile)


class Replicating:
    """The way in of the replica."""

    def __init__(self, book: IntermediaryBook, post: Correspondent, files: FileTaking, clock: Clock) -> None:
        self._book = book
        self._post = post
        self._files = files
        self._clock = clock
        self._noted = noted_in(book, post, "intermediary", clock)

    def put(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Rows of the relay's own municipality; a row of the same person, information and year is replaced."""
        return answer_each(letters, self._put, self._noted)

    def begin(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """A file is announced, or asked where to go on with it."""
        return self._files_of(letters, "begin-replica-file/1", BeginReplicaFile)

    def part(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """The next part of a file."""
        return self._files_of(letters, "put-replica-part/1", PutReplicaPart)

    def state(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """How far a file has come."""
        return self._files_of(letters, "ask-replica-file/1", AskReplicaFile)

    def rejected(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """The rows of a file that were not registered."""
        return answer_each(letters, self._rejected, self._noted)

    def _files_of(self, letters: Sequence[Letter], kind: str, takes: type[F]) -> list[Letter | AppError]:
        return answer_each(letters, lambda letter: self._file(letter, kind, takes), self._noted)

    def _file(self, letter: Letter, kind: str, takes: type[F]) -> Letter:
        asked = self._post.read(letter, kind, takes, "relay")
        self._demand_own(letter, asked.municipality)
        by = Sender("slice:relay")
        if isinstance(asked, BeginReplicaFile):
            state = self._files.begin(asked, by)
        elif isinstance(asked, PutReplicaPart):
            state = self._files.part(asked, by)
        else:
            state = self._files.state(asked.municipality, asked.file_id)
        return self._post.write(f"intermediary@{asked.municipality}", "replica-file-state/1", state)

    def _rejected(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "ask-rejected-rows/1", AskRejectedRows, "relay")
        self._demand_own(letter, asked.municipality)
        found = self._files.rejected(asked, Sender("slice:relay"))
        return self._post.write(f"intermediary@{asked.municipality}", "rejected-lines/1", found)

    def _demand_own(self, letter: Letter, place: str) -> None:
        if municipality_of(letter) != place or not self._post.serves(f"intermediary@{place}"):
            raise NotAllowed

    def _put(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "put-replicas/1", PutReplicas, "relay")
        place = asked.municipality
        self._demand_own(letter, place)
        rows = [
            ReplicaRow(
                municipality=place,
                addressee_number=one.addressee_number,
                information=one.information,
                tax_year=one.tax_year,
                kind=one.kind,
                items=dict(one.items),
                no_auto_answer=one.no_auto_answer,
            )
            for one in asked.rows
        ]

        def put(unit: IntermediaryUnit) -> None:
            at = self._clock.now()
            unit.replicas.put(rows, at)
            named = ",".join(sorted({one.information for one in rows}))
            what = (("count", len(rows)), ("information", named))
            unit.record([Act("replica.put", at, place, "slice:relay", "", "replica", what=what)])

        self._book.write(put)
        answer = ReplicasPut(municipality=place, count=len(rows))
        return self._post.write(f"intermediary@{place}", "replicas-put/1", answer)
